//! The routers behind the one that replies (RFC 4379 section 3.3).

use super::{Value, too_short_tlv};
use crate::dissect::address::IpAddress;
use crate::dissect::app::prefix::Version;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const IPV4: u8 = 1;
const IPV4_UNNUMBERED: u8 = 2;
const IPV6: u8 = 3;
const IPV6_UNNUMBERED: u8 = 4;
const ADDRESS_TYPES: &[Name] = &[
    (IPV4 as u32, "IPv4"),
    (IPV4_UNNUMBERED as u32, "Unnumbered IPv4"),
    (IPV6 as u32, "IPv6"),
    (IPV6_UNNUMBERED as u32, "IPv6"),
];

const HEADER_LENGTH: usize = 4;
/// Octets of what follows the addresses: the multipath type, the depth limit, a length.
const MULTIPATH_LENGTH: usize = 4;

/// Prints the addresses; the labels have to be read from the octets.
pub fn print(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    let available = value.length() as usize;
    if available < HEADER_LENGTH {
        return Ok(too_short_tlv(cx));
    }
    let (mtu, kind) = (value.be16_at(0)?, value.u8_at(2)?);
    let name = lookup(ADDRESS_TYPES, kind).unwrap_or("unknown");
    put!(cx, "\n\t    MTU: ", mtu, ", Address-Type: ", name, " (", kind, ")");
    let (version, numbered) = match kind {
        IPV4 => (Version::V4, true),
        IPV4_UNNUMBERED => (Version::V4, false),
        IPV6 => (Version::V6, true),
        IPV6_UNNUMBERED => (Version::V6, false),
        // What follows stands where the addresses would be, and is long enough.
        _ => return Ok(Value::ShowOctets),
    };
    let interface = HEADER_LENGTH + version.bits() / 8;
    let end = interface + if numbered { version.bits() / 8 } else { 4 };
    if available < end {
        return Ok(too_short_tlv(cx));
    }
    let router = version.address_at(value, HEADER_LENGTH)?;
    value.need(end)?;
    put_address(cx, "\n\t    Downstream IP: ", router);
    if numbered {
        put_address(cx, "\n\t    Downstream Interface IP: ", version.address_at(value, interface)?);
    } else {
        put!(cx, "\n\t    Downstream Interface Index: 0x", Hex0(value.be32_at(interface)?, 8));
    }
    Ok(if available < end + MULTIPATH_LENGTH { too_short_tlv(cx) } else { Value::ShowOctets })
}

fn put_address(cx: &mut Context, name: &str, address: IpAddress) {
    put!(cx, name);
    cx.host(address);
}
