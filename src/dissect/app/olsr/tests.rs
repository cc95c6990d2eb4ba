use crate::dissect::net::testing::{octets, payload_text};

/// What a packet prints behind its first line.
fn text(digits: &str) -> String {
    let packet = octets(digits);
    let header = [3, 0xe8, 2, 0xba, 0, 8 + packet.len() as u8, 0, 0];
    let text = payload_text(1, 17, &[&header[..], &packet].concat());
    text.split_once("\n\t").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn a_gateway_is_a_network_of_zeros_whose_mask_has_flags() {
    assert_eq!(
        text("0020 0001 04 10 001c 0a000001 01 00 0001 00000000 00 07 22 ff 0a000000 ff000000"),
        "HNA Message (0x04), originator 10.0.0.1, ttl 1, hop 0\n\t  vtime 0.066s, msg-seq 0x0001, length 28\
         \n\t  Advertised networks (total 2)\
         \n\t    Smart-Gateway: LINKSPEED IPV4 IPV4-NAT 500/320000000, 10.0.0.0/8"
    );
}

#[test]
fn a_link_longer_than_its_hello_is_the_last() {
    assert_eq!(
        text("001c 0001 c9 00 0018 0a000001 01 00 0001 0000 01 03 0a 00 000c 0a000002"),
        "Hello-LQ Message (0xc9), originator 10.0.0.1, ttl 1, hop 0\n\t  vtime 0.062s, msg-seq 0x0001, length 24\
         \n\t  hello-time 0.125s, MPR willingness 3\
         \n\t    link-type Symmetric, neighbor-type Symmetric-MPR, len 12 (invalid)"
    );
}
