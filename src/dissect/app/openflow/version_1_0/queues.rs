//! Queues in OpenFlow 1.0 (sections 5.2.2 and 5.3.4).

use super::super::parts::{contradict, name_or_plain};
use super::names::{PORTS, QUEUE_PROPERTIES};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::put;

/// Octets of a queue without its properties.
const QUEUE_LENGTH: u16 = 8;
/// Octets of a property's kind, length and padding.
const PROPERTY_LENGTH: u16 = 8;

const NONE: u16 = 0;
const MINIMUM_RATE: u16 = 1;
const MINIMUM_RATE_LENGTH: u16 = 16;
/// A rate above this is none, in tenths of a percent.
const RATE_MAX: u16 = 1000;

/// Prints the queues of a port.
pub(super) fn put_reply(cx: &mut Context, mut rest: Cursor) -> Outcome {
    put!(cx, "\n\t port ", name_or_plain(PORTS, rest.be16()?));
    rest.bytes(6)?;
    while rest.length() > 0 {
        put!(cx, "\n\t ");
        if rest.length() < QUEUE_LENGTH.into() {
            return contradict(cx, "remaining length", rest.length(), "<", QUEUE_LENGTH.into(), &rest);
        }
        put!(cx, " queue_id ", rest.be32()?);
        let length = rest.be16()?;
        put!(cx, ", len ", length);
        if length < QUEUE_LENGTH {
            return contradict(cx, "prop. desc. length", length.into(), "<", QUEUE_LENGTH.into(), &rest);
        }
        let room = rest.length() + 6;
        if u32::from(length) > room {
            return contradict(cx, "prop. desc. length", length.into(), ">", room, &rest);
        }
        rest.bytes(2)?;
        let length = u32::from(length - QUEUE_LENGTH);
        if cx.style.verbose > 1 {
            put_properties(cx, rest.with_length(length))?;
        } else {
            rest.need(length as usize)?;
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

fn put_properties(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        put!(cx, "\n\t  ");
        if rest.length() < PROPERTY_LENGTH.into() {
            return contradict(cx, "remaining length", rest.length(), "<", PROPERTY_LENGTH.into(), &rest);
        }
        let kind = rest.be16()?;
        put!(cx, " property ", name_or_hex(QUEUE_PROPERTIES, kind, "invalid (0x", 4, ")"));
        let length = rest.be16()?;
        put!(cx, ", len ", length);
        if length < PROPERTY_LENGTH {
            return contradict(cx, "property length", length.into(), "<", PROPERTY_LENGTH.into(), &rest);
        }
        let room = rest.length() + 4;
        if u32::from(length) > room {
            return contradict(cx, "property length", length.into(), ">", room, &rest);
        }
        rest.bytes(4)?;
        match (kind, length) {
            (MINIMUM_RATE, MINIMUM_RATE_LENGTH) => match rest.be16_at(0)? {
                rate if rate > RATE_MAX => put!(cx, ", rate disabled"),
                rate => put!(cx, ", rate ", rate / 10, ".", rate % 10, "%"),
            },
            (NONE, PROPERTY_LENGTH) => {}
            (NONE | MINIMUM_RATE, _) => put!(cx, " (bogus)"),
            _ => {}
        }
        rest.bytes(usize::from(length - PROPERTY_LENGTH))?;
    }
    Ok(())
}
