//! The block of link-local signaling behind a packet (RFC 5613).

use super::packets::{DATABASE_OPTIONS_AT, HELLO_OPTIONS_AT, OPTION_LOCAL_SIGNALING};
use super::{DATABASE, HELLO, MD5};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

const EXTENDED_OPTIONS: u16 = 1;
const AUTHENTICATION: u16 = 2;
const TYPES: &[Name] = &[(EXTENDED_OPTIONS as u32, "Extended Options"), (AUTHENTICATION as u32, "MD5 Authentication")];
const OPTIONS: &[Name] = &[(1, "LSDB resync"), (2, "Restart")];

/// Prints the block behind a packet of `length` octets, if the packet says that there is one.
pub(super) fn print(cx: &mut Context, packet: &Cursor, kind: u8, length: usize) -> Outcome {
    let options_at = match kind {
        HELLO => HELLO_OPTIONS_AT,
        DATABASE => DATABASE_OPTIONS_AT,
        _ => return Ok(()),
    };
    if packet.u8_at(options_at)? & OPTION_LOCAL_SIGNALING == 0 {
        return Ok(());
    }
    let mut at = length;
    if packet.be16_at(14)? == MD5 {
        at += usize::from(packet.u8_at(19)?);
    }
    let end = packet.length() as usize;
    if at >= end {
        put!(cx, "\n\t[LLS truncated]");
        return Ok(());
    }
    put!(cx, "\n\t  LLS: checksum: 0x", Hex0(packet.be16_at(at)?, 4));
    put!(cx, ", length: ", packet.be16_at(at + 2)?);
    at += 4;
    while at < end {
        at = print_value(cx, packet, at)?;
    }
    Ok(())
}

/// Prints a value. The result is its end.
fn print_value(cx: &mut Context, packet: &Cursor, at: usize) -> Outcome<usize> {
    let kind = packet.be16_at(at)?;
    put!(cx, "\n\t    ", lookup(TYPES, kind).unwrap_or("Unknown TLV"), " (", kind, ")");
    let mut length = packet.be16_at(at + 2)?;
    put!(cx, ", length: ", length);
    let right = match kind {
        EXTENDED_OPTIONS => 4,
        AUTHENTICATION => 20,
        _ => length,
    };
    if length != right {
        put!(cx, " [should be ", right, "]");
        length = right;
    }
    match kind {
        EXTENDED_OPTIONS => {
            let options = packet.be32_at(at + 4)?;
            put!(cx, "\n\t      Options: 0x", Hex0(options, 8), " [");
            put_bits(&mut cx.out, OPTIONS, options, ", ", "?");
            put!(cx, "]");
        }
        AUTHENTICATION => put!(cx, "\n\t      Sequence number: 0x", Hex0(packet.be32_at(at + 4)?, 8)),
        _ => {}
    }
    Ok(at + 4 + usize::from(length))
}
