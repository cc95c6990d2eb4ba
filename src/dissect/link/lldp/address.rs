//! Network addresses: of a chassis, of a port, of what manages the system.

use super::Value;
use crate::dissect::address::Mac;
use crate::dissect::address_family;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_padded_string;
use crate::put;

const IPV4: u8 = 1;
const IPV6: u8 = 2;
const IEEE_802: u8 = 6;

const INTERFACE_NUMBERINGS: &[Name] = &[(2, "Interface Index"), (3, "System Port Number")];
/// Octets of an interface's numbering subtype and number.
const INTERFACE_LENGTH: u32 = 5;

/// An address behind its family.
pub(super) fn put_network(cx: &mut Context, field: &Cursor) -> Outcome<Value> {
    if field.length() < 1 {
        return Ok(Value::Short);
    }
    let family = field.u8_at(0)?;
    let needed = match family {
        IPV4 => 4,
        IPV6 => 16,
        IEEE_802 => 6,
        _ => 0,
    };
    let address = field.skip(1);
    if address.length() < needed {
        return Ok(Value::Short);
    }
    let name = lookup(address_family::NAMES, family).unwrap_or("Unknown");
    put!(cx, "AFI ", name, " (", family, ")", if needed == 0 { ", no AF printer !" } else { ": " });
    match family {
        IPV4 => cx.ipv4_at(&address, 0)?,
        IPV6 => cx.ipv6_at(&address, 0)?,
        IEEE_802 => cx.mac(Mac(address.array_at(0)?)),
        _ => {}
    }
    Ok(Value::Printed)
}

/// A management address (IEEE 802.1AB section 8.5.9): the address, its interface, an object identifier.
pub(super) fn put_management(cx: &mut Context, mut value: Cursor) -> Outcome<Value> {
    if value.length() < 1 {
        return Ok(Value::Short);
    }
    let length = value.u8()?;
    if value.length() < length.into() {
        return Ok(Value::Short);
    }
    // The length precedes the address, but is only printed with one.
    let start = cx.out.len();
    put!(cx, "\n\t  Management Address length ", length, ", ");
    if put_network(cx, &value.limit(length.into()))? == Value::Short {
        cx.out.truncate(start);
        return Ok(Value::Short);
    }
    let mut rest = value.skip(length.into());
    if rest.length() < INTERFACE_LENGTH {
        return Ok(Value::Short);
    }
    let numbering = rest.u8()?;
    let name = lookup(INTERFACE_NUMBERINGS, numbering).unwrap_or("Unknown");
    put!(cx, "\n\t  ", name, " Interface Numbering (", numbering, "): ", rest.be32()?);
    if rest.length() == 0 {
        return Ok(Value::Printed);
    }
    let length = rest.u8()?;
    if rest.length() < length.into() {
        return Ok(Value::Short);
    }
    if length > 0 {
        put!(cx, "\n\t  OID length ", length);
        put_padded_string(cx, &rest, length.into())?;
    }
    Ok(Value::Printed)
}
