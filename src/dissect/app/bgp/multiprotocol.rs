//! Routes of other protocols than IPv4: reachable and withdrawn (RFC 4760 sections 3 and 4).

use super::family::{Encoding, Family};
use super::{need, need_within, next_hop, nlri, put_undecoded};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// Octets of the address family and the subsequent one.
const FAMILY_LENGTH: u32 = 3;

/// Prints the attribute of reachable routes.
pub fn print_reachable(cx: &mut Context, attribute: &Cursor) -> Result<(), Stop> {
    need_within(attribute, FAMILY_LENGTH)?;
    let Some(encoding) = put_family(cx, attribute)? else { return Ok(()) };
    let mut rest = attribute.skip(FAMILY_LENGTH as usize);
    need_within(&rest, 1)?;
    let length = rest.u8()?;
    if length > 0 {
        if rest.length() < length.into() {
            return Err(Stop::Incomplete);
        }
        next_hop::print(cx, encoding, rest.with_length(length.into()))?;
        rest = rest.skip(length.into());
    }
    put!(cx, ", nh-length: ", length);
    put_attachment_points(cx, &mut rest)?;
    nlri::print(cx, encoding, rest, attribute.length())
}

/// Prints the attribute of withdrawn routes.
pub fn print_unreachable(cx: &mut Context, attribute: &Cursor) -> Result<(), Stop> {
    need(attribute, FAMILY_LENGTH as usize)?;
    let Some(encoding) = put_family(cx, attribute)? else { return Ok(()) };
    if attribute.length() == FAMILY_LENGTH {
        put!(cx, "\n\t      End-of-Rib Marker (empty NLRI)");
    }
    nlri::print(cx, encoding, attribute.skip(FAMILY_LENGTH as usize), attribute.length())
}

/// Prints for which family the attribute is. The result is its encoding, if that is known.
fn put_family(cx: &mut Context, attribute: &Cursor) -> Result<Option<Encoding>, Stop> {
    let family = Family::read(attribute, 0, 2)?;
    family.put_line(cx);
    let encoding = family.encoding();
    if encoding.is_none() {
        need(attribute, attribute.length() as usize)?;
        put!(cx, "\n\t    no AFI ", family.afi, " / SAFI ", family.safi, " decoder");
        put_undecoded(cx, "\n\t    ", attribute, attribute.length());
    }
    Ok(encoding)
}

/// Subnetwork points of attachment, which RFC 4760 did away with.
fn put_attachment_points(cx: &mut Context, rest: &mut Cursor) -> Result<(), Stop> {
    if rest.length() < 1 {
        return Err(Stop::Incomplete);
    }
    let count = rest.u8()?;
    if count == 0 {
        put!(cx, ", no SNPA");
        return Ok(());
    }
    put!(cx, "\n\t    ", count, " SNPA");
    for _ in 0..count {
        if rest.length() < 1 {
            return Err(Stop::Incomplete);
        }
        let length = rest.u8()?;
        put!(cx, "\n\t      ", length, " bytes");
        need_within(rest, length.into())?;
        *rest = rest.skip(length.into());
    }
    Ok(())
}
