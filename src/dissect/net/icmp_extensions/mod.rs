//! Extensions of ICMP messages: multi-part messages (RFC 4884) with MPLS labels (RFC 4950) and
//! interfaces (RFC 5837), and what an extended echo asks for (RFC 8335).

mod interface;

use etherparse::checksum::Sum16BitWords;

use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

/// Where the extension structure starts in a message: behind 128 octets of the quoted packet.
const START: usize = 8 + 128;
/// Octets of the extension structure's header.
const HEADER_LENGTH: u32 = 4;
/// Octets of an object's header.
const OBJECT_HEADER_LENGTH: u32 = 4;
const VERSION: u8 = 2;

const MPLS_LABELS: u8 = 1;
const INTERFACE_INFORMATION: u8 = 2;
const INTERFACE_IDENTIFICATION: u8 = 3;
const CLASSES: &[Name] = &[
    (MPLS_LABELS as u32, "MPLS Stack Entry Object"),
    (INTERFACE_INFORMATION as u32, "Interface Information Object"),
    (INTERFACE_IDENTIFICATION as u32, "Interface Identification Object"),
];
const EXTENDED_CODES: &[Name] = &[
    (0, "No error"),
    (1, "Malformed Query"),
    (2, "No Such Interface"),
    (3, "No Such Table Entry"),
    (4, "Multiple Interfaces Satisfy Query"),
];
const EXTENDED_STATES: &[Name] =
    &[(0, "Reserved"), (1, "Incomplete"), (2, "Reachable"), (3, "Stale"), (4, "Delay"), (5, "Probe"), (6, "Failed")];

/// Whether an object was as its header says; the objects behind a malformed one are not printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Object {
    Whole,
    Malformed,
}

/// Prints the extensions of an error message, if it has any.
pub fn print(cx: &mut Context, message: &Cursor) -> Outcome {
    if message.length() as usize <= START {
        return Ok(());
    }
    message.need(START + HEADER_LENGTH as usize + 1)?;
    let extensions = message.skip(START);
    let whole = extensions.bytes_at(0, extensions.length() as usize).ok();
    // Not every sender fills in the length of what it quotes; then the checksum tells.
    let correct = whole.map(sums_up);
    if message.u8_at(5)? == 0 && correct == Some(false) {
        return Ok(());
    }
    let version = extensions.u8_at(0)? >> 4;
    put!(cx, "\n\tICMP Multi-Part extension v", version);
    if version != VERSION {
        put!(cx, " packet not supported");
        return Ok(());
    }
    if let Some(correct) = correct {
        put_checksum(cx, extensions.be16_at(2)?, correct, extensions.length());
    }
    let mut objects = extensions.skip(HEADER_LENGTH as usize);
    // What is shorter than its own header counts as endless: only the capture ends it.
    let mut remaining = extensions.length().wrapping_sub(HEADER_LENGTH);
    while remaining > OBJECT_HEADER_LENGTH {
        if print_object(cx, &objects)? == Object::Malformed {
            break;
        }
        let length = u32::from(objects.be16_at(0)?);
        if remaining < length {
            break;
        }
        remaining -= length;
        objects = objects.skip(length as usize);
    }
    Ok(())
}

/// Prints which interface an extended echo request asks for.
pub fn print_extended_request(cx: &mut Context, message: &Cursor) -> Outcome {
    let local = message.u8_at(7)? & 1 != 0;
    put!(cx, "\n\t", if local { "Local" } else { "Remote" }, " Interface");
    let extensions = message.skip(8);
    if extensions.u8_at(0)? >> 4 != VERSION {
        return cx.invalid();
    }
    let (sum, object_length) = (extensions.be16_at(2)?, extensions.be16_at(4)?);
    let length = object_length.wrapping_add(HEADER_LENGTH as u16);
    if let Ok(octets) = extensions.bytes_at(0, usize::from(length)) {
        put_checksum(cx, sum, sums_up(octets), length.into());
    }
    print_object(cx, &extensions.skip(HEADER_LENGTH as usize)).map(drop)
}

/// Prints the state of the interface that an extended echo request asked for.
pub fn print_extended_reply(cx: &mut Context, message: &Cursor) -> Outcome {
    let (code, information) = (message.u8_at(1)?, message.u8_at(7)?);
    let state = information >> 5;
    put!(cx, "\n\tCode ", code, " (", lookup(EXTENDED_CODES, code).unwrap_or("Unknown"), ")");
    put!(cx, ", State ", state, " (", lookup(EXTENDED_STATES, state).unwrap_or("Unknown"), ")");
    put!(cx, ", active ", information >> 2 & 1, " ipv4 ", information >> 1 & 1, " ipv6 ", information & 1);
    Ok(())
}

fn sums_up(octets: &[u8]) -> bool {
    checksum::verify(Sum16BitWords::new(), octets, 0) == Verdict::Correct
}

fn put_checksum(cx: &mut Context, sum: u16, correct: bool, length: u32) {
    let verdict = if correct { "correct" } else { "incorrect" };
    put!(cx, ", checksum 0x", Hex0(sum, 4), " (", verdict, "), length ", length);
}

/// One object: its header and what its class says about the rest.
fn print_object(cx: &mut Context, object: &Cursor) -> Outcome<Object> {
    let (length, class, kind) = (object.be16_at(0)?, object.u8_at(2)?, object.u8_at(3)?);
    let name = lookup(CLASSES, class).unwrap_or("unknown");
    put!(cx, "\n\t  ", name, " (", class, "), Class-Type: ", kind, ", length ", length);
    let Some(payload_length) = u32::from(length).checked_sub(OBJECT_HEADER_LENGTH) else {
        return Ok(Object::Malformed);
    };
    if class == 0 {
        return Ok(Object::Malformed);
    }
    let mut payload = object.skip(OBJECT_HEADER_LENGTH as usize).with_length(payload_length);
    match (class, kind) {
        (MPLS_LABELS, 1) => put_mpls_label(cx, &payload)?,
        (INTERFACE_INFORMATION, _) => return interface::put_information(cx, payload, kind),
        (INTERFACE_IDENTIFICATION, 1) => {
            put!(cx, "\n\t    Interface Name, length ", payload_length, ": ");
            cx.escaped_padded_field(&payload, payload_length as usize)?;
        }
        (INTERFACE_IDENTIFICATION, 2) => {
            interface::put_index(cx, &mut payload)?;
        }
        (INTERFACE_IDENTIFICATION, 3) => return interface::put_identified_address(cx, payload),
        _ => {
            let octets = payload.limit(payload_length).captured();
            dump::hex_at(&mut cx.out, "\n\t    ", octets, 0);
        }
    }
    Ok(Object::Whole)
}

/// Whether the object still has `count` octets; those must have been captured then as well as if not.
fn has(payload: &Cursor, count: u32) -> Outcome<bool> {
    payload.need(count as usize)?;
    Ok(payload.length() >= count)
}

/// The top of the label stack; the entries below it are not printed.
fn put_mpls_label(cx: &mut Context, payload: &Cursor) -> Outcome {
    if has(payload, 4)? {
        let entry = payload.be32_at(0)?;
        let bottom = if entry & 0x100 != 0 { ", [S]" } else { "" };
        put!(cx, "\n\t    label ", entry >> 12, ", tc ", entry >> 9 & 7, bottom, ", ttl ", entry & 0xff);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(extensions: &[u8]) -> String {
        let mut message = vec![0; START];
        message.extend(extensions);
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        if print(&mut cx, &Cursor::new(&message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn without_a_length_only_a_right_checksum_makes_an_extension() {
        let mut extensions = [0x20, 0, 0xc5, 0x5f, 0, 8, 1, 1, 0x18, 0x96, 0x01, 0x01];
        assert_eq!(
            text(&extensions),
            "\n\tICMP Multi-Part extension v2, checksum 0xc55f (correct), length 12\
             \n\t  MPLS Stack Entry Object (1), Class-Type: 1, length 8\n\t    label 100704, tc 0, [S], ttl 1"
        );
        extensions[2] = 0;
        assert_eq!(text(&extensions), "");
    }

    #[test]
    fn an_object_shorter_than_its_header_is_the_last() {
        assert_eq!(
            text(&[0x20, 0, 0xdd, 0xfb, 0, 3, 2, 1, 0, 0, 0, 0]),
            "\n\tICMP Multi-Part extension v2, checksum 0xddfb (correct), length 12\
             \n\t  Interface Information Object (2), Class-Type: 1, length 3"
        );
    }
}
