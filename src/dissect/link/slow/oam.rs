//! Ethernet operations, administration and maintenance (IEEE 802.3 section 57.4).

use super::TOO_SHORT;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::oui;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const FLAGS: &[Name] = &[
    (0x01, "Link Fault"),
    (0x02, "Dying Gasp"),
    (0x04, "Critical Event"),
    (0x08, "Local Evaluating"),
    (0x10, "Local Stable"),
    (0x20, "Remote Evaluating"),
    (0x40, "Remote Stable"),
];

const INFORMATION: u8 = 0x00;
const EVENT_NOTIFICATION: u8 = 0x01;
const LOOPBACK_CONTROL: u8 = 0x04;
const CODES: &[Name] = &[
    (INFORMATION as u32, "Information"),
    (EVENT_NOTIFICATION as u32, "Event Notification"),
    (0x02, "Variable Request"),
    (0x03, "Variable Response"),
    (LOOPBACK_CONTROL as u32, "Loopback Control"),
    (0xfe, "Vendor Private"),
];

const END: u8 = 0x00;
const INFORMATION_TYPES: &[Name] =
    &[(END as u32, "End of TLV marker"), (1, "Local"), (2, "Remote"), (0xfe, "Organization specific")];
const EVENT_TYPES: &[Name] = &[
    (END as u32, "End of TLV marker"),
    (1, "Errored Symbol Period Event"),
    (2, "Errored Frame Event"),
    (3, "Errored Frame Period Event"),
    (4, "Errored Frame Seconds Summary Event"),
    (0xfe, "Organization specific"),
];
/// Octets of a field's type and length, which the length includes.
const FIELD_HEADER_LENGTH: u32 = 2;
/// Octets of the fields, headers included.
const INFORMATION_LENGTH: u32 = 16;
const EVENT_LENGTH: u32 = 40;

const PARSER_ACTIONS: &[Name] = &[(0, "forwarding"), (1, "looping back"), (2, "discarding"), (3, "reserved")];
const MULTIPLEXER_ACTIONS: &[Name] = &[(0, "forwarding"), (4, "discarding")];
const CONFIGURATION: &[Name] = &[
    (0x01, "Active"),
    (0x02, "Unidirectional"),
    (0x04, "Remote-Loopback"),
    (0x08, "Link-Events"),
    (0x10, "Variable-Retrieval"),
];
const SIZE_MASK: u16 = 0x07ff;

const LOOPBACK_COMMANDS: &[Name] = &[(1, "Enable OAM Remote Loopback"), (2, "Disable OAM Remote Loopback")];

/// Prints a message from its flags on.
pub(super) fn print(cx: &mut Context, message: Cursor) -> Outcome {
    if message.length() < 3 {
        put!(cx, TOO_SHORT);
        return Ok(());
    }
    message.need(3)?;
    let (bits, code) = (message.be16_at(0)?, message.u8_at(2)?);
    put!(cx, "\n\tCode ", name_or_number(CODES, code, "Unknown (", ")"));
    put!(cx, " OAM PDU, Flags [", flags(FLAGS, bits, "none"), "]");
    let mut rest = message.skip(3);
    match code {
        INFORMATION => put_fields(cx, INFORMATION, rest),
        EVENT_NOTIFICATION if rest.length() >= 2 => {
            put!(cx, "\n\t  Sequence Number ", rest.be16()?);
            put_fields(cx, EVENT_NOTIFICATION, rest)
        }
        LOOPBACK_CONTROL if rest.length() >= 1 => {
            let command = rest.u8()?;
            put!(cx, "\n\t  Command ", name_or(LOOPBACK_COMMANDS, command, "Unknown"), " (", command, ")");
            Ok(())
        }
        EVENT_NOTIFICATION | LOOPBACK_CONTROL => {
            put!(cx, TOO_SHORT);
            Ok(())
        }
        _ => {
            if cx.style.verbose <= 1 {
                put_hex_lines(cx, "\n\t  ", &rest, rest.length());
            }
            Ok(())
        }
    }
}

/// What the sides know of each other, or what happened to the link.
fn put_fields(cx: &mut Context, code: u8, mut rest: Cursor) -> Outcome {
    let (names, what) = match code {
        INFORMATION => (INFORMATION_TYPES, " Information Type ("),
        _ => (EVENT_TYPES, " Link Event Type ("),
    };
    while rest.length() > 0 {
        if rest.length() < FIELD_HEADER_LENGTH {
            put!(cx, TOO_SHORT);
            return Ok(());
        }
        rest.need(FIELD_HEADER_LENGTH as usize)?;
        let (kind, length) = (rest.u8_at(0)?, u32::from(rest.u8_at(1)?));
        put!(cx, "\n\t  ", name_or(names, kind, "Reserved"), what, kind, "), length ", length);
        if kind == END {
            return Ok(());
        }
        if length < FIELD_HEADER_LENGTH {
            put!(cx, "\n\t    ERROR: illegal length - should be >= ", FIELD_HEADER_LENGTH);
            return Ok(());
        }
        if rest.length() < length {
            put!(cx, TOO_SHORT);
            return Ok(());
        }
        rest.need(length as usize)?;
        let decoded = match (code, kind) {
            (INFORMATION, 1 | 2) => put_information(cx, &rest, length)?,
            (EVENT_NOTIFICATION, 1..=4) => put_event(cx, &rest, length)?,
            _ => false,
        };
        if cx.style.verbose > 1 || !decoded {
            put_hex_lines(cx, "\n\t  ", &rest, length);
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// Whether a field is as long as it should be; says so if not.
fn check_length(cx: &mut Context, length: u32, wanted: u32) -> bool {
    if length != wanted {
        put!(cx, "\n\t    ERROR: illegal length - should be ", wanted);
    }
    length == wanted
}

fn put_information(cx: &mut Context, field: &Cursor, length: u32) -> Outcome<bool> {
    if !check_length(cx, length, INFORMATION_LENGTH) {
        return Ok(false);
    }
    put!(cx, "\n\t    OAM-Version ", field.u8_at(2)?, ", Revision ", field.be16_at(3)?);
    let state = field.u8_at(5)?;
    put!(cx, "\n\t    State-Parser-Action ", name_or(PARSER_ACTIONS, state & 3, "Reserved"));
    put!(cx, ", State-MUX-Action ", name_or(MULTIPLEXER_ACTIONS, state & 4, "Reserved"));
    put!(cx, "\n\t    OAM-Config Flags [", flags(CONFIGURATION, field.u8_at(6)?, "none"));
    put!(cx, "], OAM-PDU-Config max-PDU size ", field.be16_at(7)? & SIZE_MASK);
    let organization = field.be24_at(9)?;
    put!(cx, "\n\t    OUI ", name_or(oui::NAMES, organization, "Unknown"), " (0x", Hex0(organization, 6), ")");
    put!(cx, ", Vendor-Private 0x", Hex0(field.be32_at(12)?, 8));
    Ok(true)
}

fn put_event(cx: &mut Context, field: &Cursor, length: u32) -> Outcome<bool> {
    if !check_length(cx, length, EVENT_LENGTH) {
        return Ok(false);
    }
    put!(cx, "\n\t    Timestamp ", u32::from(field.be16_at(2)?) * 100, " ms, Errored Window ", field.be64_at(4)?);
    put!(cx, "\n\t    Errored Threshold ", field.be64_at(12)?, "\n\t    Errors ", field.be64_at(20)?);
    put!(cx, "\n\t    Error Running Total ", field.be64_at(28)?, "\n\t    Event Running Total ", field.be32_at(36)?);
    Ok(true)
}
