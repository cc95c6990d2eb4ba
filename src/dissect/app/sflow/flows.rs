//! Flow samples ("sFlow Version 5", section 5.3).

use super::fields::{Field, length, put_lines};
use super::{FORMAT_MASK, print_records};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const RAW_PACKET: u32 = 1;
const ETHERNET_FRAME: u32 = 2;
const SWITCH: u32 = 1001;
const NAMES: &[Name] = &[
    (RAW_PACKET, "Raw packet"),
    (ETHERNET_FRAME, "Ethernet frame"),
    (3, "IPv4 Data"),
    (4, "IPv6 Data"),
    (SWITCH, "Extended Switch data"),
    (1002, "Extended Router data"),
    (1003, "Extended Gateway data"),
    (1004, "Extended User data"),
    (1005, "Extended URL data"),
    (1006, "Extended MPLS data"),
    (1007, "Extended NAT data"),
    (1008, "Extended MPLS tunnel"),
    (1009, "Extended MPLS VC"),
    (1010, "Extended MPLS FEC"),
    (1011, "Extended MPLS LVP FEC"),
    (1012, "Extended VLAN Tunnel"),
];
const HEADER_PROTOCOLS: &[Name] = &[(1, "Ethernet"), (11, "IPv4"), (12, "IPv6")];

const RAW_PACKET_LENGTH: u32 = 16;
const ETHERNET_FRAME_LENGTH: u32 = 24;
const SWITCH_LINES: &[&[Field]] = &[&[("src vlan ", 4), (", src pri ", 4), (", dst vlan ", 4), (", dst pri ", 4)]];

/// Prints a sample; `false` where it contradicts the datagram.
pub(super) fn print(cx: &mut Context, sample: Cursor) -> Outcome<bool> {
    if sample.length() < 32 {
        return Ok(false);
    }
    sample.need(32)?;
    let count = sample.be32_at(28)?;
    put!(cx, " seqnum ", sample.be32_at(0)?, ", type ", sample.u8_at(4)?, ", idx ", sample.be24_at(5)?);
    put!(cx, ", rate ", sample.be32_at(8)?, ", pool ", sample.be32_at(12)?, ", drops ", sample.be32_at(16)?);
    put!(cx, ", input ", sample.be32_at(20)?, " output ", sample.be32_at(24)?, " records ", count);
    print_records(cx, sample.skip(32), count, print_record)
}

/// The same with wider fields.
pub(super) fn print_expanded(cx: &mut Context, sample: Cursor) -> Outcome<bool> {
    if sample.length() < 44 {
        return Ok(false);
    }
    let count = sample.be32_at(40)?;
    put!(cx, " seqnum ", sample.be32_at(0)?, ", type ", sample.be32_at(4)?, ", idx ", sample.be32_at(8)?);
    put!(cx, ", rate ", sample.be32_at(12)?, ", pool ", sample.be32_at(16)?, ", drops ", sample.be32_at(20)?);
    put!(cx, ", input ", sample.be32_at(28)?, " (", sample.be32_at(24)?, ")");
    put!(cx, ", output ", sample.be32_at(36)?, " (", sample.be32_at(32)?, "), records ", count);
    print_records(cx, sample.skip(44), count, print_record)
}

/// Prints a record; `None` where there is no dissector for it.
fn print_record(cx: &mut Context, mut record: Cursor, format: u32, record_length: u32) -> Outcome<Option<bool>> {
    let (enterprise, kind) = (format >> 12, format & FORMAT_MASK);
    let name = if enterprise == 0 { lookup(NAMES, kind) } else { None };
    put!(cx, "\n\t    enterprise ", enterprise, " ", name.unwrap_or("Unknown"), " (", kind, ") length ", record_length);
    if record.length() < record_length {
        return Ok(Some(false));
    }
    match kind {
        _ if enterprise != 0 => {}
        RAW_PACKET if record.length() < RAW_PACKET_LENGTH => return Ok(Some(false)),
        RAW_PACKET => put_raw_packet(cx, &record)?,
        ETHERNET_FRAME if record.length() < ETHERNET_FRAME_LENGTH => return Ok(Some(false)),
        ETHERNET_FRAME => {
            put!(cx, "\n\t      frame len ", record.be32_at(0)?, ", type ", record.be32_at(20)?);
        }
        SWITCH if record.length() < length(SWITCH_LINES) => return Ok(Some(false)),
        SWITCH => put_lines(cx, &mut record, SWITCH_LINES)?,
        _ if name.is_none() => return Ok(None),
        _ => {}
    }
    Ok(Some(true))
}

/// What is known of a packet; its own header is left alone.
fn put_raw_packet(cx: &mut Context, record: &Cursor) -> Outcome {
    record.need(RAW_PACKET_LENGTH as usize)?;
    let protocol = record.be32_at(0)?;
    put!(cx, "\n\t      protocol ", lookup(HEADER_PROTOCOLS, protocol).unwrap_or("Unknown"), " (", protocol, ")");
    put!(cx, ", length ", record.be32_at(4)?, ", stripped bytes ", record.be32_at(8)?);
    put!(cx, ", header_size ", record.be32_at(12)?);
    Ok(())
}
