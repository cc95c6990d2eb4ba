//! Packets on their way between switch and controller, in OpenFlow 1.0 (sections 5.3.6 and 5.4.1).

use super::super::parts::{contradict, name_or_plain};
use super::actions;
use super::names::{BUFFERS, PACKET_IN_REASONS, PORTS};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethernet;
use crate::dissect::named::name_or_hex;
use crate::dissect::put::Hex0;
use crate::put;

/// How often `-v` must be given for the packet itself; its own text is so much less verbose.
const VERBOSE_PACKET: u8 = 3;

/// Prints a packet for the controller.
pub(super) fn put_in(cx: &mut Context, mut rest: Cursor) -> Outcome {
    put!(cx, "\n\t buffer_id ", name_or_hex(BUFFERS, rest.be32()?, "0x", 8, ""));
    put!(cx, ", total_len ", rest.be16()?);
    put!(cx, ", in_port ", name_or_plain(PORTS, rest.be16()?));
    put!(cx, ", reason ", name_or_hex(PACKET_IN_REASONS, rest.u8()?, "invalid (0x", 2, ")"));
    rest.bytes(1)?;
    put_packet(cx, rest)
}

/// Prints a packet for the switch, and what to do with it.
pub(super) fn put_out(cx: &mut Context, mut rest: Cursor) -> Outcome {
    put!(cx, "\n\t buffer_id 0x", Hex0(rest.be32()?, 8));
    put!(cx, ", in_port ", name_or_plain(PORTS, rest.be16()?));
    let length = u32::from(rest.be16()?);
    put!(cx, ", actions_len ", length);
    if length > rest.length() {
        return contradict(cx, "actions_len", length, ">", rest.length(), &rest);
    }
    actions::put(cx, "\n\t ", rest.with_length(length))?;
    put_packet(cx, rest.skip(length as usize))
}

fn put_packet(cx: &mut Context, packet: Cursor) -> Outcome {
    let length = packet.length();
    if length == 0 {
        return Ok(());
    }
    put!(cx, "\n\t data (", length, " octets)");
    let verbose = cx.style.verbose;
    if verbose < VERBOSE_PACKET {
        return packet.need(length as usize);
    }
    put!(cx, ", frame decoding below\n");
    cx.style.verbose = verbose - VERBOSE_PACKET;
    let outcome = cx.nested(|cx| ethernet::print(cx, packet.limit(length)).map(drop));
    cx.style.verbose = verbose;
    outcome
}
