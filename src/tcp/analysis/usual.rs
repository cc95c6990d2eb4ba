//! What most segments are: data in order, or the acknowledgement of some, of which there is nothing to say.
//!
//! For such a segment a [step](super::step) by the rules of [`evidence`](super::evidence) finds nothing and changes
//! little. This tells it beforehand, and changes just that. Everything else is left to the step.

use super::findings::FindingSet;
use super::{Rules, Wanted, update, wireshark};
use crate::tcp::connection::{Connection, Side};
use crate::tcp::flow::Flow;
use crate::tcp::segment::{Flags, Segment};
use crate::tcp::unacked::Budget;

/// Whether the segment of a connection is a usual one, unless its frame was captured before.
#[inline]
pub fn is_it(connection: &Connection, segment: &Segment, side: Side) -> bool {
    let (own, other) = (connection.flows.of(side), connection.flows.of(side.other()));
    connection.life.is_open() && is_plain(segment) && goes_on(segment, own) && fits(segment, other)
}

/// Only data and an acknowledgement, and a window that is open.
#[inline]
fn is_plain(segment: &Segment) -> bool {
    const LOOKED_AT: u16 = Flags::SYN.0 | Flags::FIN.0 | Flags::RST.0 | Flags::ACK.0;
    let Segment { flags, window, options, .. } = segment;
    flags.0 & LOOKED_AT == Flags::ACK.0
        && *window > 0
        && options.window_scale.is_none()
        && options.sack.as_slice().is_empty()
}

/// It begins where its sender's last one ended, and repeats nothing.
#[inline]
fn goes_on(segment: &Segment, own: &Flow) -> bool {
    let number = segment.acknowledgement;
    own.next == Some(segment.sequence)
        && own.has_acked
        && (number > own.last_ack || (number == own.last_ack && segment.length > 0))
        && !own.is_closed
        && own.seen.is_some_and(|seen| !seen.is_probed)
}

/// It is within the other end's window, and acknowledges what was seen.
#[inline]
fn fits(segment: &Segment, other: &Flow) -> bool {
    let number = segment.acknowledgement;
    let probes = segment.length == 1 && other.window == Some(0);
    !probes
        && !wireshark::fills_window(segment, other)
        && other.next.is_some_and(|next| number <= next)
        && other.seen.is_some()
        && !other.has_untold_hole_below(number)
}

/// Takes in a segment that is one.
#[inline]
pub fn take(connection: &mut Connection, segment: &Segment, side: Side, wanted: Wanted, budget: &mut Budget) {
    connection.previous_time = segment.time;
    let (own, other) = connection.flows.from_mut(side);
    if segment.length > 0 {
        sent((&mut *own, &mut *other), segment, budget);
    }
    if let Some(seen) = &mut own.seen {
        seen.identifications.take(segment.ip_identification);
    }
    said(own, segment);
    other.flight_is_unknown = false;
    let extra = if wanted.round_trips { connection.extra.as_deref_mut() } else { None };
    update::settle((other, extra.map(|extra| extra.of_mut(side.other()))), segment, budget);
    connection.clock.measure(segment, Rules::Evidence);
    own.count_usual(segment);
}

#[inline]
fn sent((own, other): (&mut Flow, &mut Flow), segment: &Segment, budget: &mut Budget) {
    let next = segment.end();
    own.unacked.push(segment, next, budget);
    own.go_on_to(next, other);
}

#[inline]
fn said(own: &mut Flow, segment: &Segment) {
    if segment.acknowledgement != own.last_ack {
        own.last_ack = segment.acknowledgement;
        own.new_ack_frame = segment.frame;
        own.duplicates = 0;
    }
    own.last_time = segment.time;
    own.last_findings = FindingSet::default();
    own.window = Some(segment.window);
    own.window_is_unscaled = false;
    own.sacked = 0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::analysis::{Analysis, Verdict};
    use crate::tcp::segment::Header;
    use crate::tcp::segment::testing::segment;
    use crate::tcp::sequence::Sequence;

    /// Segments of a conversation in which everything happens that can happen, most often the usual.
    struct Conversation {
        random: u64,
        /// The next number of each end, and what each end has acknowledged.
        next: [u32; 2],
        acknowledged: [u32; 2],
        milliseconds: i64,
        count: u64,
        latest: Segment,
    }

    impl Conversation {
        fn new(seed: u64) -> Conversation {
            let latest = segment("S", 999, 0, 0);
            Conversation {
                random: seed,
                next: [1000, 5000],
                acknowledged: [5000, 1000],
                milliseconds: 0,
                count: 0,
                latest,
            }
        }

        fn below(&mut self, limit: u64) -> u32 {
            self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.random >> 33) as u32 % limit as u32
        }

        /// Once in so many times.
        fn once_in(&mut self, times: u64) -> bool {
            self.below(times) == 0
        }

        fn numbers(&mut self, end: usize) -> (u32, u32) {
            let sequence = match self.below(30) {
                0 => self.next[end].wrapping_sub(self.below(3000)),
                1 => self.next[end].wrapping_add(self.below(3000)),
                2 => self.next[end].wrapping_sub(1),
                _ => self.next[end],
            };
            let others = self.next[1 - end];
            let acknowledgement = match self.below(10) {
                0 => others.wrapping_sub(self.below(3000)),
                1 => others.wrapping_add(if self.once_in(4) { self.below(3000) } else { 0 }),
                2..5 => self.acknowledged[end],
                _ => others,
            };
            (sequence, acknowledgement)
        }

        fn next(&mut self) -> Segment {
            self.count += 1;
            self.milliseconds += i64::from(self.below(40)) - i64::from(self.once_in(50)) * 60;
            let end = self.below(2) as usize;
            let (sequence, acknowledgement) = self.numbers(end);
            let flags =
                ["A", "A", "PA", "FA", "RA", "S", "SA", "P"][if self.once_in(25) { self.below(8) } else { 0 } as usize];
            let length = [0, 1, 100, 1000][self.below(4) as usize];
            let mut segment = segment(flags, sequence, acknowledgement, length).identified(self.count as u16);
            segment.window = [500, 500, 500, 501, 0, 2][if self.once_in(9) { self.below(6) } else { 0 } as usize];
            segment = if self.once_in(12) { segment } else { segment.clock(self.count as u32) };
            if self.once_in(30) {
                segment = segment.sack(acknowledgement.wrapping_add(100), acknowledgement.wrapping_add(300));
            }
            if self.once_in(60) {
                segment.options.window_scale = Some(1);
            }
            if self.once_in(60) {
                segment.header = Header::Cut;
            }
            segment = if self.once_in(40) { self.latest } else { segment };
            segment = segment.at(self.milliseconds * 1000);
            segment.frame = self.count;
            self.latest = segment;
            self.acknowledged[end] = acknowledgement;
            let reached = segment.next().0;
            self.next[end] = if Sequence(reached) > Sequence(self.next[end]) { reached } else { self.next[end] };
            if end == 0 { segment } else { segment.back() }
        }
    }

    fn says_something(segment: &Segment, verdict: &Verdict) -> bool {
        crate::sink::remarks::are_due(segment, verdict)
    }

    #[test]
    fn a_step_finds_and_changes_the_same() {
        let wanted = Wanted { fields: false, round_trips: true };
        let mut counts = [0; 3];
        for seed in 0..60 {
            let [mut quick, mut slow] = [(); 2].map(|()| Analysis::new(Rules::Evidence, 100));
            (quick.wanted, slow.wanted) = (wanted, wanted);
            let mut conversation = Conversation::new(seed);
            for number in 0..300 {
                let segment = conversation.next();
                let (mut found, mut expected) = (Verdict::default(), Verdict::default());
                let key = quick.connections().key(&segment);
                let has_verdict = quick.segment(&segment, key, &mut found);
                let (key, side) = slow.connections.key(&segment);
                let known = slow.connections.find(key);
                slow.follow(&segment, (key, side), known, &mut expected).unwrap();
                let states = |analysis: &Analysis| format!("{:?}", analysis.connections.iter().collect::<Vec<_>>());
                assert_eq!(states(&quick), states(&slow), "seed {seed}, segment {number}: {segment:?}");
                if has_verdict {
                    assert_eq!(format!("{found:?}"), format!("{expected:?}"), "seed {seed}, segment {number}");
                    counts[1 + usize::from(says_something(&segment, &found))] += 1;
                } else {
                    assert!(!says_something(&segment, &expected), "seed {seed}, segment {number}: {segment:?}");
                    counts[0] += 1;
                }
            }
        }
        assert!(counts.iter().all(|&count| count > 1500), "{counts:?}: usual, nothing to say all the same, something");
    }
}
