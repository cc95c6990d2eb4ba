//! Routes of multicast VPNs (RFC 6514 section 4).

use super::need;
use super::nlri::Advance;
use crate::dissect::app::prefix::Version;
use crate::dissect::app::route_distinguisher::{self, AsNumber, RouteDistinguisher};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const INTRA_AS_I_PMSI: u8 = 1;
const INTER_AS_I_PMSI: u8 = 2;
const S_PMSI: u8 = 3;
const SOURCE_ACTIVE: u8 = 5;
const SHARED_TREE_JOIN: u8 = 6;
const SOURCE_TREE_JOIN: u8 = 7;
const ROUTES: &[Name] = &[
    (INTRA_AS_I_PMSI as u32, "Intra-AS I-PMSI"),
    (INTER_AS_I_PMSI as u32, "Inter-AS I-PMSI"),
    (S_PMSI as u32, "S-PMSI"),
    (4, "Intra-AS Segment-Leaf"),
    (SOURCE_ACTIVE as u32, "Source-Active"),
    (SHARED_TREE_JOIN as u32, "Shared Tree Join"),
    (SOURCE_TREE_JOIN as u32, "Source Tree Join"),
];

const HEADER_LENGTH: usize = 2;
const RD_LENGTH: usize = route_distinguisher::LENGTH;

/// Prints a route.
pub fn print(cx: &mut Context, route: &Cursor) -> Result<Advance, Stop> {
    let (kind, length) = (route.u8_at(0)?, usize::from(route.u8_at(1)?));
    put!(cx, "\n\t      Route-Type: ", lookup(ROUTES, kind).unwrap_or("Unknown"), " (", kind, "), length: ", length);
    let value = route.skip(HEADER_LENGTH);
    match kind {
        INTRA_AS_I_PMSI => {
            need(&value, RD_LENGTH)?;
            let Some(address_length) = length.checked_sub(RD_LENGTH) else { return Err(Stop::Incomplete) };
            print_originator(cx, &value, value.skip(RD_LENGTH), address_length)?;
        }
        INTER_AS_I_PMSI => put_source_as(cx, &value)?,
        S_PMSI => {
            need(&value, RD_LENGTH)?;
            put!(cx, ", RD: ", RouteDistinguisher::read(cx, &value, 0)?);
            // tcpdump looks for the originator where source and group are.
            let source_group = value.skip(RD_LENGTH);
            let read = put_source_group(cx, &source_group)?;
            let Some(address_length) = length.checked_sub(read) else { return Err(Stop::Incomplete) };
            need(&source_group, address_length)?;
            put_address(cx, ", Originator ", &source_group, address_length * 8)?;
        }
        SOURCE_ACTIVE => {
            need(&value, RD_LENGTH)?;
            put!(cx, ", RD: ", RouteDistinguisher::read(cx, &value, 0)?);
            put_source_group(cx, &value.skip(RD_LENGTH))?;
        }
        SHARED_TREE_JOIN | SOURCE_TREE_JOIN => {
            put_source_as(cx, &value)?;
            put_source_group(cx, &value.skip(RD_LENGTH + 4))?;
        }
        _ => {}
    }
    Ok(Some(HEADER_LENGTH + length))
}

/// The route distinguisher and the address behind it.
fn print_originator(cx: &mut Context, value: &Cursor, address: Cursor, length: usize) -> Outcome {
    if let Some(version) = version_of(length * 8) {
        version.address_at(&address, 0)?;
    }
    put!(cx, ", RD: ", RouteDistinguisher::read(cx, value, 0)?);
    put_address(cx, ", Originator ", &address, length * 8)
}

/// The route distinguisher and the AS behind it.
fn put_source_as(cx: &mut Context, value: &Cursor) -> Result<(), Stop> {
    need(value, RD_LENGTH + 4)?;
    let system = AsNumber::new(cx, value.be32_at(RD_LENGTH)?);
    put!(cx, ", RD: ", RouteDistinguisher::read(cx, value, 0)?, ", Source-AS ", system);
    Ok(())
}

/// A source and a group, each behind its length in bits, as far as they were captured. The result is how many
/// octets that took.
fn put_source_group(cx: &mut Context, field: &Cursor) -> Outcome<usize> {
    let mut offset = 0;
    for name in [", Source ", ", Group "] {
        let bits = usize::from(field.u8_at(offset)?);
        let address = field.skip(offset + 1);
        if !address.has(bits / 8) {
            break;
        }
        if bits > 0 {
            put_address(cx, name, &address, bits)?;
        }
        offset += 1 + bits / 8;
    }
    Ok(offset)
}

/// An address of so many bits behind its name.
fn put_address(cx: &mut Context, name: &str, field: &Cursor, bits: usize) -> Outcome {
    match version_of(bits) {
        Some(version) => {
            let address = version.address_at(field, 0)?;
            put!(cx, name);
            cx.host(address);
        }
        None => put!(cx, name, "bogus address length ", bits),
    }
    Ok(())
}

fn version_of(bits: usize) -> Option<Version> {
    [Version::V4, Version::V6].into_iter().find(|version| version.bits() == bits)
}
