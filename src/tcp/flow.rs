//! One direction of a connection: what one end has sent.

use std::mem::offset_of;

use super::analysis::findings::FindingSet;
use super::counters::{Counters, Counting};
use super::round_trips::RoundTrips;
use super::seen::{Holes, Seen, Stamp};
use super::sequence::Sequence;
use super::unacked::Unacked;
use crate::os::memory::CACHE_LINE;

/// How windows of one end are to be read (RFC 7323 section 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// The handshake was not seen.
    #[default]
    Unknown,
    /// As they are: one end did not offer the option.
    Off,
    /// Shifted by this.
    Shift(u8),
}

impl Scale {
    /// The shift; none where it is not known.
    #[inline]
    pub fn shift(self) -> u8 {
        match self {
            Scale::Shift(shift) => shift,
            Scale::Unknown | Scale::Off => 0,
        }
    }
}

/// One direction, in two lines of the cache.
#[derive(Debug)]
#[repr(C, align(64))]
pub struct Flow {
    // The first line: what usual segments of both directions look at.
    /// What it has sent and the other end has not acknowledged.
    pub unacked: Unacked,
    /// Octets in the first three SACK ranges of its latest segment.
    pub sacked: u32,
    /// The window of its latest segment, not scaled.
    pub window: Option<u16>,
    /// What was seen of it, where the truth is wanted; there from its first segment on, a SYN aside.
    pub seen: Option<Seen>,
    /// Where its numbers count from: its first one, or a guess.
    pub base: Option<Sequence>,
    /// The highest number that can come next.
    pub next: Option<Sequence>,
    /// The acknowledgement number of its latest segment.
    pub last_ack: Sequence,
    /// How its windows are to be read.
    pub scale: Scale,
    /// Whether its acknowledgement number means anything.
    pub has_acked: bool,
    /// Its window is not to be scaled: it was in a segment with SYN.
    pub window_is_unscaled: bool,
    /// Its window is closed.
    pub is_closed: bool,
    /// Octets in flight cannot be told: something was not captured.
    pub flight_is_unknown: bool,

    // The second line: what those of this direction leave behind, and what they do not need.
    /// When its latest segment was captured, in nanoseconds.
    pub last_time: i64,
    /// The frame in which its acknowledgement number last changed.
    pub new_ack_frame: u64,
    /// The first segment that was seen of it.
    pub first: Stamp,
    /// What most directions never have.
    pub(super) rare: Option<Box<Rare>>,
    /// What is counted of every segment.
    pub(super) counting: Counting,
    /// Nothing below was seen.
    pub from: Sequence,
    /// Duplicate acknowledgements since the acknowledgement number changed.
    pub duplicates: u32,
    /// What was found in its latest segment.
    pub last_findings: FindingSet,
}

const _: () = assert!(offset_of!(Flow, last_time) == CACHE_LINE * Flow::LINES_OTHER);
const _: () = assert!(size_of::<Flow>() == CACHE_LINE * Flow::LINES_OWN);

/// What is kept of a direction where more is wanted than what there is to say of its segments.
#[derive(Debug, Default)]
pub struct Extra {
    /// Times until its data was acknowledged.
    pub round_trips: RoundTrips,
    /// The frame that raised the highest number that can come next.
    pub next_frame: u64,
    /// When that was, in nanoseconds.
    pub next_time: i64,
    /// Octets since it last pushed.
    pub pushed: u32,
    /// Up to here it has sent everything, for all we saw. Only by Wireshark's rules.
    pub contiguous: Option<Sequence>,
    /// It has acknowledged what was not seen, and nobody noticed anything new since. Only by Wireshark's rules.
    pub has_acked_unseen: bool,
}

/// What most directions never have.
#[derive(Debug, Default)]
pub struct Rare {
    /// Counts of what is not usual.
    pub counts: Counters,
    /// What lies between the segments that were seen.
    pub holes: Holes,
    /// The end of the highest range that it has acknowledged selectively.
    pub sacked_up_to: Option<Sequence>,
    /// Since when its window is closed, in nanoseconds.
    pub closed_since: i64,
}

impl Default for Flow {
    fn default() -> Flow {
        Flow::NEW
    }
}

impl Flow {
    /// One that has sent nothing.
    pub const NEW: Flow = Flow {
        unacked: Unacked::NONE,
        sacked: 0,
        window: None,
        seen: None,
        base: None,
        next: None,
        last_ack: Sequence(0),
        scale: Scale::Unknown,
        has_acked: false,
        window_is_unscaled: false,
        is_closed: false,
        flight_is_unknown: false,
        last_time: 0,
        new_ack_frame: 0,
        first: Stamp::NONE,
        rare: None,
        counting: Counting::NONE,
        from: Sequence(0),
        duplicates: 0,
        last_findings: FindingSet::EMPTY,
    };

    /// Lines that a usual segment of this direction needs.
    pub const LINES_OWN: usize = 2;
    /// Lines that one of the other direction needs.
    pub const LINES_OTHER: usize = 1;

    /// What most directions never have, if this one has.
    pub fn rare(&self) -> Option<&Rare> {
        self.rare.as_deref()
    }

    /// The same, to be changed: it has it from now on.
    pub fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// The end of the highest range that it has acknowledged selectively.
    pub fn sacked_up_to(&self) -> Option<Sequence> {
        self.rare()?.sacked_up_to
    }

    /// Since when its window is closed, in nanoseconds, if it is.
    pub fn closed_since(&self) -> Option<i64> {
        self.rare().filter(|_| self.is_closed).map(|rare| rare.closed_since)
    }
}
