//! The states of both ends (RFC 9293 section 3.3.2), as somebody can know them who sees segments pass.
//!
//! An end's state is worked out from what it has sent and what the other end has acknowledged. A segment that
//! passes is taken as received. A state that an end enters by sending something is entered when that is
//! seen: an end that was sent a FIN is in CLOSE-WAIT once it has acknowledged it.

use super::connection::{Both, Side};
use super::segment::{Flags, Segment};
use super::sequence::Sequence;

/// A state of an end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// There is no connection, or none any more.
    #[default]
    Closed,
    /// It was asked for a connection and has not answered; that it listens is assumed.
    Listen,
    /// It has asked for a connection.
    SynSent,
    /// It has accepted a connection, and that is not acknowledged.
    SynReceived,
    /// Data can flow.
    Established,
    /// It has no more data; that is not acknowledged.
    FinWait1,
    /// It has no more data, which is acknowledged; the other end has not closed.
    FinWait2,
    /// The other end has no more data.
    CloseWait,
    /// Both have closed at the same time, and its own FIN is not acknowledged.
    Closing,
    /// It has closed after the other end, which is not acknowledged.
    LastAck,
    /// Both have closed; it waits for what may still be on the way.
    TimeWait,
}

impl State {
    /// Its name in RFC 9293, with underscores as Linux writes it.
    pub const fn name(self) -> &'static str {
        match self {
            State::Closed => "CLOSED",
            State::Listen => "LISTEN",
            State::SynSent => "SYN_SENT",
            State::SynReceived => "SYN_RCVD",
            State::Established => "ESTABLISHED",
            State::FinWait1 => "FIN_WAIT_1",
            State::FinWait2 => "FIN_WAIT_2",
            State::CloseWait => "CLOSE_WAIT",
            State::Closing => "CLOSING",
            State::LastAck => "LAST_ACK",
            State::TimeWait => "TIME_WAIT",
        }
    }
}

/// Something that an end does once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Deed {
    /// It has asked for the connection, or must have.
    Asked,
    /// It has accepted it, or must have.
    Accepted,
    /// It has acknowledged the other end's SYN.
    AcknowledgedSyn,
    /// It has acknowledged the other end's FIN.
    AcknowledgedFin,
    /// When it sent its FIN, it had acknowledged the other end's.
    ClosedSecond,
    /// Its SYN is acknowledged.
    SynAcknowledged,
    /// Its FIN is acknowledged.
    FinAcknowledged,
    /// The connection was reset.
    Gone,
}

/// What an end has done, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deeds {
    /// The number of its SYN, where that was seen.
    syn: Option<Sequence>,
    /// The number of its FIN.
    fin: Option<Sequence>,
    /// How often it has asked for the connection: SYN without ACK.
    pub requests: u16,
    /// A bit for each [`Deed`].
    done: u8,
}

impl Deeds {
    /// None.
    const NONE: Deeds = Deeds { syn: None, fin: None, requests: 0, done: 0 };

    #[inline]
    fn has(&self, deed: Deed) -> bool {
        self.done & 1 << deed as u8 != 0
    }

    #[inline]
    fn note(&mut self, deed: Deed) {
        self.set(deed, true);
    }

    #[inline]
    fn set(&mut self, deed: Deed, is_done: bool) {
        self.done = self.done & !(1 << deed as u8) | u8::from(is_done) << deed as u8;
    }

    fn is_synchronised(&self) -> bool {
        self.has(Deed::SynAcknowledged) && self.has(Deed::AcknowledgedSyn)
    }

    fn state(&self, other: &Deeds) -> State {
        if self.has(Deed::Gone) {
            State::Closed
        } else if self.fin.is_some() {
            self.state_after_fin()
        } else if self.is_synchronised() {
            if self.has(Deed::AcknowledgedFin) { State::CloseWait } else { State::Established }
        } else if self.has(Deed::Accepted) {
            State::SynReceived
        } else if self.has(Deed::Asked) {
            State::SynSent
        } else if other.has(Deed::Asked) {
            State::Listen
        } else {
            State::Closed
        }
    }

    fn state_after_fin(&self) -> State {
        let [second, acknowledged, acknowledges] =
            [Deed::ClosedSecond, Deed::FinAcknowledged, Deed::AcknowledgedFin].map(|deed| self.has(deed));
        match (second, acknowledged, acknowledges) {
            (true, false, _) => State::LastAck,
            (true, true, _) => State::Closed,
            (false, false, false) => State::FinWait1,
            (false, true, false) => State::FinWait2,
            (false, false, true) => State::Closing,
            (false, true, true) => State::TimeWait,
        }
    }

    /// It takes part in a connection whose beginning was not seen.
    fn synchronise(&mut self) {
        self.note(Deed::SynAcknowledged);
        self.note(Deed::AcknowledgedSyn);
    }
}

/// What began a connection, as far as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// A SYN.
    Request,
    /// The answer to a SYN that was not seen.
    Answer,
    /// Something in its middle.
    Middle,
}

/// What ended a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Each end closed; this one first.
    Closed(Side),
    /// This end reset it.
    Reset(Side),
    /// This end refused it: it answered a SYN with a reset.
    Refused(Side),
}

/// How far a connection's life has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// What each end has done.
    pub deeds: Both<Deeds>,
    /// How it began.
    pub beginning: Beginning,
    /// The end that asked for it; guessed where that was not seen.
    pub client: Side,
    /// The end that sent the first FIN.
    pub first_fin: Option<Side>,
    /// The end that closed second did so in the segment in which it acknowledged the first FIN.
    pub close_is_merged: bool,
    /// How it was reset, if it was.
    reset: Option<Ending>,
    states: Both<State>,
}

impl Life {
    /// That of a connection of which nothing was seen.
    pub const UNSEEN: Life = Life {
        deeds: Both { low: Deeds::NONE, high: Deeds::NONE },
        beginning: Beginning::Middle,
        client: Side::Low,
        first_fin: None,
        close_is_merged: false,
        reset: None,
        states: Both { low: State::Closed, high: State::Closed },
    };

    /// A life that begins with this segment.
    pub fn new(segment: &Segment, side: Side) -> Life {
        let mut life = Life::UNSEEN;
        life.begin(segment, side);
        life
    }

    /// Begins one of which nothing was seen with this segment.
    #[inline]
    pub fn begin(&mut self, segment: &Segment, side: Side) {
        (self.beginning, self.client) = if segment.flags.opens() {
            (Beginning::Request, side)
        } else if segment.flags.accepts() {
            (Beginning::Answer, side.other())
        } else {
            // Servers' ports are lower than those that clients are given.
            let is_client = segment.source.1 > segment.destination.1;
            (Beginning::Middle, if is_client { side } else { side.other() })
        };
    }

    /// Both ends' states.
    #[inline]
    pub fn states(&self) -> Both<State> {
        self.states
    }

    /// Whether data flows in both directions.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.states == Both { low: State::Established, high: State::Established }
    }

    /// Whether both ends were synchronised at some time.
    pub fn was_established(&self) -> bool {
        self.deeds.low.is_synchronised() && self.deeds.high.is_synchronised()
    }

    /// Whether both ends closed before they knew that the other one did.
    pub fn closed_at_once(&self) -> bool {
        let Both { low, high } = &self.deeds;
        let is_first = |end: &Deeds| end.fin.is_some() && !end.has(Deed::ClosedSecond);
        is_first(low) && is_first(high)
    }

    /// Whether the request for the connection was accepted.
    pub fn was_accepted(&self) -> bool {
        self.deeds.low.has(Deed::Accepted) || self.deeds.high.has(Deed::Accepted)
    }

    /// How it ended, if it has.
    pub fn ending(&self) -> Option<Ending> {
        let is_over = |state| matches!(state, State::Closed | State::TimeWait);
        let Both { low, high } = self.states();
        let closed = self.first_fin.filter(|_| is_over(low) && is_over(high)).map(Ending::Closed);
        self.reset.or(closed)
    }

    /// Takes the next segment in. The other end's next number, where it is known, is the last that can be
    /// acknowledged. How the connection ends, if it does with this segment.
    #[inline]
    pub fn segment(&mut self, segment: &Segment, side: Side, others_next: Option<Sequence>) -> Option<Ending> {
        // What most segments are: data and acknowledgements of data change nothing.
        if self.is_open() && !segment.flags.is_control() {
            return None;
        }
        let had_ended = self.ending().is_some();
        self.take(segment, side, others_next);
        let Both { low, high } = &self.deeds;
        self.states = Both { low: low.state(high), high: high.state(low) };
        self.ending().filter(|_| !had_ended)
    }

    fn take(&mut self, segment: &Segment, side: Side, others_next: Option<Sequence>) {
        let flags = segment.flags;
        if flags.opens() {
            return self.request(segment, side);
        }
        if flags.any(Flags::RST) {
            return self.reset(segment, side, others_next);
        }
        if flags.accepts() {
            self.accept(segment, side);
        } else if flags.any(Flags::ACK) && !self.acknowledge_syn(segment, side, others_next) {
            return;
        }
        let had_acknowledged_fin = self.deeds.of(side).has(Deed::AcknowledgedFin);
        if flags.any(Flags::ACK) {
            self.acknowledge_fin(segment, side);
        }
        if flags.any(Flags::FIN) {
            let own = self.deeds.of_mut(side);
            if own.fin.is_none() && own.has(Deed::AcknowledgedFin) {
                self.close_is_merged |= !had_acknowledged_fin;
                own.note(Deed::ClosedSecond);
            }
            own.fin = Some(segment.end());
            self.first_fin.get_or_insert(side);
        }
    }

    fn request(&mut self, segment: &Segment, side: Side) {
        let states = self.states();
        if matches!(states.of(side), State::Closed | State::TimeWait) && self.beginning == Beginning::Request {
            *self = Life::new(segment, side);
        }
        let own = self.deeds.of_mut(side);
        own.syn = Some(segment.sequence);
        own.note(Deed::Asked);
        own.requests = own.requests.saturating_add(1);
    }

    /// SYN and ACK. Once more: its sender has not seen that it was acknowledged.
    fn accept(&mut self, segment: &Segment, side: Side) {
        let (own, other) = self.deeds.from_mut(side);
        if other.syn.is_some_and(|syn| segment.acknowledgement != syn.plus(1)) {
            return;
        }
        own.syn = Some(segment.sequence);
        own.note(Deed::Accepted);
        own.note(Deed::AcknowledgedSyn);
        let is_acknowledged = other.has(Deed::Accepted) && other.has(Deed::AcknowledgedSyn) && own.has(Deed::Asked);
        own.set(Deed::SynAcknowledged, is_acknowledged);
        other.note(Deed::Asked);
        other.note(Deed::SynAcknowledged);
    }

    /// ACK without SYN. Only an end that is synchronised sends it, or one that has an older connection, and then the
    /// number does not fit (RFC 9293 figure 9). Whether it belongs to this connection.
    fn acknowledge_syn(&mut self, segment: &Segment, side: Side, others_next: Option<Sequence>) -> bool {
        let (own, other) = self.deeds.from_mut(side);
        if !other.is_synchronised()
            && let Some(syn) = other.syn
        {
            let number = segment.acknowledgement;
            let is_beyond = others_next.is_some_and(|next| number > next);
            if number <= syn || (is_beyond && !own.has(Deed::Accepted) && segment.length == 0) {
                return false;
            }
        }
        own.synchronise();
        other.synchronise();
        true
    }

    fn acknowledge_fin(&mut self, segment: &Segment, side: Side) {
        let (own, other) = self.deeds.from_mut(side);
        if other.fin.is_some_and(|fin| segment.acknowledgement > fin) {
            own.note(Deed::AcknowledgedFin);
            other.note(Deed::FinAcknowledged);
        }
    }

    /// A reset that the other end would believe (RFC 9293 section 3.10.7).
    fn reset(&mut self, segment: &Segment, side: Side, others_next: Option<Sequence>) {
        let had_ended = self.ending().is_some();
        let (own, other) = self.deeds.from_mut(side);
        let refuses = other.has(Deed::Asked) && !other.is_synchronised() && !own.has(Deed::Accepted);
        let fits = if refuses {
            let number = segment.acknowledgement;
            let fits_request = |syn| number > syn && others_next.is_none_or(|next| number <= next);
            segment.flags.any(Flags::ACK) && other.syn.is_some_and(fits_request)
        } else {
            // Before it is synchronised, an end has nothing to reset but what it asked for itself.
            own.is_synchronised() || own.syn.is_none_or(|syn| segment.sequence.since(syn) <= 1)
        };
        if fits {
            own.note(Deed::Gone);
            other.note(Deed::Gone);
            if !had_ended {
                self.reset = Some(if refuses { Ending::Refused(side) } else { Ending::Reset(side) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::segment::testing::segment;

    const A: Side = Side::Low;
    const B: Side = Side::High;

    /// Both states after each segment: side, flags, sequence and acknowledgement number.
    fn lives(segments: &[(Side, &str, u32, u32)]) -> (Vec<String>, Life) {
        let mut life = None;
        let mut next: Both<Option<Sequence>> = Both::default();
        let states = segments.iter().map(|&(side, flags, sequence, acknowledgement)| {
            let segment = segment(flags, sequence, acknowledgement, 0);
            let life = life.get_or_insert_with(|| Life::new(&segment, side));
            life.segment(&segment, side, *next.of(side.other()));
            *next.of_mut(side) = Some(segment.next());
            let Both { low, high } = life.states();
            format!("{} {}", low.name(), high.name())
        });
        (states.collect(), life.unwrap())
    }

    #[test]
    fn a_connection_from_listen_to_time_wait() {
        let (states, life) = lives(&[
            (A, "S", 100, 0),
            (B, "SA", 300, 101),
            (A, "A", 101, 301),
            (A, "FA", 101, 301),
            (B, "A", 301, 102),
            (B, "FA", 301, 102),
            (A, "A", 102, 302),
        ]);
        assert_eq!(
            states,
            [
                "SYN_SENT LISTEN",
                "SYN_SENT SYN_RCVD",
                "ESTABLISHED ESTABLISHED",
                "FIN_WAIT_1 ESTABLISHED",
                "FIN_WAIT_2 CLOSE_WAIT",
                "FIN_WAIT_2 LAST_ACK",
                "TIME_WAIT CLOSED",
            ]
        );
        assert_eq!((life.beginning, life.client, life.ending()), (Beginning::Request, A, Some(Ending::Closed(A))));
    }

    #[test]
    fn fin_and_acknowledgement_in_one_segment() {
        let (states, _) = lives(&[(A, "A", 5, 9), (B, "FA", 9, 5), (A, "FA", 5, 10), (B, "A", 10, 6)]);
        assert_eq!(
            states,
            ["ESTABLISHED ESTABLISHED", "ESTABLISHED FIN_WAIT_1", "LAST_ACK FIN_WAIT_2", "CLOSED TIME_WAIT"]
        );
    }

    #[test]
    fn both_open_at_the_same_time() {
        let (states, _) = lives(&[(A, "S", 100, 0), (B, "S", 300, 0), (A, "SA", 100, 301), (B, "SA", 300, 101)]);
        assert_eq!(states, ["SYN_SENT LISTEN", "SYN_SENT SYN_SENT", "SYN_RCVD SYN_SENT", "ESTABLISHED ESTABLISHED"]);
    }

    #[test]
    fn both_close_at_the_same_time() {
        let (states, _) = lives(&[(A, "A", 5, 9), (A, "FA", 5, 9), (B, "FA", 9, 5), (A, "A", 6, 10), (B, "A", 10, 6)]);
        assert_eq!(
            states[2..],
            ["FIN_WAIT_1 FIN_WAIT_1", "CLOSING FIN_WAIT_2", "TIME_WAIT TIME_WAIT"].map(str::to_owned)
        );
    }

    #[test]
    fn a_request_is_refused_or_never_answered() {
        let (states, life) = lives(&[(A, "S", 100, 0), (A, "S", 100, 0), (B, "RA", 0, 101)]);
        assert_eq!(states, ["SYN_SENT LISTEN", "SYN_SENT LISTEN", "CLOSED CLOSED"]);
        assert_eq!((life.ending(), life.deeds.low.requests), (Some(Ending::Refused(B)), 2));
    }

    #[test]
    fn a_half_open_connection_is_found_out() {
        // A has crashed and asks again; B acknowledges what it remembers; A resets that, and asks once more.
        let (states, _) = lives(&[
            (A, "S", 100, 0),
            (B, "A", 300, 9000),
            (A, "R", 9000, 0),
            (A, "S", 100, 0),
            (B, "SA", 700, 101),
            (A, "A", 101, 701),
        ]);
        assert_eq!(
            states,
            [
                "SYN_SENT LISTEN",
                "SYN_SENT LISTEN",
                "SYN_SENT LISTEN",
                "SYN_SENT LISTEN",
                "SYN_SENT SYN_RCVD",
                "ESTABLISHED ESTABLISHED"
            ]
        );
    }

    #[test]
    fn an_answer_that_is_repeated_was_not_acknowledged() {
        let (states, _) = lives(&[
            (A, "S", 100, 0),
            (B, "SA", 300, 101),
            (A, "A", 101, 301),
            (B, "SA", 300, 101),
            (A, "A", 101, 301),
            (B, "R", 301, 0),
        ]);
        assert_eq!(
            states[3..],
            ["ESTABLISHED SYN_RCVD", "ESTABLISHED ESTABLISHED", "CLOSED CLOSED"].map(str::to_owned)
        );
    }
}
