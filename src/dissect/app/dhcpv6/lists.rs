//! Values of DHCPv6 options that are names, or lists of items behind their lengths.

use super::options::{DhcpOption, Value, code};
use super::values::put_identifier;
use crate::dissect::app::dns::{Unreadable, name};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::put;

/// Suboptions of the NTP server (RFC 5908 section 4).
const NTP_SERVER_ADDRESS: u16 = 1;
const NTP_MULTICAST_ADDRESS: u16 = 2;
const NTP_SERVER_NAME: u16 = 3;

/// Prints a value.
pub(super) fn print(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let value = option.value;
    match option.code {
        code::SIP_SERVER_DOMAINS | code::DOMAIN_LIST => return put_domains(cx, option),
        code::NTP_SERVER if value.has(4) => return put_ntp_server(cx, option),
        code::AFTR_NAME if value.has(3) => put_tunnel_end(cx, value)?,
        code::SZTP_REDIRECT | code::USER_CLASS => put_strings(cx, value)?,
        code::VENDOR_CLASS if value.has(4) => put_vendor_class(cx, value)?,
        code::VENDOR_OPTIONS if value.has(4) => put_vendor_options(cx, value)?,
        _ => return Ok(Value::BadLength),
    }
    Ok(Value::Shown)
}

fn put_domains(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let end = option.at + option.value.captured().len();
    let mut at = option.at;
    while at < end {
        put!(cx, " ");
        match put_domain(cx, &option, at, end)? {
            Some(next) => at = next,
            None => return Ok(Value::Unreadable),
        }
    }
    Ok(Value::Shown)
}

/// Prints a domain name and returns where it ends; nothing when it cannot be read to its end.
fn put_domain(cx: &mut Context, option: &DhcpOption, at: usize, end: usize) -> Outcome<Option<usize>> {
    match name::print(cx, option.packet, at, end) {
        Ok(next) => Ok(Some(next)),
        Err(Unreadable::Message) => Ok(None),
        Err(Unreadable::Packet) => Err(Truncated),
    }
}

/// Servers by address or by name.
fn put_ntp_server(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let mut rest = option.value;
    while rest.captured().len() > 4 {
        let (kind, length) = (rest.be16()?, usize::from(rest.be16()?));
        let at = option.at + option.value.captured().len() - rest.captured().len();
        let Ok(suboption) = rest.bytes(length) else { return Ok(Value::Unreadable) };
        put!(cx, " subopt:", kind, " ");
        match kind {
            NTP_SERVER_ADDRESS | NTP_MULTICAST_ADDRESS if length == 16 => {
                cx.ipv6_at(&Cursor::new(suboption, 16), 0)?;
            }
            NTP_SERVER_NAME => {
                if put_domain(cx, &option, at, at + length)?.is_none() {
                    return Ok(Value::Unreadable);
                }
            }
            _ => put!(cx, "?"),
        }
    }
    Ok(Value::Shown)
}

/// The name of a tunnel's end (RFC 6334): labels, not compressed.
fn put_tunnel_end(cx: &mut Context, mut value: Cursor) -> Outcome {
    put!(cx, " ");
    while let Ok(length @ 1..) = value.u8_at(0) {
        let length = usize::from(length);
        if !value.has(length + 2) {
            put!(cx, " ?");
            break;
        }
        cx.escaped_padded(value.bytes_at(1, length)?);
        value = value.skip(1 + length);
        if value.u8_at(0)? != 0 {
            put!(cx, ".");
        }
    }
    Ok(())
}

/// Strings behind their lengths.
fn put_strings(cx: &mut Context, mut value: Cursor) -> Outcome {
    put!(cx, " ");
    let mut separator = "";
    while value.has(2) {
        put!(cx, separator);
        separator = ",";
        let length = usize::from(value.be16_at(0)?);
        let Ok(text) = value.bytes_at(2, length) else {
            put!(cx, " ?");
            break;
        };
        cx.escaped(text);
        value = value.skip(2 + length);
    }
    put_rest(cx, &value);
    Ok(())
}

/// What is left over of a list.
fn put_rest(cx: &mut Context, value: &Cursor) {
    if value.has(1) {
        put!(cx, " ?");
    }
}

/// The vendor's strings (RFC 8415 section 21.16).
fn put_vendor_class(cx: &mut Context, mut value: Cursor) -> Outcome {
    put!(cx, " enterprise ", value.be32()?);
    while value.has(2) {
        let length = value.be16()?;
        put!(cx, " (len ", length);
        let Ok(text) = value.bytes(length.into()) else {
            put!(cx, " ?");
            break;
        };
        if !text.is_empty() {
            put!(cx, " data ");
            cx.escaped(text);
        }
        put!(cx, ")");
    }
    put_rest(cx, &value);
    Ok(())
}

/// The vendor's options (RFC 8415 section 21.17).
fn put_vendor_options(cx: &mut Context, mut value: Cursor) -> Outcome {
    put!(cx, " enterprise ", value.be32()?);
    while value.has(4) {
        let (code, length) = (value.be16()?, value.be16()?);
        put!(cx, " (code ", code, " len ", length);
        let Ok(data) = value.bytes(length.into()) else {
            put!(cx, " ?");
            break;
        };
        if !data.is_empty() {
            put!(cx, " data ");
            put_identifier(cx, data);
        }
        put!(cx, ")");
    }
    put_rest(cx, &value);
    Ok(())
}
