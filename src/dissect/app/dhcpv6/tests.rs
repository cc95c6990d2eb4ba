//! Messages and what tcpdump prints of them.

use super::*;
use crate::dissect::style::Style;
use crate::os::names::Names;

fn printed(captured: &[u8]) -> (Outcome, String) {
    let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
    let outcome = print(&mut cx, Cursor::new(captured, captured.len() as u32));
    (outcome, String::from_utf8_lossy(&cx.out).into_owned())
}

/// A solicitation with these options.
fn solicitation(options: &[&[u8]]) -> (Outcome, String) {
    printed(&[b"\x01\0\0\x01", &options.concat()[..]].concat())
}

#[test]
fn options_stand_inside_options_and_bad_lengths_are_told() {
    let options: [&[u8]; 4] = [
        b"\0\x01\0\x06\0\x03\0\x01\x02\x0a",
        b"\0\x04\0\x20\0\0\0\x01\0\x05\0\x18\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x04\0\0\0\x05",
        b"\0\x08\0\x01\0",
        b"\0\x06\0\x04\0\x17\xff\xff",
    ];
    let expected = "dhcp6 solicit (xid=1 (client-ID hwaddr type 1 020a) (IA_TA IAID:1 (IA_ADDR ::1 pltime:4 vltime:5)) \
                    (elapsed-time ?) (option-request DNS-server opt_65535))";
    assert_eq!(solicitation(&options), (Ok(()), expected.into()));
}

#[test]
fn a_name_without_end_ends_the_options_around_it_only() {
    let text = "dhcp6 solicit (xid=1 (DNS-search-list a. b [|dhcp6])";
    assert_eq!(solicitation(&[b"\0\x18\0\x05\x01a\0\x02b"]), (Ok(()), text.into()));
    let text = r"dhcp6 solicit (xid=1 (DNS-search-list a.\[x01";
    let (outcome, cut) = solicitation(&[b"\0\x18\0\x05\x01a\x41\x20\x01"]);
    assert_eq!((outcome.is_err(), cut), (true, text.into()));
}

#[test]
fn a_relayed_message_leaves_a_parenthesis_open() {
    let mut relay = [0; 34];
    (relay[0], relay[17], relay[33]) = (RELAY_FORWARD, 1, 2);
    let options = b"\0\x09\0\x08\x01\0\0\x01\0\x0e\0\0\0\x12\0\x0cabcdefghijkl";
    assert_eq!(
        printed(&[&relay[..], options].concat()).1,
        "dhcp6 relay-fwd (linkaddr=::1 peeraddr=::2 (relay-message (dhcp6 solicit (xid=1 (rapid-commit))) \
         (interface-ID 6162636465666768696a...))"
    );
    assert_eq!(printed(&relay[..30]).1, "dhcp6 relay-fwd (linkaddr=::1");
}

#[test]
fn associations_in_associations_are_bounded() {
    let mut nested = Vec::new();
    for depth in (0..2000u16).rev() {
        nested.extend_from_slice(&[0, 4]);
        nested.extend_from_slice(&(4 + 8 * depth).to_be_bytes());
        nested.extend_from_slice(&[0; 4]);
    }
    let (outcome, text) = solicitation(&[&nested]);
    assert!(outcome.is_ok() && text.contains("[nested more than 64 deep]"));
}
