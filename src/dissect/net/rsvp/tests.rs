use crate::dissect::net::testing::{octets, payload_text, text_in};
use crate::dissect::style::Style;

/// The text of a message behind its header's line.
fn objects(digits: &str) -> String {
    let text = payload_text(1, 46, &octets(digits));
    text.split_once("checksum: 0x0000").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn a_parameter_longer_than_its_object_ends_the_service_but_not_the_message() {
    assert_eq!(
        objects("1002 0000 ff00 0018 0010 0c 02 00000002 05000001 04000001 0004 fe 01"),
        "\n\t  Sender TSpec Object (12) Flags: [reject if unknown], Class-Type: IntServ (2), length: 16\
         \n\t    Msg-Version: 0, length: 8\
         \n\t    Service Type: Controlled Load (5), break bit not set, Service length: 4\
         \n\t      Parameter ID: IS hop cnt (4), length: 4, Flags: [0x00] [obj_tlen 4 < 8] (invalid)\
         \n\t    Service Type: unknown (4), break bit not set, Service length: 4 [obj_tlen 0 < 4] (invalid)"
    );
}

#[test]
fn a_message_may_not_reach_over_its_bundle() {
    assert_eq!(
        objects("100c 0000 ff00 0020 1014 0000 ff00 000c 0004 16 03 1014 0000 ff00 000d"),
        "\n\t  RSVPv1 Hello Message (20), Flags: [none], length: 12, ttl: 255, checksum: 0x0000\
         \n\t    Hello Object (22) Flags: [reject if unknown], Class-Type: Unknown (3), length: 4\
         \n\t  RSVPv1 Hello Message (20), Flags: [none], length: 13, ttl: 255, checksum: 0x0000\
         ERROR: common header too large 13 > 12"
    );
}

#[test]
fn a_network_is_no_hop() {
    assert_eq!(
        objects("1001 0000 ff00 0014 000c 14 01 81 08 0a000001 18 00"),
        "\n\t  ERO Object (20) Flags: [reject if unknown], Class-Type: IPv4 (1), length: 12\
         \n\t    Subobject Type: IPv4 prefix, length 8 ERROR: Prefix length 24 != 32 (invalid)"
    );
}

#[test]
fn only_the_right_secret_makes_a_digest_valid() {
    // The digest is that of another implementation of HMAC-MD5 (RFC 2104), with the word `secret`.
    let message = "1001 1234 ff00 002c 0024 04 01 0000000000000001 0000000000000002 97817b8ba6b83a6bb58086dbfb800625";
    let verdict = |secret: Option<&str>| {
        let md5_secret = secret.map(|secret| secret.as_bytes().to_vec());
        let text = text_in(Style { verbose: 1, md5_secret, ..Style::default() }, 46, &octets(message));
        text.split_once("86dbfb800625 ").map(|(_, text)| text.to_owned()).unwrap_or(text)
    };
    assert_eq!((verdict(None), verdict(Some("secret"))), (" (unchecked)".to_owned(), " (valid)".to_owned()));
    assert!(verdict(Some("Secret")).ends_with(" (invalid)"));
    assert!(verdict(Some(&"secret".repeat(20))).ends_with(" (invalid)"));
}
