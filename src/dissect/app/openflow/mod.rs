//! OpenFlow (Open Networking Foundation, "OpenFlow Switch Specification"), versions 1.0 and 1.3.

mod parts;
mod version_1_0;
mod version_1_3;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::dissect::names_table::Name;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of the header.
const HEADER_LENGTH: u16 = 8;

const VERSION_1_0: u8 = 1;
const VERSION_1_3: u8 = 4;
const VERSIONS: &[Name] =
    &[(VERSION_1_0 as u32, "1.0"), (2, "1.1"), (3, "1.2"), (VERSION_1_3 as u32, "1.3"), (5, "1.4"), (6, "1.5")];

/// How many octets a message has behind its header.
#[derive(Clone, Copy)]
enum Length {
    /// As many as it says.
    Any,
    Exactly(u32),
    AtLeast(u32),
}

impl Length {
    fn allows(self, length: u32) -> bool {
        match self {
            Length::Any => true,
            Length::Exactly(expected) => length == expected,
            Length::AtLeast(minimum) => length >= minimum,
        }
    }
}

/// A kind of message: its name, its length and the printer of its body, where there is one.
type Message = (&'static str, Length, Option<fn(&mut Context, Cursor) -> Outcome>);

/// Prints the messages of a segment, the first of which starts with it.
pub fn print(cx: &mut Context, mut data: Cursor) -> Outcome {
    cx.protocol = "openflow";
    put!(cx, ": OpenFlow");
    while data.length() > 0 {
        let version = data.u8()?;
        put!(cx, "\n\tversion ", name_or_hex(VERSIONS, version, "unknown (0x", 2, ")"));
        if data.length() < 1 {
            return put_partial(cx, &data);
        }
        let kind = data.u8()?;
        let message = message(version, kind);
        match message {
            Some((name, ..)) => put!(cx, ", type ", name),
            None => put!(cx, ", type unknown (0x", Hex0(kind, 2), ")"),
        }
        if data.length() < 2 {
            return put_partial(cx, &data);
        }
        let length = data.be16()?;
        put!(cx, ", length ", length, if length < HEADER_LENGTH { " (too short!)" } else { "" });
        if data.length() < 4 {
            return put_partial(cx, &data);
        }
        put!(cx, ", xid 0x", Hex0(data.be32()?, 8));
        if length < HEADER_LENGTH {
            return cx.invalid_rest(&data);
        }
        // A message may go on in the next segment; what is here of it is shown all the same.
        let length = u32::from(length - HEADER_LENGTH);
        print_body(cx, data.with_length(length), message)?;
        if length > data.length() {
            break;
        }
        data = data.skip(length as usize);
    }
    Ok(())
}

/// The segment ends in the middle of a header.
fn put_partial(cx: &mut Context, rest: &Cursor) -> Outcome {
    put!(cx, " (end of TCP payload)");
    rest.need(rest.length() as usize)
}

fn message(version: u8, kind: u8) -> Option<&'static Message> {
    let messages = match version {
        VERSION_1_0 => version_1_0::MESSAGES,
        VERSION_1_3 => version_1_3::MESSAGES,
        _ => return None,
    };
    messages.get(usize::from(kind))
}

fn print_body(cx: &mut Context, body: Cursor, message: Option<&Message>) -> Outcome {
    match message {
        Some((_, length, _)) if !length.allows(body.length()) => cx.invalid_rest(&body),
        Some((_, _, Some(print))) if cx.style.verbose > 0 => print(cx, body),
        _ => body.need(body.length() as usize),
    }
}

#[cfg(test)]
mod tests;
