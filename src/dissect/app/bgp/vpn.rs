//! Routes of virtual private networks: prefixes behind a label and a route distinguisher (RFC 4364, RFC 4659),
//! multicast distribution trees (RFC 6037).

use super::need;
use super::nlri::{Advance, LABEL_BITS, illegal, put_label};
use crate::dissect::address::IpAddress;
use crate::dissect::app::prefix::{self, Version};
use crate::dissect::app::route_distinguisher::{self, RouteDistinguisher};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::nsap::{self, Nsap};
use crate::put;

/// Bits of a label and a route distinguisher, which a prefix length counts.
const HEADER_BITS: usize = LABEL_BITS + route_distinguisher::LENGTH * 8;
const ROUTE_DISTINGUISHER: usize = 4;
const ADDRESS: usize = 12;

/// Octets of a multicast distribution tree: route distinguisher, address, group.
const TREE_LENGTH: u8 = 16;

/// Prints an IP prefix.
pub fn print(cx: &mut Context, version: Version, route: &Cursor) -> Outcome<Advance> {
    let Some(bits) = address_bits(route, version.bits())? else { return Ok(illegal(cx)) };
    let network = version.network_at(route, ADDRESS, bits)?;
    put!(cx, "\n\t      RD: ", RouteDistinguisher::read(cx, route, ROUTE_DISTINGUISHER)?, ", ");
    network.put(cx);
    put_label(cx, route)?;
    Ok(Some(ADDRESS + bits.div_ceil(8)))
}

/// Prints a prefix of an OSI address.
pub fn print_nsap(cx: &mut Context, route: &Cursor) -> Outcome<Advance> {
    let Some(bits) = address_bits(route, nsap::PREFIX_BITS_MAX)? else { return Ok(illegal(cx)) };
    let address: [u8; nsap::PREFIX_BITS_MAX / 8] = prefix::masked_at(route, ADDRESS, bits)?;
    let address = Nsap(address.get(..bits.div_ceil(8)).unwrap_or_default());
    put!(cx, "\n\t      RD: ", RouteDistinguisher::read(cx, route, ROUTE_DISTINGUISHER)?, ", ", address, "/", bits);
    put_label(cx, route)?;
    Ok(Some(ADDRESS + bits.div_ceil(8)))
}

/// Bits of the address, unless the prefix length is impossible.
fn address_bits(route: &Cursor, most: usize) -> Outcome<Option<usize>> {
    let bits = usize::from(route.u8_at(0)?).checked_sub(HEADER_BITS);
    Ok(bits.filter(|bits| *bits <= most))
}

/// Prints a multicast distribution tree.
pub fn print_distribution_tree(cx: &mut Context, route: &Cursor) -> Result<Advance, Stop> {
    if route.u8_at(0)? != TREE_LENGTH * 8 {
        return Ok(illegal(cx));
    }
    let tree = route.skip(1);
    need(&tree, route_distinguisher::LENGTH)?;
    let (address, group) = (IpAddress::v4_at(&tree, 8)?, IpAddress::v4_at(&tree, 12)?);
    put!(cx, "\n\t      RD: ", RouteDistinguisher::read(cx, &tree, 0)?, ", VPN IP Address: ");
    cx.host(address);
    put!(cx, ", MC Group Address: ");
    cx.host(group);
    Ok(Some(1 + usize::from(TREE_LENGTH)))
}
