//! The walk along the extension headers of IPv6 (RFC 8200 section 4), each in a file of its own.

mod fragment;
mod mobility;
mod options;
mod routing;

use super::{IpHeader, ipv6, protocol};
use crate::dissect::address::Ipv6;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Where the walk along the extension headers ended, and what it found on the way.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// What follows the last extension header.
    pub next_header: u8,
    /// Octets of the IPv6 header and the extension headers.
    pub header_length: u32,
    /// The length field, or the jumbo payload option's where a valid one was found.
    pub payload_length: u32,
    /// Whether the payload length comes from a jumbo payload option (RFC 2675).
    pub jumbo: bool,
    /// Whether there was a fragment header.
    pub fragmented: bool,
}

/// Octets of an extension header that counts itself in units of 8, the first unit left out.
fn length_in_units(header: &Cursor) -> Outcome<u32> {
    Ok((u32::from(header.u8_at(1)?) + 1) * 8)
}

/// The last address of a routing header, if there is one: upper layers sum this instead of the
/// header's destination (RFC 8200 section 8.1).
pub fn final_destination(packet: &Cursor) -> Outcome<Option<Ipv6>> {
    let mut next = packet.u8_at(6)?;
    let mut header = packet.skip(ipv6::HEADER_LENGTH as usize);
    loop {
        let length = match next {
            protocol::HOP_BY_HOP | protocol::DESTINATION_OPTIONS | protocol::MOBILITY_OLD | protocol::MOBILITY => {
                length_in_units(&header)?
            }
            protocol::FRAGMENT => fragment::HEADER_LENGTH,
            protocol::ROUTING => return routing::final_destination(&header),
            _ => return Ok(None),
        };
        next = header.u8_at(0)?;
        header = header.skip(length as usize);
    }
}

/// Prints the extension headers of a packet that claims `claimed` octets from the IPv6 header on.
/// `None` means that they ended the packet and nothing is left to print.
pub fn walk(cx: &mut Context, ip: &IpHeader, claimed: u32, payload_length: u32) -> Outcome<Option<Walk>> {
    let mut walk = Walk {
        next_header: ip.protocol,
        header_length: ipv6::HEADER_LENGTH,
        payload_length,
        jumbo: false,
        fragmented: false,
    };
    let mut after_hop_by_hop = false;
    while is_extension_header(walk.next_header) {
        let header = ip.packet.skip(walk.header_length as usize);
        if walk.next_header == protocol::HOP_BY_HOP && !hop_by_hop_is_first(cx, &walk, after_hop_by_hop) {
            return Ok(None);
        }
        let Some(length) = print_header(cx, &header, &ip.packet, &mut walk)? else { return Ok(None) };
        after_hop_by_hop |= walk.next_header == protocol::HOP_BY_HOP;
        walk.next_header = header.u8_at(0)?;
        cx.protocol = "ip6";
        if claimed.saturating_sub(walk.header_length) < length {
            cx.truncated();
            return Ok(None);
        }
        walk.header_length += length;
    }
    Ok(Some(walk))
}

fn is_extension_header(number: u8) -> bool {
    matches!(
        number,
        protocol::HOP_BY_HOP
            | protocol::ROUTING
            | protocol::FRAGMENT
            | protocol::DESTINATION_OPTIONS
            | protocol::MOBILITY_OLD
            | protocol::MOBILITY
    )
}

/// Whether a hop-by-hop header stands where it must: directly behind the IPv6 header. Says if not.
fn hop_by_hop_is_first(cx: &mut Context, walk: &Walk, after_hop_by_hop: bool) -> bool {
    let first = walk.header_length == ipv6::HEADER_LENGTH;
    if !first {
        put!(cx, "[The Hop-by-Hop Options header ");
        put!(cx, if after_hop_by_hop { "was already found]" } else { "don't follow the IPv6 header]" });
        put!(cx, " (invalid)");
    }
    first
}

/// Prints one extension header. The result is its length, or `None` when the walk ends with it.
fn print_header(cx: &mut Context, header: &Cursor, packet: &Cursor, walk: &mut Walk) -> Outcome<Option<u32>> {
    match walk.next_header {
        protocol::HOP_BY_HOP => options::print_hop_by_hop(cx, header, walk),
        protocol::DESTINATION_OPTIONS => options::print_destination(cx, header),
        protocol::FRAGMENT => {
            walk.fragmented = true;
            fragment::print(cx, header, packet, walk.header_length)
        }
        protocol::ROUTING if !header.has(1) => {
            cx.truncated();
            Ok(None)
        }
        protocol::ROUTING => routing::print(cx, header),
        _ => {
            // Its next header field is reserved for payload that no standard has defined so far.
            mobility::print(cx, header)?;
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    /// An IPv6 packet from ::1 to ::2 with these extension headers.
    fn packet(next_header: u8, headers: &[u8]) -> Vec<u8> {
        let mut packet = vec![0x60, 0, 0, 0, 0, headers.len() as u8, next_header, 64];
        for last in [1, 2] {
            packet.extend([0; 15]);
            packet.push(last);
        }
        packet.extend(headers);
        packet
    }

    pub(super) fn text(verbose: u8, next_header: u8, headers: &[u8]) -> String {
        let packet = packet(next_header, headers);
        let mut cx = Context::new(Style { verbose, link_header: true, ..Style::default() }, Names::numeric());
        if ipv6::print(&mut cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn hop_by_hop_comes_first_and_once() {
        let pad = [1, 4, 0, 0, 0, 0];
        let chain =
            |kinds: [u8; 3]| kinds.iter().flat_map(|&next| [&[next, 0][..], &pad].concat()).collect::<Vec<u8>>();
        assert_eq!(text(0, 0, &chain([60, 59, 0])), "::1 > ::2: HBH DSTOPT no next header");
        assert_eq!(
            text(0, 0, &chain([60, 0, 59])),
            "::1 > ::2: HBH DSTOPT [The Hop-by-Hop Options header was already found] (invalid)"
        );
        assert_eq!(
            text(0, 60, &chain([0, 59, 0])),
            "::1 > ::2: DSTOPT [The Hop-by-Hop Options header don't follow the IPv6 header] (invalid)"
        );
    }

    #[test]
    fn the_final_destination_is_the_routing_headers_not_the_packets() {
        let address = |last| [&[0; 15][..], &[last]].concat();
        let destination = |kind, headers: &[u8]| final_destination(&Cursor::new(&packet(kind, headers), 200));
        let three = [address(7), address(8), address(9)].concat();
        let type_0 = [&[6, 6, 0, 3, 0, 0, 0, 0], &three[..]].concat();
        let srh = [&[6, 6, 4, 2, 2, 0, 0, 0], &three[..]].concat();
        let last = |octet| Ok(Some(Ipv6([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, octet])));
        assert_eq!(destination(43, &type_0), last(9));
        assert_eq!(destination(43, &srh), last(7));
        assert_eq!(destination(60, &[&[43, 0, 1, 4, 0, 0, 0, 0], &srh[..]].concat()), last(7));
        assert_eq!(destination(43, &type_0[..40]), last(8));
        assert_eq!(destination(6, &[0; 20]), Ok(None));
    }
}
