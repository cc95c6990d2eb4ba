//! Link state advertisements (RFC 2328 appendix A.4).

use super::packets::put_options;
use super::tlv::{put_address, put_unknown};
use super::{extended_prefix, grace, router_information, traffic_engineering};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of an advertisement's header.
pub(super) const LSA_HEADER_LENGTH: u32 = 20;

const ROUTER: u32 = 1;
const NETWORK: u32 = 2;
const SUMMARY: u32 = 3;
const SUMMARY_BORDER: u32 = 4;
const EXTERNAL: u32 = 5;
const GROUP: u32 = 6;
const NOT_SO_STUBBY: u32 = 7;
pub(super) const TYPES: &[Name] = &[
    (ROUTER, "Router"),
    (NETWORK, "Network"),
    (SUMMARY, "Summary"),
    (SUMMARY_BORDER, "ASBR Summary"),
    (EXTERNAL, "External"),
    (GROUP, "Multicast Group"),
    (NOT_SO_STUBBY, "NSSA"),
    (9, "Link Local Opaque"),
    (10, "Area Local Opaque"),
    (11, "Domain Wide Opaque"),
];

const TRAFFIC_ENGINEERING: u8 = 1;
const GRACE: u8 = 3;
const ROUTER_INFORMATION: u8 = 4;
const EXTENDED_PREFIX: u8 = 7;
/// Types of opaque advertisements, in the first octet of the identifier (RFC 5250).
pub(super) const OPAQUE_TYPES: &[Name] = &[
    (TRAFFIC_ENGINEERING as u32, "Traffic Engineering"),
    (GRACE as u32, "Graceful restart"),
    (ROUTER_INFORMATION as u32, "Router Information"),
    (EXTENDED_PREFIX as u32, "Extended Prefix"),
    (8, "Extended Link"),
];

const ROUTER_FLAGS: &[Name] =
    &[(0x01, "ABR"), (0x02, "ASBR"), (0x04, "Virtual"), (0x08, "Wildcard"), (0x10, "Nt"), (0x80, "Host")];
const TOPOLOGIES: &[Name] = &[(0, "default"), (1, "multicast"), (2, "management")];

const EXTERNAL_TYPE_2: u32 = 0x8000_0000;
/// A metric's low bits, of which all mean that there is no way.
const METRIC_MASK: u32 = 0x00ff_ffff;

/// Whether the identifier is made of a type and a number.
pub(super) fn is_opaque(kind: u32) -> bool {
    matches!(kind, 9..=11)
}

/// Prints an advertisement's header. The result is the length that it claims, if that has room for it.
pub(super) fn put_header(cx: &mut Context, packet: &Cursor, at: usize) -> Outcome<Option<u32>> {
    let length = u32::from(packet.be16_at(at + 18)?);
    if length < LSA_HEADER_LENGTH {
        put!(cx, "\n\t    Bogus length ", length, " < header (", LSA_HEADER_LENGTH, ")");
        return Ok(None);
    }
    put_address(cx, "\n\t  Advertising Router ", packet, at + 8)?;
    put!(cx, ", seq 0x", Hex0(packet.be32_at(at + 12)?, 8), ", age ", packet.be16_at(at)?, "s");
    put!(cx, ", length ", length - LSA_HEADER_LENGTH);
    let kind = u32::from(packet.u8_at(at + 3)?);
    put!(cx, "\n\t    ", lookup(TYPES, kind).unwrap_or("unknown"), " LSA (", kind, ")");
    if is_opaque(kind) {
        let opaque = packet.u8_at(at + 4)?;
        let name = lookup(OPAQUE_TYPES, opaque).unwrap_or("unknown");
        put!(cx, ", Opaque-Type ", name, " LSA (", opaque, "), Opaque-ID ", packet.be24_at(at + 5)?);
    } else {
        put_address(cx, ", LSA-ID: ", packet, at + 4)?;
    }
    put_options(cx, "\n\t    Options:", packet.u8_at(at + 2)?);
    Ok(Some(length))
}

/// Prints an advertisement. The result is its end.
pub(super) fn print(cx: &mut Context, packet: &Cursor, at: usize) -> Outcome<usize> {
    let length = put_header(cx, packet, at)?.ok_or(Truncated)?;
    let body_length = length - LSA_HEADER_LENGTH;
    let body = packet.skip(at + LSA_HEADER_LENGTH as usize).with_length(body_length);
    let kind = u32::from(packet.u8_at(at + 3)?);
    let complete = match kind {
        ROUTER => print_router(cx, &body)?,
        NETWORK => print_network(cx, &body)?,
        SUMMARY | SUMMARY_BORDER => print_summary(cx, &body, kind)?,
        EXTERNAL | NOT_SO_STUBBY => print_external(cx, &body)?,
        GROUP => print_group(cx, &body)?,
        _ if is_opaque(kind) => print_opaque(cx, body, packet.u8_at(at + 4)?)?,
        _ => true,
    };
    if complete && cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t    ", &body, body_length);
    }
    Ok(at + length as usize)
}

/// Stops where octets are missing; the part that lacks them is marked besides the packet.
pub(super) fn need(cx: &mut Context, data: &Cursor, at: usize, count: usize) -> Outcome {
    data.bytes_at(at, count).map(drop).inspect_err(|_| cx.truncated())
}

/// The links of a router; `false` where one is of an unknown kind.
fn print_router(cx: &mut Context, body: &Cursor) -> Outcome<bool> {
    let flags = body.u8_at(0)?;
    put!(cx, "\n\t    Router LSA Options: [");
    put_bits(&mut cx.out, ROUTER_FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    let count = body.be16_at(2)?;
    need(cx, body, 4, 12)?;
    let mut at = 4;
    for _ in 0..count {
        need(cx, body, at, 12)?;
        let (kind, topologies) = (body.u8_at(at + 8)?, body.u8_at(at + 9)?);
        let (from, to) = match kind {
            1 => ("Neighbor Router-ID: ", ", Interface Address: "),
            2 => ("Neighbor Network-ID: ", ", Interface Address: "),
            3 => ("Stub Network: ", ", Mask: "),
            4 => ("Virtual Link: Neighbor Router-ID: ", ", Interface Address: "),
            _ => {
                put!(cx, "\n\t      Unknown Router Link Type (", kind, ")");
                return Ok(false);
            }
        };
        put!(cx, "\n\t      ", from);
        cx.ipv4_at(body, at)?;
        put!(cx, to);
        cx.ipv4_at(body, at + 4)?;
        put_metrics(cx, &body.skip(at + 8), topologies)?;
        at += 12 + 4 * usize::from(topologies);
    }
    Ok(true)
}

/// A link's metric in the default topology, and in others.
fn put_metrics(cx: &mut Context, metrics: &Cursor, others: u8) -> Outcome {
    for number in 0..=usize::from(others) {
        let (kind, metric) = (metrics.u8_at(4 * number)?, metrics.be16_at(4 * number + 2)?);
        put_topology(cx, if number == 0 { 0 } else { kind });
        put!(cx, ", metric ", metric);
    }
    Ok(())
}

fn put_topology(cx: &mut Context, topology: u8) {
    put!(cx, "\n\t\ttopology ", lookup(TOPOLOGIES, topology).unwrap_or("Unknown"), " (", topology, ")");
}

fn print_network(cx: &mut Context, body: &Cursor) -> Outcome<bool> {
    put_address(cx, "\n\t    Mask ", body, 0)?;
    put!(cx, "\n\t    Connected Routers:");
    for at in (4..body.length() as usize).step_by(4) {
        put_address(cx, "\n\t      ", body, at)?;
    }
    Ok(true)
}

fn print_summary(cx: &mut Context, body: &Cursor, kind: u32) -> Outcome<bool> {
    if kind == SUMMARY {
        need(cx, body, 0, 4)?;
        put_address(cx, "\n\t    Mask ", body, 0)?;
    }
    need(cx, body, 4, 4)?;
    for at in (4..body.length() as usize).step_by(4) {
        let metric = body.be32_at(at)?;
        put_topology(cx, (metric >> 24 & 0x7f) as u8);
        put!(cx, " metric ", metric & METRIC_MASK);
    }
    Ok(true)
}

fn print_external(cx: &mut Context, body: &Cursor) -> Outcome<bool> {
    need(cx, body, 0, 4)?;
    put_address(cx, "\n\t    Mask ", body, 0)?;
    need(cx, body, 4, 4)?;
    for at in (4..body.length() as usize).step_by(12) {
        let metric = body.be32_at(at)?;
        put_topology(cx, (metric >> 24 & 0x7f) as u8);
        put!(cx, ", type ", if metric & EXTERNAL_TYPE_2 != 0 { "2" } else { "1" }, ", metric");
        match metric & METRIC_MASK {
            METRIC_MASK => put!(cx, " infinite"),
            metric => put!(cx, " ", metric),
        }
        for (at, name) in [(at + 4, ", forward "), (at + 8, ", tag ")] {
            if body.be32_at(at)? != 0 {
                put_address(cx, name, body, at)?;
            }
        }
    }
    Ok(true)
}

/// Members of a multicast group (RFC 1584).
fn print_group(cx: &mut Context, body: &Cursor) -> Outcome<bool> {
    for at in (0..body.length() as usize).step_by(8) {
        match body.be32_at(at)? {
            1 => put_address(cx, "\n\t    Router Router-ID ", body, at + 4)?,
            2 => put_address(cx, "\n\t    Network Designated Router ", body, at + 4)?,
            kind => put!(cx, "\n\t    unknown VertexType (", kind, ")"),
        }
    }
    Ok(true)
}

fn print_opaque(cx: &mut Context, body: Cursor, kind: u8) -> Outcome<bool> {
    match kind {
        TRAFFIC_ENGINEERING => traffic_engineering::print(cx, body),
        GRACE => grace::print(cx, body),
        ROUTER_INFORMATION => router_information::print(cx, body),
        EXTENDED_PREFIX => extended_prefix::print(cx, body),
        _ => {
            put_unknown(cx, "\n\t    ", &body, body.length());
            Ok(true)
        }
    }
}
