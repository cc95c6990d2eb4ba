//! RADIUS's attributes about where a user is (RFC 5580).

use super::names;
use super::times::put_ntp_time;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::put;

/// RFC 5580 section 4.1: who runs the network.
pub(super) fn print_operator(cx: &mut Context, mut value: Cursor) -> Outcome {
    put_name_or(cx, "[", names::OPERATOR_NAMESPACES, value.u8()?, "unknown namespace ", "");
    put!(cx, "] ");
    cx.escaped_field(&value, value.length() as usize)
}

/// RFC 5580 section 4.2.
pub(super) fn print_information(cx: &mut Context, mut value: Cursor) -> Outcome {
    let (index, code, entity) = (value.be16()?, value.u8()?, value.u8()?);
    put!(cx, "index ", index);
    put_name_or(cx, ", code ", names::LOCATION_CODES, code, "Unknown (", ")");
    put_name_or(cx, ", entity ", names::LOCATION_ENTITIES, entity, "Unknown (", ")");
    put!(cx, ", sighting time ");
    put_ntp_time(cx, &mut value)?;
    put!(cx, ", time to live ");
    put_ntp_time(cx, &mut value)?;
    put!(cx, ", method \"");
    cx.escaped_field(&value, value.length() as usize)?;
    put!(cx, "\"");
    Ok(())
}

/// RFC 5580 section 4.3. What the location looks like is said by another attribute.
pub(super) fn print_data(cx: &mut Context, mut value: Cursor) -> Outcome {
    put!(cx, "index ", value.be16()?, ", location");
    dump::hex_ascii_indented(&mut cx.out, "\n\t    ", value.limit(value.length()).captured());
    value.need(value.length() as usize)
}

/// RFC 5580 section 4.4.
pub(super) fn print_rules(cx: &mut Context, mut value: Cursor) -> Outcome {
    let flags = value.be16()?;
    put!(cx, "flags [");
    put_bits(&mut cx.out, names::LOCATION_RULES, flags.into(), ", ", "none");
    put!(cx, "], retention expires ");
    put_ntp_time(cx, &mut value)?;
    if value.length() > 0 {
        put!(cx, ", note well \"");
        cx.escaped_field(&value, value.length() as usize)?;
        put!(cx, "\"");
    }
    Ok(())
}

/// A name, or the number between two texts.
fn put_name_or(cx: &mut Context, label: &str, table: &[Name], value: u8, before: &str, after: &str) {
    match lookup(table, value) {
        Some(name) => put!(cx, label, name),
        None => put!(cx, label, before, value, after),
    }
}
