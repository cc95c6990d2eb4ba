//! What is known of one connection, in all and in each direction.

use super::analysis::Rules;
use super::analysis::findings::FindingSet;
use super::counters::Counting;
use super::ends;
use super::round_trips::RoundTrips;
use super::seen::Seen;
use super::segment::{Endpoint, Flags, Segment};
use super::sequence::Sequence;
use super::states::Life;
use super::unacked::Unacked;

/// Which of the two ends sent a segment; it indexes what there is for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    /// The end whose address and port sort first.
    Low,
    /// The other one.
    High,
}

impl Side {
    /// The other end.
    pub fn other(self) -> Side {
        match self {
            Side::Low => Side::High,
            Side::High => Side::Low,
        }
    }
}

/// One value for each end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Both<T> {
    /// The end that sorts first.
    pub low: T,
    /// The other one.
    pub high: T,
}

impl<T> Both<T> {
    /// The value of one end.
    #[inline]
    pub fn of(&self, side: Side) -> &T {
        match side {
            Side::Low => &self.low,
            Side::High => &self.high,
        }
    }

    /// The value of one end, to be changed.
    #[inline]
    pub fn of_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Low => &mut self.low,
            Side::High => &mut self.high,
        }
    }

    /// The value of one end, then that of the other.
    #[inline]
    pub fn from_mut(&mut self, side: Side) -> (&mut T, &mut T) {
        match side {
            Side::Low => (&mut self.low, &mut self.high),
            Side::High => (&mut self.high, &mut self.low),
        }
    }
}

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

/// One direction: what one end has sent.
#[derive(Debug, Default)]
pub struct Flow {
    /// Where its numbers count from: its first one, or a guess.
    pub base: Option<Sequence>,
    /// The highest number that can come next.
    pub next: Option<Sequence>,
    /// The frame that raised it.
    pub next_frame: u64,
    /// When that was, in nanoseconds.
    pub next_time: i64,
    /// Up to here it has sent everything, for all we saw. Only by Wireshark's rules.
    pub contiguous: Option<Sequence>,
    /// The acknowledgement number of its latest segment.
    pub last_ack: Sequence,
    /// Whether that number means anything.
    pub has_acked: bool,
    /// When its latest segment was captured, in nanoseconds.
    pub last_time: i64,
    /// The window of its latest segment, not scaled.
    pub window: Option<u16>,
    /// That window is not to be scaled: it was in a segment with SYN.
    pub window_is_unscaled: bool,
    /// How its windows are to be read.
    pub scale: Scale,
    /// What was found in its latest segment.
    pub last_findings: FindingSet,
    /// Duplicate acknowledgements since the acknowledgement number changed.
    pub duplicates: u32,
    /// The frame in which it last changed.
    pub new_ack_frame: u64,
    /// It has acknowledged what was not seen, and nobody noticed anything new since.
    pub has_acked_unseen: bool,
    /// What it has sent and the other end has not acknowledged.
    pub unacked: Unacked,
    /// Octets in the first three SACK ranges of its latest segment.
    pub sacked: u32,
    /// Octets in flight cannot be told: something was not captured.
    pub flight_is_unknown: bool,
    /// Octets since it last pushed.
    pub pushed: u32,
    /// Its window is closed.
    pub is_closed: bool,
    /// Since when it is, in nanoseconds.
    pub closed_since: i64,
    /// Times until its data was acknowledged, where they are wanted.
    pub round_trips: RoundTrips,
    /// What was seen of it, where the truth is wanted; there from its first segment on, a SYN aside. It is not apart:
    /// with a million connections, another place is another wait for memory.
    pub seen: Option<Seen>,
    /// What is counted.
    pub counters: Counting,
}

/// What a connection knows of time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// When the latest SYN without ACK was captured, in nanoseconds.
    pub syn_time: Option<i64>,
    /// From that SYN to the first segment behind it with ACK and without SYN; 0 while it is not known.
    pub initial_rtt: i64,
}

impl Clock {
    /// Measures the handshake's round-trip time: to the first segment with ACK behind the SYN and its answer.
    #[inline]
    pub fn measure(&mut self, segment: &Segment, rules: Rules) {
        if self.initial_rtt == 0
            && segment.flags.any(Flags::ACK)
            && !segment.flags.any(Flags::SYN)
            && let Some(syn_time) = self.syn_time.filter(|&time| time != 0 || rules != Rules::Wireshark)
        {
            let rtt = segment.time.wrapping_sub(syn_time);
            // A clock that was set back measures nothing.
            self.initial_rtt = if rules == Rules::Evidence { rtt.max(0) } else { rtt };
        }
    }
}

/// A connection.
#[derive(Debug)]
pub struct Connection {
    /// Its number, from 0 in the order in which connections appear.
    pub stream: u64,
    /// Its ends, in order.
    pub ends: Both<Endpoint>,
    /// What each end has sent.
    pub flows: Both<Flow>,
    /// When its first segment was captured, in nanoseconds.
    pub first_time: i64,
    /// When the one before was captured.
    pub previous_time: i64,
    /// What it knows of time.
    pub clock: Clock,
    /// Which parts of a complete connection were seen: see [`completeness`](super::analysis::completeness).
    pub completeness: u8,
    /// Its beginning, its ends' states, and its end.
    pub life: Life,
    /// A packet of it has passed the display filter.
    pub is_chosen: bool,
}

impl Connection {
    /// A connection that begins with this segment.
    pub fn new(stream: u64, segment: &Segment, side: Side) -> Connection {
        Connection {
            stream,
            ends: ends::in_order(segment.source, segment.destination, side),
            flows: Both::default(),
            first_time: segment.time,
            previous_time: segment.time,
            life: Life::new(segment, side),
            clock: Clock::default(),
            completeness: 0,
            is_chosen: false,
        }
    }

    /// Whether it is told of: a segment of it was seen, not only quoted by an ICMP error, and it is chosen if there is
    /// a choice.
    pub fn is_told(&self, has_choice: bool) -> bool {
        let was_seen = !self.flows.low.counters.is_empty() || !self.flows.high.counters.is_empty();
        was_seen && (self.is_chosen || !has_choice)
    }
}
