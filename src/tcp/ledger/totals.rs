//! What all connections come to.

use crate::tcp::connection::Connection;
use crate::tcp::counters::Counters;
use crate::tcp::outcome::{Began, Ended};

/// Numbers of connections, and what was counted in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Connections.
    pub connections: u64,
    /// Of these, the ones whose handshake was seen to succeed.
    pub with_handshake: u64,
    /// Those that were asked for and not established.
    pub not_established: u64,
    /// Those that had begun before.
    pub midstream: u64,
    /// Those that both ends have closed.
    pub closed: u64,
    /// Those that were reset.
    pub reset: u64,
    /// Those that were refused.
    pub refused: u64,
    /// Those that one end has closed.
    pub closing: u64,
    /// Those that were open at last.
    pub open: u64,
    /// Those that were accepted, which was not acknowledged.
    pub half_open: u64,
    /// Those that were asked for without an answer.
    pub unanswered: u64,
    /// What was counted, in both directions.
    pub counters: Counters,
}

impl Totals {
    /// Adds a connection.
    pub fn enter(&mut self, connection: &Connection) {
        self.connections += 1;
        let began = match connection.life.began() {
            Began::Handshake => &mut self.with_handshake,
            Began::Midstream => &mut self.midstream,
            Began::Request(_) | Began::Answer => &mut self.not_established,
        };
        *began += 1;
        let ended = match connection.life.ended() {
            Ended::Closed(_) => &mut self.closed,
            Ended::Reset(_) => &mut self.reset,
            Ended::Refused(_) => &mut self.refused,
            Ended::Closing(_) => &mut self.closing,
            Ended::Open => &mut self.open,
            Ended::HalfOpen => &mut self.half_open,
            Ended::Unanswered => &mut self.unanswered,
        };
        *ended += 1;
        self.counters.add(&connection.flows.low.counters());
        self.counters.add(&connection.flows.high.counters());
    }
}

impl Counters {
    /// Adds the counts of another direction.
    pub fn add(&mut self, other: &Counters) {
        let large = [
            (&mut self.packets, other.packets),
            (&mut self.wire_bytes, other.wire_bytes),
            (&mut self.bytes, other.bytes),
            (&mut self.retransmitted_bytes, other.retransmitted_bytes),
        ];
        for (count, more) in large {
            *count = count.saturating_add(more);
        }
        let small = [
            (&mut self.retransmissions, other.retransmissions),
            (&mut self.spurious, other.spurious),
            (&mut self.out_of_order, other.out_of_order),
            (&mut self.gaps, other.gaps),
            (&mut self.duplicate_acks, other.duplicate_acks),
            (&mut self.zero_windows, other.zero_windows),
            (&mut self.resets, other.resets),
        ];
        for (count, more) in small {
            *count = count.saturating_add(more);
        }
    }
}
