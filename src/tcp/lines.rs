//! A table of small values by keys that are hashes, laid out so that a look-up touches one line of the cache.
//!
//! At a million entries that is what a look-up costs: the wait for memory. An entry is 16 octets, four of them fill a
//! line, and a key's line is the first bits of its hash. What finds its line full goes to the next one.

use crate::os::{memory, pages};

/// Entries of a line.
const PER_LINE: usize = 4;
/// Lines of the smallest table, as a power of two.
const BITS_MIN: u32 = 4;
/// A table grows when more than this part of it is taken: three of four. Then nine of ten look-ups end in their
/// key's own line.
const LOAD_MAX: (usize, usize) = (3, 4);
/// The hash of a free place.
const FREE: u64 = 0;

/// What is kept for a key.
pub type Value = [u32; 2];

#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u64,
    value: Value,
}

/// One line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Line([Entry; PER_LINE]);

impl Line {
    /// Whether all entries are taken, which they are from the front.
    #[inline]
    fn is_full(&self) -> bool {
        let Line([.., last]) = self;
        last.hash != FREE
    }

    /// The first entry with this hash.
    #[inline]
    fn entry_with(&self, hash: u64) -> Option<&Entry> {
        let Line(entries) = self;
        let found = entries.iter().rev().fold(0_u32, |found, entry| found << 1 | u32::from(entry.hash == hash));
        entries.get(found.trailing_zeros() as usize)
    }
}

const EMPTY: Line = Line([Entry { hash: FREE, value: [0; 2] }; PER_LINE]);

/// Values by the hashes of their keys.
///
/// The key itself is not kept: two keys whose 64 bits of hash are the same are one. Of two million keys, that
/// befalls any two with a chance of one in eight million.
#[derive(Debug)]
pub struct Lines {
    lines: Vec<Line>,
    /// How many bits of a hash choose its line.
    bits: u32,
    taken: usize,
}

impl Default for Lines {
    fn default() -> Self {
        Lines { lines: vec![EMPTY; 1 << BITS_MIN], bits: BITS_MIN, taken: 0 }
    }
}

impl Lines {
    /// Fetches the line that a look-up of this hash begins with, if the table is larger than the caches near to the processor
    /// are.
    #[inline]
    pub fn foresee(&self, hash: u64) {
        if self.lines.len() >= memory::NEAR / size_of::<Line>()
            && let Some(line) = self.lines.get(self.line_of(hash))
        {
            memory::prefetch(line);
        }
    }

    /// The value of a key with this hash.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<Value> {
        let hash = hash.max(FREE + 1);
        let mut at = self.line_of(hash);
        // A part of the table is free: this ends.
        loop {
            let line = self.lines.get(at)?;
            // All are compared: at which of them to stop, no processor can guess.
            if let Some(Entry { value, .. }) = line.entry_with(hash) {
                return Some(*value);
            }
            if !line.is_full() {
                return None;
            }
            at = self.behind(at);
        }
    }

    /// Keeps a value, in place of the key's earlier one.
    pub fn insert(&mut self, hash: u64, value: Value) {
        if self.taken * LOAD_MAX.1 >= self.lines.len() * PER_LINE * LOAD_MAX.0 {
            self.grow();
        }
        let entry = Entry { hash: hash.max(FREE + 1), value };
        let place = self.place(entry.hash);
        let place = place.and_then(|(line, within)| self.lines.get_mut(line)?.0.get_mut(within));
        if let Some(place) = place {
            self.taken += usize::from(place.hash == FREE);
            *place = entry;
        }
    }

    /// Takes out a key with its value.
    pub fn remove(&mut self, hash: u64) {
        let Some((mut line, mut within)) = self.place(hash.max(FREE + 1)) else { return };
        if self.entry(line, within).is_none_or(|entry| entry.hash == FREE) {
            return;
        }
        self.taken -= 1;
        // Where a line is full, something that wanted to be there may be in one behind it, and has to come back.
        while let Some((from, place)) = self.displaced(line) {
            self.copy((from, place), (line, within));
            (line, within) = (from, place);
        }
        let last = self.lines.get(line).and_then(|Line(entries)| entries.iter().rposition(|entry| entry.hash != FREE));
        if let Some(last) = last {
            self.copy((line, last), (line, within));
            if let Some(entry) = self.lines.get_mut(line).and_then(|Line(entries)| entries.get_mut(last)) {
                *entry = Entry { hash: FREE, value: [0; 2] };
            }
        }
    }

    /// An entry behind a line, as far as lines are full, that may as well be in it.
    fn displaced(&self, line: usize) -> Option<(usize, usize)> {
        let is_full = |at: usize| self.lines.get(at).is_some_and(Line::is_full);
        let mask = self.lines.len() - 1;
        let mut at = line;
        while is_full(at) {
            at = self.behind(at);
            let distance = at.wrapping_sub(line) & mask;
            let comes_from_before =
                |entry: &Entry| entry.hash != FREE && at.wrapping_sub(self.line_of(entry.hash)) & mask >= distance;
            let Line(entries) = self.lines.get(at)?;
            if let Some(within) = entries.iter().position(comes_from_before) {
                return Some((at, within));
            }
        }
        None
    }

    fn entry(&self, line: usize, within: usize) -> Option<Entry> {
        self.lines.get(line)?.0.get(within).copied()
    }

    fn copy(&mut self, from: (usize, usize), to: (usize, usize)) {
        if let Some(entry) = self.entry(from.0, from.1)
            && let Some(place) = self.lines.get_mut(to.0).and_then(|Line(entries)| entries.get_mut(to.1))
        {
            *place = entry;
        }
    }

    /// Takes out all entries and keeps the memory.
    pub fn clear(&mut self) {
        self.lines.fill(EMPTY);
        self.taken = 0;
    }

    /// How many entries there are.
    #[inline]
    pub fn count(&self) -> usize {
        self.taken
    }

    #[inline]
    fn line_of(&self, hash: u64) -> usize {
        (hash >> (u64::BITS - self.bits)) as usize
    }

    #[inline]
    fn behind(&self, line: usize) -> usize {
        (line + 1) & (self.lines.len() - 1)
    }

    /// Where a hash is, or else the place for it: its line, and the place within.
    fn place(&self, hash: u64) -> Option<(usize, usize)> {
        let mut at = self.line_of(hash);
        let is_here = |entry: &Entry| entry.hash == hash || entry.hash == FREE;
        // Entries of a line are taken from the front: the first one that is free is behind all others.
        loop {
            let Line(entries) = self.lines.get(at)?;
            if let Some(within) = entries.iter().position(is_here) {
                return Some((at, within));
            }
            at = self.behind(at);
        }
    }

    /// Doubles the table. Lines are in the order of hashes, so that both tables are gone through from front to back.
    fn grow(&mut self) {
        let bits = self.bits + 1;
        let old = std::mem::replace(self, Lines { lines: empty(1 << bits), bits, taken: 0 });
        for entry in old.lines.iter().flat_map(|Line(entries)| entries) {
            if entry.hash != FREE {
                self.insert(entry.hash, entry.value);
            }
        }
    }
}

/// So many free lines.
fn empty(count: usize) -> Vec<Line> {
    let mut lines = Vec::with_capacity(count);
    if count * size_of::<Line>() >= memory::FAR {
        memory::prefer_large_pages(lines.spare_capacity_mut());
    }
    pages::get_now(lines.spare_capacity_mut());
    lines.resize(count, EMPTY);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_a_quarter_of_a_line() {
        assert_eq!((size_of::<Entry>(), size_of::<Line>(), align_of::<Line>()), (16, 64, 64));
    }

    #[test]
    fn keys_that_want_the_same_line_are_all_found() {
        let mut table = Lines::default();
        // Also past the last line, behind which the first one is; one of them is the hash of a free place.
        let hashes: Vec<u64> = (0..20).map(|low| u64::MAX << 20 | low).chain(0..20).collect();
        for (value, &hash) in (0..).zip(&hashes) {
            assert_eq!(table.get(hash), if hash == 1 { Some([20, 0]) } else { None });
            table.insert(hash, [value, 0]);
        }
        for (value, &hash) in (0..).zip(&hashes).skip(22) {
            assert_eq!(table.get(hash), Some([value, 0]));
        }
        assert_eq!(table.count(), 39);
        table.clear();
        assert!(hashes.iter().all(|&hash| table.get(hash).is_none()));
    }

    #[test]
    fn what_is_taken_out_leaves_all_others_to_be_found() {
        let mut table = Lines::default();
        let mut kept = std::collections::HashMap::new();
        let mut random = 7u64;
        for value in 0..200_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // All want the last two lines: what is displaced goes past the end.
            let hash = (14 + (random >> 33 & 1)) << 60 | (random >> 40 & 15) << 1 | 1;
            if random >> 63 == 0 {
                table.insert(hash, [value, 0]);
                kept.insert(hash, value);
            } else {
                table.remove(hash);
                kept.remove(&hash);
            }
            assert_eq!(table.count(), kept.len());
            assert!(kept.iter().all(|(&hash, &value)| table.get(hash) == Some([value, 0])));
            assert_eq!(table.get(hash), kept.get(&hash).map(|&value| [value, 0]));
        }
    }

    #[test]
    fn entries_stay_when_the_table_grows_and_the_latest_value_holds() {
        let mut table = Lines::default();
        let hash = |number: u32| u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for number in 1..10_000 {
            table.insert(hash(number), [number, 0]);
            table.insert(hash(number), [number, 1]);
        }
        assert!((1..10_000).all(|number| table.get(hash(number)) == Some([number, 1])));
        assert_eq!(table.count(), 9_999);
        assert!(table.lines.len() <= 10_000 / PER_LINE * 4);
    }
}
