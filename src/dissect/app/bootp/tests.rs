//! Messages and what tcpdump prints of them.

use super::*;
use crate::dissect::style::Style;
use crate::os::names::Names;

fn printed(verbose: u8, server_name: &[u8], options: &[u8]) -> (Outcome, String) {
    let mut message = vec![0; VENDOR_AT];
    message[..3].copy_from_slice(&[REQUEST, HARDWARE_ETHERNET, MAC_LENGTH]);
    message[HARDWARE_ADDRESS_AT] = 2;
    message[SERVER_NAME_AT..][..server_name.len()].copy_from_slice(server_name);
    message.extend_from_slice(&COOKIE_OPTIONS.to_be_bytes());
    message.extend_from_slice(options);
    let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
    let outcome = print(&mut cx, Cursor::new(&message, message.len() as u32));
    (outcome, String::from_utf8_lossy(&cx.out).into_owned())
}

/// What is printed of options behind the cookie.
fn options(verbose: u8, octets: &[u8]) -> (Outcome, String) {
    let (outcome, text) = printed(verbose, b"", octets);
    let (_, options) = text.split_once("Magic Cookie 0x63825363").unwrap();
    (outcome, options.into())
}

#[test]
fn names_are_made_visible_and_must_end() {
    assert!(printed(1, b"\x1bn", &[END]).1.contains("\n\t  sname \"^[n\"\n"));
    assert!(printed(1, &[b'x'; 64], &[END]).1.ends_with("xx\" (invalid)"));
}

#[test]
fn parameters_stand_four_on_a_line() {
    assert_eq!(
        options(1, b"\x35\x01\x01\x37\x05\x01\x03\x06\x0f\xfe\xff").1,
        "\n\t    DHCP-Message (53), length 1: Discover\
         \n\t    Parameter-Request (55), length 5: \
         \n\t      Subnet-Mask (1), Default-Gateway (3), Domain-Name-Server (6), Domain-Name (15)\
         \n\t      Unknown (254)"
    );
}

#[test]
fn a_route_that_does_not_fit_ends_the_routes() {
    assert_eq!(
        options(1, b"\x79\x0a\x08\x0a\x0a\0\0\x01\0\xc0\xa8\x01\xff").1,
        "\n\t    Classless-Static-Route (121), length 10: (10.0.0.0/8:10.0.0.1),\
         [Remaining length (3) < 4 bytes] (invalid)"
    );
}

#[test]
fn padding_is_counted_and_the_end_is_none_at_very_very_verbose() {
    assert_eq!(
        options(3, b"\0\0\0\x3d\x03\x01\x02\x0a\x21\x03\x01\x02\x03\x03\x03\xaa\xbb\xcc\xff\0").1,
        "\n\t    PAD (0), length 0, occurs 3\
         \n\t    Client-ID (61), length 3: ether 02:0a\
         \n\t    Static-Route (33), length 3: [length != N x 8 bytes]\
         \n\t    Default-Gateway (3), length 3: \n\t  trailing data length 3\
         \n\t    END (255), length 0\
         \n\t    PAD (0), length 0"
    );
}

#[test]
fn an_option_that_the_capture_cuts_has_a_title_only() {
    let (outcome, text) = options(1, b"\x0c\x05abc");
    assert!(outcome.is_err());
    assert_eq!(text, "\n\t    Hostname (12), length 5: ");
}

const END: u8 = 255;
