//! One connection as a row tells of it: the client first, whichever end sorts first.

use crate::dissect::address::IpAddress;
use crate::dissect::put::Put;
use crate::os::names::Names;
use crate::tcp::connection::{Connection, Side};
use crate::tcp::counters::Counters;
use crate::tcp::outcome::{Began, Ended};
use crate::tcp::segment::Endpoint;
use crate::tcp::states::State;

/// A connection.
#[derive(Clone, Copy)]
pub struct Row<'c>(pub &'c Connection);

impl Row<'_> {
    /// The client's side, then the server's.
    pub fn sides(&self) -> [Side; 2] {
        let client = self.0.life.client;
        [client, client.other()]
    }

    /// What one end has sent.
    pub fn counters(&self, side: Side) -> Counters {
        self.0.flows.of(side).counters()
    }

    /// What both ends have sent.
    pub fn both(&self) -> Counters {
        let mut both = self.0.flows.low.counters();
        both.add(&self.0.flows.high.counters());
        both
    }

    /// From the first packet to the last, in nanoseconds.
    pub fn duration(&self) -> i64 {
        self.0.previous_time.wrapping_sub(self.0.first_time)
    }

    /// The handshake's round-trip time, in nanoseconds.
    pub fn handshake_rtt(&self) -> Option<i64> {
        Some(self.0.clock.initial_rtt).filter(|&rtt| rtt != 0)
    }

    /// The median of the times until what one end has sent was acknowledged, in nanoseconds.
    pub fn rtt(&self, side: Side) -> Option<i64> {
        self.0.round_trips(side)?.median()
    }

    /// The longer median, or the handshake's time.
    pub fn longest_rtt(&self) -> Option<i64> {
        let [client, server] = self.sides();
        self.rtt(client).max(self.rtt(server)).or(self.handshake_rtt())
    }

    /// The states of client and server.
    pub fn states(&self) -> [State; 2] {
        let states = self.0.life.states();
        self.sides().map(|side| *states.of(side))
    }

    /// What an end is called.
    pub fn name(&self, side: Side) -> &'static str {
        crate::sink::remarks::end_name(side, self.0.life.client)
    }
}

/// How it began, in a word.
pub fn began_word(began: Began) -> &'static str {
    match began {
        Began::Handshake => "handshake",
        Began::Request(_) => "syn",
        Began::Answer => "syn-ack",
        Began::Midstream => "midstream",
    }
}

/// How it ended, in a word, and who ended it.
pub fn ended_word(ended: Ended) -> (&'static str, Option<Side>) {
    match ended {
        Ended::Closed(side) => ("fin", Some(side)),
        Ended::Reset(side) => ("rst", Some(side)),
        Ended::Refused(side) => ("refused", Some(side)),
        Ended::Closing(side) => ("closing", Some(side)),
        Ended::Open => ("open", None),
        Ended::HalfOpen => ("half-open", None),
        Ended::Unanswered => ("unanswered", None),
    }
}

/// An address and a port, or their names, with a colon between.
pub fn put_endpoint((address, port): Endpoint, names: &mut Names, out: &mut Vec<u8>) {
    match (names.host(address), address) {
        (Some(name), _) => name.put(out),
        (None, IpAddress::V4(address)) => address.put(out),
        (None, IpAddress::V6(address)) => {
            out.push(b'[');
            address.put(out);
            out.push(b']');
        }
    }
    out.push(b':');
    match names.tcp_port(port) {
        Some(name) => name.put(out),
        None => port.put(out),
    }
}
