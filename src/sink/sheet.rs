//! Frames of one piece of a file, to be printed by and by: where their octets are, and what there is to say of each.

use std::sync::Arc;

use arrayvec::ArrayVec;

use super::burst::FRAMES_MAX;
use super::text::Text;
use crate::error::Error;
use crate::layers::usual::Usual;
use crate::os::memory;
use crate::source::interface::Interface;
use crate::source::{Frame, LinkType, Timestamp};

/// Frames, in the order in which they are to be printed.
#[derive(Debug, Default)]
pub struct Sheet {
    entries: Vec<Entry>,
    /// What there is to say of segments, one behind the other.
    remarks: Vec<u8>,
    /// What frames were captured on: mostly one.
    interfaces: Vec<Arc<Interface>>,
    /// The number of the first frame; the others follow it.
    first: u64,
}

/// A frame without its octets.
#[derive(Clone, Copy, Debug)]
struct Entry {
    timestamp: Timestamp,
    /// Where its octets begin in memory: the piece that they are in may be owned by anybody, and stays where it is.
    address: usize,
    captured: u32,
    wire_length: u32,
    link_type: LinkType,
    /// Of the interface, among the sheet's.
    interface: u32,
    /// Octets of remarks.
    remarks: u32,
}

impl Sheet {
    /// Adds a frame behind the others, whose number it follows, and what `remark` has to say of it.
    #[inline]
    pub fn add(&mut self, frame: &Frame, number: u64, remark: impl FnOnce(&mut Vec<u8>)) {
        if self.entries.is_empty() {
            self.first = number;
        }
        if self.interfaces.last().is_none_or(|last| !Arc::ptr_eq(last, frame.interface)) {
            self.interfaces.push(Arc::clone(frame.interface));
        }
        let before = self.remarks.len();
        remark(&mut self.remarks);
        self.entries.push(Entry {
            timestamp: frame.timestamp,
            address: frame.bytes.as_ptr().addr(),
            captured: frame.bytes.len() as u32,
            wire_length: frame.wire_length,
            link_type: frame.link_type,
            interface: self.interfaces.len() as u32 - 1,
            remarks: (self.remarks.len() - before) as u32,
        });
    }

    /// Prints the frames, which lie in `piece`, and forgets them, also those behind one that could not be printed.
    pub fn print(&mut self, piece: &[u8], text: &mut Text) -> Result<(), Error> {
        let outcome = self.print_all(piece, text);
        self.clear();
        outcome
    }

    fn print_all(&self, piece: &[u8], text: &mut Text) -> Result<(), Error> {
        let (mut number, mut said) = (self.first, &self.remarks[..]);
        let mut ahead = self.entries.iter().skip(FRAMES_MAX);
        for entries in self.entries.chunks(FRAMES_MAX) {
            let frames: ArrayVec<Frame, FRAMES_MAX> =
                entries.iter().filter_map(|entry| entry.frame(piece, &self.interfaces)).collect();
            let mut headers: ArrayVec<Option<Usual>, FRAMES_MAX> = ArrayVec::new();
            for frame in &frames {
                let usual = text.usual(frame);
                if let Some(usual) = &usual {
                    text.foresee(usual.key);
                }
                headers.push(usual);
            }
            for ((frame, usual), entry) in frames.iter().zip(&headers).zip(entries) {
                if let Some(entry) = ahead.next() {
                    entry.fetch(piece);
                }
                let (remarks, rest) = said.split_at_checked(entry.remarks as usize).unwrap_or_default();
                said = rest;
                text.packet(frame, usual.as_ref(), number, remarks)?;
                number += 1;
            }
        }
        Ok(())
    }

    /// Forgets all frames.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.remarks.clear();
        self.interfaces.clear();
    }
}

impl Entry {
    /// Fetches the headers.
    #[inline]
    fn fetch(&self, piece: &[u8]) {
        let start = self.address.wrapping_sub(piece.as_ptr().addr());
        if let Some(head) = piece.get(start..).and_then(<[u8]>::first_chunk::<128>) {
            memory::prefetch(head);
        }
    }

    /// The frame, which lies in `piece`.
    #[inline]
    fn frame<'f>(&self, piece: &'f [u8], interfaces: &'f [Arc<Interface>]) -> Option<Frame<'f>> {
        let start = self.address.wrapping_sub(piece.as_ptr().addr());
        let octets = piece.get(start..).and_then(|octets| octets.get(..self.captured as usize));
        // Should one lie elsewhere, by a fault of ours, it is printed as one without octets: nothing is lost silently.
        let bytes = octets.unwrap_or_default();
        let interface = interfaces.get(self.interface as usize)?;
        let Entry { timestamp, wire_length, link_type, .. } = *self;
        Some(Frame { timestamp, bytes, wire_length, link_type, interface })
    }
}
