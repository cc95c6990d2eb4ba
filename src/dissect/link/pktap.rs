//! Apple's packet tap (`DLT_PKTAP`): a header that names interface and process, and a frame of any link
//! type. Only the link type is shown.

use super::wrapped;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;
use crate::source::LinkType;

const HEADER_LENGTH_MIN: u32 = 108;

/// What follows the header.
const NOTHING: u32 = 0;
const FRAME: u32 = 1;

/// The header's fields.
struct Header {
    length: u32,
    link_type: LinkType,
}

/// Prints the header with `-e`, and the frame; returns the length of the headers.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "pktap";
    let length = packet.length();
    if length < HEADER_LENGTH_MIN {
        put!(cx, " (packet too short, ", length, " < ", HEADER_LENGTH_MIN, ")");
        return cx.invalid().map(|()| 0);
    }
    let link_type = LinkType(packet.le32_at(8)?.cast_signed());
    let header = Header { length: packet.le32_at(0)?, link_type };
    if header.length < HEADER_LENGTH_MIN {
        put!(cx, " (pkt_len too small, ", header.length, " < ", HEADER_LENGTH_MIN, ")");
        return cx.invalid().map(|()| 0);
    }
    if header.length > length {
        put!(cx, " (pkt_len too big, ", header.length, " > ", length, ")");
        return cx.invalid().map(|()| 0);
    }
    let header_length = header.length as usize;
    packet.need(header_length)?;
    if cx.style.link_header {
        put_header(cx, &header, length);
    }
    let frame = packet.skip(header_length);
    match (packet.le32_at(4)?, super::printer(link_type)) {
        (NOTHING, _) => put!(cx, "no data"),
        (FRAME, Some(printer)) => return wrapped::print(cx, printer, frame, header_length),
        (FRAME, None) => {
            if !cx.style.link_header {
                put_header(cx, &header, length);
            }
            cx.unknown_payload(frame);
        }
        _ => {}
    }
    Ok(header_length)
}

fn put_header(cx: &mut Context, header: &Header, length: u32) {
    let verbose = cx.style.quiet == 0;
    put!(cx, if verbose { "DLT " } else { "" });
    wrapped::put_name(cx, header.link_type);
    if verbose {
        put!(cx, " (", header.link_type.0.cast_unsigned(), ") len ", header.length);
    }
    put!(cx, ", length ", length, ": ");
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn lengths_that_contradict_each_other_are_invalid() {
        let packet = |length: &str, rest: usize| [length, &"00".repeat(rest)].concat();
        assert_eq!(text(0, LinkType::PKTAP, &packet("6c000000", 103)), " (packet too short, 107 < 108) (invalid)");
        assert_eq!(text(0, LinkType::PKTAP, &packet("6b000000", 104)), " (pkt_len too small, 107 < 108) (invalid)");
        assert_eq!(text(0, LinkType::USER2, &packet("6d000000", 104)), " (pkt_len too big, 109 > 108) (invalid)");
        assert_eq!(text(0, LinkType::USER2, &packet("6c000000", 104)), "no data");
    }
}
