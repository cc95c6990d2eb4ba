//! Multipath TCP (version 0: RFC 6824; version 1: RFC 8684), an option of TCP.

mod handshake;

use super::tcp_flags::SYN;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex, Hex0};
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
        CAPABLE => handshake::put_capable(cx, &option, flags),
        JOIN => handshake::put_join(cx, &option, flags),
        DATA_SEQUENCE_SIGNAL => put_data_sequence_signal(cx, &option, flags),
        ADD_ADDRESS => put_add_address(cx, &option),
        REMOVE_ADDRESS => put_remove_address(cx, &option),
        PRIORITY => put_priority(cx, &option),
        FAIL | FAST_CLOSE => put_end(cx, &option, subtype),
        RESET => put_reset(cx, &option),
        _ => Ok(true),
    }
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

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::options_text;
    use crate::dissect::transport::tcp_flags::{ACK, SYN};

    #[test]
    fn every_subtype_has_its_text() {
        for (flags, option, expected) in [
            (SYN, "1e0c00810102030405060708", "mptcp 12 capable v0 flags [AH] csum {0x102030405060708}"),
            (
                ACK,
                "1e1601010000000000000001000000000000000200090000",
                "mptcp 22 capable v1 flags [H] {0x1,0x2,data_len=9},eol",
            ),
            (
                ACK,
                "1e1601810000000000000001000000000000000200090000",
                "mptcp 22 capable v1 flags [AH] csum {0x1,0x2},eol",
            ),
            (SYN, "1e040200", "mptcp 4 capable Unknown Version (2)"),
            (SYN, "1e0c1103000000050000000a", "mptcp 12 join backup id 3 token 0x5 nonce 0xa"),
            (SYN | ACK, "1e10100300000000000000ff0000000a", "mptcp 16 join id 3 hmac 0xff nonce 0xa"),
            (
                ACK,
                "1e1810000101010101010101010101010101010101010101",
                "mptcp 24 join hmac 0x0101010101010101010101010101010101010101",
            ),
            (
                ACK,
                "1e1c201f000000010000000200000001000000030000000400050abc",
                "mptcp 28 dss fin ack 4294967298 seq 4294967299 subseq 4 len 5 csum 0xabc",
            ),
            (ACK, "1e0a40010203040506070000", "mptcp 10 rem-addr id 1 2 3 4 5 6 7,eol"),
            (ACK, "1e0834010a000001", "mptcp 8 add-addr v0-ip4 id 1 10.0.0.1"),
            (
                ACK,
                "1e1231030a000001005000000000000000ff0000",
                "mptcp 18 add-addr v1-echo id 3 10.0.0.1:80 hmac 0xff,eol",
            ),
            (ACK, "1e035100", "mptcp 3 prio backup,eol"),
            (ACK, "1e045007", "mptcp 4 prio non-backup id 7"),
            (ACK, "1e0c60000000000000000009", "mptcp 12 fail seq 9"),
            (ACK, "1e0c700000000000000000ab", "mptcp 12 fast-close key 0xab"),
            (ACK, "1e048906", "mptcp 4 tcprst flags [UT] reason Middlebox interference"),
            (ACK, "1e048020", "mptcp 4 tcprst flags [none] reason unknown (0x20)"),
            (ACK, "1e049000", "mptcp 4 unknown"),
            (
                ACK,
                "1e163602 20010db8 0000000000000000 00000001 0050",
                "mptcp 22 add-addr v0-ip6 id 2 2001:db8::1:80,eol",
            ),
        ] {
            assert_eq!(options_text(flags as u8, option), format!("{expected}], length 0"), "{option}");
        }
    }

    #[test]
    fn a_length_that_is_wrong_for_the_subtype_or_the_flags_is_a_bad_option() {
        for (flags, option, expected) in [
            (ACK, "1e0c00000000000000000000", "mptcp 12 capable[bad opt]"),
            (SYN, "1e1810000101010101010101010101010101010101010101", "mptcp 24 join[bad opt]"),
            (ACK, "1e0e2005000000010000000200000003", "mptcp 14 dss ack 1 seq 2[bad opt]"),
            (ACK, "1e06200100000000", "mptcp 6 dss ack [bad opt]"),
            (SYN, "1e042010", "mptcp 4 dss[bad opt]"),
            (ACK, "1e033400", "mptcp 3 add-addr[bad opt]"),
            (ACK, "1e021e02", "mptcp[bad opt]"),
        ] {
            assert_eq!(options_text(flags as u8, option), expected, "{option}");
        }
    }
}
