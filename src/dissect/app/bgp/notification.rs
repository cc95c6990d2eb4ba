//! The NOTIFICATION message (RFC 4271 section 4.5): an error, before the connection is closed.

use super::HEADER_LENGTH;
use super::family::Family;
use super::need;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::put;

const MESSAGE_HEADER: u8 = 1;
const OPEN: u8 = 2;
const UPDATE: u8 = 3;
const FINITE_STATE_MACHINE: u8 = 5;
const CEASE: u8 = 6;
const ROUTE_REFRESH: u8 = 7;
/// Errors (IANA "BGP Error (Notification) Codes").
const ERRORS: &[Name] = &[
    (MESSAGE_HEADER as u32, "Message Header Error"),
    (OPEN as u32, "OPEN Message Error"),
    (UPDATE as u32, "UPDATE Message Error"),
    (4, "Hold Timer Expired"),
    (FINITE_STATE_MACHINE as u32, "Finite State Machine Error"),
    (CEASE as u32, "Cease"),
    (ROUTE_REFRESH as u32, "ROUTE-REFRESH Message Error"),
    (8, "Send Hold Timer Expired"),
];

const MESSAGE_HEADER_ERRORS: &[Name] =
    &[(1, "Connection Not Synchronized"), (2, "Bad Message Length"), (3, "Bad Message Type")];
const OPEN_ERRORS: &[Name] = &[
    (1, "Unsupported Version Number"),
    (2, "Bad Peer AS"),
    (3, "Bad BGP Identifier"),
    (4, "Unsupported Optional Parameter"),
    (5, "Authentication Failure"),
    (6, "Unacceptable Hold Time"),
    (7, "Capability Message Error"),
];
const UPDATE_ERRORS: &[Name] = &[
    (1, "Malformed Attribute List"),
    (2, "Unrecognized Well-known Attribute"),
    (3, "Missing Well-known Attribute"),
    (4, "Attribute Flags Error"),
    (5, "Attribute Length Error"),
    (6, "Invalid ORIGIN Attribute"),
    (7, "AS Routing Loop"),
    (8, "Invalid NEXT_HOP Attribute"),
    (9, "Optional Attribute Error"),
    (10, "Invalid Network Field"),
    (11, "Malformed AS_PATH"),
];
const FINITE_STATE_MACHINE_ERRORS: &[Name] =
    &[(0, "Unspecified Error"), (1, "In OpenSent State"), (2, "In OpenConfirm State"), (3, "In Established State")];
const ROUTE_REFRESH_ERRORS: &[Name] = &[(1, "Invalid Message Length")];

/// Reasons to cease (RFC 4486, RFC 8538, RFC 9003, RFC 9384).
const MAXIMUM_PREFIXES: u8 = 1;
const SHUTDOWN: u8 = 2;
const RESET: u8 = 4;
const HARD_RESET: u8 = 9;
const CEASE_REASONS: &[Name] = &[
    (MAXIMUM_PREFIXES as u32, "Maximum Number of Prefixes Reached"),
    (SHUTDOWN as u32, "Administrative Shutdown"),
    (3, "Peer Unconfigured"),
    (RESET as u32, "Administrative Reset"),
    (5, "Connection Rejected"),
    (6, "Other Configuration Change"),
    (7, "Connection Collision Resolution"),
    (8, "Out of Resources"),
    (HARD_RESET as u32, "Hard Reset"),
    (10, "BFD Down"),
];

/// Octets of the limit that was reached: an address family and how many prefixes.
const LIMIT_LENGTH: u32 = 7;

/// Prints a NOTIFICATION message. A hard reset holds another error, in the same form.
pub fn print(cx: &mut Context, message: &Cursor) -> Result<(), Stop> {
    let mut rest = message.skip(HEADER_LENGTH.into());
    need(&rest, 2)?;
    while rest.length() >= 2 {
        let (code, subcode) = (rest.u8()?, rest.u8()?);
        put_error(cx, code, subcode);
        if code != CEASE {
            break;
        }
        match subcode {
            MAXIMUM_PREFIXES if rest.length() >= LIMIT_LENGTH => put_limit(cx, &rest)?,
            SHUTDOWN | RESET if rest.length() >= 1 => put_communication(cx, &rest)?,
            HARD_RESET => continue,
            _ => {}
        }
        break;
    }
    Ok(())
}

/// An error code and its subcode.
fn put_error(cx: &mut Context, code: u8, subcode: u8) {
    put!(cx, ", ", lookup(ERRORS, code).unwrap_or("Unknown Error"), " (", code, ")");
    let (separator, names) = match code {
        MESSAGE_HEADER => (",", MESSAGE_HEADER_ERRORS),
        OPEN => (",", OPEN_ERRORS),
        UPDATE => (",", UPDATE_ERRORS),
        FINITE_STATE_MACHINE => ("", FINITE_STATE_MACHINE_ERRORS),
        ROUTE_REFRESH => ("", ROUTE_REFRESH_ERRORS),
        CEASE => (",", CEASE_REASONS),
        _ if subcode != 0 => return put!(cx, ", subcode ", subcode),
        _ => return,
    };
    put!(cx, separator, " subcode ", lookup(names, subcode).unwrap_or("Unknown"), " (", subcode, ")");
}

fn put_limit(cx: &mut Context, data: &Cursor) -> Outcome {
    let (family, limit) = (Family::read(data, 0, 2)?, data.be32_at(3)?);
    put!(cx, ", ");
    family.put(cx);
    put!(cx, ", Max Prefixes: ", limit);
    Ok(())
}

/// What an administrator has to say to another (RFC 9003), and the octets that belong to nothing.
fn put_communication(cx: &mut Context, data: &Cursor) -> Outcome {
    let length = data.u8_at(0)?;
    let known = if u32::from(length) > data.length() - 1 {
        put!(cx, ", invalid Shutdown Communication length");
        0
    } else if length == 0 {
        put!(cx, ", empty Shutdown Communication");
        1
    } else {
        put!(cx, ", Shutdown Communication (length: ", length, "): \"");
        cx.escaped_field(&data.skip(1), length.into())?;
        put!(cx, "\"");
        // The longest one makes tcpdump's counter overflow: all is shown again.
        length.wrapping_add(1)
    };
    let unknown = data.skip(known.into());
    if unknown.length() > 0 {
        put!(cx, ", Data: (length: ", unknown.length(), ")");
        put_hex_lines(cx, "\n\t\t", &unknown, unknown.length());
        unknown.need(unknown.length() as usize)?;
    }
    Ok(())
}
