//! LDP on bytes, against tcpdump's text.

use super::*;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

/// The text of a PDU with this message; what stands behind the PDU's line.
fn text(message: &str, padding: usize) -> String {
    let message = octets(message);
    let length = (message.len() as u16 + 6).to_be_bytes();
    let mut pdu = [&[0, 1][..], &length, &[10, 0, 0, 1, 0, 0], &message].concat();
    pdu.resize(pdu.len() + padding, 0);
    let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
    if print(&mut cx, Cursor::new(&pdu, pdu.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    text.splitn(3, '\n').nth(2).map(str::to_owned).unwrap_or(text)
}

const MAPPING: &str = "\t  Label Mapping Message (0x0400), length: ";
const IF_UNKNOWN: &str = ", Message ID: 0x00000007, Flags: [ignore if unknown]";
const FORWARD: &str = ", Flags: [ignore and don't forward if unknown]";

#[test]
fn a_label_stands_for_a_prefix() {
    assert_eq!(
        text("0400 0015 00000007 0100 0005 02 0001 080a 0200 0004 00000010", 0),
        format!(
            "{MAPPING}21{IF_UNKNOWN}\n\t    FEC TLV (0x0100), length: 5{FORWARD}\
             \n\t      Prefix FEC (0x02): IPv4 prefix 10.0.0.0/8\
             \n\t    Generic Label TLV (0x0200), length: 4{FORWARD}\n\t      Label: 16"
        )
    );
}

#[test]
fn a_prefix_that_its_tlv_does_not_hold_is_truncated() {
    assert_eq!(
        text("0400 000d 00000007 0100 0005 02 0001 180a", 0),
        format!(
            "{MAPPING}13{IF_UNKNOWN}\n\t    FEC TLV (0x0100), length: 5{FORWARD}\n\t      Prefix FEC (0x02) [|ldp]"
        )
    );
}

#[test]
fn a_pseudowire_with_too_little_information() {
    assert_eq!(
        text("0400 0014 00000007 0100 000c 80 8005 03 00000001 00000002", 0),
        format!(
            "{MAPPING}20{IF_UNKNOWN}\n\t    FEC TLV (0x0100), length: 12{FORWARD}\n\t      Martini VC FEC (0x80): \
             Ethernet, control word, group-ID 1, VC-ID 2, VC-info-length: 3 (invalid, < 4"
        )
    );
}

#[test]
fn a_tlv_without_its_fields_is_invalid() {
    assert_eq!(
        text("0200 000a 00000007 0500 0002 0001", 17),
        format!(
            "\t  Initialization Message (0x0200), length: 10{IF_UNKNOWN}\
             \n\t    Common Session Parameters TLV (0x0500), length: 2{FORWARD} [tlv length 2 < 14] (invalid)"
        )
    );
}
