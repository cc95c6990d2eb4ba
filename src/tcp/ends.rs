//! The two ends of a connection, whichever of them has sent a segment.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;

use super::connection::{Both, Side};
use super::segment::Endpoint;
use crate::dissect::address::IpAddress;

/// Which end sorts first: the one with the lower port, or the lower address where the ports are equal. Where both
/// ends are the same, there is one direction.
#[inline]
pub fn side(source: &Endpoint, destination: &Endpoint) -> Side {
    let is_high = match source.1 == destination.1 {
        true => source.0 > destination.0,
        false => source.1 > destination.1,
    };
    if is_high { Side::High } else { Side::Low }
}

/// Both ends in their order.
pub fn in_order(source: Endpoint, destination: Endpoint, side: Side) -> Both<Endpoint> {
    match side {
        Side::Low => Both { low: source, high: destination },
        Side::High => Both { low: destination, high: source },
    }
}

/// Makes keys for tables, which nobody can foresee who chooses addresses and ports.
#[derive(Debug, Default)]
pub struct Keys(RandomState);

impl Keys {
    /// The key of a connection, the same in both directions, and which end has sent.
    #[inline]
    pub fn key(&self, source: &Endpoint, destination: &Endpoint) -> (u64, Side) {
        let side = side(source, destination);
        let ((low, low_port), (high, high_port)) = match side {
            Side::Low => (source, destination),
            Side::High => (destination, source),
        };
        let mut hasher = self.0.build_hasher();
        match (low, high) {
            (IpAddress::V4(low), IpAddress::V4(high)) => {
                hasher.write_u32(u32::from_ne_bytes(low.0));
                hasher.write_u32(u32::from_ne_bytes(high.0));
            }
            (IpAddress::V6(low), IpAddress::V6(high)) => {
                hasher.write_u128(u128::from_ne_bytes(low.0));
                hasher.write_u128(u128::from_ne_bytes(high.0));
            }
            // One header has addresses of one version.
            _ => {}
        }
        hasher.write_u32(u32::from(*low_port) << 16 | u32::from(*high_port));
        (hasher.finish(), side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::{Ipv4, Ipv6};

    #[test]
    fn both_directions_have_one_key_and_other_ends_another() {
        let v4 = |last, port| (IpAddress::V4(Ipv4([10, 0, 0, last])), port);
        let v6 = |last, port| (IpAddress::V6(Ipv6([last; 16])), port);
        let keys = Keys::default();
        let mut seen = std::collections::HashSet::new();
        for (a, b) in [(v4(9, 5), v4(1, 5)), (v4(9, 5), v4(1, 6)), (v4(9, 6), v4(1, 5)), (v6(1, 5), v6(1, 6))] {
            let ((forth, side), (back, other)) = (keys.key(&a, &b), keys.key(&b, &a));
            assert_eq!((forth, side), (back, other.other()));
            assert_eq!(in_order(a, b, side), in_order(b, a, other));
            assert!(seen.insert(forth));
        }
        assert_eq!(keys.key(&v6(1, 5), &v6(1, 5)).1, Side::Low);
    }
}
