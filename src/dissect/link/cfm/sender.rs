//! The sender's chassis and management address (IEEE 802.1Q section 21.5.3).

use crate::dissect::address::Mac;
use crate::dissect::address_family;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::{put_hex_lines, put_padded_string};
use crate::put;

const MAC_ADDRESS: u8 = 4;
const NETWORK_ADDRESS: u8 = 5;
const CHASSIS_SUBTYPES: &[Name] = &[
    (0, "Reserved"),
    (1, "Chassis component"),
    (2, "Interface alias"),
    (3, "Port component"),
    (MAC_ADDRESS as u32, "MAC address"),
    (NETWORK_ADDRESS as u32, "Network address"),
    (6, "Interface name"),
    (7, "Locally assigned"),
];
const IPV4: u8 = 1;
const IPV6: u8 = 2;

/// What became of a part of the value.
enum Part {
    /// It was printed.
    Printed,
    /// Its octets are to be shown.
    Unknown,
    /// It does not fit.
    Long,
}

/// Prints the value; how many octets it takes, or `None` when the text ends here.
///
/// Where a chassis does not fit, tcpdump goes on at the value's last octet.
pub(super) fn put(cx: &mut Context, value: &Cursor) -> Outcome<Option<u32>> {
    if value.length() < 1 {
        put!(cx, " (too short, must be >= 1)");
        return Ok(Some(0));
    }
    let (mut rest, mut unknown) = (value.skip(1), false);
    let chassis_length = value.u8_at(0)?;
    if chassis_length > 0 {
        let before = value.length();
        match put_chassis(cx, chassis_length, &rest)? {
            Part::Printed => {}
            Part::Unknown => unknown = true,
            Part::Long => return Ok(Some(before - u32::from(before > 1))),
        }
        rest = rest.skip(1 + usize::from(chassis_length));
    }
    if rest.length() > 0 {
        match put_management(cx, &mut rest)? {
            Management::Printed => {}
            Management::NoAddress => unknown = true,
            Management::LongDomain => return Ok(Some(value.length())),
            Management::LongAddress => return Ok(None),
        }
    }
    if unknown || cx.style.verbose > 1 {
        // As many octets as are left behind the fields, but from the first one.
        put_hex_lines(cx, "\n\t  ", value, rest.length());
    }
    Ok(Some(value.length()))
}

/// Who sends: a subtype and `length` octets.
fn put_chassis(cx: &mut Context, length: u8, field: &Cursor) -> Outcome<Part> {
    if field.length() < 1 {
        put!(cx, "\n\t  (TLV too short)");
        return Ok(Part::Long);
    }
    let subtype = field.u8_at(0)?;
    let name = lookup(CHASSIS_SUBTYPES, subtype);
    put!(cx, "\n\t  Chassis-ID Type ", name.unwrap_or("Unknown"), " (", subtype, "), Chassis-ID length ", length);
    let identifier = field.skip(1);
    if identifier.length() < length.into() {
        put!(cx, "\n\t  (TLV too short)");
        return Ok(Part::Long);
    }
    match subtype {
        MAC_ADDRESS if length == 6 => {
            put!(cx, "\n\t  MAC ");
            cx.mac(Mac(identifier.array_at(0)?));
            Ok(Part::Printed)
        }
        MAC_ADDRESS => {
            put!(cx, " (invalid MAC address length)");
            Ok(Part::Unknown)
        }
        NETWORK_ADDRESS => put_network(cx, &identifier.limit(length.into())),
        1..=7 => {
            put_padded_string(cx, &identifier, length.into())?;
            Ok(Part::Printed)
        }
        _ => Ok(Part::Unknown),
    }
}

/// An address behind its family.
fn put_network(cx: &mut Context, field: &Cursor) -> Outcome<Part> {
    let (family, length) = (field.u8_at(0)?, field.length() - 1);
    let name = lookup(address_family::NAMES, family).unwrap_or("Unknown");
    put!(cx, "\n\t  Network Address Type ", name, " (", family, ")");
    match (family, length) {
        (IPV4, 4) => {
            put!(cx, ", ");
            cx.ipv4_at(field, 1)?;
        }
        (IPV6, 16) => {
            put!(cx, ", ");
            cx.ipv6_at(field, 1)?;
        }
        (IPV4 | IPV6, _) => {
            put!(cx, "(invalid ", name, " address length ", length, ")");
            return Ok(Part::Unknown);
        }
        _ => return Ok(Part::Unknown),
    }
    Ok(Part::Printed)
}

/// What became of the management address.
enum Management {
    Printed,
    NoAddress,
    LongDomain,
    LongAddress,
}

/// Where the sender is managed: a domain, as the octets of an object identifier, and an address in it.
fn put_management(cx: &mut Context, rest: &mut Cursor) -> Outcome<Management> {
    let length = rest.u8()?;
    put!(cx, "\n\t  Management Address Domain Length ", length);
    if length == 0 {
        return Ok(Management::Printed);
    }
    if rest.length() < length.into() {
        put!(cx, "\n\t  (TLV too short)");
        return Ok(Management::LongDomain);
    }
    put_hex_lines(cx, "\n\t  Management Address Domain: ", rest, length.into());
    *rest = rest.skip(length.into());
    if rest.length() < 1 {
        put!(cx, " (Management Address Length is missing)");
        return Ok(Management::NoAddress);
    }
    let length = rest.u8()?;
    put!(cx, "\n\t  Management Address Length ", length);
    if rest.length() < length.into() {
        put!(cx, "\n\t  (TLV too short)");
        return Ok(Management::LongAddress);
    }
    put_hex_lines(cx, "\n\t  Management Address: ", rest, length.into());
    *rest = rest.skip(length.into());
    Ok(Management::Printed)
}
