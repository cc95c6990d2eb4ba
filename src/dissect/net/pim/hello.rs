//! Options of a PIM Hello (RFC 7761 section 4.9.2).

use super::Step;
use super::address::Reader;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const HOLD_TIME: u16 = 1;
const LAN_PRUNE_DELAY: u16 = 2;
const DR_PRIORITY_OLD: u16 = 18;
const DR_PRIORITY: u16 = 19;
const GENERATION: u16 = 20;
const STATE_REFRESH: u16 = 21;
const BIDIRECTIONAL: u16 = 22;
const ADDRESSES: u16 = 24;
const ADDRESSES_OLD: u16 = 65001;
const NAMES: &[Name] = &[
    (HOLD_TIME as u32, "Hold Time"),
    (LAN_PRUNE_DELAY as u32, "LAN Prune Delay"),
    (DR_PRIORITY_OLD as u32, "DR Priority (Old)"),
    (DR_PRIORITY as u32, "DR Priority"),
    (GENERATION as u32, "Generation ID"),
    (STATE_REFRESH as u32, "State Refresh Capability"),
    (BIDIRECTIONAL as u32, "Bi-Directional Capability"),
    (ADDRESSES as u32, "Address List"),
    (ADDRESSES_OLD as u32, "Address List (Old)"),
];

const INDENT: &str = "\n\t    ";

/// Prints the options to the end of the message.
pub(super) fn put(cx: &mut Context, mut body: Reader) -> Step {
    while body.data.length() > 0 {
        body.need_claimed(4)?;
        let (kind, length) = (body.data.be16()?, body.data.be16()?);
        put!(cx, "\n\t  ", lookup(NAMES, kind).unwrap_or("Unknown"), " Option (", kind, "), length ", length);
        put!(cx, ", Value: ");
        body.need(length.into())?;
        if let Some(expected) = length_expected(kind, length) {
            put!(cx, "[option length ", length, " != ", expected, "]");
            cx.invalid()?;
            return Ok(());
        }
        put_value(cx, &body, kind, length)?;
        if cx.style.verbose > 1 {
            put_hex_lines(cx, INDENT, &body.data, length.into());
        }
        body.data = body.data.skip(length.into());
    }
    Ok(())
}

/// The length that an option should have, if it has another.
fn length_expected(kind: u16, length: u16) -> Option<u16> {
    let expected = match kind {
        HOLD_TIME => 2,
        LAN_PRUNE_DELAY | GENERATION | STATE_REFRESH => 4,
        DR_PRIORITY | DR_PRIORITY_OLD if length != 0 => 4,
        _ => return None,
    };
    (length != expected).then_some(expected)
}

fn put_value(cx: &mut Context, body: &Reader, kind: u16, length: u16) -> Step {
    let value = &body.data;
    match kind {
        HOLD_TIME => put!(cx, Seconds(value.be16_at(0)?.into())),
        LAN_PRUNE_DELAY => {
            let (delay, interval) = (value.be16_at(0)?, value.be16_at(2)?);
            put!(cx, INDENT, "T-bit=", delay >> 15, ", LAN delay ", delay & 0x7fff, "ms");
            put!(cx, ", Override interval ", interval, "ms");
        }
        // A router took the option's old number for another thing.
        DR_PRIORITY | DR_PRIORITY_OLD if length == 0 => put!(cx, "Bi-Directional Capability (Old)"),
        DR_PRIORITY | DR_PRIORITY_OLD => put!(cx, value.be32_at(0)?),
        GENERATION => put!(cx, "0x", Hex0(value.be32_at(0)?, 8)),
        STATE_REFRESH => put_state_refresh(cx, value)?,
        BIDIRECTIONAL => {}
        ADDRESSES | ADDRESSES_OLD => {
            if cx.style.verbose > 1 {
                put_addresses(cx, *body, length.into())?;
            }
        }
        _ if cx.style.verbose <= 1 => put_hex_lines(cx, INDENT, value, length.into()),
        _ => {}
    }
    Ok(())
}

/// The version and interval of state refreshes (RFC 3973 section 4.7.5).
fn put_state_refresh(cx: &mut Context, value: &Cursor) -> Outcome {
    let ([version, interval], reserved) = (value.array_at(0)?, value.be16_at(2)?);
    put!(cx, "v", version);
    if interval != 0 {
        put!(cx, ", interval ", Seconds(interval.into()));
    }
    if reserved != 0 {
        put!(cx, " ?0x", Hex0(reserved, 4), "?");
    }
    Ok(())
}

/// The router's other addresses; the last may reach over the option's end.
fn put_addresses(cx: &mut Context, mut body: Reader, length: u32) -> Step {
    let end = body.data.length().saturating_sub(length);
    while body.data.length() > end {
        body.put_host(cx, INDENT)?;
    }
    Ok(())
}
