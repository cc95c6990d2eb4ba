use super::print;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

/// What a message prints behind its header's lines.
fn text(verbose: u8, digits: &str) -> String {
    let message = octets(digits);
    let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
    if print(&mut cx, Cursor::new(&message, message.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    text.split_once("rsv(b13-31) 0x0\n").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn a_message_that_needs_tlvs_is_invalid_without() {
    assert_eq!(
        text(0, "1002 0007 00000002 40000003 0000000000000009 00000000 0011 0004"),
        "\n\tForCES Association TearDown \tTop level TLV Data missing!\n [rc 4294967295 < 0] (invalid)"
    );
}

#[test]
fn a_path_is_shown_by_its_identifiers() {
    let header = "1004 000e 00000002 40000003 0000000000000009 40600000";
    let selector = "1000 0020 00000002 00000001 0007 0014";
    assert_eq!(
        text(3, &format!("{header} {selector} 0110 0010 0000 0002 00000001 00000002")),
        "\tLFBselect TLV, length 32 (data length 28 Bytes)\
         \n         FEProtoObj LFB(Classid 2) instance 1\n          Oper TLV  Get(0x7) length 20\
         \n           PATH-DATA TLV, length 16 (data encapsulated 12 Bytes)\
         \n            Pathdata: Flags 0x0 ID count 2\n            ID#01: 1\n            ID#02: 2\n"
    );
}

#[test]
fn paths_in_paths_do_not_take_exponential_time() {
    let mut path = octets("0004 0000");
    for _ in 0..40 {
        let mut outer = octets("0000 0000 0110");
        outer.extend((path.len() as u16 + 4).to_be_bytes());
        outer.extend(&path);
        path = outer;
    }
    let mut message = octets("1003 0000 00000002 40000003 0000000000000009 40600000 1000 0000 00000001 00000001");
    let lengths = [(2, (24 + 20 + path.len()) / 4), (26, 20 + path.len())];
    message.extend([0, 1]);
    message.extend((path.len() as u16 + 8).to_be_bytes());
    message.extend([1, 0x10]);
    message.extend((path.len() as u16 + 4).to_be_bytes());
    message.extend(&path);
    for (at, length) in lengths {
        message[at..at + 2].copy_from_slice(&(length as u16).to_be_bytes());
    }
    let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
    assert!(print(&mut cx, Cursor::new(&message, message.len() as u32)).is_ok());
    assert!(cx.out.len() < 100_000);
}
