//! The chunks of an SCTP packet (RFC 9260 section 3.3).

use super::CHUNK_HEADER_LENGTH;
use crate::dissect::app::{forces, m3ua};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const DATA: u8 = 0x00;
const INIT: u8 = 0x01;
const INIT_ACK: u8 = 0x02;
const SACK: u8 = 0x03;
const CHUNK_NAMES: &[Name] = &[
    (DATA as u32, "DATA"),
    (INIT as u32, "INIT"),
    (INIT_ACK as u32, "INIT ACK"),
    (SACK as u32, "SACK"),
    (0x04, "HB REQ"),
    (0x05, "HB ACK"),
    (0x06, "ABORT"),
    (0x07, "SHUTDOWN"),
    (0x08, "SHUTDOWN ACK"),
    (0x09, "OP ERR"),
    (0x0a, "COOKIE ECHO"),
    (0x0b, "COOKIE ACK"),
    (0x0c, "ECN ECHO"),
    (0x0d, "ECN CWR"),
    (0x0e, "SHUTDOWN COMPLETE"),
    (0xc0, "FOR CUM TSN"),
    (0xc1, "REL CTRL"),
    (0xc2, "REL CTRL ACK"),
];

const UNORDERED: u8 = 0x04;
const BEGINNING: u8 = 0x02;
const ENDING: u8 = 0x01;

/// Octets of a data chunk in front of the user's data.
const DATA_FIXED_LENGTH: u32 = 12;
const INIT_FIXED_LENGTH: u32 = 16;
const SACK_FIXED_LENGTH: u32 = 12;
/// Octets of a gap block and of a duplicate TSN.
const SACK_ENTRY_LENGTH: u32 = 4;

const PPID_M3UA: u32 = 3;
const PPID_FORCES_HP: u32 = 21;
const PPID_FORCES_LP: u32 = 23;
const PAYLOAD_PROTOCOLS: &[Name] = &[
    (1, "ISDN Q.921"),
    (2, "M2UA"),
    (PPID_M3UA, "M3UA"),
    (4, "SUA"),
    (5, "M2PA"),
    (6, "V5.2"),
    (7, "H.248"),
    (8, "BICC"),
    (9, "TALI"),
    (10, "DUA"),
    (11, "ASAP"),
    (12, "ENRP"),
    (13, "H.323"),
    (14, "Q.IPC"),
    (15, "SIMCO"),
    (16, "DDPSC"),
    (17, "DDPSSC"),
    (18, "S1AP"),
    (19, "RUA"),
    (20, "HNBAP"),
    (PPID_FORCES_HP, "ForCES HP"),
    (22, "ForCES MP"),
    (PPID_FORCES_LP, "ForCES LP"),
    (24, "SBc-AP"),
    (25, "NBAP"),
    (27, "X2AP"),
];

/// Prints a chunk; `false` when it is shorter than its type must be.
pub fn print(cx: &mut Context, chunk: &Cursor, is_forces: &mut bool) -> Outcome<bool> {
    let kind = chunk.u8_at(0)?;
    match lookup(CHUNK_NAMES, kind) {
        Some(name) => put!(cx, "[", name, "] "),
        None => put!(cx, "[Unknown chunk type: 0x", Hex(kind), "] "),
    }
    let value = chunk.skip(CHUNK_HEADER_LENGTH as usize);
    match kind {
        DATA => put_data(cx, chunk.u8_at(1)?, &value, is_forces),
        INIT | INIT_ACK => put_init(cx, &value),
        SACK => put_sack(cx, value),
        _ => Ok(true),
    }
}

/// Whether the chunk has `minimum` octets left; says if not.
fn remain(cx: &mut Context, chunk: &Cursor, minimum: u32) -> bool {
    let enough = chunk.length() >= minimum;
    if !enough {
        put!(cx, " [chunk length ", chunk.length(), " < ", minimum, "]");
    }
    enough
}

fn put_data(cx: &mut Context, flags: u8, value: &Cursor, is_forces: &mut bool) -> Outcome<bool> {
    for (flag, text) in [(UNORDERED, "(U)"), (BEGINNING, "(B)"), (ENDING, "(E)")] {
        put!(cx, if flags & flag != 0 { text } else { "" });
    }
    if flags & (UNORDERED | BEGINNING | ENDING) != 0 {
        put!(cx, " ");
    }
    if !remain(cx, value, DATA_FIXED_LENGTH) {
        return Ok(false);
    }
    put!(cx, "[TSN: ", value.be32_at(0)?, "] [SID: ", value.be16_at(4)?, "] [SSEQ ", value.be16_at(6)?, "] [PPID ");
    let ppid = value.be32_at(8)?;
    match lookup(PAYLOAD_PROTOCOLS, ppid) {
        Some(name) => put!(cx, name, "] "),
        None => put!(cx, "0x", Hex(ppid), "] "),
    }
    *is_forces |= (PPID_FORCES_HP..=PPID_FORCES_LP).contains(&ppid);
    let payload = value.skip(DATA_FIXED_LENGTH as usize);
    if payload.length() == 0 {
        put!(cx, " [chunk length 0 == 0]");
        return Ok(false);
    }
    put_payload(cx, payload, ppid, *is_forces)?;
    Ok(true)
}

/// The user's data, at -vv; ForCES always.
fn put_payload(cx: &mut Context, payload: Cursor, ppid: u32, is_forces: bool) -> Outcome {
    if is_forces {
        forces::print(cx, payload)?;
        cx.protocol = "sctp";
        return Ok(());
    }
    if cx.style.verbose < 2 {
        return Ok(());
    }
    let payload = payload.limit(payload.length());
    if ppid == PPID_M3UA {
        m3ua::print(cx, payload)?;
        cx.protocol = "sctp";
        return Ok(());
    }
    put!(cx, "[Payload");
    if !cx.style.leaves_out_unknown_payload() {
        put!(cx, ":");
        cx.unknown_payload(payload);
    }
    put!(cx, "]");
    Ok(())
}

fn put_init(cx: &mut Context, value: &Cursor) -> Outcome<bool> {
    if !remain(cx, value, INIT_FIXED_LENGTH) {
        return Ok(false);
    }
    put!(cx, "[init tag: ", value.be32_at(0)?, "] [rwnd: ", value.be32_at(4)?, "] [OS: ", value.be16_at(8)?);
    put!(cx, "] [MIS: ", value.be16_at(10)?, "] [init TSN: ", value.be32_at(12)?, "] ");
    Ok(true)
}

/// Selective acknowledgement: gap blocks, counted from the cumulative TSN, and duplicates.
fn put_sack(cx: &mut Context, value: Cursor) -> Outcome<bool> {
    if !remain(cx, &value, SACK_FIXED_LENGTH) {
        return Ok(false);
    }
    let cumulative = value.be32_at(0)?;
    let (gaps, duplicates) = (value.be16_at(8)?, value.be16_at(10)?);
    put!(cx, "[cum ack ", cumulative, "] [a_rwnd ", value.be32_at(4)?);
    put!(cx, "] [#gap acks ", gaps, "] [#dup tsns ", duplicates, "] ");
    let mut rest = value.skip(SACK_FIXED_LENGTH as usize);
    for number in 1..=gaps {
        if rest.length() == 0 {
            break;
        }
        if !remain(cx, &rest, SACK_ENTRY_LENGTH) {
            return Ok(false);
        }
        let (start, end) = (u32::from(rest.be16()?), u32::from(rest.be16()?));
        put!(cx, "\n\t\t[gap ack block #", number, ": start = ", cumulative.wrapping_add(start));
        put!(cx, ", end = ", cumulative.wrapping_add(end), "] ");
    }
    for number in 1..=duplicates {
        if rest.length() == 0 {
            break;
        }
        if !remain(cx, &rest, SACK_ENTRY_LENGTH) {
            return Ok(false);
        }
        put!(cx, "\n\t\t[dup TSN #", number, ": ", rest.be32()?, "] ");
    }
    Ok(true)
}
