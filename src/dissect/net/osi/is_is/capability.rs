//! What a router can do (RFC 7981), and how its segments are numbered (RFC 8667 section 3.1).

use super::super::Dissected;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::put;

const HEADER_LENGTH: u32 = 5;
const FLAGS: &[Name] = &[(0x01, "S bit"), (0x02, "D bit")];

const SEGMENT_ROUTING: u8 = 2;
const VALUES: &[Name] = &[(SEGMENT_ROUTING as u32, "SR-Capabilities")];
const SEGMENT_ROUTING_FLAGS: &[Name] = &[(0x80, "ipv4"), (0x40, "ipv6")];
/// A label or an index, the first of a range.
const SEGMENT_ID: u8 = 1;

/// Prints the router and what it can do.
pub(super) fn print(cx: &mut Context, value: &Cursor) -> Dissected {
    if value.length() < HEADER_LENGTH {
        put!(cx, " [object length ", value.length(), " < ", HEADER_LENGTH, "]");
        cx.invalid()?;
        return Ok(());
    }
    value.need(4)?;
    put!(cx, "\n\t      Router-ID ");
    cx.ipv4_at(value, 0)?;
    put!(cx, ", Flags [", flags(FLAGS, value.u8_at(4)?, "none"), "]");
    let mut rest = value.skip(HEADER_LENGTH as usize);
    while rest.length() >= 2 {
        let (kind, length) = (rest.u8()?, rest.u8()?);
        put!(cx, "\n\t\t", name_or(VALUES, kind, "unknown"), " subTLV #", kind, ", length: ", length);
        if u32::from(length) > rest.length() || !rest.has(length.into()) {
            break;
        }
        match kind {
            SEGMENT_ROUTING => put_segment_routing(cx, &rest, length)?,
            _ => put_hex_lines(cx, "\n\t\t", &rest, length.into()),
        }
        rest = rest.skip(length.into());
    }
    Ok(())
}

fn put_segment_routing(cx: &mut Context, value: &Cursor, length: u8) -> Dissected {
    let (bits, range) = (value.u8_at(0)?, value.be24_at(1)?);
    put!(cx, ", Flags [", flags(SEGMENT_ROUTING_FLAGS, bits, "None"), "], Range ", range);
    // A value that is too short for its fixed part is taken for a long one.
    let mut rest = value.skip(4).with_length(length.wrapping_sub(4).into());
    while rest.length() >= 5 {
        let (kind, length) = (rest.u8()?, rest.u8()?);
        if u32::from(length) > rest.length() {
            break;
        }
        match (kind, length) {
            (SEGMENT_ID, 3) => put!(cx, ", SID value ", rest.be24_at(0)?),
            (SEGMENT_ID, 4) => put!(cx, ", SID value ", rest.be32_at(0)?),
            (SEGMENT_ID, _) => put!(cx, ", Unknown SID length", length),
            _ => put_hex_lines(cx, "\n\t\t  ", &rest, length.into()),
        }
        rest = rest.skip(length.into());
    }
    Ok(())
}
