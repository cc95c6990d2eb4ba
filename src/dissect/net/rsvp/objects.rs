//! The objects of a message (RFC 2205 section 3.1.2), and who prints which.

use super::names::{KINDS, OBJECTS};
use super::{HEADER_LENGTH, addresses, attributes, error, integrity, labels, route, services, uni};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::payload::put_hex_lines;
use crate::put;

/// Octets of an object's length, class and kind.
const OBJECT_HEADER_LENGTH: u16 = 4;

/// An object that is all there.
pub(super) struct Object<'p> {
    /// What stands in front of its lines.
    pub(super) indent: &'p str,
    pub(super) class: u8,
    pub(super) kind: u8,
    /// What it holds behind its header.
    pub(super) value: Cursor<'p>,
    /// The whole message, and where the value starts in it.
    pub(super) message: Cursor<'p>,
    pub(super) at: usize,
}

/// What became of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// It is printed.
    Whole,
    /// It, or a part of it, has no form that is known: its octets are to follow.
    AsOctets,
    /// It is shorter than its fields, and with it the message ends.
    TooShort,
    /// A part of it is.
    PartTooShort,
    /// It contradicts itself.
    Invalid,
    /// It ends the message for a reason that has been printed.
    End,
}

/// The printer of a kind of object.
type Print = fn(&mut Context, &Object) -> Outcome<Shown>;

/// Kinds of objects: their class and kind, the least octets that they hold, and their printer.
const PRINTERS: &[(u8, u8, u32, Print)] = &[
    (1, 1, 8, addresses::put_session_v4),
    (1, 2, 20, addresses::put_session_v6),
    (1, 7, 12, addresses::put_tunnel_v4),
    (1, 8, 36, addresses::put_tunnel_v6),
    (1, 11, 12, addresses::put_tunnel_v4),
    (1, 13, 12, addresses::put_multipoint_v4),
    (1, 14, 26, addresses::put_multipoint_v6),
    (3, 1, 8, addresses::put_hop_v4),
    (3, 2, 20, addresses::put_hop_v6),
    (3, 3, 8, addresses::put_hop_v4),
    (3, 4, 20, addresses::put_hop_v6),
    (4, 1, 32, integrity::put),
    (5, 1, 4, attributes::put_refresh_period),
    (6, 1, 8, error::put_v4),
    (6, 2, 20, error::put_v6),
    (6, 3, 8, error::put_v4),
    (6, 4, 20, error::put_v6),
    (8, 1, 4, attributes::put_style),
    (9, 2, 4, services::put),
    (10, 1, 8, addresses::put_source_v4),
    (10, 2, 20, addresses::put_source_v6),
    (10, 3, 20, addresses::put_flow_label),
    (10, 7, 8, addresses::put_path_v4),
    (10, 8, 20, addresses::put_path_v6),
    (10, 12, 16, addresses::put_branch_v4),
    (10, 13, 40, addresses::put_branch_v6),
    (11, 1, 8, addresses::put_source_v4),
    (11, 2, 20, addresses::put_source_v6),
    (11, 7, 8, addresses::put_path_v4),
    (11, 12, 16, addresses::put_branch_v4),
    (11, 13, 40, addresses::put_branch_v6),
    (12, 2, 4, services::put),
    (13, 2, 4, services::put),
    (15, 1, 4, addresses::put_host),
    (15, 2, 16, addresses::put_host),
    (16, 1, 0, labels::put_labels),
    (16, 2, 4, labels::put_generalized),
    (16, 3, 12, labels::put_waveband),
    (19, 1, 0, labels::put_requests),
    (19, 2, 12, labels::put_atm_request),
    (19, 3, 12, labels::put_frame_relay_request),
    (19, 4, 4, labels::put_generalized_request),
    (20, 1, 0, route::put),
    (21, 1, 0, route::put),
    (22, 1, 8, attributes::put_hello),
    (22, 2, 8, attributes::put_hello),
    (23, 1, 4, attributes::put_message_ids),
    (23, 2, 4, attributes::put_message_ids),
    (24, 1, 4, attributes::put_message_ids),
    (24, 2, 4, attributes::put_message_ids),
    (25, 1, 4, attributes::put_message_ids),
    (25, 2, 4, attributes::put_message_ids),
    (34, 1, 0, labels::put_labels),
    (34, 2, 4, labels::put_generalized),
    (34, 3, 12, labels::put_waveband),
    (35, 1, 0, labels::put_labels),
    (35, 2, 4, labels::put_generalized),
    (35, 3, 12, labels::put_waveband),
    (36, 1, 4, labels::put_set),
    (50, 1, 4, addresses::put_host),
    (50, 2, 16, addresses::put_host),
    (63, 7, 0, addresses::put_detours),
    (66, 1, 4, attributes::put_class_type),
    (125, 1, 4, attributes::put_class_type),
    (129, 1, 0, labels::put_labels),
    (129, 2, 4, labels::put_generalized),
    (129, 3, 12, labels::put_waveband),
    (131, 1, 8, attributes::put_restart),
    (134, 1, 4, attributes::put_capability),
    (195, 1, 4, addresses::put_host),
    (195, 2, 16, addresses::put_host),
    (196, 1, 4, attributes::put_administrative_status),
    (204, 1, 4, attributes::put_properties),
    (205, 1, 20, attributes::put_fast_reroute),
    (205, 7, 16, attributes::put_fast_reroute),
    (207, 7, 4, attributes::put_session_attribute),
    (229, 1, 4, uni::put),
];

/// Prints the objects of a message; `false` where one of them ends it early.
pub(super) fn print(cx: &mut Context, indent: &str, message: &Cursor) -> Outcome<bool> {
    let mut rest = message.skip(HEADER_LENGTH.into());
    while rest.length() >= OBJECT_HEADER_LENGTH.into() {
        let (length, kind) = (rest.be16_at(0)?, rest.u8_at(3)?);
        if length % 4 != 0 {
            put!(cx, indent, "ERROR: object header size ", length, " not a multiple of 4");
            return Ok(false);
        }
        if length < OBJECT_HEADER_LENGTH {
            put!(cx, indent, "ERROR: object header too short ", length, " < ", OBJECT_HEADER_LENGTH);
            return Ok(false);
        }
        let class = rest.u8_at(2)?;
        put_header(cx, indent, class, kind, length);
        if rest.length() < length.into() {
            put!(cx, indent, "ERROR: object goes past end of objects TLV");
            return Ok(false);
        }
        rest.need(length.into())?;
        let value = rest.limit(length.into()).skip(OBJECT_HEADER_LENGTH.into());
        let at = (message.length() - rest.length()) as usize + usize::from(OBJECT_HEADER_LENGTH);
        let object = Object { indent, class, kind, value, message: *message, at };
        match print_object(cx, &object)? {
            Shown::Whole if cx.style.verbose <= 1 => {}
            Shown::Whole | Shown::AsOctets => put_hex_lines(cx, "\n\t    ", &value, value.length()),
            end => {
                put_end(cx, indent, end)?;
                return Ok(false);
            }
        }
        rest = rest.skip(length.into());
    }
    Ok(true)
}

fn put_header(cx: &mut Context, indent: &str, class: u8, kind: u8, length: u16) {
    // The class says what a router does that does not know it (RFC 2205 section 3.10).
    let otherwise = match class >> 6 {
        0 | 1 => "reject",
        2 => "ignore silently",
        _ => "ignore and forward",
    };
    put!(cx, indent, name_or(OBJECTS, class, "Unknown"), " Object (", class, ") Flags: [", otherwise);
    let name = name_or(KINDS, u32::from(class) << 8 | u32::from(kind), "Unknown");
    put!(cx, " if unknown], Class-Type: ", name, " (", kind, "), length: ", length);
}

fn print_object(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let is_its = |(class, kind, ..): &&(u8, u8, u32, Print)| (*class, *kind) == (object.class, object.kind);
    match PRINTERS.iter().find(is_its) {
        Some((_, _, minimum, _)) if object.value.length() < *minimum => Ok(Shown::TooShort),
        Some((.., print)) => print(cx, object),
        None => Ok(Shown::AsOctets),
    }
}

fn put_end(cx: &mut Context, indent: &str, end: Shown) -> Outcome {
    match end {
        Shown::TooShort => put!(cx, indent, "ERROR: object is too short"),
        Shown::PartTooShort => put!(cx, indent, "ERROR: sub-object is too short"),
        Shown::Invalid => return cx.invalid(),
        _ => {}
    }
    Ok(())
}
