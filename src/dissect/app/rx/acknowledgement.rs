//! Rx's acknowledgements.

use super::super::stop::Stop;
use super::HEADER_LENGTH;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

/// Octets in front of what is acknowledged, and of what pads it.
const FIXED_LENGTH: usize = 18;
const PADDING_LENGTH: usize = 3;

const REASONS: &[Name] = &[
    (1, "ack requested"),
    (2, "duplicate packet"),
    (3, "out of sequence"),
    (4, "exceeds window"),
    (5, "no buffer space"),
    (6, "ping"),
    (7, "ping response"),
    (8, "delay"),
    (9, "idle"),
];

const MISSING: u8 = 0;
const RECEIVED: u8 = 1;

/// What a sender of this implementation says of itself, at the end.
const LIMITS: [&str; 4] = [" ifmtu", " maxmtu", " rwind", " maxpackets"];

/// Prints an acknowledgement, from the packet's header on.
pub(super) fn print(cx: &mut Context, packet: Cursor) -> Result<(), Stop> {
    if (packet.length() as usize) < HEADER_LENGTH {
        return Ok(());
    }
    let body = packet.skip(HEADER_LENGTH);
    if !body.has(FIXED_LENGTH) {
        return Err(Stop::Incomplete);
    }
    if cx.style.verbose > 2 {
        put!(cx, " bufspace ", body.be16_at(0)?, " maxskew ", body.be16_at(2)?);
    }
    let first = body.be32_at(4)?;
    put!(cx, " first ", first, " serial ", body.be32_at(12)?, " reason ");
    let reason = body.u8_at(16)?;
    match lookup(REASONS, reason) {
        Some(name) => put!(cx, name),
        None => put!(cx, "#", reason),
    }
    let count = usize::from(body.u8_at(17)?);
    let Ok(states) = body.bytes_at(FIXED_LENGTH, count) else { return Err(Stop::Incomplete) };
    put_ranges(cx, " acked ", states, RECEIVED, first);
    put_ranges(cx, " nacked ", states, MISSING, first);
    put_limits(cx, body.skip(FIXED_LENGTH + count + PADDING_LENGTH))?;
    Ok(())
}

/// The packets that are in one state, runs of them as ranges.
fn put_ranges(cx: &mut Context, name: &str, states: &[u8], state: u8, first: u32) {
    let mut number = first;
    let mut separator = name;
    for run in states.chunk_by(|left, right| (*left == state) == (*right == state)) {
        let length = run.len() as u32;
        if run.first() == Some(&state) {
            put!(cx, separator, number);
            if length > 1 {
                put!(cx, "-", number.wrapping_add(length - 1));
            }
            separator = ",";
        }
        number = number.wrapping_add(length);
    }
}

fn put_limits(cx: &mut Context, mut rest: Cursor) -> Outcome {
    if cx.style.verbose < 2 {
        return Ok(());
    }
    for name in LIMITS {
        if !rest.has(4) {
            break;
        }
        put!(cx, name, " ", rest.be32()?);
    }
    Ok(())
}
