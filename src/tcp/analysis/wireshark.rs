//! Wireshark's rules, version 4.0's, one function a finding.
//!
//! They are quick to apply and known to those who work with Wireshark; where they err, [`evidence`](super::evidence)
//! corrects them. Numbers in sequence space are compared as RFC 9293 section 3.4 says.

use super::findings::Finding;
use super::step::Step;
use crate::tcp::flow::{Extra, Flow, Scale};
use crate::tcp::segment::{Flags, Segment};

/// A segment that comes so soon behind the other end's last one was sent because of it, in nanoseconds.
pub(super) const FAST_RETRANSMISSION_MAX: i64 = 20_000_000;
/// What is overtaken by so little is out of order, while the round-trip time is not known, in nanoseconds.
pub(super) const OUT_OF_ORDER_DEFAULT: i64 = 3_000_000;
/// Duplicate acknowledgements that make a sender retransmit.
pub(super) const DUPLICATES_MIN: u32 = 2;

/// What the segment itself says, and what its acknowledgement says.
pub fn find(step: &mut Step) {
    repeated_syn(step);
    if is_zero_window_probe(step) {
        step.add(Finding::ZeroWindowProbe);
    } else {
        zero_window(step);
        lost_segment(step);
        keep_alive(step);
        window_update(step);
        window_full(step);
        repeated_acknowledgement(step);
    }
    ack_lost_segment(step);
    if step.acknowledgement() != step.own.last_ack {
        step.own.new_ack_frame = step.segment.frame;
        step.own.duplicates = 0;
        note_acked_unseen(&mut step.own_extra, false);
    }
    retransmission(step);
}

/// A SYN that is sent again sets back what counts as sent.
fn repeated_syn(step: &mut Step) {
    if step.segment.flags.opens() {
        step.own.next = step.own_extra.as_ref().and_then(|extra| extra.contiguous);
        step.has_record = step.own.next.is_some();
    }
}

/// One octet into a window that is closed.
pub(super) fn is_zero_window_probe(step: &Step) -> bool {
    step.segment.length == 1 && step.is_next() && step.other.window == Some(0)
}

pub(super) fn zero_window(step: &mut Step) {
    if step.segment.window == 0 && !step.segment.flags.is_control() {
        step.add(Finding::ZeroWindow);
    }
}

pub(super) fn lost_segment(step: &mut Step) {
    let leaves_gap = step.own.next.is_some_and(|next| step.segment.sequence > next);
    if leaves_gap && !step.segment.flags.any(Flags::RST) {
        step.add(Finding::LostSegment);
        step.own.flight_is_unknown = true;
    }
}

pub(super) fn keep_alive(step: &mut Step) {
    if step.segment.length <= 1 && step.is_one_before_next() && !step.segment.flags.is_control() {
        step.add(Finding::KeepAlive);
    }
}

/// Whether nothing but the window can be new.
pub(super) fn repeats_acknowledgement(step: &Step) -> bool {
    step.segment.length == 0
        && step.is_next()
        && step.acknowledgement() == step.own.last_ack
        && !step.segment.flags.is_control()
}

fn window_update(step: &mut Step) {
    let changed = step.own.window != Some(step.segment.window);
    if changed && step.segment.window != 0 && repeats_acknowledgement(step) {
        step.add(Finding::WindowUpdate);
    }
}

pub(super) fn window_full(step: &mut Step) {
    if !step.segment.flags.is_control() && fills_window(step.segment, step.other) {
        step.add(Finding::WindowFull);
    }
}

/// Whether a segment reaches up to the last octet that the other end can take.
#[inline]
pub(super) fn fills_window(segment: &Segment, other: &Flow) -> bool {
    let Some(window) = other.window else { return false };
    if segment.length == 0 || other.scale == Scale::Unknown {
        return false;
    }
    let shift = if other.window_is_unscaled { 0 } else { other.scale.shift() };
    segment.end() == other.last_ack.plus(u32::from(window) << shift)
}

/// An acknowledgement that is the same as the one before answers a keep-alive or a probe, or misses something.
fn repeated_acknowledgement(step: &mut Step) {
    let unchanged = step.own.window == Some(step.segment.window);
    if !unchanged || !repeats_acknowledgement(step) {
        return;
    }
    let is_open = step.segment.window != 0;
    let answers = |finding| step.other.last_findings.has(finding);
    if is_open && answers(Finding::KeepAlive) {
        step.add(Finding::KeepAliveAck);
    } else if !is_open && answers(Finding::ZeroWindowProbe) {
        step.add(Finding::ZeroWindowProbeAck);
    } else if is_open {
        note_acked_unseen(&mut step.own_extra, false);
        step.own.duplicates = step.own.duplicates.saturating_add(1);
        step.findings.duplicate_of = Some((step.own.duplicates, step.own.new_ack_frame));
        step.add(Finding::DuplicateAck);
    }
}

/// An acknowledgement beyond what was seen without a gap. It is told once, unless the other end goes on.
fn ack_lost_segment(step: &mut Step) {
    let extra = step.other_extra.as_deref();
    let Some(seen) = extra.and_then(|extra| extra.contiguous) else { return };
    let was_told = extra.is_some_and(|extra| extra.has_acked_unseen);
    if !step.has_ack() || step.acknowledgement() <= seen {
        return;
    }
    step.has_record = true;
    if step.other.next != Some(seen) {
        if let Some(extra) = &mut step.other_extra {
            extra.contiguous = step.other.next;
        }
        return step.add(Finding::AckLostSegment);
    }
    if step.other.duplicates == 0 && !was_told {
        step.add(Finding::AckLostSegment);
    }
    note_acked_unseen(&mut step.other_extra, true);
    step.other.duplicates = 0;
}

/// Notes whether an end has acknowledged what was not seen, and nobody noticed anything new since.
fn note_acked_unseen(extra: &mut Option<&mut Extra>, has_acked_unseen: bool) {
    if let Some(extra) = extra {
        extra.has_acked_unseen = has_acked_unseen;
    }
}

/// What may be sent for the second time.
fn retransmission(step: &mut Step) {
    if !step.segment.takes_numbers() || step.has(Finding::KeepAlive) {
        return;
    }
    if is_spurious(step) {
        return step.add(Finding::SpuriousRetransmission);
    }
    let probes_with_more = step.segment.length > 1 && step.is_one_before_next();
    let is_behind = step.own.next.is_some_and(|next| step.segment.sequence < next);
    if probes_with_more || !is_behind {
        return;
    }
    if is_fast(step) {
        step.add(Finding::FastRetransmission);
    } else if is_out_of_order(step) {
        step.add(Finding::OutOfOrder);
    } else {
        plain_retransmission(step);
    }
}

/// Neither fast nor spurious: its sender's timer may have sent it.
pub(super) fn plain_retransmission(step: &mut Step) {
    step.add(Finding::Retransmission);
    let oldest = step.own.unacked.oldest();
    let latest = || step.own_extra.as_ref().map(|extra| (extra.next_time, extra.next_frame));
    let known = oldest.map(|sent| (sent.time, sent.frame())).or_else(latest);
    step.findings.rto = known.map(|(time, frame)| (step.since(time), frame)).filter(|&(rto, _)| rto != 0);
}

fn is_spurious(step: &Step) -> bool {
    step.segment.length > 0 && step.other.has_acked && step.segment.end() <= step.other.last_ack
}

fn is_fast(step: &Step) -> bool {
    let is_wanted = step.segment.sequence == step.other.last_ack;
    let was_asked_for = step.other.duplicates >= DUPLICATES_MIN
        || step.other_extra.as_ref().is_some_and(|extra| extra.has_acked_unseen);
    is_wanted && was_asked_for && (0..FAST_RETRANSMISSION_MAX).contains(&step.since(step.other.last_time))
}

/// Less than a round trip behind what overtook it. Negative times count as very large ones.
fn is_out_of_order(step: &Step) -> bool {
    let threshold = if step.clock.initial_rtt == 0 { OUT_OF_ORDER_DEFAULT } else { step.clock.initial_rtt };
    let age = step.own_extra.as_ref().map_or(0, |extra| step.since(extra.next_time) as u64);
    step.own.next != Some(step.segment.next()) && age < threshold as u64
}
