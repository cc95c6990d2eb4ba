//! The next hop of multiprotocol routes (RFC 4760 section 3), one or several.

use super::family::Encoding;
use super::need;
use crate::dissect::address::IpAddress;
use crate::dissect::app::prefix::Version;
use crate::dissect::app::route_distinguisher::{self, RouteDistinguisher};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::nsap::Nsap;
use crate::put;

/// What precedes an IPv4 address that is mapped to an NSAP (RFC 986).
const NSAP_OF_IPV4: u32 = 0x4700_0601;
/// What precedes an IPv6 address that is mapped to an NSAP (RFC 1888).
const NSAP_OF_IPV6: u32 = 0x35_0000;

/// Prints next hops until the field is used up.
pub fn print(cx: &mut Context, encoding: Encoding, field: Cursor) -> Result<(), Stop> {
    put!(cx, "\n\t    nexthop: ");
    let mut rest = field;
    let mut separator = "";
    while rest.length() > 0 {
        put!(cx, separator);
        separator = ", ";
        let length = match encoding {
            Encoding::Nsap => {
                put!(cx, Nsap(rest.bytes_at(0, rest.length() as usize)?));
                rest.length() as usize
            }
            Encoding::NsapVpn => print_nsap_vpn(cx, &rest)?,
            Encoding::Prefix(version) | Encoding::Labeled(version) => print_address(cx, version, false, &rest)?,
            Encoding::Vpn(version) => print_address(cx, version, true, &rest)?,
            _ => print_address(cx, Version::V4, false, &rest)?,
        };
        rest = rest.skip(length);
    }
    Ok(())
}

/// An IP address, maybe behind a route distinguisher. The result is how many octets it took.
fn print_address(cx: &mut Context, version: Version, vpn: bool, field: &Cursor) -> Outcome<usize> {
    let start = if vpn { route_distinguisher::LENGTH } else { 0 };
    let length = start + version.bits() / 8;
    if (field.length() as usize) < length {
        put!(cx, "invalid len");
        return Ok(field.length() as usize);
    }
    let address = version.address_at(field, start)?;
    if vpn {
        put!(cx, "RD: ", RouteDistinguisher::read(cx, field, 0)?, ", ");
    }
    cx.host(address);
    Ok(length)
}

/// An OSI address, to the end of the field, and the IP address that is mapped to it.
fn print_nsap_vpn(cx: &mut Context, field: &Cursor) -> Result<usize, Stop> {
    let length = field.length() as usize;
    if length <= route_distinguisher::LENGTH {
        put!(cx, "invalid len");
        return Ok(length);
    }
    need(field, length)?;
    let nsap = field.skip(route_distinguisher::LENGTH);
    put!(cx, "RD: ", RouteDistinguisher::read(cx, field, 0)?, ", ");
    put!(cx, Nsap(nsap.bytes_at(0, length - route_distinguisher::LENGTH)?));
    let mapped = if nsap.be32_at(0)? == NSAP_OF_IPV4 {
        IpAddress::v4_at(&nsap, 4)?
    } else if nsap.be24_at(0)? == NSAP_OF_IPV6 {
        IpAddress::v6_at(&nsap, 3)?
    } else {
        return Ok(length);
    };
    put!(cx, " = ");
    cx.host(mapped);
    Ok(length)
}
