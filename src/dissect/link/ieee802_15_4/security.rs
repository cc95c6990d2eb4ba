//! The auxiliary security header (IEEE 802.15.4-2015 section 9.4) and the integrity code.

use super::{Parsed, go_on, put_extended, stop};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

/// From this level on, the payload is encrypted.
pub(super) const ENCRYPTED: u8 = 4;

const LEVEL_MASK: u8 = 0x07;
const COUNTER_SUPPRESSED: u8 = 0x20;
const IMPLICIT: u8 = 0;
const INDEX: u8 = 1;
const SHORT_SOURCE: u8 = 2;

/// Octets of the integrity code at a level.
pub(super) fn code_length(level: u8) -> u32 {
    match level & 3 {
        0 => 0,
        1 => 4,
        2 => 8,
        _ => 16,
    }
}

/// Takes the header; returns the security level.
pub(super) fn put_header(cx: &mut Context, rest: &mut Cursor) -> Parsed<u8> {
    if rest.length() < 1 {
        return stop(cx, "[ERROR: Truncated before Aux Security Header]");
    }
    let control = rest.u8()?;
    let (level, key) = (control & LEVEL_MASK, control >> 3 & 3);
    if cx.style.verbose > 0 {
        put!(cx, "\n\tSecurity Level ", level, ", Key Id Mode ", key, ", ");
    }
    let verbose = cx.style.verbose > 1;
    if control & COUNTER_SUPPRESSED == 0 {
        if rest.length() < 4 {
            return stop(cx, "[ERROR: Truncated before Frame Counter]");
        }
        if verbose {
            put!(cx, "Frame Counter 0x", Hex0(rest.le32_at(0)?, 8), " ");
        }
        *rest = rest.skip(4);
    }
    match key {
        IMPLICIT => {
            put!(cx, if verbose { "Implicit" } else { "" });
            return go_on(level);
        }
        INDEX => {}
        SHORT_SOURCE => {
            if rest.length() < 4 {
                return stop(cx, "[ERROR: Truncated before Key Source]");
            }
            if verbose {
                // The second number is followed by a part of tcpdump's format.
                put!(cx, "KeySource 0x", Hex0(rest.le16_at(0)?, 4), ":", Hex(rest.le16_at(2)?), "4x, ");
            }
            *rest = rest.skip(4);
        }
        _ => {
            if rest.length() < 8 {
                return stop(cx, "[ERROR: Truncated before Key Source]");
            }
            if verbose {
                rest.need(8)?;
                put!(cx, "KeySource ");
                put_extended(cx, rest, 0)?;
                put!(cx, ", ");
            }
            // tcpdump steps over half of it.
            *rest = rest.skip(4);
        }
    }
    if rest.length() < 1 {
        return stop(cx, "[ERROR: Truncated before Key Index]");
    }
    if verbose {
        put!(cx, "KeyIndex 0x", Hex0(rest.u8_at(0)?, 2), ", ");
    }
    rest.need(1)?;
    *rest = rest.skip(1);
    go_on(level)
}

/// The integrity code, if there is one.
pub(super) fn put_code(cx: &mut Context, code: &Cursor, length: u32) -> Outcome {
    if length > 0 {
        put!(cx, "\n\tMIC ", HexBytes(code.bytes_at(0, length as usize)?), " ");
    }
    Ok(())
}
