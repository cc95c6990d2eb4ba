//! Link Management Protocol (RFC 4204), with the service discovery of UNI 1.0.

mod channels;
mod links;
mod names;
mod objects;
mod services;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::put;
use names::{KINDS, MESSAGES, OBJECTS};
use objects::{Object, Shown};

const VERSION: u16 = 1;
/// Octets of a message's header, and of an object's.
const HEADER_LENGTH: u32 = 8;
const OBJECT_HEADER_LENGTH: u32 = 4;

const FLAGS: &[Name] = &[(0x01, "Control Channel Down"), (0x02, "LMP restart")];
/// The bit of an object's kind that its values may be negotiated.
const NEGOTIABLE: u8 = 0x80;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "lmp";
    message.need(HEADER_LENGTH as usize)?;
    let version = message.be16_at(0)? >> 12;
    if version != VERSION {
        put!(cx, "LMP version ", version, " packet not supported");
        return Ok(());
    }
    let [bits, kind] = message.array_at(2)?;
    if cx.style.verbose == 0 {
        put!(cx, "LMPv", version, " ", name_or_number(MESSAGES, kind, "unknown (", ")"), " Message");
        put!(cx, ", length: ", message.length());
        return Ok(());
    }
    let length = u32::from(message.be16_at(4)?);
    put!(cx, "\n\tLMPv", version, ", msg-type: ", name_or_number(MESSAGES, kind, "unknown, type: ", ""));
    put!(cx, ", Flags: [", flags(FLAGS, bits, "none"), "], length: ", length);
    if length < HEADER_LENGTH {
        put!(cx, " (too short)");
        return Ok(());
    }
    put!(cx, if length > message.length() { " (too long)" } else { "" });
    let length = length.min(message.length());
    print_objects(cx, message.with_length(length).skip(HEADER_LENGTH as usize))
}

fn print_objects(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        let length = u32::from(rest.be16_at(2)?);
        let [kind, class] = rest.array_at(0)?;
        put_header(cx, class, kind, length);
        if length < OBJECT_HEADER_LENGTH {
            put!(cx, " (too short)");
            return Ok(());
        }
        if length % 4 != 0 {
            put!(cx, " (not a multiple of 4)");
            return Ok(());
        }
        rest.need(length as usize)?;
        // What an object holds may reach over its end; only its octets do not.
        let value = rest.skip(OBJECT_HEADER_LENGTH as usize).with_length(length - OBJECT_HEADER_LENGTH);
        let shown = objects::print(cx, &Object { class, kind: kind & !NEGOTIABLE, value })?;
        if cx.style.verbose > 1 || shown == Shown::AsOctets {
            put_hex_lines(cx, "\n\t    ", &value, value.length());
        }
        if rest.length() < length {
            put!(cx, " [remaining objects length ", rest.length(), " < ", length, "]");
            return cx.invalid();
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

fn put_header(cx: &mut Context, class: u8, kind: u8, length: u32) {
    let number = kind & !NEGOTIABLE;
    let name = name_or(KINDS, u32::from(class) << 8 | u32::from(number), "Unknown");
    put!(cx, "\n\t  ", name_or(OBJECTS, class, "Unknown"), " Object (", class, "), Class-Type: ", name);
    put!(cx, " (", number, ") Flags: [", if kind & NEGOTIABLE != 0 { "" } else { "non-" }, "negotiable]");
    put!(cx, ", length: ", length);
}

#[cfg(test)]
mod tests;
