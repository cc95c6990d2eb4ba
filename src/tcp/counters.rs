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

/// What is counted of every segment. Most directions have no trouble: they have no memory for its counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// See [`Counters::packets`].
    pub packets: u64,
    wire_bytes: u64,
    bytes: u64,
}

impl Counting {
    /// Of no segment.
    pub const NONE: Counting = Counting { packets: 0, wire_bytes: 0, bytes: 0 };

    /// Counts a segment of which there is nothing to say.
    #[inline]
    pub fn count_usual(&mut self, segment: &Segment) {
        self.packets += 1;
        self.wire_bytes += u64::from(segment.frame_length);
        self.bytes += u64::from(segment.length);
    }
}

impl Flow {
    /// All counts.
    pub fn counters(&self) -> Counters {
        let counts = self.rare().map_or_else(Counters::default, |rare| rare.counts);
        let Counting { packets, wire_bytes, bytes } = self.counting;
        Counters { packets, wire_bytes, bytes, ..counts }
    }

    /// Counts a frame that was captured twice.
    pub fn count_duplicate(&mut self) {
        self.counting.packets += 1;
        let counts = &mut self.rare_mut().counts;
        counts.duplicate_frames = counts.duplicate_frames.saturating_add(1);
    }

    /// Counts a segment; `repeated` octets of it were sent before.
    #[inline]
    pub fn count(&mut self, segment: &Segment, findings: &Findings, repeated: u32, closes_window: bool) {
        self.counting.count_usual(segment);
        if !findings.set.is_empty() || segment.flags.any(Flags::RST) {
            self.rare_mut().counts.count(segment, findings, repeated, closes_window);
        }
    }
}

impl Counters {
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
