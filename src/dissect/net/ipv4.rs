//! Internet Protocol version 4 (RFC 791).

use etherparse::checksum::Sum16BitWords;

use super::{IpHeader, PROTOCOL_NAMES, has_ports, payload, protocol, put_hosts, put_protocol};
use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::names_table::lookup;
use crate::dissect::net::ipv4_options;
use crate::dissect::put::Hex;
use crate::put;

pub use super::ipv4_options::final_destination;

const HEADER_LENGTH_MIN: u32 = 20;
const OFFSET_MASK: u16 = 0x1fff;
const MORE_FRAGMENTS: u16 = 0x2000;
/// The flags, the three bits above the offset, as they are shown: more fragments, don't fragment, reserved.
const FLAGS: [&str; 8] = ["none", "+", "DF", "+, DF", "rsvd", "+, rsvd", "DF, rsvd", "+, DF, rsvd"];

/// Explicit congestion notification (RFC 3168 section 5), the low bits of the traffic class.
const ECN: [&str; 4] = ["", ",ECT(1)", ",ECT(0)", ",CE"];

/// Prints an IPv4 packet and what it carries.
#[inline]
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.nested(|cx| print_packet(cx, packet))
}

fn print_packet(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "ip";
    if !cx.style.link_header {
        put!(cx, "IP ");
    }
    let length = packet.length();
    if length < HEADER_LENGTH_MIN {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH_MIN);
    }
    let first = packet.u8_at(0)?;
    if first >> 4 != 4 {
        return cx.invalid_because("version", u32::from(first >> 4), "!=", 4);
    }
    let header_length = u32::from(first & 0xf) * 4;
    if header_length < HEADER_LENGTH_MIN {
        return cx.invalid_because("header length", header_length, "<", HEADER_LENGTH_MIN);
    }
    let mut total_length = u32::from(packet.be16_at(2)?);
    if total_length > length {
        put!(cx, "[total length ", total_length, " > length ", length, "]");
        cx.invalid()?;
        put!(cx, " ");
    }
    // Segmentation offload leaves the field zero: the packet was cut after it was captured.
    let offload = total_length == 0 && matches!(packet.u8_at(9)?, protocol::TCP | protocol::UDP);
    if offload {
        total_length = length;
    }
    if total_length < header_length {
        put!(cx, "[total length ", total_length, " < header length ", header_length, "]");
        return cx.invalid();
    }
    if !packet.has(HEADER_LENGTH_MIN as usize) {
        cx.truncated();
        return Ok(());
    }
    // What stands behind the packet is none of its own, whichever length says so.
    let packet = packet.limit(total_length.min(length));
    let fragment = packet.be16_at(6)?;
    let ip = IpHeader {
        source: IpAddress::V4(Ipv4(packet.array_at(12)?)),
        destination: IpAddress::V4(Ipv4(packet.array_at(16)?)),
        protocol: packet.u8_at(9)?,
        hop_limit: packet.u8_at(8)?,
        fragmented: fragment & MORE_FRAGMENTS != 0,
        packet,
    };
    if cx.style.verbose > 0 && !put_header(cx, &ip, header_length, offload.then_some(length))? {
        put_hosts(cx, &ip, ": ");
        cx.truncated();
        return Ok(());
    }
    if fragment & OFFSET_MASK == 0 { first_fragment(cx, &ip, header_length) } else { later_fragment(cx, &ip) }
}

/// The header's fields at `-v`, in parentheses; `false` when its options were cut off.
fn put_header(cx: &mut Context, ip: &IpHeader, header_length: u32, offload: Option<u32>) -> Outcome<bool> {
    let packet = ip.packet;
    let class = packet.u8_at(1)?;
    put!(cx, "(tos 0x", Hex(class));
    put!(cx, ECN.get(usize::from(class & 3)).copied().unwrap_or_default());
    if ip.hop_limit > 0 {
        put!(cx, ", ttl ", ip.hop_limit);
    }
    let fragment = packet.be16_at(6)?;
    put!(cx, ", id ", packet.be16_at(4)?, ", offset ", u32::from(fragment & OFFSET_MASK) * 8);
    put!(cx, ", flags [", FLAGS.get(usize::from(fragment >> 13)).copied().unwrap_or_default());
    put!(cx, "], proto ", lookup(PROTOCOL_NAMES, ip.protocol).unwrap_or("unknown"), " (", ip.protocol, "), length ");
    match offload {
        Some(length) if length > 65535 => put!(cx, length, " [was 0, presumed BIG TCP]"),
        Some(length) => put!(cx, length, " [was 0, presumed TSO]"),
        None => put!(cx, packet.be16_at(2)?),
    }
    let mut complete = true;
    if header_length > HEADER_LENGTH_MIN {
        put!(cx, ", options (");
        complete = ipv4_options::print(cx, packet.skip(20).with_length(header_length - HEADER_LENGTH_MIN))?;
        put!(cx, if complete { ")" } else { " [truncated-option])" });
    }
    put_checksum(cx, &packet, header_length)?;
    put!(cx, if cx.style.ip_oneline { ") " } else { ")\n    " });
    Ok(complete)
}

/// Says when the header's checksum is wrong.
fn put_checksum(cx: &mut Context, packet: &Cursor, header_length: u32) -> Outcome {
    if cx.style.leave_checksums || !packet.has(header_length as usize) {
        return Ok(());
    }
    let found = packet.be16_at(10)?;
    let header = packet.bytes_at(0, header_length as usize)?;
    if let Verdict::ShouldBe(right) = checksum::verify(Sum16BitWords::new(), header, found) {
        put!(cx, ", bad cksum ", Hex(found), " (->", Hex(right), ")!");
    }
    Ok(())
}

/// The fragment that holds the next header, or a packet in one piece.
#[inline(always)]
fn first_fragment(cx: &mut Context, ip: &IpHeader, header_length: u32) -> Outcome {
    if !has_ports(ip.protocol) {
        put_hosts(cx, ip, ": ");
    }
    if !ip.packet.has(header_length as usize) {
        return put_cut_header(cx, ip, header_length);
    }
    payload(cx, ip.protocol, ip.packet.skip(header_length as usize), ip)
}

#[cold]
fn put_cut_header(cx: &mut Context, ip: &IpHeader, header_length: u32) -> Outcome {
    let remaining = ip.packet.captured().len();
    put!(cx, " [remaining caplen(", remaining, ") < header length(", header_length, ")]");
    Err(Truncated)
}

/// A fragment without the next header.
fn later_fragment(cx: &mut Context, ip: &IpHeader) -> Outcome {
    if cx.style.quiet <= 1 {
        put_hosts(cx, ip, ":");
        put_protocol(cx, ip.protocol);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::link;
    use crate::dissect::link::testing::{octets, text};
    use crate::dissect::style::Style;
    use crate::os::names::Names;
    use crate::source::LinkType;

    #[test]
    fn options_that_were_cut_off_keep_the_link_headers_length() {
        let cut = octets("020000000001 020000000002 0800 46000018000000004006 6486 01010101 02020202 0703");
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        // The length is what a dump leaves out.
        assert_eq!(link::print(&mut cx, LinkType::ETHERNET, Cursor::new(&cut, 38)), Ok(14));
        assert_eq!(
            String::from_utf8_lossy(&cx.out),
            "IP (tos 0x0, ttl 64, id 0, offset 0, flags [none], proto TCP (6), length 24, \
             options (RR [truncated-option]))\n    1.1.1.1 > 2.2.2.2:  [|ip]"
        );
    }

    #[test]
    fn what_encloses_a_packet_bounds_what_is_read_of_it() {
        assert_eq!(
            text(
                0,
                LinkType::PPP_ETHER,
                "1100 0001 0016 0021 45000028000000004006 0000 01010101 02020202 \
                 0007 0009 00000001 00000000 50020000 00000000"
            ),
            "PPPoE  [ses 0x1] IP [total length 40 > length 20] (invalid) 1.1.1.1 > 2.2.2.2: [|tcp]"
        );
    }
}
