//! The accumulated metric of interior gateway protocols (RFC 7311).

use super::put_undecoded;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

const AIGP: u8 = 1;
const TLV_HEADER_LENGTH: u32 = 3;
const METRIC_LENGTH: u32 = 8;

/// Prints the attribute's TLVs. Their length counts their header.
pub fn print(cx: &mut Context, attribute: &Cursor) -> Result<(), Stop> {
    let mut rest = *attribute;
    while rest.length() >= TLV_HEADER_LENGTH {
        let (kind, length) = (rest.u8_at(0)?, u32::from(rest.be16_at(1)?));
        let name = if kind == AIGP { "AIGP" } else { "Unknown" };
        put!(cx, "\n\t    ", name, " TLV (", kind, "), length ", length);
        if length < TLV_HEADER_LENGTH || rest.length() < length {
            return Err(Stop::Incomplete);
        }
        let value = rest.skip(TLV_HEADER_LENGTH as usize).with_length(length - TLV_HEADER_LENGTH);
        if kind != AIGP {
            put_undecoded(cx, "\n\t      ", &value, value.length());
        } else if value.length() < METRIC_LENGTH {
            return Err(Stop::Incomplete);
        } else {
            put!(cx, ", metric ", value.be64_at(0)?);
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}
