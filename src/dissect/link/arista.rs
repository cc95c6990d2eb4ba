//! Arista's header with a time stamp, between two types of an Ethernet frame.

use std::ops::ControlFlow;

use super::{Stations, ethernet, ethertype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::put::{Hex0, Pad0};
use crate::dissect::utc::UtcSeconds;
use crate::put;

const SUBTYPE_LENGTH: usize = 2;
const TIMESTAMP: u16 = 1;
const SUBTYPES: &[Name] = &[(TIMESTAMP as u32, "Timestamp")];
const TIMESCALES: &[Name] = &[(0, "TAI"), (1, "UTC")];
const FORMAT_64: u8 = 1;
const FORMAT_48: u8 = 2;
const FORMATS: &[Name] = &[(FORMAT_64 as u32, "64-bit"), (FORMAT_48 as u32, "48-bit")];
const HARDWARE: &[Name] = &[(0, "R/R2"), (1, "R3")];
const NANOSECONDS: u32 = 1_000_000_000;

/// Prints what this EtherType announces; goes on with the type behind it, or stops with how much of the rest
/// belongs to the header.
pub fn print<'p>(
    cx: &mut Context,
    frame: &Cursor,
    data: Cursor<'p>,
    stations: &Stations,
) -> Outcome<ControlFlow<usize, Cursor<'p>>> {
    let octets = data.limit(data.length()).captured().len();
    if octets < SUBTYPE_LENGTH {
        put!(cx, "[|arista]");
        return Ok(ControlFlow::Break(octets));
    }
    ethernet::put_type(cx, ethertype::ARISTA);
    ethernet::put_length(cx, false, frame.length());
    if let Some(length) = put_header(cx, &data)? {
        return Ok(ControlFlow::Continue(data.skip(length)));
    }
    if !cx.style.link_header {
        ethernet::put_stations(cx, stations);
        ethernet::put_type(cx, ethertype::ARISTA);
        ethernet::put_length(cx, false, frame.length());
    }
    cx.unknown_payload(data);
    Ok(ControlFlow::Break(0))
}

/// Prints the header and returns its length; nothing where it is of a kind we do not know.
fn put_header(cx: &mut Context, data: &Cursor) -> Outcome<Option<usize>> {
    cx.protocol = "arista";
    let subtype = data.be16_at(0)?;
    put!(cx, "SubType ", name_or(SUBTYPES, subtype, "Unknown"), " (0x", Hex0(subtype, 4), "), ");
    if subtype != TIMESTAMP {
        return Ok(None);
    }
    let timescale = data.u8_at(2)?;
    put!(cx, "Timescale ", name_or(TIMESCALES, timescale, "Unknown"), " (", timescale, "), ");
    let kind = data.u8_at(3)?;
    let (format, hardware) = (kind >> 4, kind & 0x0f);
    put!(cx, "Format ", name_or(FORMATS, format, "Unknown"), " (", format, "), ");
    put!(cx, "HwInfo ", name_or(HARDWARE, hardware, "Unknown"), " (", hardware, "), Timestamp ");
    let (nanoseconds, length) = match format {
        FORMAT_64 => {
            let (seconds, nanoseconds) = (data.be32_at(4)?, data.be32_at(8)?);
            put!(cx, UtcSeconds(seconds.into()));
            (nanoseconds, 12)
        }
        FORMAT_48 => {
            let (seconds, nanoseconds) = (data.be16_at(4)?, data.be32_at(6)?);
            put!(cx, seconds);
            (nanoseconds, 10)
        }
        _ => return Ok(None),
    };
    put!(cx, ".", Pad0(nanoseconds, 9), if nanoseconds >= NANOSECONDS { " (invalid ns)" } else { "" }, ": ");
    Ok(Some(length))
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_frame_goes_on_behind_its_time() {
        assert_eq!(
            ethernet(0, "d28b 0001 0110 00000001 3b9aca00 88f8"),
            "ethertype Arista Vendor Specific Protocol (0xd28b), length 28: SubType Timestamp (0x0001), Timescale UTC \
             (1), Format 64-bit (1), HwInfo R/R2 (0), Timestamp 1970-01-01 00:00:01.1000000000 (invalid ns): \
             00:11:22:33:44:55 > 01:80:c2:00:00:00, ethertype Unknown (0x88f8), length 28: "
        );
        assert!(ethernet(0, "d28b 0001 0031").ends_with("ethertype Arista Vendor Specific Protocol (0xd28b), length 18: \n\t0x0000:  0001 0031                                ...1"));
        assert!(ethernet(0, "d28b 00").ends_with("[|arista]"));
    }
}
