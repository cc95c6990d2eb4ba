use crate::dissect::net::testing::{octets, payload_text};

/// What a message prints behind its port.
fn text(verbose: u8, digits: &str) -> String {
    let message = octets(digits);
    let header = [3, 0xe8, 0x20, 0x27, 0, 8 + message.len() as u8, 0, 0];
    let text = payload_text(verbose, 17, &[&header[..], &message].concat());
    text.split_once("hncp").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn names_in_a_row_are_counted_where_lines_are_not_asked_for() {
    assert_eq!(
        text(1, "0021 0010 0001 0000 0001 0000 0004 0008 0102030405060708 0022"),
        " (26)\n\tExternal-Connection (20) (invalid)\n\t [|hncp]"
    );
    assert_eq!(
        text(1, "0021 0014 0001 0000 0001 0000 0004 0008 0102030405060708"),
        " (24)\n\tExternal-Connection (24)\n\t\tRequest network state (x2), Network state"
    );
}

#[test]
fn options_of_dhcp_that_contradict_each_other_end_what_is_around_them() {
    assert_eq!(
        text(2, "0021 0010 0025 0004 06 03 0000 0001 0000 0001 0000 0004 0008 0102030405060708"),
        " (32)\n\tExternal-Connection (20)\n\t\tDHCPv4-Data (8)\n\t\t\tDNS-server (5) (invalid)\
         \n\tNetwork state (12) hash: 0102030405060708"
    );
}

#[test]
fn an_ipv4_prefix_is_shown_as_one() {
    assert_eq!(
        text(3, "0023 0018 00000001 02 78 00000000000000000000ffff 0a0102 00 0001 0000"),
        " (30)\n\tAssigned-Prefix (28) EPID: 00000001 Prty: 2 Prefix: 10.1.2.0/24\n\t [|hncp]"
    );
}
