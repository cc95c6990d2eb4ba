//! The two ends of a connection, whichever of them has sent a segment.

use std::hash::{BuildHasher, Hasher};

use foldhash::SharedSeed;
use foldhash::fast::{FoldHasher, SeedableRandomState};

use super::connection::Side;
use super::segment::Endpoint;
use crate::dissect::address::{IpAddress, Ipv4, Ipv6};

/// Which end sorts first: the one with the lower port, or the lower address where the ports are equal. Where both
/// ends are the same, there is one direction.
#[inline]
fn side<Address: PartialOrd>(source: &(Address, u16), destination: &(Address, u16)) -> Side {
    let is_high = match source.1 == destination.1 {
        true => source.0 > destination.0,
        false => source.1 > destination.1,
    };
    if is_high { Side::High } else { Side::Low }
}

/// An end that is not known yet.
pub const UNKNOWN: Endpoint = (IpAddress::V4(Ipv4([0; 4])), 0);

/// A connection in tables, the same in both directions, and which end has sent.
pub type Key = (u64, Side);

/// Makes keys for tables, which nobody can foresee who chooses addresses and ports. All of a process make the same: who
/// has a segment's key can look it up everywhere.
#[derive(Debug)]
pub struct Keys(SeedableRandomState);

impl Default for Keys {
    fn default() -> Self {
        Keys(SeedableRandomState::with_seed(0, SharedSeed::global_random()))
    }
}

impl Keys {
    /// The key of a segment between these ends.
    #[inline]
    pub fn key(&self, source: &Endpoint, destination: &Endpoint) -> Key {
        match (source, destination) {
            ((IpAddress::V4(source), port), (IpAddress::V4(destination), other_port)) => {
                self.v4((*source, *port), (*destination, *other_port))
            }
            ((IpAddress::V6(source), port), (IpAddress::V6(destination), other_port)) => {
                self.v6((source, *port), (destination, *other_port))
            }
            // One header has addresses of one version.
            _ => (0, side(source, destination)),
        }
    }

    /// The same of IPv4.
    #[inline]
    pub fn v4(&self, source: (Ipv4, u16), destination: (Ipv4, u16)) -> Key {
        self.of(source, destination, |hasher, low, high| {
            hasher.write_u32(u32::from_ne_bytes(low.0));
            hasher.write_u32(u32::from_ne_bytes(high.0));
        })
    }

    /// The same of IPv6.
    #[inline]
    pub fn v6(&self, source: (&Ipv6, u16), destination: (&Ipv6, u16)) -> Key {
        self.of(source, destination, |hasher, low, high| {
            hasher.write_u128(u128::from_ne_bytes(low.0));
            hasher.write_u128(u128::from_ne_bytes(high.0));
        })
    }

    #[inline(always)]
    fn of<Address: PartialOrd>(
        &self,
        source: (Address, u16),
        destination: (Address, u16),
        write_addresses: impl FnOnce(&mut FoldHasher, Address, Address),
    ) -> Key {
        let side = side(&source, &destination);
        let ((low, low_port), (high, high_port)) = match side {
            Side::Low => (source, destination),
            Side::High => (destination, source),
        };
        let mut hasher = self.0.build_hasher();
        write_addresses(&mut hasher, low, high);
        hasher.write_u32(u32::from(low_port) << 16 | u32::from(high_port));
        (hasher.finish(), side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_have_one_key_and_other_ends_another() {
        let v4 = |last, port| (IpAddress::V4(Ipv4([10, 0, 0, last])), port);
        let v6 = |last, port| (IpAddress::V6(Ipv6([last; 16])), port);
        let keys = Keys::default();
        let mut seen = std::collections::HashSet::new();
        for (a, b) in [(v4(9, 5), v4(1, 5)), (v4(9, 5), v4(1, 6)), (v4(9, 6), v4(1, 5)), (v6(1, 5), v6(1, 6))] {
            let ((forth, side), (back, other)) = (keys.key(&a, &b), keys.key(&b, &a));
            assert_eq!((forth, side), (back, other.other()));
            assert!(seen.insert(forth));
            assert_eq!(Keys::default().key(&a, &b), (forth, side));
        }
        assert_eq!(keys.key(&v6(1, 5), &v6(1, 5)).1, Side::Low);
    }
}
