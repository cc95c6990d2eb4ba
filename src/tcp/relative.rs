//! Relative sequence numbers by tcpdump's rule (its manual page, "TCP Packets").
//!
//! The first segment with ACK of a connection, or any later one with SYN and ACK, is printed as it is
//! and sets both directions' origin; from then on numbers count from there.

use super::bounded::BoundedMap;
use super::connection::Side;
use super::ends::{Key, Keys};
use super::segment::Endpoint;

/// Connections that are remembered at most. One takes 16 octets, plus the free part of the table: 22 to 43 in
/// all. tcpdump remembers all, until memory runs out.
pub const CONNECTIONS_MAX: usize = 1 << 22;

/// One direction of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Endpoints {
    /// Who sent the segment, and from which port.
    pub source: Endpoint,
    /// Whom it is for.
    pub destination: Endpoint,
}

/// A segment's numbers as they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The sequence number.
    pub sequence: u32,
    /// The acknowledgement number.
    pub acknowledgement: u32,
    /// What SACK edges, numbers of the other direction, count from.
    pub sack_origin: u32,
}

/// The connections seen so far.
#[derive(Debug)]
pub struct Relative {
    /// Where numbers count from: those of the end that sorts first, and of the other one.
    origins: BoundedMap,
    keys: Keys,
}

impl Default for Relative {
    fn default() -> Self {
        Relative { origins: BoundedMap::new(CONNECTIONS_MAX), keys: Keys::default() }
    }
}

impl Relative {
    /// Fetches what a segment with this key will need.
    #[inline]
    pub fn foresee(&self, (key, _): Key) {
        self.origins.foresee(key);
    }

    /// What makes keys.
    #[inline]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The key of a segment between these ends.
    #[inline]
    pub fn key(&self, ends: &Endpoints) -> Key {
        self.keys.key(&ends.source, &ends.destination)
    }

    /// The printed numbers of a segment that has ACK set. With `syn` it starts a new connection.
    #[inline(always)]
    pub fn numbers(&mut self, (key, side): Key, syn: bool, sequence: u32, acknowledgement: u32) -> Numbers {
        let known = if syn { None } else { self.origins.get(key) };
        let Some([low, high]) = known else {
            let (own, others) = (sequence, acknowledgement.wrapping_sub(1));
            self.origins.insert(key, if side == Side::Low { [own, others] } else { [others, own] });
            return Numbers { sequence, acknowledgement, sack_origin: others };
        };
        let (own, others) = if side == Side::Low { (low, high) } else { (high, low) };
        Numbers {
            sequence: sequence.wrapping_sub(own),
            acknowledgement: acknowledgement.wrapping_sub(others),
            // SACK acknowledges the other end's data.
            sack_origin: others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::{IpAddress, Ipv4};

    fn key(from: (u8, u16), to: (u8, u16)) -> Key {
        let address = |last| IpAddress::V4(Ipv4([10, 0, 0, last]));
        Keys::default().key(&(address(from.0), from.1), &(address(to.0), to.1))
    }

    #[test]
    fn both_directions_count_from_the_syn_ack() {
        let mut relative = Relative::default();
        let (client, server) = ((1, 40000), (2, 80));
        let answer = relative.numbers(key(server, client), true, 9000, 501);
        assert_eq!((answer.sequence, answer.acknowledgement), (9000, 501));
        let third = relative.numbers(key(client, server), false, 501, 9001);
        assert_eq!((third.sequence, third.acknowledgement, third.sack_origin), (1, 1, 9000));
        let data = relative.numbers(key(server, client), false, 9001, 501);
        assert_eq!((data.sequence, data.acknowledgement, data.sack_origin), (1, 1, 500));
    }

    #[test]
    fn a_connection_seen_from_its_middle_counts_from_its_first_segment() {
        let mut relative = Relative::default();
        let first = relative.numbers(key((1, 5), (2, 5)), false, 70, 7);
        assert_eq!((first.sequence, first.acknowledgement), (70, 7));
        let next = relative.numbers(key((1, 5), (2, 5)), false, 71, 7);
        assert_eq!((next.sequence, next.acknowledgement), (1, 1));
        let back = relative.numbers(key((2, 5), (1, 5)), false, 7, 72);
        assert_eq!((back.sequence, back.acknowledgement), (1, 2));
    }

    #[test]
    fn numbers_wrap() {
        let mut relative = Relative::default();
        relative.numbers(key((1, 1), (2, 2)), true, u32::MAX, 0);
        let next = relative.numbers(key((1, 1), (2, 2)), false, 4, 0);
        assert_eq!((next.sequence, next.acknowledgement), (5, 1));
    }
}
