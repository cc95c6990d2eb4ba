//! Multipath TCP (version 0: RFC 6824; version 1: RFC 8684), an option of TCP.

use super::tcp::{ACK, SYN};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

const CAPABLE: u8 = 0;
const JOIN: u8 = 1;
const DATA_SEQUENCE_SIGNAL: u8 = 2;
const ADD_ADDRESS: u8 = 3;
const REMOVE_ADDRESS: u8 = 4;
const PRIORITY: u8 = 5;
const FAIL: u8 = 6;
const FAST_CLOSE: u8 = 7;
const RESET: u8 = 8;
const SUBTYPE_NAMES: &[Name] = &[
    (CAPABLE as u32, "capable"),
    (JOIN as u32, "join"),
    (DATA_SEQUENCE_SIGNAL as u32, "dss"),
    (ADD_ADDRESS as u32, "add-addr"),
    (REMOVE_ADDRESS as u32, "rem-addr"),
    (PRIORITY as u32, "prio"),
    (FAIL as u32, "fail"),
    (FAST_CLOSE as u32, "fast-close"),
    (RESET as u32, "tcprst"),
];

const CHECKSUM_REQUIRED: u8 = 0x80;
const CAPABLE_FLAGS: &[Name] = &[
    (CHECKSUM_REQUIRED as u32, "A"),
    (0x40, "B"),
    (0x20, "C"),
    (0x10, "D"),
    (0x08, "E"),
    (0x04, "F"),
    (0x02, "G"),
    (0x01, "H"),
];

/// The subflow is to be used only when the others fail, in a join and in a priority.
const BACKUP: u8 = 0x01;

const DATA_FIN: u8 = 0x10;
const SEQUENCE_IS_LONG: u8 = 0x08;
const SEQUENCE_PRESENT: u8 = 0x04;
const ACKNOWLEDGEMENT_IS_LONG: u8 = 0x02;
const ACKNOWLEDGEMENT_PRESENT: u8 = 0x01;

/// Version 0 has the address family here, version 1 a flag for the echo.
const ADD_ADDRESS_KINDS: &[Name] = &[(6, "v0-ip6"), (4, "v0-ip4"), (1, "v1-echo"), (0, "v1")];

const RESET_FLAGS: &[Name] = &[(0x08, "U"), (0x04, "V"), (0x02, "W"), (0x01, "T")];
const RESET_REASONS: &[Name] = &[
    (6, "Middlebox interference"),
    (5, "Unacceptable performance"),
    (4, "Too much outstanding data"),
    (3, "Administratively prohibited"),
    (2, "Lack of resources"),
    (1, "MPTCP-specific error"),
    (0, "Unspecified error"),
];

/// Prints the option from its kind on; `false` when its length does not suit its subtype. `flags` are
/// those of the segment, which tell apart the forms of a handshake.
pub fn print(cx: &mut Context, option: Cursor, flags: u16) -> Outcome<bool> {
    cx.protocol = "mptcp";
    let length = option.length();
    if length < 3 {
        return Ok(false);
    }
    let subtype = option.u8_at(2)? >> 4;
    put!(cx, " ", length, " ", lookup(SUBTYPE_NAMES, subtype).unwrap_or("unknown"));
    match subtype {
        CAPABLE => put_capable(cx, &option, flags),
        JOIN => put_join(cx, &option, flags),
        DATA_SEQUENCE_SIGNAL => put_data_sequence_signal(cx, &option, flags),
        ADD_ADDRESS => put_add_address(cx, &option),
        REMOVE_ADDRESS => put_remove_address(cx, &option),
        PRIORITY => put_priority(cx, &option),
        FAIL | FAST_CLOSE => put_end(cx, &option, subtype),
        RESET => put_reset(cx, &option),
        _ => Ok(true),
    }
}

fn put_capable(cx: &mut Context, option: &Cursor, flags: u16) -> Outcome<bool> {
    let length = option.length();
    let suits = match length {
        4 | 12 => flags & SYN != 0,
        20 | 22 | 24 => flags & (SYN | ACK) == ACK,
        _ => false,
    };
    if !suits {
        return Ok(false);
    }
    match option.u8_at(2)? & 0xf {
        version @ 0..=1 => put!(cx, " v", version),
        version => {
            put!(cx, " Unknown Version (", version, ")");
            return Ok(true);
        }
    }
    let capabilities = option.u8_at(3)?;
    put!(cx, " flags [");
    put_bits(&mut cx.out, CAPABLE_FLAGS, capabilities.into(), "", "none");
    put!(cx, "]");
    let checksum = capabilities & CHECKSUM_REQUIRED != 0;
    if checksum {
        put!(cx, " csum");
    }
    if length == 4 {
        return Ok(true);
    }
    put!(cx, " {0x", Hex(option.be64_at(4)?));
    if length >= 20 {
        put!(cx, ",0x", Hex(option.be64_at(12)?));
    }
    // Of 22 octets, the last two are the data's length, or for want of data its checksum.
    if length == 24 || length == 22 && !checksum {
        put!(cx, ",data_len=", option.be16_at(20)?);
    }
    put!(cx, "}");
    Ok(true)
}

fn put_join(cx: &mut Context, option: &Cursor, flags: u16) -> Outcome<bool> {
    let length = option.length();
    let suits = match length {
        12 => flags & SYN != 0,
        16 => flags & (SYN | ACK) == SYN | ACK,
        24 => flags & ACK != 0,
        _ => false,
    };
    if !suits {
        return Ok(false);
    }
    if length == 24 {
        put!(cx, " hmac 0x", HexBytes(option.bytes_at(4, 20)?));
        return Ok(true);
    }
    put!(cx, if option.u8_at(2)? & BACKUP != 0 { " backup" } else { "" });
    put!(cx, " id ", option.u8_at(3)?);
    match length {
        12 => put!(cx, " token 0x", Hex(option.be32_at(4)?), " nonce 0x", Hex(option.be32_at(8)?)),
        _ => put!(cx, " hmac 0x", Hex(option.be64_at(4)?), " nonce 0x", Hex(option.be32_at(12)?)),
    }
    Ok(true)
}

/// A number of 8 or 4 octets, after its name; `false` when the option has too little left.
fn put_number(cx: &mut Context, rest: &mut Cursor, name: &str, is_long: bool) -> Outcome<bool> {
    put!(cx, name);
    if rest.length() < if is_long { 8 } else { 4 } {
        return Ok(false);
    }
    match is_long {
        true => put!(cx, rest.be64()?),
        false => put!(cx, rest.be32()?),
    }
    Ok(true)
}

/// Acknowledges data of the connection and maps data of this subflow to it.
fn put_data_sequence_signal(cx: &mut Context, option: &Cursor, flags: u16) -> Outcome<bool> {
    if option.length() < 4 || flags & SYN != 0 {
        return Ok(false);
    }
    let present = option.u8_at(3)?;
    if present & DATA_FIN != 0 {
        put!(cx, " fin");
    }
    let mut rest = option.skip(4);
    if present & ACKNOWLEDGEMENT_PRESENT != 0
        && !put_number(cx, &mut rest, " ack ", present & ACKNOWLEDGEMENT_IS_LONG != 0)?
    {
        return Ok(false);
    }
    if present & SEQUENCE_PRESENT != 0 {
        if !put_number(cx, &mut rest, " seq ", present & SEQUENCE_IS_LONG != 0)? || rest.length() < 4 {
            return Ok(false);
        }
        put!(cx, " subseq ", rest.be32()?);
        if rest.length() < 2 {
            return Ok(false);
        }
        put!(cx, " len ", rest.be16()?);
        if rest.length() >= 2 {
            put!(cx, " csum 0x", Hex(rest.be16()?));
        }
    }
    Ok(rest.length() == 0)
}

/// The length alone tells the address family, and whether port and HMAC follow.
fn put_add_address(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    let (is_ipv4, port, hmac) = match option.length() {
        8 => (true, false, false),
        10 => (true, true, false),
        16 => (true, false, true),
        18 => (true, true, true),
        20 => (false, false, false),
        22 => (false, true, false),
        28 => (false, false, true),
        30 => (false, true, true),
        _ => return Ok(false),
    };
    let kind = option.u8_at(2)? & 0xf;
    put!(cx, " ", lookup(ADD_ADDRESS_KINDS, kind).unwrap_or("[bad version/echo]"));
    put!(cx, " id ", option.u8_at(3)?, " ");
    let mut rest = option.skip(4);
    if is_ipv4 {
        cx.ipv4_at(&rest, 0)?;
        rest = rest.skip(4);
    } else {
        cx.ipv6_at(&rest, 0)?;
        rest = rest.skip(16);
    }
    if port {
        put!(cx, ":", rest.be16()?);
    }
    if hmac {
        put!(cx, " hmac 0x", Hex(rest.be64()?));
    }
    Ok(true)
}

fn put_remove_address(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    let mut rest = option.skip(3);
    if rest.length() == 0 {
        return Ok(false);
    }
    put!(cx, " id");
    while rest.length() > 0 {
        put!(cx, " ", rest.u8()?);
    }
    Ok(true)
}

fn put_priority(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    let length = option.length();
    if length != 3 && length != 4 {
        return Ok(false);
    }
    put!(cx, if option.u8_at(2)? & BACKUP != 0 { " backup" } else { " non-backup" });
    if length == 4 {
        put!(cx, " id ", option.u8_at(3)?);
    }
    Ok(true)
}

/// The end of multipath operation, or of the connection.
fn put_end(cx: &mut Context, option: &Cursor, subtype: u8) -> Outcome<bool> {
    if option.length() != 12 {
        return Ok(false);
    }
    let value = option.be64_at(4)?;
    match subtype {
        FAIL => put!(cx, " seq ", value),
        _ => put!(cx, " key 0x", Hex(value)),
    }
    Ok(true)
}

/// Why a subflow is reset.
fn put_reset(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    if option.length() != 4 {
        return Ok(false);
    }
    put!(cx, " flags [");
    put_bits(&mut cx.out, RESET_FLAGS, option.u8_at(2)?.into(), "", "none");
    put!(cx, "] reason ");
    let reason = option.u8_at(3)?;
    match lookup(RESET_REASONS, reason) {
        Some(name) => put!(cx, name),
        None => put!(cx, "unknown (0x", Hex0(reason, 2), ")"),
    }
    Ok(true)
}
