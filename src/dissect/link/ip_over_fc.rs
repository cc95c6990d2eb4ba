//! IP over Fibre Channel (RFC 4338): network addresses that hold MAC addresses, and an LLC header.

use super::{Stations, ethernet, llc};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const HEADER_LENGTH: usize = 16;

/// Prints a frame; returns the length of its headers.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ipfc";
    frame.need(HEADER_LENGTH)?;
    let stations = Stations::macs(&frame, 10, 2)?;
    if cx.style.link_header {
        ethernet::put_stations(cx, &stations);
        put!(cx, "length ", frame.length(), ": ");
    }
    Ok(HEADER_LENGTH + llc::payload(cx, frame.skip(HEADER_LENGTH), Some(&stations))?)
}
