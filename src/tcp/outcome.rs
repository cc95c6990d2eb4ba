//! What became of a connection: how it began and how it ended, as one thing each.

use super::connection::Side;
use super::states::{Beginning, Ending, Life};

/// How a connection began, as far as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    /// It was asked for, and both ends agreed.
    Handshake,
    /// It was asked for; this often.
    Request(u16),
    /// With the answer to a request that was not seen.
    Answer,
    /// Before the first segment that was seen.
    Midstream,
}

/// How a connection ended, or how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Both ends closed it; this one first.
    Closed(Side),
    /// This end reset it.
    Reset(Side),
    /// This end refused it.
    Refused(Side),
    /// This end has no more data; the other one may have.
    Closing(Side),
    /// It has not.
    Open,
    /// It was accepted, and that was not acknowledged.
    HalfOpen,
    /// It was asked for, and nobody answered.
    Unanswered,
}

impl Life {
    /// How it began.
    pub fn began(&self) -> Began {
        match self.beginning {
            Beginning::Middle => Began::Midstream,
            _ if self.was_established() => Began::Handshake,
            Beginning::Answer => Began::Answer,
            Beginning::Request => Began::Request(self.deeds.of(self.client).requests),
        }
    }

    /// How it ended, or how far it has come.
    pub fn ended(&self) -> Ended {
        match (self.ending(), self.first_fin) {
            (Some(Ending::Closed(side)), _) => Ended::Closed(side),
            (Some(Ending::Reset(side)), _) => Ended::Reset(side),
            (Some(Ending::Refused(side)), _) => Ended::Refused(side),
            (None, Some(side)) => Ended::Closing(side),
            (None, None) if self.beginning == Beginning::Middle || self.was_established() => Ended::Open,
            (None, None) if self.was_accepted() => Ended::HalfOpen,
            (None, None) => Ended::Unanswered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcp::segment::testing::segment;

    /// What becomes of these segments: side, flags, sequence and acknowledgement number.
    fn outcome(segments: &[(Side, &str, u32, u32)]) -> (Began, Ended) {
        let mut life: Option<Life> = None;
        for &(side, flags, sequence, acknowledgement) in segments {
            let segment = segment(flags, sequence, acknowledgement, 0);
            life.get_or_insert_with(|| Life::new(&segment, side)).segment(&segment, side, None);
        }
        life.map(|life| (life.began(), life.ended())).unwrap()
    }

    #[test]
    fn each_way_to_begin_and_to_end_has_a_name() {
        const A: Side = Side::Low;
        const B: Side = Side::High;
        let open = [(A, "S", 100, 0), (B, "SA", 300, 101), (A, "A", 101, 301)];
        let with = |rest: &[_]| outcome(&[&open, rest].concat());
        assert_eq!(outcome(&open[..1]), (Began::Request(1), Ended::Unanswered));
        assert_eq!(outcome(&[open[0], open[0], open[0]]), (Began::Request(3), Ended::Unanswered));
        assert_eq!(outcome(&open[..2]), (Began::Request(1), Ended::HalfOpen));
        assert_eq!(outcome(&open[1..2]), (Began::Answer, Ended::HalfOpen));
        assert_eq!(outcome(&open[2..]), (Began::Midstream, Ended::Open));
        assert_eq!(outcome(&[open[0], (B, "RA", 0, 101)]), (Began::Request(1), Ended::Refused(B)));
        assert_eq!(with(&[]), (Began::Handshake, Ended::Open));
        assert_eq!(with(&[(B, "FA", 301, 101)]), (Began::Handshake, Ended::Closing(B)));
        assert_eq!(with(&[(A, "R", 101, 0)]), (Began::Handshake, Ended::Reset(A)));
        let closed = with(&[(B, "FA", 301, 101), (A, "FA", 101, 302), (B, "A", 302, 102)]);
        assert_eq!(closed, (Began::Handshake, Ended::Closed(B)));
    }
}
