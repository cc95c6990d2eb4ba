//! `--analyze`: what there is to say of a segment, in brackets behind tcpdump's line.
//!
//! The brackets stand at the end of the line with the segment's flags, so that what was printed before stays byte
//! for byte what it was, and come only with segments of which there is something to say.

use super::units::Elapsed;
use crate::dissect::put::Put;
use crate::put;
use crate::tcp::analysis::Verdict;
use crate::tcp::analysis::findings::{Finding, Findings};
use crate::tcp::connection::{Connection, Side};
use crate::tcp::segment::{Flags, Segment};
use crate::tcp::states::{Beginning, Ending, State};

/// A segment, its verdict and its connection.
#[derive(Clone, Copy)]
pub struct Remarks<'r> {
    /// The segment.
    pub segment: &'r Segment,
    /// What is known of it.
    pub verdict: &'r Verdict,
    /// What is known of its connection, the segment included.
    pub connection: &'r Connection,
}

/// Brackets that are opened by the first remark.
struct Brackets<'o> {
    out: &'o mut Vec<u8>,
    is_open: bool,
}

impl Brackets<'_> {
    /// Makes ready for the next remark.
    fn next(&mut self) -> &mut Self {
        (if self.is_open { "; " } else { " [" }).put(self.out);
        self.is_open = true;
        self
    }

    fn remark(&mut self, text: &str) {
        put!(self.next(), text);
    }
}

/// Whether there may be something to say of a segment: most go by without a word.
#[inline]
pub fn are_due(segment: &Segment, verdict: &Verdict) -> bool {
    let Verdict { findings, states, states_before, ending, .. } = verdict;
    !findings.set.is_empty()
        || states != states_before
        || ending.is_some()
        || findings.window_was_closed.is_some()
        || findings.requests.is_some()
        || segment.flags.any(Flags::RST)
}

impl Remarks<'_> {
    /// Appends them, in brackets behind a space; nothing if there is nothing to say.
    pub fn put(&self, out: &mut Vec<u8>) {
        let mut brackets = Brackets { out, is_open: false };
        let findings = &self.verdict.findings;
        put_retry(&mut brackets, findings);
        for finding in findings.set.iter() {
            self.put_finding(&mut brackets, finding);
        }
        if let Some(time) = findings.window_was_closed {
            put!(brackets.next(), "zero window for ", Elapsed(time), ", open now");
        }
        let is_done = self.completes_handshake();
        if is_done {
            brackets.remark("handshake done");
            if self.connection.clock.initial_rtt != 0 {
                put!(brackets, ", rtt ", Elapsed(self.connection.clock.initial_rtt));
            }
        }
        self.put_states(&mut brackets, is_done);
        self.put_ending(&mut brackets);
        if brackets.is_open {
            brackets.out.push(b']');
        }
    }

    fn put_finding(&self, brackets: &mut Brackets, finding: Finding) {
        let findings = &self.verdict.findings;
        match finding {
            // A SYN that is sent again has said so.
            Finding::Retransmission if findings.requests.is_some() => {}
            Finding::Retransmission => put_again(brackets, "retransmission", findings),
            Finding::FastRetransmission => put_again(brackets, "fast retransmission", findings),
            Finding::SpuriousRetransmission => put_again(brackets, "spurious retransmission", findings),
            Finding::OutOfOrder => brackets.remark("out of order"),
            Finding::LostSegment => {
                brackets.remark("lost segment");
                if let Some(octets) = findings.missing {
                    put!(brackets, ": ", octets, " bytes before this one not seen");
                }
            }
            Finding::AckLostSegment => brackets.remark("ack of a segment not seen"),
            Finding::DuplicateAck => {
                if let Some((number, frame)) = findings.duplicate_of {
                    put!(brackets.next(), "dup ack ", number, " of #", frame);
                }
            }
            // Said with the time for which the window was closed.
            Finding::WindowUpdate if findings.window_was_closed.is_some() => {}
            Finding::WindowUpdate => brackets.remark("window update"),
            Finding::WindowFull => brackets.remark("window full"),
            Finding::ZeroWindow => self.put_zero_window(brackets),
            Finding::ZeroWindowProbe => brackets.remark("zero window probe"),
            Finding::ZeroWindowProbeAck => brackets.remark("zero window probe ack"),
            Finding::KeepAlive => brackets.remark("keep-alive"),
            Finding::KeepAliveAck => brackets.remark("keep-alive ack"),
            Finding::ReusedPorts => brackets.remark("port reuse"),
            Finding::DuplicateFrame => brackets.remark("the same frame captured twice"),
        }
    }

    fn put_zero_window(&self, brackets: &mut Brackets) {
        brackets.remark("zero window");
        let flow = self.connection.flows.of(self.verdict.side);
        if let Some(since) = flow.closed_since().filter(|&since| since != self.segment.time) {
            put!(brackets, " for ", Elapsed(self.segment.time.wrapping_sub(since)));
        }
    }

    fn completes_handshake(&self) -> bool {
        let (before, now) = (&self.verdict.states_before, &self.verdict.states);
        let is_established = now.low == State::Established && now.high == State::Established;
        let client_waited = matches!(before.of(self.verdict.client), State::SynSent | State::SynReceived);
        is_established && client_waited && self.connection.life.beginning != Beginning::Middle
    }

    /// Which ends are in other states now. What SYN and RST do is said by the flags.
    fn put_states(&self, brackets: &mut Brackets, completes_handshake: bool) {
        if self.segment.flags.any(Flags(Flags::SYN.0 | Flags::RST.0)) {
            return;
        }
        let (before, now) = (&self.verdict.states_before, &self.verdict.states);
        let client = self.verdict.client;
        for side in [client, client.other()] {
            let goes_without_saying = completes_handshake && side == client;
            let (old, new) = (*before.of(side), *now.of(side));
            // The first segment of a connection that was not seen to begin has no state before it.
            if old != new && old != State::Closed && !goes_without_saying {
                put!(brackets.next(), self.name(side), " ", old.name(), " -> ", new.name());
            }
        }
    }

    fn put_ending(&self, brackets: &mut Brackets) {
        let life = &self.connection.life;
        match self.verdict.ending {
            Some(Ending::Refused(_)) => brackets.remark("connection refused"),
            Some(Ending::Reset(side)) => put!(brackets.next(), "reset by ", self.name(side)),
            Some(Ending::Closed(_)) if life.closed_at_once() => brackets.remark("closed by both at once, 4 segments"),
            Some(Ending::Closed(side)) => {
                let segments = if life.close_is_merged { "3 segments: FIN and ACK merged" } else { "4 segments" };
                put!(brackets.next(), "closed by ", self.name(side), ", ", segments);
            }
            None if !self.segment.flags.any(Flags::RST) => {}
            None if life.ending().is_some() => brackets.remark("reset of a connection that is over"),
            None => brackets.remark("reset that does not fit the connection"),
        }
    }

    fn name(&self, side: Side) -> &'static str {
        end_name(side, self.verdict.client)
    }
}

/// What an end is called.
pub fn end_name(side: Side, client: Side) -> &'static str {
    if side == client { "client" } else { "server" }
}

/// A SYN that is sent again.
fn put_retry(brackets: &mut Brackets, findings: &Findings) {
    let Some(requests) = findings.requests else { return };
    put!(brackets.next(), "SYN retry ", requests.saturating_sub(1));
    if let Some((frame, time)) = findings.original {
        put!(brackets, ", ", Elapsed(time), " after #", frame);
    }
}

/// A retransmission, and of what.
fn put_again(brackets: &mut Brackets, name: &str, findings: &Findings) {
    brackets.remark(name);
    if let Some((frame, time)) = findings.original {
        put!(brackets, " of #", frame, " after ", Elapsed(time));
    }
}

#[cfg(test)]
mod tests;
