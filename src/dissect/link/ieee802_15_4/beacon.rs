//! What beacons say of the superframe (IEEE 802.15.4-2015 section 7.3.1).

use super::{Parsed, go_on, put_extended, stop};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::put::Hex0;
use crate::put;

/// Takes what stands in front of a beacon's payload.
pub(super) fn print(cx: &mut Context, rest: &mut Cursor) -> Parsed {
    if rest.length() < 2 {
        return stop(cx, "[ERROR: Truncated before beacon information]");
    }
    put_superframe(cx, rest.le16()?);
    if rest.length() < 1 {
        return stop(cx, "[ERROR: Truncated before GTS info]");
    }
    if put_time_slots(cx, rest)?.is_break() {
        return stop(cx, "");
    }
    if rest.length() < 1 {
        return stop(cx, "[ERROR: Truncated before pending addresses]");
    }
    put_pending_addresses(cx, rest)
}

/// The superframe specification (section 7.3.1.3).
pub(super) fn put_superframe(cx: &mut Context, field: u16) {
    if cx.style.verbose == 0 {
        return;
    }
    put!(cx, "\n\tBeacon order = ", field & 0xf, ", Superframe order = ", field >> 4 & 0xf, ", ");
    put!(cx, "Final CAP Slot = ", field >> 8 & 0xf);
    for (bit, name) in [(12, ", BLE enabled"), (14, ", PAN Coordinator"), (15, ", Association Permit")] {
        put!(cx, if field >> bit & 1 != 0 { name } else { "" });
    }
}

/// Takes the guaranteed time slots (section 7.3.1.4).
fn put_time_slots(cx: &mut Context, rest: &mut Cursor) -> Parsed {
    let count = u32::from(rest.u8_at(0)? & 7);
    if count == 0 {
        if cx.style.verbose > 0 {
            put!(cx, "\n\tGTS Descriptor Count = 0, ");
        }
        *rest = rest.skip(1);
        return go_on(());
    }
    let length = 2 + 3 * count;
    if rest.length() < length {
        return stop(cx, " [ERROR: Truncated GTS Info List]");
    }
    if cx.style.verbose > 1 {
        put!(cx, "GTS Descriptor Count = ", count, ", ");
        put!(cx, "GTS Directions Mask = ", Hex0(rest.u8_at(1)? & 0x7f, 2), ", [ ");
        for at in (2..length as usize).step_by(3) {
            put!(cx, "[ ");
            put!(cx, Hex0(rest.le16_at(at)?, 4));
            // tcpdump takes the address's second half for the slots.
            let slots = rest.u8_at(at + 1)?;
            put!(cx, ", Start slot = ", slots & 0x0f, ", Length = ", slots >> 4, " ] ");
        }
        put!(cx, "]");
    }
    *rest = rest.skip(length as usize);
    go_on(())
}

/// Takes the addresses for which data wait (section 7.3.1.5).
pub(super) fn put_pending_addresses(cx: &mut Context, rest: &mut Cursor) -> Parsed {
    let counts = rest.u8_at(0)?;
    let (short, extended) = (counts & 7, counts >> 4 & 7);
    let length = 1 + u32::from(short) * 2 + u32::from(extended) * 8;
    if cx.style.verbose > 0 {
        put!(cx, "\n\tPending address list, # short addresses = ", short);
        put!(cx, ", # extended addresses = ", extended);
    }
    if rest.length() < length {
        return stop(cx, " [ERROR: Pending address list truncated]");
    }
    if cx.style.verbose > 1 {
        let mut list = rest.skip(1);
        if short > 0 {
            put!(cx, ", Short address list = [ ");
            for _ in 0..short {
                put!(cx, Hex0(list.le16()?, 4), " ");
            }
            put!(cx, "]");
        }
        if extended > 0 {
            put!(cx, ", Extended address list = [ ");
            for _ in 0..extended {
                put_extended(cx, &list, 0)?;
                list = list.skip(8);
                put!(cx, " ");
            }
            put!(cx, "]");
        }
    }
    rest.need(length as usize)?;
    *rest = rest.skip(length as usize);
    go_on(())
}
