//! Information elements of the payload (IEEE 802.15.4-2015 section 7.4.3; IEEE 802.15.9 for multiplexed data).

use super::header_elements::{put_plain, put_vendor};
use super::{Parsed, go_on, management, put_octets, stop};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 2;
/// The bit of payload elements.
const PAYLOAD: u16 = 0x8000;

const MANAGEMENT: u8 = 0x1;
const VENDOR: u8 = 0x2;
const MULTIPLEXED: u8 = 0x3;
const IETF: u8 = 0x5;
const END: u8 = 0xf;
const NAMES: &[Name] = &[
    (0x0, "ESDU IE"),
    (MANAGEMENT as u32, "MLME IE"),
    (VENDOR as u32, "Vendor Specific Nested IE"),
    (MULTIPLEXED as u32, "Multiplexed IE (802.15.9)"),
    (0x4, "Omnibus Payload Group IE"),
    (IETF as u32, "IETF IE"),
    (END as u32, "List termination"),
];

const FULL: u8 = 0;
const FULL_SMALL: u8 = 1;
const FRAGMENT: u8 = 2;
const LAST_FRAGMENT: u8 = 4;
const ABORT: u8 = 6;

/// Takes the list.
pub(super) fn print(cx: &mut Context, rest: &mut Cursor) -> Parsed {
    loop {
        if rest.length() < HEADER_LENGTH {
            return stop(cx, "[ERROR: Truncated header IE]");
        }
        let header = rest.le16_at(0)?;
        put!(cx, if header & PAYLOAD == 0 { "[ERROR: Payload IE with type 0] " } else { "" });
        let (length, kind) = (u32::from(header & 0x3ff), (header >> 11 & 0xf) as u8);
        match lookup(NAMES, kind) {
            Some(name) => put!(cx, "\n\t", name, " ["),
            None => put!(cx, "\n\tReserved 0x", Hex0(kind, 2), " ["),
        }
        if length > 0 {
            put!(cx, " length = ", length, ", ");
        }
        if rest.length() < HEADER_LENGTH + length {
            return stop(cx, "[ERROR: Truncated IE data]");
        }
        let value = rest.skip(HEADER_LENGTH as usize).with_length(length);
        if length > 0 {
            put_value(cx, kind, value)?;
        }
        put!(cx, "]\n\t");
        *rest = rest.skip((HEADER_LENGTH + length) as usize);
        if kind == END || rest.length() == 0 {
            return go_on(());
        }
    }
}

fn put_value(cx: &mut Context, kind: u8, value: Cursor) -> Outcome {
    match kind {
        _ if cx.style.verbose <= 3 => put_plain(cx, &value),
        MANAGEMENT => management::print(cx, value),
        VENDOR if value.length() < 3 => {
            put!(cx, "[ERROR: Vendor OUI missing]");
            Ok(())
        }
        VENDOR => put_vendor(cx, &value),
        MULTIPLEXED => put_multiplexed(cx, &value),
        IETF => {
            put!(cx, "Subtype ID = 0x", Hex0(value.u8_at(0)?, 2), ", Subtype content = ");
            put_octets(cx, &value, 1..value.length())
        }
        _ => put_plain(cx, &value),
    }
}

/// Data of a protocol above, perhaps in fragments (IEEE 802.15.9 section 6.2).
fn put_multiplexed(cx: &mut Context, value: &Cursor) -> Outcome {
    let length = value.length();
    let first = value.u8_at(0)?;
    let (kind, transaction) = (first & 7, first >> 3);
    let start = match kind {
        FULL => {
            put!(cx, "Type = Full upper layer fragment, ");
            if length < 3 {
                put!(cx, "[ERROR: Multiplex ID missing]");
                return Ok(());
            }
            put!(cx, "tid = 0x", Hex0(transaction, 2), ", Multiplex ID = 0x", Hex0(value.le16_at(1)?, 4), ", ");
            3
        }
        FULL_SMALL => {
            put!(cx, "Type = Full upper layer fragment with small Multiplex ID, ");
            put!(cx, "Multiplex ID = 0x", Hex0(transaction, 4), ", ");
            1
        }
        FRAGMENT | LAST_FRAGMENT => {
            if length < 2 {
                put!(cx, "[ERROR: fragment number missing]");
                return Ok(());
            }
            let number = value.u8_at(1)?;
            let name = match (kind, number) {
                (LAST_FRAGMENT, _) => "Last fragment",
                (_, 0) => "First fragment",
                _ => "Middle fragment",
            };
            put!(cx, "Type = ", name, ", tid = 0x", Hex0(transaction, 2), ", fragment = 0x", Hex0(number, 2), ", ");
            match number {
                0 if length < 6 => {
                    put!(cx, "[ERROR: Total upper layer size or multiplex ID missing]");
                    return Ok(());
                }
                0 => {
                    put!(cx, "Total upper layer size = 0x", Hex0(value.le16_at(2)?, 4));
                    put!(cx, ", Multiplex ID = 0x", Hex0(value.le16_at(4)?, 4), ", ");
                    6
                }
                _ => 2,
            }
        }
        ABORT => return put_abort(cx, value, transaction),
        _ => {
            put!(cx, "Type = ", kind, " (Reserved), tid = 0x", Hex0(transaction, 2), ", ");
            1
        }
    };
    put!(cx, "Upper layer data = ");
    put_octets(cx, value, start..length)
}

fn put_abort(cx: &mut Context, value: &Cursor, transaction: u8) -> Outcome {
    put!(cx, "Type = Abort, tid = 0x", Hex0(transaction, 2), ", ");
    match value.length() {
        1 => put!(cx, "no max size given"),
        3 => put!(cx, "max size = 0x", Hex0(value.le16_at(1)?, 4)),
        length => {
            put!(cx, "invalid length = ", length, " (not 1 or 3)", "Abort data = ");
            put_octets(cx, value, 1..length)?;
        }
    }
    Ok(())
}
