//! The usual way to a segment, for those who look at nothing else in a frame: Ethernet, one IP header, TCP.
//!
//! It finds what a [walk](super::walk) would find, at a fifth of the cost. Everything else is left to the walk.

use super::{Layer, Protocol};
use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::cursor::Cursor;
use crate::dissect::link::ethertype::{IPV4, IPV6};
use crate::source::{Frame, LinkType};
use crate::tcp::relative::Endpoints;

const ETHERNET_HEADER_LENGTH: usize = 14;
const IPV4_HEADER_LENGTH: u16 = 20;
const IPV6_HEADER_LENGTH: u32 = 40;
/// Version 4, and a header without options.
const IPV4_START: u8 = 0x45;
/// More fragments, and the fragment offset.
const FRAGMENT_MASK: u16 = 0x3fff;
const TCP: u8 = 6;

/// The IP header, and the segment. `None` where it takes a closer look.
#[inline]
pub fn segment<'f>(frame: &Frame<'f>) -> Option<(Layer<'f>, Cursor<'f>)> {
    find(frame.link_type, Cursor::new(frame.bytes, frame.wire_length))
}

#[inline]
fn find(link_type: LinkType, data: Cursor) -> Option<(Layer, Cursor)> {
    if link_type != LinkType::ETHERNET {
        return None;
    }
    let packet = data.skip(ETHERNET_HEADER_LENGTH);
    match data.be16_at(ETHERNET_HEADER_LENGTH - 2).ok()? {
        IPV4 => ipv4(packet),
        IPV6 => ipv6(packet),
        _ => None,
    }
}

/// The ends of the segment that a frame holds which begins so, as far as these octets go.
#[inline]
pub fn ends(link_type: LinkType, octets: &[u8]) -> Option<Endpoints> {
    let (ip, data) = find(link_type, Cursor::new(octets, octets.len() as u32))?;
    let ports = (data.be16_at(0).ok()?, data.be16_at(2).ok()?);
    let (source, destination) = addresses(&ip)?;
    Some(Endpoints { source: (source, ports.0), destination: (destination, ports.1) })
}

#[inline]
fn addresses(ip: &Layer) -> Option<(IpAddress, IpAddress)> {
    if ip.protocol == Protocol::Ipv4 {
        let at = |offset| ip.data.array_at(offset).map(|octets| IpAddress::V4(Ipv4(octets))).ok();
        at(12).zip(at(16))
    } else {
        let at = |offset| IpAddress::v6_at(&ip.data, offset).ok();
        at(8).zip(at(24))
    }
}

#[inline]
fn ipv4(packet: Cursor) -> Option<(Layer, Cursor)> {
    packet.need(IPV4_HEADER_LENGTH.into()).ok()?;
    let (start, length) = (packet.u8_at(0).ok()?, packet.be16_at(2).ok()?);
    let (fragment, protocol) = (packet.be16_at(6).ok()?, packet.u8_at(9).ok()?);
    if start != IPV4_START || length < IPV4_HEADER_LENGTH || fragment & FRAGMENT_MASK != 0 || protocol != TCP {
        return None;
    }
    let data = packet.limit(length.into());
    let header = Layer { protocol: Protocol::Ipv4, header_length: IPV4_HEADER_LENGTH.into(), data };
    Some((header, header.payload()))
}

#[inline]
fn ipv6(packet: Cursor) -> Option<(Layer, Cursor)> {
    packet.need(IPV6_HEADER_LENGTH as usize).ok()?;
    let (start, length) = (packet.u8_at(0).ok()?, packet.be16_at(4).ok()?);
    if start >> 4 != 6 || length == 0 || packet.u8_at(6) != Ok(TCP) {
        return None;
    }
    let data = packet.limit(u32::from(length) + IPV6_HEADER_LENGTH);
    let header = Layer { protocol: Protocol::Ipv6, header_length: IPV6_HEADER_LENGTH, data };
    Some((header, header.payload()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use etherparse::PacketBuilder;

    #[test]
    fn the_ends_of_a_frame_that_begins_so_are_found() {
        let frame = || PacketBuilder::ethernet2([2; 6], [4; 6]);
        let mut v4 = Vec::new();
        let builder = frame().ipv4([10, 0, 0, 1], [10, 0, 0, 2], 64).tcp(1000, 80, 7, 512);
        builder.write(&mut v4, b"hello").unwrap();
        let found = ends(LinkType::ETHERNET, &v4[..54]).unwrap();
        let at = |last, port| (IpAddress::V4(Ipv4([10, 0, 0, last])), port);
        assert_eq!((found.source, found.destination), (at(1, 1000), at(2, 80)));
        let mut v6 = Vec::new();
        frame().ipv6([1; 16], [2; 16], 64).tcp(80, 1000, 7, 512).write(&mut v6, b"hello").unwrap();
        let found = ends(LinkType::ETHERNET, &v6).unwrap();
        assert_eq!((found.source.1, found.destination.1), (80, 1000));
        assert!(found.source.0 < found.destination.0);
        for (link_type, octets) in [(LinkType::ETHERNET, &v4[..30]), (LinkType::ETHERNET, &[]), (LinkType::RAW, &v4)] {
            assert!(ends(link_type, octets).is_none());
        }
    }
}
