//! Optimized Link State Routing, version 1 (RFC 3626), with the extensions of olsr.org.

mod gateways;
mod names;
mod neighbors;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::net::IpHeader;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex0, Pad0, Put};
use crate::put;

/// Octets of a packet's header, and of a message's without its originator.
const HEADER_LENGTH: u32 = 4;
const MESSAGE_HEADER_LENGTH: u32 = 8;

const HELLO: u8 = 1;
const TOPOLOGY: u8 = 2;
const INTERFACES: u8 = 3;
const NETWORKS: u8 = 4;
const NAMES: u8 = 130;
/// With the quality of links.
const HELLO_QUALITY: u8 = 201;
const TOPOLOGY_QUALITY: u8 = 202;
const TYPES: &[Name] = &[
    (HELLO as u32, "Hello"),
    (TOPOLOGY as u32, "TC"),
    (INTERFACES as u32, "MID"),
    (NETWORKS as u32, "HNA"),
    (128, "Powerinfo"),
    (NAMES as u32, "Nameservice"),
    (HELLO_QUALITY as u32, "Hello-LQ"),
    (TOPOLOGY_QUALITY as u32, "TC-LQ"),
];

/// How wide addresses are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    V4,
    V6,
}

impl Family {
    fn width(self) -> u32 {
        match self {
            Family::V4 => 4,
            Family::V6 => 16,
        }
    }

    fn put_host(self, cx: &mut Context, data: &Cursor, offset: usize) -> Outcome {
        match self {
            Family::V4 => cx.ipv4_at(data, offset),
            Family::V6 => cx.ipv6_at(data, offset),
        }
    }
}

/// Whether a message's part could be printed, or ends the packet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Invalid,
}

impl Part {
    /// A part that has fewer octets than it needs.
    fn too_short(cx: &mut Context, field: &str, length: u32, needed: u32) -> Outcome<Part> {
        cx.invalid_because(field, length, "<", needed)?;
        Ok(Part::Invalid)
    }
}

/// A time as a mantissa and an exponent (section 18.3), with three decimals, halves to the even digit.
struct Time(u8);

impl Put for Time {
    fn put(&self, out: &mut Vec<u8>) {
        let scaled = ((16 + u64::from(self.0 >> 4)) << (self.0 & 0xf)) * 1000;
        let (quotient, remainder) = (scaled / 256, scaled % 256);
        let up = remainder > 128 || (remainder == 128 && quotient % 2 == 1);
        let thousandths = quotient + u64::from(up);
        (thousandths / 1000).put(out);
        '.'.put(out);
        Pad0(thousandths % 1000, 3).put(out);
        's'.put(out);
    }
}

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "olsr";
    cx.protocol_caps();
    let family = if ip.version() == 6 { Family::V6 } else { Family::V4 };
    put!(cx, "v", ip.version());
    if packet.length() < HEADER_LENGTH {
        return cx.invalid_because("packet length", packet.length(), "<", HEADER_LENGTH);
    }
    let length = packet.length().min(packet.be16_at(0)?.into());
    put!(cx, ", seq 0x", Hex0(packet.be16_at(2)?, 4), ", length ", length);
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let mut rest = packet.with_length(length).skip(HEADER_LENGTH as usize);
    while rest.length() > 0 {
        match print_message(cx, &rest, length, family)? {
            Some(taken) => rest = rest.skip(taken as usize),
            None => break,
        }
    }
    Ok(())
}

/// Prints a message in a packet of `packet_length` octets and returns its length; nothing where it is the last.
fn print_message(cx: &mut Context, message: &Cursor, packet_length: u32, family: Family) -> Outcome<Option<u32>> {
    let header_length = MESSAGE_HEADER_LENGTH + family.width();
    message.need(header_length as usize)?;
    let ([kind, valid_for], length) = (message.array_at(0)?, u32::from(message.be16_at(2)?));
    if kind == 0 || length == 0 {
        return Ok(None);
    }
    let fits = (header_length..=packet_length).contains(&length);
    put!(cx, "\n\t", name_or(TYPES, kind, "Unknown"), " Message (0x", Hex0(kind, 2), "), originator ");
    family.put_host(cx, message, 4)?;
    let at = 4 + family.width() as usize;
    put!(cx, ", ttl ", message.u8_at(at)?, ", hop ", message.u8_at(at + 1)?, "\n\t  vtime ", Time(valid_for));
    put!(cx, ", msg-seq 0x", Hex0(message.be16_at(at + 2)?, 4), ", length ", length);
    if !fits {
        put!(cx, " (invalid)");
        return Ok(None);
    }
    let body = message.skip(header_length as usize).with_length(length - header_length);
    let part = match kind {
        HELLO | HELLO_QUALITY => neighbors::put_hello(cx, body, kind == HELLO_QUALITY, family)?,
        TOPOLOGY | TOPOLOGY_QUALITY => neighbors::put_topology(cx, body, kind == TOPOLOGY_QUALITY, family)?,
        INTERFACES => put_interfaces(cx, body, family)?,
        NETWORKS => gateways::put(cx, body, family)?,
        NAMES => names::put(cx, body, family)?,
        _ => {
            put_hex_lines(cx, "\n\t    ", &body, body.length());
            Part::Whole
        }
    };
    Ok((part == Part::Whole).then_some(length))
}

/// A node's other addresses (section 5.1).
fn put_interfaces(cx: &mut Context, mut rest: Cursor, family: Family) -> Outcome<Part> {
    while rest.length() >= family.width() {
        rest.need(family.width() as usize)?;
        put!(cx, "\n\t  interface address ");
        family.put_host(cx, &rest, 0)?;
        rest = rest.skip(family.width() as usize);
    }
    Ok(Part::Whole)
}

#[cfg(test)]
mod tests;
