//! PPP in HDLC-like framing (RFC 1662), with and without its octet escapes.

use super::{HEADER_LENGTH, payload, protocol, put_name};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::chdlc;
use crate::dissect::net::{ipv4, ipv6};
use crate::dissect::put::Hex0;
use crate::put;

const ALL_STATIONS: u8 = 0xff;
const ADDRESS_CONTROL: u16 = 0xff03;
/// The octet between frames, and the one in front of an escaped octet.
const FLAG: u16 = 0x7e;
const ESCAPE: u8 = 0x7d;
const ESCAPE_FLIP: u8 = 0x20;

/// Prints a frame that starts with an address, PPP's or Cisco's; returns the length of the header.
pub fn frame(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ppp_hdlc";
    let captured = frame.captured().len();
    if captured < 2 {
        cx.truncated();
        return Ok(captured);
    }
    let address = frame.u8_at(0)?;
    if matches!(address, chdlc::UNICAST | chdlc::BROADCAST) {
        return chdlc::frame(cx, frame);
    }
    if captured < HEADER_LENGTH {
        cx.truncated();
        return Ok(captured);
    }
    if cx.style.link_header {
        put!(cx, Hex0(address, 2), " ", Hex0(frame.u8_at(1)?, 2), " ", frame.length(), " ");
    }
    let inner = frame.skip(2);
    if address != ALL_STATIONS {
        put!(cx, "unknown addr ", Hex0(inner.u8_at(0)?, 2), "; ctrl ", Hex0(inner.u8_at(1)?, 2));
        return Ok(2);
    }
    let protocol = inner.be16_at(0)?;
    put_name(cx, protocol);
    put!(cx, ": ");
    payload(cx, protocol, inner, 2)?;
    Ok(HEADER_LENGTH)
}

/// Whether a protocol field is none: its first octet is the flag that starts a frame.
pub fn starts_with_flag(protocol: u16) -> bool {
    protocol >> 8 == FLAG
}

/// Prints a frame whose octets are escaped.
pub fn print_escaped(cx: &mut Context, frame: Cursor) -> Outcome {
    if frame.captured().is_empty() || frame.length() == 0 {
        return Ok(());
    }
    // Only frames that a serial line's driver left escaped come here.
    cx.with_scratch(|cx, plain| {
        unescape(frame.captured(), plain);
        unescaped(cx, Cursor::new(plain, plain.len() as u32))
    })
}

fn unescape(octets: &[u8], plain: &mut Vec<u8>) {
    let mut octets = octets.iter();
    while let Some(&octet) = octets.next() {
        match (octet, octets.as_slice().first()) {
            (ESCAPE, None) => break,
            (ESCAPE, Some(escaped)) => {
                plain.push(escaped ^ ESCAPE_FLIP);
                octets.next();
            }
            _ => plain.push(octet),
        }
    }
}

/// Guesses what the header left out: the protocol's first octet, or address and control, or nothing.
fn unescaped(cx: &mut Context, frame: Cursor) -> Outcome {
    let shortest = frame.captured().first().copied().map(u16::from);
    match shortest {
        Some(protocol::IPV4) => return ipv4::print(cx, frame.skip(1)),
        Some(protocol::IPV6) => return ipv6::print(cx, frame.skip(1)),
        _ => {}
    }
    let frame = match frame.be16_at(0) {
        Ok(ADDRESS_CONTROL) => frame.skip(2),
        _ => frame,
    };
    let Ok(protocol) = frame.be16_at(0) else {
        cx.truncated();
        return Ok(());
    };
    if starts_with_flag(protocol) {
        put!(cx, "(protocol 0x", Hex0(protocol, 4), " invalid)");
        return Ok(());
    }
    payload(cx, protocol, frame, 2)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn escaped_octets_are_read_as_what_they_stand_for() {
        assert_eq!(
            text(0, LinkType::PPP, "7e ff 7d23 c021 7d21 01 7d20 7d2a 0506 11223344"),
            "LCP, Conf-Request (0x01), id 1, length 12"
        );
    }
}
