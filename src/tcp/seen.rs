//! What was seen of one direction, and what was not: proof of what really happened to a segment.

use super::flow::{Flow, Rare};
use super::segment::Segment;
use super::sequence::Sequence;

/// Holes of one direction that are remembered; beyond, the lowest counts as seen. 24 octets each.
pub const HOLES_MAX: usize = 64;
/// What lies so many octets behind the number that comes next is forgotten: twice as far, it would look as if it lay in
/// front ([`Sequence`]).
const REACH: u32 = 1 << 30;
/// So many IP identifications in a row that count up show that this host counts.
const COUNTING_STEPS: u8 = 4;
/// A step that is larger is no counting.
const STEP_MAX: u16 = 256;

/// What shows when a segment was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// When it was captured, in nanoseconds.
    pub time: i64,
    /// The sender's clock, by the time stamp option. It wraps as sequence numbers do (RFC 7323 section 5.2).
    clock: Option<Sequence>,
    identification: Option<Identification>,
}

/// The identification of an IPv4 header. As a [`Sequence`], it may lie at any address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(Rust, packed)]
struct Identification(u16);

impl Stamp {
    /// Of no segment.
    pub const NONE: Stamp = Stamp { time: 0, clock: None, identification: None };

    /// A segment's.
    pub fn of(segment: &Segment) -> Stamp {
        let clock = segment.options.timestamps.map(|(clock, _)| clock);
        Stamp { time: segment.time, ..Stamp::sent(clock, segment.ip_identification) }
    }

    /// Of a segment that was not seen itself, at the time when it is known to have been sent, in nanoseconds.
    pub fn at(time: i64) -> Stamp {
        Stamp { time, ..Stamp::NONE }
    }

    fn sent(clock: Option<u32>, identification: Option<u16>) -> Stamp {
        Stamp { time: 0, clock: clock.map(Sequence), identification: identification.map(Identification) }
    }
}

/// Numbers that were not seen, and the first segment that was captured behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The first number.
    pub start: Sequence,
    /// The number behind the last.
    pub end: Sequence,
    /// What was captured before what belongs here.
    pub behind: Stamp,
}

const _: () = assert!(size_of::<Hole>() == 24, "the documentation says so");

/// What lies between the segments that were seen of one direction.
#[derive(Debug, Default)]
pub struct Holes {
    /// In their order.
    holes: Vec<Hole>,
    /// Up to here, what was acknowledged unseen has been told.
    pub told: Option<Sequence>,
}

impl Holes {
    /// Whether something below this number was acknowledged, was not seen, and has not been told.
    fn has_untold_below(&self, number: Sequence) -> bool {
        let is_untold = |hole: &Hole| self.told.is_none_or(|told| hole.start >= told);
        // The last one is the one that is told last.
        self.holes.last().is_some_and(is_untold) && self.holes.iter().any(|hole| is_untold(hole) && hole.start < number)
    }

    /// Adds one in front of all others, or behind them.
    fn add(&mut self, hole: Hole, in_front: bool) {
        if self.holes.len() >= HOLES_MAX {
            self.holes.remove(0);
        }
        let at = if in_front { 0 } else { self.holes.len() };
        self.holes.insert(at, hole);
    }

    /// Forgets those that begin below this number.
    fn forget_below(&mut self, floor: Sequence) {
        self.holes.retain(|hole| hole.start >= floor);
        self.told = self.told.map(|told| told.or_later(floor));
    }

    /// Takes in numbers that were captured.
    fn fill(&mut self, start: Sequence, end: Sequence) {
        let mut rest = None;
        self.holes.retain_mut(|hole| {
            if end <= hole.start || start >= hole.end {
                return true;
            }
            let (before, after) = (start > hole.start, end < hole.end);
            if before && after {
                rest = Some(Hole { start: end, ..*hole });
            }
            if before {
                hole.end = start;
            } else if after {
                hole.start = end;
            }
            before || after
        });
        if let Some(rest) = rest {
            let at = self.holes.partition_point(|hole| hole.start < rest.start);
            self.holes.insert(at, rest);
            if self.holes.len() > HOLES_MAX {
                self.holes.remove(0);
            }
        }
    }
}

/// How a host numbers its IPv4 packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identifications {
    latest: Option<u16>,
    counting: u8,
}

impl Identifications {
    /// Looks whether the host counts.
    #[inline]
    pub fn take(&mut self, identification: Option<u16>) {
        let Some(new) = identification else { return };
        let step = new.wrapping_sub(self.latest.unwrap_or(new));
        if (1..=STEP_MAX).contains(&step) {
            self.counting = self.counting.saturating_add(1);
        } else if step == 0 || step < STEP_MAX.wrapping_neg() {
            self.counting = 0;
        } else {
            // An overtaken one.
            return;
        }
        self.latest = Some(new);
    }

    /// Whether a segment was sent later than another one that was captured before it, where its sender's clock or the
    /// counting tells.
    pub fn was_sent_later(&self, segment: Stamp, other: Stamp) -> Option<bool> {
        let clocks = segment.clock.zip(other.clock).map(|(one, another)| one.since(another) as i32);
        if let Some(difference) = clocks.filter(|&difference| difference != 0) {
            return Some(difference > 0);
        }
        let counts = segment.identification.zip(other.identification).filter(|_| self.counting >= COUNTING_STEPS);
        let difference = counts.map(|(one, another)| one.0.wrapping_sub(another.0) as i16)?;
        (difference != 0).then_some(difference > 0)
    }
}

/// What every segment looks at of what was seen of a direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// How its host numbers packets.
    pub identifications: Identifications,
    /// The octet behind the last is sent as a probe of a closed window.
    pub is_probed: bool,
    /// It has accepted the connection.
    pub has_accepted: bool,
    /// There are [`Holes`].
    has_holes: bool,
}

impl Flow {
    /// What was seen of it. If it was not looked at before, nothing below its next number was.
    pub fn seen_from(&mut self, stamp: Stamp) -> &mut Seen {
        if self.seen.is_none() {
            let base = self.base.unwrap_or_default();
            // Without a SYN, the base is one less than the first number.
            self.from = if self.next.is_some() { base } else { base.plus(1) };
            self.first = stamp;
        }
        self.seen.get_or_insert_default()
    }

    /// The hole that these numbers lie in, all of them; `None` where one of them was seen.
    pub fn hole_around(&self, start: Sequence, end: Sequence) -> Option<Hole> {
        let seen = self.seen?;
        if end <= self.from {
            return Some(Hole { start, end: self.from, behind: self.first });
        }
        let holes = &self.rare().filter(|_| seen.has_holes)?.holes.holes;
        holes.iter().find(|hole| hole.start <= start && end <= hole.end).copied()
    }

    /// Whether something below this number was acknowledged, was not seen, and has not been told.
    #[inline]
    pub fn has_untold_hole_below(&self, number: Sequence) -> bool {
        let has_holes = self.seen.is_some_and(|seen| seen.has_holes);
        has_holes && self.rare().is_some_and(|rare| rare.holes.has_untold_below(number))
    }

    /// Up to here, what was acknowledged unseen has been told.
    pub fn told(&self) -> Option<Sequence> {
        self.rare()?.holes.told
    }

    /// Its numbers go on to this one. Each time they pass a multiple of [`REACH`], what is known of old ones is forgotten;
    /// `other` is the other end, which has acknowledged some.
    #[inline]
    pub fn go_on_to(&mut self, next: Sequence, other: &mut Flow) {
        let before = self.next.replace(next);
        if before.is_some_and(|before| before.0 ^ next.0 >= REACH) {
            self.forget_below(next.minus(REACH), other);
        }
    }

    #[cold]
    fn forget_below(&mut self, floor: Sequence, other: &mut Flow) {
        if let Some(seen) = &mut self.seen {
            self.from = self.from.or_later(floor);
            if let Some(Rare { holes, .. }) = self.rare.as_deref_mut() {
                holes.forget_below(floor);
                seen.has_holes = !holes.holes.is_empty();
            }
        }
        if let Some(Rare { sacked_up_to: Some(sacked), .. }) = other.rare.as_deref_mut() {
            *sacked = sacked.or_later(floor);
        }
    }

    /// Takes in numbers that were captured; `next` is what was expected.
    pub fn take_numbers(&mut self, start: Sequence, end: Sequence, next: Sequence, stamp: Stamp) {
        // What comes in order leaves no hole and fills none.
        if self.seen.as_ref().is_none_or(|seen| start == next && !seen.has_holes) {
            return;
        }
        if start > next {
            self.rare_mut().holes.add(Hole { start: next, end: start, behind: stamp }, false);
        } else if start < self.from {
            if end < self.from {
                let hole = Hole { start: end, end: self.from, behind: self.first };
                self.rare_mut().holes.add(hole, true);
            }
            self.from = start;
        }
        if start < next {
            self.rare_mut().holes.fill(start, end);
        }
        let has_holes = self.rare().is_some_and(|rare| !rare.holes.holes.is_empty());
        if let Some(seen) = &mut self.seen {
            seen.has_holes = has_holes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A direction of which nothing below 1000 was seen.
    fn flow() -> Flow {
        let mut flow = Flow { base: Some(Sequence(999)), ..Flow::default() };
        flow.seen_from(Stamp::default());
        flow
    }

    fn take(flow: &mut Flow, start: u32, end: u32, next: u32) {
        flow.take_numbers(Sequence(start), Sequence(end), Sequence(next), Stamp::default());
    }

    fn holes(flow: &Flow) -> Vec<(u32, u32)> {
        let holes = flow.rare().map_or(&[][..], |rare| &rare.holes.holes);
        assert_eq!(flow.seen.unwrap().has_holes, !holes.is_empty());
        holes.iter().map(|hole| (hole.start.0, hole.end.0)).collect()
    }

    #[test]
    fn holes_open_shrink_split_and_close() {
        let mut flow = flow();
        take(&mut flow, 2000, 2100, 1000);
        take(&mut flow, 1400, 1500, 2100);
        assert_eq!(holes(&flow), [(1000, 1400), (1500, 2000)]);
        take(&mut flow, 1300, 1600, 2100);
        assert_eq!(holes(&flow), [(1000, 1300), (1600, 2000)]);
        assert!(flow.hole_around(Sequence(1000), Sequence(1300)).is_some());
        assert!(flow.hole_around(Sequence(1000), Sequence(1301)).is_none());
        take(&mut flow, 1000, 2000, 2100);
        assert_eq!(holes(&flow), []);
        take(&mut flow, 500, 600, 2100);
        assert_eq!(holes(&flow), [(600, 1000)]);
        assert!(flow.hole_around(Sequence(100), Sequence(500)).is_some());
    }

    #[test]
    fn old_numbers_are_forgotten_before_they_look_new() {
        let [mut flow, mut other] = [flow(), Flow::default()];
        take(&mut flow, 1100, 1200, 1000);
        other.rare_mut().sacked_up_to = Some(Sequence(1200));
        flow.rare_mut().holes.told = Some(Sequence(1200));
        let mut next = 1200;
        for _ in 0..12 {
            flow.go_on_to(Sequence(next), &mut other);
            assert!(flow.from <= Sequence(next) && other.sacked_up_to() <= flow.next && flow.told() <= flow.next);
            take(&mut flow, next.wrapping_sub(100), next, next);
            next = next.wrapping_add(REACH / 2);
        }
        assert_eq!(holes(&flow), []);
        let next = flow.next.unwrap();
        assert!(flow.hole_around(next.minus(100), next).is_none());
    }

    #[test]
    fn holes_are_bounded() {
        let mut flow = flow();
        (0..1000).for_each(|hole| take(&mut flow, 2000 + hole * 20, 2010 + hole * 20, 1990 + hole * 20));
        assert_eq!(holes(&flow).len(), HOLES_MAX);
        assert_eq!(holes(&flow).last(), Some(&(21970, 21980)));
    }

    #[test]
    fn a_clock_tells_before_identifications_do_and_those_only_if_they_count() {
        let mut numbers = Identifications::default();
        let stamp = Stamp::sent;
        assert_eq!(numbers.was_sent_later(stamp(Some(5), Some(1)), stamp(Some(4), Some(2))), Some(true));
        assert_eq!(numbers.was_sent_later(stamp(Some(u32::MAX), None), stamp(Some(4), None)), Some(false));
        assert_eq!(numbers.was_sent_later(stamp(None, Some(1)), stamp(None, Some(2))), None);
        [65534, 65535, 0, 1, 3].into_iter().for_each(|number| numbers.take(Some(number)));
        assert_eq!(numbers.was_sent_later(stamp(Some(4), Some(65535)), stamp(Some(4), Some(2))), Some(false));
        numbers.take(Some(30000));
        assert_eq!(numbers.was_sent_later(stamp(None, Some(1)), stamp(None, Some(2))), None);
    }
}
