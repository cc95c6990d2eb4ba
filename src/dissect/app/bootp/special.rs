//! Options of DHCP whose values have a format of their own.

use super::names::{AGENT_SUBOPTIONS, FQDN_FLAGS, HARDWARE_TYPES, NETBIOS_NODES, OVERLOADS};
use super::options::put_quoted;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex, hex_octet};
use crate::put;

const NETBIOS_NODE: u8 = 46;
const OVERLOAD: u8 = 52;
const CLIENT_IDENTIFIER: u8 = 61;
const USER_CLASS: u8 = 77;
const CLIENT_FQDN: u8 = 81;
const AGENT_INFORMATION: u8 = 82;
const IPV6_ONLY_PREFERRED: u8 = 108;
const CLASSLESS_STATIC_ROUTE: u8 = 121;
const SZTP_REDIRECT: u8 = 143;
const CLASSLESS_STATIC_ROUTE_MICROSOFT: u8 = 249;

/// Prints a value and takes what it printed.
pub(super) fn print(cx: &mut Context, tag: u8, value: &mut Cursor) -> Outcome {
    match tag {
        NETBIOS_NODE => put_named(cx, value, NETBIOS_NODES),
        OVERLOAD => put_named(cx, value, OVERLOADS),
        CLIENT_IDENTIFIER => put_client_identifier(cx, value),
        USER_CLASS => put_user_classes(cx, value),
        CLIENT_FQDN => put_domain_name(cx, value),
        AGENT_INFORMATION => put_agent_information(cx, value),
        IPV6_ONLY_PREFERRED if value.length() == 4 => {
            put!(cx, value.be32()?);
            Ok(())
        }
        IPV6_ONLY_PREFERRED => give_up(cx, value, "[length != 4 bytes]"),
        CLASSLESS_STATIC_ROUTE | CLASSLESS_STATIC_ROUTE_MICROSOFT => put_routes(cx, value),
        SZTP_REDIRECT => put_redirects(cx, value),
        _ => Ok(()),
    }
}

/// Says what is wrong and skips the rest of the value.
fn give_up(cx: &mut Context, value: &mut Cursor, why: &str) -> Outcome {
    put!(cx, why);
    *value = value.skip(value.captured().len());
    cx.invalid()
}

/// One octet that has a name.
fn put_named(cx: &mut Context, value: &mut Cursor, names: &[Name]) -> Outcome {
    let Ok(number) = value.u8() else { return give_up(cx, value, "[length < 1 byte]") };
    match lookup(names, number) {
        Some(name) => put!(cx, name),
        None => put!(cx, "#", number),
    }
    Ok(())
}

/// Text, or an address behind its hardware type (RFC 2132 section 9.14).
fn put_client_identifier(cx: &mut Context, value: &mut Cursor) -> Outcome {
    let Ok(kind) = value.u8() else { return give_up(cx, value, "[length < 1 byte]") };
    let identifier = value.bytes(value.captured().len())?;
    if kind == 0 {
        put_quoted(cx, identifier);
        return Ok(());
    }
    match lookup(HARDWARE_TYPES, kind) {
        Some(name) => put!(cx, name, " "),
        None => put!(cx, "hardware-type ", kind, ", "),
    }
    for (index, &octet) in identifier.iter().enumerate() {
        put!(cx, if index > 0 { ":" } else { "" });
        cx.out.extend_from_slice(&hex_octet(octet));
    }
    Ok(())
}

/// Classes of the user, each behind its length (RFC 3004 section 4).
fn put_user_classes(cx: &mut Context, value: &mut Cursor) -> Outcome {
    if value.length() < 2 {
        return give_up(cx, value, "[length < 2 bytes]");
    }
    let mut number = 1u32;
    while let Ok(length) = value.u8() {
        put!(cx, "\n\t      instance#", number, ": ");
        if length == 0 {
            return give_up(cx, value, "[suboption length == 0]");
        }
        if value.length() < length.into() {
            put!(cx, "[length ", value.length(), " < suboption length ", length);
            return give_up(cx, value, "");
        }
        put_quoted(cx, value.bytes(length.into())?);
        put!(cx, ", length ", length);
        number += 1;
    }
    Ok(())
}

/// The client's domain name behind flags and two response codes (RFC 4702 section 2).
fn put_domain_name(cx: &mut Context, value: &mut Cursor) -> Outcome {
    if value.length() < 3 {
        return give_up(cx, value, "[length < 3 bytes]");
    }
    let (flags, code1, code2) = (value.u8()?, value.u8()?, value.u8()?);
    if flags & 0xf0 != 0 {
        put!(cx, "[MBZ nibble 0x", Hex(flags >> 4), " != 0] ");
        cx.invalid()?;
    }
    if flags & 0x0f != 0 {
        put!(cx, "[");
        put_bits(&mut cx.out, FQDN_FLAGS, flags.into(), "", "");
        put!(cx, "] ");
    }
    if code1 != 0 || code2 != 0 {
        put!(cx, code1, "/", code2, " ");
    }
    put_quoted(cx, value.bytes(value.captured().len())?);
    Ok(())
}

/// What a relay agent adds (RFC 3046 section 2.0).
fn put_agent_information(cx: &mut Context, value: &mut Cursor) -> Outcome {
    while value.has(2) {
        let (kind, length) = (value.u8()?, value.u8()?);
        let name = lookup(AGENT_SUBOPTIONS, kind);
        put!(cx, "\n\t      ", name.unwrap_or("Unknown"), " SubOption ", kind, ", length ", length, ": ");
        let Ok(suboption) = value.bytes(length.into()) else {
            put!(cx, "length goes past end of option");
            *value = value.skip(value.captured().len());
            return Ok(());
        };
        match name {
            Some(_) => cx.escaped(suboption),
            None => dump::hex_at(&mut cx.out, "\n\t\t", suboption, 0),
        }
    }
    Ok(())
}

/// Destinations of as many octets as their prefix needs, each with its router (RFC 3442).
fn put_routes(cx: &mut Context, value: &mut Cursor) -> Outcome {
    if value.length() < 5 {
        return give_up(cx, value, "[length < 5 bytes]");
    }
    let mut separator = "";
    while let Ok(prefix) = value.u8() {
        put!(cx, separator);
        separator = ",";
        if prefix > 32 {
            put!(cx, "[Mask width (", prefix, ") > 32]");
            return give_up(cx, value, "");
        }
        let significant = usize::from(prefix.div_ceil(8));
        if !value.has(significant + 4) {
            put!(cx, "[Remaining length (", value.length(), ") < ", significant + 4, " bytes]");
            return give_up(cx, value, "");
        }
        put!(cx, "(");
        put_destination(cx, value.bytes(significant)?, prefix);
        put!(cx, ":");
        cx.ipv4_at(value, 0)?;
        *value = value.skip(4);
        put!(cx, ")");
    }
    Ok(())
}

fn put_destination(cx: &mut Context, octets: &[u8], prefix: u8) {
    if prefix == 0 {
        return put!(cx, "default");
    }
    let mut separator = "";
    for octet in octets.iter().chain(&[0; 4]).take(4) {
        put!(cx, separator, *octet);
        separator = ".";
    }
    put!(cx, "/", prefix);
}

/// Bootstrap servers, each behind its length (RFC 8572 section 8.3).
fn put_redirects(cx: &mut Context, value: &mut Cursor) -> Outcome {
    while value.has(2) {
        let length = value.be16()?;
        put!(cx, "\n\t\t    length ", length, ": ");
        let Ok(server) = value.bytes(length.into()) else {
            put!(cx, "length goes past end of option");
            *value = value.skip(value.captured().len());
            break;
        };
        put_quoted(cx, server);
    }
    if value.length() > 0 {
        put!(cx, "[length < 2 bytes]");
        cx.invalid()?;
    }
    Ok(())
}
