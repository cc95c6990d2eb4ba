//! IP of both versions, its extension headers, and the control messages that quote packets.

use super::fragments::Piece;
use super::protocol::Protocol;
use super::{Layer, Next, Walk, transport, tunnel};
use crate::dissect::cursor::{Cursor, Outcome};

const IPV4_HEADER_LENGTH_MIN: u32 = 20;
const IPV6_HEADER_LENGTH: usize = 40;
/// Of the flags and the fragment offset in an IPv4 header.
const MORE_FRAGMENTS: u16 = 0x2000;
const OFFSET_MASK: u16 = 0x1fff;

const HOP_BY_HOP: u8 = 0;
const ROUTING: u8 = 43;
const FRAGMENT: u8 = 44;
const AUTHENTICATION: u8 = 51;
const DESTINATION_OPTIONS: u8 = 60;
const MOBILITY: u8 = 135;
const HOST_IDENTITY: u8 = 139;
const SHIM6: u8 = 140;
const IPV4_IN_IP: u8 = 4;
const IPV6_IN_IP: u8 = 41;
const ICMP: u8 = 1;
const IGMP: u8 = 2;
const TCP: u8 = 6;
const UDP: u8 = 17;
const ICMPV6: u8 = 58;
const SCTP: u8 = 132;

/// The header of an ICMP message of either version; an error's packet is behind it.
const ICMP_HEADER_LENGTH: usize = 8;

/// IP of the version that its first octet says.
pub(super) fn ip<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    match data.u8_at(0)? >> 4 {
        4 => ipv4(walk, data),
        6 => ipv6(walk, data),
        _ => Ok(Next::Nothing),
    }
}

fn ipv4<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let header = u32::from(data.u8_at(0)? & 0xf) * 4;
    let total = u32::from(data.be16_at(2)?);
    if header < IPV4_HEADER_LENGTH_MIN || (total != 0 && total < header) {
        return Ok(Next::Nothing);
    }
    // Where the network card cuts segments, the length is not filled in yet.
    let packet = if total == 0 { data } else { data.limit(total) };
    let (fragment, protocol) = (packet.be16_at(6)?, packet.u8_at(9)?);
    packet.need(IPV4_HEADER_LENGTH_MIN as usize)?;
    walk.push(Protocol::Ipv4, packet, header)?;
    let payload = packet.skip(header as usize);
    if fragment & (MORE_FRAGMENTS | OFFSET_MASK) == 0 {
        return self::payload(walk, protocol, payload);
    }
    let piece = Piece {
        key: (address(packet, 12)?, address(packet, 16)?, packet.be16_at(4)?.into(), protocol),
        offset: u32::from(fragment & OFFSET_MASK) * 8,
        is_last: fragment & MORE_FRAGMENTS == 0,
        data: payload,
    };
    Ok(reassemble(walk, &piece).map_or(Next::Nothing, |datagram| Next::IpPayload(protocol, datagram)))
}

fn ipv6<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (payload_length, next_header) = (u32::from(data.be16_at(4)?), data.u8_at(6)?);
    data.need(IPV6_HEADER_LENGTH)?;
    // Zero: a jumbogram, or the network card is to fill it in.
    let packet = if payload_length == 0 { data } else { data.limit(payload_length + IPV6_HEADER_LENGTH as u32) };
    walk.push(Protocol::Ipv6, packet, IPV6_HEADER_LENGTH as u32)?;
    payload(walk, next_header, packet.skip(IPV6_HEADER_LENGTH))
}

/// What an IP protocol number announces.
pub(super) fn payload<'f>(walk: &mut Walk<'f, '_>, number: u8, data: Cursor<'f>) -> Outcome<Next<'f>> {
    match number {
        TCP => transport::tcp(walk, data),
        UDP => transport::udp(walk, data),
        ICMP => icmp(walk, data),
        ICMPV6 => icmpv6(walk, data),
        IPV4_IN_IP | IPV6_IN_IP => Ok(Next::Ip(data)),
        HOP_BY_HOP | ROUTING | DESTINATION_OPTIONS | MOBILITY | HOST_IDENTITY | SHIM6 => {
            let length = (usize::from(data.u8_at(1)?) + 1) * 8;
            Ok(Next::IpPayload(data.u8_at(0)?, data.skip(length)))
        }
        AUTHENTICATION => {
            let length = (usize::from(data.u8_at(1)?) + 2) * 4;
            Ok(Next::IpPayload(data.u8_at(0)?, data.skip(length)))
        }
        FRAGMENT => ipv6_fragment(walk, data),
        SCTP => transport::end(walk, Protocol::Sctp, data, 12),
        IGMP => transport::end(walk, Protocol::Igmp, data, 8),
        _ => tunnel::over_ip(walk, number, data),
    }
}

/// A fragment of IPv6 (RFC 8200 section 4.5).
fn ipv6_fragment<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (next_header, offset, identification) = (data.u8_at(0)?, data.be16_at(2)?, data.be32_at(4)?);
    let payload = data.skip(8);
    if offset & 0xfff9 == 0 {
        return Ok(Next::IpPayload(next_header, payload));
    }
    let Some(Layer { data: header, .. }) =
        walk.layers.all().iter().rev().find(|layer| layer.protocol == Protocol::Ipv6)
    else {
        return Ok(Next::Nothing);
    };
    let piece = Piece {
        key: (header.array_at(8)?, header.array_at(24)?, identification, next_header),
        offset: u32::from(offset & 0xfff8),
        is_last: offset & 1 == 0,
        data: payload,
    };
    Ok(reassemble(walk, &piece).map_or(Next::Nothing, |datagram| Next::IpPayload(next_header, datagram)))
}

/// An IPv4 address in the room of an IPv6 one.
fn address(packet: Cursor, offset: usize) -> Outcome<[u8; 16]> {
    let [a, b, c, d] = packet.array_at(offset)?;
    Ok([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d])
}

/// The datagram's contents, once this piece completes it. Of one that will not be complete, because the capture
/// cut it or it is quoted, the first piece has to do.
fn reassemble<'f>(walk: &mut Walk<'f, '_>, piece: &Piece<'f>) -> Option<Cursor<'f>> {
    let is_whole = piece.data.captured().len() >= piece.data.length() as usize;
    if !is_whole || walk.layers.quoted_from != usize::MAX {
        return (piece.offset == 0).then_some(piece.data);
    }
    let datagram = walk.fragments.add(piece)?;
    walk.reassembled.keep(datagram)
}

/// A control message; an error repeats the packet that it is about (RFC 792).
fn icmp<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let kind = data.u8_at(0)?;
    walk.push(Protocol::Icmp, data, ICMP_HEADER_LENGTH as u32)?;
    Ok(quoted(walk, data, matches!(kind, 3 | 4 | 5 | 11 | 12)))
}

/// The same for version 6 (RFC 4443).
fn icmpv6<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let kind = data.u8_at(0)?;
    walk.push(Protocol::Icmpv6, data, ICMP_HEADER_LENGTH as u32)?;
    Ok(quoted(walk, data, matches!(kind, 1..=4)))
}

fn quoted<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>, is_error: bool) -> Next<'f> {
    if !is_error {
        return Next::Nothing;
    }
    walk.layers.quoted_from = walk.layers.quoted_from.min(walk.layers.all().len());
    Next::Ip(data.skip(ICMP_HEADER_LENGTH))
}
