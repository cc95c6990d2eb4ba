//! Forwarding equivalence classes: what a label stands for (RFC 5036 section 3.4.1), pseudowires too (RFC 4906).

use super::tlv::too_short;
use crate::dissect::address_family;
use crate::dissect::app::prefix::{self, Prefix, Version};
use crate::dissect::app::pseudowire;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const PREFIX: u8 = 0x02;
const PSEUDOWIRE: u8 = 0x80;
const ELEMENTS: &[Name] =
    &[(0x01, "Wildcard"), (PREFIX as u32, "Prefix"), (0x03, "Host address"), (PSEUDOWIRE as u32, "Martini VC")];

const CONTROL_WORD: u16 = 0x8000;
/// Octets of a pseudowire's element, from behind its type: without an identifier, and with one.
const PSEUDOWIRE_LENGTH_MIN: u32 = 7;
const PSEUDOWIRE_LENGTH: u32 = 11;
/// Octets of the identifier.
const IDENTIFIER_LENGTH: u8 = 4;

const MTU: u8 = 0x01;
const DESCRIPTION: u8 = 0x03;
const CONNECTIVITY_VERIFICATION: u8 = 0x0c;
const PARAMETERS: &[Name] =
    &[(MTU as u32, "MTU"), (DESCRIPTION as u32, "Description"), (CONNECTIVITY_VERIFICATION as u32, "VCCV")];
const PARAMETER_HEADER_LENGTH: u8 = 2;
const CONTROL_CHANNELS: &[Name] =
    &[(0x01, "PWE3 control word"), (0x02, "MPLS Router Alert Label"), (0x04, "MPLS inner label TTL = 1")];
const VERIFICATIONS: &[Name] = &[(0x01, "ICMP Ping"), (0x02, "LSP Ping"), (0x04, "BFD")];

/// Prints the first element of a class.
pub fn print(cx: &mut Context, value: &Cursor) -> Outcome {
    let kind = value.u8_at(0)?;
    put!(cx, "\n\t      ", lookup(ELEMENTS, kind).unwrap_or("Unknown"), " FEC (0x", Hex0(kind, 2), ")");
    let element = value.skip(1);
    match kind {
        PREFIX => print_prefix(cx, element),
        PSEUDOWIRE => print_pseudowire(cx, element),
        _ => Ok(()),
    }
}

fn print_prefix(cx: &mut Context, element: Cursor) -> Outcome {
    if element.length() < 2 {
        return too_short(cx, &element, 2);
    }
    let (version, name) = match element.be16_at(0)? {
        address_family::IPV4 => (Version::V4, ": IPv4 prefix "),
        address_family::IPV6 => (Version::V6, ": IPv6 prefix "),
        family => {
            put!(cx, ": Address family ", family, " prefix");
            return Ok(());
        }
    };
    match prefix::read(&element.skip(2), version)? {
        Prefix::Incomplete => return Err(Truncated),
        Prefix::TooLong => put!(cx, name, "(invalid length)"),
        Prefix::Network(network, _) => {
            put!(cx, name);
            network.put(cx);
        }
    }
    Ok(())
}

/// A pseudowire. Without information there is no identifier either (RFC 4908).
fn print_pseudowire(cx: &mut Context, element: Cursor) -> Outcome {
    if element.length() < PSEUDOWIRE_LENGTH_MIN {
        return too_short(cx, &element, PSEUDOWIRE_LENGTH_MIN);
    }
    let information_length = element.u8_at(2)?;
    let identified = information_length > 0;
    if identified && element.length() < PSEUDOWIRE_LENGTH {
        return too_short(cx, &element, PSEUDOWIRE_LENGTH);
    }
    element.need(if identified { PSEUDOWIRE_LENGTH } else { PSEUDOWIRE_LENGTH_MIN } as usize)?;
    let kind = element.be16_at(0)?;
    let name = lookup(pseudowire::TYPES, kind & !CONTROL_WORD).unwrap_or("Unknown");
    let control_word = if kind & CONTROL_WORD != 0 { "" } else { "no " };
    put!(cx, ": ", name, ", ", control_word, "control word, group-ID ", element.be32_at(3)?);
    if identified {
        put!(cx, ", VC-ID ", element.be32_at(7)?);
    }
    put!(cx, ", VC-info-length: ", information_length);
    if !identified {
        return Ok(());
    }
    let Some(length) = information_length.checked_sub(IDENTIFIER_LENGTH) else {
        put!(cx, " (invalid, < 4");
        return Ok(());
    };
    let parameters = element.skip(PSEUDOWIRE_LENGTH as usize);
    if parameters.length() < length.into() {
        return too_short(cx, &parameters, length.into());
    }
    print_parameters(cx, parameters.with_length(length.into()))
}

/// The parameters of the interface that is at the pseudowire's end.
fn print_parameters(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > PARAMETER_HEADER_LENGTH.into() {
        let (kind, length) = (rest.u8_at(0)?, rest.u8_at(1)?);
        let Some(value_length) = length.checked_sub(PARAMETER_HEADER_LENGTH) else { break };
        if rest.length() < length.into() {
            break;
        }
        let name = lookup(PARAMETERS, kind).unwrap_or("Unknown");
        put!(cx, "\n\t\tInterface Parameter: ", name, " (0x", Hex0(kind, 2), "), len ", length);
        let value = rest.skip(PARAMETER_HEADER_LENGTH.into()).with_length(value_length.into());
        match kind {
            MTU => put!(cx, ": ", value.be16_at(0)?),
            DESCRIPTION => {
                put!(cx, ": ");
                cx.escaped_field(&value, value_length.into())?;
            }
            CONNECTIVITY_VERIFICATION => {
                put_types(cx, "\n\t\t  Control Channels (0x", CONTROL_CHANNELS, value.u8_at(0)?);
                put_types(cx, "\n\t\t  CV Types (0x", VERIFICATIONS, value.u8_at(1)?);
            }
            _ => put_hex_lines(cx, "\n\t\t  ", &value, value_length.into()),
        }
        rest = rest.skip(length.into());
    }
    Ok(())
}

fn put_types(cx: &mut Context, title: &str, names: &[Name], types: u8) {
    put!(cx, title, Hex0(types, 2), ") = [");
    put_bits(&mut cx.out, names, types.into(), ", ", "none");
    put!(cx, "]");
}
