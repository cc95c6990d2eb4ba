//! Link state advertisements (RFC 5340 appendix A.4).

use super::super::ospf::tlv::put_address;
use super::super::ospf::{grace, traffic_engineering};
use super::put_options;
use crate::dissect::address::{IpAddress, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of an advertisement's header.
pub(super) const LSA_HEADER_LENGTH: u32 = 20;

/// Types with their scope.
const ROUTER: u16 = 0x2001;
const NETWORK: u16 = 0x2002;
const INTER_AREA_PREFIX: u16 = 0x2003;
const EXTERNAL: u16 = 0x4005;
const LINK: u16 = 0x0008;
const INTRA_AREA_PREFIX: u16 = 0x2009;
const INTRA_AREA_TE: u16 = 0x000a;
const GRACE: u16 = 0x000b;

const TYPE_MASK: u16 = 0x1fff;
const TYPES: &[Name] = &[
    (1, "Router"),
    (2, "Network"),
    (3, "Inter-Area Prefix"),
    (4, "Inter-Area Router"),
    (5, "External"),
    (6, "Deprecated"),
    (7, "NSSA"),
    (8, "Link"),
    (9, "Intra-Area Prefix"),
    (10, "Intra-Area TE"),
    (11, "Grace"),
    (12, "Router Information"),
    (13, "Inter-AS-TE"),
    (14, "Layer 1 VPN"),
];
const SCOPE_MASK: u16 = 0x6000;
const SCOPES: &[Name] = &[(0x0000, "Link Local"), (0x2000, "Area Local"), (0x4000, "Domain Wide")];
/// Routers that do not know the type pass it on.
const TRANSITIVE: u16 = 0x8000;

const ROUTER_FLAGS: &[Name] = &[
    (0x01, "ABR"),
    (0x02, "External"),
    (0x04, "Virtual-Link Endpoint"),
    (0x08, "Deprecated"),
    (0x10, "NSSA Translator"),
];
const FORWARDING: u32 = 0x0200_0000;
const TAG: u32 = 0x0100_0000;
const EXTERNAL_FLAGS: &[Name] = &[(0x8000_0000, "External Type 2"), (FORWARDING, "Forwarding"), (TAG, "Tag")];
const METRIC_MASK: u32 = 0x00ff_ffff;
const PREFIX_OPTIONS: &[Name] = &[
    (0x01, "No Unicast"),
    (0x02, "Local address"),
    (0x04, "Deprecated"),
    (0x08, "Propagate"),
    (0x10, "Down"),
    (0x20, "N-bit"),
];

/// A type, its scope, and the identifier at `at`.
pub(super) fn put_type(cx: &mut Context, kind: u16, packet: &Cursor, at: usize) -> Outcome {
    packet.be32_at(at)?;
    let number = kind & TYPE_MASK;
    put!(cx, "\n\t    ", lookup(TYPES, number).unwrap_or("Unknown"), " LSA (", number, "), ");
    put!(cx, lookup(SCOPES, kind & SCOPE_MASK).unwrap_or("Unknown"), " Scope");
    put!(cx, if kind & TRANSITIVE != 0 { ", transitive" } else { "" }, ", LSA-ID ");
    cx.ipv4_at(packet, at)
}

/// Prints an advertisement's header. The result is the length that it claims, unless it is cut off.
pub(super) fn put_header(cx: &mut Context, packet: &Cursor, at: usize, end: usize) -> Outcome<Option<u32>> {
    if at + LSA_HEADER_LENGTH as usize > end {
        return Ok(None);
    }
    let length = u32::from(packet.be16_at(at + 18)?);
    if length < LSA_HEADER_LENGTH {
        put!(cx, "\n\t\t  Bogus length ", length, " < header (", LSA_HEADER_LENGTH, ")");
        return Ok(None);
    }
    put_address(cx, "\n\t  Advertising Router ", packet, at + 8)?;
    put!(cx, ", seq 0x", Hex0(packet.be32_at(at + 12)?, 8), ", age ", packet.be16_at(at)?, "s");
    put!(cx, ", length ", length - LSA_HEADER_LENGTH);
    put_type(cx, packet.be16_at(at + 2)?, packet, at + 4)?;
    Ok(Some(length))
}

/// Prints an advertisement. The result is its length, unless it is cut off.
pub(super) fn print(cx: &mut Context, packet: &Cursor, at: usize, end: usize) -> Outcome<Option<u32>> {
    let Some(length) = put_header(cx, packet, at, end)? else { return Ok(None) };
    if at + length as usize > end {
        return Ok(None);
    }
    let body_length = length - LSA_HEADER_LENGTH;
    let body = packet.skip(at + LSA_HEADER_LENGTH as usize).with_length(body_length);
    let complete = match packet.be16_at(at + 2)? {
        INTRA_AREA_TE => traffic_engineering::print(cx, body)?,
        GRACE => grace::print(cx, body)?,
        kind @ (ROUTER | NETWORK | INTER_AREA_PREFIX | EXTERNAL | LINK | INTRA_AREA_PREFIX) => {
            body_length >= 4 && print_body(cx, body, kind)?
        }
        _ => {
            put_hex_lines(cx, "\n\t      ", &body, body_length);
            true
        }
    };
    Ok(complete.then_some(length))
}

/// Prints a body of four octets or more; `false` where it is cut off.
fn print_body(cx: &mut Context, body: Cursor, kind: u16) -> Outcome<bool> {
    match kind {
        ROUTER => print_router(cx, body),
        NETWORK => print_network(cx, body),
        INTER_AREA_PREFIX => print_inter_area_prefix(cx, body),
        EXTERNAL => print_external(cx, body),
        LINK => print_link(cx, body),
        _ => print_intra_area_prefix(cx, body),
    }
}

fn print_router(cx: &mut Context, body: Cursor) -> Outcome<bool> {
    put_options(cx, "\n\t      ", body.be32_at(0)?);
    put!(cx, ", RLA-Flags [");
    put_bits(&mut cx.out, ROUTER_FLAGS, body.u8_at(0)?.into(), ", ", "none");
    put!(cx, "]");
    let mut links = body.skip(4);
    while links.length() > 0 {
        if links.length() < 16 || !links.has(16) {
            return Ok(false);
        }
        let name = match links.u8_at(0)? {
            1 => "\n\t      Neighbor Router-ID ",
            2 => "\n\t      Neighbor Network-ID ",
            4 => "\n\t      Virtual Link: Neighbor Router-ID ",
            kind => {
                put!(cx, "\n\t      Unknown Router Links Type 0x", Hex0(kind, 2));
                return Ok(true);
            }
        };
        put_address(cx, name, &links, 12)?;
        put_address(cx, "\n\t      Neighbor Interface-ID ", &links, 8)?;
        put_address(cx, ", Interface ", &links, 4)?;
        put!(cx, ", metric ", links.be16_at(2)?);
        links = links.skip(16);
    }
    Ok(true)
}

fn print_network(cx: &mut Context, body: Cursor) -> Outcome<bool> {
    put_options(cx, "\n\t      ", body.be32_at(0)?);
    put!(cx, "\n\t      Connected Routers:");
    let mut routers = body.skip(4);
    while routers.length() > 0 {
        if routers.length() < 4 {
            return Ok(false);
        }
        put_address(cx, "\n\t\t", &routers, 0)?;
        routers = routers.skip(4);
    }
    Ok(true)
}

fn print_inter_area_prefix(cx: &mut Context, body: Cursor) -> Outcome<bool> {
    put!(cx, ", metric ", body.be32_at(0)? & METRIC_MASK);
    let mut rest = body.skip(4);
    while rest.length() > 0 {
        if !take_prefix(cx, &mut rest)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn print_external(cx: &mut Context, body: Cursor) -> Outcome<bool> {
    let flags = body.be32_at(0)?;
    put!(cx, "\n\t     Flags [");
    put_bits(&mut cx.out, EXTERNAL_FLAGS, flags, ", ", "none");
    put!(cx, "] metric ", flags & METRIC_MASK);
    let mut rest = body.skip(4);
    if !take_prefix(cx, &mut rest)? {
        return Ok(false);
    }
    if flags & FORWARDING != 0 {
        if rest.length() < 16 {
            return Ok(false);
        }
        let address = IpAddress::V6(Ipv6(rest.array()?));
        put!(cx, " forward ");
        cx.host(address);
    }
    // tcpdump looks at the first of two octets that name the advertisement referred to.
    let refers = body.u8_at(6)? != 0;
    for (name, there) in [(" tag ", flags & TAG != 0), (" RefLSID: ", refers)] {
        if there {
            if rest.length() < 4 {
                return Ok(false);
            }
            put_address(cx, name, &rest, 0)?;
            rest = rest.skip(4);
        }
    }
    Ok(true)
}

fn print_link(cx: &mut Context, body: Cursor) -> Outcome<bool> {
    if !body.has(4) {
        return Ok(false);
    }
    put_options(cx, "\n\t      ", body.be32_at(0)?);
    if body.length() < 24 {
        return Ok(false);
    }
    let count = body.be32_at(20)?;
    put!(cx, "\n\t      Priority ", body.u8_at(0)?, ", Link-local address ");
    cx.ipv6_at(&body, 4)?;
    put!(cx, ", Prefixes ", count, ":");
    take_prefixes(cx, body.skip(24), count)
}

fn print_intra_area_prefix(cx: &mut Context, body: Cursor) -> Outcome<bool> {
    if !body.has(12) {
        return Ok(false);
    }
    put_type(cx, body.be16_at(2)?, &body, 4)?;
    if body.length() < 6 {
        return Ok(false);
    }
    let count = body.be16_at(0)?;
    put!(cx, "\n\t      Prefixes ", count, ":");
    // tcpdump takes half of the 12 octets in front for part of the prefixes.
    take_prefixes(cx, body.skip(12).with_length(body.length() - 6), count.into())
}

fn take_prefixes(cx: &mut Context, mut rest: Cursor, count: u32) -> Outcome<bool> {
    for _ in 0..count {
        if !take_prefix(cx, &mut rest)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes a prefix; `false` where it is cut off.
fn take_prefix(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    if rest.length() < 4 || !rest.has(4) {
        return Ok(false);
    }
    let (bits, options) = (rest.u8_at(0)?, rest.u8_at(1)?);
    let width = usize::from(bits).div_ceil(32) * 4;
    if width > 16 {
        put!(cx, " bogus prefixlen /", bits);
        return Ok(false);
    }
    if (rest.length() as usize) < 4 + width {
        return Ok(false);
    }
    let mut address = [0; 16];
    for (octet, &found) in address.iter_mut().zip(rest.bytes_at(4, width)?) {
        *octet = found;
    }
    put!(cx, "\n\t\t");
    cx.host(IpAddress::V6(Ipv6(address)));
    put!(cx, "/", bits);
    if options != 0 {
        put!(cx, ", Options [");
        put_bits(&mut cx.out, PREFIX_OPTIONS, options.into(), ", ", "none");
        put!(cx, "]");
    }
    put!(cx, ", metric ", rest.be16_at(2)?);
    *rest = rest.skip(4 + width);
    Ok(true)
}
