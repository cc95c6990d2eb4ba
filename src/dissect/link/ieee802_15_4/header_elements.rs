//! Information elements of the header (IEEE 802.15.4-2015 section 7.4.2).

use std::ops::ControlFlow;

use super::{Parsed, beacon, go_on, put_octets, stop};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 2;
/// The bit of payload elements, which header elements do not have.
const PAYLOAD: u16 = 0x8000;
const KIND_MAX: u8 = 0x7f;

const VENDOR: u8 = 0x00;
const SAMPLED_LISTENING: u8 = 0x1a;
const RECEIVER_INITIATED: u8 = 0x1b;
const SUPERFRAME: u8 = 0x1c;
const RENDEZVOUS: u8 = 0x1d;
const TIME_CORRECTION: u8 = 0x1e;
const SUPERFRAME_EXTENDED: u8 = 0x21;
/// The list ends; payload elements follow, or the payload.
const END_BEFORE_ELEMENTS: u8 = 0x7e;
const END: u8 = 0x7f;
const NAMES: &[Name] = &[
    (VENDOR as u32, "Vendor Specific Header IE"),
    (SAMPLED_LISTENING as u32, "LE CSL IE"),
    (RECEIVER_INITIATED as u32, "LE RIT IE"),
    (SUPERFRAME as u32, "DSME PAN descriptor IE"),
    (RENDEZVOUS as u32, "Rendezvous Time IE"),
    (TIME_CORRECTION as u32, "Time Correction IE"),
    (SUPERFRAME_EXTENDED as u32, "Extended DSME PAN descriptor IE"),
    (0x22, "Fragment Sequence Context Description IE"),
    (0x23, "Simplified Superframe Specification IE"),
    (0x24, "Simplified GTS Specification IE"),
    (0x25, "LECIM Capabilities IE"),
    (0x26, "TRLE Descriptor IE"),
    (0x27, "RCC Capabilities IE"),
    (0x28, "RCCN Descriptor IE"),
    (0x29, "Global Time IE"),
    (0x2a, "Omnibus Header IE"),
    (0x2b, "DA IE"),
    (END_BEFORE_ELEMENTS as u32, "Header Termination 1 IE"),
    (END as u32, "Header Termination 2 IE"),
];

/// Takes the list; returns whether payload elements follow.
pub(super) fn print(cx: &mut Context, rest: &mut Cursor) -> Parsed<bool> {
    loop {
        if rest.length() < HEADER_LENGTH {
            return stop(cx, "[ERROR: Truncated header IE]");
        }
        let header = rest.le16_at(0)?;
        if header & PAYLOAD != 0 {
            put!(cx, "[ERROR: Header IE with type 1] ");
        }
        let (length, kind) = (u32::from(header & 0x7f), (header >> 7 & 0xff) as u8);
        put_name(cx, kind, length);
        if rest.length() < HEADER_LENGTH + length {
            return stop(cx, "[ERROR: Truncated IE data]");
        }
        let value = rest.skip(HEADER_LENGTH as usize).with_length(length);
        if length > 0 {
            put_value(cx, kind, &value)?;
        }
        put!(cx, "] ");
        *rest = rest.skip((HEADER_LENGTH + length) as usize);
        if kind == END_BEFORE_ELEMENTS {
            return go_on(true);
        }
        if kind == END || rest.length() == 0 {
            return go_on(false);
        }
    }
}

fn put_name(cx: &mut Context, kind: u8, length: u32) {
    if kind > KIND_MAX {
        put!(cx, "Reserved Element ID ", Hex0(kind, 2), ", length = ", length, " ");
        return;
    }
    match lookup(NAMES, kind) {
        Some(name) => put!(cx, "\n\t", name),
        None => put!(cx, "\n\tReserved 0x", Hex0(kind, 2)),
    }
    put!(cx, " [");
    if length > 0 {
        put!(cx, " length = ", length, ", ");
    }
}

fn put_value(cx: &mut Context, kind: u8, value: &Cursor) -> Outcome {
    let length = value.length();
    match (kind, length) {
        _ if cx.style.verbose <= 3 => return put_plain(cx, value),
        (VENDOR, 0..3) => put!(cx, "[ERROR: Vendor OUI missing]"),
        (VENDOR, _) => return put_vendor(cx, value),
        (SAMPLED_LISTENING, 0..4) => put!(cx, "[ERROR: Truncated CSL IE]"),
        (SAMPLED_LISTENING, _) => {
            put!(cx, "CSL Phase = ", value.le16_at(0)?, ", CSL Period = ", value.le16_at(2)?);
            if length >= 6 {
                put!(cx, ", Rendezvous time = ", value.le16_at(4)?);
            }
            put!(cx, if length == 4 || length == 6 { "" } else { " [ERROR: CSL IE length wrong]" });
        }
        (RECEIVER_INITIATED, 0..4) => put!(cx, "[ERROR: Truncated RIT IE]"),
        (RECEIVER_INITIATED, _) => {
            put!(cx, "Time to First Listen = ", value.u8_at(0)?, ", # of Repeat Listen = ", value.u8_at(1)?);
            put!(cx, ", Repeat Listen Interval = ", value.le16_at(2)?);
        }
        (SUPERFRAME | SUPERFRAME_EXTENDED, _) => {
            return put_superframe(cx, value, kind == SUPERFRAME_EXTENDED).map(drop);
        }
        (RENDEZVOUS, 4) => {
            put!(cx, "Rendezvous time = ", value.le16_at(0)?, ", Wake-up Interval = ", value.le16_at(2)?);
        }
        (TIME_CORRECTION, 2) => {
            let correction = value.le16_at(0)?;
            put!(cx, if correction & 0x8000 != 0 { "Negative " } else { "" });
            // Twelve bits with a sign.
            put!(cx, "Ack time correction = ", (correction << 4).cast_signed() >> 4, ", ");
        }
        (RENDEZVOUS | TIME_CORRECTION, _) => put!(cx, "[ERROR: Length != 2]"),
        _ => return put_plain(cx, value),
    }
    Ok(())
}

/// A value as it is.
pub(super) fn put_plain(cx: &mut Context, value: &Cursor) -> Outcome {
    put!(cx, "IE Data = ");
    put_octets(cx, value, 0..value.length())
}

/// An organization and what it has to say.
pub(super) fn put_vendor(cx: &mut Context, value: &Cursor) -> Outcome {
    put!(cx, "OUI = 0x", Hex0(value.be24_at(0)?, 6), ", ");
    put!(cx, "Data = ");
    put_octets(cx, value, 3..value.length())
}

/// How the superframes of a network with time slots on several channels are made (section 7.4.2.5, 7.4.2.10).
fn put_superframe(cx: &mut Context, value: &Cursor, extended: bool) -> Parsed {
    if value.length() < 2 {
        return stop(cx, "[ERROR: Truncated DSME PAN IE]");
    }
    beacon::put_superframe(cx, value.le16_at(0)?);
    let mut rest = value.skip(2);
    if rest.length() < 1 {
        return stop(cx, "[ERROR: Truncated before pending addresses field]");
    }
    if beacon::put_pending_addresses(cx, &mut rest)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    if rest.length() < if extended { 2 } else { 1 } {
        return stop(cx, "[ERROR: Truncated before DSME Superframe Specification]");
    }
    // The short form has the same flags four bits lower.
    let (order, flags) = if extended {
        let field = rest.le16()?;
        (field & 0xff, field >> 8)
    } else {
        let field = u16::from(rest.u8()?);
        (field & 0x0f, field >> 4)
    };
    put!(cx, "Multi-superframe Order = ", order);
    put!(cx, if flags & 1 != 0 { ", Channel hopping mode" } else { ", Channel adaptation mode" });
    put!(cx, if flags & 4 != 0 { ", CAP reduction enabled" } else { "" });
    put!(cx, if flags & 8 != 0 { ", Deferred beacon enabled" } else { "" });
    let hopping = extended && flags & 0x10 != 0;
    put!(cx, if hopping { ", Hopping Sequence Present" } else { "" });
    if rest.length() < 8 {
        return stop(cx, " [ERROR: Truncated before Time synchronization specification]");
    }
    let time = u64::from(rest.le32_at(0)?) | u64::from(rest.le16_at(4)?) << 32;
    put!(cx, "Beacon timestamp = ", time, ", offset = ", rest.le16_at(6)?);
    rest = rest.skip(8);
    put_hopping(cx, rest, hopping)
}

/// Which slots and channels are in use.
fn put_hopping(cx: &mut Context, mut rest: Cursor, hopping: bool) -> Parsed {
    if rest.length() < 4 {
        return stop(cx, " [ERROR: Truncated before Beacon Bitmap]");
    }
    let length = rest.le16_at(2)?;
    put!(cx, "SD Index = ", rest.le16_at(0)?, ", Bitmap len = ", length, ", ");
    rest = rest.skip(4);
    if rest.length() < length.into() {
        return stop(cx, " [ERROR: Truncated in SD bitmap]");
    }
    put!(cx, " SD Bitmap = ");
    put_octets(cx, &rest, 0..length.into())?;
    rest = rest.skip(length.into());
    if rest.length() < 5 {
        return stop(cx, " [ERROR: Truncated before Channel hopping specification]");
    }
    let length = rest.le16_at(4)?;
    put!(cx, "Hopping Seq ID = ", rest.u8_at(0)?, ", PAN Coordinator BSN = ", rest.u8_at(1)?);
    put!(cx, ", Channel offset = ", rest.le16_at(2)?, ", Bitmap length = ", length, ", ");
    // tcpdump steps over half of the length.
    rest = rest.skip(5);
    if rest.length() < length.into() {
        return stop(cx, " [ERROR: Truncated in Channel offset bitmap]");
    }
    put!(cx, " Channel offset bitmap = ");
    put_octets(cx, &rest, 0..length.into())?;
    rest = rest.skip(length.into());
    if !hopping {
        return go_on(());
    }
    if rest.length() < 1 {
        return stop(cx, " [ERROR: Truncated in Hopping Sequence length]");
    }
    let count = rest.u8()?;
    put!(cx, "Hopping Seq length = ", count, " [ ");
    if rest.length() < u32::from(count) * 2 {
        return stop(cx, " [ERROR: Truncated in Channel offset bitmap]");
    }
    for _ in 0..count {
        put!(cx, Hex0(rest.le16()?, 2), " ");
    }
    put!(cx, "]");
    go_on(())
}
