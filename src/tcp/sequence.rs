//! Sequence numbers, which wrap (RFC 9293 section 3.4).

use std::cmp::Ordering;

/// A sequence or acknowledgement number. One is less than another if it lies in the half of the space in
/// front of it.
///
/// It may lie at any address: one that may not be known then takes five octets instead of eight, and a million connections
/// have twenty million of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(Rust, packed)]
pub struct Sequence(pub u32);

impl Sequence {
    /// The number so many octets further on.
    #[inline]
    #[must_use]
    pub fn plus(self, octets: u32) -> Sequence {
        Sequence(self.0.wrapping_add(octets))
    }

    /// The number so many octets before.
    #[inline]
    #[must_use]
    pub fn minus(self, octets: u32) -> Sequence {
        Sequence(self.0.wrapping_sub(octets))
    }

    /// How many octets this number is behind another one.
    #[inline]
    pub fn since(self, earlier: Sequence) -> u32 {
        self.0.wrapping_sub(earlier.0)
    }

    /// The larger of two.
    #[inline]
    #[must_use]
    pub fn or_later(self, other: Sequence) -> Sequence {
        if other > self { other } else { self }
    }
}

impl PartialOrd for Sequence {
    #[inline]
    fn partial_cmp(&self, other: &Sequence) -> Option<Ordering> {
        Some((self.0.wrapping_sub(other.0) as i32).cmp(&0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparison_wraps() {
        assert!(Sequence(u32::MAX) < Sequence(3));
        assert!(Sequence(3) > Sequence(u32::MAX));
        assert!(Sequence(7) <= Sequence(7));
        assert_eq!(Sequence(2).since(Sequence(u32::MAX)), 3);
        assert_eq!(Sequence(u32::MAX).or_later(Sequence(0)), Sequence(0));
    }
}
