//! What Realtek's switches say: RRCP, by which they are managed, and protocols of a single octet.

use super::Stations;
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

const RRCP: u8 = 0x01;
const ECHO: u8 = 0x02;
const LOOP_DETECTION: u8 = 0x03;
const LOOP_DETECTION_2: u8 = 0x23;
const LONG_TAG: u8 = 0x04;

const REPLY: u8 = 0x80;
const HELLO: u8 = 0;
const GET: u8 = 1;
const SET: u8 = 2;

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor, stations: Option<&Stations>) -> Outcome {
    cx.protocol = "rtl";
    if let Some(stations) = stations {
        super::ethernet::put_stations(cx, stations);
    }
    match packet.u8_at(0)? {
        RRCP => rrcp(cx, &packet)?,
        ECHO => put!(cx, "REP"),
        LOOP_DETECTION | LOOP_DETECTION_2 => put!(cx, "RLDP"),
        LONG_TAG => put!(cx, "Realtek 8-byte DSA tag"),
        0x90..=0x9f => put!(cx, "Realtek RTL8306 4-byte DSA tag"),
        0xa0..=0xaf => put!(cx, "Realtek RTL8366RB 4-byte DSA tag"),
        kind => put!(cx, "Realtek unknown type 0x", Hex0(kind, 2)),
    }
    Ok(())
}

/// Realtek Remote Control Protocol.
fn rrcp(cx: &mut Context, packet: &Cursor) -> Outcome {
    cx.protocol = "rrcp";
    let field = packet.u8_at(1)?;
    let (operation, reply) = (field & !REPLY, field & REPLY != 0);
    put!(cx, if reply { "RRCP reply: " } else { "RRCP query: " });
    match operation {
        HELLO => put!(cx, "hello"),
        GET => put!(cx, "get"),
        SET => put!(cx, "set"),
        _ => put!(cx, "unknown opcode (0x", Hex0(operation, 2), ")"),
    }
    let on_register = matches!(operation, GET | SET);
    if on_register {
        put!(cx, " addr=0x", Hex0(packet.le16_at(4)?, 4), ", data=0x", Hex0(packet.le32_at(6)?, 8));
    }
    put!(cx, ", auth=0x", Hex0(packet.be16_at(2)?, 4));
    if operation == HELLO && reply {
        packet.need(18)?;
        put!(cx, " downlink_port=", packet.u8_at(4)?, ", uplink_port=", packet.u8_at(5)?, ", uplink_mac=");
        cx.mac(Mac(packet.array_at(6)?));
        put!(cx, ", vendor_id=", Hex0(packet.be32_at(14)?, 8), " ,chip_id=", Hex0(packet.be16_at(12)?, 4), " ");
    } else if on_register {
        put!(cx, ", cookie=0x", Hex0(packet.be32_at(14)?, 8), Hex0(packet.be32_at(10)?, 8), " ");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_register_is_little_endian_and_a_key_is_not() {
        assert_eq!(
            ethernet(0, "8899 0181 2379 0102 03040506 00000001 00000002"),
            "00:11:22:33:44:55 > 01:80:c2:00:00:00, RRCP reply: get addr=0x0201, data=0x06050403, auth=0x2379, \
             cookie=0x0000000200000001 "
        );
        assert!(ethernet(0, "8899 0180 2379 01").ends_with("RRCP reply: hello, auth=0x2379 [|rrcp]"));
        assert!(ethernet(0, "8899 a5").ends_with("Realtek RTL8366RB 4-byte DSA tag"));
    }
}
