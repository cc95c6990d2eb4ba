//! What follows a packet: local signaling (RFC 5613) and authentication (RFC 7166).

use super::super::ospf::{DATABASE, HELLO};
use super::{DATABASE_OPTIONS_AT, HELLO_OPTIONS_AT, OPTION_LOCAL_SIGNALING};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const SIGNALING_LENGTH_MIN: u32 = 4;
const AUTHENTICATION_LENGTH_MIN: u32 = 16;
const HMAC: u16 = 1;

/// Prints what is behind the packet's `length` octets; `false` where it is cut off.
pub(super) fn print(cx: &mut Context, packet: &Cursor, kind: u8, length: u32) -> Outcome<bool> {
    let options = match kind {
        HELLO => packet.be32_at(HELLO_OPTIONS_AT)?,
        DATABASE => packet.be32_at(DATABASE_OPTIONS_AT)?,
        _ => 0,
    };
    let mut rest = packet.skip(length as usize);
    if options & OPTION_LOCAL_SIGNALING != 0 && rest.length() > 0 {
        match print_signaling(cx, &rest)? {
            Some(length) => rest = rest.skip(length as usize),
            None => return Ok(false),
        }
    }
    if rest.length() == 0 { Ok(true) } else { print_authentication(cx, &rest) }
}

/// Prints the head of a block. The result is its length.
fn print_signaling(cx: &mut Context, block: &Cursor) -> Outcome<Option<u32>> {
    if block.length() < SIGNALING_LENGTH_MIN {
        return Ok(None);
    }
    put!(cx, "\n\tLLS Checksum 0x", Hex0(block.be16_at(0)?, 4));
    let length = u32::from(block.be16_at(2)?);
    put!(cx, ", Data Length ", length);
    let fits = (SIGNALING_LENGTH_MIN..=block.length()).contains(&length);
    Ok((fits && block.has(length as usize)).then_some(length))
}

fn print_authentication(cx: &mut Context, block: &Cursor) -> Outcome<bool> {
    if block.length() < AUTHENTICATION_LENGTH_MIN {
        return Ok(false);
    }
    match block.be16_at(0)? {
        HMAC => put!(cx, "\n\tAuthentication Type HMAC"),
        kind => put!(cx, "\n\tAuthentication Type unknown (0x", Hex0(kind, 4), ")"),
    }
    let length = u32::from(block.be16_at(2)?);
    put!(cx, ", Length ", length);
    if !(AUTHENTICATION_LENGTH_MIN..=block.length()).contains(&length) {
        return Ok(false);
    }
    put!(cx, ", SAID ", block.be16_at(6)?);
    put!(cx, ", CSN 0x", Hex0(block.be32_at(8)?, 8));
    put!(cx, ":", Hex0(block.be32_at(12)?, 8));
    if !block.has(length as usize) {
        return Ok(false);
    }
    if cx.style.verbose > 1 {
        let data = block.skip(AUTHENTICATION_LENGTH_MIN as usize);
        put_hex_lines(cx, "\n\tAuthentication Data ", &data, length - AUTHENTICATION_LENGTH_MIN);
    }
    Ok(true)
}
