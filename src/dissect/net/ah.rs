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
    use super::*;
    use crate::dissect::net::ipv4;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(protected: &[u8]) -> String {
        let mut packet = vec![0x45, 0, 0, 20 + protected.len() as u8, 0, 0, 0, 0, 64, 51, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
        packet.extend(protected);
        let mut cx = Context::new(Style { link_header: true, ..Style::default() }, Names::numeric());
        if ipv4::print(&mut cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_chain_of_headers_leads_to_the_payload() {
        let chain = [51, 2, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 8, 7, 6, 59, 1, 0, 0, 0, 0, 0, 4, 0, 0, 0, 5];
        assert_eq!(
            text(&chain),
            "1.1.1.1 > 2.2.2.2: AH(reserved=0x1[MustBeZero],spi=0x00000002,seq=0x3,icv=0x09080706): \
             AH(spi=0x00000004,seq=0x5,icv=0x): no next header"
        );
        assert!(text(&chain[..14]).ends_with(",icv=0x0908 [|ah]"));
        assert!(text(&chain[..16]).ends_with(",icv=0x09080706):  [|ah]"));
    }
}
