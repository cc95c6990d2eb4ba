//! Routing protocol for low-power and lossy networks (RFC 6550 section 6).

use super::put_address;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

/// The bit of the code that says that a security section follows.
const SECURE: u8 = 0x80;
const SOLICITATION: u8 = 0;
const INFORMATION: u8 = 1;
const ADVERTISEMENT: u8 = 2;
const ACKNOWLEDGEMENT: u8 = 3;

const MODES: &[Name] = &[(0, "nonstoring"), (1, "storing"), (2, "nonstoring-multicast"), (3, "storing-multicast")];
const PAD_1: u8 = 0;
const OPTIONS: &[Name] = &[
    (1, "padN"),
    (2, "metrics"),
    (3, "routinginfo"),
    (4, "config"),
    (5, "rpltarget"),
    (6, "transitinfo"),
    (8, "destprefix"),
    (9, "rpltargetdesc"),
];

/// Octets of the header that all ICMPv6 messages share.
const HEADER_LENGTH: usize = 4;
const INFORMATION_LENGTH: u32 = 24;
/// Octets of an advertisement or an acknowledgement without the graph's identifier.
const LENGTH_MIN: u32 = 4;
const IDENTIFIER_LENGTH: u32 = 16;

/// Prints a message.
pub fn print(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    if code & SECURE != 0 {
        put!(cx, ", (SEC) [worktodo]");
        return Ok(());
    }
    put!(cx, ", (CLR)");
    // A message that is shorter than its header counts as endless: only the capture ends it.
    let length = message.length().wrapping_sub(HEADER_LENGTH as u32);
    let data = message.skip(HEADER_LENGTH).with_length(length);
    let verbose = cx.style.verbose > 0;
    match code {
        SOLICITATION => put!(cx, "DODAG Information Solicitation"),
        INFORMATION => {
            put!(cx, "DODAG Information Object");
            if verbose {
                return put_information(cx, data);
            }
        }
        ADVERTISEMENT | ACKNOWLEDGEMENT => {
            put!(cx, "Destination Advertisement Object", if code == ACKNOWLEDGEMENT { " Ack" } else { "" });
            if verbose {
                return put_advertisement(cx, data, code);
            }
        }
        _ => put!(cx, "RPL message, unknown code ", code),
    }
    Ok(())
}

/// A graph and this node's place in it.
fn put_information(cx: &mut Context, data: Cursor) -> Outcome {
    if data.length() < INFORMATION_LENGTH {
        return cx.invalid_because("length", data.length(), "<", INFORMATION_LENGTH);
    }
    put_address(cx, " [dagid:", &data, 8)?;
    put!(cx, ",seq:", data.u8_at(5)?, ",instance:", data.u8_at(0)?, ",rank:", data.be16_at(2)?);
    let mode = data.u8_at(4)?;
    put!(cx, if mode & 0x80 != 0 { ",grounded,mop:" } else { ",mop:" });
    match lookup(MODES, mode >> 3 & 7) {
        Some(name) => put!(cx, name),
        None => put!(cx, "mop", mode >> 3 & 7),
    }
    put!(cx, ",prf:", mode & 7, "]");
    put_options(cx, data.skip(INFORMATION_LENGTH as usize))
}

/// A destination that can be reached through this node, or the acknowledgement of one.
fn put_advertisement(cx: &mut Context, data: Cursor, code: u8) -> Outcome {
    if data.length() < LENGTH_MIN {
        return cx.invalid_because("length", data.length(), "<", LENGTH_MIN);
    }
    let acknowledgement = code == ACKNOWLEDGEMENT;
    let flags = data.u8_at(1)?;
    let with_identifier = flags & if acknowledgement { 0x80 } else { 0x40 } != 0;
    let mut rest = data.skip(LENGTH_MIN as usize);
    if with_identifier {
        if rest.length() < IDENTIFIER_LENGTH {
            return cx.invalid_because("length", rest.length(), "<", IDENTIFIER_LENGTH);
        }
        put_address(cx, " [dagid:", &rest, 0)?;
        rest = rest.skip(IDENTIFIER_LENGTH as usize);
    } else {
        data.need(LENGTH_MIN as usize)?;
        put!(cx, " [dagid:<elided>");
    }
    let instance = data.u8_at(0)?;
    if acknowledgement {
        put!(cx, ",seq:", data.u8_at(2)?, ",instance:", instance, ",status:", data.u8_at(3)?, "]");
    } else {
        put!(cx, ",seq:", data.u8_at(3)?, ",instance:", instance);
        put!(cx, if flags & 0x80 != 0 { ",acK" } else { "" }, if with_identifier { ",Dagid" } else { "" });
        put!(cx, ",flags:", Hex0(flags, 2), "]");
    }
    put_options(cx, rest)
}

/// At `-vv`, the options, and at `-vvv` their octets.
fn put_options(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while cx.style.verbose > 1 && rest.length() > 0 {
        let kind = rest.u8_at(0)?;
        if kind == PAD_1 {
            put!(cx, " opt:pad1");
            rest = rest.skip(1);
            continue;
        }
        if rest.length() < 2 {
            cx.truncated();
            break;
        }
        let length = u32::from(rest.u8_at(1)?) + 2;
        match lookup(OPTIONS, kind) {
            Some(name) => put!(cx, " opt:", name),
            None => put!(cx, " opt:subopt:", kind),
        }
        put!(cx, " len:", length, " ");
        if !rest.has(length as usize) || rest.length() < length {
            cx.truncated();
            break;
        }
        if cx.style.verbose > 2 {
            dump::hex_at(&mut cx.out, " ", rest.bytes_at(2, length as usize - 2)?, 0);
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}
