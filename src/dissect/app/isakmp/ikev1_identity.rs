//! Identities in IKEv1 (RFC 2407 section 4.6.2).

use super::super::stop::Stop;
use super::names::{NameOrNumber, Names};
use super::payload::{Payload, need, put_hex};
use crate::dissect::address::Ipv4;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::HexBytes;
use crate::put;

const IPV4: u8 = 1;
const DOMAIN_NAME: u8 = 2;
const USER: u8 = 3;
const IPV4_SUBNET: u8 = 4;
const IPV6: u8 = 5;
const IPV6_SUBNET: u8 = 6;
const IPV4_RANGE: u8 = 7;
const IPV6_RANGE: u8 = 8;
const TYPES: Names = &[
    "",
    "IPv4",
    "FQDN",
    "user FQDN",
    "IPv4net",
    "IPv6",
    "IPv6net",
    "IPv4range",
    "IPv6range",
    "ASN1 DN",
    "ASN1 GN",
    "keyid",
];

/// Octets in front of the identity itself.
const FIXED_LENGTH: usize = 8;

/// Prints the payload behind its name.
pub(super) fn print(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<(), Stop> {
    let at = payload.at;
    need(message, at, FIXED_LENGTH)?;
    let [kind, protocol] = message.array_at(at + 4)?;
    put!(cx, " idtype=", NameOrNumber(TYPES, kind.into()), " protoid=");
    match cx.names.ip_protocol(protocol) {
        Some(name) if protocol != 0 => put!(cx, name),
        _ => put!(cx, protocol),
    }
    put!(cx, " port=", message.be16_at(at + 6)?);
    let length = payload.length.saturating_sub(FIXED_LENGTH);
    if length == 0 {
        return Ok(());
    }
    need(message, at + FIXED_LENGTH, length)?;
    put!(cx, " len=", length);
    let data = message.skip(at + FIXED_LENGTH);
    match kind {
        DOMAIN_NAME | USER => {
            put!(cx, " ");
            cx.escaped_field(&data, length)?;
        }
        IPV4 | IPV4_SUBNET | IPV4_RANGE | IPV6 | IPV6_SUBNET | IPV6_RANGE => put_addresses(cx, &data, length, kind)?,
        _ if cx.style.verbose > 2 => {
            put!(cx, " ");
            put_hex(cx, message, at + FIXED_LENGTH, length)?;
        }
        _ => {}
    }
    Ok(())
}

/// An address, or two, or one with its mask.
fn put_addresses(cx: &mut Context, data: &Cursor, length: usize, kind: u8) -> Outcome {
    let least = match kind {
        IPV4 => 4,
        IPV4_SUBNET | IPV4_RANGE => 8,
        IPV6 => 16,
        _ => 32,
    };
    if length < least {
        put!(cx, " [bad: < ", least, "]");
        return Ok(());
    }
    put!(cx, " ");
    match kind {
        IPV4 | IPV4_SUBNET | IPV4_RANGE => cx.ipv4_at(data, 0)?,
        _ => cx.ipv6_at(data, 0)?,
    }
    match kind {
        IPV4_SUBNET => put!(cx, "/", Ipv4(data.array_at(4)?)),
        IPV6_SUBNET => put!(cx, "/0x", HexBytes(data.bytes_at(16, 16)?)),
        IPV4_RANGE => {
            put!(cx, "-");
            cx.ipv4_at(data, 4)?;
        }
        IPV6_RANGE => {
            put!(cx, "-");
            cx.ipv6_at(data, 16)?;
        }
        _ => {}
    }
    Ok(())
}
