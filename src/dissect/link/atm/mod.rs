//! Asynchronous Transfer Mode: packets in LLC encapsulation (RFC 2684), and what single channels carry.

mod lane;
pub mod maintenance;

use super::llc;
use crate::dissect::app::snmp;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::osi;
use crate::dissect::put::Hex0;
use crate::put;

/// What an LLC header starts with: SNAP, OSI and IP in unnumbered information.
const LLC_SNAP: u32 = 0xaa_aa03;
const LLC_OSI: u32 = 0xfe_fe03;
const LLC_IP: u32 = 0x06_0603;
/// Unnumbered information alone: an NLPID follows, by Cisco's way.
const CISCO_NLPID: u8 = 0x03;
/// What some cards put in front of the LLC header: a header of IEEE 802.6.
const DQDB_HEADER_LENGTH: usize = 20;

/// Channels of path 0 (ATM Forum UNI 3.1).
const META_SIGNALLING: u16 = 1;
const BROADCAST_SIGNALLING: u16 = 2;
const MAINTENANCE_SEGMENT: u16 = 3;
const MAINTENANCE_END: u16 = 4;
const SIGNALLING: u16 = 5;
const MANAGEMENT: u16 = 16;

const Q2931: u8 = 9;
const MESSAGES: &[Name] = &[
    (0x02, "Call_proceeding"),
    (0x07, "Connect"),
    (0x0f, "Connect_ack"),
    (0x05, "Setup"),
    (0x4d, "Release"),
    (0x5a, "Release_complete"),
    (0x46, "Restart"),
    (0x4e, "Restart_ack"),
    (0x7d, "Status"),
    (0x75, "Status_enquiry"),
    (0x80, "Add_party"),
    (0x81, "Add_party_ack"),
    (0x82, "Add_party_reject"),
    (0x83, "Drop_party"),
    (0x84, "Drop_party_ack"),
];

/// SunATM: four octets with direction, kind of traffic, path and channel.
const SUN_HEADER_LENGTH: usize = 4;
const SUN_TRANSMITTED: u8 = 0x80;
const SUN_KIND_MASK: u8 = 0x0f;
const SUN_LAN_EMULATION: u8 = 0x01;

/// Prints a packet in LLC encapsulation; returns the length of its headers.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "atm";
    if packet.u8_at(0)? == CISCO_NLPID {
        put!(cx, if cx.style.link_header { "CNLPID " } else { "" });
        osi::print(cx, packet.skip(1))?;
        return Ok(1);
    }
    if matches!(packet.be24_at(0)?, LLC_SNAP | LLC_OSI | LLC_IP) {
        return llc::payload(cx, packet, None);
    }
    if cx.style.link_header {
        packet.need(16)?;
        put!(cx, Hex0(packet.be64_at(0)?, 16), " ", Hex0(packet.be64_at(8)?, 16), " ");
    }
    packet.need(DQDB_HEADER_LENGTH)?;
    Ok(DQDB_HEADER_LENGTH + llc::payload(cx, packet.skip(DQDB_HEADER_LENGTH), None)?)
}

/// Prints a packet as Solaris captures it; returns the header's length.
pub fn sun(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "sunatm";
    let kind = packet.u8_at(0)?;
    if cx.style.link_header {
        put!(cx, if kind & SUN_TRANSMITTED != 0 { "Tx: " } else { "Rx: " });
    }
    let (path, channel) = (packet.u8_at(1)?, packet.be16_at(2)?);
    let emulates_lan = kind & SUN_KIND_MASK == SUN_LAN_EMULATION;
    channel_packet(cx, path, channel, emulates_lan, packet.skip(SUN_HEADER_LENGTH))?;
    Ok(SUN_HEADER_LENGTH)
}

/// Prints what a channel of a path carries.
fn channel_packet(cx: &mut Context, path: u8, channel: u16, emulates_lan: bool, packet: Cursor) -> Outcome {
    cx.protocol = "atm";
    if cx.style.link_header {
        put!(cx, "VPI:", path, " VCI:", channel, " ");
    }
    match (path, channel) {
        (0, SIGNALLING) => signalling(cx, &packet),
        (0, BROADCAST_SIGNALLING) => {
            put!(cx, "broadcast sig: ");
            Ok(())
        }
        (0, MAINTENANCE_SEGMENT | MAINTENANCE_END) => maintenance::print(cx, packet, maintenance::HEADER_LENGTH_MAX),
        (0, META_SIGNALLING) => {
            put!(cx, "meta: ");
            Ok(())
        }
        (0, MANAGEMENT) => {
            put!(cx, "ilmi: ");
            snmp::print(cx, packet)
        }
        _ if emulates_lan => lane::print(cx, packet),
        _ => llc::payload(cx, packet, None).map(drop),
    }
}

/// A message about a call (ITU-T Q.2931).
fn signalling(cx: &mut Context, packet: &Cursor) -> Outcome {
    let protocol = packet.u8_at(0)?;
    if protocol != Q2931 {
        put!(cx, "SSCOP, proto ", protocol, " ");
        return Ok(());
    }
    put!(cx, "Q.2931");
    let message = packet.u8_at(5)?;
    match lookup(MESSAGES, message) {
        Some(name) => put!(cx, ":", name, " "),
        None => put!(cx, ":msgtype#", message, " "),
    }
    put!(cx, "CALL_REF:0x", Hex0(packet.be24_at(2)?, 6));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn an_unknown_first_header_is_passed_over() {
        let style = Style { link_header: true, quiet: 1, ..Style::default() };
        assert_eq!(
            styled(style, LinkType::ATM_RFC1483, "00112233445566778899aabbccddeeff00000000 aaaa03 000000 1234"),
            "0011223344556677 8899aabbccddeeff LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: \
             oui Ethernet (0x000000), ethertype Unknown (0x1234), length 0: "
        );
    }

    #[test]
    fn a_channel_says_what_it_carries() {
        let sun = |hex| text(0, LinkType::SUNATM, hex);
        assert_eq!(sun("80000005 09 03 000102 05"), "Q.2931:Setup CALL_REF:0x000102");
        assert_eq!(sun("80000005 07"), "SSCOP, proto 7 ");
        assert_eq!(sun("81010005 ff00 0101 0102"), "lec: proto 1 vers 1 join response");
        assert_eq!(sun("80000002"), "broadcast sig: ");
    }
}
