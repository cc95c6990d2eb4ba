//! Which printer is for which object of LMP, and those of a few fields (RFC 4204 section 13).

use super::names::{SUMMARY_ERRORS, VERIFY_ERRORS, VERIFY_FLAGS};
use super::{channels, links, services};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::gmpls::{ENCODINGS, megabits};
use crate::dissect::named::{flags, name_or};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

/// An object that is all there.
pub(super) struct Object<'p> {
    pub(super) class: u8,
    pub(super) kind: u8,
    pub(super) value: Cursor<'p>,
}

/// What became of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is printed.
    Whole,
    /// It has no form that is known: its octets are to follow.
    AsOctets,
}

/// How many octets an object holds.
#[derive(Clone, Copy)]
pub(super) enum Length {
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

/// The printer of a kind of object.
type Print = fn(&mut Context, &Object) -> Outcome<Shown>;

/// Kinds of objects: their class and kind, their length and their printer.
const PRINTERS: &[(u8, u8, Length, Print)] = &[
    (1, 1, Length::Exactly(4), put_number),
    (1, 2, Length::Exactly(4), put_number),
    (2, 1, Length::Exactly(4), put_node),
    (2, 2, Length::Exactly(4), put_node),
    (3, 1, Length::Exactly(4), links::put_link_v4),
    (3, 2, Length::Exactly(4), links::put_link_v4),
    (3, 3, Length::Exactly(16), links::put_link_v6),
    (3, 4, Length::Exactly(16), links::put_link_v6),
    (3, 5, Length::Exactly(4), put_number),
    (3, 6, Length::Exactly(4), put_number),
    (4, 1, Length::Exactly(4), links::put_link_v4),
    (4, 2, Length::Exactly(4), links::put_link_v4),
    (4, 3, Length::Exactly(16), links::put_link_v6),
    (4, 4, Length::Exactly(16), links::put_link_v6),
    (4, 5, Length::Exactly(4), put_number),
    (4, 6, Length::Exactly(4), put_number),
    (5, 1, Length::Exactly(4), put_number),
    (5, 2, Length::Exactly(4), put_number),
    (6, 1, Length::Exactly(4), put_intervals),
    (7, 1, Length::Exactly(8), put_hello),
    (8, 1, Length::Exactly(20), put_begin),
    (9, 1, Length::Exactly(4), put_begin_ack),
    (10, 1, Length::Exactly(4), put_number),
    (11, 1, Length::Exactly(12), links::put_te_link),
    (11, 2, Length::Exactly(36), links::put_te_link),
    (11, 3, Length::Exactly(12), links::put_te_link),
    (12, 1, Length::AtLeast(12), links::put_data_link),
    (12, 2, Length::AtLeast(36), links::put_data_link),
    (12, 3, Length::AtLeast(12), links::put_data_link),
    (13, 1, Length::Any, channels::put_states),
    (13, 2, Length::Any, channels::put_states),
    (13, 3, Length::Any, channels::put_states),
    (14, 1, Length::Any, channels::put_request),
    (14, 2, Length::Any, channels::put_request),
    (14, 3, Length::Any, channels::put_request),
    (20, 1, Length::Exactly(4), put_verify_error),
    (20, 2, Length::Exactly(4), put_summary_error),
    (51, 1, Length::Exactly(4), services::put_signaling),
    (51, 2, Length::Exactly(16), services::put_port),
    (51, 3, Length::Exactly(8), services::put_transparency),
    (51, 4, Length::Exactly(4), services::put_diversity),
];

/// Prints what an object holds.
pub(super) fn print(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let is_its = |(class, kind, ..): &&(u8, u8, Length, Print)| (*class, *kind) == (object.class, object.kind);
    match PRINTERS.iter().find(is_its) {
        None => Ok(Shown::AsOctets),
        Some((_, _, length, print)) if length.allows(object.value.length()) => print(cx, object),
        Some(_) => {
            put!(cx, " (not correct for object)");
            Ok(Shown::Whole)
        }
    }
}

/// Objects that are one number.
fn put_number(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let number = object.value.be32_at(0)?;
    put!(
        cx,
        match (object.class, object.kind) {
            (1, _) => "\n\t    Control Channel ID: ",
            (5, 1) => "\n\t    Message ID: ",
            (5, _) => "\n\t    Message ID Ack: ",
            (10, _) => "\n\t    Verify ID: ",
            _ => "\n\t    Link ID: ",
        },
        number
    );
    if object.class != 10 {
        put!(cx, " (0x", Hex0(number, 8), ")");
    }
    Ok(Shown::Whole)
}

fn put_node(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t    Node ID: ");
    cx.ipv4_at(&object.value, 0)?;
    put!(cx, " (0x", Hex0(object.value.be32_at(0)?, 8), ")");
    Ok(Shown::Whole)
}

fn put_intervals(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t    Hello Interval: ", object.value.be16_at(0)?);
    put!(cx, "\n\t    Hello Dead Interval: ", object.value.be16_at(2)?);
    Ok(Shown::Whole)
}

fn put_hello(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t    Tx Seq: ", object.value.be32_at(0)?, ", Rx Seq: ", object.value.be32_at(4)?);
    Ok(Shown::Whole)
}

/// How links are to be verified (section 13.8).
fn put_begin(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    // tcpdump looks for the highest bit, but with a decimal number.
    const PAYLOAD: u16 = 8000;
    let value = &object.value;
    let mechanism = value.be16_at(10)?;
    put!(cx, "\n\t    Flags: ", flags(VERIFY_FLAGS, value.be16_at(0)?, "none"));
    put!(cx, "\n\t    Verify Interval: ", value.be16_at(2)?);
    put!(cx, "\n\t    Data links: ", value.be32_at(4)?);
    put!(cx, "\n\t    Encoding type: ", name_or(ENCODINGS, value.u8_at(8)?, "Unknown"));
    put!(cx, "\n\t    Verify Transport Mechanism: ", mechanism, " (0x", Hex(mechanism), ")");
    put!(cx, if mechanism & PAYLOAD != 0 { " (Payload test messages capable)" } else { "" });
    put!(cx, "\n\t    Transmission Rate: ", megabits(value, 12)?, " Mbps");
    put!(cx, "\n\t    Wavelength: ", value.be32_at(16)?);
    Ok(Shown::Whole)
}

fn put_begin_ack(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t    Verify Dead Interval: ", object.value.be16_at(0)?);
    put!(cx, "\n\t    Verify Transport Response: ", object.value.be16_at(2)?);
    Ok(Shown::Whole)
}

fn put_verify_error(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t    Error Code: ", flags(VERIFY_ERRORS, object.value.be32_at(0)?, "none"));
    Ok(Shown::Whole)
}

fn put_summary_error(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t    Error Code: ", flags(SUMMARY_ERRORS, object.value.be32_at(0)?, "none"));
    Ok(Shown::Whole)
}
