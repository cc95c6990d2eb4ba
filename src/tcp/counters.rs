//! What is counted in each direction of a connection.

use super::analysis::findings::{Finding, Findings};
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

/// What is counted as segments pass. Most directions have no trouble: they have no memory for its counts.
#[derive(Debug, Default)]
pub struct Counting {
    packets: u64,
    wire_bytes: u64,
    bytes: u64,
    /// The other counts, once one of them is not zero.
    trouble: Option<Box<Counters>>,
}

impl Counting {
    /// All counts.
    pub fn all(&self) -> Counters {
        let trouble = self.trouble.as_deref().copied().unwrap_or_default();
        Counters { packets: self.packets, wire_bytes: self.wire_bytes, bytes: self.bytes, ..trouble }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.packets == 0
    }

    /// Counts a frame that was captured twice.
    pub fn count_duplicate(&mut self) {
        self.packets += 1;
        let trouble = self.trouble.get_or_insert_default();
        trouble.duplicate_frames = trouble.duplicate_frames.saturating_add(1);
    }

    /// Counts a segment; `repeated` octets of it were sent before.
    #[inline]
    pub fn count(&mut self, segment: &Segment, findings: &Findings, repeated: u32, closes_window: bool) {
        self.count_usual(segment);
        if !findings.set.is_empty() || segment.flags.any(Flags::RST) {
            self.count_trouble(segment, findings, repeated, closes_window);
        }
    }

    /// Counts a segment of which there is nothing to say.
    #[inline]
    pub fn count_usual(&mut self, segment: &Segment) {
        self.packets += 1;
        self.wire_bytes += u64::from(segment.frame_length);
        self.bytes += u64::from(segment.length);
    }

    fn count_trouble(&mut self, segment: &Segment, findings: &Findings, repeated: u32, closes_window: bool) {
        let has = |finding| u32::from(findings.set.has(finding));
        let spurious = has(Finding::SpuriousRetransmission);
        let again = has(Finding::Retransmission) | has(Finding::FastRetransmission) | spurious;
        let trouble = self.trouble.get_or_insert_default();
        trouble.retransmitted_bytes += u64::from(again * repeated);
        let counts = [
            (&mut trouble.retransmissions, again),
            (&mut trouble.spurious, spurious),
            (&mut trouble.out_of_order, has(Finding::OutOfOrder)),
            (&mut trouble.gaps, has(Finding::LostSegment)),
            (&mut trouble.duplicate_acks, has(Finding::DuplicateAck)),
            (&mut trouble.zero_windows, closes_window.into()),
            (&mut trouble.resets, segment.flags.any(Flags::RST).into()),
        ];
        for (count, more) in counts {
            *count = count.saturating_add(more);
        }
    }
}
