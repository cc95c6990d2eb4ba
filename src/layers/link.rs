//! Link-layer headers: from the frame's first octet to the network layer.

use super::protocol::Protocol;
use super::{Next, Walk, network, wireless};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethertype::{IPV4, IPV6, JUMBO, MACSEC, MPLS as ETHERTYPE_MPLS, MPLS_MULTICAST, is_vlan_tag};
use crate::dissect::link::ppp::protocol as ppp_protocol;
use crate::source::LinkType;

/// Where an EtherType stands in an Ethernet header, after the two addresses.
const ETHERTYPE_OFFSET: usize = 12;
const ETHERNET_HEADER_LENGTH: usize = 14;
/// Below, the type field is a length, and an LLC header follows (IEEE 802.3 section 3.2.6).
const LENGTH_MAX: u16 = 1500;

const ARP: u16 = 0x0806;
const PPP: u16 = 0x880b;
const PPPOE_SESSION: u16 = 0x8864;
const TRANSPARENT_ETHERNET: u16 = 0x6558;
const PROVIDER_BACKBONE: u16 = 0x88e7;
const NSH: u16 = 0x894f;

const SLL_HEADER_LENGTH: usize = 16;
const SLL2_HEADER_LENGTH: usize = 20;
const LOOPBACK_HEADER_LENGTH: usize = 4;
const PPPOE_HEADER_LENGTH: usize = 6;
const MPLS_LABEL_LENGTH: usize = 4;
/// The bottom of a label stack.
const MPLS_BOTTOM: u32 = 0x100;

/// IEEE 802.1AE: an explicit channel identifier is there; the octets are encrypted or changed.
const MACSEC_CHANNEL: u8 = 0x20;
const MACSEC_ENCRYPTED: u8 = 0x0c;
const MACSEC_CHECK_LENGTH: u32 = 16;

/// The link type's header.
pub(super) fn start<'f>(walk: &mut Walk<'f, '_>, link_type: LinkType, data: Cursor<'f>) -> Outcome<Next<'f>> {
    match link_type {
        LinkType::ETHERNET => ethernet(walk, data),
        LinkType::RAW | LinkType::IPV4 | LinkType::IPV6 => Ok(Next::Ip(data)),
        LinkType::NULL | LinkType::LOOP => loopback(walk, data),
        LinkType::LINUX_SLL => {
            let ethertype = data.be16_at(14)?;
            cooked(walk, data, ethertype, SLL_HEADER_LENGTH)
        }
        LinkType::LINUX_SLL2 => {
            let ethertype = data.be16_at(0)?;
            cooked(walk, data, ethertype, SLL2_HEADER_LENGTH)
        }
        LinkType::PPP | LinkType::PPP_SERIAL | LinkType::PPP_PPPD => serial_ppp(data),
        LinkType::PPP_ETHER => pppoe(walk, data),
        LinkType::C_HDLC => Ok(Next::EtherType(data.be16_at(2)?, data.skip(4))),
        LinkType::IPOIB => Ok(Next::EtherType(data.be16_at(20)?, data.skip(24))),
        // Frame control and two addresses.
        LinkType::FDDI => Ok(Next::Llc(data.skip(13))),
        LinkType::PKTAP => packet_tap(walk, data),
        LinkType::PFLOG => Ok(Next::Ip(data.skip(usize::from(data.u8_at(0)?).next_multiple_of(4)))),
        LinkType::NFLOG => netfilter_log(data),
        _ => wireless::start(link_type, data),
    }
}

/// Ethernet II or IEEE 802.3.
pub(super) fn ethernet<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let ethertype = data.be16_at(ETHERTYPE_OFFSET)?;
    walk.push(Protocol::Ethernet, data, ETHERNET_HEADER_LENGTH as u32)?;
    // The usual way down is gone at once, without coming back for each step.
    self::ethertype(walk, ethertype, data.skip(ETHERNET_HEADER_LENGTH))
}

/// What a type field announces.
pub(super) fn ethertype<'f>(walk: &mut Walk<'f, '_>, ethertype: u16, data: Cursor<'f>) -> Outcome<Next<'f>> {
    match ethertype {
        IPV4 | IPV6 => network::ip(walk, data),
        tag if is_vlan_tag(tag) => {
            let inner = data.be16_at(2)?;
            walk.push(Protocol::Vlan, data, 4)?;
            Ok(Next::EtherType(inner, data.skip(4)))
        }
        ARP => {
            walk.push(Protocol::Arp, data, 8)?;
            Ok(Next::Nothing)
        }
        ETHERTYPE_MPLS | MPLS_MULTICAST => Ok(Next::Mpls(data)),
        PPPOE_SESSION => pppoe(walk, data),
        PPP => Ok(Next::Ppp(data)),
        TRANSPARENT_ETHERNET => Ok(Next::Ethernet(data)),
        // IEEE 802.1ah: a service tag, then the customer's frame.
        PROVIDER_BACKBONE => Ok(Next::Ethernet(data.skip(4))),
        NSH => super::tunnel::nsh(data),
        MACSEC => macsec(data),
        JUMBO => Ok(Next::Llc(data)),
        length if length <= LENGTH_MAX => Ok(Next::Llc(data.limit(length.into()))),
        _ => Ok(Next::Nothing),
    }
}

/// IEEE 802.2: the protocol is in the service access point, or behind a SNAP header (RFC 1042).
pub(super) fn llc<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (access_points, control) = (data.be16_at(0)?, data.u8_at(2)?);
    match (access_points, control) {
        (0xaaaa, 0x03) => {
            let (organization, protocol) = (data.be24_at(3)?, data.be16_at(6)?);
            walk.push(Protocol::Llc, data, 8)?;
            // Encapsulated Ethernet, as RFC 1042 and as bridges write it.
            let is_ethertype = matches!(organization, 0 | 0x00_00f8) && protocol > LENGTH_MAX;
            Ok(if is_ethertype { Next::EtherType(protocol, data.skip(8)) } else { Next::Nothing })
        }
        (0x0606, 0x03) => {
            walk.push(Protocol::Llc, data, 3)?;
            Ok(Next::Ip(data.skip(3)))
        }
        _ => {
            walk.push(Protocol::Llc, data, 3)?;
            Ok(Next::Nothing)
        }
    }
}

/// BSD loopback: an address family, whose number and byte order depend on the system.
fn loopback<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let families = [data.be32_at(0)?, data.le32_at(0)?];
    walk.push(Protocol::Loopback, data, LOOPBACK_HEADER_LENGTH as u32)?;
    // AF_INET, and AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS, Windows.
    let is_ip = families.iter().any(|family| matches!(family, 2 | 10 | 23 | 24 | 28 | 30));
    Ok(if is_ip { Next::Ip(data.skip(LOOPBACK_HEADER_LENGTH)) } else { Next::Nothing })
}

/// Linux cooked capture.
fn cooked<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>, protocol: u16, header: usize) -> Outcome<Next<'f>> {
    walk.push(Protocol::Cooked, data, header as u32)?;
    let payload = data.skip(header);
    // Linux's own numbers for what has no EtherType: 802.3 frames and 802.2 (<linux/if_ether.h>).
    Ok(match protocol {
        0x0001 => Next::Nothing,
        0x0004 => Next::Llc(payload),
        length if length <= LENGTH_MAX => Next::Nothing,
        ethertype => Next::EtherType(ethertype, payload),
    })
}

/// PPP on a serial line; Cisco's HDLC may stand in its place (RFC 1547).
fn serial_ppp(data: Cursor) -> Outcome<Next> {
    Ok(match data.u8_at(0)? {
        0x0f | 0x8f => Next::EtherType(data.be16_at(2)?, data.skip(4)),
        // The direction stands where the address was.
        0x00 | 0x01 if data.u8_at(1)? == 0x03 => Next::Ppp(data.skip(2)),
        _ => Next::Ppp(data),
    })
}

/// A PPP session in Ethernet frames (RFC 2516).
fn pppoe<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let length = data.be16_at(4)?;
    walk.push(Protocol::Pppoe, data, PPPOE_HEADER_LENGTH as u32)?;
    Ok(Next::Ppp(data.skip(PPPOE_HEADER_LENGTH).limit(length.into())))
}

/// PPP: address and control may be left out, and the protocol's first octet where it is zero (RFC 1661).
pub(super) fn ppp<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let framing = if data.be16_at(0)? == 0xff03 { 2 } else { 0 };
    let first = data.u8_at(framing)?;
    let (protocol, length) = if first & 1 == 1 { (u16::from(first), 1) } else { (data.be16_at(framing)?, 2) };
    let header = framing + length;
    walk.push(Protocol::Ppp, data, header as u32)?;
    let payload = data.skip(header);
    Ok(match protocol {
        ppp_protocol::IPV4 | ppp_protocol::IPV6 | ppp_protocol::VJ_UNCOMPRESSED => Next::Ip(payload),
        ppp_protocol::MPLS_UNICAST | ppp_protocol::MPLS_MULTICAST => Next::Mpls(payload),
        _ => Next::Nothing,
    })
}

/// A stack of labels (RFC 3032). What is below is guessed from its first four bits, as routers do.
pub(super) fn mpls<'f>(walk: &mut Walk<'f, '_>, mut data: Cursor<'f>) -> Outcome<Next<'f>> {
    loop {
        let label = data.be32_at(0)?;
        walk.push(Protocol::Mpls, data, MPLS_LABEL_LENGTH as u32)?;
        data = data.skip(MPLS_LABEL_LENGTH);
        if label & MPLS_BOTTOM != 0 {
            break;
        }
    }
    Ok(match data.u8_at(0)? >> 4 {
        4 | 6 => Next::Ip(data),
        // The control word of a pseudowire (RFC 4385), which carries Ethernet more often than not.
        0 => Next::Ethernet(data.skip(4)),
        _ => Next::Nothing,
    })
}

/// IEEE 802.1AE without encryption: the frame is between a security tag and a check value.
fn macsec(data: Cursor) -> Outcome<Next> {
    let flags = data.u8_at(0)?;
    if flags & MACSEC_ENCRYPTED != 0 {
        return Ok(Next::Nothing);
    }
    let tag = if flags & MACSEC_CHANNEL != 0 { 14 } else { 6 };
    let inner = data.limit(data.length().saturating_sub(MACSEC_CHECK_LENGTH)).skip(tag);
    Ok(Next::EtherType(inner.be16_at(0)?, inner.skip(2)))
}

/// Apple's packet tap: a header in little-endian order says what link type follows.
fn packet_tap<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (header, link_type) = (data.le32_at(0)?, LinkType(data.le32_at(8)? as i32));
    if header < 12 || link_type == LinkType::PKTAP {
        return Ok(Next::Nothing);
    }
    start(walk, link_type, data.skip(header as usize))
}

/// Linux's netfilter log: attributes, of which one is the packet.
fn netfilter_log(data: Cursor) -> Outcome<Next> {
    const PAYLOAD: u16 = 9;
    let mut attributes = data.skip(4);
    loop {
        let (length, kind) = (attributes.le16_at(0)?, attributes.le16_at(2)?);
        if length < 4 {
            return Ok(Next::Nothing);
        }
        if kind & 0x7fff == PAYLOAD {
            return Ok(Next::Ip(attributes.limit(length.into()).skip(4)));
        }
        attributes = attributes.skip(usize::from(length).next_multiple_of(4));
    }
}
