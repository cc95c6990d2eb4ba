//! One segment on its way through the analysis.

use super::findings::{Finding, Findings};
use super::{Rules, Wanted};
use crate::tcp::connection::Clock;
use crate::tcp::flow::{Extra, Flow};
use crate::tcp::segment::{Flags, Segment};
use crate::tcp::sequence::Sequence;
use crate::tcp::unacked::Budget;

/// A segment, the direction it belongs to, the other one, and what is found so far.
pub struct Step<'s> {
    /// The segment.
    pub segment: &'s Segment,
    /// What its sender has sent before.
    pub own: &'s mut Flow,
    /// What the other end has sent.
    pub other: &'s mut Flow,
    /// What else is kept of its sender, if it is.
    pub own_extra: Option<&'s mut Extra>,
    /// The same of the other end.
    pub other_extra: Option<&'s mut Extra>,
    /// Times of the connection.
    pub clock: &'s mut Clock,
    /// What is left for unacknowledged segments.
    pub budget: &'s mut Budget,
    /// Whose rules hold.
    pub rules: Rules,
    /// What is looked at.
    pub wanted: Wanted,
    /// What is found.
    pub findings: &'s mut Findings,
    /// Its acknowledgement is not older than one that was captured before it.
    pub is_news: bool,
    /// There is something to say of the segment, or of what it acknowledges.
    pub has_record: bool,
}

impl Step<'_> {
    /// Adds a finding.
    #[inline]
    pub fn add(&mut self, finding: Finding) {
        self.findings.set.add(finding);
    }

    /// Whether there is this finding.
    #[inline]
    pub fn has(&self, finding: Finding) -> bool {
        self.findings.set.has(finding)
    }

    /// The acknowledgement number, which counts even without ACK.
    #[inline]
    pub fn acknowledgement(&self) -> Sequence {
        self.segment.acknowledgement
    }

    /// Whether the segment starts where its sender's last one ended.
    #[inline]
    pub fn is_next(&self) -> bool {
        self.next() == Some(self.segment.sequence)
    }

    /// Whether it starts with the last octet that was sent before.
    #[inline]
    pub fn is_one_before_next(&self) -> bool {
        self.next() == Some(self.segment.sequence.plus(1))
    }

    /// The number that comes next. By Wireshark's rules, none is zero.
    #[inline]
    fn next(&self) -> Option<Sequence> {
        self.own.next.or((self.rules == Rules::Wireshark).then_some(Sequence(0)))
    }

    /// The time since a moment, in nanoseconds.
    #[inline]
    pub fn since(&self, moment: i64) -> i64 {
        self.segment.time.wrapping_sub(moment)
    }

    /// Whether ACK is set.
    #[inline]
    pub fn has_ack(&self) -> bool {
        self.segment.flags.any(Flags::ACK)
    }

    /// A number that counts as not known where it is zero, by Wireshark's rules.
    #[inline]
    pub fn known(&self, number: Sequence) -> Option<Sequence> {
        (number.0 != 0 || self.rules != Rules::Wireshark).then_some(number)
    }
}
