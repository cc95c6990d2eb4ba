//! Multipurpose frames (IEEE 802.15.4-2015 section 7.3.5), whose control field may be short.

use std::ops::ControlFlow;

use super::check::Check;
use super::{Parsed, address_modes, go_on, put_end, put_middle, stop_truncated};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::payload::put_unknown;
use crate::dissect::put::Hex0;
use crate::put;

const LONG: u16 = 0x0008;
const HAS_NETWORK: u16 = 0x0100;
const SECURED: u16 = 0x0200;
const NUMBER_SUPPRESSED: u16 = 0x0400;
const HAS_ELEMENTS: u16 = 0x8000;
const FLAGS: &[(u16, &str)] = &[
    (SECURED, "Security Enabled, "),
    (0x0800, "Frame Pending, "),
    (0x4000, "AR, "),
    (HAS_NETWORK, "PAN ID Present, "),
    (NUMBER_SUPPRESSED, "Sequence Number Suppression, "),
    (HAS_ELEMENTS, "IE present, "),
];

/// Prints a frame.
pub(super) fn print(cx: &mut Context, mut frame: Cursor, control: u16) -> Parsed {
    let check = {
        let length = frame.length();
        Check::take(&mut frame, length > 4, length >= 3)?
    };
    // The short form has none of the flags.
    let flags = if control & LONG != 0 { control } else { 0 };
    let mut rest = if control & LONG == 0 {
        put_number(cx, frame.u8_at(1)?);
        frame.skip(2).with_length(frame.length().wrapping_sub(2))
    } else {
        put!(cx, "v", control >> 12 & 3, " ");
        if cx.style.verbose > 2 {
            for (flag, name) in FLAGS {
                put!(cx, if control & flag != 0 { name } else { "" });
            }
        }
        let numbered = control & NUMBER_SUPPRESSED == 0;
        if numbered {
            put_number(cx, frame.u8_at(2)?);
        }
        let header_length = if numbered { 3 } else { 2 };
        if frame.length() < header_length {
            return stop_truncated(cx);
        }
        frame.skip(header_length as usize)
    };
    let (destination, source) = match address_modes(cx, control >> 4, control >> 6)? {
        ControlFlow::Continue(modes) => modes,
        ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
    };
    if put_end(cx, &mut rest, flags & HAS_NETWORK != 0, destination)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    put!(cx, " <  ");
    if put_end(cx, &mut rest, false, source)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    put!(cx, " ");
    match put_middle(cx, rest, flags & SECURED != 0, flags & HAS_ELEMENTS != 0, &check)? {
        ControlFlow::Continue(payload) => {
            put_unknown(cx, &payload)?;
            go_on(())
        }
        stopped @ ControlFlow::Break(()) => Ok(stopped.map_continue(drop)),
    }
}

fn put_number(cx: &mut Context, number: u8) {
    if cx.style.verbose > 0 {
        put!(cx, "seq ", Hex0(number, 2), " ");
    }
}
