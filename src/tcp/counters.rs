//! What is counted in each direction of a connection.

use super::analysis::findings::{Finding, Findings};
use super::segment::Segment;

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

impl Counters {
    /// Counts a frame that was captured twice.
    pub fn count_duplicate(&mut self) {
        self.packets += 1;
        self.duplicate_frames = self.duplicate_frames.saturating_add(1);
    }

    /// Counts a segment; `repeated` octets of it were sent before.
    pub fn count(&mut self, segment: &Segment, findings: &Findings, repeated: u32, closes_window: bool) {
        use crate::tcp::segment::Flags;
        let has = |finding| u32::from(findings.set.has(finding));
        self.packets += 1;
        self.wire_bytes += u64::from(segment.frame_length);
        self.bytes += u64::from(segment.length);
        if findings.set.is_empty() && !segment.flags.any(Flags::RST) {
            return;
        }
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
