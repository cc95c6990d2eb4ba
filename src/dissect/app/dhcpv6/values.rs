//! Values of DHCPv6 options that hold neither options nor lists.

use super::names::STATUS_CODES;
use super::options::{Value, code, put_name};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

/// Kinds of DHCP unique identifier (RFC 8415 section 11, RFC 6355).
const DUID_ADDRESS_AND_TIME: u16 = 1;
const DUID_ENTERPRISE: u16 = 2;
const DUID_ADDRESS: u16 = 3;
const DUID_UUID: u16 = 4;

const AUTHENTICATION_DELAYED: u8 = 2;
const AUTHENTICATION_RECONFIGURE: u8 = 3;

const MESSAGE_RENEW: u8 = 5;
const MESSAGE_INFORMATION_REQUEST: u8 = 11;

/// Octets of an identifier that are shown below `-vv`.
const IDENTIFIER_MAX: usize = 10;

/// Prints a value; nothing where the option is not known.
pub(super) fn print(cx: &mut Context, code: u16, mut value: Cursor) -> Outcome<Value> {
    let length = value.captured().len();
    match code {
        code::CLIENT_ID | code::SERVER_ID => return put_unique_identifier(cx, value),
        code::AUTHENTICATION if length >= 11 => put_authentication(cx, value)?,
        code::OPTION_REQUEST | code::ECHO_REQUEST if length.is_multiple_of(2) => {
            while let Ok(requested) = value.be16() {
                put!(cx, " ");
                put_name(cx, requested);
            }
        }
        code::PREFERENCE if length == 1 => put!(cx, " ", value.u8()?),
        code::ELAPSED_TIME if length == 2 => put!(cx, " ", value.be16()?),
        code::LIFETIME | code::CLIENT_TIME if length == 4 => put!(cx, " ", value.be32()?),
        code::STATUS_CODE if length >= 2 => put_status(cx, value.be16()?),
        code::RECONFIGURE_MESSAGE if length == 1 => match value.u8()? {
            MESSAGE_RENEW => put!(cx, " for renew"),
            MESSAGE_INFORMATION_REQUEST => put!(cx, " for inf-req"),
            kind => put!(cx, " for ???(", Hex0(kind, 2), ")"),
        },
        code::INTERFACE_ID | code::SUBSCRIBER_ID => {
            put!(cx, " ");
            put_identifier(cx, value.captured());
        }
        code::REMOTE_ID if length >= 4 => {
            put!(cx, " enterprise ", value.be32()?, " ");
            put_identifier(cx, value.captured());
        }
        code::LQ_RELAY_DATA if length >= 16 => {
            put!(cx, " ");
            cx.ipv6_at(&value, 0)?;
            put!(cx, " ");
            put_identifier(cx, value.skip(16).captured());
        }
        code::POSIX_TIMEZONE | code::TZDB_TIMEZONE | code::MUD_URL if length >= 5 => {
            put!(cx, " ");
            cx.escaped_padded(value.captured());
        }
        code::BOOTFILE_URL => {
            put!(cx, " ");
            cx.escaped(value.captured());
        }
        _ if is_address_list(code) && length.is_multiple_of(16) => {
            while value.has(16) {
                put!(cx, " ");
                cx.ipv6_at(&value, 0)?;
                value = value.skip(16);
            }
        }
        _ if has_bounds(code) => return Ok(Value::BadLength),
        _ => {}
    }
    Ok(Value::Shown)
}

fn is_address_list(code: u16) -> bool {
    matches!(
        code,
        code::SIP_SERVERS
            | code::DNS_SERVERS
            | code::SNTP_SERVERS
            | code::NIS_SERVERS
            | code::NISP_SERVERS
            | code::BCMCS_SERVERS
            | code::PANA_AGENTS
            | code::LQ_CLIENT_LINKS
    )
}

/// Whether a length can be wrong for the option.
fn has_bounds(code: u16) -> bool {
    is_address_list(code)
        || matches!(
            code,
            code::AUTHENTICATION
                | code::OPTION_REQUEST
                | code::ECHO_REQUEST
                | code::PREFERENCE
                | code::ELAPSED_TIME
                | code::LIFETIME
                | code::CLIENT_TIME
                | code::STATUS_CODE
                | code::RECONFIGURE_MESSAGE
                | code::REMOTE_ID
                | code::LQ_RELAY_DATA
                | code::POSIX_TIMEZONE
                | code::TZDB_TIMEZONE
                | code::MUD_URL
        )
}

/// Octets of no known structure: the first of them, or all at `-vv`.
pub(super) fn put_identifier(cx: &mut Context, octets: &[u8]) {
    let shown = if cx.style.verbose < 2 { octets.len().min(IDENTIFIER_MAX) } else { octets.len() };
    put!(cx, HexBytes(octets.get(..shown).unwrap_or_default()));
    if shown < octets.len() {
        put!(cx, "...");
    }
}

/// Who a client or server is.
fn put_unique_identifier(cx: &mut Context, mut value: Cursor) -> Outcome<Value> {
    let Ok(kind) = value.be16() else { return Ok(Value::BadLength) };
    let length = value.captured().len();
    match kind {
        DUID_ADDRESS_AND_TIME if length >= 6 => {
            put!(cx, " hwaddr/time type ", value.be16()?, " time ");
            put!(cx, value.be32()?, " ", HexBytes(value.captured()));
        }
        DUID_ENTERPRISE if length >= 4 => put!(cx, " enterprise ", value.be32()?, " ", HexBytes(value.captured())),
        DUID_ADDRESS if length >= 2 => put!(cx, " hwaddr type ", value.be16()?, " ", HexBytes(value.captured())),
        DUID_UUID => {
            put!(cx, " uuid ");
            if length != 16 {
                return Ok(Value::BadLength);
            }
            put!(cx, HexBytes(value.captured()));
        }
        DUID_ADDRESS_AND_TIME | DUID_ENTERPRISE | DUID_ADDRESS => return Ok(Value::BadLength),
        _ => put!(cx, " type ", kind),
    }
    Ok(Value::Shown)
}

fn put_status(cx: &mut Context, status: u16) {
    match lookup(STATUS_CODES, status) {
        Some(name) => put!(cx, " ", name),
        None if status > 255 => put!(cx, " INVALID code"),
        None => put!(cx, " code", status),
    }
}

/// Authentication (RFC 8415 section 21.11): protocol, algorithm, replay detection, and what the
/// protocol needs.
fn put_authentication(cx: &mut Context, mut value: Cursor) -> Outcome {
    let protocol = value.u8()?;
    match protocol {
        AUTHENTICATION_DELAYED => put!(cx, " proto: delayed"),
        AUTHENTICATION_RECONFIGURE => put!(cx, " proto: reconfigure"),
        _ => put!(cx, " proto: ", protocol),
    }
    match value.u8()? {
        1 => put!(cx, ", alg: HMAC-MD5"),
        algorithm => put!(cx, ", alg: ", algorithm),
    }
    match value.u8()? {
        0 => put!(cx, ", RDM: mono"),
        method => put!(cx, ", RDM: ", method),
    }
    put!(cx, ", RD:");
    for _ in 0..4 {
        put!(cx, " ", Hex0(value.be16()?, 4));
    }
    match (protocol, value.captured().len()) {
        (AUTHENTICATION_DELAYED, 0) => {}
        (AUTHENTICATION_DELAYED, length @ 20..) => put_delayed(cx, value, length - 20)?,
        (AUTHENTICATION_RECONFIGURE, 17) => put_reconfigure(cx, value)?,
        _ => put!(cx, " ??"),
    }
    Ok(())
}

fn put_delayed(cx: &mut Context, mut value: Cursor, realm_length: usize) -> Outcome {
    if realm_length > 0 {
        put!(cx, ", realm: ", HexBytes(value.bytes(realm_length)?));
    }
    put!(cx, ", key ID: ", Hex0(value.be32()?, 8), ", HMAC-MD5:");
    put_digest(cx, value)
}

fn put_reconfigure(cx: &mut Context, mut value: Cursor) -> Outcome {
    match value.u8()? {
        1 => put!(cx, " reconfig-key"),
        2 => put!(cx, " type: HMAC-MD5"),
        _ => put!(cx, " type: ??"),
    }
    put!(cx, " value:");
    put_digest(cx, value)
}

fn put_digest(cx: &mut Context, mut value: Cursor) -> Outcome {
    for _ in 0..4 {
        put!(cx, " ", Hex0(value.be32()?, 8));
    }
    Ok(())
}
