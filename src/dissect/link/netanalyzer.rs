//! Ethernet behind the header of Hilscher's netANALYZER, with or without the preamble of the frame.

use super::ethernet;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};

const HEADER_LENGTH: usize = 4;
/// Octets of the preamble and of the delimiter that ends it (IEEE 802.3 section 3.2.1).
const PREAMBLE_LENGTH: usize = 8;

/// Prints a frame; returns the length of its headers.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "netanalyzer";
    print_behind(cx, &frame, HEADER_LENGTH)
}

/// Prints a frame that has its preamble; returns the length of its headers.
pub fn print_transparent(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "netanalyzer_transparent";
    print_behind(cx, &frame, HEADER_LENGTH + PREAMBLE_LENGTH)
}

fn print_behind(cx: &mut Context, frame: &Cursor, length: usize) -> Outcome<usize> {
    frame.need(length)?;
    Ok(length + ethernet::print(cx, frame.skip(length))?)
}
