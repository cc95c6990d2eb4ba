//! LAN emulation over ATM (ATM Forum LANE 1.0): Ethernet frames behind the number of the station that sent them.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethernet;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const HEADER_LENGTH: usize = 2;
/// What stands in place of a station's number in control frames.
const CONTROL: u16 = 0xff00;
const OPERATIONS: &[Name] = &[
    (0x0001, "configure request"),
    (0x0101, "configure response"),
    (0x0002, "join request"),
    (0x0102, "join response"),
    (0x0003, "ready query"),
    (0x0103, "ready indication"),
    (0x0004, "register request"),
    (0x0104, "register response"),
    (0x0005, "unregister request"),
    (0x0105, "unregister response"),
    (0x0006, "ARP request"),
    (0x0106, "ARP response"),
    (0x0007, "flush request"),
    (0x0107, "flush response"),
    (0x0008, "NARP request"),
    (0x0009, "topology request"),
];

/// Prints a frame.
pub(super) fn print(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.protocol = "lane";
    let station = frame.be16_at(0)?;
    if station != CONTROL {
        let put_station = |cx: &mut Context| put!(cx, "lecid:", Hex(station), " ");
        return ethernet::print_after(cx, frame.skip(HEADER_LENGTH), put_station).map(drop);
    }
    let (protocol, version, operation) = (frame.u8_at(2)?, frame.u8_at(3)?, frame.be16_at(4)?);
    put!(cx, "lec: proto ", Hex(protocol), " vers ", Hex(version), " ");
    match lookup(OPERATIONS, operation) {
        Some(name) => put!(cx, name),
        None => put!(cx, "opcode-#", operation),
    }
    Ok(())
}
