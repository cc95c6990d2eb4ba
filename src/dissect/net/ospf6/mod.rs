//! Open Shortest Path First, version 3, for IPv6 (RFC 5340).

mod advertisement;
mod trailer;

use super::ospf::tlv::put_address;
use super::ospf::{ACKNOWLEDGEMENT, DATABASE, HELLO, REQUEST, TYPES, UPDATE, put_router_and_area};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;
use advertisement::{LSA_HEADER_LENGTH, put_type};

const VERSION: u8 = 3;

/// Octets of the header.
const HEADER_LENGTH: usize = 16;

/// The packet is followed by a block of local signaling.
const OPTION_LOCAL_SIGNALING: u32 = 0x0200;
const OPTIONS: &[Name] = &[
    (0x0001, "V6"),
    (0x0002, "External"),
    (0x0004, "Deprecated"),
    (0x0008, "NSSA"),
    (0x0010, "Router"),
    (0x0020, "Demand Circuit"),
    (0x0100, "AFs Support"),
    (OPTION_LOCAL_SIGNALING, "LLS"),
    (0x0400, "Authentication Trailer"),
];
const DATABASE_FLAGS: &[Name] = &[(0x04, "Init"), (0x02, "More"), (0x01, "Master"), (0x10, "IPv6 MTU")];

/// Where the options stand, from the packet's start.
const HELLO_OPTIONS_AT: usize = HEADER_LENGTH + 4;
const DATABASE_OPTIONS_AT: usize = HEADER_LENGTH;

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "ospf3";
    let kind = packet.u8_at(1)?;
    let version = packet.u8_at(0)?;
    put!(cx, "OSPFv", version, ", ");
    let Some(name) = lookup(TYPES, kind) else {
        put!(cx, "unknown packet type (", kind, "), length ", packet.length());
        return Ok(());
    };
    put!(cx, name, ", length ", packet.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let length = u32::from(packet.be16_at(2)?);
    if length > packet.length() {
        put!(cx, " [len ", length, "]");
        return Ok(());
    }
    put_router_and_area(cx, &packet)?;
    match packet.u8_at(14)? {
        0 => {}
        instance => put!(cx, ", Instance ", instance),
    }
    if version != VERSION {
        return Ok(());
    }
    let complete = print_body(cx, &packet, kind, length as usize)? && trailer::print(cx, &packet, kind, length)?;
    if !complete {
        cx.truncated();
    }
    Ok(())
}

/// Prints what is behind the header and before `end`; `false` where it is cut off.
fn print_body(cx: &mut Context, packet: &Cursor, kind: u8, end: usize) -> Outcome<bool> {
    match kind {
        HELLO => print_hello(cx, packet, end),
        DATABASE => print_database(cx, packet, end),
        _ if cx.style.verbose <= 1 => Ok(true),
        REQUEST => print_requests(cx, packet, end),
        UPDATE => print_updates(cx, packet, end),
        ACKNOWLEDGEMENT => print_headers(cx, packet, HEADER_LENGTH, end),
        _ => Ok(true),
    }
}

fn put_options(cx: &mut Context, indent: &str, options: u32) {
    put!(cx, indent, "Options [");
    put_bits(&mut cx.out, OPTIONS, options, ", ", "none");
    put!(cx, "]");
}

fn print_hello(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome<bool> {
    put_options(cx, "\n\t", packet.be32_at(HELLO_OPTIONS_AT)?);
    let (interval, dead, priority) = (packet.be16_at(24)?, packet.be16_at(26)?, packet.u8_at(20)?);
    put!(cx, "\n\t  Hello Timer ", interval, "s, Dead Timer ", dead, "s");
    put_address(cx, ", Interface-ID ", packet, 16)?;
    put!(cx, ", Priority ", priority);
    for (at, name) in [(28, "\n\t  Designated Router "), (32, ", Backup Designated Router ")] {
        if packet.be32_at(at)? != 0 {
            put_address(cx, name, packet, at)?;
        }
    }
    if cx.style.verbose > 1 {
        put!(cx, "\n\t  Neighbor List:");
        for at in (36..end).step_by(4) {
            put_address(cx, "\n\t    ", packet, at)?;
        }
    }
    Ok(true)
}

fn print_database(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome<bool> {
    put_options(cx, "\n\t", packet.be32_at(DATABASE_OPTIONS_AT)?);
    let flags = packet.u8_at(23)?;
    put!(cx, ", DD Flags [");
    put_bits(&mut cx.out, DATABASE_FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    put!(cx, ", MTU ", packet.be16_at(20)?, ", DD-Sequence 0x", Hex0(packet.be32_at(24)?, 8));
    if cx.style.verbose > 1 { print_headers(cx, packet, 28, end) } else { Ok(true) }
}

/// The headers of advertisements, one after the other.
fn print_headers(cx: &mut Context, packet: &Cursor, from: usize, end: usize) -> Outcome<bool> {
    for at in (from..end).step_by(LSA_HEADER_LENGTH as usize) {
        if advertisement::put_header(cx, packet, at, end)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn print_requests(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome<bool> {
    for at in (HEADER_LENGTH..end).step_by(12) {
        if packet.bytes_at(at, 12).is_err() {
            return Ok(false);
        }
        put_address(cx, "\n\t  Advertising Router ", packet, at + 8)?;
        put_type(cx, packet.be16_at(at + 2)?, packet, at + 4)?;
    }
    Ok(true)
}

fn print_updates(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome<bool> {
    let count = packet.be32_at(HEADER_LENGTH)?;
    let mut at = HEADER_LENGTH + 4;
    for _ in 0..count {
        if at >= end {
            break;
        }
        match advertisement::print(cx, packet, at, end)? {
            Some(length) => at += length as usize,
            None => return Ok(false),
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
