//! Frames as Symantec's firewall captures them: an EtherType among 44 octets.

use super::{ethernet, ethertype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const HEADER_LENGTH: usize = 44;
const TYPE_OFFSET: usize = 6;

/// Prints a frame; returns the header's length.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "symantec";
    frame.need(HEADER_LENGTH)?;
    let ethertype = frame.be16_at(TYPE_OFFSET)?;
    if cx.style.link_header {
        put_header(cx, ethertype, frame.length());
    }
    let data = frame.skip(HEADER_LENGTH);
    let is_length = ethertype <= ethernet::LENGTH_MAX;
    if is_length || !ethertype::print(cx, ethertype, data, None)? {
        if !cx.style.link_header {
            put_header(cx, ethertype, frame.length());
        }
        cx.unknown_payload(data);
    }
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, ethertype: u16, length: u32) {
    if ethertype <= ethernet::LENGTH_MAX {
        put!(cx, "invalid ethertype ", ethertype);
    } else {
        ethernet::put_type(cx, ethertype);
    }
    put!(cx, ", length ", length, ": ");
}
