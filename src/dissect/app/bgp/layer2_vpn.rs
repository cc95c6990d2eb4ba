//! Routes of layer 2 VPNs: virtual private LANs (RFC 4761) and their discovery (RFC 6074).

use super::need;
use super::nlri::Advance;
use crate::dissect::address::IpAddress;
use crate::dissect::app::route_distinguisher::RouteDistinguisher;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::put::HexBytes;
use crate::put;

/// Octets of a route that only announces a router: a route distinguisher and its address.
const DISCOVERY_LENGTH: usize = 12;
/// Octets of a route with a block of labels, before its TLVs.
const BLOCK_LENGTH: usize = 15;
/// Such a route has more octets than this.
const BLOCK_LENGTH_ABOVE: usize = 17;

const TLV_HEADER_LENGTH: usize = 3;
const CIRCUIT_STATUS_VECTOR: u8 = 1;

/// Prints a route. Only its length tells which form it has.
pub fn print(cx: &mut Context, route: &Cursor) -> Result<Advance, Stop> {
    let length = usize::from(route.be16_at(0)?);
    let value = route.skip(2);
    if length == DISCOVERY_LENGTH {
        need(&value, DISCOVERY_LENGTH)?;
        let router = IpAddress::v4_at(&value, 8)?;
        put!(cx, "\n\t      RD: ", RouteDistinguisher::read(cx, &value, 0)?, ", BGPNH: ");
        cx.host(router);
    } else if length > BLOCK_LENGTH_ABOVE {
        need(&value, BLOCK_LENGTH)?;
        put!(cx, "\n\t      RD: ", RouteDistinguisher::read(cx, &value, 0)?, ", CE-ID: ", value.be16_at(8)?);
        put!(cx, ", Label-Block Offset: ", value.be16_at(10)?, ", Label Base ", value.be24_at(12)? >> 4);
        print_tlvs(cx, value.skip(BLOCK_LENGTH), length - BLOCK_LENGTH)?;
    } else {
        return Err(Stop::Incomplete);
    }
    Ok(Some(2 + length))
}

/// TLVs whose length is in bits. What is left of the route is counted without their headers, and a TLV that is not
/// known is not stepped over.
fn print_tlvs(cx: &mut Context, mut rest: Cursor, mut left: usize) -> Result<(), Stop> {
    while left > 0 {
        if left < TLV_HEADER_LENGTH {
            put!(cx, "\n\t\tran past the end");
            return Ok(());
        }
        let (kind, bits) = (rest.u8()?, rest.be16()?);
        let length = usize::from(bits.div_ceil(8));
        if kind == CIRCUIT_STATUS_VECTOR {
            put!(cx, "\n\t\tcircuit status vector (", kind, ") length: ", bits, ": 0x");
            let shown = length.min(left);
            let captured = rest.captured();
            put!(cx, HexBytes(captured.get(..shown).unwrap_or(captured)));
            need(&rest, shown)?;
            rest = rest.skip(shown);
        } else {
            put!(cx, "\n\t\tunknown TLV #", kind, ", length: ", bits);
        }
        if left < length {
            put!(cx, " (ran past the end)");
            return Ok(());
        }
        left -= length;
    }
    Ok(())
}
