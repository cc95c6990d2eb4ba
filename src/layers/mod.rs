//! The headers of a frame, outermost first: what [`fields`](crate::fields) and [`tcp`](crate::tcp) look at.
//!
//! This is no text: a walk from header to header that keeps a window on each, through tunnels and fragments,
//! down to the transport protocol. A header that is cut short or contradicts itself ends the walk; what
//! was found so far stays. Each file walks the headers of one kind: [`link`], [`network`], [`tunnel`], and
//! [`wireless`]. To add one, enter it in [`Next`] and in [`step`]. What nearly all frames are needs no walk: [`usual`].
//!
//! Fragments of IP are put together by [`fragments`]; the frame that completes a datagram shows what it
//! holds.

pub mod fragments;
pub mod link;
pub mod network;
pub mod protocol;
#[cfg(test)]
mod tests;
pub mod transport;
pub mod tunnel;
pub mod usual;
pub mod wireless;

use std::cell::OnceCell;

use arrayvec::ArrayVec;

use crate::dissect::cursor::{Cursor, Outcome};
use crate::source::Frame;
use fragments::Fragments;
pub use protocol::Protocol;

/// How many headers of a frame are kept. Real stacks have under ten.
const LAYERS_MAX: usize = 16;

/// How often fragments may be put together in one frame: a tunnel in fragments can hold fragments.
const REASSEMBLIES_MAX: usize = 2;

/// One header and what follows it.
#[derive(Clone, Copy, Debug)]
pub struct Layer<'f> {
    /// What it is.
    pub protocol: Protocol,
    /// Octets of the header.
    pub header_length: u32,
    /// From the header's first octet to the end of what it holds.
    pub data: Cursor<'f>,
}

impl<'f> Layer<'f> {
    /// What is behind the header.
    #[inline]
    pub fn payload(&self) -> Cursor<'f> {
        self.data.skip(self.header_length as usize)
    }
}

/// The headers of one frame.
#[derive(Clone, Debug)]
pub struct Layers<'f> {
    layers: ArrayVec<Layer<'f>, LAYERS_MAX>,
    /// From here on headers are quoted: an ICMP error repeats the packet that it is about.
    quoted_from: usize,
    /// The protocols that there are, one bit each.
    present: u64,
}

impl Default for Layers<'_> {
    #[inline]
    fn default() -> Self {
        Layers { layers: ArrayVec::new_const(), quoted_from: usize::MAX, present: 0 }
    }
}

impl<'f> Layers<'f> {
    /// All headers, outermost first; quoted ones are the last.
    #[inline]
    pub fn all(&self) -> &[Layer<'f>] {
        &self.layers
    }

    /// The headers that are the frame's own.
    #[inline]
    pub fn own(&self) -> &[Layer<'f>] {
        self.all().get(..self.quoted_from).unwrap_or(self.all())
    }

    /// The headers that an ICMP error repeats.
    pub fn quoted(&self) -> &[Layer<'f>] {
        self.all().get(self.quoted_from..).unwrap_or_default()
    }

    /// Whether there is such a header, quoted or not.
    #[inline]
    pub fn has(&self, protocol: Protocol) -> bool {
        self.present & protocol.bit() != 0
    }

    /// The innermost header of a protocol that is the frame's own.
    #[inline]
    pub fn innermost(&self, protocol: Protocol) -> Option<&Layer<'f>> {
        if !self.has(protocol) {
            return None;
        }
        self.own().iter().rev().find(|layer| layer.protocol == protocol)
    }

    #[inline]
    fn push(&mut self, protocol: Protocol, data: Cursor<'f>, header_length: u32) -> bool {
        self.present |= protocol.bit();
        self.layers.try_push(Layer { protocol, header_length, data }).is_ok()
    }
}

/// Room for what fragments were put together in one frame; its layers borrow it.
#[derive(Debug, Default)]
pub struct Reassembled([OnceCell<Vec<u8>>; REASSEMBLIES_MAX]);

impl Reassembled {
    /// Keeps a datagram as long as the frame's layers are looked at.
    fn keep(&self, datagram: Vec<u8>) -> Option<Cursor<'_>> {
        let slot = self.0.iter().find(|slot| slot.get().is_none())?;
        let octets = slot.get_or_init(|| datagram);
        Some(Cursor::new(octets, octets.len() as u32))
    }
}

/// What a header says comes next.
#[derive(Clone, Copy, Debug)]
enum Next<'f> {
    /// Nothing that is known here.
    Nothing,
    Ethernet(Cursor<'f>),
    /// What an EtherType announces.
    EtherType(u16, Cursor<'f>),
    /// IEEE 802.2 logical link control.
    Llc(Cursor<'f>),
    Ppp(Cursor<'f>),
    /// IEEE 802.11 with or without what drivers put in front.
    Wifi(Cursor<'f>),
    Mpls(Cursor<'f>),
    /// IP of the version that its first octet says.
    Ip(Cursor<'f>),
    /// What an IP protocol number announces.
    IpPayload(u8, Cursor<'f>),
    /// What UDP carries, by its ports.
    UdpPayload(u16, u16, Cursor<'f>),
}

/// A walk through one frame.
struct Walk<'f, 'w> {
    layers: &'w mut Layers<'f>,
    fragments: &'w mut Fragments,
    reassembled: &'f Reassembled,
}

/// Walks through the headers of a frame, which go to `layers`. What fragments make up is kept in `reassembled`.
pub fn walk<'f>(frame: &Frame<'f>, fragments: &mut Fragments, reassembled: &'f Reassembled, layers: &mut Layers<'f>) {
    let mut walk = Walk { layers, fragments, reassembled };
    let data = Cursor::new(frame.bytes, frame.wire_length);
    let mut next = link::start(&mut walk, frame.link_type, data).unwrap_or(Next::Nothing);
    // A header that is kept takes a place, and one that is not shortens the data: this ends.
    while !matches!(next, Next::Nothing) {
        next = step(&mut walk, next).unwrap_or(Next::Nothing);
    }
}

/// Walks past one header.
fn step<'f>(walk: &mut Walk<'f, '_>, next: Next<'f>) -> Outcome<Next<'f>> {
    match next {
        Next::Nothing => Ok(Next::Nothing),
        Next::Ethernet(data) => link::ethernet(walk, data),
        Next::EtherType(ethertype, data) => link::ethertype(walk, ethertype, data),
        Next::Llc(data) => link::llc(walk, data),
        Next::Ppp(data) => link::ppp(walk, data),
        Next::Wifi(data) => wireless::ieee802_11(walk, data),
        Next::Mpls(data) => link::mpls(walk, data),
        Next::Ip(data) => network::ip(walk, data),
        Next::IpPayload(number, data) => network::payload(walk, number, data),
        Next::UdpPayload(source, destination, data) => tunnel::over_udp(walk, source, destination, data),
    }
}

impl<'f> Walk<'f, '_> {
    /// Keeps a header; without room for it the walk ends.
    fn push(&mut self, protocol: Protocol, data: Cursor<'f>, header_length: u32) -> Outcome {
        if self.layers.push(protocol, data, header_length) { Ok(()) } else { Err(crate::dissect::cursor::Truncated) }
    }
}
