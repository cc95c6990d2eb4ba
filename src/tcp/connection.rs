//! What is known of one connection.

use std::mem::offset_of;

use super::analysis::Rules;
use super::ends;
use super::flow::{Extra, Flow};
use super::round_trips::Times;
use super::segment::{Endpoint, Flags, Segment};
use super::states::Life;
use crate::os::memory::{self, CACHE_LINE};

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

/// What a connection knows of time.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// When the latest SYN without ACK was captured, in nanoseconds; [`NEVER`] if none was.
    syn_time: i64,
    /// From that SYN to the first segment behind it with ACK and without SYN; 0 while it is not known.
    pub initial_rtt: i64,
}

/// No frame's time: 292 years before 1970.
const NEVER: i64 = i64::MIN;

impl Clock {
    /// Nothing is known.
    const UNKNOWN: Clock = Clock { syn_time: NEVER, initial_rtt: 0 };

    /// Takes note of a SYN without ACK.
    #[inline]
    pub fn start(&mut self, segment: &Segment) {
        self.syn_time = segment.time;
    }

    /// Measures the handshake's round-trip time: to the first segment with ACK behind the SYN and its answer.
    #[inline]
    pub fn measure(&mut self, segment: &Segment, rules: Rules) {
        let is_answer = segment.flags.any(Flags::ACK) && !segment.flags.any(Flags::SYN);
        if self.initial_rtt == 0
            && is_answer
            && self.syn_time != NEVER
            && (self.syn_time != 0 || rules != Rules::Wireshark)
        {
            let rtt = segment.time.wrapping_sub(self.syn_time);
            // A clock that was set back measures nothing.
            self.initial_rtt = if rules == Rules::Evidence { rtt.max(0) } else { rtt };
        }
    }
}

/// A connection, in lines of the cache: with many of them, each line is a wait for memory. A usual segment needs the
/// first line, and what is near to it in both flows.
#[derive(Debug)]
#[repr(C, align(64))]
pub struct Connection {
    /// Its beginning, its ends' states, and its end.
    pub life: Life,
    /// Which parts of a complete connection were seen: see [`completeness`](super::analysis::completeness).
    pub completeness: u8,
    /// A packet of it has passed the display filter.
    pub is_chosen: bool,
    /// What it knows of time.
    pub clock: Clock,
    /// When the one before was captured, in nanoseconds.
    pub previous_time: i64,

    /// Its number, from 0 in the order in which connections appear.
    pub stream: u64,
    /// When its first segment was captured, in nanoseconds.
    pub first_time: i64,
    /// Its ends, in order.
    pub ends: Both<Endpoint>,
    /// What else is kept of what each end has sent, if it is.
    pub extra: Option<Box<Both<Extra>>>,

    /// What each end has sent.
    pub flows: Both<Flow>,
}

const _: () = assert!(offset_of!(Connection, stream) <= CACHE_LINE, "a usual segment needs more than the first line");
const _: () = assert!(size_of::<Connection>() == 6 * CACHE_LINE, "memory by connection is documented");

impl Connection {
    /// One of which nothing was seen. It is copied to its place as a whole, and [begun](Connection::begin) there: one that is put
    /// together elsewhere is read back before what was written has come to the cache.
    pub const NEW: Connection = Connection {
        life: Life::UNSEEN,
        completeness: 0,
        is_chosen: false,
        clock: Clock::UNKNOWN,
        previous_time: 0,
        stream: 0,
        first_time: 0,
        ends: Both { low: ends::UNKNOWN, high: ends::UNKNOWN },
        extra: None,
        flows: Both { low: Flow::NEW, high: Flow::NEW },
    };

    /// Begins it with its first segment.
    pub fn begin(&mut self, stream: u64, segment: &Segment, side: Side) {
        self.life.begin(segment, side);
        (self.previous_time, self.first_time) = (segment.time, segment.time);
        self.stream = stream;
        let (own, other) = self.ends.from_mut(side);
        (*own, *other) = (segment.source, segment.destination);
    }

    /// Fetches what a usual segment needs that one side has sent, and where what else is kept is, if it is.
    #[inline]
    pub fn fetch(&self, side: Side, has_extra: bool) {
        memory::prefetch_lines(self, if has_extra { 2 } else { 1 });
        memory::prefetch_lines(self.flows.of(side), Flow::LINES_OWN);
        memory::prefetch_lines(self.flows.of(side.other()), Flow::LINES_OTHER);
    }

    /// The times until what one end has sent was acknowledged, where they are kept.
    pub fn round_trips(&self, side: Side) -> Option<Times> {
        self.extra.as_ref()?.of(side).round_trips.times()
    }

    /// Fetches what segments need that is not in the connection itself.
    #[inline]
    pub fn fetch_others(&self, has_extra: bool) {
        self.flows.low.unacked.fetch();
        self.flows.high.unacked.fetch();
        if has_extra && let Some(extra) = &self.extra {
            memory::prefetch(&**extra);
        }
    }

    /// Whether it is told of: a segment of it was seen, not only quoted by an ICMP error, and it is chosen if there is
    /// a choice.
    pub fn is_told(&self, has_choice: bool) -> bool {
        let was_seen = self.flows.low.has_sent() || self.flows.high.has_sent();
        was_seen && (self.is_chosen || !has_choice)
    }
}
