//! The headers of a usual frame: Ethernet, one IP header, TCP, and nothing in between or wrong with them.
//!
//! Four of five frames are such ones. They are read once, for the analysis and for the text: at a fifth of what a
//! [walk](super::walk), and at a part of what the dissectors of each of these headers cost. All other frames are left to those.

use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::dissect::cursor::Cursor;
use crate::dissect::link::ethertype::{IPV4, IPV6};
use crate::dissect::net::IpHeader;
use crate::source::LinkType;
use crate::tcp::ends::{Key, Keys};
use crate::tcp::segment::Flags;

/// Octets of an Ethernet header without tags.
pub const ETHERNET_HEADER_LENGTH: usize = 14;
const IPV4_HEADER_LENGTH: usize = 20;
const IPV6_HEADER_LENGTH: usize = 40;
/// Octets of a TCP header without options.
const TCP_HEADER_LENGTH: usize = 20;
/// Version 4, and a header without options.
const IPV4_START: u8 = 0x45;
/// More fragments, and the fragment offset.
const FRAGMENT_MASK: u16 = 0x3fff;
const TCP: u8 = 6;

/// What the headers of a usual frame say.
#[derive(Clone, Copy, Debug)]
pub struct Usual<'f> {
    /// The IP header, and the packet as long as it says.
    pub ip: IpHeader<'f>,
    /// The identification of an IPv4 header.
    pub identification: Option<u16>,
    /// The ports of source and destination.
    pub ports: (u16, u16),
    /// The key of the segment's connection.
    pub key: Key,
    /// The segment; more than a header without options was captured.
    pub segment: Cursor<'f>,
    /// The TCP header without options.
    pub header: &'f [u8; TCP_HEADER_LENGTH],
}

impl<'f> Usual<'f> {
    /// The headers of a frame, if it is a usual one.
    #[inline(always)]
    pub fn of(link_type: LinkType, frame: Cursor<'f>, keys: &Keys) -> Option<Usual<'f>> {
        if link_type != LinkType::ETHERNET {
            return None;
        }
        let packet = frame.skip(ETHERNET_HEADER_LENGTH);
        match frame.be16_at(ETHERNET_HEADER_LENGTH - 2).ok()? {
            IPV4 => Usual::v4(packet, keys),
            IPV6 => Usual::v6(packet, keys),
            _ => None,
        }
    }

    /// The sequence and the acknowledgement number.
    #[inline]
    pub fn numbers(&self) -> (u32, u32) {
        let [_, _, _, _, a, b, c, d, e, f, g, h, ..] = *self.header;
        (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]))
    }

    /// The flags that are in an octet of their own.
    #[inline]
    pub fn flags(&self) -> Flags {
        let [.., flags, _, _, _, _, _, _] = *self.header;
        Flags(flags.into())
    }

    #[inline(always)]
    fn v4(packet: Cursor<'f>, keys: &Keys) -> Option<Usual<'f>> {
        let header: [u8; IPV4_HEADER_LENGTH] = packet.array_at(0).ok()?;
        let [start, _, l, m, i, j, f, g, hop_limit, protocol, _, _, addresses @ ..] = header;
        let length = u32::from(u16::from_be_bytes([l, m]));
        let is_whole = u16::from_be_bytes([f, g]) & FRAGMENT_MASK == 0;
        let fits = length >= IPV4_HEADER_LENGTH as u32 && length <= packet.length();
        if start != IPV4_START || protocol != TCP || !is_whole || !fits {
            return None;
        }
        let packet = packet.limit(length);
        let segment = packet.skip(IPV4_HEADER_LENGTH);
        let header = segment.captured().first_chunk()?;
        let [s1, s2, s3, s4, d1, d2, d3, d4] = addresses;
        let (source, destination, ports) = (Ipv4([s1, s2, s3, s4]), Ipv4([d1, d2, d3, d4]), ports(header));
        let key = keys.v4((source, ports.0), (destination, ports.1));
        let (source, destination) = (IpAddress::V4(source), IpAddress::V4(destination));
        let ip = IpHeader { source, destination, protocol, hop_limit, fragmented: false, packet };
        Some(Usual { ip, identification: Some(u16::from_be_bytes([i, j])), ports, key, segment, header })
    }

    #[inline(always)]
    fn v6(packet: Cursor<'f>, keys: &Keys) -> Option<Usual<'f>> {
        let header: [u8; IPV6_HEADER_LENGTH] = packet.array_at(0).ok()?;
        let [start, _, _, _, l, m, protocol, hop_limit, addresses @ ..] = header;
        // A payload length of 0 may mean that another one follows, but then this is too short for a segment.
        let length = u32::from(u16::from_be_bytes([l, m])) + IPV6_HEADER_LENGTH as u32;
        if start >> 4 != 6 || protocol != TCP || length > packet.length() {
            return None;
        }
        let packet = packet.limit(length);
        let segment = packet.skip(IPV6_HEADER_LENGTH);
        let header = segment.captured().first_chunk()?;
        let (source, destination) = addresses.split_first_chunk()?;
        let (source, destination) = (Ipv6(*source), Ipv6(*destination.first_chunk()?));
        let ports = ports(header);
        let key = keys.v6((&source, ports.0), (&destination, ports.1));
        let (source, destination) = (IpAddress::V6(source), IpAddress::V6(destination));
        let ip = IpHeader { source, destination, protocol, hop_limit, fragmented: false, packet };
        Some(Usual { ip, identification: None, ports, key, segment, header })
    }
}

/// Source and destination port.
#[inline]
fn ports(header: &[u8; TCP_HEADER_LENGTH]) -> (u16, u16) {
    let [a, b, c, d, ..] = *header;
    (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use etherparse::PacketBuilder;

    #[test]
    fn the_headers_of_a_usual_frame_are_found_also_where_its_data_were_cut() {
        let keys = Keys::default();
        let frame = || PacketBuilder::ethernet2([2; 6], [4; 6]);
        let mut v4 = Vec::new();
        let builder = frame().ipv4([10, 0, 0, 1], [10, 0, 0, 2], 64).tcp(1000, 80, 7, 512);
        builder.write(&mut v4, b"hello").unwrap();
        let of = |captured: &'static [u8], length: usize| {
            Usual::of(LinkType::ETHERNET, Cursor::new(captured, length as u32), &keys)
        };
        let v4: &[u8] = v4.leak();
        let found = of(&v4[..54], v4.len()).unwrap();
        let address = |last| IpAddress::V4(Ipv4([10, 0, 0, last]));
        assert_eq!((found.ip.source, found.ip.destination, found.ports), (address(1), address(2), (1000, 80)));
        assert_eq!((found.ip.hop_limit, found.segment.length(), found.segment.captured().len()), (64, 25, 20));
        assert_eq!(found.key, keys.key(&(address(1), 1000), &(address(2), 80)));
        let mut v6 = Vec::new();
        frame().ipv6([1; 16], [2; 16], 63).tcp(80, 1000, 7, 512).write(&mut v6, b"hello").unwrap();
        let v6: &[u8] = v6.leak();
        let found = of(v6, v6.len()).unwrap();
        let (source, destination) = (IpAddress::V6(Ipv6([1; 16])), IpAddress::V6(Ipv6([2; 16])));
        assert_eq!((found.ip.source, found.ip.destination, found.ports), (source, destination, (80, 1000)));
        assert_eq!((found.ip.hop_limit, found.segment.captured().len(), found.identification), (63, 25, None));
        assert_eq!(found.key, keys.key(&(source, 80), &(destination, 1000)));
        // Headers that were cut, or that say more than there was on the wire.
        for (captured, length) in [(&v4[..53], v4.len()), (&v4[..30], v4.len()), (&[][..], 0), (v4, v4.len() - 1)] {
            assert!(of(captured, length).is_none());
        }
        assert!(of(v6, v6.len() - 1).is_none());
        assert!(Usual::of(LinkType::RAW, Cursor::new(v4, v4.len() as u32), &keys).is_none());
    }
}
