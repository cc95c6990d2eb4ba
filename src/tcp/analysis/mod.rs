//! What can be said of a segment by those before it.
//!
//! [`Analysis::segment`] finds the segment's connection and takes it through one [`step`]: judged by the
//! rules of [`evidence`], or those of [`wireshark`] where its verdict is wanted, and then taken in
//! ([`update`]). The result is a [`Verdict`]. Most segments need no step: they are [`usual`].

pub mod completeness;
pub mod evidence;
pub mod findings;
pub mod step;
pub mod update;
pub mod usual;
pub mod verdict;
pub mod wireshark;

#[cfg(test)]
mod scenarios;

use super::ages::Index;
use super::captured::Captured;
use super::connection::{Connection, Side};
use super::ends::Key;
use super::segment::{Flags, Header, Segment};
use super::table::Connections;
use super::unacked::Budget;
use crate::layers::usual::Usual;
use findings::{Finding, FindingSet, Findings};
use step::Step;
pub use verdict::Verdict;

/// Whose verdict is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// The truth, as far as SACK, time stamps and what was captured prove it.
    #[default]
    Evidence,
    /// Wireshark's, errors included.
    Wireshark,
}

/// What is looked at of what is found out: the rest need not be worked out.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// What [`fields`](crate::fields) have beyond what there is to say of a segment.
    pub fields: bool,
    /// Round-trip times.
    pub round_trips: bool,
}

/// All connections, and the rules by which their segments are judged.
#[derive(Debug)]
pub struct Analysis {
    rules: Rules,
    connections: Connections,
    captured: Captured,
    wanted: Wanted,
}

impl Analysis {
    /// An analysis that remembers at most `limit` connections.
    pub fn new(rules: Rules, limit: usize) -> Analysis {
        let wanted = Wanted { fields: true, round_trips: true };
        let connections = Connections::new(limit);
        let mut analysis = Analysis { rules, connections, captured: Captured::default(), wanted };
        analysis.limit_to(wanted);
        analysis
    }

    /// Works out no more than this, from now on.
    pub fn limit_to(&mut self, wanted: Wanted) {
        self.wanted = wanted;
        let Wanted { fields, round_trips } = wanted;
        self.connections.keep_extra(fields || round_trips || self.rules == Rules::Wireshark);
    }

    /// The connections seen so far.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// Keeps account of connections that are forgotten, from now on. With a choice, only of those that are chosen.
    pub fn keep_ledger(&mut self, has_choice: bool) {
        self.connections.keep_ledger(has_choice);
    }

    /// Chooses the connection of a segment that was just looked at.
    pub fn choose_connection(&mut self, verdict: &Verdict) {
        if let Some((connection, _)) = self.connections.get_mut(verdict.connection) {
            connection.is_chosen = true;
        }
    }

    /// Fetches what tells where the connection of a usual frame is, and whether the frame was captured before.
    #[inline]
    pub fn foresee(&self, usual: &Usual) {
        self.connections.foresee(usual.key);
        self.captured.foresee(usual);
    }

    /// Looks at the next segment, which has this key. Whether there is a verdict, which is large: it goes where the caller wants it. Where
    /// fields are not wanted, there is none on a segment of which there is nothing to say.
    #[inline]
    pub fn segment(&mut self, segment: &Segment, (key, side): Key, verdict: &mut Verdict) -> bool {
        if segment.header.is_wrong() && self.rules != Rules::Wireshark {
            return false;
        }
        let known = self.connections.find(key);
        if let Some(index) = known
            && self.rules == Rules::Evidence
            && !self.wanted.fields
            && self.take_usual(index, segment, (key, side))
        {
            return false;
        }
        self.follow(segment, (key, side), known, verdict).is_some()
    }

    /// Takes the segment in, if it is a [`usual`] one. Whether it is.
    #[inline]
    fn take_usual(&mut self, index: Index, segment: &Segment, (key, side): Key) -> bool {
        let Some((connection, budget)) = self.connections.get_mut(index) else { return false };
        let is_usual = usual::is_it(connection, segment, side) && !self.captured.is_again((key, side), segment);
        if is_usual {
            usual::take(connection, segment, side, self.wanted, budget);
        }
        is_usual
    }

    /// The verdict on the next segment.
    #[cfg(test)]
    pub fn verdict_of(&mut self, segment: &Segment) -> Option<Verdict> {
        let mut verdict = Verdict::default();
        let key = self.connections.key(segment);
        self.segment(segment, key, &mut verdict).then_some(verdict)
    }

    /// Takes the segment through its step.
    #[inline(never)]
    fn follow(
        &mut self,
        segment: &Segment,
        (key, side): Key,
        known: Option<Index>,
        verdict: &mut Verdict,
    ) -> Option<()> {
        let (index, opening) = self.choose(segment, (key, side), known);
        let is_again = self.rules == Rules::Evidence && self.captured.is_again((key, side), segment);
        let (rules, wanted) = (self.rules, self.wanted);
        let (connection, budget) = self.connections.get_mut(index)?;
        if segment.header == Header::TooLong {
            note_too_long(connection, segment);
            return None;
        }
        let is_reused = opening == Opening::Reused || restarts(connection, segment, side);
        let others_next = connection.flows.of(side.other()).next;
        begin(connection, segment, side, opening);
        verdict.begin(connection, index, side);
        if wanted.fields {
            verdict.describe(connection, segment, opening);
        }
        connection.previous_time = segment.time;
        verdict.findings.set = FindingSet::of([(is_reused, Finding::ReusedPorts), (is_again, Finding::DuplicateFrame)]);
        judge(connection, segment, side, (rules, wanted), budget, &mut verdict.findings);
        if verdict.findings.set.has(Finding::DuplicateFrame) {
            verdict.states = verdict.states_before;
            return Some(());
        }
        verdict.ending = connection.life.segment(segment, side, others_next);
        verdict.conclude(connection, segment);
        if wanted.fields && opening != Opening::New {
            connection.completeness |= completeness::later(segment);
        }
        if segment.header != Header::Whole && rules == Rules::Wireshark {
            verdict.findings = Findings::default();
        }
        Some(())
    }

    /// Looks at a segment that an ICMP error quotes. Wireshark gives it a connection, and takes note of little else;
    /// the truth is that it was seen before, or elsewhere.
    pub fn quoted(&mut self, segment: &Segment) {
        if self.rules != Rules::Wireshark {
            return;
        }
        let (key, side) = self.connections.key(segment);
        let known = self.connections.find(key);
        let (index, _) = self.choose(segment, (key, side), known);
        let Some((connection, _)) = self.connections.get_mut(index) else { return };
        connection.previous_time = segment.time;
        if segment.flags.opens() {
            connection.clock.start(segment);
            let extra = connection.extra.as_ref().map(|extra| extra.of(side));
            connection.flows.of_mut(side).next = extra.and_then(|extra| extra.contiguous);
        }
    }

    /// The segment's connection, the known one or a new one: a SYN with another number than the one before begins one.
    #[inline]
    fn choose(&mut self, segment: &Segment, (key, side): Key, known: Option<Index>) -> (Index, Opening) {
        let Some(index) = known else {
            return (self.connections.create(key, segment, side), Opening::New);
        };
        if !segment.flags.opens() {
            return (index, Opening::Known);
        }
        let base = self.connections.get(index).and_then(|connection| connection.flows.of(side).base);
        let is_other = base.is_some_and(|base| base != segment.sequence);
        if is_other { (self.connections.create(key, segment, side), Opening::Reused) } else { (index, Opening::Known) }
    }
}

/// A segment that is said to be shorter than its header: Wireshark has begun a connection when it finds out.
fn note_too_long(connection: &mut Connection, segment: &Segment) {
    connection.previous_time = segment.time;
    connection.completeness |= completeness::first(segment);
    if segment.flags.opens() {
        connection.clock.start(segment);
    }
}

/// How a segment came to its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// Its ends had none.
    New,
    /// Its ends had one; it begins another.
    Reused,
    /// It belongs to the one they have.
    Known,
}

/// A SYN with ACK whose number is another one than before: its sender's numbers count from there.
fn restarts(connection: &mut Connection, segment: &Segment, side: Side) -> bool {
    let base = &mut connection.flows.of_mut(side).base;
    let is_other = segment.flags.accepts() && base.is_some_and(|base| base != segment.sequence);
    if is_other {
        *base = Some(segment.sequence);
    }
    is_other
}

/// Where numbers count from, at the latest from now on.
fn begin(connection: &mut Connection, segment: &Segment, side: Side, opening: Opening) {
    if opening != Opening::Known {
        connection.completeness = completeness::first(segment);
    }
    let (own, other) = connection.flows.from_mut(side);
    let sequence = segment.sequence;
    let first = if segment.flags.any(Flags::SYN) { sequence } else { sequence.minus(1) };
    own.base.get_or_insert(first);
    if segment.flags.any(Flags::ACK) {
        other.base.get_or_insert(segment.acknowledgement.minus(1));
    }
}

/// Judges a segment and takes it in.
fn judge(
    connection: &mut Connection,
    segment: &Segment,
    side: Side,
    (rules, wanted): (Rules, Wanted),
    budget: &mut Budget,
    findings: &mut Findings,
) {
    if segment.flags.opens() {
        connection.clock.start(segment);
    }
    let Connection { flows, clock, extra, .. } = connection;
    let (own, other) = flows.from_mut(side);
    let (own_extra, other_extra) = extra.as_deref_mut().map(|extra| extra.from_mut(side)).unzip();
    let is_news = evidence::is_news(segment, own);
    let mut step = Step {
        segment,
        own,
        other,
        own_extra,
        other_extra,
        clock,
        budget,
        rules,
        wanted,
        findings,
        is_news,
        has_record: false,
    };
    match rules {
        Rules::Wireshark => wireshark::find(&mut step),
        Rules::Evidence => evidence::find(&mut step),
    }
    update::update(&mut step);
}
