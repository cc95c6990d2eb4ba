//! Relative sequence numbers by tcpdump's rule (its manual page, "TCP Packets").
//!
//! The first segment with ACK of a connection, or any later one with SYN and ACK, is printed as it is
//! and sets both directions' origin; from then on numbers count from there.

use super::bounded::BoundedMap;
use crate::dissect::address::IpAddress;

/// Connections that are remembered at most, for each version of IP. One takes 21 octets for IPv4 and
/// 49 for IPv6, plus the free part of the hash table. tcpdump remembers all, until memory runs out.
pub const CONNECTIONS_MAX: usize = 1 << 21;

/// One direction of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Endpoints {
    /// Who sent the segment, and from which port.
    pub source: (IpAddress, u16),
    /// Whom it is for.
    pub destination: (IpAddress, u16),
}

/// Where a connection's numbers count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Origins {
    /// Of the end that sorts first.
    low: u32,
    /// Of the end that sorts last.
    high: u32,
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

/// Addresses are numbers here, because their hash takes fewer steps than that of octets.
type AddressV4 = u32;
type AddressV6 = (u64, u64);
/// Both addresses and both ports.
type Key<Address> = (Address, Address, u32);

/// The connections seen so far.
#[derive(Debug)]
pub struct Relative {
    v4: BoundedMap<Key<AddressV4>, Origins>,
    v6: BoundedMap<Key<AddressV6>, Origins>,
}

impl Default for Relative {
    fn default() -> Self {
        Relative { v4: BoundedMap::new(CONNECTIONS_MAX), v6: BoundedMap::new(CONNECTIONS_MAX) }
    }
}

impl Relative {
    /// The printed numbers of a segment that has ACK set. With `syn` it starts a new connection.
    #[inline(always)]
    pub fn numbers(&mut self, ends: &Endpoints, syn: bool, sequence: u32, acknowledgement: u32) -> Numbers {
        let (source_port, destination_port) = (ends.source.1, ends.destination.1);
        match (ends.source.0, ends.destination.0) {
            (IpAddress::V4(source), IpAddress::V4(destination)) => {
                let number = u32::from_be_bytes;
                let (reversed, key) =
                    ordered((number(source.0), source_port), (number(destination.0), destination_port));
                count(&mut self.v4, key, reversed, syn, sequence, acknowledgement)
            }
            (IpAddress::V6(source), IpAddress::V6(destination)) => {
                let (reversed, key) =
                    ordered((halves(source.0), source_port), (halves(destination.0), destination_port));
                count(&mut self.v6, key, reversed, syn, sequence, acknowledgement)
            }
            // One header has addresses of one version.
            _ => Numbers { sequence, acknowledgement, sack_origin: 0 },
        }
    }
}

#[inline]
fn halves(address: [u8; 16]) -> AddressV6 {
    let number = u128::from_be_bytes(address);
    ((number >> 64) as u64, number as u64)
}

/// The same key for both directions: lower port first, lower address where the ports are equal.
#[inline]
fn ordered<A: Ord>(source: (A, u16), destination: (A, u16)) -> (bool, Key<A>) {
    let reversed = (source.1, &source.0) > (destination.1, &destination.0);
    let (low, high) = if reversed { (destination, source) } else { (source, destination) };
    (reversed, (low.0, high.0, u32::from(low.1) << 16 | u32::from(high.1)))
}

#[inline(always)]
fn count<A: std::hash::Hash + Eq + Copy>(
    connections: &mut BoundedMap<Key<A>, Origins>,
    key: Key<A>,
    reversed: bool,
    syn: bool,
    sequence: u32,
    acknowledgement: u32,
) -> Numbers {
    let known = if syn { None } else { connections.get(&key) };
    if let Some(Origins { low, high }) = known {
        let (own, others) = if reversed { (high, low) } else { (low, high) };
        return Numbers {
            sequence: sequence.wrapping_sub(own),
            acknowledgement: acknowledgement.wrapping_sub(others),
            sack_origin: others_for_sack(low, high, reversed),
        };
    }
    let (own, others) = (sequence, acknowledgement.wrapping_sub(1));
    let (low, high) = if reversed { (others, own) } else { (own, others) };
    connections.insert(key, Origins { low, high });
    Numbers { sequence, acknowledgement, sack_origin: others_for_sack(low, high, reversed) }
}

/// SACK acknowledges the other end's data.
#[inline]
fn others_for_sack(low: u32, high: u32, reversed: bool) -> u32 {
    if reversed { low } else { high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::Ipv4;

    fn ends(from: (u8, u16), to: (u8, u16)) -> Endpoints {
        let address = |last| IpAddress::V4(Ipv4([10, 0, 0, last]));
        Endpoints { source: (address(from.0), from.1), destination: (address(to.0), to.1) }
    }

    #[test]
    fn both_directions_count_from_the_syn_ack() {
        let mut relative = Relative::default();
        let (client, server) = ((1, 40000), (2, 80));
        let answer = relative.numbers(&ends(server, client), true, 9000, 501);
        assert_eq!((answer.sequence, answer.acknowledgement), (9000, 501));
        let third = relative.numbers(&ends(client, server), false, 501, 9001);
        assert_eq!((third.sequence, third.acknowledgement, third.sack_origin), (1, 1, 9000));
        let data = relative.numbers(&ends(server, client), false, 9001, 501);
        assert_eq!((data.sequence, data.acknowledgement, data.sack_origin), (1, 1, 500));
    }

    #[test]
    fn a_connection_seen_from_its_middle_counts_from_its_first_segment() {
        let mut relative = Relative::default();
        let first = relative.numbers(&ends((1, 5), (2, 5)), false, 70, 7);
        assert_eq!((first.sequence, first.acknowledgement), (70, 7));
        let next = relative.numbers(&ends((1, 5), (2, 5)), false, 71, 7);
        assert_eq!((next.sequence, next.acknowledgement), (1, 1));
        let back = relative.numbers(&ends((2, 5), (1, 5)), false, 7, 72);
        assert_eq!((back.sequence, back.acknowledgement), (1, 2));
    }

    #[test]
    fn numbers_wrap() {
        let mut relative = Relative::default();
        relative.numbers(&ends((1, 1), (2, 2)), true, u32::MAX, 0);
        let next = relative.numbers(&ends((1, 1), (2, 2)), false, 4, 0);
        assert_eq!((next.sequence, next.acknowledgement), (5, 1));
    }
}
