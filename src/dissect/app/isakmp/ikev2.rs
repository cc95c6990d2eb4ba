//! Payloads of IKEv2 (RFC 7296 section 3).

use super::super::stop::Stop;
use super::names::{GROUPS, NameOrNumber, Names, put_payload_name};
use super::payload::{HEADER_LENGTH, Next, Payload, need, put_all, put_hex, put_some};
use super::{ikev2_notification, ikev2_proposals};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const SECURITY_ASSOCIATION: u8 = 33;
const KEY_EXCHANGE: u8 = 34;
const IDENTITY_INITIATOR: u8 = 35;
const IDENTITY_RESPONDER: u8 = 36;
const AUTHENTICATION: u8 = 39;
const NONCE: u8 = 40;
const NOTIFICATION: u8 = 41;
const VENDOR_ID: u8 = 43;

/// Whoever does not know the payload must refuse the message.
const CRITICAL: u8 = 0x80;

const AUTHENTICATIONS: Names = &["invalid", "rsasig", "shared-secret", "dsssig"];

/// Prints a payload.
pub(super) fn print(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    match payload.kind {
        SECURITY_ASSOCIATION => return ikev2_proposals::print(cx, message, payload),
        KEY_EXCHANGE => print_key_exchange(cx, message, &payload)?,
        IDENTITY_INITIATOR | IDENTITY_RESPONDER => print_identity(cx, message, &payload)?,
        AUTHENTICATION => print_authentication(cx, message, &payload)?,
        NONCE => print_nonce(cx, message, &payload)?,
        NOTIFICATION => {
            let outcome = ikev2_notification::print(cx, message, &payload);
            return super::payload::settle(cx, outcome.map(|()| Some(payload.end())), ikev2_notification::NAMED_AS)
                .map_err(Stop::from);
        }
        VENDOR_ID => print_vendor_id(cx, message, &payload)?,
        _ => {
            put_name(cx, message, &payload, payload.kind)?;
            put!(cx, " len=", payload.length - HEADER_LENGTH);
            put_all(cx, message, &payload)?;
        }
    }
    Ok(Some(payload.end()))
}

/// The name of `kind`, and whether the payload is critical.
pub(super) fn put_name(cx: &mut Context, message: &Cursor, payload: &Payload, kind: u8) -> Outcome {
    put_payload_name(cx, kind);
    put_critical(cx, message, payload.at)
}

pub(super) fn put_critical(cx: &mut Context, message: &Cursor, at: usize) -> Outcome {
    put!(cx, if message.u8_at(at + 1)? & CRITICAL != 0 { "[C]:" } else { ":" });
    Ok(())
}

fn print_key_exchange(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    need(message, payload.at, 8)?;
    put_name(cx, message, payload, payload.kind)?;
    if payload.length < 8 {
        put!(cx, " len=", payload.length, " < 8");
        return Ok(());
    }
    put!(cx, " len=", payload.length - 8);
    put!(cx, " group=", NameOrNumber(GROUPS, message.be16_at(payload.at + 4)?.into()));
    if cx.style.verbose > 2 && payload.length > 8 {
        put!(cx, " ");
        put_hex(cx, message, payload.at + 8, payload.length - 8)?;
    }
    Ok(())
}

fn print_identity(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    need(message, payload.at, 8)?;
    put_name(cx, message, payload, payload.kind)?;
    put!(cx, " len=", payload.length - HEADER_LENGTH);
    put_all(cx, message, payload)?;
    if payload.length < 8 {
        put!(cx, " [payload too short]");
        return Ok(());
    }
    let (at, length) = (payload.at + 8, payload.length - 8);
    let (name, is_text) = match message.u8_at(payload.at + 4)? {
        1 => (" ipv4:", false),
        2 => (" fqdn:", true),
        3 => (" rfc822:", true),
        5 => (" ipv6:", false),
        9 => (" dn:", false),
        10 => (" gn:", false),
        11 => (" keyid:", false),
        _ => return Ok(()),
    };
    put!(cx, name);
    if is_text {
        need(message, at, length)?;
        cx.escaped_field(&message.skip(at), length)?;
        return Ok(());
    }
    put_hex(cx, message, at, length)
}

fn print_authentication(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    need(message, payload.at, 8)?;
    put_name(cx, message, payload, payload.kind)?;
    put!(cx, " len=", payload.length - HEADER_LENGTH);
    put!(cx, " method=", NameOrNumber(AUTHENTICATIONS, message.u8_at(payload.at + 4)?.into()));
    if cx.style.verbose > 1 {
        put!(cx, " authdata=(");
        let length = payload.length.checked_sub(8).ok_or(Stop::Incomplete)?;
        put_hex(cx, message, payload.at + 8, length)?;
        put!(cx, ") ");
    } else {
        put_some(cx, message, payload.at + 8);
    }
    Ok(())
}

fn print_nonce(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    put!(cx, "nonce");
    put_critical(cx, message, payload.at)?;
    let length = payload.length - HEADER_LENGTH;
    put!(cx, " len=", length);
    if cx.style.verbose > 1 {
        put!(cx, " nonce=(");
        put_hex(cx, message, payload.at + HEADER_LENGTH, length)?;
        put!(cx, ") ");
    } else {
        put_some(cx, message, payload.at + HEADER_LENGTH);
    }
    Ok(())
}

fn print_vendor_id(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    put_name(cx, message, payload, payload.kind)?;
    let length = payload.length - HEADER_LENGTH;
    put!(cx, " len=", length, " vid=");
    cx.escaped_field(&message.skip(payload.at + HEADER_LENGTH), length)?;
    if length > 4 {
        put_all(cx, message, payload)?;
    }
    Ok(())
}
