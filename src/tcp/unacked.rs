//! The segments of one direction that the other end has not acknowledged yet.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use super::segment::Segment;
use super::sequence::Sequence;
use crate::os::memory;

/// Segments of one direction that are remembered at most, as many as Wireshark does.
pub const PER_DIRECTION_MAX: usize = 10_000;
/// Segments of all connections together; 24 octets each. Beyond, each direction has [`ALWAYS`] of its own.
pub const TOTAL_MAX: u32 = 4 << 20;
/// Segments that a direction may remember whatever others do.
const ALWAYS: usize = 8;
/// Room that is kept by a connection without unacknowledged segments.
const KEPT_ROOM: usize = 64;

/// A segment that took sequence numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Number of its first octet that is not acknowledged.
    pub start: Sequence,
    /// The number behind it.
    pub next: Sequence,
    /// Its frame. That none has the number 0 leaves [`Unacked`] room for what else it can be.
    frame: NonZeroU64,
    /// When it was captured, in nanoseconds.
    pub time: i64,
}

impl Sent {
    /// What a segment takes of the numbers; `next` is the one behind it.
    #[inline]
    pub fn of(segment: &Segment, next: Sequence) -> Sent {
        let frame = NonZeroU64::new(segment.frame).unwrap_or(NonZeroU64::MIN);
        Sent { start: segment.sequence, next, frame, time: segment.time }
    }

    /// Its frame, from 1.
    pub fn frame(&self) -> u64 {
        self.frame.get()
    }
}

/// Segments that continue each other, and the rest.
#[derive(Debug, Default)]
pub struct Queues {
    /// Each starts where the one before ends or later: an acknowledgement takes from the front.
    ordered: VecDeque<Sent>,
    /// Retransmissions and late ones, in the order of their sending.
    others: Vec<Sent>,
    /// What they reach over, where it is known: a sender that is never acknowledged has thousands of them.
    extent: Option<Extent>,
    /// All there is lies behind this number: it was acknowledged, and nothing was sent since.
    settled: Option<Sequence>,
}

/// The lowest and the highest number of some segments, both counted from `base` without a sign.
#[derive(Clone, Copy, Debug)]
struct Extent {
    base: Sequence,
    lowest: u32,
    highest: u32,
}

impl Extent {
    fn empty(base: Sequence) -> Extent {
        Extent { base, lowest: u32::MAX, highest: 0 }
    }

    fn widen(&mut self, start: Sequence, next: Sequence) {
        self.lowest = self.lowest.min(start.since(self.base));
        self.highest = self.highest.max(next.since(self.base));
    }
}

/// How many segments more may be remembered by all connections together.
#[derive(Clone, Copy, Debug)]
pub struct Budget(pub u32);

impl Budget {
    /// Whether a direction that remembers so many may remember one more, which is accounted for.
    #[inline]
    fn allows(&mut self, remembered: usize) -> bool {
        if remembered < ALWAYS {
            return true;
        }
        let is_allowed = remembered < PER_DIRECTION_MAX && self.0 > 0;
        self.0 -= u32::from(is_allowed);
        is_allowed
    }

    /// A direction remembers fewer than before.
    #[inline]
    fn give_back(&mut self, before: usize, now: usize) {
        let counted = |remembered: usize| remembered.saturating_sub(ALWAYS) as u32;
        self.0 += counted(before) - counted(now);
    }
}

/// Unacknowledged segments. One needs no memory of its own.
#[derive(Debug)]
pub enum Unacked {
    /// The only one.
    One(Sent),
    /// There is none; or, once there were several, all of them.
    Others(Option<Box<Queues>>),
}

const _: () = assert!(size_of::<Unacked>() == size_of::<Sent>(), "what else it can be takes no room");

impl Default for Unacked {
    fn default() -> Unacked {
        Unacked::NONE
    }
}

impl Unacked {
    /// No segment.
    pub const NONE: Unacked = Unacked::Others(None);

    /// Fetches what is not in place.
    #[inline]
    pub fn fetch(&self) {
        if let Unacked::Others(Some(queues)) = self {
            memory::prefetch(&**queues);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Unacked::Others(None) => 0,
            Unacked::One(_) => 1,
            Unacked::Others(Some(queues)) => queues.len(),
        }
    }

    /// Whether everything is acknowledged.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Remembers a segment, unless there is no room; `next` is the number behind it.
    ///
    /// Each way makes what is kept where it is kept: a copy that was made a moment before, field by field, is read back in
    /// words, which a processor does only after all else that was written has reached its cache.
    #[inline]
    pub fn push(&mut self, segment: &Segment, next: Sequence, budget: &mut Budget) -> bool {
        if let Unacked::Others(None) = self {
            *self = Unacked::One(Sent::of(segment, next));
            return true;
        }
        self.push_behind(segment, next, budget)
    }

    #[inline(never)]
    fn push_behind(&mut self, segment: &Segment, next: Sequence, budget: &mut Budget) -> bool {
        let sent = Sent::of(segment, next);
        match self {
            Unacked::Others(None) => *self = Unacked::One(sent),
            Unacked::One(first) => {
                let mut queues = Box::<Queues>::default();
                queues.push(*first);
                queues.push(sent);
                *self = Unacked::Others(Some(queues));
            }
            Unacked::Others(Some(queues)) if budget.allows(queues.len()) => queues.push(sent),
            Unacked::Others(Some(_)) => return false,
        }
        true
    }

    /// The segment that was sent first.
    pub fn oldest(&self) -> Option<Sent> {
        match self {
            Unacked::Others(None) => None,
            Unacked::One(sent) => Some(*sent),
            Unacked::Others(Some(queues)) => {
                let candidates = [queues.ordered.front(), queues.others.first()];
                candidates.into_iter().flatten().min_by_key(|sent| sent.frame).copied()
            }
        }
    }

    /// The latest segment that holds the octet with this number.
    pub fn latest_with(&self, octet: Sequence) -> Option<Sent> {
        self.with(octet).next().copied()
    }

    /// How often the octet with this number was sent.
    pub fn times_sent(&self, octet: Sequence) -> usize {
        self.with(octet).count()
    }

    /// The segments that hold the octet with this number, the latest first.
    fn with(&self, octet: Sequence) -> impl Iterator<Item = &Sent> {
        let (only, queues) = match self {
            Unacked::Others(None) => (None, None),
            Unacked::One(sent) => (Some(sent), None),
            Unacked::Others(Some(queues)) => (None, Some(queues)),
        };
        let others = queues.into_iter().flat_map(|queues| queues.others.iter().rev());
        let ordered = queues.and_then(|queues| queues.ordered_up_to(octet));
        only.into_iter().chain(others).chain(ordered).filter(move |sent| sent.start <= octet && octet < sent.next)
    }

    /// Whether an acknowledgement takes nothing out, because it is the same as the one before: there may be thousands
    /// of them, and thousands of segments to look through.
    #[inline]
    pub fn is_settled(&self, number: Sequence) -> bool {
        match self {
            Unacked::Others(None) => true,
            Unacked::One(_) => false,
            Unacked::Others(Some(queues)) => queues.settled == Some(number),
        }
    }

    /// Takes out what is acknowledged; returns the first sent of the segments that end exactly there.
    pub fn acknowledge(&mut self, number: Sequence, budget: &mut Budget) -> Option<Sent> {
        match self {
            Unacked::Others(None) => None,
            Unacked::One(sent) if sent.next <= number => {
                let exact = Some(*sent).filter(|sent| sent.next == number);
                *self = Unacked::NONE;
                exact
            }
            Unacked::One(sent) => {
                sent.start = sent.start.or_later(number);
                None
            }
            Unacked::Others(Some(queues)) => {
                let before = queues.len();
                let exact = queues.acknowledge(number);
                budget.give_back(before, queues.len());
                exact
            }
        }
    }

    /// The distance from the lowest number to the highest, both counted from `base` without a sign.
    pub fn span(&mut self, base: Sequence) -> u32 {
        match self {
            Unacked::Others(None) => 0,
            Unacked::One(sent) => sent.next.since(base).wrapping_sub(sent.start.since(base)),
            Unacked::Others(Some(queues)) => queues.span(base),
        }
    }

    /// Gives back its part of the budget.
    pub fn forget(&mut self, budget: &mut Budget) {
        budget.give_back(self.len(), 0);
        *self = Unacked::NONE;
    }
}

impl Queues {
    #[inline]
    fn len(&self) -> usize {
        self.ordered.len() + self.others.len()
    }

    /// The last of those in order that starts with this octet or before it.
    fn ordered_up_to(&self, octet: Sequence) -> Option<&Sent> {
        let behind = self.ordered.partition_point(|sent| sent.start <= octet);
        self.ordered.get(behind.checked_sub(1)?)
    }

    #[inline]
    fn push(&mut self, sent: Sent) {
        self.settled = None;
        let continues = match (self.ordered.front(), self.ordered.back()) {
            // The queue never spans so much that comparing its ends would wrap.
            (Some(first), Some(last)) => sent.start >= last.next && sent.next > first.start && sent.next > sent.start,
            _ => true,
        };
        if continues {
            self.ordered.push_back(sent);
        } else {
            self.others.push(sent);
            if let Some(extent) = &mut self.extent {
                extent.widen(sent.start, sent.next);
            }
        }
    }

    fn acknowledge(&mut self, number: Sequence) -> Option<Sent> {
        self.settled = Some(number);
        let mut exact = None;
        while let Some(first) = self.ordered.front_mut() {
            if first.next > number {
                if first.start < number {
                    first.start = number;
                }
                break;
            }
            exact = self.ordered.pop_front().filter(|sent| sent.next == number).or(exact);
        }
        if !self.others.is_empty() {
            self.extent = None;
        }
        self.others.retain_mut(|sent| {
            if sent.next <= number {
                if sent.next == number && exact.is_none_or(|first| sent.frame < first.frame) {
                    exact = Some(*sent);
                }
                return false;
            }
            if sent.start < number {
                sent.start = number;
            }
            true
        });
        if self.ordered.is_empty() && self.ordered.capacity() > KEPT_ROOM {
            self.ordered.shrink_to(KEPT_ROOM);
        }
        if self.others.is_empty() && self.others.capacity() > KEPT_ROOM {
            self.others.shrink_to(KEPT_ROOM);
        }
        exact
    }

    fn span(&mut self, base: Sequence) -> u32 {
        let mut all = self.extent_of_others(base);
        if let (Some(first), Some(last)) = (self.ordered.front(), self.ordered.back()) {
            if first.start.since(base) <= last.next.since(base) {
                all.widen(first.start, last.next);
            } else {
                // The numbers wrap in between, or lie below the base.
                self.ordered.iter().for_each(|sent| all.widen(sent.start, sent.next));
            }
        }
        all.highest.wrapping_sub(all.lowest)
    }

    fn extent_of_others(&mut self, base: Sequence) -> Extent {
        if let Some(known) = self.extent.filter(|known| known.base == base) {
            return known;
        }
        let mut extent = Extent::empty(base);
        self.others.iter().for_each(|sent| extent.widen(sent.start, sent.next));
        *self.extent.insert(extent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::segment::testing::segment;

    fn push(unacked: &mut Unacked, (start, next, frame): (u32, u32, u64), budget: &mut Budget) -> bool {
        let segment = Segment { frame, time: frame as i64, ..segment("A", start, 0, 0) };
        unacked.push(&segment, Sequence(next), budget)
    }

    #[test]
    fn an_acknowledgement_names_the_first_copy_and_takes_all() {
        let (mut unacked, mut budget) = (Unacked::default(), Budget(100));
        for (start, next, frame) in [(0, 100, 1), (100, 200, 2), (0, 100, 3), (100, 200, 4), (200, 300, 5)] {
            assert!(push(&mut unacked, (start, next, frame), &mut budget));
        }
        assert_eq!(unacked.latest_with(Sequence(150)).map(|sent| sent.frame()), Some(4));
        assert_eq!(unacked.times_sent(Sequence(0)), 2);
        assert_eq!(unacked.oldest().map(|sent| sent.frame()), Some(1));
        assert_eq!(unacked.acknowledge(Sequence(200), &mut budget).map(|sent| sent.frame()), Some(2));
        assert_eq!((unacked.len(), budget.0), (1, 100));
        assert_eq!(unacked.acknowledge(Sequence(250), &mut budget), None);
        assert_eq!(unacked.span(Sequence(0)), 50);
    }

    #[test]
    fn the_same_acknowledgement_again_takes_nothing_out() {
        let (mut unacked, mut budget) = (Unacked::default(), Budget(100));
        for (start, next, frame) in [(0, 100, 1), (100, 200, 2), (0, 100, 3), (50, 300, 4)] {
            push(&mut unacked, (start, next, frame), &mut budget);
        }
        unacked.acknowledge(Sequence(60), &mut budget);
        assert!(unacked.is_settled(Sequence(60)) && !unacked.is_settled(Sequence(61)));
        let before = format!("{unacked:?}");
        assert_eq!(unacked.acknowledge(Sequence(60), &mut budget), None);
        assert_eq!(format!("{unacked:?}"), before);
        push(&mut unacked, (0, 40, 5), &mut budget);
        assert!(!unacked.is_settled(Sequence(60)));
    }

    #[test]
    fn the_span_follows_what_is_sent_again_acknowledged_and_counted_anew() {
        let (mut unacked, mut budget) = (Unacked::default(), Budget(100));
        for (start, next, frame) in [(100, 200, 1), (200, 300, 2), (100, 200, 3)] {
            push(&mut unacked, (start, next, frame), &mut budget);
        }
        assert_eq!(unacked.span(Sequence(0)), 200);
        push(&mut unacked, (50, 350, 4), &mut budget);
        assert_eq!(unacked.span(Sequence(0)), 300);
        unacked.acknowledge(Sequence(150), &mut budget);
        assert_eq!(unacked.span(Sequence(0)), 200);
        // From a base among them, a start below it is a high number and so not the lowest, which is 200 then.
        assert_eq!(unacked.span(Sequence(200)), 350 - 200);
    }

    #[test]
    fn numbers_that_wrap_keep_their_order() {
        let (mut unacked, mut budget) = (Unacked::default(), Budget(100));
        push(&mut unacked, (u32::MAX - 9, 10, 1), &mut budget);
        push(&mut unacked, (10, 30, 2), &mut budget);
        assert_eq!(unacked.span(Sequence(u32::MAX - 99)), 40);
        assert_eq!(unacked.acknowledge(Sequence(10), &mut budget).map(|sent| sent.frame()), Some(1));
        assert_eq!(unacked.len(), 1);
    }

    #[test]
    fn what_all_connections_remember_is_bounded_and_given_back() {
        let mut budget = Budget(100);
        let mut connections: Vec<Unacked> = (0..50).map(|_| Unacked::default()).collect();
        for unacked in &mut connections {
            for number in 0..50 {
                push(unacked, (number, number + 1, u64::from(number) + 1), &mut budget);
            }
        }
        assert_eq!(connections.iter().map(Unacked::len).sum::<usize>(), 50 * ALWAYS + 100);
        for unacked in &mut connections {
            unacked.acknowledge(Sequence(50), &mut budget);
        }
        assert_eq!(budget.0, 100);
        let mut one = Unacked::default();
        for number in 0..20_000 {
            push(&mut one, (number, number + 1, 1), &mut Budget(u32::MAX));
        }
        assert_eq!(one.len(), PER_DIRECTION_MAX);
    }
}
