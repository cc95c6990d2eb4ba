//! Resource Reservation Protocol (RFC 2205), with its extensions for label switched paths (RFC 3209, RFC 3473).

mod addresses;
mod attributes;
mod error;
mod integrity;
mod labels;
mod names;
mod objects;
mod route;
mod services;
mod uni;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;
use names::MESSAGES;

const VERSION: u8 = 1;
/// Octets of a message's header.
const HEADER_LENGTH: u16 = 8;
/// Several messages in one (RFC 2961 section 3).
const BUNDLE: u8 = 12;
const FLAGS: &[Name] = &[(0x01, "Refresh reduction capable")];

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "rsvp";
    message.need(HEADER_LENGTH.into())?;
    let (version, kind) = (message.u8_at(0)? >> 4, message.u8_at(1)?);
    if version != VERSION {
        return put_wrong_version(cx, version);
    }
    if cx.style.verbose == 0 {
        put!(cx, "RSVPv", version, " ", name_or_number(MESSAGES, kind, "unknown (", ")"), " Message");
        put!(cx, ", length: ", message.length());
        return Ok(());
    }
    // The length that the message claims counts, whatever IP says.
    let message = message.with_length(message.be16_at(6)?.into());
    if !put_header(cx, "\n\t", &message)? {
        return Ok(());
    }
    match kind {
        BUNDLE => print_bundle(cx, message.skip(HEADER_LENGTH.into())),
        1..=7 | 13..=15 | 20 => objects::print(cx, "\n\t  ", &message).map(drop),
        _ => {
            let rest = message.skip(HEADER_LENGTH.into());
            put_hex_lines(cx, "\n\t    ", &rest, rest.length());
            Ok(())
        }
    }
}

fn put_wrong_version(cx: &mut Context, version: u8) -> Outcome {
    put!(cx, "ERROR: RSVP version ", version, " packet not supported");
    Ok(())
}

/// The header's fields; `false` where the length cannot be.
fn put_header(cx: &mut Context, indent: &str, message: &Cursor) -> Outcome<bool> {
    let [first, kind] = message.array_at(0)?;
    let length = message.length();
    put!(cx, indent, "RSVPv", first >> 4, " ", name_or_number(MESSAGES, kind, "unknown, type: ", ""));
    put!(cx, " Message (", kind, "), Flags: [", flags(FLAGS, first & 0xf, "none"), "], length: ", length);
    put!(cx, ", ttl: ", message.u8_at(4)?, ", checksum: 0x", Hex0(message.be16_at(2)?, 4));
    let long_enough = length >= HEADER_LENGTH.into();
    if !long_enough {
        put!(cx, "ERROR: common header too short ", length, " < ", HEADER_LENGTH);
    }
    Ok(long_enough)
}

/// The messages of a bundle, none of which is a bundle.
fn print_bundle(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        rest.need(HEADER_LENGTH.into())?;
        let version = rest.u8_at(0)? >> 4;
        if version != VERSION {
            return put_wrong_version(cx, version);
        }
        let length = u32::from(rest.be16_at(6)?);
        let message = rest.with_length(length);
        if !put_header(cx, "\n\t  ", &message)? {
            return Ok(());
        }
        if rest.length() < length {
            put!(cx, "ERROR: common header too large ", length, " > ", rest.length());
            return Ok(());
        }
        if !objects::print(cx, "\n\t    ", &message)? {
            return Ok(());
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
