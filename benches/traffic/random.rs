//! Pseudo-random numbers (xorshift64*), the same on every machine.

use std::ops::Range;

/// What encrypted payload is cut from.
const POOL: usize = 8192;

/// The generator of numbers.
pub struct Random {
    state: u64,
    pool: Vec<u8>,
}

impl Random {
    /// It begins with the same seed always.
    pub fn new() -> Random {
        let mut random = Random { state: 0x9e37_79b9_7f4a_7c15, pool: Vec::new() };
        random.pool = (0..POOL).map(|_| random.below(256) as u8).collect();
        random
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 16) % bound
    }

    /// A number in a range.
    pub fn within(&mut self, range: &Range<u64>) -> u64 {
        range.start + self.below(range.end - range.start)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: u64) -> bool {
        share > 0 && self.below(100) < share
    }

    /// Octets that mean nothing.
    pub fn octets(&mut self, length: usize) -> &[u8] {
        let from = self.below((POOL - length) as u64) as usize;
        &self.pool[from..from + length]
    }
}
