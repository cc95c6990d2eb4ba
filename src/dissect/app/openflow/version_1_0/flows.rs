//! Flows in OpenFlow 1.0: how they come (section 5.3.3) and go (section 5.4.2).

use super::super::parts::{name_or_plain, put_bits};
use super::names::{BUFFERS, COMMANDS, FLOW_FLAGS, PORTS, REMOVAL_REASONS};
use super::{actions, flow_match};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::dissect::put::Hex0;
use crate::put;

const ADD: u16 = 0;
const MODIFY_STRICT: u16 = 2;
const DELETE: u16 = 3;
const DELETE_STRICT: u16 = 4;

/// A number behind `label`, unless it is zero.
fn put_unless_zero(cx: &mut Context, label: &str, number: u16) {
    if number != 0 {
        put!(cx, label, number);
    }
}

/// Prints what is to be done with a flow.
pub(super) fn put_modification(cx: &mut Context, body: Cursor) -> Outcome {
    const INDENT: &str = "\n\t ";
    flow_match::put(cx, INDENT, &body)?;
    let mut rest = body.skip(flow_match::LENGTH);
    put!(cx, "\n\t cookie 0x", Hex0(rest.be64()?, 16));
    let command = rest.be16()?;
    put!(cx, ", command ", name_or_hex(COMMANDS, command, "invalid (0x", 4, ")"));
    put_unless_zero(cx, ", idle_timeout ", rest.be16()?);
    put_unless_zero(cx, ", hard_timeout ", rest.be16()?);
    put_unless_zero(cx, ", priority ", rest.be16()?);
    if matches!(command, ADD..=MODIFY_STRICT) {
        put!(cx, ", buffer_id ", name_or_hex(BUFFERS, rest.be32_at(0)?, "0x", 8, ""));
    }
    if matches!(command, DELETE | DELETE_STRICT) {
        put!(cx, ", out_port ", name_or_plain(PORTS, rest.be16_at(4)?));
    }
    rest = rest.skip(6);
    let flags = rest.be16()?;
    put!(cx, ", flags 0x", Hex0(flags, 4));
    put_bits(cx, flags.into(), FLOW_FLAGS);
    actions::put(cx, INDENT, rest)
}

/// Prints which flow is gone, and what it was.
pub(super) fn put_removal(cx: &mut Context, body: Cursor) -> Outcome {
    flow_match::put(cx, "\n\t ", &body)?;
    let data = body.skip(flow_match::LENGTH);
    put!(cx, "\n\t cookie 0x", Hex0(data.be64_at(0)?, 16));
    put_unless_zero(cx, ", priority ", data.be16_at(8)?);
    put!(cx, ", reason ", name_or_hex(REMOVAL_REASONS, data.u8_at(10)?, "unknown (0x", 2, ")"));
    put!(cx, ", duration_sec ", data.be32_at(12)?);
    put!(cx, ", duration_nsec ", data.be32_at(16)?);
    put_unless_zero(cx, ", idle_timeout ", data.be16_at(20)?);
    put!(cx, ", packet_count ", data.be64_at(24)?);
    put!(cx, ", byte_count ", data.be64_at(32)?);
    Ok(())
}
