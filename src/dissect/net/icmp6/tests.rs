use super::*;
use crate::dissect::style::Style;
use crate::os::names::Names;

/// A message's text, as of a fragment, so that its checksum is not looked at.
fn text(message: &[u8], verbose: u8) -> String {
    let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
    let data = Cursor::new(message, message.len() as u32);
    let host = IpAddress::V6(Ipv6([0; 16]));
    let ip = IpHeader {
        source: host,
        destination: host,
        protocol: protocol::ICMPV6,
        hop_limit: 64,
        fragmented: true,
        packet: data,
    };
    if print(&mut cx, data, &ip).is_err() {
        cx.truncated();
    }
    String::from_utf8_lossy(&cx.out).into_owned()
}

#[test]
fn a_name_that_points_at_itself_ends() {
    let message = b"\x85\0\0\0\0\0\0\0\x1f\x03\0\0\0\0\0\x3c\x03com\xc0\x08\0\0\0\0\0\0\0\0\0\0";
    assert_eq!(
        text(message, 1),
        "ICMP6, router solicitation, length 32\n\t  dnssl option (31), length 24 (3):  lifetime 60s, domain(s): \
         com.<BAD PTR> [|icmp6]"
    );
}

#[test]
fn a_redirected_header_is_dumped_from_the_first_option_on() {
    let message = b"\x85\0\0\0\0\0\0\0\x0e\x01\x01\x02\x03\x04\x05\x06\x04\x01\xaa\xbb\xcc\xdd\xee\xff";
    assert_eq!(
        text(message, 1),
        "ICMP6, router solicitation, length 24\n\t  nonce option (14), length 8 (1): 01 02 03 04 05 06\
         \n\t  redirected header option (4), length 8 (1): \n\t    0x0000:  0e01 0102 0304 0506"
    );
}

#[test]
fn an_option_without_length_ends_the_options() {
    assert_eq!(text(b"\x85\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0", 1), "ICMP6, router solicitation, length 16 [|icmp6]");
}

#[test]
fn the_length_follows_a_node_reply_that_is_cut_but_no_options_that_are() {
    assert_eq!(text(b"\x8c\0\0\0\0\x02\0\0\0\0", 0), "ICMP6, node information reply [|icmp6], length 10");
    assert_eq!(text(b"\x87\0\0\0\0\0\0\0", 0), "ICMP6, neighbor solicitation [|icmp6]");
}

#[test]
fn large_times_are_floating_point_numbers() {
    let mut message = b"\x82\0\0\0\x90\0\0\0\xff\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x0f\x83\0\x01".to_vec();
    message.extend([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    assert_eq!(
        text(&message, 1),
        "ICMP6, multicast listener query v2 [max resp delay=65536] [gaddr ff02::1 sflag robustness=7 qqi=152, \
         1 source(s)]"
    );
}

#[test]
fn the_port_is_looked_for_behind_extension_headers() {
    let mut message = b"\x01\x04\0\0\0\0\0\0\x60\0\0\0\0\x10\x3c\x40".to_vec();
    message.extend([0; 31]);
    message.push(1);
    // Destination options, 8 octets long, in front of UDP from port 9 to port 53.
    message.extend([17, 0, 1, 4, 0, 0, 0, 0, 0, 9, 0, 53]);
    assert_eq!(text(&message, 0), "ICMP6, destination unreachable, unreachable port, ::1 udp port 53, length 60");
    message.pop();
    assert_eq!(text(&message, 0), "ICMP6, destination unreachable, unreachable port [|icmp6]");
}
