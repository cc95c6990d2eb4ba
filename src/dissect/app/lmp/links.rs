//! Links in LMP, and the data links of a traffic engineering link (RFC 4204 sections 13.2, 13.11 and 13.12).

use super::names::{DATA_LINK_FLAGS, SUBOBJECTS, TE_LINK_FLAGS};
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::gmpls::{ENCODINGS, SWITCHINGS, megabits};
use crate::dissect::named::{flags, name_or};
use crate::dissect::put::Hex0;
use crate::put;

/// Kinds of identifiers.
const IPV4: u8 = 1;
const IPV6: u8 = 2;

/// Octets of an identifier of this kind.
pub(super) fn width(kind: u8) -> usize {
    if kind == IPV6 { 16 } else { 4 }
}

/// An identifier behind `label`, its first octets as a number too.
pub(super) fn put_identifier(cx: &mut Context, label: &str, kind: u8, data: &Cursor, offset: usize) -> Outcome {
    let number = data.be32_at(offset)?;
    put!(cx, label);
    match kind {
        IPV4 => cx.ipv4_at(data, offset)?,
        IPV6 => cx.ipv6_at(data, offset)?,
        _ => put!(cx, number),
    }
    put!(cx, " (0x", Hex0(number, 8), ")");
    Ok(())
}

/// Prints a link's or an interface's identifier.
pub(super) fn put_link_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_identifier(cx, "\n\t    IPv4 Link ID: ", IPV4, &object.value, 0)?;
    Ok(Shown::Whole)
}

/// Prints the same for IPv6.
pub(super) fn put_link_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_identifier(cx, "\n\t    IPv6 Link ID: ", IPV6, &object.value, 0)?;
    Ok(Shown::Whole)
}

/// Prints a traffic engineering link.
pub(super) fn put_te_link(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, "\n\t    Flags: [", flags(TE_LINK_FLAGS, value.u8_at(0)?, "none"), "]");
    put_identifier(cx, "\n\t    Local Link-ID: ", object.kind, value, 4)?;
    put_identifier(cx, "\n\t    Remote Link-ID: ", object.kind, value, 4 + width(object.kind))?;
    Ok(Shown::Whole)
}

/// Prints a data link.
pub(super) fn put_data_link(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, "\n\t    Flags: [", flags(DATA_LINK_FLAGS, value.u8_at(0)?, "none"), "]");
    put_identifier(cx, "\n\t    Local Interface ID: ", object.kind, value, 4)?;
    put_identifier(cx, "\n\t    Remote Interface ID: ", object.kind, value, 4 + width(object.kind))?;
    put_parts(cx, value.skip(4 + 2 * width(object.kind)))
}

/// What is known of a data link.
fn put_parts(cx: &mut Context, mut rest: Cursor) -> Outcome<Shown> {
    while rest.length() > 0 {
        let [kind, length] = rest.array_at(0)?;
        put!(cx, "\n\t    Subobject, Type: ", name_or(SUBOBJECTS, kind, "Unknown"), " (", kind, ")");
        put!(cx, ", Length: ", length);
        let complaint = match length {
            0..=3 => " (too short)",
            _ if length % 4 != 0 => " (not a multiple of 4)",
            _ if u32::from(length) > rest.length() => " (goes past the end of the object)",
            _ => "",
        };
        put!(cx, complaint);
        if !complaint.is_empty() {
            break;
        }
        match kind {
            1 => put_switching(cx, &rest)?,
            2 => put!(cx, "\n\t      Wavelength: ", rest.be32_at(4)?),
            _ => return Ok(Shown::AsOctets),
        }
        rest = rest.skip(length.into());
    }
    Ok(Shown::Whole)
}

fn put_switching(cx: &mut Context, part: &Cursor) -> Outcome {
    let switching = part.u8_at(2)?;
    put!(cx, "\n\t      Switching Type: ", name_or(SWITCHINGS, switching, "Unknown"), " (", switching, ")");
    let encoding = part.u8_at(3)?;
    put!(cx, "\n\t      Encoding Type: ", name_or(ENCODINGS, encoding, "Unknown"), " (", encoding, ")");
    put!(cx, "\n\t      Min Reservable Bandwidth: ", megabits(part, 4)?, " Mbps");
    put!(cx, "\n\t      Max Reservable Bandwidth: ", megabits(part, 8)?, " Mbps");
    Ok(())
}
