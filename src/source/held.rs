//! Frames of one interface that are held back, in the order in which they came.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Instant;

use super::Timestamp;

/// Octets that are held back at most. What a full one has is passed on without waiting any longer.
const HELD_MAX: usize = 32 << 20;

/// A frame that is held back, without its octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// When it was captured.
    pub timestamp: Timestamp,
    /// When it came to us, by a clock that nobody sets.
    pub seen: Instant,
    /// Its length on the wire, in octets.
    pub wire_length: u32,
    /// What was captured of it, in octets.
    captured: usize,
}

/// The frames. Room that they leave is used again.
#[derive(Debug, Default)]
pub struct Held {
    heads: VecDeque<Head>,
    octets: Vec<u8>,
    /// Where in `octets` those of the first frame begin.
    start: usize,
}

impl Held {
    /// Adds a frame behind the others.
    pub fn push(&mut self, timestamp: Timestamp, seen: Instant, wire_length: u32, bytes: &[u8]) {
        if self.start > self.octets.len() / 2 {
            self.octets.drain(..self.start);
            self.start = 0;
        }
        self.octets.extend_from_slice(bytes);
        self.heads.push_back(Head { timestamp, seen, wire_length, captured: bytes.len() });
    }

    /// The first frame.
    #[inline]
    pub fn first(&self) -> Option<&Head> {
        self.heads.front()
    }

    /// Takes the first frame away. Its octets stay where they are until the next one is added.
    #[inline]
    pub fn pop(&mut self) -> Option<(Head, Range<usize>)> {
        let head = self.heads.pop_front()?;
        let octets = self.start..self.start + head.captured;
        self.start = octets.end;
        Some((head, octets))
    }

    /// The octets of a frame that was taken away.
    #[inline]
    pub fn octets(&self, range: Range<usize>) -> &[u8] {
        self.octets.get(range).unwrap_or_default()
    }

    /// Whether no frame is held back.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Whether no more is to be added.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.octets.len() - self.start >= HELD_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_in_their_order_and_their_room_is_used_again() {
        let mut held = Held::default();
        let now = Instant::now();
        let mut next = 0u32;
        for number in 0..10_000u32 {
            held.push(Timestamp { seconds: i64::from(number), nanos: 0 }, now, number, &number.to_be_bytes());
            // Two of three are taken at once, the rest is held back a little longer.
            while number % 3 != 0 && held.heads.len() > 1 {
                let (head, octets) = held.pop().unwrap();
                assert_eq!((head.wire_length, held.octets(octets)), (next, &next.to_be_bytes()[..]));
                next += 1;
            }
        }
        assert!(held.octets.capacity() < 1000, "{}", held.octets.capacity());
        assert!(!held.is_full());
    }

    #[test]
    fn memory_is_bounded() {
        let mut held = Held::default();
        let frame = vec![0; 1 << 20];
        while !held.is_full() {
            held.push(Timestamp::default(), Instant::now(), 1, &frame);
        }
        assert_eq!(held.heads.len(), HELD_MAX >> 20);
    }
}
