//! The stack of forwarding equivalence classes that is to be verified (RFC 4379 section 3.2).

use super::{TLV_HEADER_LENGTH, Value, too_short_tlv};
use crate::dissect::app::prefix::Version;
use crate::dissect::app::pseudowire;
use crate::dissect::app::route_distinguisher::{self, RouteDistinguisher};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const LDP_IPV4: u16 = 1;
const LDP_IPV6: u16 = 2;
const RSVP_IPV4: u16 = 3;
const RSVP_IPV6: u16 = 4;
const VPN_IPV4: u16 = 6;
const VPN_IPV6: u16 = 7;
const LAYER2_VPN_ENDPOINT: u16 = 8;
const PSEUDOWIRE_OLD: u16 = 9;
const PSEUDOWIRE: u16 = 10;
const BGP_IPV4: u16 = 12;
const BGP_IPV6: u16 = 13;
const ELEMENTS: &[Name] = &[
    (LDP_IPV4 as u32, "LDP IPv4 prefix"),
    (LDP_IPV6 as u32, "LDP IPv6 prefix"),
    (RSVP_IPV4 as u32, "RSVP IPv4 Session Query"),
    (RSVP_IPV6 as u32, "RSVP IPv6 Session Query"),
    (5, "Reserved"),
    (VPN_IPV4 as u32, "VPN IPv4 prefix"),
    (VPN_IPV6 as u32, "VPN IPv6 prefix"),
    (LAYER2_VPN_ENDPOINT as u32, "L2 VPN endpoint"),
    (PSEUDOWIRE_OLD as u32, "FEC 128 pseudowire (old)"),
    (PSEUDOWIRE as u32, "FEC 128 pseudowire"),
    (BGP_IPV4 as u32, "BGP labeled IPv4 prefix"),
    (BGP_IPV6 as u32, "BGP labeled IPv6 prefix"),
];

/// Prints the elements of the stack.
pub fn print(cx: &mut Context, mut rest: Cursor) -> Outcome<Value> {
    while rest.length() > 0 {
        if rest.length() < TLV_HEADER_LENGTH {
            return Ok(too_short_tlv(cx));
        }
        let (kind, length) = (rest.be16_at(0)?, u32::from(rest.be16_at(2)?));
        if rest.length() < TLV_HEADER_LENGTH + length {
            return Ok(too_short_tlv(cx));
        }
        let value = rest.skip(TLV_HEADER_LENGTH as usize).with_length(length);
        value.need(length as usize)?;
        put!(cx, "\n\t    ", lookup(ELEMENTS, kind).unwrap_or("Unknown"), " subTLV (", kind, "), length: ", length);
        let known = print_element(cx, kind, &value)?;
        if !known || cx.style.verbose > 1 {
            put_hex_lines(cx, "\n\t      ", &value, length);
        }
        let padded = length.next_multiple_of(4);
        let Some(left) = rest.length().checked_sub(TLV_HEADER_LENGTH + padded) else {
            put!(cx, "\n\t\t TLV is too short");
            return Ok(Value::Stop);
        };
        // tcpdump steps over the value only, and looks for the next element where this one's last octets are.
        rest = rest.skip(padded as usize).with_length(left);
    }
    Ok(Value::Printed)
}

/// Prints an element's fields, if it is known and has the length that it needs.
fn print_element(cx: &mut Context, kind: u16, value: &Cursor) -> Outcome<bool> {
    let needed = match kind {
        LDP_IPV4 | BGP_IPV4 => 5,
        LDP_IPV6 | BGP_IPV6 => 17,
        RSVP_IPV4 => 20,
        RSVP_IPV6 => 56,
        VPN_IPV4 => 13,
        VPN_IPV6 => 25,
        LAYER2_VPN_ENDPOINT | PSEUDOWIRE => 14,
        PSEUDOWIRE_OLD => 10,
        _ => return Ok(false),
    };
    if value.length() != needed {
        put!(cx, "\n\t      invalid subTLV length, should be ", needed);
        return Ok(false);
    }
    match kind {
        LDP_IPV4 | BGP_IPV4 => put_prefix(cx, Version::V4, value, 0)?,
        LDP_IPV6 | BGP_IPV6 => put_prefix(cx, Version::V6, value, 0)?,
        RSVP_IPV4 => put_session(cx, Version::V4, value)?,
        RSVP_IPV6 => put_session(cx, Version::V6, value)?,
        VPN_IPV4 => put_prefix(cx, Version::V4, value, route_distinguisher::LENGTH)?,
        VPN_IPV6 => put_prefix(cx, Version::V6, value, route_distinguisher::LENGTH)?,
        LAYER2_VPN_ENDPOINT => put_endpoint(cx, value)?,
        PSEUDOWIRE_OLD => {
            put!(cx, "\n\t      Remote PE: ");
            put_pseudowire(cx, value)?;
        }
        _ => {
            put!(cx, "\n\t      Sender PE: ");
            cx.ipv4_at(value, 0)?;
            put!(cx, ", Remote PE: ");
            put_pseudowire(cx, &value.skip(4))?;
        }
    }
    Ok(true)
}

/// A prefix, behind a route distinguisher if it starts at an offset.
fn put_prefix(cx: &mut Context, version: Version, value: &Cursor, offset: usize) -> Outcome {
    put!(cx, "\n\t      ");
    if offset > 0 {
        put!(cx, "RD: ", RouteDistinguisher::read(cx, value, 0)?, ", ");
    }
    cx.host(version.address_at(value, offset)?);
    put!(cx, "/", value.u8_at(offset + version.bits() / 8)?);
    Ok(())
}

/// An LSP that RSVP has set up.
fn put_session(cx: &mut Context, version: Version, value: &Cursor) -> Outcome {
    let address_length = version.bits() / 8;
    let tunnel = address_length + 2;
    let extended_tunnel = tunnel + 2;
    let sender = extended_tunnel + address_length;
    put!(cx, "\n\t      tunnel end-point ");
    cx.host(version.address_at(value, 0)?);
    put!(cx, ", tunnel sender ");
    cx.host(version.address_at(value, sender)?);
    put!(cx, ", lsp-id 0x", Hex0(value.be16_at(sender + address_length + 2)?, 4));
    put!(cx, "\n\t      tunnel-id 0x", Hex0(value.be16_at(tunnel)?, 4), ", extended tunnel-id ");
    cx.host(version.address_at(value, extended_tunnel)?);
    Ok(())
}

fn put_endpoint(cx: &mut Context, value: &Cursor) -> Outcome {
    put!(cx, "\n\t      RD: ", RouteDistinguisher::read(cx, value, 0)?);
    put!(cx, ", Sender VE ID: ", value.be16_at(8)?, ", Receiver VE ID: ", value.be16_at(10)?);
    let encapsulation = value.be16_at(12)?;
    let name = lookup(pseudowire::TYPES, encapsulation).unwrap_or("unknown");
    put!(cx, "\n\t      Encapsulation Type: ", name, " (", encapsulation, ")");
    Ok(())
}

/// The far end of a pseudowire, its number and type.
fn put_pseudowire(cx: &mut Context, value: &Cursor) -> Outcome {
    cx.ipv4_at(value, 0)?;
    let (number, kind) = (value.be32_at(4)?, value.be16_at(8)?);
    let name = lookup(pseudowire::TYPES, kind).unwrap_or("unknown");
    put!(cx, "\n\t      PW ID: 0x", Hex0(number, 8), ", PW Type: ", name, " (", kind, ")");
    Ok(())
}
