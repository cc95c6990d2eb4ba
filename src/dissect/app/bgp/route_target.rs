//! Membership in route targets (RFC 4684 section 4): an AS and the prefix of a route target.

use super::extended_communities::{TARGET_AS, TARGET_AS4, TARGET_IPV4};
use super::nlri::Advance;
use crate::dissect::address::Ipv4;
use crate::dissect::app::prefix;
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

/// Bits of the AS, which a prefix length counts.
const ORIGIN_BITS: usize = 32;
/// Octets of the prefix length and the AS.
const HEADER_LENGTH: usize = 5;
/// Bits of a route target.
const TARGET_BITS: usize = 64;
/// Bits of its type.
const TYPE_BITS: usize = 16;

/// Prints a route.
pub fn print(cx: &mut Context, route: &Cursor) -> Outcome<Advance> {
    let bits = usize::from(route.u8_at(0)?);
    if bits == 0 {
        put!(cx, "\n\t      default route target");
        return Ok(Some(1));
    }
    let Some(bits) = bits.checked_sub(ORIGIN_BITS) else { return Ok(illegal(cx)) };
    let origin = AsNumber::new(cx, route.be32_at(1)?);
    if bits > TARGET_BITS {
        return Ok(illegal(cx));
    }
    let target: [u8; TARGET_BITS / 8] = prefix::masked_at(route, HEADER_LENGTH, bits)?;
    put!(cx, "\n\t      origin AS: ", origin, ", ");
    put_target(cx, target, bits);
    Ok(Some(HEADER_LENGTH + bits.div_ceil(8)))
}

fn illegal(cx: &mut Context) -> Advance {
    put!(cx, "\n\t      (illegal prefix length)");
    None
}

/// A route target, as far as its prefix goes, and the prefix in hexadecimal.
fn put_target(cx: &mut Context, target: [u8; 8], bits: usize) {
    let [type_high, type_low, a, b, c, d, e, f] = target;
    let kind = u16::from_be_bytes([type_high, type_low]);
    match kind {
        _ if bits == 0 => return put!(cx, "route-target: 0:0/0"),
        _ if bits < TYPE_BITS => put!(cx, "route-target: partial-type: ("),
        TARGET_AS => {
            put!(cx, "route-target: ", u16::from_be_bytes([a, b]), ":", u32::from_be_bytes([c, d, e, f]));
        }
        TARGET_IPV4 => put!(cx, "route-target: ", Ipv4([a, b, c, d]), ":", u16::from_be_bytes([e, f])),
        TARGET_AS4 => {
            let system = AsNumber::new(cx, u32::from_be_bytes([a, b, c, d]));
            put!(cx, "route-target: ", system, ":", u16::from_be_bytes([e, f]));
        }
        _ => put!(cx, "route target: unknown-type(", Hex0(kind, 4), ") ("),
    }
    let known = bits >= TYPE_BITS && matches!(kind, TARGET_AS | TARGET_IPV4 | TARGET_AS4);
    if known {
        put!(cx, "/", bits, " (");
    }
    for (index, pair) in target.get(..bits.div_ceil(8)).unwrap_or_default().chunks(2).enumerate() {
        put!(cx, if index > 0 { " " } else { "" }, HexBytes(pair));
    }
    if !known {
        put!(cx, "/", bits);
    }
    put!(cx, ")");
}
