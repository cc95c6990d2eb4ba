//! How data links work (RFC 4204 sections 13.13 and 13.14).

use super::links::{put_identifier, width};
use super::names::CHANNEL_STATES;
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::named::name_or;
use crate::put;

/// The state's bits without the two in front.
const STATE: u32 = 0x3ff_ffff;

/// Prints the state of each interface.
pub(super) fn put_states(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    let at = width(object.kind);
    while rest.length() >= (at + 4) as u32 {
        put_identifier(cx, "\n\t    Interface ID: ", object.kind, &rest, 0)?;
        let bits = rest.be32_at(at)?;
        let (active, transmits, state) = (bits >> 31, bits >> 30 & 1, bits & STATE);
        put!(cx, "\n\t\t    Active: ", if active != 0 { "Allocated" } else { "Non-allocated" }, " (", active, ")");
        put!(cx, "\n\t\t    Direction: ", if transmits != 0 { "Transmit" } else { "Receive" }, " (", transmits, ")");
        put!(cx, "\n\t\t    Channel Status: ", name_or(CHANNEL_STATES, state, "Unknown"), " (", state, ")");
        rest = rest.skip(at + 4);
    }
    Ok(Shown::Whole)
}

/// Prints the interfaces whose state is asked for.
pub(super) fn put_request(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    while rest.length() >= width(object.kind) as u32 {
        put_identifier(cx, "\n\t    Interface ID: ", object.kind, &rest, 0)?;
        rest = rest.skip(width(object.kind));
    }
    Ok(Shown::Whole)
}
