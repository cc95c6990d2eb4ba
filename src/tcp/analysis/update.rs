//! What a segment changes in what is known of its connection, once it has been judged.

use super::findings::Finding;
use super::step::Step;
use super::{Rules, evidence};
use crate::tcp::flow::{Extra, Flow, Scale};
use crate::tcp::segment::{Flags, Segment};
use crate::tcp::unacked::{Budget, Sent};

/// More octets in flight than this are no measurement.
const FLIGHT_MAX: u32 = 2_000_000_000;
/// Larger shifts count as this one (RFC 7323 section 2.3).
const SHIFT_MAX: u8 = 14;

/// Takes the segment in.
pub fn update(step: &mut Step) {
    if step.has(Finding::DuplicateFrame) {
        return step.own.count_duplicate();
    }
    let closes_window = window(step);
    step.findings.missing = missing(step);
    let repeated = repeated(step);
    sent(step);
    said(step);
    acknowledged(step);
    step.clock.measure(step.segment, step.rules);
    if step.wanted.fields {
        flight(step);
    }
    scale(step);
    step.own.count(step.segment, step.findings, repeated, closes_window);
}

/// Octets between what was seen before and the segment.
fn missing(step: &Step) -> Option<u32> {
    if !step.has(Finding::LostSegment) {
        return None;
    }
    step.own.next.map(|next| step.segment.sequence.since(next))
}

/// How long the window was closed, once it is open again. Whether it closes now.
fn window(step: &mut Step) -> bool {
    let segment = step.segment;
    if segment.flags.is_control() {
        return false;
    }
    let is_closed = segment.window == 0;
    let was_closed = std::mem::replace(&mut step.own.is_closed, is_closed);
    if was_closed && !is_closed {
        step.findings.window_was_closed = step.own.rare().map(|rare| step.since(rare.closed_since));
    }
    if is_closed && !was_closed {
        step.own.rare_mut().closed_since = segment.time;
    }
    is_closed && !was_closed
}

/// Octets of the segment that were sent before, and which frame had the first of them last.
fn repeated(step: &mut Step) -> u32 {
    let (start, end) = (step.segment.sequence, step.segment.end());
    let Some(next) = step.own.next.filter(|&next| start < next && step.segment.takes_numbers()) else { return 0 };
    let original = step.own.unacked.latest_with(start);
    step.findings.original = original.map(|sent| (sent.frame(), step.since(sent.time)));
    if end < next { end.since(start) } else { next.since(start).min(step.segment.length) }
}

/// The numbers that it took.
fn sent(step: &mut Step) {
    let segment = step.segment;
    let next = segment.next();
    let mut is_remembered = true;
    if segment.takes_numbers() {
        is_remembered = step.own.unacked.push(segment, next, step.budget);
    }
    if step.rules == Rules::Evidence {
        evidence::take(step);
    }
    let is_reset = segment.flags.any(Flags::RST) && step.rules == Rules::Evidence;
    if step.has(Finding::ZeroWindowProbe) || is_reset {
        return;
    }
    if step.own.next.is_none_or(|highest| next > highest) {
        match step.known(next) {
            Some(next) => step.own.go_on_to(next, step.other),
            None => step.own.next = None,
        }
        // Only Wireshark's rules and a field ask for it: a usual segment leaves it as it is otherwise.
        if (step.rules == Rules::Wireshark || step.wanted.fields)
            && let Some(extra) = &mut step.own_extra
        {
            (extra.next_time, extra.next_frame) = (segment.time, segment.frame);
        }
    }
    if step.rules == Rules::Wireshark
        && is_remembered
        && let Some(extra) = &mut step.own_extra
        && extra.contiguous.is_none_or(|seen| seen == segment.sequence)
    {
        extra.contiguous = step.own.next;
    }
}

/// Its acknowledgement number, window and SACK ranges.
fn said(step: &mut Step) {
    let segment = step.segment;
    step.own.last_time = segment.time;
    step.own.last_findings = step.findings.set;
    if step.rules == Rules::Evidence && !step.is_news {
        return;
    }
    step.own.last_ack = step.acknowledgement();
    step.own.has_acked = step.known(step.own.last_ack).is_some() && (step.has_ack() || step.rules == Rules::Wireshark);
    step.own.window = Some(segment.window);
    step.own.sacked = segment.options.octets_sacked();
    if segment.flags.any(Flags::SYN) {
        step.own.window_is_unscaled = true;
    } else if step.has_ack() {
        step.own.window_is_unscaled = false;
    }
    if step.has_ack() {
        step.other.flight_is_unknown = false;
    }
}

/// What it acknowledges of the other end.
fn acknowledged(step: &mut Step) {
    if step.rules == Rules::Evidence && !step.has_ack() {
        return;
    }
    let Some(sent) = settle((step.other, step.other_extra.as_deref_mut()), step.segment, step.budget) else { return };
    step.has_record = true;
    step.findings.acks_frame = Some(sent.frame());
    step.findings.ack_rtt = Some(step.since(sent.time)).filter(|&rtt| rtt != 0);
}

/// Takes out what a segment acknowledges of the other end, and how long that has taken, where that is kept. The segment that
/// ended there.
#[inline]
pub fn settle((other, extra): (&mut Flow, Option<&mut Extra>), segment: &Segment, budget: &mut Budget) -> Option<Sent> {
    let number = segment.acknowledgement;
    if other.unacked.is_settled(number) {
        return None;
    }
    let was_repeated = extra.is_some() && other.unacked.times_sent(number.minus(1)) > 1;
    let sent = other.unacked.acknowledge(number, budget)?;
    if let Some(extra) = extra {
        let rtt = segment.time.wrapping_sub(sent.time);
        // Which copy is acknowledged is not known (Karn's rule, RFC 6298 section 3). The handshake has its own time.
        let is_syn = other.base == Some(sent.start);
        if !was_repeated && !is_syn && rtt >= 0 {
            extra.round_trips.add(rtt);
        }
    }
    Some(sent)
}

/// Octets in flight, and since the last push.
fn flight(step: &mut Step) {
    let segment = step.segment;
    if segment.length > 0 && !step.own.flight_is_unknown {
        step.has_record = true;
        let base = step.own.base.unwrap_or_default();
        let taken = step.other.sacked.wrapping_add(segment.flags.takes_number().into());
        let octets = step.own.unacked.span(base).wrapping_sub(taken);
        step.findings.bytes_in_flight = Some(octets).filter(|octets| (1..FLIGHT_MAX).contains(octets));
        if let Some(extra) = &mut step.own_extra {
            extra.pushed = extra.pushed.wrapping_add(segment.length);
            step.findings.push_bytes_sent = step.findings.bytes_in_flight.and(Some(extra.pushed));
            if segment.flags.any(Flags::PSH) {
                extra.pushed = 0;
            }
        }
    }
    let is_told = step.has_record || !step.findings.set.is_empty();
    step.findings.initial_rtt = Some(step.clock.initial_rtt).filter(|&rtt| is_told && rtt != 0);
}

/// How windows are to be read from now on. Only if both ends offer it, windows are scaled.
fn scale(step: &mut Step) {
    let flags = step.segment.flags;
    if let Some(shift) = step.segment.options.window_scale {
        step.own.scale = Scale::Shift(shift.min(SHIFT_MAX));
    } else if flags.any(Flags::SYN) && step.own.scale == Scale::Unknown {
        (step.own.scale, step.other.scale) = (Scale::Off, Scale::Off);
    }
    if flags.accepts() && step.other.scale == Scale::Off {
        step.own.scale = Scale::Off;
    }
}
