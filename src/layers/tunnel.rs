//! Tunnels: headers behind which another packet starts.

use super::protocol::Protocol;
use super::{Next, Walk};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethertype::{IPV4, IPV6};

const GRE: u8 = 47;
const ETHERNET_IN_IP: u8 = 97;
const L2TP_IN_IP: u8 = 115;
const MPLS_IN_IP: u8 = 137;

/// GRE's flags (RFC 2784, RFC 2890), and PPTP's version (RFC 2637).
const GRE_CHECKSUM: u16 = 0x8000;
const GRE_ROUTING: u16 = 0x4000;
const GRE_KEY: u16 = 0x2000;
const GRE_SEQUENCE: u16 = 0x1000;
const GRE_VERSION: u16 = 0x0007;
const GRE_ACKNOWLEDGEMENT: u16 = 0x0080;
const PPP_IN_GRE: u16 = 0x880b;
const ERSPAN_2: u16 = 0x88be;
const ERSPAN_3: u16 = 0x22eb;
const ERSPAN_2_HEADER_LENGTH: usize = 8;
const ERSPAN_3_HEADER_LENGTH: usize = 12;

const VXLAN_PORT: u16 = 4789;
/// VXLAN that says what it carries (draft-ietf-nvo3-vxlan-gpe).
const VXLAN_GENERIC_PORT: u16 = 4790;
const VXLAN_HEADER_LENGTH: usize = 8;
const GENEVE_PORT: u16 = 6081;
const GTP_PORT: u16 = 2152;
/// A GTP message that carries a packet.
const GTP_PACKET: u8 = 255;
const L2TP_PORT: u16 = 1701;
const TEREDO_PORT: u16 = 3544;
const MPLS_PORT: u16 = 6635;
const GRE_PORT: u16 = 4754;
const AYIYA_PORT: u16 = 5072;

/// What another IP protocol carries.
pub(super) fn over_ip<'f>(walk: &mut Walk<'f, '_>, number: u8, data: Cursor<'f>) -> Outcome<Next<'f>> {
    match number {
        GRE => gre(walk, data),
        // RFC 3378: version and padding, then a frame.
        ETHERNET_IN_IP => Ok(Next::Ethernet(data.skip(2))),
        MPLS_IN_IP => Ok(Next::Mpls(data)),
        // RFC 3931: a session, whose cookie is not known; a frame without one is guessed.
        L2TP_IN_IP if data.be32_at(0)? != 0 => Ok(Next::Ethernet(data.skip(4))),
        _ => Ok(Next::Nothing),
    }
}

/// What a datagram to or from a tunnel's port carries.
pub(super) fn over_udp<'f>(
    walk: &mut Walk<'f, '_>,
    source: u16,
    destination: u16,
    data: Cursor<'f>,
) -> Outcome<Next<'f>> {
    let has_port = |port| source == port || destination == port;
    // A sender of VXLAN chooses its source port freely.
    if destination == VXLAN_PORT {
        walk.push(Protocol::Vxlan, data, VXLAN_HEADER_LENGTH as u32)?;
        Ok(Next::Ethernet(data.skip(VXLAN_HEADER_LENGTH)))
    } else if destination == VXLAN_GENERIC_PORT {
        let protocol = data.u8_at(3)?;
        walk.push(Protocol::Vxlan, data, VXLAN_HEADER_LENGTH as u32)?;
        let payload = data.skip(VXLAN_HEADER_LENGTH);
        match protocol {
            1 | 2 => Ok(Next::Ip(payload)),
            3 => Ok(Next::Ethernet(payload)),
            4 => nsh(payload),
            _ => Ok(Next::Nothing),
        }
    } else if has_port(GENEVE_PORT) {
        geneve(walk, data)
    } else if has_port(GTP_PORT) {
        gtp(walk, data)
    } else if has_port(L2TP_PORT) {
        l2tp(data)
    } else if has_port(TEREDO_PORT) {
        teredo(data)
    } else if destination == GRE_PORT {
        gre(walk, data)
    } else if has_port(AYIYA_PORT) {
        ayiya(data)
    } else if destination == MPLS_PORT {
        Ok(Next::Mpls(data))
    } else {
        Ok(Next::Nothing)
    }
}

/// Generic Routing Encapsulation.
fn gre<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (flags, protocol) = (data.be16_at(0)?, data.be16_at(2)?);
    let mut header = 4;
    let is_pptp = flags & GRE_VERSION == 1;
    if flags & (GRE_CHECKSUM | GRE_ROUTING) != 0 {
        header += 4;
    }
    for flag in [GRE_KEY, GRE_SEQUENCE] {
        if flags & flag != 0 {
            header += 4;
        }
    }
    if is_pptp && flags & GRE_ACKNOWLEDGEMENT != 0 {
        header += 4;
    }
    if flags & GRE_ROUTING != 0 && !is_pptp {
        header = skip_routes(data, header)?;
    }
    walk.push(Protocol::Gre, data, header as u32)?;
    let payload = data.skip(header);
    Ok(match protocol {
        PPP_IN_GRE => Next::Ppp(payload),
        // Aruba's access points send frames of IEEE 802.11.
        0x8200..=0x83ff => Next::Wifi(payload),
        // Without a sequence number there is no ERSPAN header either.
        ERSPAN_2 if flags & GRE_SEQUENCE == 0 => Next::Ethernet(payload),
        ERSPAN_2 => Next::Ethernet(payload.skip(ERSPAN_2_HEADER_LENGTH)),
        ERSPAN_3 => {
            let has_subheader = payload.u8_at(11)? & 1 != 0;
            Next::Ethernet(payload.skip(ERSPAN_3_HEADER_LENGTH + if has_subheader { 8 } else { 0 }))
        }
        ethertype => Next::EtherType(ethertype, payload),
    })
}

/// The end of the source routes that RFC 1701 allowed.
fn skip_routes(data: Cursor, mut offset: usize) -> Outcome<usize> {
    loop {
        let (family, length) = (data.be16_at(offset)?, data.u8_at(offset + 3)?);
        offset += 4 + usize::from(length);
        if family == 0 && length == 0 {
            return Ok(offset);
        }
    }
}

/// RFC 8926: options of a length in words, and an EtherType.
fn geneve<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let header = 8 + usize::from(data.u8_at(0)? & 0x3f) * 4;
    let protocol = data.be16_at(2)?;
    walk.push(Protocol::Geneve, data, header as u32)?;
    Ok(Next::EtherType(protocol, data.skip(header)))
}

/// 3GPP TS 29.281: a tunnel for IP, with extension headers.
fn gtp<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (flags, message) = (data.u8_at(0)?, data.u8_at(1)?);
    let mut header = 8;
    if flags & 0x07 != 0 {
        header += 4;
    }
    // The type of the next extension is each one's last octet; its length counts words.
    let mut next_extension = if flags & 0x04 != 0 { data.u8_at(11)? } else { 0 };
    while next_extension != 0 {
        let length = usize::from(data.u8_at(header)?).max(1) * 4;
        next_extension = data.u8_at(header + length - 1)?;
        header += length;
    }
    walk.push(Protocol::Gtp, data, header as u32)?;
    Ok(if flags >> 5 == 1 && message == GTP_PACKET { Next::Ip(data.skip(header)) } else { Next::Nothing })
}

/// RFC 2661: a data message carries PPP.
fn l2tp(data: Cursor) -> Outcome<Next> {
    let flags = data.be16_at(0)?;
    let is_data = flags & 0x800f == 0x0002;
    if !is_data {
        return Ok(Next::Nothing);
    }
    let mut header = 6;
    for (flag, octets) in [(0x4000, 2), (0x0800, 4)] {
        if flags & flag != 0 {
            header += octets;
        }
    }
    if flags & 0x0200 != 0 {
        header += 2 + usize::from(data.be16_at(header)?);
    }
    Ok(Next::Ppp(data.skip(header)))
}

/// RFC 4380: authentication and origin may stand in front of an IPv6 packet.
fn teredo(mut data: Cursor) -> Outcome<Next> {
    if data.be16_at(0)? == 0x0001 {
        let (client, value) = (usize::from(data.u8_at(2)?), usize::from(data.u8_at(3)?));
        data = data.skip(13 + client + value);
    }
    if data.be16_at(0)? == 0x0000 {
        data = data.skip(8);
    }
    Ok(if data.u8_at(0)? >> 4 == 6 { Next::Ip(data) } else { Next::Nothing })
}

/// Anything In Anything (draft-massar-v6ops-ayiya): an identity and a signature of lengths that are told first.
fn ayiya(data: Cursor) -> Outcome<Next> {
    let (identity, signature) = (1 << (data.u8_at(0)? >> 4), usize::from(data.u8_at(1)? >> 4) * 4);
    Ok(Next::IpPayload(data.u8_at(3)?, data.skip(8 + identity + signature)))
}

/// RFC 8300: a service path, then what its next-protocol field says.
pub(super) fn nsh(data: Cursor) -> Outcome<Next> {
    let length = usize::from(data.be16_at(0)? & 0x3f) * 4;
    let payload = data.skip(length.max(8));
    Ok(match data.u8_at(3)? {
        1 => Next::EtherType(IPV4, payload),
        2 => Next::EtherType(IPV6, payload),
        3 => Next::Ethernet(payload),
        5 => Next::Mpls(payload),
        _ => Next::Nothing,
    })
}
