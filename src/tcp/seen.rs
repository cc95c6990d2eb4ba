//! What was seen of one direction, and what was not: proof of what really happened to a segment.

use thin_vec::ThinVec;

use super::segment::Segment;
use super::sequence::Sequence;

/// Holes of one direction that are remembered; beyond, the lowest counts as seen. 32 octets each.
pub const HOLES_MAX: usize = 64;
/// So many IP identifications in a row that count up show that this host counts.
const COUNTING_STEPS: u8 = 4;
/// A step that is larger is no counting.
const STEP_MAX: u16 = 256;

/// What shows when a segment was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// When it was captured, in nanoseconds.
    pub time: i64,
    /// The sender's clock, by the time stamp option.
    pub clock: Option<u32>,
    /// The identification of its IPv4 header.
    pub identification: Option<u16>,
}

impl Stamp {
    /// A segment's.
    pub fn of(segment: &Segment) -> Stamp {
        let clock = segment.options.timestamps.map(|(clock, _)| clock);
        Stamp { time: segment.time, clock, identification: segment.ip_identification }
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

/// What was seen of one direction.
#[derive(Debug)]
pub struct Seen {
    /// Nothing below was seen.
    from: Sequence,
    /// What was captured first.
    first: Stamp,
    /// Holes above, in their order.
    holes: ThinVec<Hole>,
    /// Up to here, what was acknowledged unseen has been told.
    pub told: Option<Sequence>,
    /// The end of the highest range that the other end has acknowledged selectively.
    pub sacked: Option<Sequence>,
    /// The octet behind the last is sent as a probe of a closed window.
    pub is_probed: bool,
    /// It has accepted the connection.
    pub has_accepted: bool,
    latest_identification: Option<u16>,
    counting: u8,
}

impl Seen {
    /// Of a direction in which nothing below a number was seen.
    pub fn new(from: Sequence, first: Stamp) -> Seen {
        Seen {
            from,
            first,
            holes: ThinVec::new(),
            told: None,
            sacked: None,
            is_probed: false,
            has_accepted: false,
            latest_identification: None,
            counting: 0,
        }
    }

    /// The hole that these numbers lie in, all of them; `None` where one of them was seen.
    pub fn hole_around(&self, start: Sequence, end: Sequence) -> Option<Hole> {
        if end <= self.from {
            return Some(Hole { start, end: self.from, behind: self.first });
        }
        self.holes.iter().find(|hole| hole.start <= start && end <= hole.end).copied()
    }

    /// Whether something below this number was acknowledged, was not seen, and has not been told.
    pub fn has_untold_hole_below(&self, number: Sequence) -> bool {
        let is_untold = |hole: &Hole| self.told.is_none_or(|told| hole.start >= told);
        // The last one is the one that is told last.
        self.holes.last().is_some_and(is_untold) && self.holes.iter().any(|hole| is_untold(hole) && hole.start < number)
    }

    /// Takes in numbers that were captured; `next` is what was expected.
    pub fn take(&mut self, start: Sequence, end: Sequence, next: Sequence, stamp: Stamp) {
        if start > next {
            self.open(Hole { start: next, end: start, behind: stamp });
        } else if start < self.from {
            if end < self.from {
                self.make_room();
                self.holes.insert(0, Hole { start: end, end: self.from, behind: self.first });
            }
            self.from = start;
        }
        if start < next && !self.holes.is_empty() {
            self.fill(start, end);
        }
    }

    fn open(&mut self, hole: Hole) {
        self.make_room();
        self.holes.push(hole);
    }

    fn make_room(&mut self) {
        if self.holes.len() >= HOLES_MAX {
            self.holes.remove(0);
        }
    }

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

    /// Whether a segment was sent later than another one that was captured before it, where its sender's clock or the
    /// counting of its IP identifications tells.
    pub fn was_sent_later(&self, segment: Stamp, other: Stamp) -> Option<bool> {
        let clocks = segment.clock.zip(other.clock).map(|(one, another)| one.wrapping_sub(another) as i32);
        if let Some(difference) = clocks.filter(|&difference| difference != 0) {
            return Some(difference > 0);
        }
        let counts = segment.identification.zip(other.identification).filter(|_| self.counting >= COUNTING_STEPS);
        let difference = counts.map(|(one, another)| one.wrapping_sub(another) as i16)?;
        (difference != 0).then_some(difference > 0)
    }

    /// Looks whether the host counts its IP identifications.
    pub fn count_identification(&mut self, identification: Option<u16>) {
        let Some(new) = identification else { return };
        let step = new.wrapping_sub(self.latest_identification.unwrap_or(new));
        if (1..=STEP_MAX).contains(&step) {
            self.counting = self.counting.saturating_add(1);
        } else if step == 0 || step < STEP_MAX.wrapping_neg() {
            self.counting = 0;
        } else {
            // An overtaken one.
            return;
        }
        self.latest_identification = Some(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Seen {
        Seen::new(Sequence(1000), Stamp::default())
    }

    fn take(seen: &mut Seen, start: u32, end: u32, next: u32) {
        seen.take(Sequence(start), Sequence(end), Sequence(next), Stamp::default());
    }

    fn holes(seen: &Seen) -> Vec<(u32, u32)> {
        seen.holes.iter().map(|hole| (hole.start.0, hole.end.0)).collect()
    }

    #[test]
    fn holes_open_shrink_split_and_close() {
        let mut seen = seen();
        take(&mut seen, 2000, 2100, 1000);
        take(&mut seen, 1400, 1500, 2100);
        assert_eq!(holes(&seen), [(1000, 1400), (1500, 2000)]);
        take(&mut seen, 1300, 1600, 2100);
        assert_eq!(holes(&seen), [(1000, 1300), (1600, 2000)]);
        assert!(seen.hole_around(Sequence(1000), Sequence(1300)).is_some());
        assert!(seen.hole_around(Sequence(1000), Sequence(1301)).is_none());
        take(&mut seen, 1000, 2000, 2100);
        assert_eq!(holes(&seen), []);
        take(&mut seen, 500, 600, 2100);
        assert_eq!(holes(&seen), [(600, 1000)]);
        assert!(seen.hole_around(Sequence(100), Sequence(500)).is_some());
    }

    #[test]
    fn holes_are_bounded() {
        let mut seen = seen();
        (0..1000).for_each(|hole| take(&mut seen, 2000 + hole * 20, 2010 + hole * 20, 1990 + hole * 20));
        assert_eq!(seen.holes.len(), HOLES_MAX);
        assert_eq!(holes(&seen).last(), Some(&(21970, 21980)));
    }

    #[test]
    fn a_clock_tells_before_identifications_do_and_those_only_if_they_count() {
        let mut seen = seen();
        let stamp = |clock, identification| Stamp { time: 0, clock, identification };
        assert_eq!(seen.was_sent_later(stamp(Some(5), Some(1)), stamp(Some(4), Some(2))), Some(true));
        assert_eq!(seen.was_sent_later(stamp(Some(u32::MAX), None), stamp(Some(4), None)), Some(false));
        assert_eq!(seen.was_sent_later(stamp(None, Some(1)), stamp(None, Some(2))), None);
        [65534, 65535, 0, 1, 3].into_iter().for_each(|number| seen.count_identification(Some(number)));
        assert_eq!(seen.was_sent_later(stamp(Some(4), Some(65535)), stamp(Some(4), Some(2))), Some(false));
        seen.count_identification(Some(30000));
        assert_eq!(seen.was_sent_later(stamp(None, Some(1)), stamp(None, Some(2))), None);
    }
}
