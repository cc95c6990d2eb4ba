//! AppleTalk Transaction Protocol (Inside AppleTalk chapter 9).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::put::Hex;
use crate::put;

const HEADER_LENGTH: u32 = 8;

/// What the packet is: the high bits of the control octet.
const FUNCTION: u8 = 0xc0;
const REQUEST: u8 = 0x40;
const RESPONSE: u8 = 0x80;
const RELEASE: u8 = 0xc0;

const EXACTLY_ONCE: u8 = 0x20;
const END_OF_MESSAGE: u8 = 0x10;
const SEND_STATUS: u8 = 0x08;
const FLAGS: &[Name] = &[(EXACTLY_ONCE as u32, "XO"), (END_OF_MESSAGE as u32, "EOM"), (SEND_STATUS as u32, "STS")];

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "atp";
    if packet.length() < HEADER_LENGTH {
        return cx.invalid_because("ATP length", packet.length(), "<", HEADER_LENGTH);
    }
    let data_length = packet.length() - HEADER_LENGTH;
    let control = packet.u8_at(0)?;
    let identifier = packet.be16_at(2)?;
    match control & FUNCTION {
        REQUEST => {
            put!(cx, " atp-req", if control & EXACTLY_ONCE != 0 { " " } else { "*" }, " ", identifier);
            put_bitmap(cx, packet.u8_at(1)?);
            put_data_length(cx, data_length);
            put_flags(cx, " [", control & (END_OF_MESSAGE | SEND_STATUS));
        }
        RESPONSE => {
            put!(cx, " atp-resp", if control & END_OF_MESSAGE != 0 { "*" } else { " " });
            put!(cx, identifier, ":", packet.u8_at(1)?, " (", data_length, ")");
            put_flags(cx, " [", control & (EXACTLY_ONCE | SEND_STATUS));
        }
        RELEASE => {
            put!(cx, " atp-rel  ", identifier);
            put_bitmap(cx, packet.u8_at(1)?);
            put_data_length(cx, data_length);
            put_flags(cx, "[", control & (EXACTLY_ONCE | END_OF_MESSAGE | SEND_STATUS));
        }
        _ => put!(cx, " atp-0x", Hex(control), "  ", identifier, " (", data_length, ")"),
    }
    let user_data = packet.be32_at(4)?;
    if user_data != 0 {
        put!(cx, " 0x", Hex(user_data));
    }
    Ok(())
}

fn put_data_length(cx: &mut Context, length: u32) {
    if length > 0 {
        put!(cx, " [len=", length, "]");
    }
}

fn put_flags(cx: &mut Context, open: &str, flags: u8) {
    if flags != 0 {
        put!(cx, open);
        put_bits(&mut cx.out, FLAGS, flags.into(), ",", "");
        put!(cx, "]");
    }
}

/// Which packets of the response are asked for: a range if they are the first ones, else a list.
fn put_bitmap(cx: &mut Context, bitmap: u8) {
    let wanted = bitmap.trailing_ones();
    if bitmap.checked_shr(wanted).unwrap_or(0) == 0 {
        match wanted {
            0 | 1 => put!(cx, "<0>"),
            _ => put!(cx, "<0-", wanted - 1, ">"),
        }
        return;
    }
    let mut separator = '<';
    for bit in (0..u8::BITS).filter(|bit| bitmap >> bit & 1 != 0) {
        put!(cx, separator, bit);
        separator = ',';
    }
    put!(cx, ">");
}
