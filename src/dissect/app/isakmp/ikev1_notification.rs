//! Notifications of IKEv1 (RFC 2408 section 3.14, RFC 2407 section 4.6.3).

use super::super::stop::Stop;
use super::attributes::{OAKLEY, put_attributes};
use super::ikev1::{DOMAIN_IPSEC, put_domain_and_protocol};
use super::names::{NameOrNumber, Names};
use super::payload::{Next, Payload, need, put_hex, put_some};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// Where ISAKMP's states begin, and the errors and the states of IPsec.
const IPSEC_ERRORS: u16 = 8192;
const STATES: u16 = 16384;
const IPSEC_STATES: u16 = 24576;
const PRIVATE: u16 = 32768;

const RESPONDER_LIFETIME: u16 = IPSEC_STATES;
const REPLAY_STATUS: u16 = IPSEC_STATES + 1;

const ERROR_NAMES: Names = &[
    "",
    "INVALID-PAYLOAD-TYPE",
    "DOI-NOT-SUPPORTED",
    "SITUATION-NOT-SUPPORTED",
    "INVALID-COOKIE",
    "INVALID-MAJOR-VERSION",
    "INVALID-MINOR-VERSION",
    "INVALID-EXCHANGE-TYPE",
    "INVALID-FLAGS",
    "INVALID-MESSAGE-ID",
    "INVALID-PROTOCOL-ID",
    "INVALID-SPI",
    "INVALID-TRANSFORM-ID",
    "ATTRIBUTES-NOT-SUPPORTED",
    "NO-PROPOSAL-CHOSEN",
    "BAD-PROPOSAL-SYNTAX",
    "PAYLOAD-MALFORMED",
    "INVALID-KEY-INFORMATION",
    "INVALID-ID-INFORMATION",
    "INVALID-CERT-ENCODING",
    "INVALID-CERTIFICATE",
    "CERT-TYPE-UNSUPPORTED",
    "INVALID-CERT-AUTHORITY",
    "INVALID-HASH-INFORMATION",
    "AUTHENTICATION-FAILED",
    "INVALID-SIGNATURE",
    "ADDRESS-NOTIFICATION",
    "NOTIFY-SA-LIFETIME",
    "CERTIFICATE-UNAVAILABLE",
    "UNSUPPORTED-EXCHANGE-TYPE",
    "UNEQUAL-PAYLOAD-LENGTHS",
];
const IPSEC_ERROR_NAMES: Names = &["RESERVED"];
const STATE_NAMES: Names = &["CONNECTED"];
const IPSEC_STATE_NAMES: Names = &["RESPONDER-LIFETIME", "REPLAY-STATUS", "INITIAL-CONTACT"];

/// Prints the payload behind its name.
pub(super) fn print(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    let at = payload.at;
    need(message, at, 12)?;
    let domain = put_domain_and_protocol(cx, message, at)?;
    let kind = message.be16_at(at + 10)?;
    put_type(cx, kind, domain);
    let spi_length = usize::from(message.u8_at(at + 9)?);
    if spi_length > 0 {
        put!(cx, " spi=");
        put_hex(cx, message, at + 12, spi_length)?;
    }
    let data = at + 12 + spi_length;
    if domain != DOMAIN_IPSEC {
        return Ok(Some(data));
    }
    if data < message.captured().len() {
        put_data(cx, message, data, payload.end(), kind)?;
    }
    Ok(Some(payload.end()))
}

/// The type; numbers count from where their kind begins.
fn put_type(cx: &mut Context, kind: u16, domain: u32) {
    let (names, first) = match kind {
        ..IPSEC_ERRORS => (ERROR_NAMES, 0),
        IPSEC_ERRORS..STATES if domain == DOMAIN_IPSEC => (IPSEC_ERROR_NAMES, IPSEC_ERRORS),
        STATES..IPSEC_STATES => (STATE_NAMES, STATES),
        IPSEC_STATES..PRIVATE if domain == DOMAIN_IPSEC => (IPSEC_STATE_NAMES, IPSEC_STATES),
        _ => (&[][..], 0),
    };
    put!(cx, " type=", NameOrNumber(names, u32::from(kind - first)));
}

fn put_data(cx: &mut Context, message: &Cursor, at: usize, end: usize, kind: u16) -> Result<(), Stop> {
    match kind {
        RESPONDER_LIFETIME => {
            put!(cx, " attrs=(");
            let outcome = put_attributes(cx, message, at, end, OAKLEY);
            if !matches!(outcome, Err(Stop::Truncated)) {
                put!(cx, ")");
            }
            outcome?;
        }
        REPLAY_STATUS => {
            put!(cx, " status=(");
            let enabled = message.be32_at(at)? != 0;
            put!(cx, "replay detection ", if enabled { "en" } else { "dis" }, "abled)");
        }
        _ if cx.style.verbose > 3 => {
            put!(cx, " data=(");
            put_hex(cx, message, at, message.captured().len() - at)?;
            put!(cx, ")");
        }
        _ => put_some(cx, message, at),
    }
    Ok(())
}
