//! What is counted in each direction of a connection.

use super::analysis::findings::{Finding, Findings};
use super::flow::Flow;
use super::segment::{Flags, Segment};

/// Counts of one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Segments.
    pub packets: u64,
    /// Octets of their frames on the wire.
    pub wire_bytes: u64,
    /// Octets of data, those sent again included.
    pub bytes: u64,
    /// Octets of data that were sent before.
    pub retransmitted_bytes: u64,
    /// Segments that were retransmissions of any kind.
    pub retransmissions: u32,
    /// Of these, the ones of what was acknowledged already.
    pub spurious: u32,
    /// Segments that were overtaken.
    pub out_of_order: u32,
    /// Gaps in front of a segment: something was not captured.
    pub gaps: u32,
    /// Duplicate acknowledgements.
    pub duplicate_acks: u32,
    /// How often the window closed.
    pub zero_windows: u32,
    /// Segments with RST.
    pub resets: u32,
    /// Frames that were captured twice: they are counted as packets and in nothing else.
    pub duplicate_frames: u32,
}

/// What is counted of every segment, as long as 32 bits hold it. Most directions have no trouble, and no memory for its counts,
/// where larger numbers go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counting {
    packets: u32,
    wire_bytes: u32,
    bytes: u32,
}

impl Counting {
    /// Of no segment.
    pub const NONE: Counting = Counting { packets: 0, wire_bytes: 0, bytes: 0 };

    /// These and one more segment, if they can be counted.
    #[inline]
    fn and(self, wire_bytes: u32, bytes: u32) -> Option<Counting> {
        let packets = self.packets.checked_add(1)?;
        let (wire_bytes, bytes) = (self.wire_bytes.checked_add(wire_bytes)?, self.bytes.checked_add(bytes)?);
        Some(Counting { packets, wire_bytes, bytes })
    }
}

impl Flow {
    /// All counts.
    pub fn counters(&self) -> Counters {
        let mut counts = self.rare().map_or_else(Counters::default, |rare| rare.counts);
        counts.add_counting(self.counting);
        counts
    }

    /// Whether a segment of it was seen.
    pub fn has_sent(&self) -> bool {
        self.counting.packets > 0 || self.rare().is_some_and(|rare| rare.counts.packets > 0)
    }

    /// Counts a segment of which there is nothing to say.
    #[inline]
    pub fn count_usual(&mut self, segment: &Segment) {
        self.count_one(segment.frame_length, segment.length);
    }

    #[inline]
    fn count_one(&mut self, wire_bytes: u32, bytes: u32) {
        match self.counting.and(wire_bytes, bytes) {
            Some(counting) => self.counting = counting,
            None => self.count_large(wire_bytes, bytes),
        }
    }

    /// Counts a segment and all before it where there is room for large numbers.
    #[cold]
    fn count_large(&mut self, wire_bytes: u32, bytes: u32) {
        let before = std::mem::replace(&mut self.counting, Counting::NONE);
        let counts = &mut self.rare_mut().counts;
        counts.add_counting(before);
        counts.add_counting(Counting { packets: 1, wire_bytes, bytes });
    }

    /// Counts a frame that was captured twice.
    pub fn count_duplicate(&mut self) {
        self.count_one(0, 0);
        let counts = &mut self.rare_mut().counts;
        counts.duplicate_frames = counts.duplicate_frames.saturating_add(1);
    }

    /// Counts a segment; `repeated` octets of it were sent before.
    #[inline]
    pub fn count(&mut self, segment: &Segment, findings: &Findings, repeated: u32, closes_window: bool) {
        self.count_usual(segment);
        if !findings.set.is_empty() || segment.flags.any(Flags::RST) {
            self.rare_mut().counts.count(segment, findings, repeated, closes_window);
        }
    }
}

impl Counters {
    fn add_counting(&mut self, Counting { packets, wire_bytes, bytes }: Counting) {
        self.packets += u64::from(packets);
        self.wire_bytes += u64::from(wire_bytes);
        self.bytes += u64::from(bytes);
    }

    fn count(&mut self, segment: &Segment, findings: &Findings, repeated: u32, closes_window: bool) {
        let has = |finding| u32::from(findings.set.has(finding));
        let spurious = has(Finding::SpuriousRetransmission);
        let again = has(Finding::Retransmission) | has(Finding::FastRetransmission) | spurious;
        self.retransmitted_bytes += u64::from(again * repeated);
        let counts = [
            (&mut self.retransmissions, again),
            (&mut self.spurious, spurious),
            (&mut self.out_of_order, has(Finding::OutOfOrder)),
            (&mut self.gaps, has(Finding::LostSegment)),
            (&mut self.duplicate_acks, has(Finding::DuplicateAck)),
            (&mut self.zero_windows, closes_window.into()),
            (&mut self.resets, segment.flags.any(Flags::RST).into()),
        ];
        for (count, more) in counts {
            *count = count.saturating_add(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::segment::testing::segment;

    #[test]
    fn counts_go_on_beyond_32_bits() {
        let (mut flow, mut expected) = (Flow::default(), Counters::default());
        for (frame_length, length) in [(54, 0), (u32::MAX - 60, 1000), (7, 1), (u32::MAX, u32::MAX), (60, 6)] {
            flow.count_usual(&Segment { frame_length, length, ..segment("A", 1, 1, 0) });
            expected.packets += 1;
            expected.wire_bytes += u64::from(frame_length);
            expected.bytes += u64::from(length);
            assert_eq!(flow.counters(), expected);
            assert!(flow.has_sent());
        }
        flow.count_duplicate();
        expected.packets += 1;
        expected.duplicate_frames = 1;
        assert_eq!(flow.counters(), expected);
    }
}
