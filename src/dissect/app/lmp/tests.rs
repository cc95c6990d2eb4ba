use crate::dissect::net::testing::{octets, payload_text};

/// The objects of a message behind its header's line.
fn objects(length: u8, digits: &str) -> String {
    let message = octets(&format!("1000 00 01 00{length:02x} 0000 {digits}"));
    let header = [3, 0xe8, 2, 0xbd, 0, 8 + message.len() as u8, 0, 0];
    let text = payload_text(1, 17, &[&header[..], &message].concat());
    text.split_once("\n\t  ").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn an_object_of_another_length_is_not_read() {
    assert_eq!(
        objects(20, "01 05 000c 00000001 00000002"),
        "Message ID Object (5), Class-Type: 1 (1) Flags: [non-negotiable], length: 12 (not correct for object)"
    );
}

#[test]
fn an_object_may_reach_over_its_message_but_ends_it() {
    assert_eq!(
        objects(16, "83 0c 0018 01 000000 00000001 00000002 02 08 0000 00000007"),
        "Data Link Object (12), Class-Type: Unnumbered (3) Flags: [negotiable], length: 24\
         \n\t    Flags: [Data Link Port]\n\t    Local Interface ID: 1 (0x00000001)\
         \n\t    Remote Interface ID: 2 (0x00000002)\n\t    Subobject, Type: Wavelength (2), Length: 8\
         \n\t      Wavelength: 7 [remaining objects length 8 < 24] (invalid)"
    );
}
