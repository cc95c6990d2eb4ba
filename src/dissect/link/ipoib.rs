//! IP over InfiniBand (RFC 4391) as captures hold it: a 40-octet global routing header, then a type field.

use super::ethertype;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 44;
const ETHERTYPE_OFFSET: usize = 40;

/// Prints a frame; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ipoib";
    let octets = frame.captured().len().min(frame.length() as usize);
    if octets < HEADER_LENGTH {
        cx.truncated();
        return Ok(octets);
    }
    let ethertype = frame.be16_at(ETHERTYPE_OFFSET)?;
    if cx.style.link_header {
        cx.protocol_caps();
        put_header(cx, ethertype, frame.length());
    }
    let packet = frame.skip(HEADER_LENGTH);
    if !ethertype::print(cx, ethertype, packet, None)? {
        if !cx.style.link_header {
            put_header(cx, ethertype, frame.length());
        }
        cx.unknown_payload(packet);
    }
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, ethertype: u16, length: u32) {
    put!(cx, ", ethertype ", lookup(ethertype::NAMES, ethertype).unwrap_or("Unknown"));
    if cx.style.quiet == 0 {
        put!(cx, " (0x", Hex0(ethertype, 4), ")");
    }
    put!(cx, ", length ", length, ": ");
}
