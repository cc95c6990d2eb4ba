//! BGP on bytes, against tcpdump's text.

use super::*;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

const MARKER_DIGITS: &str = "ffffffffffffffffffffffffffffffff";

fn print_with(style: Style, segment: &[u8]) -> String {
    let mut cx = Context::new(style, Names::numeric());
    if print(&mut cx, Cursor::new(segment, segment.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    text.strip_prefix(": BGP").map(str::to_owned).unwrap_or(text)
}

fn text(messages: &str) -> String {
    print_with(Style { verbose: 1, ..Style::default() }, &octets(messages))
}

/// The text of an UPDATE message, behind its first line, with these path attributes and routes.
fn update(verbose: u8, attributes: &str, routes: &str) -> String {
    let (attributes, routes) = (octets(attributes), octets(routes));
    let length = (23 + attributes.len() + routes.len()) as u16;
    let parts: [&[u8]; 6] = [
        &MARKER,
        &length.to_be_bytes(),
        &[UPDATE, 0, 0],
        &(attributes.len() as u16).to_be_bytes(),
        &attributes,
        &routes,
    ];
    let text = print_with(Style { verbose, as_dot: true, ..Style::default() }, &parts.concat());
    text.splitn(3, '\n').nth(2).map(str::to_owned).unwrap_or(text)
}

#[test]
fn messages_are_found_by_their_marker_and_cut_ones_named() {
    assert_eq!(
        text(&format!("7878 {MARKER_DIGITS} 0013 04 {MARKER_DIGITS} 001e 02")),
        " [|bgp]\n\tKeepalive Message (4), length: 19\n[|BGP Update]"
    );
    assert_eq!(text(&format!("{MARKER_DIGITS} 0012 04")), "\nmessage length 18 < 19 (invalid)");
    assert_eq!(text("fffefdfc"), "");
}

/// The octet behind tells whether the parameters' length is extended, even if there are none.
#[test]
fn an_open_without_parameters_is_cut_short() {
    assert_eq!(
        text(&format!("{MARKER_DIGITS} 001d 01 04 0064 00b4 0a000001 00")),
        "\n\tOpen Message (1), length: 29\n\t  Version 4, my AS 100, Holdtime 180s, ID 10.0.0.1 [|bgp]"
    );
}

#[test]
fn a_capability_that_is_invalid_does_not_end_the_message() {
    assert_eq!(
        text(&format!(
            "{MARKER_DIGITS} 0027 01 04 0064 00b4 0a000001 0a 0208 090104 4503000101 {MARKER_DIGITS} 0013 04"
        )),
        "\n\tOpen Message (1), length: 39\n\t  Version 4, my AS 100, Holdtime 180s, ID 10.0.0.1\
         \n\t  Optional parameters, length: 10\n\t    Option Capabilities Advertisement (2), length: 8\
         \n\t      Role Capability (9), length: 1\n\t\tRole name Peer (4)\
         \n\t      Multiple Paths (69), length: 3 (invalid)\n\tKeepalive Message (4), length: 19"
    );
}

#[test]
fn the_width_of_as_numbers_and_path_ids_are_guessed() {
    assert_eq!(
        update(1, "40020a 020200010002 01010003", "080a"),
        "\t  AS Path (2), length: 10, Flags [T]: 1 2 { 3 }\n\t  Updated routes:\n\t    10.0.0.0/8"
    );
    assert_eq!(
        update(1, "400206 020100010000", "00000007 080a"),
        "\t  AS Path (2), length: 6, Flags [T]: 1.0 \n\t  Updated routes:\n\t    10.0.0.0/8   Path Id: 7"
    );
}

#[test]
fn an_attribute_set_counts_on_octets_behind_it() {
    assert_eq!(
        update(2, "808006 00000001 4001", ""),
        "\t  Attribute Set (128), length: 6, Flags [O]: \n\t    Origin AS: 1 [|bgp]"
    );
}

#[test]
fn communities_look_as_their_types_demand() {
    assert_eq!(
        update(2, "c0200c 000000010000000200000003", ""),
        "\t  Large Community (32), length: 12, Flags [OT]: \n\t    1:2:3"
    );
    assert_eq!(
        update(1, "c01010 400400014cee6b28 0306010203040501", ""),
        "\t  Extended Community (16), length: 16, Flags [OT]: \
         \n\t    link-BW (0x4004), Flags [non-transitive]: bandwidth: 1000.000 Mbps\
         \n\t    ospf-route-type (0x0306), Flags [none]: area:1.2.3.4, router-type:External, metric-type:E2E1"
    );
}

#[test]
fn routes_of_other_families_than_ipv4() {
    assert_eq!(
        update(1, "800e10 000184 04 0a000001 00 30 00000064 0002", ""),
        "\t  Multi-Protocol Reach NLRI (14), length: 16, Flags [O]: \
         \n\t    AFI: IPv4 (1), vendor specific SAFI: Route Target Routing Information (132)\
         \n\t    nexthop: 10.0.0.1, nh-length: 4, no SNPA\
         \n\t      origin AS: 100, route-target: 0:0/16 (0002)"
    );
    assert_eq!(
        update(1, "800e18 000105 04 0a000001 00 030e 0000000100000002 200a000002 00", ""),
        "\t  Multi-Protocol Reach NLRI (14), length: 24, Flags [O]: \
         \n\t    AFI: IPv4 (1), SAFI: Multicast VPN (5)\
         \n\t    nexthop: 10.0.0.1, nh-length: 4, no SNPA\
         \n\t      Route-Type: S-PMSI (3), length: 14, RD: 1:2 (= 0.0.0.2), Source 10.0.0.2 [|bgp]"
    );
}

#[test]
fn a_hard_reset_holds_another_error() {
    assert_eq!(
        text(&format!("{MARKER_DIGITS} 001c 03 0609 0602 03627965 ff")),
        "\n\tNotification Message (3), length: 28, Cease (6), subcode Hard Reset (9), Cease (6), subcode \
         Administrative Shutdown (2), Shutdown Communication (length: 3): \"bye\", Data: (length: 1)\
         \n\t\t0x0000:  ff"
    );
}
