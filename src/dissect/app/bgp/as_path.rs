//! The path of autonomous systems (RFC 4271 section 4.3, RFC 5065, RFC 6793).

use super::{attributes, need};
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const SET: u8 = 1;
const SEQUENCE: u8 = 2;
const CONFEDERATION_SEQUENCE: u8 = 3;
const CONFEDERATION_SET: u8 = 4;

/// Octets of a segment's type and count.
const SEGMENT_HEADER_LENGTH: usize = 2;

/// Prints the segments of a path.
pub fn print(cx: &mut Context, kind: u8, path: &Cursor) -> Result<(), Stop> {
    if path.length() == 0 {
        put!(cx, "empty");
        return Ok(());
    }
    let width = if kind == attributes::AS4_PATH { 4 } else { number_width(path)? };
    let mut rest = *path;
    while rest.length() > 0 {
        let kind = rest.u8_at(0)?;
        let (open, close) = brackets(kind);
        put!(cx, open);
        let count = usize::from(rest.u8_at(1)?);
        for offset in (0..count).map(|index| SEGMENT_HEADER_LENGTH + index * width) {
            need(&rest, offset + width)?;
            let number = if width == 2 { rest.be16_at(offset)?.into() } else { rest.be32_at(offset)? };
            put!(cx, AsNumber::new(cx, number), " ");
        }
        put!(cx, close);
        rest = rest.skip(SEGMENT_HEADER_LENGTH + count * width);
    }
    Ok(())
}

/// What stands around a segment's numbers.
fn brackets(kind: u8) -> (&'static str, &'static str) {
    match kind {
        SEQUENCE => ("", ""),
        SET => ("{ ", "}"),
        CONFEDERATION_SEQUENCE => ("( ", ")"),
        CONFEDERATION_SET => ("({ ", "})"),
        _ => ("?", "?"),
    }
}

/// How many octets a number has. Only the speakers know; two if the path then makes sense, or else four.
fn number_width(path: &Cursor) -> Outcome<usize> {
    let length = path.length() as usize;
    let mut offset = 0;
    while offset < length {
        if !matches!(path.u8_at(offset)?, SET..=CONFEDERATION_SET) {
            return Ok(4);
        }
        offset += SEGMENT_HEADER_LENGTH + usize::from(path.u8_at(offset + 1)?) * 2;
    }
    Ok(if offset == length { 2 } else { 4 })
}
