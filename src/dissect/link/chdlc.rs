//! Cisco HDLC, with its keepalive protocol SLARP.

use super::ethertype;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv4, ipv6, osi};
use crate::dissect::nlpid;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 4;

/// The address of a frame for the other end, and for all.
pub const UNICAST: u8 = 0x0f;
/// The address of a broadcast.
pub const BROADCAST: u8 = 0x8f;
const ADDRESSES: &[Name] = &[(UNICAST as u32, "unicast"), (BROADCAST as u32, "bcast")];

/// The type of a SLARP packet; EtherTypes name all others.
const SLARP: u16 = 0x8035;
const SLARP_LENGTH_MIN: u32 = 14;
/// With the sender's uptime.
const SLARP_LENGTH_MAX: u32 = 18;
const REQUEST: u32 = 0;
const REPLY: u32 = 1;
const KEEPALIVE: u32 = 2;

/// Prints a frame of a capture; returns the length of its header.
pub fn frame(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "chdlc";
    frame.need(HEADER_LENGTH)?;
    print(cx, frame)?;
    Ok(HEADER_LENGTH)
}

/// Prints a frame.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.protocol = "chdlc";
    let length = frame.length();
    if (length as usize) < HEADER_LENGTH {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH as u32);
    }
    let protocol = frame.be16_at(2)?;
    if cx.style.link_header {
        let address = frame.u8_at(0)?;
        match lookup(ADDRESSES, address) {
            Some(name) => put!(cx, name),
            None => put!(cx, "0x", Hex0(address, 2)),
        }
        let name = lookup(ethertype::NAMES, protocol).unwrap_or("Unknown");
        put!(cx, ", ethertype ", name, " (0x", Hex0(protocol, 4), "), length ", length, ": ");
    }
    let data = frame.skip(HEADER_LENGTH);
    match protocol {
        ethertype::IPV4 => ipv4::print(cx, data),
        ethertype::IPV6 => ipv6::print(cx, data),
        SLARP => slarp(cx, &data),
        ethertype::OSI => osi(cx, data),
        _ => {
            let mpls = matches!(protocol, ethertype::MPLS | ethertype::MPLS_MULTICAST);
            let known = mpls && ethertype::print(cx, protocol, data, None)?;
            if !known && !cx.style.link_header {
                put!(cx, "unknown CHDLC protocol (0x", Hex0(protocol, 4), ")");
            }
            Ok(())
        }
    }
}

/// OSI's packets, which may have an octet of nothing in front.
fn osi(cx: &mut Context, data: Cursor) -> Outcome {
    if data.length() < 2 {
        return cx.invalid_because("length", data.length(), "<", 2);
    }
    let filled = matches!(data.u8_at(1)?, nlpid::CLNP | nlpid::ES_IS | nlpid::IS_IS);
    osi::print(cx, data.skip(usize::from(filled)))
}

/// Serial Line Address Resolution Protocol.
fn slarp(cx: &mut Context, packet: &Cursor) -> Outcome {
    cx.protocol = "chdlc_slarp";
    put!(cx, "SLARP");
    let length = packet.length();
    if length < SLARP_LENGTH_MIN {
        return cx.invalid_because("length", length, "<", SLARP_LENGTH_MIN);
    }
    put!(cx, " (length: ", length, "), ");
    packet.need(SLARP_LENGTH_MIN as usize)?;
    let mut values = packet.skip(4);
    match packet.be32_at(0)? {
        REQUEST => put!(cx, "request"),
        REPLY => {
            put!(cx, "reply ");
            cx.ipv4_at(packet, 4)?;
            put!(cx, "/");
            cx.ipv4_at(packet, 8)?;
        }
        KEEPALIVE => {
            let (mine, yours) = (Hex0(packet.be32_at(4)?, 8), Hex0(packet.be32_at(8)?, 8));
            put!(cx, "keepalive: mineseen=0x", mine, ", yourseen=0x", yours);
            put!(cx, ", reliability=0x", Hex0(packet.be16_at(12)?, 4));
            if length >= SLARP_LENGTH_MAX {
                put_uptime(cx, packet.be32_at(SLARP_LENGTH_MIN as usize)? / 1000);
                // What tcpdump dumps at -vv then starts behind the uptime.
                values = values.skip(SLARP_LENGTH_MIN as usize);
            }
        }
        code => {
            put!(cx, "0x", Hex0(code, 2), " unknown");
            if cx.style.verbose <= 1 {
                put_hex_lines(cx, "\n\t", &values, values.length());
            }
        }
    }
    if length > SLARP_LENGTH_MAX && cx.style.verbose > 0 {
        put!(cx, ", (trailing junk: ", length - SLARP_LENGTH_MAX, " bytes)");
    }
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t", &values, values.length());
    }
    Ok(())
}

fn put_uptime(cx: &mut Context, seconds: u32) {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    put!(cx, ", link uptime=", days, "d", hours % 24, "h", minutes % 60, "m", seconds % 60, "s");
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn the_uptime_is_split_into_days_and_less() {
        assert_eq!(
            text(0, LinkType::C_HDLC, "0f00 8035 00000002 00000001 00000002 ffff 05265c00"),
            "SLARP (length: 18), keepalive: mineseen=0x00000001, yourseen=0x00000002, reliability=0xffff, \
             link uptime=1d0h0m0s"
        );
    }
}
