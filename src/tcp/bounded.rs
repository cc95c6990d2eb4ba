//! A map that remembers a bounded number of keys and forgets those that were not used for longest.

use super::lines::{Lines, Value};

/// Two generations of entries, by the hashes of their keys. What is used moves to the young one; when that is full
/// it becomes the old one and the previous old one is forgotten as a whole. An operation is one or two look-ups,
/// whatever the number of entries, and nothing is ever searched for a victim.
#[derive(Debug)]
pub struct BoundedMap {
    young: Lines,
    old: Lines,
    generation_limit: usize,
}

impl BoundedMap {
    /// A map of at most `limit` entries, of which the more recently used half is safe from eviction.
    pub fn new(limit: usize) -> Self {
        BoundedMap { young: Lines::default(), old: Lines::default(), generation_limit: (limit / 2).max(1) }
    }

    /// Fetches what a look-up of this hash begins with.
    #[inline]
    pub fn foresee(&self, hash: u64) {
        self.young.foresee(hash);
    }

    /// The value of a key with this hash, which counts as used.
    #[inline]
    pub fn get(&mut self, hash: u64) -> Option<Value> {
        self.young.get(hash).or_else(|| self.get_old(hash))
    }

    /// One that has moved stays in the old generation, where nobody looks for it any more.
    #[inline(never)]
    fn get_old(&mut self, hash: u64) -> Option<Value> {
        let value = self.old.get(hash)?;
        self.insert(hash, value);
        Some(value)
    }

    /// Remembers `value`, in place of an earlier one.
    #[inline(never)]
    pub fn insert(&mut self, hash: u64, value: Value) {
        if self.young.count() >= self.generation_limit && self.young.get(hash).is_none() {
            // The old generation's memory is used again: a full table allocates no more.
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(hash, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(key: u64) -> u64 {
        key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    #[test]
    fn what_is_used_stays_and_the_rest_is_forgotten() {
        let mut map = BoundedMap::new(8);
        map.insert(hash(0), [0, 1]);
        for key in 1..100 {
            map.insert(hash(key), [key as u32, 2]);
            assert_eq!(map.get(hash(0)), Some([0, 1]), "forgotten although in use, at {key}");
            assert!(map.young.count() + map.old.count() <= 8);
        }
        assert_eq!(map.get(hash(1)), None);
        assert_eq!(map.get(hash(99)), Some([99, 2]));
    }

    #[test]
    fn the_latest_value_wins_over_one_in_the_old_generation() {
        let mut map = BoundedMap::new(4);
        for (key, value) in [(1, 1), (2, 1), (3, 1), (1, 2)] {
            map.insert(hash(key), [0, value]);
        }
        assert_eq!(map.get(hash(1)), Some([0, 2]));
    }
}
