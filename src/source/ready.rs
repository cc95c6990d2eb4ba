//! Frames of a savefile that are there already: their records are whole in memory, and nothing is to be done with them
//! but to lend them. That is nearly always so; where it is not, the reader does what is to be done, one record at a time.

use super::{Frame, pcapng, records};
use crate::os::memory;

/// What is fetched of a record before it is read, in octets: what stands in front of the frame, and its headers up to
/// TCP's.
const FORESEEN: usize = 144;

/// Lends one frame after the other, up to the first one that is not ready.
#[derive(Clone, Debug)]
pub enum Ready<'r> {
    /// Of a file in libpcap's format.
    Pcap(records::Ready<'r>),
    /// Of one in the pcapng format.
    Pcapng(pcapng::Ready<'r>),
}

impl<'r> Ready<'r> {
    /// The next frame.
    #[inline(always)]
    pub fn next_frame(&mut self) -> Option<Frame<'r>> {
        match self {
            Ready::Pcap(ready) => ready.next_frame(),
            Ready::Pcapng(ready) => ready.next_frame(),
        }
    }

    /// Passes over a record and fetches what the one behind it begins with: where another core has read the file, it
    /// takes a while to come.
    #[inline(always)]
    pub fn foresee(&mut self) {
        match self {
            Ready::Pcap(ready) => ready.pass_over(),
            Ready::Pcapng(ready) => ready.pass_over(),
        }
        if let Some(start) = self.octets().first_chunk::<FORESEEN>() {
            memory::prefetch(start);
        }
    }

    /// From the next record on.
    #[inline(always)]
    pub fn octets(&self) -> &'r [u8] {
        match self {
            Ready::Pcap(ready) => ready.octets,
            Ready::Pcapng(ready) => ready.octets,
        }
    }
}
