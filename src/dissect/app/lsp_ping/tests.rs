//! LSP ping on bytes, against tcpdump's text.

use super::*;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

/// The text of an echo request with these TLVs, behind the header's.
fn text(tlvs: &str) -> String {
    let header = "0001 0000 01 02 03 05 00000001 00000002 0000000000000000 0000000000000000";
    let message = [octets(header), octets(tlvs)].concat();
    let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
    if print(&mut cx, Cursor::new(&message, message.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    text.split_once("no timestamp").map(|(_, tlvs)| tlvs.to_owned()).unwrap_or(text)
}

#[test]
fn a_return_code_may_end_in_a_stack_depth() {
    let message = octets("0001 0000 02 02 03 05 00000001 00000002 0000000000000000 0000000000000000");
    let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
    assert_eq!(print(&mut cx, Cursor::new(&message, 32)), Ok(()));
    assert_eq!(
        String::from_utf8_lossy(&cx.out),
        "\n\tLSP-PINGv1, msg-type: MPLS Echo Reply (2), length: 32\
         \n\t  reply-mode: Reply via an IPv4/IPv6 UDP packet (2)\
         \n\t  Return Code: Replying router is an egress for the FEC at stack depth 5 (3)\
         \n\t  Return Subcode: (5)\n\t  Sender Handle: 0x00000001, Sequence: 2\
         \n\t  TimeStamp Sent: 0.000000000\n\t  TimeStamp Received: no timestamp"
    );
}

#[test]
fn elements_of_the_stack_are_padded() {
    assert_eq!(
        text("0001 0010 0001 0005 0a000000 08 000000 0010 0000"),
        "\n\t  Target FEC Stack TLV (1), length: 16\n\t    LDP IPv4 prefix subTLV (1), length: 5\
         \n\t      10.0.0.0/8\n\t    Unknown subTLV (2048), length: 0"
    );
    assert_eq!(
        text("0001 0009 0001 0005 0a000000 08"),
        "\n\t  Target FEC Stack TLV (1), length: 9\n\t    LDP IPv4 prefix subTLV (1), length: 5\
         \n\t      10.0.0.0/8\n\t\t TLV is too short"
    );
}

#[test]
fn a_downstream_mapping_is_shown_in_octets_too() {
    assert_eq!(
        text("0002 000c 05dc 01 00 0a000001 0a000002"),
        "\n\t  Downstream Mapping TLV (2), length: 12\n\t    MTU: 1500, Address-Type: IPv4 (1)\
         \n\t    Downstream IP: 10.0.0.1\n\t    Downstream Interface IP: 10.0.0.2\
         \n\t      TLV is too short\n\t    0x0000:  05dc 0100 0a00 0001 0a00 0002"
    );
}
