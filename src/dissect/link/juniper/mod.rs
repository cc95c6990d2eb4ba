//! Packets as Junos captures them, from each kind of interface card.

mod header;
mod names;

use super::{atm::maintenance, chdlc, ethernet, ethertype, frame_relay, llc, ppp};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::net::{ipv4, ipv6, osi};
use crate::dissect::put::Hex0;
use crate::dissect::tunnel::mpls;
use crate::put;
use header::{Header, Parsed, parse};

/// The kinds of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Card {
    Atm1,
    Atm2,
    Chdlc,
    Encryption,
    Ethernet,
    FrameRelay,
    Gateway,
    Monitor,
    /// FRF.16: links between a network and its user.
    MultilinkFrameRelay,
    /// FRF.15: from end to end.
    MultilinkFrameRelayEnd,
    MultilinkPpp,
    Ppp,
    Pppoe,
    PppoeAtm,
    Services,
}

impl Card {
    /// Its name and the usual length of its cookies, if its packets have any.
    fn cookie(self) -> Option<(&'static str, u32)> {
        Some(match self {
            Card::Atm1 => ("ATM1", 4),
            Card::Atm2 => ("ATM2", 8),
            Card::MultilinkPpp => ("MLPPP", 2),
            Card::MultilinkFrameRelayEnd => ("MLFR", 2),
            Card::MultilinkFrameRelay => ("MFR", 4),
            Card::Pppoe => ("PPPoE", 0),
            Card::PppoeAtm => ("PPPoE ATM", 0),
            Card::Gateway => ("GGSN", 8),
            Card::Monitor => ("MONITOR", 8),
            Card::Services => ("AS", 8),
            Card::Encryption => ("ES", 0),
            Card::Chdlc | Card::Ethernet | Card::FrameRelay | Card::Ppp => return None,
        })
    }
}

/// What cookies of services call the network layer's protocols.
const SERVICES_IPV4: u16 = 0x00;
const SERVICES_IPV6: u16 = 0x10;
const SERVICES_MPLS: u16 = 0x20;
const SERVICES_OSI: u16 = 0x30;
/// An octet of that cookie: to the routing engine.
const TO_ROUTING_ENGINE: u8 = 0x0c;

/// PPP's protocol number of OSI, and its address and control: then there is no cookie.
const PPP_OSI: u16 = 0x0023;
const PPP_ADDRESS_CONTROL: u16 = 0xff03;

/// Unnumbered information and an NLPID.
const NLPID_Q933: u16 = 0x0308;
const NLPID_IPV4: u16 = 0x03cc;
const NLPID_IPV6: u16 = 0x038e;
/// OSI's service access points.
const LLC_OSI: u16 = 0xfefe;

const ENCRYPTION_HEADER_LENGTH: usize = 16;
const ENCRYPTION_TYPES: &[Name] =
    &[(1, "ESP ENCR-AUTH"), (2, "ESP ENCR-AH AUTH"), (3, "ESP AUTH"), (4, "AH AUTH"), (5, "ESP ENCR")];

const GATEWAY_PROTOCOLS: &[Name] = &[(1, "Null"), (GATEWAY_IPV4 as u32, "IPv4"), (GATEWAY_IPV6 as u32, "IPv6")];
const GATEWAY_IPV4: u8 = 2;
const GATEWAY_IPV6: u8 = 6;

/// Unnumbered information alone: an NLPID follows, by Cisco's way.
const CISCO_NLPID: u8 = 0x03;
const LLC_OSI_HEADER: u32 = 0xfe_fe03;
const LLC_SNAP_HEADER: u32 = 0xaa_aa03;
/// The cookie of a maintenance cell.
const ATM1_CELL: u8 = 0x80;
const ATM2_GAP_MASK: u32 = 0x3f;

/// Prints what `print` makes of a packet; returns the length of the header in front of it.
fn print(
    cx: &mut Context,
    frame: Cursor,
    name: &'static str,
    card: Card,
    print: fn(&mut Context, &Header) -> Outcome,
) -> Outcome<usize> {
    cx.protocol = name;
    match parse(cx, frame, card)? {
        Parsed::Done(length) => Ok(length),
        Parsed::Packet(header) => {
            print(cx, &header)?;
            Ok(header.length)
        }
    }
}

/// Prints a packet that starts as IP packets do; `false` where it does not.
fn guess_ip(cx: &mut Context, packet: Cursor) -> Outcome<bool> {
    match packet.u8_at(0)? {
        0x45..=0x4f => ipv4::print(cx, packet)?,
        0x60..=0x6f => ipv6::print(cx, packet)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Prints what a cookie of services names; `false` where it names nothing.
fn print_services_protocol(cx: &mut Context, header: &Header) -> Outcome<bool> {
    match header.protocol {
        SERVICES_IPV4 => ipv4::print(cx, header.packet)?,
        SERVICES_IPV6 => ipv6::print(cx, header.packet)?,
        SERVICES_MPLS => mpls::print(cx, header.packet)?,
        SERVICES_OSI => osi::print(cx, header.packet)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Prints a packet of a mobile gateway.
pub fn gateway(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_ggsn", Card::Gateway, |cx, header| {
        let [_, _, protocol, _, vlan_high, vlan_low, ..] = header.cookie;
        if cx.style.link_header {
            put!(cx, "proto ", name_or(GATEWAY_PROTOCOLS, protocol, "Unknown"), " (", protocol, "), vlan ");
            put!(cx, u16::from_be_bytes([vlan_high, vlan_low]), ": ");
        }
        match protocol {
            GATEWAY_IPV4 => ipv4::print(cx, header.packet),
            GATEWAY_IPV6 => ipv6::print(cx, header.packet),
            _ => {
                if !cx.style.link_header {
                    put!(cx, "unknown GGSN proto (", protocol, ")");
                }
                Ok(())
            }
        }
    })
}

/// Prints a packet of encryption services.
pub fn encryption(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_es", Card::Encryption, |cx, header| {
        let packet = header.packet;
        packet.need(ENCRYPTION_HEADER_LENGTH)?;
        let kind = packet.u8_at(3)?;
        // With both encryption and authentication, tcpdump takes the header for the packet.
        let bundled = matches!(kind, 1 | 2);
        if !bundled && !matches!(kind, 3..=5) {
            put!(cx, "ES Invalid type ", kind, ", length ", packet.length());
            return Ok(());
        }
        let inner = packet.skip(if bundled { 0 } else { ENCRYPTION_HEADER_LENGTH });
        if cx.style.link_header {
            put!(cx, "ES SA, index ", packet.be16_at(0)?, ", ttl ", packet.u8_at(2)?);
            put!(cx, " type ", name_or(ENCRYPTION_TYPES, kind, "Unknown"), " (", kind, ")");
            if !bundled {
                put!(cx, ", spi ", packet.be32_at(4)?, ", Tunnel ");
                cx.ipv4_at(&packet, 8)?;
                put!(cx, " > ");
                cx.ipv4_at(&packet, 12)?;
            }
            put!(cx, ", length ", inner.length(), "\n");
        }
        ipv4::print(cx, inner)
    })
}

/// Prints a packet of a monitor.
pub fn monitor(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_monitor", Card::Monitor, |cx, header| {
        let packet = header.packet;
        packet.need(8)?;
        if cx.style.link_header {
            put!(cx, "service-id ", packet.be32_at(4)?, ", iif ", packet.be16_at(2)?);
            put!(cx, ", pkt-type ", packet.u8_at(0)?, ": ");
        }
        guess_ip(cx, packet).map(drop)
    })
}

/// Prints a packet of adaptive services.
pub fn services(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_services", Card::Services, |cx, header| {
        let packet = header.packet;
        packet.need(8)?;
        if cx.style.link_header {
            put!(cx, "service-id ", packet.u8_at(0)?, " flags 0x", Hex0(packet.u8_at(1)?, 2));
            put!(cx, " service-set-id 0x", Hex0(packet.be16_at(2)?, 4), " iif ", packet.be24_at(5)?, ": ");
        }
        guess_ip(cx, packet).map(drop)
    })
}

/// Prints an Ethernet frame with PPPoE.
pub fn pppoe(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_pppoe", Card::Pppoe, |cx, header| ethernet::print(cx, header.packet).map(drop))
}

/// Prints an Ethernet frame; returns the length of its header too.
pub fn ethernet(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "juniper_ether";
    match parse(cx, frame, Card::Ethernet)? {
        Parsed::Done(length) => Ok(length),
        Parsed::Packet(header) => Ok(header.length + ethernet::print(cx, header.packet)?),
    }
}

/// Prints a PPP frame.
pub fn ppp(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_ppp", Card::Ppp, |cx, header| ppp::print(cx, header.packet).map(drop))
}

/// Prints a frame of frame relay.
pub fn frame_relay(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_frelay", Card::FrameRelay, |cx, header| frame_relay::print(cx, header.packet).map(drop))
}

/// Prints a frame of Cisco HDLC.
pub fn chdlc(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_chdlc", Card::Chdlc, |cx, header| chdlc::print(cx, header.packet))
}

/// Prints a packet of PPPoE over ATM: an EtherType and what it announces.
pub fn pppoe_atm(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_pppoe_atm", Card::PppoeAtm, |cx, header| {
        let ethertype = header.packet.be16_at(0)?;
        if !ethertype::print(cx, ethertype, header.packet.skip(2), None)? {
            put!(cx, "unknown ethertype 0x", Hex0(ethertype, 4));
        }
        Ok(())
    })
}

/// Prints a packet of multilink PPP.
pub fn multilink_ppp(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_mlppp", Card::MultilinkPpp, |cx, header| {
        // On a single link, what looks like a cookie is the start of the frame.
        let start = header.cookie_start();
        if cx.style.link_header && start != PPP_OSI && start != PPP_ADDRESS_CONTROL {
            put!(cx, "Bundle-ID ", header.bundle, ": ");
        }
        let [_, _, _, _, way, ..] = header.cookie;
        if header.protocol == SERVICES_IPV4 && way == TO_ROUTING_ENGINE {
            return ppp::print(cx, header.packet).map(drop);
        }
        if print_services_protocol(cx, header)? {
            return Ok(());
        }
        let packet = if start == PPP_OSI { header.packet_from(2) } else { header.packet };
        ppp::print(cx, packet).map(drop)
    })
}

/// Prints a packet of multilink frame relay (FRF.16).
pub fn multilink_frame_relay(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_mfr", Card::MultilinkFrameRelay, |cx, header| {
        match header.cookie_length {
            0 => return frame_relay::multilink::print(cx, header.packet).map(drop),
            8 => return print_services_protocol(cx, header).map(drop),
            _ => {}
        }
        put_bundle(cx, header);
        match header.protocol {
            LLC_OSI => {
                header.packet.need(1)?;
                let length = header.packet.length().wrapping_sub(1);
                osi::print(cx, header.packet.skip(1).with_length(length))
            }
            _ => print_nlpid(cx, header),
        }
    })
}

/// Prints a packet of multilink frame relay (FRF.15).
pub fn multilink_frame_relay_end(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_mlfr", Card::MultilinkFrameRelayEnd, |cx, header| {
        put_bundle(cx, header);
        match header.protocol {
            0x0003 | 0x0300 => osi::print(cx, header.packet),
            _ => print_nlpid(cx, header),
        }
    })
}

fn put_bundle(cx: &mut Context, header: &Header) {
    if cx.style.link_header && header.cookie_word() != 1 {
        put!(cx, "Bundle-ID ", header.bundle, ", ");
    }
}

/// A packet whose NLPID was taken for the protocol.
fn print_nlpid(cx: &mut Context, header: &Header) -> Outcome {
    if matches!(header.protocol, NLPID_Q933 | NLPID_IPV4 | NLPID_IPV6) {
        return osi::print(cx, header.packet_from(1));
    }
    put!(cx, "unknown protocol 0x", Hex0(header.protocol, 4), ", length ", header.packet.length());
    Ok(())
}

/// Prints a packet or a cell of ATM, first generation.
pub fn atm_1(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_atm1", Card::Atm1, |cx, header| {
        let [first, ..] = header.cookie;
        if first == ATM1_CELL {
            return maintenance::print(cx, header.packet, maintenance::HEADER_LENGTH_MIN);
        }
        if print_llc(cx, header.packet)? || print_cisco_nlpid(cx, header.packet)? {
            return Ok(());
        }
        guess_ip(cx, header.packet).map(drop)
    })
}

/// Prints a packet or a cell of ATM, second generation.
pub fn atm_2(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print(cx, frame, "juniper_atm2", Card::Atm2, |cx, header| {
        let [.., last] = header.cookie;
        let packet = header.packet;
        if last & header::CELL_BITS != 0 {
            return maintenance::print(cx, packet, maintenance::HEADER_LENGTH_MIN);
        }
        if print_llc(cx, packet)? {
            return Ok(());
        }
        if !header.incoming && header.cookie_word() & ATM2_GAP_MASK != 0 {
            return ethernet::print(cx, packet).map(drop);
        }
        if print_cisco_nlpid(cx, packet)? || guess_ppp(cx, packet)? {
            return Ok(());
        }
        guess_ip(cx, packet).map(drop)
    })
}

/// A packet under an LLC header; `false` where there is none, or one that we do not know.
fn print_llc(cx: &mut Context, packet: Cursor) -> Outcome<bool> {
    match packet.be24_at(0)? {
        LLC_OSI_HEADER | LLC_SNAP_HEADER => Ok(llc::print(cx, packet, None)?.known),
        _ => Ok(false),
    }
}

fn print_cisco_nlpid(cx: &mut Context, packet: Cursor) -> Outcome<bool> {
    if packet.u8_at(0)? != CISCO_NLPID {
        return Ok(false);
    }
    osi::print(cx, packet.skip(1))?;
    Ok(true)
}

/// A packet that starts with the number of a protocol that Junos has in PPP.
fn guess_ppp(cx: &mut Context, packet: Cursor) -> Outcome<bool> {
    use ppp::protocol::*;
    match packet.be16_at(0)? {
        IPV4 | OSI | MPLS_UNICAST | MPLS_MULTICAST | IPCP | OSICP | MPLSCP | LCP | PAP | CHAP | MULTILINK | IPV6
        | IPV6CP => {
            ppp::print(cx, packet)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn a_header_that_contradicts_itself_is_told() {
        assert_eq!(text(0, LinkType::JUNIPER_ETHER, "4d474300"), " [|ether]");
        assert_eq!(text(0, LinkType::JUNIPER_ETHER, "4d474200"), "no magic-number found!");
        assert_eq!(text(0, LinkType::JUNIPER_ETHER, "4d474380 0004 01 04 0000"), " [extension_length 4 < 6] (invalid)");
        assert_eq!(text(0, LinkType::JUNIPER_MONITOR, "4d474300 5400"), " [cookie length 10 > 8] (invalid)");
    }

    #[test]
    fn extensions_are_told_at_vv() {
        assert_eq!(
            text(2, LinkType::JUNIPER_PPP, "4d474381 000b 0301 01 0602 0e00 8402 0102 c021"),
            "\n\tJuniper PCAP Flags [Ext, In], PCAP Extension(s) total length 11\
             \n\t  Device Media Type Extension TLV #3, length 1, value Ethernet (1)\
             \n\t  Logical Interface Encapsulation Extension TLV #6, length 2, value Ethernet (14)\
             \n\t  Unknown Extension TLV #132, length 2, value 258\n\t-----original packet-----\n\tLCP, [|LCP]"
        );
    }

    #[test]
    fn a_cookie_names_bundle_and_protocol() {
        let style = Style { link_header: true, ..Style::default() };
        assert_eq!(
            styled(style, LinkType::JUNIPER_MLFR, "4d474301 4705000000000028 ffff"),
            " In MLFR-PIC, cookie-len 8, cookie 0x4705000000000028: hlen 12, proto 0x0000, Bundle-ID 5, \
             unknown protocol 0x0000, length 2"
        );
    }
}
