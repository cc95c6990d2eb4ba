//! Real-time Transport Protocol (RFC 3550 section 5.1) and its version 1 (draft-ietf-avt-rtp-04), for `-T rtp`.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH_VERSION_1: u32 = 8;
const HEADER_LENGTH: u32 = 12;
const WORD: usize = 4;
/// The payload type of H.261, whose first bits are shown.
const H_261: u32 = 31;

/// The first word, whose fields version 1 places differently.
struct Header {
    name: &'static str,
    length: u32,
    payload_type: u32,
    marker: bool,
    /// Version 1: options follow.
    options: bool,
    /// A header extension follows.
    extension: bool,
}

impl Header {
    fn new(word: u32) -> Self {
        let bit = |mask| word & mask != 0;
        if word >> 30 == 1 {
            return Header {
                name: "rtpv1 ",
                length: HEADER_LENGTH_VERSION_1,
                payload_type: word >> 16 & 0x3f,
                marker: bit(0x40_0000),
                options: bit(0x80_0000),
                extension: false,
            };
        }
        Header {
            name: "rtp ",
            length: HEADER_LENGTH,
            payload_type: word >> 16 & 0x7f,
            marker: bit(0x80_0000),
            options: false,
            extension: bit(0x1000_0000),
        }
    }
}

/// Prints a packet's header.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "rtp";
    let length = packet.length();
    if length < HEADER_LENGTH_VERSION_1 {
        put!(cx, "udp/rtp, length ", length, " < ", HEADER_LENGTH_VERSION_1);
        return Ok(());
    }
    let (word, timestamp) = (packet.be32_at(0)?, packet.be32_at(4)?);
    let header = Header::new(word);
    if length < header.length {
        put!(cx, "udp/rtp, length ", length, " < ", HEADER_LENGTH);
        return Ok(());
    }
    put!(cx, "udp/", header.name, length - header.length, " c", header.payload_type, " ");
    put!(cx, if header.options || header.extension { "+" } else { "" }, if header.marker { "*" } else { "" });
    put!(cx, " ", word & 0xffff, " ", timestamp);
    if cx.style.verbose == 0 {
        return Ok(());
    }
    put!(cx, " ", packet.be32_at(8)?);
    let words = (length >> 2) - (header.length >> 2);
    let mut rest = packet.skip(header.length as usize).with_length(words);
    if header.options && !skip_options(cx, &mut rest)? {
        return Ok(());
    }
    if header.extension && !skip_extension(cx, &mut rest)? {
        return Ok(());
    }
    if header.payload_type == H_261 {
        put!(cx, " 0x", Hex0(rest.be32_at(0)? >> 16, 4));
    }
    Ok(())
}

/// Steps over `count` words; the cursor's length counts words too.
fn skip_words(rest: &mut Cursor, count: u32) {
    *rest = rest.skip(count as usize * WORD).with_length(rest.length() - count);
}

/// Options end with one whose first bit is set; `false` where one is longer than the packet.
fn skip_options(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    loop {
        let option = rest.be32_at(0)?;
        let length = option >> 16 & 0xff;
        if length == 0 || length > rest.length() {
            put!(cx, " !opt");
            return Ok(false);
        }
        skip_words(rest, length);
        if option >> 31 == 1 {
            return Ok(true);
        }
    }
}

/// The extension's word and as many as it counts; `false` where it is longer than the packet.
fn skip_extension(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    let length = (rest.be32_at(0)? & 0xffff) + 1;
    if length > rest.length() {
        put!(cx, " !ext");
        return Ok(false);
    }
    skip_words(rest, length);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn options_and_extensions_longer_than_the_packet_are_said() {
        let version_1 = [0x40, 0x85, 0, 9, 0, 0, 0, 7, 0, 1, 0, 0, 0, 2, 0, 0];
        assert_eq!(text(&version_1), "udp/rtpv1 8 c5 + 9 7 65536 !opt");
        let version_2 = [0x90, 0x9f, 0, 9, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 1];
        assert_eq!(text(&version_2), "udp/rtp 4 c31 +* 9 7 1 !ext");
        assert_eq!(text(&[0x80; 8]), "udp/rtp, length 8 < 12");
    }
}
