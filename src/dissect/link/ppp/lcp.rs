//! Options of the Link Control Protocol (RFC 1661 section 6, RFC 1570, RFC 1990).

use super::options::{ConfigurationOption, Family, Unnamed, Value, put_wrong_length};
use super::{NAMES, protocol};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::oui;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// The options of LCP.
pub const OPTIONS: Family = Family {
    truncated: "[|lcp]",
    name: |kind| KINDS.get(usize::from(kind)).copied(),
    unnamed: Unnamed::Alone("\n\tunknown LCP option 0x"),
    value: put_value,
    dumps_whole_only: false,
};

const VENDOR: u8 = 0;
const MAXIMUM_RECEIVE_UNIT: u8 = 1;
const CHARACTER_MAP: u8 = 2;
const AUTHENTICATION: u8 = 3;
const QUALITY: u8 = 4;
const MAGIC_NUMBER: u8 = 5;
const PROTOCOL_COMPRESSION: u8 = 7;
const ADDRESS_COMPRESSION: u8 = 8;
const CALLBACK: u8 = 13;
const MULTILINK_RECEIVE_UNIT: u8 = 17;
const ENDPOINT: u8 = 19;
const LINK_DISCRIMINATOR: u8 = 23;
/// Names by number.
const KINDS: [&str; 31] = [
    "Vend-Ext",
    "MRU",
    "ACCM",
    "Auth-Prot",
    "Qual-Prot",
    "Magic-Num",
    "deprecated(6)",
    "PFC",
    "ACFC",
    "FCS-Alt",
    "SDP",
    "Num-Mode",
    "deprecated(12)",
    "Call-Back",
    "deprecated(14)",
    "deprecated(15)",
    "deprecated(16)",
    "MRRU",
    "12-Bit seq #",
    "End-Disc",
    "Proprietary",
    "DCE-Id",
    "MP+",
    "Link-Disc",
    "LCP-Auth-Opt",
    "COBS",
    "Prefix-elision",
    "Multilink-header-Form",
    "I18N",
    "SDL-over-SONET/SDH",
    "PPP-Muxing",
];

const ALGORITHMS: &[Name] = &[(5, "MD5"), (128, "MS-CHAPv1"), (129, "MS-CHAPv2")];
const CALLBACKS: &[Name] =
    &[(0, "UserAuth"), (1, "DialString"), (2, "LocalID"), (3, "E.164"), (4, "X.500"), (6, "CBCP")];

/// Classes of endpoints (RFC 1990 section 5.1.3).
const CLASS_IPV4: u8 = 2;
const CLASS_MAC: u8 = 3;

/// The lengths that options must have: exactly, or at least. The flag says whether another option may
/// follow one of a wrong length.
const EXACT_LENGTHS: &[(u8, u32, bool)] = &[
    (MAXIMUM_RECEIVE_UNIT, 4, true),
    (CHARACTER_MAP, 6, true),
    (MAGIC_NUMBER, 6, false),
    (LINK_DISCRIMINATOR, 4, false),
    (MULTILINK_RECEIVE_UNIT, 4, false),
];
const LEAST_LENGTHS: &[(u8, u32, bool)] =
    &[(VENDOR, 6, true), (AUTHENTICATION, 4, true), (QUALITY, 4, false), (CALLBACK, 3, false), (ENDPOINT, 3, false)];

fn put_value(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    let of_kind = |(kind, ..): &&(u8, u32, bool)| *kind == option.kind;
    let exact = EXACT_LENGTHS.iter().find(of_kind).filter(|(_, length, _)| option.length != *length);
    let least = LEAST_LENGTHS.iter().find(of_kind).filter(|(_, length, _)| option.length < *length);
    for (relation, broken) in [("=", exact), (">=", least)] {
        if let Some(&(_, length, may_follow)) = broken {
            put_wrong_length(cx, relation, length);
            return Ok(if may_follow { Value::Skipped } else { Value::Bad });
        }
    }
    let octets = &option.octets;
    match option.kind {
        VENDOR => {
            let vendor = octets.be24_at(2)?;
            put!(cx, ": Vendor: ", lookup(oui::NAMES, vendor).unwrap_or("Unknown"), " (", vendor, ")");
        }
        MAXIMUM_RECEIVE_UNIT | MULTILINK_RECEIVE_UNIT => put!(cx, ": ", octets.be16_at(2)?),
        CHARACTER_MAP | MAGIC_NUMBER => put!(cx, ": 0x", Hex0(octets.be32_at(2)?, 8)),
        LINK_DISCRIMINATOR => put!(cx, ": 0x", Hex0(octets.be16_at(2)?, 4)),
        AUTHENTICATION => put_authentication(cx, option)?,
        QUALITY => put!(cx, if octets.be16_at(2)? == protocol::LQM { ": LQR" } else { ": unknown" }),
        PROTOCOL_COMPRESSION | ADDRESS_COMPRESSION => {}
        CALLBACK => {
            let operation = octets.u8_at(2)?;
            let name = lookup(CALLBACKS, operation).unwrap_or("Unknown");
            put!(cx, ": Callback Operation ", name, " (", operation, ")");
        }
        ENDPOINT => return put_endpoint(cx, option),
        _ => return Ok(Value::Unknown),
    }
    Ok(Value::Printed)
}

fn put_authentication(cx: &mut Context, option: &ConfigurationOption) -> Outcome {
    let protocol = option.octets.be16_at(2)?;
    // tcpdump does not print the number of a protocol it has no name for.
    put!(cx, ": ", lookup(NAMES, protocol).unwrap_or("Unknown Auth Proto (0x04x)"));
    match protocol {
        protocol::CHAP => {
            let algorithm = option.octets.u8_at(4)?;
            match lookup(ALGORITHMS, algorithm) {
                Some(name) => put!(cx, ", ", name),
                None => put!(cx, ", Unknown Auth Alg ", algorithm),
            }
        }
        protocol::PAP | protocol::EAP | protocol::SPAP | protocol::OLD_SPAP => {}
        _ => put_hex_lines(cx, "\n\t", &option.octets, option.length),
    }
    Ok(())
}

fn put_endpoint(cx: &mut Context, option: &ConfigurationOption) -> Outcome<Value> {
    let class = option.octets.u8_at(2)?;
    match class {
        CLASS_IPV4 if option.length != 7 => {
            put_wrong_length(cx, "=", 7);
            return Ok(Value::Bad);
        }
        CLASS_MAC if option.length != 9 => {
            put_wrong_length(cx, "=", 9);
            return Ok(Value::Bad);
        }
        CLASS_IPV4 => {
            option.octets.need(7)?;
            put!(cx, ": IPv4 ");
            cx.ipv4_at(&option.octets, 3)?;
        }
        CLASS_MAC => {
            let address = Mac(option.octets.array_at(3)?);
            put!(cx, ": MAC ");
            cx.mac(address);
        }
        0 => put!(cx, ": Null"),
        1 => put!(cx, ": Local"),
        4 => put!(cx, ": Magic-Num-Block"),
        5 => put!(cx, ": PSNDN"),
        _ => put!(cx, ": Unknown class ", class),
    }
    Ok(Value::Printed)
}
