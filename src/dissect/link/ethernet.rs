//! Ethernet II and IEEE 802.3 frames, with MACsec, 802.1Q and 802.1ad tags.

use std::ops::ControlFlow;

use super::{Stations, arista, ethertype, llc, macsec};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex0;
use crate::put;

/// Destination, source and type, without tags.
const HEADER_LENGTH: usize = 14;
const ADDRESSES_LENGTH: usize = 12;
const TYPE_LENGTH: usize = 2;
const TAG_LENGTH: usize = 4;

/// IEEE 802.3 section 3.2.6: a type field up to this is the length of the data.
pub const LENGTH_MAX: u16 = 1500;

/// Octets that a switch puts between the addresses and the type, and what prints them.
#[derive(Clone, Copy)]
pub struct SwitchTag {
    /// How many.
    pub length: usize,
    /// Prints them from the cursor on.
    pub print: fn(&mut Context, &Cursor) -> Outcome,
}

/// Prints an Ethernet frame; returns the length of its header, tags included.
#[inline]
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ether";
    if is_printable(&frame, HEADER_LENGTH) {
        print_from(cx, &frame, frame.skip(ADDRESSES_LENGTH), ADDRESSES_LENGTH, |_, _| Ok(()))
    } else {
        refuse(cx, &frame)
    }
}

/// Prints an Ethernet frame behind what `put_header` prints, unless nothing is to be said of it; returns the
/// length of its header, tags included.
pub fn print_after(cx: &mut Context, frame: Cursor, put_header: impl FnOnce(&mut Context)) -> Outcome<usize> {
    if is_printable(&frame, HEADER_LENGTH) {
        put_header(cx);
    }
    print(cx, frame)
}

/// Prints a frame that has a switch's tag in it; returns the length of its header, tags included.
pub fn print_tagged(cx: &mut Context, frame: Cursor, tag: SwitchTag) -> Outcome<usize> {
    let header_length = ADDRESSES_LENGTH + tag.length;
    if is_printable(&frame, HEADER_LENGTH + tag.length) {
        print_from(cx, &frame, frame.skip(header_length), header_length, |cx, frame| {
            (tag.print)(cx, &frame.skip(ADDRESSES_LENGTH))
        })
    } else {
        refuse(cx, &frame)
    }
}

/// Whether the lengths of a frame allow it to have this header.
#[inline]
fn is_printable(frame: &Cursor, header_length: usize) -> bool {
    frame.length() as usize >= frame.captured().len() && frame.has(header_length)
}

/// Says what is wrong with a frame that cannot be printed; returns its length.
fn refuse(cx: &mut Context, frame: &Cursor) -> Outcome<usize> {
    if frame.length() as usize >= frame.captured().len() {
        cx.truncated();
        return Ok(frame.captured().len());
    }
    put!(cx, "[length ", frame.length(), " < caplen ", frame.captured().len(), "]");
    cx.invalid()?;
    Ok(frame.length() as usize)
}

/// Prints addresses, what `put_tag` prints, and the rest of the frame from its type on.
#[inline]
fn print_from(
    cx: &mut Context,
    frame: &Cursor,
    data: Cursor,
    header_length: usize,
    put_tag: impl FnOnce(&mut Context, &Cursor) -> Outcome,
) -> Outcome<usize> {
    let stations = Stations::macs(frame, 6, 0)?;
    if cx.style.link_header {
        put_stations(cx, &stations);
    }
    put_tag(cx, frame)?;
    let mut typed = Typed::read(data, header_length)?;
    if typed.ethertype == ethertype::MACSEC || typed.ethertype == ethertype::ARISTA || typed.has_vlan_tag() {
        typed = match unwrap(cx, frame, typed, &stations)? {
            ControlFlow::Continue(typed) => typed,
            ControlFlow::Break(length) => return Ok(length),
        };
    }
    Ok(typed.header_length + payload(cx, frame, &typed, &stations)?)
}

/// Prints tags and headers behind which another type stands, up to the last type; where there is none, the
/// length of it all.
fn unwrap<'p>(
    cx: &mut Context,
    frame: &Cursor,
    mut typed: Typed<'p>,
    stations: &Stations,
) -> Outcome<ControlFlow<usize, Typed<'p>>> {
    loop {
        typed = match print_tags(cx, frame, typed, stations)? {
            ControlFlow::Continue(typed) if typed.ethertype == ethertype::ARISTA => typed,
            last => return Ok(last),
        };
        let Typed { payload: data, header_length, .. } = typed;
        typed = match arista::print(cx, frame, data, stations)? {
            ControlFlow::Continue(behind) => {
                Typed::read(behind, header_length + data.captured().len() - behind.captured().len())?
            }
            ControlFlow::Break(length) => return Ok(ControlFlow::Break(header_length + length)),
        };
    }
}

/// A frame from its last type field on.
struct Typed<'p> {
    ethertype: u16,
    payload: Cursor<'p>,
    header_length: usize,
    /// Whether the frame's length is out.
    length_put: bool,
}

impl<'p> Typed<'p> {
    /// Reads the type field at the front, behind `header_length` octets of the frame.
    #[inline]
    fn read(mut data: Cursor<'p>, header_length: usize) -> Outcome<Self> {
        let ethertype = data.be16()?;
        Ok(Typed { ethertype, payload: data, header_length: header_length + TYPE_LENGTH, length_put: false })
    }

    #[inline]
    fn has_vlan_tag(&self) -> bool {
        ethertype::is_vlan_tag(self.ethertype)
    }
}

/// Prints a MACsec tag and VLAN tags, in the same way.
fn print_tags<'p>(
    cx: &mut Context,
    frame: &Cursor,
    typed: Typed<'p>,
    stations: &Stations,
) -> Outcome<ControlFlow<usize, Typed<'p>>> {
    let Typed { mut ethertype, payload: mut data, mut header_length, mut length_put } = typed;
    if ethertype == ethertype::MACSEC {
        if cx.style.link_header {
            put_type(cx, ethertype);
            put_length(cx, false, frame.length());
            length_put = true;
        }
        let secured = macsec::print(cx, data, stations)?;
        header_length += secured.header_length;
        match secured.payload {
            macsec::Payload::Nothing => return Ok(ControlFlow::Break(frame.captured().len())),
            macsec::Payload::Encrypted(payload) => {
                cx.unknown_payload(payload);
                return Ok(ControlFlow::Break(header_length));
            }
            macsec::Payload::Clear(payload) => data = payload,
        }
        ethertype = data.be16_at(0)?;
        if data.length() < TYPE_LENGTH as u32 {
            put!(cx, " [caplen ", data.length(), " < ", TYPE_LENGTH, "]");
            return Ok(ControlFlow::Break(header_length));
        }
        data = data.skip(TYPE_LENGTH);
        header_length += TYPE_LENGTH;
    }
    while ethertype::is_vlan_tag(ethertype) {
        if !data.has(TAG_LENGTH) || (data.length() as usize) < TAG_LENGTH {
            cx.protocol = "vlan";
            cx.truncated();
            return Ok(ControlFlow::Break(header_length + data.limit(data.length()).captured().len()));
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
    Ok(ControlFlow::Continue(Typed { ethertype, payload: data, header_length, length_put }))
}

/// What the frame carries; returns the length of the LLC header if there is one.
// On the way of nearly every packet.
#[inline(always)]
fn payload(cx: &mut Context, frame: &Cursor, typed: &Typed, stations: &Stations) -> Outcome<usize> {
    let Typed { ethertype, payload: data, length_put, .. } = *typed;
    if ethertype <= LENGTH_MAX {
        let data = data.limit(data.length().min(ethertype.into()));
        if cx.style.link_header {
            put!(cx, "802.3");
            if !length_put {
                put!(cx, ", length ", data.length(), ": ");
            }
        }
        return llc::payload(cx, data, Some(stations));
    }
    if ethertype == ethertype::JUMBO {
        return llc::payload(cx, data, Some(stations));
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

/// `source > destination, `
pub fn put_stations(cx: &mut Context, stations: &Stations) {
    stations.source.put(cx);
    put!(cx, " > ");
    stations.destination.put(cx);
    put!(cx, ", ");
}

/// The protocol's name, with its number unless `-q`.
pub fn put_type(cx: &mut Context, ethertype: u16) {
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
pub fn put_length(cx: &mut Context, already: bool, length: u32) {
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
