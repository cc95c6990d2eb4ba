//! A map that remembers a bounded number of keys and forgets those that were not used for longest.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

/// Two generations of entries. What is used moves to the young one; when that is full it becomes the
/// old one and the previous old one is forgotten as a whole. An operation is one or two look-ups,
/// whatever the number of entries, and nothing is ever searched for a victim.
#[derive(Debug)]
pub struct BoundedMap<Key, Value> {
    young: HashMap<Key, Value, RandomState>,
    old: HashMap<Key, Value, RandomState>,
    generation_limit: usize,
}

impl<Key: Hash + Eq + Copy, Value: Copy> BoundedMap<Key, Value> {
    /// A map of at most `limit` entries, of which the more recently used half is safe from eviction.
    pub fn new(limit: usize) -> Self {
        BoundedMap { young: HashMap::default(), old: HashMap::default(), generation_limit: (limit / 2).max(1) }
    }

    /// The value of `key`, which counts as used.
    #[inline]
    pub fn get(&mut self, key: &Key) -> Option<Value> {
        if let Some(value) = self.young.get(key) {
            return Some(*value);
        }
        self.get_old(key)
    }

    /// The value of a key that was not used for long, or never.
    #[inline(never)]
    fn get_old(&mut self, key: &Key) -> Option<Value> {
        let value = self.old.remove(key)?;
        self.insert(*key, value);
        Some(value)
    }

    /// Remembers `value`, in place of an earlier one.
    #[inline(never)]
    pub fn insert(&mut self, key: Key, value: Value) {
        if self.young.len() >= self.generation_limit && !self.young.contains_key(&key) {
            // The old generation's memory is used again: a full table allocates no more.
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(key, value);
    }

    /// How many entries there are, at most: one that was replaced may count twice until it is forgotten.
    pub fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_is_forgotten() {
        let mut map = BoundedMap::new(8);
        map.insert(0, 'a');
        for key in 1..100 {
            map.insert(key, 'b');
            assert_eq!(map.get(&0), Some('a'), "forgotten although in use, at {key}");
            assert!(map.len() <= 8);
        }
        assert_eq!(map.get(&1), None);
        assert_eq!(map.get(&99), Some('b'));
    }

    #[test]
    fn the_latest_value_wins_over_one_in_the_old_generation() {
        let mut map = BoundedMap::new(4);
        map.insert(1, 'a');
        map.insert(2, 'a');
        map.insert(3, 'a');
        map.insert(1, 'b');
        assert_eq!(map.get(&1), Some('b'));
    }
}
