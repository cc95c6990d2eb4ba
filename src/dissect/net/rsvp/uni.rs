//! What a client of an optical network asks for: the generalized user-network interface (RFC 3476 section 3.1).

use super::names::SUBOBJECTS;
use super::objects::{Object, Shown};
use crate::dissect::address_family;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::put;

const SOURCE: u8 = 1;
const DESTINATION: u8 = 2;
const DIVERSITY: u8 = 3;
const EGRESS_LABEL: u8 = 4;
const SERVICE_LEVEL: u8 = 5;

/// Octets of a part's length, kind and family.
const HEADER_LENGTH: u32 = 4;

/// Prints the parts.
pub(super) fn put(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    let mut shown = Shown::Whole;
    while rest.length() > 0 {
        if rest.length() < HEADER_LENGTH {
            put!(cx, " [total_subobj_len ", rest.length(), " < ", HEADER_LENGTH, "]");
            return Ok(Shown::Invalid);
        }
        let (length, [kind, family]) = (u32::from(rest.be16_at(0)?), rest.array_at(2)?);
        put!(cx, object.indent, "  Subobject Type: ", name_or(SUBOBJECTS, kind, "Unknown"), " (", kind, ")");
        put!(cx, ", AF: ", name_or(address_family::NAMES, family, "Unknown"), " (", family, "), length: ", length);
        if !(HEADER_LENGTH..=rest.length()).contains(&length) {
            return Ok(Shown::Invalid);
        }
        match put_part(cx, object.indent, kind, family, &rest.with_length(length))? {
            Shown::Whole => {}
            Shown::AsOctets => shown = Shown::AsOctets,
            end => return Ok(end),
        }
        rest = rest.skip(length as usize);
    }
    Ok(shown)
}

fn put_part(cx: &mut Context, indent: &str, kind: u8, family: u8, part: &Cursor) -> Outcome<Shown> {
    let length = part.length();
    match (kind, family.into()) {
        (SOURCE | DESTINATION, address_family::IPV4) => {
            if length < 8 {
                return Ok(Shown::PartTooShort);
            }
            put!(cx, indent, "    UNI IPv4 TNA address: ");
            cx.ipv4_at(part, 4)?;
        }
        (SOURCE | DESTINATION, address_family::IPV6) => {
            if length < 20 {
                return Ok(Shown::PartTooShort);
            }
            put!(cx, indent, "    UNI IPv6 TNA address: ");
            cx.ipv6_at(part, 4)?;
        }
        (SOURCE | DESTINATION, address_family::NSAP) => return Ok(Shown::AsOctets),
        (SOURCE | DESTINATION, _) => {}
        (DIVERSITY, _) if length > HEADER_LENGTH => return Ok(Shown::AsOctets),
        (DIVERSITY, _) => {}
        (EGRESS_LABEL, _) => {
            if length < 16 {
                return Ok(Shown::PartTooShort);
            }
            let first = part.be32_at(4)?;
            put!(cx, indent, "    U-bit: ", first >> 31, ", Label type: ", first & 0xff);
            put!(cx, ", Logical port id: ", part.be32_at(8)?, ", Label: ", part.be32_at(12)?);
        }
        (SERVICE_LEVEL, _) => {
            if length < 8 {
                return Ok(Shown::PartTooShort);
            }
            put!(cx, indent, "    Service level: ", part.u8_at(4)?);
        }
        _ => return Ok(Shown::AsOctets),
    }
    Ok(Shown::Whole)
}
