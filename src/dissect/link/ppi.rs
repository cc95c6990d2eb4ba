//! Per-Packet Information (`DLT_PPI`): a header of fields about the capture, and a frame of any link type.
//! The fields are skipped.

use super::wrapped;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;
use crate::source::LinkType;

const HEADER_LENGTH_MIN: u16 = 8;
/// PPI specification section 3.1.3.
const HEADER_LENGTH_MAX: u16 = 65532;

/// The header's fields.
struct Header {
    version: u8,
    length: u16,
    link_type: LinkType,
}

/// Prints the header with `-e`, and the frame; returns the length of the headers.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "ppi";
    let captured = packet.captured().len();
    if !packet.has(HEADER_LENGTH_MIN.into()) {
        cx.truncated();
        return Ok(captured);
    }
    let link_type = LinkType(packet.le32_at(4)?.cast_signed());
    let header = Header { version: packet.u8_at(0)?, length: packet.le16_at(2)?, link_type };
    if !(HEADER_LENGTH_MIN..=HEADER_LENGTH_MAX).contains(&header.length) {
        put!(cx, " [length ", header.length, " < ", HEADER_LENGTH_MIN, " or > ", HEADER_LENGTH_MAX, "]");
        cx.invalid()?;
        return Ok(captured);
    }
    let header_length = usize::from(header.length);
    if !packet.has(header_length) {
        cx.truncated();
        return Ok(captured);
    }
    if cx.style.link_header {
        put_header(cx, &header, packet.length());
    }
    let frame = packet.skip(header_length);
    match super::printer(link_type) {
        Some(printer) => wrapped::print(cx, printer, frame, header_length),
        None => {
            if !cx.style.link_header {
                put_header(cx, &header, packet.length());
            }
            cx.unknown_payload(frame);
            Ok(header_length)
        }
    }
}

fn put_header(cx: &mut Context, header: &Header, length: u32) {
    let verbose = cx.style.quiet == 0;
    if verbose {
        put!(cx, "V.", header.version, " DLT ");
    }
    wrapped::put_name(cx, header.link_type);
    if verbose {
        put!(cx, " (", header.link_type.0.cast_unsigned(), ") len ", header.length);
    }
    put!(cx, ", length ", length, ": ");
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn a_header_that_ends_in_itself_or_past_the_capture_is_told() {
        assert_eq!(text(0, LinkType::PPI, "00000700 69000000"), " [length 7 < 8 or > 65532] (invalid)");
        assert_eq!(text(0, LinkType::PPI, "00000900 69000000"), " [|ppi]");
    }

    #[test]
    fn frames_in_frames_end() {
        assert!(text(0, LinkType::PPI, &"00000800 c0000000".repeat(4000)).ends_with(" deep]"));
        assert!(
            text(0, LinkType::PPI, "00000800 ffffff7f 41")
                .starts_with("V.0 DLT UNKNOWN (2147483647) len 8, length 9: ")
        );
    }

    #[test]
    fn the_link_type_is_named() {
        let style = Style { link_header: true, ..Style::default() };
        assert_eq!(
            styled(style, LinkType::PPI, "00000800 69000000 d400 0000 001122334455"),
            "V.0 DLT IEEE802_11 (105) len 8, length 18: RA:00:11:22:33:44:55 Acknowledgment"
        );
    }
}
