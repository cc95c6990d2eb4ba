//! Minimal encapsulation for mobile IP (RFC 2004).

use etherparse::checksum::Sum16BitWords;

use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Octets of a header without the original source.
const HEADER_LENGTH: u32 = 8;
/// The flag that the original source is there.
const HAS_SOURCE: u16 = 0x0080;

/// Prints the header; what it carries lacks an IP header of its own.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "mobile";
    put!(cx, "mobile: ");
    if packet.length() < HEADER_LENGTH {
        return cx.invalid_because("length", packet.length(), "<", HEADER_LENGTH);
    }
    packet.need(12)?;
    let (first, found) = (packet.be16_at(0)?, packet.be16_at(2)?);
    let has_source = first & HAS_SOURCE != 0;
    let verbose = cx.style.verbose > 0;
    put!(cx, if has_source { "[S] " } else { "[] " });
    if verbose && has_source {
        cx.ipv4_at(&packet, 8)?;
        put!(cx, " ");
    }
    if verbose {
        put!(cx, "> ");
        cx.ipv4_at(&packet, 4)?;
        put!(cx, " (oproto=", first >> 8, ")");
    }
    let header = packet.bytes_at(0, if has_source { 12 } else { 8 })?;
    if checksum::verify(Sum16BitWords::new(), header, found) != Verdict::Correct {
        put!(cx, " (bad checksum ", found, ")");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn the_checksum_covers_the_source_only_where_it_is_there() {
        let text = |digits| payload_text(0, 55, &octets(digits));
        assert_eq!(text("0400 f9fd 01010101 ffffffff"), "mobile: [] ");
        assert_eq!(text("0480 f579 01010101 02020202"), "mobile: [S] ");
        assert_eq!(text("0480 f57b 01010101 02020202"), "mobile: [S]  (bad checksum 62843)");
    }
}
