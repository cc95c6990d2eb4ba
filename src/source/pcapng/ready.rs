//! Packets in blocks as nearly all are: enhanced ones, of an interface that was described, with nothing wrong with them.

use super::block::kind;
use super::{Pcapng, TRAILER};
use crate::source::Frame;

/// Octets of a block in front of the packet (section 4.3).
const FRONT: usize = 28;

/// Packets that are ready to be lent.
#[derive(Clone, Debug)]
pub struct Ready<'r> {
    /// From the next block on.
    pub octets: &'r [u8],
    file: &'r Pcapng,
}

impl Pcapng {
    /// The packets of the next blocks that are whole in memory, as long as there is nothing to be done but to lend them.
    #[inline]
    pub fn ready(&self) -> Ready<'_> {
        Ready { octets: self.input.buffered(), file: self }
    }
}

impl<'r> Ready<'r> {
    /// The next packet.
    #[inline(always)]
    pub fn next_frame(&mut self) -> Option<Frame<'r>> {
        let Pcapng { order, interfaces, block_max, .. } = self.file;
        let (words, _) = self.octets.first_chunk::<FRONT>()?.as_chunks();
        let [kind, length, interface, high, low, captured, wire_length] =
            words.first_chunk()?.map(|word| order.word(word));
        if kind != kind::ENHANCED_PACKET || !length.is_multiple_of(4) || length as usize > *block_max {
            return None;
        }
        let (block, octets) = self.octets.split_at_checked(length as usize)?;
        let (block, trailer) = block.split_last_chunk::<TRAILER>()?;
        let bytes = block.get(FRONT..)?.get(..captured as usize)?;
        let interface = interfaces.get(interface as usize)?;
        if order.word(*trailer) != length || captured > interface.snapshot_length || interface.has_numbers {
            return None;
        }
        self.octets = octets;
        let timestamp = interface.time(u64::from(high) << 32 | u64::from(low));
        Some(Frame { timestamp, bytes, wire_length, link_type: interface.link_type, interface: &interface.description })
    }

    /// Passes over a block.
    #[inline(always)]
    pub fn pass_over(&mut self) {
        let Some([_, _, _, _, length @ ..]) = self.octets.first_chunk::<8>() else { return };
        let length = self.file.order.word(*length);
        self.octets = self.octets.get(length as usize..).unwrap_or_default();
    }
}
