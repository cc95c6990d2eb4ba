//! AppleTalk Address Resolution Protocol (Inside AppleTalk chapter 2).

use super::Address;
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

const LENGTH: u32 = 28;

const ETHERNET: u16 = 1;
const APPLETALK: u16 = 0x809b;
const MAC_LENGTH: u8 = 6;
const ADDRESS_LENGTH: u8 = 4;

const REQUEST: u16 = 1;
const REPLY: u16 = 2;
/// A node asks whether somebody has the address that it wants.
const PROBE: u16 = 3;

/// Where the addresses are.
const SOURCE_STATION: usize = 8;
const SOURCE: usize = 14;
const DESTINATION: usize = 24;

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "aarp";
    put!(cx, "aarp ");
    if packet.length() < LENGTH {
        return cx.invalid_because("length", packet.length(), "<", LENGTH);
    }
    packet.need(LENGTH as usize)?;
    let (hardware, protocol) = (packet.be16_at(0)?, packet.be16_at(2)?);
    let (hardware_length, protocol_length) = (packet.u8_at(4)?, packet.u8_at(5)?);
    let operation = packet.be16_at(6)?;
    let usual =
        (hardware, protocol, hardware_length, protocol_length) == (ETHERNET, APPLETALK, MAC_LENGTH, ADDRESS_LENGTH);
    match operation {
        REQUEST if usual => {
            put!(cx, "who-has ", address(&packet, DESTINATION)?, " tell ", address(&packet, SOURCE)?);
        }
        REPLY if usual => {
            put!(cx, "reply ", address(&packet, SOURCE)?, " is-at ");
            cx.mac(Mac(packet.array_at(SOURCE_STATION)?));
        }
        PROBE if usual => {
            put!(cx, "probe ", address(&packet, DESTINATION)?, " tell ", address(&packet, SOURCE)?);
        }
        _ => {
            put!(cx, "len ", packet.length(), " op ", operation, " htype ", hardware, " ptype ");
            put!(cx, if protocol == 0 { "" } else { "0x" }, Hex(protocol));
            put!(cx, " halen ", hardware_length, " palen ", protocol_length);
        }
    }
    Ok(())
}

/// The address in a field of four octets, the first of which is zero.
fn address(packet: &Cursor, offset: usize) -> Outcome<Address> {
    Ok(Address { network: packet.be16_at(offset + 1)?, node: packet.u8_at(offset + 3)? })
}
