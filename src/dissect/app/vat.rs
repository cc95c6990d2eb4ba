//! The LBL Visual Audio Tool's packets, and those of its predecessor vt.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const HEADER_LENGTH: u32 = 8;
/// Bits that vat leaves zero in the first 16.
const VT_MASK: u16 = 0xf060;

/// Prints a packet's header.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "vat";
    let length = packet.length();
    if length < 2 {
        put!(cx, "udp/va/vat, length ", length, " < 2");
        return Ok(());
    }
    let flags = packet.be16_at(0)?;
    if flags & VT_MASK != 0 {
        put!(cx, "udp/vt ", length, " ", flags & 0x3ff, " / ", flags >> 10);
        return Ok(());
    }
    if length < HEADER_LENGTH {
        put!(cx, "udp/vat, length ", length, " < ", HEADER_LENGTH);
        return Ok(());
    }
    let (word, timestamp) = (packet.be32_at(0)?, packet.be32_at(4)?);
    put!(cx, "udp/vat ", length - HEADER_LENGTH, " c", word & 0xffff, " ", timestamp);
    if word & 0x80_0000 != 0 {
        put!(cx, "*");
    }
    if word & 0x1f_0000 != 0 {
        put!(cx, " f", word >> 16 & 0x1f);
    }
    if word & 0x3f00_0000 != 0 {
        put!(cx, " s", word >> 24 & 0x3f);
    }
    Ok(())
}
