//! IP over FireWire (RFC 2734) as Apple captures it: two EUI-64 addresses and an EtherType.

use super::{Station, Stations, ethernet, ethertype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const ADDRESS_LENGTH: usize = 8;
const HEADER_LENGTH: usize = 2 * ADDRESS_LENGTH + 2;

/// Prints a frame; returns the header's length.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ap1394";
    frame.need(HEADER_LENGTH)?;
    let destination = Station::Eui64(frame.array_at(0)?);
    let stations = Stations { source: Station::Eui64(frame.array_at(ADDRESS_LENGTH)?), destination };
    let ethertype = frame.be16_at(2 * ADDRESS_LENGTH)?;
    if cx.style.link_header {
        put_header(cx, &stations, ethertype, frame.length());
    }
    let data = frame.skip(HEADER_LENGTH);
    if !ethertype::print(cx, ethertype, data, Some(&stations))? {
        if !cx.style.link_header {
            put_header(cx, &stations, ethertype, frame.length());
        }
        cx.unknown_payload(data);
    }
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, stations: &Stations, ethertype: u16, length: u32) {
    ethernet::put_stations(cx, stations);
    ethernet::put_type(cx, ethertype);
    put!(cx, ", length ", length, ": ");
}
