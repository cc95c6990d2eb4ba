//! Shortest Path Bridging (IEEE 802.1aq; RFC 6329): what a port and a bridge can do.

use super::super::Dissected;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const CONFIGURATION: u8 = 4;
const DIGEST: u8 = 5;
const BASE_VLANS: u8 = 6;
const PORT_VALUES: &[Name] =
    &[(CONFIGURATION as u32, "SPB MCID"), (DIGEST as u32, "SPB Digest"), (BASE_VLANS as u32, "SPB BVID")];

const INSTANCE: u8 = 1;
const SERVICES: u8 = 3;
const BRIDGE_VALUES: &[Name] =
    &[(INSTANCE as u32, "SPB Instance"), (SERVICES as u32, "SPBM Service Identifier and Unicast Address")];

/// A configuration's identifier: format, name, revision level and digest.
const IDENTIFIER_LENGTH: usize = 51;
const IDENTIFIER_NAME_LENGTH: usize = 32;
const DIGEST_LENGTH: u8 = 33;
const INSTANCE_LENGTH: u8 = 19;
const TREE_LENGTH: usize = 8;
const SERVICES_LENGTH: u8 = 8;
const SERVICE_LENGTH: usize = 4;

/// What to make of the values that follow one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Whole,
    TooShort,
    Cut,
}

/// Prints what a port can do (TLV 143).
pub(super) fn print_port(cx: &mut Context, mut value: Cursor) -> Dissected {
    let topology = value.be16()?;
    put!(cx, "\n\t       RES: ", topology >> 12, ", MTID(s): ", topology & 0x0fff);
    put_values(cx, value, "\n\t       ", PORT_VALUES, |cx, kind, value| match kind {
        CONFIGURATION => put_configuration(cx, value),
        DIGEST => put_digest(cx, value),
        BASE_VLANS => put_base_vlans(cx, value),
        _ => Ok(Found::Whole),
    })
}

/// Prints what a bridge can do (TLV 144).
pub(super) fn print_bridge(cx: &mut Context, mut value: Cursor) -> Dissected {
    let topology = value.be16()?;
    put!(cx, "\n\t      O: ", topology >> 15, ", RES: ", topology >> 12 & 7, ", MTID(s): ", topology & 0x0fff);
    put_values(cx, value, "\n\t      ", BRIDGE_VALUES, |cx, kind, value| match kind {
        INSTANCE => put_instance(cx, value),
        SERVICES => put_services(cx, value),
        _ => Ok(Found::Whole),
    })
}

/// Values of a type and a length each, to the first that is wrong.
fn put_values(
    cx: &mut Context,
    mut rest: Cursor,
    indent: &str,
    names: &[Name],
    put_value: fn(&mut Context, u8, Cursor) -> Dissected<Found>,
) -> Dissected {
    while rest.length() > 2 {
        let (kind, length) = (rest.u8()?, rest.u8()?);
        put!(cx, indent, name_or(names, kind, "unknown"), " subTLV #", kind, ", length: ", length);
        if rest.length() < length.into() {
            put!(cx, " (> containing TLV length)");
            return Ok(());
        }
        let found = if rest.has(length.into()) { put_value(cx, kind, rest.limit(length.into()))? } else { Found::Cut };
        match found {
            Found::Whole => rest = rest.skip(length.into()),
            Found::TooShort => {
                put!(cx, " (too short)");
                return Ok(());
            }
            Found::Cut => {
                cx.truncated();
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The identifier of the tree configuration, and that of the one before.
fn put_configuration(cx: &mut Context, value: Cursor) -> Dissected<Found> {
    if (value.length() as usize) < 2 * IDENTIFIER_LENGTH {
        return Ok(Found::TooShort);
    }
    put!(cx, "\n\t         MCID: ");
    put_identifier(cx, &value)?;
    put!(cx, "\n\t         AUX-MCID: ");
    put_identifier(cx, &value.skip(IDENTIFIER_LENGTH))?;
    Ok(Found::Whole)
}

fn put_identifier(cx: &mut Context, value: &Cursor) -> Dissected {
    put!(cx, "ID: ", value.u8_at(0)?, ", Name: ");
    cx.escaped_padded_field(&value.skip(1), IDENTIFIER_NAME_LENGTH)?;
    put!(cx, "\n\t              Lvl: ", value.be16_at(33)?, ", Digest: ");
    for octet in value.array_at::<16>(35)? {
        put!(cx, Hex0(octet, 2), " ");
    }
    Ok(())
}

fn put_digest(cx: &mut Context, mut value: Cursor) -> Dissected<Found> {
    if value.length() < DIGEST_LENGTH.into() {
        return Ok(Found::TooShort);
    }
    let flags = value.u8()?;
    put!(cx, "\n\t        RES: ", flags >> 5, " V: ", flags >> 4 & 1, " A: ", flags >> 2 & 3, " D: ", flags & 3);
    put!(cx, "\n\t         Digest: ");
    for word in 1..=8 {
        put!(cx, Hex0(value.be32()?, 8), " ", if word == 4 { "\n\t                 " } else { "" });
    }
    Ok(Found::Whole)
}

/// Which VLAN uses which algorithm for its trees.
fn put_base_vlans(cx: &mut Context, mut value: Cursor) -> Dissected<Found> {
    while value.length() > 0 {
        if value.length() < 4 {
            return Ok(Found::TooShort);
        }
        put!(cx, "\n\t           ECT: ", Hex0(value.be32()?, 8));
        if value.length() < 2 {
            return Ok(Found::TooShort);
        }
        let vlan = value.be16()?;
        put!(cx, " BVID: ", vlan >> 4, ", U:", Hex(vlan >> 3 & 1), " M:", Hex(vlan >> 2 & 1), " ");
    }
    Ok(Found::Whole)
}

fn put_instance(cx: &mut Context, mut value: Cursor) -> Dissected<Found> {
    if value.length() < INSTANCE_LENGTH.into() {
        return Ok(Found::TooShort);
    }
    put!(cx, "\n\t        CIST Root-ID: ", Hex0(value.be32()?, 8), " ", Hex0(value.be32()?, 8));
    put!(cx, ", Path Cost: ", Hex0(value.be32()?, 8), ", Prio: ", value.be16()?);
    let source = value.be32()?;
    put!(cx, "\n\t        RES: ", source >> 21, ", V: ", source >> 20 & 1, ", SPSource-ID: ", source & 0xf_ffff);
    let trees = value.u8()?;
    put!(cx, ", No of Trees: ", Hex(trees));
    for _ in 0..trees {
        if (value.length() as usize) < TREE_LENGTH {
            return Ok(Found::Cut);
        }
        let (flags, algorithm, vlans) = (value.u8()?, value.be32()?, value.be24()?);
        put!(cx, "\n\t         U:", flags >> 7, ", M:", flags >> 6 & 1, ", A:", flags >> 5 & 1, ", RES:", flags & 0x1f);
        put!(cx, ", ECT: ", Hex0(algorithm, 8), ", BVID: ", vlans >> 12, ", SPVID: ", vlans & 0xfff);
    }
    Ok(Found::Whole)
}

/// A bridge's address, and the services it offers.
fn put_services(cx: &mut Context, mut value: Cursor) -> Dissected<Found> {
    if value.length() < SERVICES_LENGTH.into() {
        return Ok(Found::Cut);
    }
    put!(cx, "\n\t        BMAC: ", Hex0(value.be32()?, 8), Hex0(value.be16()?, 4));
    let vlan = value.be16()?;
    put!(cx, ", RES: ", vlan >> 12, ", VID: ", vlan & 0x0fff);
    while value.length() as usize >= SERVICE_LENGTH {
        let service = value.be32()?;
        put!(cx, "\n\t        T: ", service >> 31, ", R: ", service >> 30 & 1, ", RES: ", service >> 24 & 0x3f);
        put!(cx, ", ISID: ", service & 0xff_ffff);
    }
    Ok(Found::Whole)
}
