//! What really happened, as far as it can be proved: one function a finding.
//!
//! Where [`wireshark`] guesses from times, this looks at what was [seen](crate::tcp::seen), at the clocks of both ends
//! (RFC 7323), at selective acknowledgements (RFC 2018, RFC 2883) and at how IP packets are numbered. Where nothing
//! is proved, Wireshark's rule holds.

use super::findings::Finding;
use super::step::Step;
use super::wireshark::{self, DUPLICATES_MIN, FAST_RETRANSMISSION_MAX, OUT_OF_ORDER_DEFAULT};
use crate::tcp::flow::Flow;
use crate::tcp::seen::{Hole, Stamp};
use crate::tcp::segment::{Flags, Segment};
use crate::tcp::sequence::Sequence;

/// What the segment itself says, and what its acknowledgement says.
pub fn find(step: &mut Step) {
    if step.has(Finding::DuplicateFrame) {
        return;
    }
    // What is seen of its sender is remembered from now on, but a connection that is only asked for takes no memory.
    if !step.segment.flags.opens() {
        step.own.seen_from(Stamp::of(step.segment));
    }
    step.has_record = step.segment.flags.opens() && step.own.next.is_some();
    if wireshark::is_zero_window_probe(step) {
        step.add(Finding::ZeroWindowProbe);
    } else {
        wireshark::zero_window(step);
        wireshark::lost_segment(step);
        keep_alive(step);
        wireshark::window_full(step);
        repeated_acknowledgement(step);
    }
    ack_lost_segment(step);
    if step.is_news && (!step.own.has_acked || step.acknowledgement() != step.own.last_ack) {
        step.own.new_ack_frame = step.segment.frame;
        step.own.duplicates = 0;
    }
    sent_again(step);
}

/// Whether its acknowledgement is not older than one that was captured before it.
pub fn is_news(segment: &Segment, own: &Flow) -> bool {
    let is_older = own.has_acked && segment.acknowledgement < own.last_ack;
    segment.flags.opens() || (segment.flags.any(Flags::ACK) && !is_older)
}

/// A host asks whether the other one is still there when nothing is under way: what is not acknowledged is sent again.
fn keep_alive(step: &mut Step) {
    let is_under_way = step.other.has_acked && step.other.last_ack <= step.segment.sequence;
    if !is_under_way {
        wireshark::keep_alive(step);
    }
}

/// An acknowledgement that repeats the one before it asks for what is missing (RFC 5681 section 2), answers a
/// keep-alive or a probe, or tells of another window.
fn repeated_acknowledgement(step: &mut Step) {
    if !step.has_ack() || !step.own.has_acked || !wireshark::repeats_acknowledgement(step) {
        return;
    }
    let is_unchanged = step.own.window == Some(step.segment.window);
    let answers = |finding| is_unchanged && step.other.last_findings.has(finding);
    match step.segment.window {
        0 if answers(Finding::ZeroWindowProbe) => step.add(Finding::ZeroWindowProbeAck),
        0 => (),
        _ if answers(Finding::KeepAlive) => step.add(Finding::KeepAliveAck),
        _ if misses_something(step, is_unchanged) => duplicate_ack(step),
        _ if !is_unchanged => step.add(Finding::WindowUpdate),
        _ => (),
    }
}

fn duplicate_ack(step: &mut Step) {
    step.own.duplicates = step.own.duplicates.saturating_add(1);
    step.findings.duplicate_of = Some((step.own.duplicates, step.own.new_ack_frame));
    step.add(Finding::DuplicateAck);
}

/// Whether something has arrived behind what is acknowledged. A range in front of that tells of something that arrived
/// twice (RFC 2883), and where nothing is under way nothing can be missing.
fn misses_something(step: &Step, window_is_unchanged: bool) -> bool {
    let ranges = step.segment.options.sack.as_slice();
    if ranges.is_empty() {
        return window_is_unchanged && step.other.next.is_none_or(|next| next > step.acknowledgement());
    }
    let highest = ranges.iter().map(|range| range.1).reduce(|highest, end| highest.or_later(end));
    let has_range_behind = highest.is_some_and(|end| end > step.acknowledgement());
    let tells_more = step.segment.options.octets_sacked() != step.own.sacked || highest > step.own.sacked_up_to();
    has_range_behind && (window_is_unchanged || tells_more)
}

/// An acknowledgement of what was not seen, told once of each number.
fn ack_lost_segment(step: &mut Step) {
    let number = step.acknowledgement();
    if !step.has_ack() || step.other.next.is_none() {
        return;
    }
    take_probe(step);
    let is_ahead = step.other.next.is_some_and(|next| number > next);
    step.other.seen_from(Stamp::at(step.segment.time));
    let is_untold = is_ahead && step.other.told().is_none_or(|told| number > told);
    if is_untold || step.other.has_untold_hole_below(number) {
        step.other.rare_mut().holes.told = Some(number);
        step.add(Finding::AckLostSegment);
    }
    step.has_record |= is_ahead;
}

/// The octet that has probed a closed window counts as sent once it is acknowledged.
fn take_probe(step: &mut Step) {
    let number = step.acknowledgement();
    let Some(seen) = step.other.seen.as_mut().filter(|seen| seen.is_probed) else { return };
    if step.other.next.map(|next| next.plus(1)) == Some(number) {
        seen.is_probed = false;
        step.other.go_on_to(number, step.own);
    }
}

/// Numbers that come after higher ones: overtaken on their way, or sent again.
fn sent_again(step: &mut Step) {
    let segment = step.segment;
    let is_behind = step.own.next.is_some_and(|next| segment.sequence < next);
    if !segment.takes_numbers() || !is_behind || step.has(Finding::KeepAlive) || is_first_answer(step) {
        return;
    }
    let hole = step.own.hole_around(segment.sequence, segment.next());
    if hole.is_some_and(|hole| was_overtaken(step, hole)) {
        step.add(Finding::OutOfOrder);
    } else if is_acknowledged(step) {
        step.add(Finding::SpuriousRetransmission);
    } else if is_fast(step) {
        step.add(Finding::FastRetransmission);
    } else {
        wireshark::plain_retransmission(step);
    }
}

/// Where both ends ask at the same time, each answers with the number that it has asked with
/// (RFC 9293 section 3.5, figure 7).
fn is_first_answer(step: &Step) -> bool {
    step.segment.flags.accepts() && !step.own.seen.is_some_and(|seen| seen.has_accepted)
}

/// Whether what was not seen before was sent before what was captured first. Where nothing proves it, what comes within
/// a round-trip time of that is too early to be sent because of a loss. A clock that is set back tells nothing.
fn was_overtaken(step: &Step, hole: Hole) -> bool {
    let numbers = step.own.seen.map(|seen| seen.identifications).unwrap_or_default();
    if let Some(was_sent_later) = numbers.was_sent_later(Stamp::of(step.segment), hole.behind) {
        return !was_sent_later;
    }
    let threshold = if step.clock.initial_rtt > 0 { step.clock.initial_rtt } else { OUT_OF_ORDER_DEFAULT };
    step.since(hole.behind.time) < threshold || is_acknowledged(step)
}

fn is_acknowledged(step: &Step) -> bool {
    let is_acknowledged = step.other.has_acked && step.segment.next() <= step.other.last_ack;
    is_acknowledged && !step.segment.flags.any(Flags::SYN)
}

/// Sent because the other end has asked for it: with duplicate acknowledgements, of just this or of something
/// before it while ranges behind it are acknowledged (RFC 6675).
fn is_fast(step: &Step) -> bool {
    let sacked = step.other.sacked_up_to();
    let (wanted, segment) = (step.other.last_ack, step.segment);
    let is_missing = segment.sequence > wanted && sacked.is_some_and(|sacked| segment.next() <= sacked);
    let is_wanted = segment.sequence == wanted || is_missing;
    is_wanted && step.other.duplicates >= DUPLICATES_MIN && step.since(step.other.last_time) < FAST_RETRANSMISSION_MAX
}

/// Takes in what is seen with the segment.
pub fn take(step: &mut Step) {
    let segment = step.segment;
    let is_probe = step.has(Finding::ZeroWindowProbe);
    let Some(seen) = step.own.seen.as_mut() else { return };
    seen.identifications.take(segment.ip_identification);
    seen.has_accepted |= segment.flags.accepts();
    if is_probe {
        seen.is_probed = true;
    } else if !segment.flags.any(Flags::RST) {
        seen.is_probed &= !segment.takes_numbers();
        let next = step.own.next.unwrap_or(segment.sequence);
        if segment.takes_numbers() || segment.sequence > next {
            step.own.take_numbers(segment.sequence, segment.next(), next, Stamp::of(segment));
        }
    }
    take_ranges(step.own, segment.options.sack.as_slice());
}

/// Remembers how far the other end's data has come by selective acknowledgements.
fn take_ranges(own: &mut Flow, ranges: &[(Sequence, Sequence)]) {
    if ranges.is_empty() {
        return;
    }
    let highest = &mut own.rare_mut().sacked_up_to;
    for &(_, end) in ranges {
        *highest = Some(highest.map_or(end, |before| before.or_later(end)));
    }
}
