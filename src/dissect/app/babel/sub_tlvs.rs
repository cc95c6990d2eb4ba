//! What may follow in a TLV of Babel (RFC 8966 section 4.7, RFC 9616, draft-chroboczek-babel-diversity-routing).

use super::messages::{HELLO, I_HEARD_YOU, UPDATE};
use super::source_specific::UPDATE as SOURCE_SPECIFIC_UPDATE;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex0, Pad0};
use crate::put;

const PAD_1: u8 = 0;
const PAD_N: u8 = 1;
const DIVERSITY: u8 = 2;
const TIME_STAMP: u8 = 3;
/// The bit that whoever does not know it must ignore the whole TLV.
const MANDATORY: u8 = 0x80;

/// Prints them to the end of a TLV of this kind.
pub(super) fn put(cx: &mut Context, kind: u8, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        let sub_kind = rest.u8()?;
        if sub_kind == PAD_1 {
            put!(cx, " sub-pad1");
            continue;
        }
        put!(cx, if sub_kind & MANDATORY != 0 { " (M)" } else { "" });
        if rest.length() == 0 {
            return cx.invalid();
        }
        let length = rest.u8()?;
        if u32::from(length) > rest.length() {
            return cx.invalid();
        }
        let value = rest.limit(length.into());
        match sub_kind {
            PAD_N => put!(cx, " sub-padn"),
            DIVERSITY => put_diversity(cx, kind, value.captured()),
            TIME_STAMP => {
                if !put_time_stamps(cx, kind, value)? {
                    return cx.invalid();
                }
            }
            _ => put!(cx, " sub-unknown-0x", Hex0(sub_kind, 2)),
        }
        rest = rest.skip(length.into());
    }
    Ok(())
}

/// The radio channels that a route uses.
fn put_diversity(cx: &mut Context, kind: u8, channels: &[u8]) {
    put!(cx, " sub-diversity");
    if channels.is_empty() {
        return put!(cx, " empty");
    }
    let mut separator = " ";
    for &channel in channels {
        put!(cx, separator);
        match channel {
            0 => put!(cx, "reserved"),
            255 => put!(cx, "all"),
            _ => put!(cx, channel),
        }
        separator = "-";
    }
    if !matches!(kind, UPDATE | SOURCE_SPECIFIC_UPDATE) {
        put!(cx, " (bogus)");
    }
}

/// When the packet was sent, or which packet came when; `false` where there is not enough.
fn put_time_stamps(cx: &mut Context, kind: u8, mut value: Cursor) -> Outcome<bool> {
    put!(cx, " sub-timestamp");
    let count = match kind {
        HELLO => 1,
        I_HEARD_YOU => 2,
        _ => {
            put!(cx, " (bogus)");
            return Ok(true);
        }
    };
    if value.length() < 4 * count {
        return Ok(false);
    }
    for index in 0..count {
        let microseconds = value.be32()?;
        put!(cx, if index == 0 { " " } else { "|" });
        put!(cx, microseconds / 1_000_000, ".", Pad0(microseconds % 1_000_000, 6), "s");
    }
    Ok(true)
}
