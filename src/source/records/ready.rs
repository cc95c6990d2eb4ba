//! Frames in records that are whole in memory, no longer than they may be, and without numbers to be set right.

use super::{Records, timestamp, words};
use crate::source::Frame;

/// Frames that are ready to be lent.
#[derive(Clone, Debug)]
pub struct Ready<'r> {
    /// From the next record on.
    pub octets: &'r [u8],
    records: &'r Records,
}

impl Records {
    /// The frames of the next records that are whole in memory, as long as there is nothing to be done but to lend them. That
    /// is nearly always so; where it is not, [`Records::next_record`] does what is to be done.
    #[inline]
    pub fn ready(&self) -> Ready<'_> {
        Ready { octets: self.input.buffered(), records: self }
    }
}

impl<'r> Ready<'r> {
    /// The next frame.
    #[inline(always)]
    pub fn next_frame(&mut self) -> Option<Frame<'r>> {
        let Records { format, interface, ready_length, has_numbers, .. } = self.records;
        let (header, behind) = self.octets.split_first_chunk()?;
        let [seconds, fraction, captured, wire_length] = words(*header, format.swapped);
        let (bytes, octets) = behind.split_at_checked(captured as usize)?;
        if bytes.len() > *ready_length || *has_numbers {
            return None;
        }
        self.octets = octets;
        let timestamp = timestamp(format, seconds, fraction);
        Some(Frame { timestamp, bytes, wire_length, link_type: format.link_type, interface })
    }

    /// Passes over a record.
    #[inline(always)]
    pub fn pass_over(&mut self) {
        let Some((header, behind)) = self.octets.split_first_chunk() else { return };
        let [_, _, captured, _] = words(*header, self.records.format.swapped);
        self.octets = behind.get(captured as usize..).unwrap_or_default();
    }
}
