//! Objects of a few fields: what sessions, paths and neighbours are like.

use super::names::{ADMINISTRATIVE_FLAGS, CAPABILITY_FLAGS, PROPERTIES, SESSION_FLAGS, STYLES};
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::decimal::Significant10;
use crate::dissect::named::{flags, name_or};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

/// Hexadecimal as C's `%#x`, which has no `0x` in front of zero.
pub(super) fn put_alternate_hex(cx: &mut Context, value: u8) {
    put!(cx, if value == 0 { "" } else { "0x" }, Hex(value));
}

/// Prints the time between refreshes (RFC 2205 appendix A.4).
pub(super) fn put_refresh_period(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  Refresh Period: ", object.value.be32_at(0)?, "ms");
    Ok(Shown::Whole)
}

/// Prints how reservations are shared (RFC 2205 appendix A.7).
pub(super) fn put_style(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let (bits, style) = (object.value.u8_at(0)?, object.value.be24_at(1)?);
    put!(cx, object.indent, "  Reservation Style: ", name_or(STYLES, style, "Unknown"));
    put!(cx, ", Flags: [0x", Hex0(bits, 2), "]");
    Ok(Shown::Whole)
}

/// Prints the two sides' instances (RFC 3209 section 5.2).
pub(super) fn put_hello(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, object.indent, "  Source Instance: 0x", Hex0(value.be32_at(0)?, 8));
    put!(cx, ", Destination Instance: 0x", Hex0(value.be32_at(4)?, 8));
    Ok(Shown::Whole)
}

/// Prints how long a restart may take (RFC 3473 section 9.1).
pub(super) fn put_restart(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, object.indent, "  Restart  Time: ", value.be32_at(0)?, "ms");
    put!(cx, ", Recovery Time: ", value.be32_at(4)?, "ms");
    Ok(Shown::Whole)
}

/// Prints what a neighbour supports (RFC 5063 section 4.2).
pub(super) fn put_capability(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    const ASSIGNED: u32 = 7;
    let bits = object.value.be32_at(0)?;
    if bits & !ASSIGNED != 0 {
        put!(cx, object.indent, "  [reserved=0x", Hex0(bits & !ASSIGNED, 8), " must be zero]");
    }
    put!(cx, object.indent, "  Flags: [", flags(CAPABILITY_FLAGS, bits & ASSIGNED, "none"), "]");
    Ok(Shown::Whole)
}

/// Prints a session's name and what it asks for (RFC 3209 section 4.7).
pub(super) fn put_session_attribute(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let [setup, hold, bits, name_length] = object.value.array_at(0)?;
    if object.value.length() < 4 + u32::from(name_length) {
        return Ok(Shown::TooShort);
    }
    put!(cx, object.indent, "  Session Name: ");
    cx.escaped_field(&object.value.skip(4), name_length.into())?;
    put!(cx, object.indent, "  Setup Priority: ", setup, ", Holding Priority: ", hold);
    put!(cx, ", Flags: [", flags(SESSION_FLAGS, bits, "none"), "] (");
    put_alternate_hex(cx, bits);
    put!(cx, ")");
    Ok(Shown::Whole)
}

/// Prints how a path is to be protected (RFC 4090 section 4.1), in the form of its draft too.
pub(super) fn put_fast_reroute(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    const DRAFT: u8 = 7;
    let value = &object.value;
    let [setup, hold, hops] = value.array_at(0)?;
    let bandwidth = f32::from_bits(value.be32_at(4)?) * 8.0 / 1_000_000.0;
    put!(cx, object.indent, "  Setup Priority: ", setup, ", Holding Priority: ", hold, ", Hop-limit: ", hops);
    put!(cx, ", Bandwidth: ", Significant10(bandwidth), " Mbps");
    let (any, none) = (Hex0(value.be32_at(8)?, 8), Hex0(value.be32_at(12)?, 8));
    if object.kind == DRAFT {
        put!(cx, object.indent, "  Include Colors: 0x", any, ", Exclude Colors: 0x", none);
    } else {
        put!(cx, object.indent, "  Include-any: 0x", any, ", Exclude-any: 0x", none);
        put!(cx, ", Include-all: 0x", Hex0(value.be32_at(16)?, 8));
    }
    Ok(Shown::Whole)
}

/// Prints the class of traffic (RFC 4124 section 6.2.1).
pub(super) fn put_class_type(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  CT: ", object.value.be32_at(0)? & 7);
    Ok(Shown::Whole)
}

/// Prints messages that are acknowledged or refreshed (RFC 2961 section 4).
pub(super) fn put_message_ids(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    let (bits, epoch) = (rest.u8()?, rest.be24()?);
    put!(cx, object.indent, "  Flags [0x", Hex0(bits, 2), "], epoch: ", epoch);
    while rest.length() >= 4 {
        let id = rest.be32()?;
        put!(cx, object.indent, "    Message-ID 0x", Hex0(id, 8), " (", id, ")");
    }
    Ok(Shown::Whole)
}

/// Prints what the operator did to the path (RFC 3473 section 7.1).
pub(super) fn put_administrative_status(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  Flags [", flags(ADMINISTRATIVE_FLAGS, object.value.be32_at(0)?, "none"), "]");
    Ok(Shown::Whole)
}

/// Prints Juniper's properties, the octets of each.
pub(super) fn put_properties(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    let (count, padding) = (rest.be16()?, rest.be16()?);
    put!(cx, object.indent, "  TLV count: ", count, ", padding bytes: ", padding);
    while rest.length() >= 2 + u32::from(padding) {
        let [kind, length] = rest.array_at(0)?;
        put!(cx, object.indent, "    ", name_or(PROPERTIES, kind, "unknown"), " TLV (0x", Hex0(kind, 2), ")");
        put!(cx, ", length: ", length);
        if rest.length() < length.into() {
            return Ok(Shown::TooShort);
        }
        if length < 2 {
            put!(cx, object.indent, "ERROR: property TLV is too short");
            return Ok(Shown::End);
        }
        put_hex_lines(cx, "\n\t\t", &rest.skip(2), u32::from(length) - 2);
        rest = rest.skip(length.into());
    }
    Ok(Shown::Whole)
}
