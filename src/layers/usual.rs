//! The usual way to a segment, for those who look at nothing else in a frame: Ethernet, one IP header, TCP.
//!
//! It finds what a [walk](super::walk) would find, at a fifth of the cost. Everything else is left to the walk.

use super::{Layer, Protocol};
use crate::dissect::cursor::Cursor;
use crate::dissect::link::ethertype::{IPV4, IPV6};
use crate::source::{Frame, LinkType};

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
    if frame.link_type != LinkType::ETHERNET {
        return None;
    }
    let data = Cursor::new(frame.bytes, frame.wire_length);
    let packet = data.skip(ETHERNET_HEADER_LENGTH);
    match data.be16_at(ETHERNET_HEADER_LENGTH - 2).ok()? {
        IPV4 => ipv4(packet),
        IPV6 => ipv6(packet),
        _ => None,
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
