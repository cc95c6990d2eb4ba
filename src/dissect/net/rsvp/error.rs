//! What went wrong and where (RFC 2205 appendix A.5).

use super::names::{CLASS_TYPE_ERRORS, ERRORS, ROUTING_ERRORS};
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::named::name_or;
use crate::dissect::put::Hex0;
use crate::put;

const ROUTING: u8 = 24;
const CLASS_TYPE: u8 = 28;
/// The number that a draft had.
const CLASS_TYPE_OLD: u8 = 125;

/// The flags and the error behind an address; returns the error and its value.
fn put_error(cx: &mut Context, object: &Object, at: usize) -> Outcome<(u8, u16)> {
    let ([bits, code], value) = (object.value.array_at(at)?, object.value.be16_at(at + 2)?);
    put!(cx, ", Flags: [0x", Hex0(bits, 2), "]", object.indent);
    put!(cx, "  Error Code: ", name_or(ERRORS, code, "unknown"), " (", code, ")");
    Ok((code, value))
}

/// Prints an error at an IPv4 node.
pub(super) fn put_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  Error Node Address: ");
    cx.ipv4_at(&object.value, 0)?;
    let (code, value) = put_error(cx, object, 4)?;
    let names = match code {
        ROUTING => ROUTING_ERRORS,
        CLASS_TYPE | CLASS_TYPE_OLD => CLASS_TYPE_ERRORS,
        _ => {
            put!(cx, ", Unknown Error Value (", value, ")");
            return Ok(Shown::Whole);
        }
    };
    put!(cx, ", Error Value: ", name_or(names, value, "unknown"), " (", value, ")");
    Ok(Shown::Whole)
}

/// Prints an error at an IPv6 node.
pub(super) fn put_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  Error Node Address: ");
    cx.ipv6_at(&object.value, 0)?;
    if let (ROUTING, value) = put_error(cx, object, 16)? {
        put!(cx, ", Error Value: ", name_or(ROUTING_ERRORS, value, "unknown"), " (", value, ")");
    }
    Ok(Shown::Whole)
}
