//! Bluetooth's host controller interface (Bluetooth Core volume 4 part A), the direction in front.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const HEADER_LENGTH: usize = 4;
const INCOMING: u32 = 0x1;

/// Prints a packet; returns the header's length.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "bluetooth";
    put!(cx, cx.protocol);
    let direction = if packet.be32_at(0)? & INCOMING != 0 { "in" } else { "out" };
    let data = packet.skip(HEADER_LENGTH);
    if cx.style.link_header {
        put!(cx, ", hci length ", data.length(), ", direction ", direction);
    }
    cx.unknown_payload(data);
    Ok(HEADER_LENGTH)
}
