//! Options of the Compression Control Protocol (RFC 1962, RFC 1977, RFC 1975, RFC 1979) and of the
//! Bandwidth Allocation Control Protocol (RFC 2125).

use super::options::{ConfigurationOption, Family, Unnamed, Value, put_wrong_length};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

/// The options of CCP.
pub const OPTIONS: Family = Family {
    truncated: "[|ccp]",
    name: |kind| lookup(KINDS, kind),
    unnamed: Unnamed::Word("Unknown"),
    value: put_value,
    dumps_whole_only: false,
};

/// The options of BACP.
pub const OPTIONS_BACP: Family = Family {
    truncated: "[|bacp]",
    name: |kind| lookup(KINDS_BACP, kind),
    unnamed: Unnamed::Word("Unknown"),
    value: put_value_bacp,
    dumps_whole_only: false,
};

const BSD_COMPRESS: u8 = 21;
const MAGNALINK: u8 = 24;
const DEFLATE: u8 = 26;
const KINDS: &[Name] = &[
    (0, "OUI"),
    (1, "Pred-1"),
    (2, "Pred-2"),
    (3, "Puddle"),
    (16, "HP-PPC"),
    (17, "Stac-LZS"),
    (18, "MPPC"),
    (19, "Gand-FZA"),
    (20, "V.42bis"),
    (BSD_COMPRESS as u32, "BSD-Comp"),
    (23, "LZS-DCP"),
    (MAGNALINK as u32, "MVRCA"),
    (25, "DEC"),
    (DEFLATE as u32, "Deflate"),
    (255, "Reserved"),
];
const FAVORED_PEER: u8 = 1;
const KINDS_BACP: &[Name] = &[(FAVORED_PEER as u32, "Favored-Peer")];

/// RFC 1979 section 2.1.
const METHOD_ZLIB: u8 = 8;

fn put_value(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    let least = match option.kind {
        BSD_COMPRESS => 3,
        MAGNALINK | DEFLATE => 4,
        _ => return Ok(Value::Unknown),
    };
    if option.length < least {
        put_wrong_length(cx, ">=", least);
        return Ok(Value::Skipped);
    }
    let first = option.octets.u8_at(2)?;
    if option.kind == BSD_COMPRESS {
        put!(cx, ": Version: ", first >> 5, ", Dictionary Bits: ", first & 0x1f);
        return Ok(Value::Printed);
    }
    let second = option.octets.u8_at(3)?;
    if option.kind == MAGNALINK {
        let packet_by_packet = if first & 0x20 != 0 { "Enabled" } else { "Disabled" };
        put!(cx, ": Features: ", first >> 6, ", PxP: ", packet_by_packet);
        put!(cx, ", History: ", first & 0x1f, ", #CTX-ID: ", second);
    } else {
        let method = first & 0x0f;
        let name = if method == METHOD_ZLIB { "zlib" } else { "unknown" };
        put!(cx, ": Window: ", first >> 4, "K, Method: ", name, " (0x", Hex(method), ")");
        put!(cx, ", MBZ: ", second >> 2, ", CHK: ", second & 0x03);
    }
    Ok(Value::Printed)
}

fn put_value_bacp(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    if option.kind != FAVORED_PEER {
        return Ok(Value::Unknown);
    }
    if option.length != 6 {
        put_wrong_length(cx, "=", 6);
        return Ok(Value::Skipped);
    }
    put!(cx, ": Magic-Num 0x", Hex0(option.octets.be32_at(2)?, 8));
    Ok(Value::Printed)
}
