//! Ethernet II and IEEE 802.3 frames, with MACsec, 802.1Q and 802.1ad tags.

use super::{Stations, ethertype, llc, macsec};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex0;
use crate::put;

/// Destination, source and type, without tags.
const HEADER_LENGTH: usize = 14;
const TYPE_LENGTH: usize = 2;
const TAG_LENGTH: usize = 4;

/// IEEE 802.3 section 3.2.6: a type field up to this is the length of the data.
const LENGTH_MAX: u16 = 1500;

/// Prints an Ethernet frame; returns the length of its header, tags included.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ether";
    if (frame.length() as usize) < frame.captured().len() {
        put!(cx, "[length ", frame.length(), " < caplen ", frame.captured().len(), "]");
        cx.invalid()?;
        return Ok(frame.length() as usize);
    }
    if !frame.has(HEADER_LENGTH) {
        cx.truncated();
        return Ok(frame.captured().len());
    }
    let stations = Stations { destination: Mac(frame.array_at(0)?), source: Mac(frame.array_at(6)?) };
    if cx.style.link_header {
        put_stations(cx, &stations);
    }
    let mut data = frame.skip(12);
    let mut ethertype = data.be16()?;
    let mut header_length = HEADER_LENGTH;
    let mut length_put = false;
    if ethertype == ethertype::MACSEC {
        if cx.style.link_header {
            put_type(cx, ethertype);
            put_length(cx, false, frame.length());
            length_put = true;
        }
        let secured = macsec::print(cx, data, &stations)?;
        header_length += secured.header_length;
        match secured.payload {
            macsec::Payload::Nothing => return Ok(frame.captured().len()),
            macsec::Payload::Encrypted(payload) => {
                cx.unknown_payload(payload);
                return Ok(header_length);
            }
            macsec::Payload::Clear(payload) => data = payload,
        }
        ethertype = data.be16_at(0)?;
        if data.length() < TYPE_LENGTH as u32 {
            put!(cx, " [caplen ", data.length(), " < ", TYPE_LENGTH, "]");
            return Ok(header_length);
        }
        data = data.skip(TYPE_LENGTH);
        header_length += TYPE_LENGTH;
    }
    while ethertype::is_vlan_tag(ethertype) {
        if !data.has(TAG_LENGTH) || (data.length() as usize) < TAG_LENGTH {
            cx.protocol = "vlan";
            cx.truncated();
            return Ok(header_length + data.limit(data.length()).captured().len());
        }
        let control = data.be16()?;
        if cx.style.link_header {
            put_type(cx, ethertype);
            put_length(cx, length_put, frame.length());
            put_tag(cx, control);
        }
        length_put = true;
        ethertype = data.be16()?;
        header_length += TAG_LENGTH;
    }
    Ok(header_length + payload(cx, &frame, data, ethertype, length_put, &stations)?)
}

/// What the frame carries; returns the length of the LLC header if there is one.
fn payload(
    cx: &mut Context,
    frame: &Cursor,
    data: Cursor,
    ethertype: u16,
    length_put: bool,
    stations: &Stations,
) -> Outcome<usize> {
    if ethertype <= LENGTH_MAX {
        let data = data.limit(data.length().min(ethertype.into()));
        if cx.style.link_header {
            put!(cx, "802.3");
            if !length_put {
                put!(cx, ", length ", data.length(), ": ");
            }
        }
        return llc_payload(cx, data, stations);
    }
    if ethertype == ethertype::JUMBO {
        return llc_payload(cx, data, stations);
    }
    if cx.style.link_header {
        put_type(cx, ethertype);
        put_length(cx, length_put, frame.length());
    }
    if !ethertype::print(cx, ethertype, data, Some(stations))? {
        if !cx.style.link_header {
            put_stations(cx, stations);
            put_type(cx, ethertype);
            put_length(cx, false, frame.length());
        }
        // Inside a MACsec frame, padding was captured too.
        cx.unknown_payload(data.limit(data.length()));
    }
    Ok(0)
}

/// Data under an LLC header, or as it is where that header names no protocol we know.
fn llc_payload(cx: &mut Context, data: Cursor, stations: &Stations) -> Outcome<usize> {
    let printed = llc::print(cx, data, Some(stations))?;
    if !printed.known {
        cx.unknown_payload(data.limit(data.length()));
    }
    Ok(printed.header_length)
}

/// `source > destination, `
pub fn put_stations(cx: &mut Context, stations: &Stations) {
    cx.mac(stations.source);
    put!(cx, " > ");
    cx.mac(stations.destination);
    put!(cx, ", ");
}

/// The protocol's name, with its number unless `-q`.
fn put_type(cx: &mut Context, ethertype: u16) {
    let name = lookup(ethertype::NAMES, ethertype);
    if cx.style.quiet == 0 {
        put!(cx, "ethertype ", name.unwrap_or("Unknown"), " (0x", Hex0(ethertype, 4), ")");
    } else {
        match name {
            Some(name) => put!(cx, name),
            None => put!(cx, "Unknown Ethertype (0x", Hex0(ethertype, 4), ")"),
        }
    }
}

/// The frame's length, once: behind the first type that is printed.
fn put_length(cx: &mut Context, already: bool, length: u32) {
    if already {
        put!(cx, ", ");
    } else {
        put!(cx, ", length ", length, ": ");
    }
}

/// A VLAN tag's control information (IEEE 802.1Q section 9.6): priority, drop eligibility, identifier.
pub fn put_tag(cx: &mut Context, control: u16) {
    put!(cx, "vlan ", control & 0x0fff, ", p ", control >> 13);
    put!(cx, if control & 0x1000 != 0 { ", DEI, " } else { ", " });
}
