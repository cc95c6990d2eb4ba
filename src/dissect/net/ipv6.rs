//! Internet Protocol version 6 (RFC 8200) and the walk along its extension headers.

use super::{IpHeader, PROTOCOL_NAMES, has_ports, ipv6_extensions, payload, protocol, put_hosts};
use crate::dissect::address::{IpAddress, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex0;
use crate::put;

pub use super::ipv6_extensions::final_destination;

/// Octets of the fixed header.
pub const HEADER_LENGTH: u32 = 40;

/// The most that the payload length field can say.
const PAYLOAD_LENGTH_MAX: u32 = 65535;

/// Prints an IPv6 packet and what it carries.
#[inline]
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.nested(|cx| print_packet(cx, packet))
}

fn print_packet(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "ip6";
    if !cx.style.link_header {
        put!(cx, "IP6 ");
    }
    let length = packet.length();
    if length < HEADER_LENGTH {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH);
    }
    let version = packet.u8_at(0)? >> 4;
    if version != 6 {
        return cx.invalid_because("version", u32::from(version), "!=", 6);
    }
    let payload_length = u32::from(packet.be16_at(4)?);
    // With a length of 0, the packet's own length may follow in a jumbo payload option.
    let mut claimed = length + HEADER_LENGTH;
    if payload_length != 0 {
        claimed = payload_length + HEADER_LENGTH;
        put_overlong(cx, claimed, length);
    }
    let next_header = packet.u8_at(6)?;
    if cx.style.verbose > 0 {
        put_header(cx, &packet, next_header, payload_length)?;
    }
    if !packet.has(HEADER_LENGTH as usize) {
        cx.truncated();
        return Ok(());
    }
    let ip = IpHeader {
        source: IpAddress::V6(Ipv6(packet.array_at(8)?)),
        destination: IpAddress::V6(Ipv6(packet.array_at(24)?)),
        protocol: next_header,
        hop_limit: packet.u8_at(7)?,
        fragmented: false,
        packet: packet.limit(claimed.min(length)),
    };
    if !has_ports(ip.protocol) {
        put_hosts(cx, &ip, ": ");
    }
    match ipv6_extensions::walk(cx, &ip, claimed, payload_length)? {
        Some(walk) => print_payload(cx, ip, claimed, &walk),
        None => Ok(()),
    }
}

/// Says when the headers claim more than there is.
fn put_overlong(cx: &mut Context, claimed: u32, length: u32) {
    if claimed > length {
        put!(cx, "[header+payload length ", claimed, " > length ", length, "] (invalid) ");
    }
}

/// The header's fields at `-v`, in parentheses.
fn put_header(cx: &mut Context, packet: &Cursor, next: u8, payload_length: u32) -> Outcome {
    let flow = packet.be32_at(0)?;
    put!(cx, "(");
    if flow & 0x0ff0_0000 != 0 {
        put!(cx, "class 0x", Hex0((flow & 0x0ff0_0000) >> 20, 2), ", ");
    }
    if flow & 0x000f_ffff != 0 {
        put!(cx, "flowlabel 0x", Hex0(flow & 0x000f_ffff, 5), ", ");
    }
    put!(cx, "hlim ", packet.u8_at(7)?, ", next-header ", lookup(PROTOCOL_NAMES, next).unwrap_or("unknown"));
    put!(cx, " (", next, "), payload length ", payload_length, ") ");
    Ok(())
}

/// What stands behind the last extension header of a packet that claims `claimed` octets.
fn print_payload(cx: &mut Context, ip: IpHeader, claimed: u32, walk: &ipv6_extensions::Walk) -> Outcome {
    let length = ip.packet.length();
    let has_extensions = walk.header_length > HEADER_LENGTH;
    let mut end = claimed;
    if walk.jumbo {
        end = walk.payload_length.wrapping_add(HEADER_LENGTH);
        if end < walk.header_length {
            cx.truncated();
            return Ok(());
        }
        put_overlong(cx, end, length);
    } else if walk.payload_length == 0 {
        if has_extensions {
            cx.truncated();
            return Ok(());
        }
        end = HEADER_LENGTH;
        // A segment offload larger than the field can say, without the jumbo payload option.
        if length > PAYLOAD_LENGTH_MAX && matches!(walk.next_header, protocol::TCP | protocol::UDP) {
            end = length;
            if cx.style.verbose > 0 {
                put!(cx, "[real length ", length, ", presumed BIG TCP] ");
            }
        }
    }
    let packet = ip.packet.limit(end);
    let data = packet.skip(walk.header_length as usize).with_length(end.saturating_sub(walk.header_length));
    let ip = IpHeader { fragmented: walk.fragmented, packet, ..ip };
    payload(cx, walk.next_header, data, &ip)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn what_encloses_a_packet_bounds_what_is_read_of_it() {
        assert_eq!(
            text(
                0,
                LinkType::PPP_ETHER,
                "1100 0001 002a 0057 60000000 0014 06 40 00000000000000000000000000000001 \
                 00000000000000000000000000000002 0007 0009 00000001 00000000 50020000 00000000"
            ),
            "PPPoE  [ses 0x1] IP6 [header+payload length 60 > length 40] (invalid) ::1 > ::2: [|tcp]"
        );
    }
}
