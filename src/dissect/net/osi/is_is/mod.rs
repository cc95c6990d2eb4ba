//! Intermediate System to Intermediate System (ISO 10589 section 9): the headers of its packets.

mod bridging;
mod capability;
mod id;
mod neighbors;
mod prefixes;
#[cfg(test)]
mod tests;
mod tlv;

use super::{Dissected, End, checksum, expect, separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex0, Pad};
use crate::put;
use id::{LSP_ID_LENGTH, NODE_ID_LENGTH, SYSTEM_ID_LENGTH, id_at};

const VERSION: u8 = 1;
const COMMON_LENGTH: usize = 8;
/// What stands for three areas.
const AREAS_DEFAULT: u8 = 0;
const AREAS_MAX: u8 = 254;

const LAN_HELLO_1: u8 = 15;
const LAN_HELLO_2: u8 = 16;
const HELLO: u8 = 17;
const LINK_STATE_1: u8 = 18;
const LINK_STATE_2: u8 = 20;
const COMPLETE_SEQUENCE_1: u8 = 24;
const COMPLETE_SEQUENCE_2: u8 = 25;
const PARTIAL_SEQUENCE_1: u8 = 26;
const PARTIAL_SEQUENCE_2: u8 = 27;
const TYPES: &[Name] = &[
    (LAN_HELLO_1 as u32, "L1 Lan IIH"),
    (LAN_HELLO_2 as u32, "L2 Lan IIH"),
    (HELLO as u32, "p2p IIH"),
    (LINK_STATE_1 as u32, "L1 LSP"),
    (LINK_STATE_2 as u32, "L2 LSP"),
    (COMPLETE_SEQUENCE_1 as u32, "L1 CSNP"),
    (COMPLETE_SEQUENCE_2 as u32, "L2 CSNP"),
    (PARTIAL_SEQUENCE_1 as u32, "L1 PSNP"),
    (PARTIAL_SEQUENCE_2 as u32, "L2 PSNP"),
];

const CIRCUIT_TYPES: &[Name] = &[(1, "Level 1 only"), (2, "Level 2 only"), (3, "Level 1, Level 2")];
const PRIORITY_MASK: u8 = 0x7f;

/// Where the checksum is, and what it covers: all from the lifetime's end on.
const CHECKSUM_OFFSET: usize = 12;
const CHECKSUM_START: usize = COMMON_LENGTH + 4;
const PARTITION_REPAIR: u8 = 0x80;
const ATTACHED_MASK: u8 = 0x78;
const ATTACHED: &[(u8, &str)] = &[(0x08, "default "), (0x10, "delay "), (0x20, "expense "), (0x40, "error ")];
const OVERLOAD: u8 = 0x04;
const SYSTEM_TYPES: [&str; 4] = ["Unused 0x0 (invalid)", "L1 IS", "Unused 0x2 (invalid)", "L2 IS"];

/// The kinds of packets, by their headers.
#[derive(Clone, Copy)]
enum Kind {
    LanHello,
    Hello,
    LinkState,
    CompleteSequence,
    PartialSequence,
}

impl Kind {
    fn of(number: u8) -> Option<Self> {
        Some(match number {
            LAN_HELLO_1 | LAN_HELLO_2 => Kind::LanHello,
            HELLO => Kind::Hello,
            LINK_STATE_1 | LINK_STATE_2 => Kind::LinkState,
            COMPLETE_SEQUENCE_1 | COMPLETE_SEQUENCE_2 => Kind::CompleteSequence,
            PARTIAL_SEQUENCE_1 | PARTIAL_SEQUENCE_2 => Kind::PartialSequence,
            _ => return None,
        })
    }

    /// Octets of the header behind the common one.
    fn header_length(self) -> usize {
        match self {
            Kind::LanHello | Kind::LinkState => 19,
            Kind::Hello => 12,
            Kind::CompleteSequence => 25,
            Kind::PartialSequence => 9,
        }
    }

    /// Where that header has the packet's length.
    fn length_offset(self) -> usize {
        if matches!(self, Kind::LanHello | Kind::Hello) { 9 } else { 0 }
    }
}

/// Prints a packet.
pub(super) fn print(cx: &mut Context, packet: Cursor) -> Dissected {
    cx.protocol = "isis";
    expect(&packet, COMMON_LENGTH)?;
    let length = packet.length();
    if (length as usize) < COMMON_LENGTH {
        return Err(End::Incomplete);
    }
    let number = put_common(cx, &packet)?;
    let header = packet.skip(COMMON_LENGTH);
    let Some(kind) = Kind::of(number) else {
        if cx.style.verbose == 0 {
            put!(cx, ", length ", length);
            return Ok(());
        }
        put_hex_lines(cx, "\n\t  ", &header, length);
        return Err(End::Undecodable);
    };
    let all_headers = COMMON_LENGTH + kind.header_length();
    check_header_length(cx, kind, packet.u8_at(1)?)?;
    expect(&packet, all_headers)?;
    if (length as usize) < all_headers {
        return Err(End::Incomplete);
    }
    if cx.style.verbose == 0 {
        put_brief(cx, kind, &header)?;
        put!(cx, ", length ", length);
        return Ok(());
    }
    let stated = header.be16_at(kind.length_offset())?;
    let packet = packet.with_length(length.min(stated.into()));
    put_header(cx, kind, &packet.skip(COMMON_LENGTH), stated, packet.length())?;
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t  ", &header, kind.header_length() as u32);
    }
    if (packet.length() as usize) < all_headers {
        put!(cx, " [packet length ", packet.length(), " < ", all_headers, "]");
        cx.invalid()?;
        return Ok(());
    }
    tlv::print(cx, &packet, packet.skip(all_headers))
}

/// Checks the common header and prints it; returns the packet's type.
fn put_common(cx: &mut Context, packet: &Cursor) -> Dissected<u8> {
    let [_, header_length, version, id_length, number, packet_version, _, areas]: [u8; COMMON_LENGTH] =
        packet.array_at(0)?;
    let length = packet.length();
    put!(cx, if cx.style.link_header { "" } else { "IS-IS" });
    if version != VERSION {
        put!(cx, "version ", version, " packet not supported");
    } else if id_length != 0 && usize::from(id_length) != SYSTEM_ID_LENGTH {
        put!(cx, "system ID length of ", id_length, " is not supported");
    } else if packet_version != VERSION {
        put!(cx, "version ", packet_version, " packet not supported");
    } else if length < header_length.into() {
        put!(cx, "fixed header length ", header_length, " > packet length ", length);
    } else if usize::from(header_length) < COMMON_LENGTH {
        put!(cx, "fixed header length ", header_length, " < minimum header size ", COMMON_LENGTH);
    } else if areas > AREAS_MAX {
        put!(cx, "bad packet -- 255 areas");
    } else {
        put!(cx, separator(cx));
        if cx.style.verbose == 0 {
            put!(cx, name_or_number(TYPES, number, "unknown PDU-Type ", ""));
            return Ok(number);
        }
        put!(cx, "length ", length, "\n\t", name_or_number(TYPES, number, "unknown, type ", ""));
        put!(cx, ", hlen: ", header_length, ", v: ", version, ", pdu-v: ", packet_version);
        put!(cx, ", sys-id-len: ", SYSTEM_ID_LENGTH, " (", id_length, "), max-area: ");
        put!(cx, if areas == AREAS_DEFAULT { 3 } else { areas }, " (", areas, ")");
        if cx.style.verbose > 1 {
            put_hex_lines(cx, "\n\t", packet, COMMON_LENGTH as u32);
        }
        return Ok(number);
    }
    Err(End::Undecodable)
}

fn check_header_length(cx: &mut Context, kind: Kind, found: u8) -> Dissected {
    let right = COMMON_LENGTH + kind.header_length();
    if usize::from(found) == right {
        return Ok(());
    }
    let (separator, told) = match kind {
        Kind::PartialSequence => ("-", right),
        // Here tcpdump forgets the common header.
        Kind::LinkState => (",", kind.header_length()),
        _ => (",", right),
    };
    put!(cx, separator, " bogus fixed header length ", found, " should be ", told);
    Err(End::Undecodable)
}

/// What is told of a packet without `-v`.
fn put_brief(cx: &mut Context, kind: Kind, header: &Cursor) -> Dissected {
    match kind {
        Kind::LanHello => {
            put!(cx, ", src-id ", id_at(header, 1, SYSTEM_ID_LENGTH)?);
            put!(cx, ", lan-id ", id_at(header, 12, NODE_ID_LENGTH)?, ", prio ", header.u8_at(11)?);
        }
        Kind::Hello => put!(cx, ", src-id ", id_at(header, 1, SYSTEM_ID_LENGTH)?),
        Kind::LinkState => {
            put!(cx, ", lsp-id ", id_at(header, 4, LSP_ID_LENGTH)?, ", seq 0x", Hex0(header.be32_at(12)?, 8));
            put!(cx, ", lifetime ", Pad(header.be16_at(2)?, 5), "s");
        }
        Kind::CompleteSequence | Kind::PartialSequence => {
            put!(cx, ", src-id ", id_at(header, 2, NODE_ID_LENGTH)?);
        }
    }
    Ok(())
}

/// All fields; the packet's length is `stated`, and `length` if less is there.
fn put_header(cx: &mut Context, kind: Kind, header: &Cursor, stated: u16, length: u32) -> Dissected {
    match kind {
        Kind::LanHello => {
            put_hello(cx, header, ",  ")?;
            put!(cx, "\n\t  lan-id:    ", id_at(header, 12, NODE_ID_LENGTH)?);
            put!(cx, ", Priority: ", header.u8_at(11)? & PRIORITY_MASK, ", PDU length: ", stated);
        }
        Kind::Hello => {
            put_hello(cx, header, ", ")?;
            put!(cx, "\n\t  circuit-id: 0x", Hex0(header.u8_at(11)?, 2), ", PDU length: ", stated);
        }
        Kind::LinkState => put_link_state(cx, header, stated, length)?,
        Kind::CompleteSequence => {
            put!(cx, "\n\t  source-id:    ", id_at(header, 2, NODE_ID_LENGTH)?, ", PDU length: ", stated);
            put!(cx, "\n\t  start lsp-id: ", id_at(header, 9, LSP_ID_LENGTH)?);
            put!(cx, "\n\t  end lsp-id:   ", id_at(header, 17, LSP_ID_LENGTH)?);
        }
        Kind::PartialSequence => {
            put!(cx, "\n\t  source-id:    ", id_at(header, 2, NODE_ID_LENGTH)?, ", PDU length: ", stated);
        }
    }
    Ok(())
}

fn put_hello(cx: &mut Context, header: &Cursor, separator: &str) -> Dissected {
    put!(cx, "\n\t  source-id: ", id_at(header, 1, SYSTEM_ID_LENGTH)?);
    put!(cx, separator, "holding time: ", header.be16_at(7)?, "s, Flags: [");
    let circuit = header.u8_at(0)?;
    match lookup(CIRCUIT_TYPES, circuit) {
        Some(name) => put!(cx, name, "]"),
        None => put!(cx, "unknown circuit type 0x", Hex0(circuit, 2), "]"),
    }
    Ok(())
}

fn put_link_state(cx: &mut Context, header: &Cursor, stated: u16, length: u32) -> Dissected {
    let (checksum, kind) = (header.be16_at(16)?, header.u8_at(18)?);
    put!(cx, "\n\t  lsp-id: ", id_at(header, 4, LSP_ID_LENGTH)?, ", seq: 0x", Hex0(header.be32_at(12)?, 8));
    put!(cx, ", lifetime: ", Pad(header.be16_at(2)?, 5), "s\n\t  chksum: 0x", Hex0(checksum, 4));
    let summed = header.skip(CHECKSUM_START - COMMON_LENGTH);
    checksum::put_verdict(cx, &summed, checksum, CHECKSUM_OFFSET, length.wrapping_sub(CHECKSUM_START as u32));
    put!(cx, ", PDU length: ", stated, ", Flags: [ ", if kind & OVERLOAD != 0 { "Overload bit set, " } else { "" });
    if kind & ATTACHED_MASK != 0 {
        for (bit, name) in ATTACHED {
            put!(cx, if kind & bit != 0 { name } else { "" });
        }
        put!(cx, "ATT bit set, ");
    }
    put!(cx, if kind & PARTITION_REPAIR != 0 { "P bit set, " } else { "" });
    put!(cx, SYSTEM_TYPES.get(usize::from(kind & 3)).copied().unwrap_or_default(), " ]");
    Ok(())
}
