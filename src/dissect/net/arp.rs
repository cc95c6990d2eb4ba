//! Address Resolution Protocol (RFC 826), reverse (RFC 903) and inverse (RFC 2390). ATM's form is in
//! [`super::arp_atm`].

use super::arp_atm;
use crate::dissect::address::{IpAddress, Ipv4, Mac};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::link::{ethertype, frame_relay};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::octets::Colons;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 8;

const FRAME_RELAY: u16 = 15;
const ATM: u16 = 19;
const HARDWARE: &[Name] = &[
    (1, "Ethernet"),
    (6, "TokenRing"),
    (7, "ArcNet"),
    (FRAME_RELAY as u32, "FrameRelay"),
    (23, "Strip"),
    (24, "IEEE 1394"),
    (ATM as u32, "ATM"),
    (32, "InfiniBand"),
];

/// Operations (IANA "ARP Parameters").
pub mod operation {
    #![allow(missing_docs)]
    pub const REQUEST: u16 = 1;
    pub const REPLY: u16 = 2;
    pub const REVERSE_REQUEST: u16 = 3;
    pub const REVERSE_REPLY: u16 = 4;
    pub const INVERSE_REQUEST: u16 = 8;
    pub const INVERSE_REPLY: u16 = 9;
    pub const NAK: u16 = 10;
}
const OPERATIONS: &[Name] = &[
    (operation::REQUEST as u32, "Request"),
    (operation::REPLY as u32, "Reply"),
    (operation::REVERSE_REQUEST as u32, "Reverse Request"),
    (operation::REVERSE_REPLY as u32, "Reverse Reply"),
    (operation::INVERSE_REQUEST as u32, "Inverse Request"),
    (operation::INVERSE_REPLY as u32, "Inverse Reply"),
    (operation::NAK as u32, "NACK Reply"),
];

/// The fields, with the four addresses as they stand.
struct Packet<'p> {
    hardware: u16,
    protocol: u16,
    sender_hardware: &'p [u8],
    sender_protocol: &'p [u8],
    target_hardware: &'p [u8],
    target_protocol: &'p [u8],
}

/// Prints a packet of any hardware type.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "arp";
    data.need(HEADER_LENGTH)?;
    let hardware = data.be16_at(0)?;
    if hardware == ATM {
        return arp_atm::print(cx, data);
    }
    let (hardware_length, protocol_length) = (usize::from(data.u8_at(4)?), usize::from(data.u8_at(5)?));
    let mut addresses = data.skip(HEADER_LENGTH);
    let packet = Packet {
        hardware,
        protocol: data.be16_at(2)?,
        sender_hardware: addresses.bytes(hardware_length)?,
        sender_protocol: addresses.bytes(protocol_length)?,
        target_hardware: addresses.bytes(hardware_length)?,
        target_protocol: addresses.bytes(protocol_length)?,
    };
    if !cx.style.link_header {
        put!(cx, "ARP, ");
    }
    let readable = is_ip(packet.protocol) && protocol_length == 4 && hardware_length != 0;
    if !readable || cx.style.verbose > 0 {
        put_hardware(cx, packet.hardware);
        put!(cx, " (len ", hardware_length, "), ");
        put_protocol(cx, packet.protocol);
        put!(cx, " (len ", protocol_length, ")");
    }
    if (readable || cx.style.verbose > 0) && !put_operation(cx, data.be16_at(6)?, &packet) {
        dump::hex_ascii(&mut cx.out, data.limit(data.length()).captured());
        return Ok(());
    }
    put!(cx, ", length ", data.length());
    Ok(())
}

/// Whether the protocol addresses are IPv4's.
pub fn is_ip(protocol: u16) -> bool {
    matches!(protocol, ethertype::IPV4 | ethertype::TRAIL)
}

/// The kind of hardware.
pub fn put_hardware(cx: &mut Context, hardware: u16) {
    match lookup(HARDWARE, hardware) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Unknown Hardware (", hardware, ")"),
    }
}

/// The protocol whose addresses are resolved.
pub fn put_protocol(cx: &mut Context, protocol: u16) {
    match lookup(ethertype::NAMES, protocol) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Unknown Protocol (0x", Hex0(protocol, 4), ")"),
    }
}

/// The operation's name, a blank behind it.
pub fn put_operation_name(cx: &mut Context, operation: u16) {
    if cx.style.verbose > 0 {
        put!(cx, ", ");
    }
    match lookup(OPERATIONS, operation) {
        Some(name) => put!(cx, name, " "),
        None => put!(cx, "Unknown (", operation, ") "),
    }
}

/// What is asked or answered; `false` when the operation is not known.
fn put_operation(cx: &mut Context, operation: u16, packet: &Packet) -> bool {
    put_operation_name(cx, operation);
    match operation {
        operation::REQUEST => {
            put!(cx, "who-has ");
            put_ip(cx, packet.protocol, packet.target_protocol, "<wrong len>");
            if packet.target_hardware.iter().any(|&octet| octet != 0) {
                put!(cx, " (");
                put_address(cx, packet.hardware, packet.target_hardware);
                put!(cx, ")");
            }
            put!(cx, " tell ");
            put_ip(cx, packet.protocol, packet.sender_protocol, "<wrong len>");
        }
        operation::REPLY => {
            put_ip(cx, packet.protocol, packet.sender_protocol, "<wrong len>");
            put!(cx, " is-at ");
            put_address(cx, packet.hardware, packet.sender_hardware);
        }
        operation::REVERSE_REQUEST | operation::INVERSE_REQUEST => {
            put!(cx, "who-is ");
            put_address(cx, packet.hardware, packet.target_hardware);
            put!(cx, " tell ");
            put_address(cx, packet.hardware, packet.sender_hardware);
        }
        operation::REVERSE_REPLY => {
            put_address(cx, packet.hardware, packet.target_hardware);
            put!(cx, " at ");
            put_ip(cx, packet.protocol, packet.target_protocol, "<wrong len>");
        }
        operation::INVERSE_REPLY => {
            put_address(cx, packet.hardware, packet.sender_hardware);
            put!(cx, " at ");
            put_ip(cx, packet.protocol, packet.sender_protocol, "<wrong len>");
        }
        _ => return false,
    }
    true
}

/// A protocol address, if it is one of IPv4.
pub fn put_ip(cx: &mut Context, protocol: u16, address: &[u8], wrong_length: &str) {
    if !is_ip(protocol) {
        put!(cx, "<wrong proto type>");
    } else if let Ok(address) = address.try_into() {
        cx.host(IpAddress::V4(Ipv4(address)));
    } else {
        put!(cx, wrong_length);
    }
}

/// A hardware address by its kind and length.
fn put_address(cx: &mut Context, hardware: u16, address: &[u8]) {
    if hardware == FRAME_RELAY && !address.is_empty() {
        put!(cx, frame_relay::Address::parse(&Cursor::new(address, address.len() as u32)));
    } else if let Ok(address) = address.try_into() {
        cx.mac(Mac(address));
    } else {
        put!(cx, Colons(address));
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn frame_relay_addresses_have_two_to_four_octets() {
        assert_eq!(
            ethernet(0, "0806 000f 0800 04 04 0008 1c428801 0a000001 00010000 0a000002"),
            "ARP, Inverse Request who-is DLCI 0 tell DLCI 954624, length 24"
        );
        assert_eq!(
            ethernet(0, "0806 000f 0800 03 04 0009 1c4205 0a000001 001c00 0a000002"),
            "ARP, Inverse Reply DLCI 7425 at 10.0.0.1, length 22"
        );
    }

    #[test]
    fn hardware_addresses_of_any_length() {
        assert_eq!(
            ethernet(0, "0806 0020 0800 02 04 0002 beef 0a000001 0000 0a000002"),
            "ARP, Reply 10.0.0.1 is-at be:ef, length 20"
        );
        assert_eq!(
            ethernet(0, "0806 0001 0800 00 04 0002 0a000001 0a000002"),
            "ARP, Ethernet (len 0), IPv4 (len 4), length 16"
        );
    }
}
