//! Network layer reachability information of multiprotocol routes: prefixes, with labels (RFC 8277) or without.

use super::family::Encoding;
use super::{layer2_vpn, multicast_vpn, need, path_id, route_target, vpn};
use crate::dissect::app::prefix::{self, Prefix, Version};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::nsap::{self, Nsap};
use crate::put;

/// How many octets a route took; nothing where what is behind it cannot be read.
pub type Advance = Option<usize>;

/// Octets of a prefix length and a label.
const LABELED_HEADER_LENGTH: usize = 4;
/// Bits of a label, which a prefix length counts.
pub const LABEL_BITS: usize = 24;

/// Prints routes until the field is used up, or does not make sense. Each may be as long as the attribute.
pub fn print(cx: &mut Context, encoding: Encoding, routes: Cursor, attribute_length: u32) -> Result<(), Stop> {
    let with_path_ids = matches!(encoding, Encoding::Prefix(version) if path_id::detect(&routes, version));
    let mut rest = routes;
    while rest.length() > 0 {
        let route = rest.with_length(attribute_length);
        let advance = match encoding {
            Encoding::Prefix(version) => print_prefix(cx, version, route, with_path_ids)?,
            Encoding::Labeled(version) => print_labeled(cx, version, &route)?,
            Encoding::Vpn(version) => vpn::print(cx, version, &route)?,
            Encoding::RouteTarget => route_target::print(cx, &route)?,
            Encoding::MulticastVpn => multicast_vpn::print(cx, &route)?,
            Encoding::Mdt => vpn::print_distribution_tree(cx, &route)?,
            Encoding::Nsap => print_nsap(cx, &route)?,
            Encoding::NsapVpn => vpn::print_nsap(cx, &route)?,
            Encoding::Layer2Vpn => layer2_vpn::print(cx, &route)?,
        };
        let Some(length) = advance else { return Ok(()) };
        rest = rest.skip(length);
    }
    Ok(())
}

/// A prefix has a length that no address has: nothing behind it can be read.
pub fn illegal(cx: &mut Context) -> Advance {
    put!(cx, "\n\t    (illegal prefix length)");
    None
}

fn print_prefix(cx: &mut Context, version: Version, route: Cursor, with_path_id: bool) -> Result<Advance, Stop> {
    let (path_id, skipped) = if with_path_id { (Some(route.be32_at(0)?), path_id::LENGTH as usize) } else { (None, 0) };
    let advance = match prefix::read(&route.skip(skipped).with_length(route.length()), version)? {
        // With path identifiers tcpdump goes on all the same, three octets behind.
        Prefix::TooLong => illegal(cx).or(path_id.map(|_| skipped - 1)),
        Prefix::Incomplete => return Err(Stop::Incomplete),
        Prefix::Network(network, length) => {
            put!(cx, "\n\t      ");
            network.put(cx);
            Some(skipped + length)
        }
    };
    path_id::put(cx, path_id);
    Ok(advance)
}

/// The length of a labeled prefix counts the label's bits.
fn print_labeled(cx: &mut Context, version: Version, route: &Cursor) -> Result<Advance, Stop> {
    need(route, LABELED_HEADER_LENGTH)?;
    let available = route.length() as usize;
    if available < LABELED_HEADER_LENGTH {
        return Ok(None);
    }
    let Some(bits) = usize::from(route.u8_at(0)?).checked_sub(LABEL_BITS).filter(|bits| *bits <= version.bits()) else {
        return Ok(illegal(cx));
    };
    let length = LABELED_HEADER_LENGTH + bits.div_ceil(8);
    if version == Version::V4 && available < length {
        return Ok(None);
    }
    let network = version.network_at(route, LABELED_HEADER_LENGTH, bits)?;
    put!(cx, "\n\t      ");
    network.put(cx);
    put_label(cx, route)?;
    Ok(Some(length))
}

/// The label behind a prefix length: 20 bits, and whether it is the last.
pub fn put_label(cx: &mut Context, route: &Cursor) -> Outcome {
    let label = route.be24_at(1)?;
    put!(cx, ", label:", label >> 4, if label & 1 == 0 { " (BOGUS: Bottom of Stack NOT set!)" } else { " (bottom)" });
    Ok(())
}

/// An OSI prefix. tcpdump reads it three octets behind where it starts.
fn print_nsap(cx: &mut Context, route: &Cursor) -> Outcome<Advance> {
    let bits = usize::from(route.u8_at(0)?);
    if bits > nsap::PREFIX_BITS_MAX {
        return Ok(illegal(cx));
    }
    let address: [u8; nsap::PREFIX_BITS_MAX / 8] = prefix::masked_at(route, 4, bits)?;
    let address = Nsap(address.get(..bits.div_ceil(8)).unwrap_or_default());
    put!(cx, "\n\t      ", address, "/", bits);
    Ok(Some(1 + bits.div_ceil(8)))
}
