//! What the analysis says of one segment.

use super::Opening;
use super::findings::Findings;
use crate::tcp::ages::Index;
use crate::tcp::connection::{Both, Connection, Side};
use crate::tcp::flow::Scale;
use crate::tcp::segment::{Flags, Segment};
use crate::tcp::states::{Ending, State};

/// What is known of a segment in its connection.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verdict {
    /// Where its connection is in [`Analysis::connections`](super::Analysis::connections), until another segment is looked at.
    pub connection: Index,
    /// The connection's number, from 0.
    pub stream: u64,
    /// Which end sent it.
    pub side: Side,
    /// The sequence number, counted from the connection's start.
    pub sequence: u32,
    /// The acknowledgement number likewise; as it is where ACK is not set.
    pub acknowledgement: u32,
    /// The window, scaled, in octets.
    pub window: u32,
    /// How the window was scaled.
    pub scale: Scale,
    /// Since the connection's first segment, in nanoseconds.
    pub since_first: i64,
    /// Since the segment before, in nanoseconds.
    pub since_previous: i64,
    /// Which parts of a complete connection were seen before it ([`completeness`](super::completeness)).
    pub completeness: u8,
    /// What is found.
    pub findings: Findings,
    /// The ends' states before it.
    pub states_before: Both<State>,
    /// The ends' states with it.
    pub states: Both<State>,
    /// The end that asked for the connection; guessed where that was not seen.
    pub client: Side,
    /// How the connection ended, if it did with this segment.
    pub ending: Option<Ending>,
}

impl Verdict {
    /// Becomes that of a segment that is not judged yet. What nobody looks at stays as it was.
    pub(super) fn begin(&mut self, connection: &Connection, index: Index, side: Side) {
        (self.connection, self.side) = (index, side);
        self.findings = Findings::default();
        self.states_before = connection.life.states();
        (self.client, self.ending) = (connection.life.client, None);
    }

    /// What fields have of it, before the segment is taken in.
    pub(super) fn describe(&mut self, connection: &Connection, segment: &Segment, opening: Opening) {
        let (own, other) = (connection.flows.of(self.side), connection.flows.of(self.side.other()));
        let shift = if segment.flags.any(Flags::SYN) { 0 } else { own.scale.shift() };
        let others_base = other.base.filter(|_| segment.flags.any(Flags::ACK)).unwrap_or_default();
        self.stream = connection.stream;
        self.sequence = segment.sequence.since(own.base.unwrap_or_default());
        self.acknowledgement = segment.acknowledgement.since(others_base);
        (self.window, self.scale) = (u32::from(segment.window) << shift, own.scale);
        self.since_first = segment.time.wrapping_sub(connection.first_time);
        self.since_previous = segment.time.wrapping_sub(connection.previous_time);
        self.completeness = if opening == Opening::New { 0 } else { connection.completeness };
    }

    /// Takes note of what has become of the connection with the segment.
    pub(super) fn conclude(&mut self, connection: &Connection, segment: &Segment) {
        self.states = connection.life.states();
        self.client = connection.life.client;
        if segment.flags.opens() {
            let requests = connection.life.deeds.of(self.side).requests;
            self.findings.requests = Some(requests).filter(|&requests| requests > 1);
        }
    }
}
