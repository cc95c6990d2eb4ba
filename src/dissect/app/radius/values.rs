//! The values of RADIUS's attributes.

use super::attributes::Kind;
use super::locations;
use super::names::{self, Values};
use super::times::{put_calendar_time, put_duration};
use crate::dissect::address::{IpAddress, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::enterprise;
use crate::dissect::link::eap;
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex0;
use crate::put;

/// The largest octet in front of a text that is a tunnel's tag (RFC 2868 section 3.1).
const TAG_MAX: u8 = 0x1f;
const USER_SELECTED: u32 = 0xffff_ffff;
const SERVER_SELECTED: u32 = 0xffff_fffe;
const PREFIX_LENGTH_MAX: u32 = 128;

/// Prints a value, which is not empty.
pub(super) fn print(cx: &mut Context, kind: &Kind, mut value: Cursor) -> Outcome {
    if let Some((bound, operator)) = broken_bound(kind, value.length()) {
        return cx.invalid_because("length", value.length(), operator, bound);
    }
    match kind {
        Kind::Unknown => Ok(()),
        Kind::Text => put_text(cx, value),
        Kind::TaggedText | Kind::TunnelPassword | Kind::VlanName => put_labelled_text(cx, kind, value),
        Kind::Eap => eap::print(cx, value),
        Kind::Named(values) => {
            put_named(cx, values, value.be32()?);
            Ok(())
        }
        Kind::TaggedNamed(values) => {
            put_tag(cx, value.u8()?);
            put_named(cx, values, value.be24()?);
            Ok(())
        }
        Kind::Number
        | Kind::NumberOr(..)
        | Kind::TaggedNumber
        | Kind::VlanId
        | Kind::Duration
        | Kind::Time
        | Kind::ErrorCause => put_number(cx, kind, value),
        Kind::Vendor => print_vendor(cx, value),
        Kind::Address | Kind::SelectableAddress => put_address(cx, kind, value),
        Kind::Address6 => cx.ipv6_at(&value, 0),
        Kind::Prefix6 => put_prefix(cx, value),
        Kind::HomeLinkPrefix => put_home_link_prefix(cx, value),
        Kind::OperatorName => locations::print_operator(cx, value),
        Kind::LocationInformation => locations::print_information(cx, value),
        Kind::LocationData => locations::print_data(cx, value),
        Kind::LocationRules => locations::print_rules(cx, value),
        Kind::MobilityFeatures => put_mobility_features(cx, value),
        Kind::ArapPassword => {
            put!(cx, "User_challenge (");
            put_hex_caps(cx, &mut value, 8)?;
            put!(cx, ") User_resp(");
            put_hex_caps(cx, &mut value, 8)?;
            put!(cx, ")");
            Ok(())
        }
        Kind::ArapFeatures => print_arap_features(cx, value),
        Kind::ArapResponse => put_hex_caps(cx, &mut value, 8),
    }
}

/// The bound that a value's length breaks, and how.
fn broken_bound(kind: &Kind, length: u32) -> Option<(u32, &'static str)> {
    let (shortest, longest) = match kind {
        Kind::Named(_)
        | Kind::TaggedNamed(_)
        | Kind::Number
        | Kind::NumberOr(..)
        | Kind::TaggedNumber
        | Kind::VlanId
        | Kind::Duration
        | Kind::Time
        | Kind::ErrorCause
        | Kind::Address
        | Kind::SelectableAddress
        | Kind::Vendor => (4, 4),
        Kind::MobilityFeatures | Kind::ArapResponse => (8, 8),
        Kind::ArapFeatures => (14, 14),
        Kind::Address6 | Kind::ArapPassword => (16, 16),
        Kind::HomeLinkPrefix => (17, 17),
        Kind::Prefix6 => (2, 18),
        Kind::OperatorName => (2, u32::MAX),
        Kind::TunnelPassword | Kind::LocationData => (3, u32::MAX),
        Kind::LocationRules => (10, u32::MAX),
        Kind::LocationInformation => (21, u32::MAX),
        Kind::Unknown | Kind::Text | Kind::TaggedText | Kind::VlanName | Kind::Eap => return None,
    };
    // A vendor's number may have anything behind it.
    if matches!(kind, Kind::Vendor) {
        return (length < shortest).then_some((shortest, "<"));
    }
    if shortest == longest {
        return (length != shortest).then_some((shortest, "!="));
    }
    if length < shortest {
        return Some((shortest, "<"));
    }
    (length > longest).then_some((longest, ">"))
}

/// A text up to its end or the first NUL; what is not printable becomes a dot.
fn put_text(cx: &mut Context, text: Cursor) -> Outcome {
    let octets = text.limit(text.length()).captured();
    let end = octets.iter().position(|octet| *octet == 0);
    put_printable(cx, octets.get(..end.unwrap_or(octets.len())).unwrap_or_default());
    if end.is_none() { text.need(text.length() as usize) } else { Ok(()) }
}

fn put_printable(cx: &mut Context, octets: &[u8]) {
    cx.out.extend(octets.iter().map(|octet| if matches!(octet, b' '..=b'~') { *octet } else { b'.' }));
}

/// A text behind a tag, a salt or a letter.
fn put_labelled_text(cx: &mut Context, kind: &Kind, mut value: Cursor) -> Outcome {
    let first = value.u8_at(0)?;
    match kind {
        Kind::TaggedText if first > TAG_MAX => return put_text(cx, value),
        Kind::TaggedText => put_tag(cx, first),
        Kind::VlanName => put_tagging(cx, first),
        _ => put_tag(cx, if first > TAG_MAX { 0 } else { first }),
    }
    value = value.skip(1);
    if matches!(kind, Kind::TunnelPassword) {
        put!(cx, "Salt ", value.be16()?, " ");
    }
    put_text(cx, value)
}

fn put_tag(cx: &mut Context, tag: u8) {
    match tag {
        0 => put!(cx, "Tag[Unused] "),
        tag => put!(cx, "Tag[", tag, "] "),
    }
}

fn put_tagging(cx: &mut Context, tagging: u8) {
    put!(cx, lookup(names::VLAN_TAGGING, tagging).unwrap_or("Unknown tag"), " (0x", Hex0(tagging, 2), ") ");
}

fn put_named(cx: &mut Context, values: &Values, value: u32) {
    match values.name(value) {
        Some(name) => put!(cx, name),
        None => put!(cx, "#", value),
    }
}

fn put_number(cx: &mut Context, kind: &Kind, mut value: Cursor) -> Outcome {
    match kind {
        Kind::TaggedNumber => {
            put_tag(cx, value.u8()?);
            put!(cx, value.be24()?);
        }
        Kind::VlanId => {
            put_tagging(cx, value.u8()?);
            put!(cx, value.be24()?);
        }
        Kind::Duration => put_duration(cx, value.be32()?),
        Kind::Time => put_calendar_time(cx, value.be32()?),
        Kind::ErrorCause => {
            let cause = value.be32()?;
            put!(cx, "Error cause ", cause, ": ");
            match lookup(names::ERROR_CAUSES, cause) {
                Some(name) => put!(cx, name),
                None => put!(cx, "Error-Cause ", cause, " not known"),
            }
        }
        Kind::NumberOr(special, meaning) if value.be32_at(0)? == *special => put!(cx, meaning),
        _ => put!(cx, value.be32()?),
    }
    Ok(())
}

/// RFC 2865 section 5.26: the vendor, and attributes of its own if they look like it.
fn print_vendor(cx: &mut Context, mut value: Cursor) -> Outcome {
    let vendor = value.be32()?;
    put!(cx, "Vendor: ", lookup(enterprise::NAMES, vendor).unwrap_or("Unknown"), " (", vendor, ")");
    while value.length() >= 2 {
        let (kind, length) = (value.u8_at(0)?, u32::from(value.u8_at(1)?));
        put!(cx, "\n\t    Vendor Attribute: ", kind, ", length: ", length);
        if length < 2 {
            return cx.invalid_because("length", length, "<", 2);
        }
        if length > value.length() {
            return cx.invalid_because("length", length, ">", value.length());
        }
        put!(cx, ", value: ");
        let attribute = value.limit(length).skip(2);
        put_printable(cx, attribute.captured());
        value.need(length as usize)?;
        value = value.skip(length as usize);
    }
    Ok(())
}

fn put_address(cx: &mut Context, kind: &Kind, value: Cursor) -> Outcome {
    let number = value.be32_at(0)?;
    if matches!(kind, Kind::SelectableAddress) && number == USER_SELECTED {
        put!(cx, "User Selected");
    } else if matches!(kind, Kind::SelectableAddress) && number == SERVER_SELECTED {
        put!(cx, "NAS Select");
    } else {
        cx.ipv4_at(&value, 0)?;
    }
    Ok(())
}

/// RFC 3162 section 2.3: a reserved octet, the prefix's length, and as much of it as is not zero.
fn put_prefix(cx: &mut Context, mut value: Cursor) -> Outcome {
    let reserved = value.u8()?;
    if reserved != 0 {
        put!(cx, "[reserved-MBZ ", reserved, "] ");
    }
    let prefix_length = u32::from(value.u8()?);
    if prefix_length > PREFIX_LENGTH_MAX {
        return cx.invalid_because("prefix length", prefix_length, ">", PREFIX_LENGTH_MAX);
    }
    let length = value.length();
    let mut address = [0; 16];
    for (slot, octet) in address.iter_mut().zip(value.bytes(length as usize)?) {
        *slot = *octet;
    }
    cx.host(IpAddress::V6(Ipv6(address)));
    put!(cx, "/", prefix_length);
    if prefix_length > length * 8 {
        return cx.invalid_because("inconsistent prefix length", prefix_length, ">", length * 8);
    }
    Ok(())
}

fn put_home_link_prefix(cx: &mut Context, value: Cursor) -> Outcome {
    let prefix_length = value.u8_at(0)?;
    if u32::from(prefix_length) > PREFIX_LENGTH_MAX {
        return cx.invalid_because("prefix length", prefix_length.into(), ">", PREFIX_LENGTH_MAX);
    }
    cx.ipv6_at(&value, 1)?;
    put!(cx, "/", prefix_length);
    Ok(())
}

fn put_mobility_features(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, "[");
    let features = value.be64_at(0)?;
    let mut separator = "";
    for (bit, name) in names::MOBILITY_FEATURES {
        if features >> bit & 1 == 1 {
            put!(cx, separator, name);
            separator = ", ";
        }
    }
    put!(cx, "]");
    Ok(())
}

/// RFC 2869 section 5.5.
fn print_arap_features(cx: &mut Context, mut value: Cursor) -> Outcome {
    let may_change = value.u8()? != 0;
    put!(cx, if may_change { "User can change password" } else { "User cannot change password" });
    put!(cx, ", Min password length: ", value.u8()?);
    for label in [", created at: ", ", expires in: ", ", Current Time: "] {
        put!(cx, label);
        put_hex_caps(cx, &mut value, 4)?;
    }
    Ok(())
}

fn put_hex_caps(cx: &mut Context, value: &mut Cursor, count: usize) -> Outcome {
    for _ in 0..count {
        let octet = value.u8()?;
        for digit in [octet >> 4, octet & 0xf] {
            cx.out.push(if digit < 10 { b'0' + digit } else { b'A' + digit - 10 });
        }
    }
    Ok(())
}
