//! Multilink frame relay (FRF.16.1): frames in fragments over several links, and what keeps the links.

use super::{FRAGMENT_BEGIN, FRAGMENT_END, FRAGMENT_FLAGS, FRAGMENT_FLAGS_MASK, sequence_number};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const FRAME_LENGTH_MIN: u32 = 4;
const FRAGMENT_HEADER_LENGTH: usize = 2;
const CONTROL_HEADER_LENGTH: usize = 3;

const MESSAGES: &[Name] = &[
    (1, "Add Link"),
    (2, "Add Link ACK"),
    (3, "Add Link Reject"),
    (4, "Hello"),
    (5, "Hello ACK"),
    (6, "Remove Link"),
    (7, "Remove Link ACK"),
];

const BUNDLE: u8 = 1;
const LINK: u8 = 2;
const MAGIC_NUMBER: u8 = 3;
const TIMESTAMP: u8 = 5;
const ELEMENTS: &[Name] = &[
    (BUNDLE as u32, "Bundle ID"),
    (LINK as u32, "Link ID"),
    (MAGIC_NUMBER as u32, "Magic Number"),
    (TIMESTAMP as u32, "Timestamp"),
    (6, "Vendor Extension"),
    (7, "Cause"),
];
/// Octets of an element's type and length, which its length counts too.
const ELEMENT_HEADER_LENGTH: u8 = 2;
const NAME_LENGTH_MAX: u8 = 50;
/// FRF.16.1 section 3.4.4.
const TIMESTAMP_LENGTH_MAX: u8 = 14;

/// Prints a frame of a capture; returns the length of its header.
pub fn frame(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "mfr";
    if !frame.has(FRAGMENT_HEADER_LENGTH) {
        cx.truncated();
        return Ok(frame.captured().len());
    }
    print(cx, frame)
}

/// Prints a frame; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "mfr";
    let length = frame.length();
    if length < FRAME_LENGTH_MIN {
        put!(cx, "[length ", length, " < ", FRAME_LENGTH_MIN, "]");
        cx.invalid()?;
        return Ok(length as usize);
    }
    if !frame.has(FRAME_LENGTH_MIN as usize) {
        cx.truncated();
        return Ok(length as usize);
    }
    let fragment = frame.u8_at(0)? & FRAGMENT_FLAGS_MASK;
    if fragment == FRAGMENT_FLAGS_MASK && frame.u8_at(1)? == 0 {
        let complete = control(cx, &frame)?;
        return Ok(if complete { CONTROL_HEADER_LENGTH } else { length as usize });
    }
    put!(cx, "FRF.16 Frag, seq ", sequence_number(&frame)?, ", Flags [", flags(FRAGMENT_FLAGS, fragment, "none"), "]");
    if fragment == FRAGMENT_BEGIN || fragment == FRAGMENT_BEGIN | FRAGMENT_END {
        put!(cx, ", ");
        super::print(cx, frame.skip(FRAGMENT_HEADER_LENGTH))?;
        return Ok(FRAGMENT_HEADER_LENGTH);
    }
    put_hex_lines(cx, "\n\t", &frame, length);
    Ok(0)
}

/// A message about a link; `false` where it is cut off.
fn control(cx: &mut Context, frame: &Cursor) -> Outcome<bool> {
    let message = frame.u8_at(2)?;
    put!(cx, "FRF.16 Control, Flags [", flags(FRAGMENT_FLAGS, FRAGMENT_FLAGS_MASK, "none"), "], ");
    match lookup(MESSAGES, message) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Unknown Message (0x", Hex0(message, 2), ")"),
    }
    put!(cx, ", length ", frame.length());
    let mut elements = frame.skip(CONTROL_HEADER_LENGTH);
    let mut remaining = elements.length();
    while cx.style.verbose > 0 && remaining > ELEMENT_HEADER_LENGTH.into() {
        if !elements.has(ELEMENT_HEADER_LENGTH.into()) {
            cx.truncated();
            return Ok(false);
        }
        let (kind, length) = (elements.u8_at(0)?, elements.u8_at(1)?);
        put!(cx, "\n\tIE ", name_or(ELEMENTS, kind, "Unknown"), " (", kind, "), length ", length, ": ");
        if kind == 0 || length <= ELEMENT_HEADER_LENGTH {
            break;
        }
        if !elements.has(length.into()) {
            cx.truncated();
            return Ok(false);
        }
        let element = elements.with_length(length.into()).limit(length.into());
        put_element(cx, kind, &element.skip(ELEMENT_HEADER_LENGTH.into()))?;
        elements = elements.skip(length.into());
        // An element that goes beyond the frame makes tcpdump go on to the end of the capture.
        remaining = remaining.wrapping_sub(length.into());
    }
    Ok(true)
}

/// An element's value, which is all there.
fn put_element(cx: &mut Context, kind: u8, value: &Cursor) -> Outcome {
    let length = value.length();
    match kind {
        MAGIC_NUMBER if length != 4 => {
            put!(cx, "[IE data length ", length, " != 4]");
            cx.invalid()?;
        }
        MAGIC_NUMBER => put!(cx, "0x", Hex0(value.be32_at(0)?, 8)),
        BUNDLE | LINK => cx.escaped_padded_field(value, length.min(NAME_LENGTH_MAX.into()) as usize)?,
        TIMESTAMP if length > TIMESTAMP_LENGTH_MAX.into() => {
            put!(cx, "[Timestamp IE length ", length, " > ", TIMESTAMP_LENGTH_MAX, "]");
            cx.invalid()?;
        }
        _ if cx.style.verbose <= 1 => put_hex_lines(cx, "\n\t  ", value, length),
        _ => {}
    }
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t  ", value, length);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn elements_are_checked_against_what_they_hold() {
        assert_eq!(
            text(1, LinkType::MULTILINK_FRAME_RELAY, "e100 04 0306 00000001 0305 000000 0105 41007f 0002"),
            "FRF.16 Control, Flags [Begin, End, Control], Hello, length 21\n\tIE Magic Number (3), length 6: 0x00000001\
             \n\tIE Magic Number (3), length 5: [IE data length 3 != 4] (invalid)\n\tIE Bundle ID (1), length 5: A"
        );
    }

    #[test]
    fn only_a_first_fragment_is_looked_into() {
        assert_eq!(
            text(0, LinkType::MULTILINK_FRAME_RELAY, "4102 0000"),
            "FRF.16 Frag, seq 2, Flags [End]\n\t0x0000:  4102 0000"
        );
        assert_eq!(
            text(0, LinkType::MULTILINK_FRAME_RELAY, "8102 1851 03b1 c001"),
            "FRF.16 Frag, seq 2, Flags [Begin], FRF.15, seq 0x001, Flags [Begin, End],End-to-End Fragmentation, length 2"
        );
    }
}
