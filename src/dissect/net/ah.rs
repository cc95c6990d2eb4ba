//! IP Authentication Header (RFC 4302 section 2).

use super::{IpHeader, payload, protocol};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

/// Octets in front of the integrity check value.
const FIXED_LENGTH: usize = 12;

/// Prints the header, any others directly behind it, and what they protect.
pub fn print(cx: &mut Context, data: Cursor, ip: &IpHeader) -> Outcome {
    let mut next = protocol::AH;
    let mut rest = data;
    while next == protocol::AH {
        cx.protocol = "ah";
        if !rest.has(1) {
            cx.truncated();
            return Ok(());
        }
        next = rest.u8_at(0)?;
        let length = put_header(cx, &rest)?;
        // The header's own length may exceed what IP claims; tcpdump's difference wraps then.
        rest = rest.skip(length).with_length(rest.length().wrapping_sub(length as u32));
    }
    payload(cx, next, rest, ip)
}

/// Prints one header; the result is its length.
fn put_header(cx: &mut Context, header: &Cursor) -> Outcome<usize> {
    cx.protocol_caps();
    let words = header.u8_at(1)?;
    let length = (usize::from(words) + 2) * 4;
    put!(cx, "(");
    if cx.style.verbose > 0 {
        put!(cx, "length=", words, "(", length, "-bytes),");
    }
    let reserved = header.be16_at(2)?;
    if reserved != 0 {
        put!(cx, "reserved=0x", Hex(reserved), "[MustBeZero],");
    }
    put!(cx, "spi=0x", Hex0(header.be32_at(4)?, 8), ",");
    put!(cx, "seq=0x", Hex(header.be32_at(8)?), ",icv=0x");
    let value = header.skip(FIXED_LENGTH);
    let count = length.saturating_sub(FIXED_LENGTH);
    put!(cx, HexBytes(value.captured().get(..count).unwrap_or(value.captured())));
    if !value.has(count) {
        return Err(Truncated);
    }
    put!(cx, "): ");
    Ok(length)
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn a_chain_of_headers_leads_to_the_payload() {
        let chain = octets("3302 0001 00000002 00000003 09080706  3b01 0000 00000004 00000005");
        assert_eq!(
            payload_text(0, 51, &chain),
            "AH(reserved=0x1[MustBeZero],spi=0x00000002,seq=0x3,icv=0x09080706): \
             AH(spi=0x00000004,seq=0x5,icv=0x): no next header"
        );
        assert!(payload_text(0, 51, &chain[..14]).ends_with(",icv=0x0908 [|ah]"));
        assert!(payload_text(0, 51, &chain[..16]).ends_with(",icv=0x09080706):  [|ah]"));
    }
}
