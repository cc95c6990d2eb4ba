//! DECnet Phase IV, the routing layer (DNA Routing Layer Functional Specification, version 2.0.0).

mod control;
mod services;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::payload::put_dump;
use crate::dissect::put::Put;
use crate::put;

/// What Ethernet puts in front: the packet's length.
const LENGTH_LENGTH: usize = 2;
const SHORT_LENGTH: u32 = 6;
const LONG_LENGTH: u32 = 21;

const FORMAT_MASK: u8 = 0x07;
const FORMAT_SHORT: u8 = 2;
const FORMAT_LONG: u8 = 6;
const CONTROL: u8 = 0x01;
const FUTURE_VERSION: u8 = 0x40;
const PADDED: u8 = 0x80;
const PADDING_MASK: u8 = 0x7f;
const FLAGS: &[(u8, &str)] = &[(0x08, "RQR "), (0x10, "RTS "), (0x20, "IE ")];
const VISITS_MASK: u8 = 0x3f;

/// A node's address: area and number.
struct Node(u16);

impl Put for Node {
    fn put(&self, out: &mut Vec<u8>) {
        (self.0 >> 10).put(out);
        out.push(b'.');
        (self.0 & 0x03ff).put(out);
    }
}

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "decnet";
    if packet.length() < SHORT_LENGTH {
        return contradiction(cx, "length", packet.length(), '<', SHORT_LENGTH);
    }
    let stated = u32::from(packet.le16_at(0)?);
    if stated < SHORT_LENGTH {
        return contradiction(cx, "pktlen", stated, '<', SHORT_LENGTH);
    }
    if stated > packet.length() {
        return contradiction(cx, "pktlen", stated, '>', packet.length());
    }
    // The stated length does not count the octets that it takes itself.
    let mut packet = packet.with_length(stated);
    let mut flags = packet.u8_at(LENGTH_LENGTH)?;
    if flags & PADDED != 0 {
        let padding = u32::from(flags & PADDING_MASK);
        if cx.style.verbose > 0 {
            put!(cx, "[pad:", padding, "] ");
        }
        if stated < padding + LENGTH_LENGTH as u32 {
            return contradiction(cx, "length", stated, '<', padding + LENGTH_LENGTH as u32);
        }
        packet.need(LENGTH_LENGTH + padding as usize)?;
        packet = packet.skip(padding as usize);
        flags = packet.u8_at(LENGTH_LENGTH)?;
    }
    let message = packet.skip(LENGTH_LENGTH).with_length(packet.length());
    let dumped = packet.length().min(packet.captured().len() as u32);
    if flags & FUTURE_VERSION != 0 {
        put!(cx, "future-version-decnet");
        return put_dump(cx, &packet.with_length(dumped));
    }
    if flags & CONTROL != 0 {
        // tcpdump does not take the length's octets from what was captured.
        return control::print(cx, message, dumped);
    }
    let (header_length, destination, source, hops) = match flags & FORMAT_MASK {
        FORMAT_LONG if message.length() < LONG_LENGTH => {
            return contradiction(cx, "length", message.length(), '<', LONG_LENGTH);
        }
        FORMAT_LONG => {
            message.need(LONG_LENGTH as usize)?;
            (LONG_LENGTH, message.le16_at(7)?, message.le16_at(15)?, message.u8_at(18)?)
        }
        FORMAT_SHORT => {
            let hops = (message.u8_at(5)? & VISITS_MASK) + 1;
            (SHORT_LENGTH, message.le16_at(1)?, message.le16_at(3)?, hops)
        }
        _ => {
            put!(cx, "unknown message flags under mask");
            return put_dump(cx, &packet.with_length(dumped));
        }
    };
    put!(cx, Node(source), " > ", Node(destination), " ", stated, " ");
    if cx.style.verbose > 0 {
        for (flag, name) in FLAGS {
            put!(cx, if flags & flag != 0 { name } else { "" });
        }
        put!(cx, hops, " hops ");
    }
    let length = message.length().wrapping_sub(header_length);
    services::print(cx, message.skip(header_length as usize).with_length(length))
}

/// Says that a length cannot be.
fn contradiction(cx: &mut Context, what: &str, length: u32, operator: char, bound: u32) -> Outcome {
    put!(cx, " (", what, " ", length, " ", operator, " ", bound, ")");
    cx.invalid()
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn padding_is_counted_and_may_be_too_long() {
        assert_eq!(
            ethernet(1, "6003 1000 81 02 0404 0508 00 04 0100 0200 0000 0000"),
            "[pad:1] 2.5 > 1.4 16 1 hops data-ack 2>1 "
        );
        assert_eq!(ethernet(0, "6003 0600 8602 0404 0508 00"), " (length 6 < 8) (invalid)");
        assert_eq!(ethernet(0, "6003 0900 0204 0405 0800"), " (pktlen 9 > 8) (invalid)");
    }
}
