use crate::dissect::net::testing::{octets, payload_text};

/// The text of a packet behind its header's lines; `area` is 0.0.0.1, and `length` what the header claims.
fn body(kind: u8, length: u16, body: &str) -> String {
    let header = format!("02{kind:02x}{length:04x} 01010101 00000001 0000 0000 0000000000000000");
    let text = payload_text(1, 89, &[octets(&header), octets(body)].concat());
    text.split_once("Authentication Type: none (0)").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn signaling_follows_a_hello_that_says_so() {
    let hello = "ffffff00 000a 12 01 00000028 0a000001 00000000";
    assert_eq!(
        body(1, 44, &format!("{hello} fff6 0003 0001 0004 00000001")),
        "\n\tOptions [External, LLS]\n\t  Hello Timer 10s, Dead Timer 40s, Mask 255.255.255.0, Priority 1\
         \n\t  Designated Router 10.0.0.1\n\t  LLS: checksum: 0xfff6, length: 3\
         \n\t    Extended Options (1), length: 4\n\t      Options: 0x00000001 [LSDB resync]"
    );
}

#[test]
fn bandwidths_are_floating_point_numbers() {
    assert_eq!(
        body(
            4,
            68,
            "00000001 0001 42 0a 01000001 01010101 80000001 0000 0028 0002 0010 0003 0004 0a000001 0006 0004 4cee6b28"
        ),
        ", 1 LSA\n\t  LSA #1\n\t  Advertising Router 1.1.1.1, seq 0x80000001, age 1s, length 20\
         \n\t    Area Local Opaque LSA (10), Opaque-Type Traffic Engineering LSA (1), Opaque-ID 1\
         \n\t    Options: [External, Opaque]\n\t    Link TLV (2), length: 16\
         \n\t      Local Interface IP address subTLV (3), length: 4, 10.0.0.1\
         \n\t      Maximum Bandwidth subTLV (6), length: 4, 1000.000 Mbps"
    );
}

#[test]
fn a_link_that_is_cut_off_is_marked_besides_the_packet() {
    let text = body(4, 52, "00000001 0001 02 01 01010101 01010101 80000001 0000 0024 0100 0001 0a000001");
    assert!(text.ends_with("\n\t    Router LSA Options: [ABR] [|ospf2] [|ospf2]"), "{text}");
}

#[test]
fn a_digest_is_not_part_of_the_packet() {
    let header = "02050018 01010101 00000000 0000 0002 0000011000000007";
    let packet = [octets(header), vec![0; 16]].concat();
    assert_eq!(
        payload_text(1, 89, &packet),
        "OSPFv2, LS-Ack, length 24\n\tRouter-ID 1.1.1.1, Backbone Area, Authentication Type: MD5 (2)\
         \n\tKey-ID: 1, Auth-Length: 16, Crypto Sequence Number: 0x00000007"
    );
}
