//! Exterior Gateway Protocol (RFC 904).

use super::egp_networks;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::put;

const VERSION: u8 = 2;
/// Octets of the header, with the fields that most messages have.
pub(super) const HEADER_LENGTH: u32 = 16;

const UPDATE: u8 = 1;
const POLL: u8 = 2;
const ACQUIRE: u8 = 3;
const REACH: u8 = 5;
const ERROR: u8 = 8;
const TYPES: &[Name] = &[
    (ACQUIRE as u32, "acquire"),
    (REACH as u32, "reach"),
    (POLL as u32, "poll"),
    (UPDATE as u32, "update"),
    (ERROR as u32, "error"),
];

const ACQUIRE_CODES: &[Name] = &[(0, "request"), (1, "confirm"), (2, "refuse"), (3, "cease"), (4, "cease_ack")];
const ACQUIRE_STATES: &[Name] = &[
    (0, "unspecified"),
    (1, "active_mode"),
    (2, "passive_mode"),
    (3, "insufficient_resources"),
    (4, "administratively_prohibited"),
    (5, "going_down"),
    (6, "parameter_violation"),
    (7, "protocol_violation"),
];
const REACH_CODES: &[Name] = &[(0, "hello"), (1, "i-h-u")];
const STATES: &[Name] = &[(0, "indeterminate"), (1, "up"), (2, "down")];
/// The bit of an update's state that nobody polled for it.
const UNSOLICITED: u8 = 0x80;
const ERRORS: &[Name] = &[
    (0, "unspecified"),
    (1, "bad_EGP_header_format"),
    (2, "bad_EGP_data_field_format"),
    (3, "reachability_info_unavailable"),
    (4, "excessive_polling_rate"),
    (5, "no_response"),
    (6, "unsupported_version"),
];

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "egp";
    cx.protocol_caps();
    let length = message.length();
    if length < HEADER_LENGTH {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH);
    }
    let version = message.u8_at(0)?;
    if version != VERSION {
        return cx.invalid_because("version", version.into(), "!=", VERSION.into());
    }
    message.need(HEADER_LENGTH as usize)?;
    put!(cx, "v", version);
    if cx.style.verbose == 0 {
        put!(cx, ", length ", length);
        return Ok(());
    }
    put!(cx, ", AS ", message.be16_at(6)?, ", seq ", message.be16_at(8)?, ", length ", length);
    let [kind, code, status] = message.array_at(1)?;
    put!(cx, ", ", name_or_number(TYPES, kind, "[type ", "]"));
    match kind {
        ACQUIRE => put_acquire(cx, &message, code, status)?,
        REACH => {
            put!(cx, " ", name_or_number(REACH_CODES, code, "[reach code ", "]"));
            if code < 2 {
                put_state(cx, status);
            }
        }
        POLL => {
            put_state(cx, status);
            put!(cx, " net:");
            cx.ipv4_at(&message, 12)?;
        }
        UPDATE => {
            put!(cx, if status & UNSOLICITED != 0 { " unsolicited" } else { "" });
            put_state(cx, status & !UNSOLICITED);
            put!(cx, " ");
            cx.ipv4_at(&message, 12)?;
            put!(cx, " int ", message.u8_at(10)?, " ext ", message.u8_at(11)?);
            egp_networks::print(cx, &message)?;
        }
        ERROR => {
            put_state(cx, status);
            put!(cx, " ", name_or_number(ERRORS, message.be16_at(10)?, "[reason ", "]"));
        }
        _ => {}
    }
    Ok(())
}

fn put_state(cx: &mut Context, state: u8) {
    put!(cx, " state:", name_or_number(STATES, state, "", ""));
}

fn put_acquire(cx: &mut Context, message: &Cursor, code: u8, status: u8) -> Outcome {
    put!(cx, " ", name_or_number(ACQUIRE_CODES, code, "[code ", "]"));
    match (code, status) {
        (0 | 1, 0..=2) | (2..=4, 0 | 3..=7) => put!(cx, " ", name_or_number(ACQUIRE_STATES, status, "", "")),
        (0 | 1, _) => put!(cx, " [status ", status, "]"),
        (2..=4, _) => put!(cx, "[status ", status, "]"),
        _ => {}
    }
    if code < 2 {
        put!(cx, " hello:", message.be16_at(10)?, " poll:", message.be16_at(12)?);
    }
    Ok(())
}
