//! The parameters of messages (RFC 5036 section 3.4).

use super::{CONTINUE_IF_UNKNOWN, fec, put_label_space, status};
use crate::dissect::address::IpAddress;
use crate::dissect::address_family;
use crate::dissect::app::prefix::Version;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 4;
/// Set in a type: who does not know it is to forward it.
const FORWARD_IF_UNKNOWN: u16 = 0x4000;

const FEC: u16 = 0x0100;
const ADDRESS_LIST: u16 = 0x0101;
const HOP_COUNT: u16 = 0x0103;
const PATH_VECTOR: u16 = 0x0104;
const GENERIC_LABEL: u16 = 0x0200;
const STATUS: u16 = 0x0300;
const COMMON_HELLO: u16 = 0x0400;
const IPV4_TRANSPORT: u16 = 0x0401;
const CONFIGURATION_SEQUENCE: u16 = 0x0402;
const IPV6_TRANSPORT: u16 = 0x0403;
const COMMON_SESSION: u16 = 0x0500;
const FAULT_TOLERANT_SESSION: u16 = 0x0503;
const TYPED_WILDCARD_FEC: u16 = 0x050b;
const MTU: u16 = 0x0601;
const DUAL_STACK: u16 = 0x0701;
const TLVS: &[Name] = &[
    (FEC as u32, "FEC"),
    (ADDRESS_LIST as u32, "Address List"),
    (HOP_COUNT as u32, "Hop Count"),
    (PATH_VECTOR as u32, "Path Vector"),
    (GENERIC_LABEL as u32, "Generic Label"),
    (0x0201, "ATM Label"),
    (0x0202, "Frame-Relay Label"),
    (STATUS as u32, "Status"),
    (0x0301, "Extended Status"),
    (0x0302, "Returned PDU"),
    (0x0303, "Returned Message"),
    (COMMON_HELLO as u32, "Common Hello Parameters"),
    (IPV4_TRANSPORT as u32, "IPv4 Transport Address"),
    (CONFIGURATION_SEQUENCE as u32, "Configuration Sequence Number"),
    (IPV6_TRANSPORT as u32, "IPv6 Transport Address"),
    (COMMON_SESSION as u32, "Common Session Parameters"),
    (0x0501, "ATM Session Parameters"),
    (0x0502, "Frame-Relay Session Parameters"),
    (FAULT_TOLERANT_SESSION as u32, "Fault-Tolerant Session Parameters"),
    (TYPED_WILDCARD_FEC as u32, "Typed Wildcard FEC Capability"),
    (0x0600, "Label Request Message ID"),
    (MTU as u32, "MTU"),
    (DUAL_STACK as u32, "Dual-Stack Capability"),
];

/// RFC 7552 section 6.1.1.
const TRANSPORTS: &[Name] = &[(0x40, "IPv4"), (0x60, "IPv6")];

const TARGETED_HELLO: u16 = 0x8000;
const REQUEST_TARGETED_HELLOS: u16 = 0x4000;
const DOWNSTREAM_ON_DEMAND: u16 = 0x8000;
const LOOP_DETECTION: u16 = 0x4000;

/// Prints the parameters of a message as far as they fit in it.
pub fn print_all(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() >= HEADER_LENGTH {
        let (kind, length) = (rest.be16_at(0)?, rest.be16_at(2)?);
        if u32::from(length) + HEADER_LENGTH > rest.length() {
            put!(cx, "\n\t\t TLV contents go past end of message");
            return Ok(());
        }
        print(cx, kind, rest.skip(HEADER_LENGTH as usize).with_length(length.into()))?;
        rest = rest.skip((u32::from(length) + HEADER_LENGTH) as usize);
    }
    Ok(())
}

fn print(cx: &mut Context, kind: u16, value: Cursor) -> Outcome {
    let action = if kind & CONTINUE_IF_UNKNOWN != 0 { "continue processing" } else { "ignore" };
    let forward = if kind & FORWARD_IF_UNKNOWN != 0 { "do" } else { "don't" };
    let kind = kind & !(CONTINUE_IF_UNKNOWN | FORWARD_IF_UNKNOWN);
    put!(cx, "\n\t    ", lookup(TLVS, kind).unwrap_or("Unknown"), " TLV (0x", Hex0(kind, 4), "), length: ");
    put!(cx, value.length(), ", Flags: [", action, " and ", forward, " forward if unknown]");
    let least = match kind {
        FEC | HOP_COUNT | TYPED_WILDCARD_FEC => 1,
        ADDRESS_LIST | MTU => 2,
        COMMON_HELLO | IPV4_TRANSPORT | CONFIGURATION_SEQUENCE | PATH_VECTOR | GENERIC_LABEL | DUAL_STACK => 4,
        STATUS => 10,
        FAULT_TOLERANT_SESSION => 12,
        COMMON_SESSION => 14,
        IPV6_TRANSPORT => 16,
        _ => 0,
    };
    if value.length() < least { too_short(cx, &value, least) } else { print_value(cx, kind, &value) }
}

/// A TLV, or what is left of it, lacks octets that it needs.
pub fn too_short(cx: &mut Context, rest: &Cursor, least: u32) -> Outcome {
    cx.invalid_because("tlv length", rest.length(), "<", least)
}

fn print_value(cx: &mut Context, kind: u16, value: &Cursor) -> Outcome {
    match kind {
        FEC => return fec::print(cx, value),
        ADDRESS_LIST => return put_addresses(cx, value),
        HOP_COUNT => put!(cx, "\n\t      Hop Count: ", value.u8_at(0)?),
        PATH_VECTOR => return put_path(cx, value),
        GENERIC_LABEL => put!(cx, "\n\t      Label: ", value.be32_at(0)? & 0xf_ffff),
        STATUS => return status::print(cx, value),
        COMMON_HELLO => return put_hello(cx, value),
        IPV4_TRANSPORT => return put_address(cx, "\n\t      IPv4 Transport Address: ", IpAddress::v4_at(value, 0)?),
        IPV6_TRANSPORT => return put_address(cx, "\n\t      IPv6 Transport Address: ", IpAddress::v6_at(value, 0)?),
        CONFIGURATION_SEQUENCE => put!(cx, "\n\t      Sequence Number: ", value.be32_at(0)?),
        COMMON_SESSION => return put_session(cx, value),
        FAULT_TOLERANT_SESSION => return status::print_fault_tolerance(cx, value),
        TYPED_WILDCARD_FEC => {
            put!(cx, "\n\t      ", if value.u8_at(0)? & 0x80 != 0 { "Support" } else { "No Support" });
        }
        MTU => put!(cx, "\n\t      MTU: ", value.be16_at(0)?),
        DUAL_STACK => {
            let transport = lookup(TRANSPORTS, value.u8_at(0)?).unwrap_or("Unknown");
            put!(cx, "\n\t      Transport Connection Preference: ", transport);
        }
        _ if cx.style.verbose <= 1 => put_hex_lines(cx, "\n\t      ", value, value.length()),
        _ => {}
    }
    Ok(())
}

fn put_address(cx: &mut Context, name: &str, address: IpAddress) -> Outcome {
    put!(cx, name);
    cx.host(address);
    Ok(())
}

/// Addresses of a router's interfaces.
fn put_addresses(cx: &mut Context, value: &Cursor) -> Outcome {
    let family = value.be16_at(0)?;
    match lookup(address_family::NAMES, family) {
        Some(name) => put!(cx, "\n\t      Address Family: ", name, ", addresses"),
        None => put!(cx, "\n\t      Address Family: Unknown (", family, "), addresses"),
    }
    let version = match family {
        address_family::IPV4 => Version::V4,
        address_family::IPV6 => Version::V6,
        _ => return Ok(()),
    };
    let length = version.bits() / 8;
    let mut rest = value.skip(2);
    while rest.length() as usize >= length {
        put_address(cx, " ", version.address_at(&rest, 0)?)?;
        rest = rest.skip(length);
    }
    Ok(())
}

/// The routers that a message went through.
fn put_path(cx: &mut Context, value: &Cursor) -> Outcome {
    let mut rest = *value;
    let mut separator = "\n\t      Path Vector: ";
    while rest.length() >= 4 {
        put_address(cx, separator, IpAddress::v4_at(&rest, 0)?)?;
        separator = ", ";
        rest = rest.skip(4);
    }
    Ok(())
}

fn put_hello(cx: &mut Context, value: &Cursor) -> Outcome {
    let (hold_time, flags) = (value.be16_at(0)?, value.be16_at(2)?);
    let kind = if flags & TARGETED_HELLO != 0 { "Targeted" } else { "Link" };
    let request = if flags & REQUEST_TARGETED_HELLOS != 0 { ", Request for targeted Hellos" } else { "" };
    put!(cx, "\n\t      Hold Time: ", hold_time, "s, Flags: [", kind, " Hello", request, "]");
    Ok(())
}

fn put_session(cx: &mut Context, value: &Cursor) -> Outcome {
    let (version, keepalive, flags) = (value.be16_at(0)?, value.be16_at(2)?, value.be16_at(4)?);
    let downstream = if flags & DOWNSTREAM_ON_DEMAND != 0 { "On Demand" } else { "Unsolicited" };
    let loop_detection = if flags & LOOP_DETECTION != 0 { "Enabled" } else { "Disabled" };
    put!(cx, "\n\t      Version: ", version, ", Keepalive: ", keepalive, "s, Flags: [Downstream ", downstream);
    put!(cx, ", Loop Detection ", loop_detection, "]");
    value.need(14)?;
    put!(cx, "\n\t      Path Vector Limit ", value.u8_at(5)?, ", Max-PDU length: ", value.be16_at(6)?);
    put!(cx, ", Receiver Label-Space-ID ");
    put_label_space(cx, value, 8)
}
