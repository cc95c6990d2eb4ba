//! Logical Link Control (IEEE 802.2): the service access points and what they carry.
//!
//! SNAP is in [`super::snap`]; protocols without a dissector are shown by their service access points.

use super::{Stations, snap, stp};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv4, ipx, osi};
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

/// The lowest bit of the destination: a group of stations.
const GROUP: u8 = 0x01;
/// The lowest bit of the source: a response, not a command.
const RESPONSE: u8 = 0x01;

/// Both access points of what has no LLC header at all: an IPX packet, whose checksum field is all ones.
const SAP_GLOBAL: u8 = 0xff;
const SAP_IP: u8 = 0x06;
const SAP_STP: u8 = 0x42;
const SAP_SNAP: u8 = 0xaa;
const SAP_IPX: u8 = 0xe0;
const SAP_OSI: u8 = 0xfe;
const SAPS: &[Name] = &[
    (0x00, "Null"),
    (SAP_GLOBAL as u32, "Global"),
    (0x02, "802.1B I"),
    (0x03, "802.1B G"),
    (SAP_IP as u32, "IP"),
    (0x04, "SNA"),
    (0x0e, "ProWay NM"),
    (SAP_STP as u32, "STP"),
    (0x4e, "RS511"),
    (0x7e, "ISO8208"),
    (0x8e, "ProWay"),
    (SAP_SNAP as u32, "SNAP"),
    (SAP_IPX as u32, "IPX"),
    (0xf0, "NetBeui"),
    (SAP_OSI as u32, "OSI"),
];

/// The low bits of the control field: both set in an unnumbered frame, the lower one in a supervisory.
const UNNUMBERED: u16 = 0x03;
const SUPERVISORY: u16 = 0x01;
/// The poll or final bit of an unnumbered frame, and that of the others.
const POLL_UNNUMBERED: u16 = 0x0010;
const POLL: u16 = 0x0100;

/// Unnumbered information: what most protocols travel in.
const UI: u16 = 0x03;
/// Exchange identification.
const XID: u16 = 0xaf;
const COMMANDS: &[Name] = &[
    (UI as u32, "ui"),
    (0xe3, "test"),
    (XID as u32, "xid"),
    (0x63, "ua"),
    (0x43, "disc"),
    (0x0f, "dm"),
    (0x6f, "sabme"),
    (0x87, "frmr"),
];
const SUPERVISORY_FUNCTIONS: [&str; 4] = ["Receiver Ready", "Receiver not Ready", "Reject", "?"];

/// The format of exchanged identification that IEEE 802.2 defines (section 5.4.1.1.2).
const XID_FORMAT: u8 = 0x81;

/// What became of a frame.
#[derive(Clone, Copy, Debug)]
pub struct Printed {
    /// Octets of the LLC and SNAP headers.
    pub header_length: usize,
    /// Whether the payload was printed; the caller shows it as it is where not.
    pub known: bool,
}

impl Printed {
    fn known(header_length: usize) -> Outcome<Self> {
        Ok(Printed { header_length, known: true })
    }
}

/// The fields of the header.
struct Header {
    destination: u8,
    source: u8,
    control: u16,
    unnumbered: bool,
}

/// Prints an LLC frame. The stations are those of the frame around it, if it names any.
pub fn print(cx: &mut Context, frame: Cursor, stations: Option<&Stations>) -> Outcome<Printed> {
    cx.protocol = "llc";
    let octets = frame.captured().len().min(frame.length() as usize);
    let unnumbered = octets >= 3 && u16::from(frame.u8_at(2)?) & UNNUMBERED == UNNUMBERED;
    let length = if unnumbered { 3 } else { 4 };
    if octets < length {
        cx.truncated();
        dump::hex_ascii(&mut cx.out, frame.captured());
        return Printed::known(octets);
    }
    let control = if unnumbered { frame.u8_at(2)?.into() } else { frame.le16_at(2)? };
    let header = Header { destination: frame.u8_at(0)?, source: frame.u8_at(1)?, control, unnumbered };
    if (header.destination, header.source) == (SAP_GLOBAL, SAP_GLOBAL) {
        put!(cx, if cx.style.link_header { "IPX 802.3: " } else { "" });
        return ipx::print(cx, frame).and(Printed::known(0));
    }
    if cx.style.link_header {
        put_header(cx, &header);
    }
    let data = frame.skip(length);
    let (destination, source) = (header.destination & !GROUP, header.source & !RESPONSE);
    if destination == source && control == UI {
        match source {
            SAP_SNAP => {
                let known = snap::print(cx, data, stations, snap::LLC_BRIDGE_PADDING)?;
                return Ok(Printed { header_length: length + snap::HEADER_LENGTH, known });
            }
            SAP_STP => return stp::print(cx, data).and(Printed::known(length)),
            SAP_IPX => {
                put!(cx, if cx.style.link_header { "IPX 802.2: " } else { "" });
                return ipx::print(cx, data).and(Printed::known(length));
            }
            SAP_OSI => return osi::print(cx, data).and(Printed::known(length)),
            SAP_IP => return ipv4::print(cx, data).and(Printed::known(length)),
            _ => {}
        }
    }
    if !cx.style.link_header {
        put_service_access_points(cx, destination, source, stations);
    }
    let known = put_control(cx, &header, &frame, &data)?;
    Ok(Printed { header_length: length, known })
}

/// Prints data under an LLC header, and shows it as it is where that names no protocol we know. Returns the
/// length of the header.
pub fn payload(cx: &mut Context, data: Cursor, stations: Option<&Stations>) -> Outcome<usize> {
    let printed = print(cx, data, stations)?;
    if !printed.known {
        cx.unknown_payload(data.limit(data.length()));
    }
    Ok(printed.header_length)
}

/// `-e`: all fields.
fn put_header(cx: &mut Context, header: &Header) {
    let (destination, source) = (header.destination & !GROUP, header.source & !RESPONSE);
    put!(cx, "LLC, dsap ", lookup(SAPS, destination).unwrap_or("Unknown"), " (0x", Hex0(destination, 2), ") ");
    put!(cx, if header.destination & GROUP != 0 { "Group" } else { "Individual" });
    put!(cx, ", ssap ", lookup(SAPS, source).unwrap_or("Unknown"), " (0x", Hex0(source, 2), ") ");
    put!(cx, if header.source & RESPONSE != 0 { "Response" } else { "Command" });
    put!(cx, ", ctrl 0x", Hex0(header.control, if header.unnumbered { 2 } else { 4 }), ": ");
}

/// Who sends to whom: stations, if known, and service access points, once where both are the same.
fn put_service_access_points(cx: &mut Context, destination: u8, source: u8, stations: Option<&Stations>) {
    if let Some(stations) = stations {
        stations.source.put(cx);
        put!(cx, " ");
    }
    if source != destination {
        put_service_access_point(cx, "Unknown SSAP 0x", source);
    }
    if source != destination || stations.is_some() {
        put!(cx, "> ");
    }
    if let Some(stations) = stations {
        stations.destination.put(cx);
        put!(cx, " ");
    }
    put_service_access_point(cx, "Unknown DSAP 0x", destination);
}

fn put_service_access_point(cx: &mut Context, unknown: &str, point: u8) {
    match lookup(SAPS, point) {
        Some(name) => put!(cx, name, " "),
        None => put!(cx, unknown, Hex0(point, 2), " "),
    }
}

/// What the control field says; `true` when nothing is left to print.
fn put_control(cx: &mut Context, header: &Header, frame: &Cursor, data: &Cursor) -> Outcome<bool> {
    let control = header.control;
    if header.unnumbered {
        let command = control & !POLL_UNNUMBERED;
        match lookup(COMMANDS, command) {
            Some(name) => put!(cx, "Unnumbered, ", name),
            None => put!(cx, "Unnumbered, ", Hex0(command, 2)),
        }
        put_flags(cx, header, control & POLL_UNNUMBERED != 0, frame.length());
        return if command == XID { put_identification(cx, data) } else { Ok(false) };
    }
    let received = control >> 9;
    let supervisory = control & SUPERVISORY != 0;
    if supervisory {
        let function = SUPERVISORY_FUNCTIONS.get(usize::from(control >> 2 & 3)).copied().unwrap_or("?");
        put!(cx, "Supervisory, ", function, ", rcv seq ", received);
    } else {
        put!(cx, "Information, send seq ", control >> 1 & 0x7f, ", rcv seq ", received);
    }
    put_flags(cx, header, control & POLL != 0, frame.length());
    Ok(supervisory)
}

fn put_flags(cx: &mut Context, header: &Header, poll: bool, length: u32) {
    let flags = match (header.source & RESPONSE != 0, poll) {
        (false, false) => "Command",
        (true, false) => "Response",
        (false, true) => "Poll",
        (true, true) => "Final",
    };
    put!(cx, ", Flags [", flags, "], length ", length);
}

/// Exchanged identification: the LLC classes and the receive window.
fn put_identification(cx: &mut Context, data: &Cursor) -> Outcome<bool> {
    if data.length() == 0 {
        return Ok(true);
    }
    if !data.has(1) {
        cx.truncated();
        return Ok(true);
    }
    if data.u8_at(0)? != XID_FORMAT {
        return Ok(false);
    }
    if data.length() < 3 || !data.has(3) {
        cx.truncated();
        dump::hex_ascii(&mut cx.out, data.captured());
    } else {
        put!(cx, ": ", HexBytes(data.bytes_at(1, 1)?), " ", HexBytes(data.bytes_at(2, 1)?));
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn equal_access_points_are_named_once_and_others_beside_their_stations() {
        assert_eq!(
            ethernet(0, "0008 0405 0131 00000000"),
            "00:11:22:33:44:55 > 01:80:c2:00:00:00 SNA Supervisory, Receiver Ready, rcv seq 24, Flags [Final], length 8"
        );
        assert!(ethernet(0, "0008 0004 0231 00000000").starts_with(
            "00:11:22:33:44:55 SNA > 01:80:c2:00:00:00 Null Information, send seq 1, rcv seq 24, Flags [Poll], length 8"
        ));
    }

    #[test]
    fn an_exchange_of_identification_ends_the_text() {
        assert_eq!(
            ethernet(0, "0006 3031 bf 810102"),
            "00:11:22:33:44:55 > 01:80:c2:00:00:00 Unknown DSAP 0x30 Unnumbered, xid, Flags [Final], length 6: 01 02"
        );
    }
}
