//! Options of the control protocols of IPv4 (RFC 1332, RFC 1877, RFC 2290, RFC 3544) and IPv6 (RFC 5072).

use super::options::{ConfigurationOption, Family, Unnamed, Value, put_wrong_length};
use super::protocol;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

/// The options of IPCP.
pub const OPTIONS: Family = Family {
    truncated: "[|ipcp]",
    name: |kind| lookup(KINDS, kind),
    unnamed: Unnamed::Word("unknown"),
    value: put_value,
    dumps_whole_only: true,
};

/// The options of IPV6CP.
pub const OPTIONS_IPV6: Family = Family {
    truncated: "[|ip6cp]",
    name: |kind| lookup(KINDS_IPV6, kind),
    unnamed: Unnamed::Word("unknown"),
    value: put_value_ipv6,
    dumps_whole_only: false,
};

const ADDRESSES: u8 = 1;
const COMPRESSION: u8 = 2;
const KINDS: &[Name] = &[
    (ADDRESSES as u32, "IP-Addrs"),
    (COMPRESSION as u32, "IP-Comp"),
    (3, "IP-Addr"),
    (4, "Home-Addr"),
    (129, "Pri-DNS"),
    (130, "Pri-NBNS"),
    (131, "Sec-DNS"),
    (132, "Sec-NBNS"),
];
const INTERFACE_IDENTIFIER: u8 = 1;
const KINDS_IPV6: &[Name] = &[(INTERFACE_IDENTIFIER as u32, "Interface-ID")];

const HEADER_COMPRESSION: u16 = 0x0061;
const COMPRESSIONS: &[Name] =
    &[(protocol::VJ_COMPRESSED as u32, "VJ-Comp"), (HEADER_COMPRESSION as u32, "IP Header Compression")];
/// Octets of header compression's option without suboptions.
const HEADER_COMPRESSION_LENGTH: u32 = 14;
const SUBOPTIONS: &[Name] = &[(1, "RTP-Compression"), (2, "Enhanced RTP-Compression")];

fn put_value(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    let octets = &option.octets;
    match option.kind {
        ADDRESSES if option.length != 10 => {
            put_wrong_length(cx, "=", 10);
            return Ok(Value::Skipped);
        }
        ADDRESSES => {
            octets.need(10)?;
            put!(cx, ": src ");
            cx.ipv4_at(octets, 2)?;
            put!(cx, ", dst ");
            cx.ipv4_at(octets, 6)?;
        }
        COMPRESSION if option.length < 4 => {
            put_wrong_length(cx, ">=", 4);
            return Ok(Value::Bad);
        }
        COMPRESSION => {
            let compression = octets.be16_at(2)?;
            let name = lookup(COMPRESSIONS, compression).unwrap_or("Unknown");
            put!(cx, ": ", name, " (0x", Hex0(compression, 2), "):");
            if compression == HEADER_COMPRESSION {
                return put_header_compression(cx, option);
            }
        }
        kind if lookup(KINDS, kind).is_none() => return Ok(Value::Unknown),
        _ if option.length != 6 => {
            put_wrong_length(cx, "=", 6);
            return Ok(Value::Bad);
        }
        _ => {
            octets.need(6)?;
            put!(cx, ": ");
            cx.ipv4_at(octets, 2)?;
        }
    }
    Ok(Value::Printed)
}

/// RFC 3544 section 2.1.
fn put_header_compression(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    let octets = &option.octets;
    if option.length < HEADER_COMPRESSION_LENGTH {
        put_wrong_length(cx, ">=", HEADER_COMPRESSION_LENGTH);
        return Ok(Value::Bad);
    }
    if !octets.has(2 + HEADER_COMPRESSION_LENGTH as usize) {
        return Ok(Value::Truncated);
    }
    put!(cx, "\n\t    TCP Space ", octets.be16_at(4)?, ", non-TCP Space ", octets.be16_at(6)?);
    put!(cx, ", maxPeriod ", octets.be16_at(8)?, ", maxTime ", octets.be16_at(10)?);
    put!(cx, ", maxHdr ", octets.be16_at(12)?);
    let suboptions = option.length - HEADER_COMPRESSION_LENGTH;
    if suboptions == 0 {
        return Ok(Value::Printed);
    }
    put!(cx, "\n\t      Suboptions, length ", suboptions);
    put_suboptions(cx, octets, suboptions)
}

fn put_suboptions(cx: &mut Context, octets: &Cursor, mut remaining: u32) -> Outcome<Value> {
    let mut offset = HEADER_COMPRESSION_LENGTH as usize;
    while remaining >= 2 {
        let rest = octets.skip(offset);
        if !rest.has(2) {
            return Ok(Value::Truncated);
        }
        let (kind, length) = (rest.u8_at(0)?, u32::from(rest.u8_at(1)?));
        if kind == 0 || length == 0 {
            break;
        }
        let name = lookup(SUBOPTIONS, kind).unwrap_or("Unknown");
        put!(cx, "\n\t\t", name, " Suboption #", kind, ", length ", length);
        if remaining < length {
            put!(cx, " [remaining suboptions length ", remaining, " < ", length, "]");
            cx.invalid()?;
            break;
        }
        remaining -= length;
        offset += length as usize;
    }
    Ok(Value::PrintedAhead(offset))
}

fn put_value_ipv6(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    if option.kind != INTERFACE_IDENTIFIER {
        return Ok(Value::Unknown);
    }
    if option.length != 10 {
        put_wrong_length(cx, "=", 10);
        return Ok(Value::Skipped);
    }
    if !option.octets.has(10) {
        return Ok(Value::Truncated);
    }
    put!(cx, ": ", Hex0(option.octets.be16_at(2)?, 4));
    for offset in [4, 6, 8] {
        put!(cx, ":", Hex0(option.octets.be16_at(offset)?, 4));
    }
    Ok(Value::Printed)
}
