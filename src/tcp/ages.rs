//! Which of the things in a table were used of late, and which one is to go when there is no more room.

/// A place in a table.
pub type Index = u32;

/// A bit for each place, and a hand that goes round over them: a place that was used since the hand has passed it is
/// passed once more. Using a place is one bit, however many there are, and 64 of them are passed in one step.
#[derive(Debug, Default)]
pub struct Ages {
    used: Vec<u64>,
    places: Index,
    hand: Index,
}

impl Ages {
    /// Adds the table's next place, as one that was not used yet.
    pub fn add(&mut self) -> Index {
        let index = self.places;
        if index.is_multiple_of(u64::BITS) {
            self.used.push(0);
        }
        self.places += 1;
        index
    }

    /// A place is used.
    #[inline]
    pub fn touch(&mut self, index: Index) {
        if let Some(word) = self.used.get_mut((index / u64::BITS) as usize) {
            *word |= 1 << (index % u64::BITS);
        }
    }

    /// The place to be taken by something else, which counts as not used yet: the next one that was not used for a
    /// whole round. There is none in an empty table.
    pub fn take_next(&mut self) -> Option<Index> {
        // All are passed once at most: what is passed counts as not used from then on.
        loop {
            if self.hand >= self.places {
                self.hand = 0;
            }
            let within = self.hand % u64::BITS;
            let word = self.used.get_mut((self.hand / u64::BITS) as usize)?;
            let passed = (*word >> within).trailing_ones().min(self.places - self.hand);
            *word &= !(ones(passed) << within);
            self.hand += passed;
            if within + passed < u64::BITS && self.hand < self.places {
                self.hand += 1;
                return Some(self.hand - 1);
            }
        }
    }
}

/// So many bits.
fn ones(count: u32) -> u64 {
    1u64.checked_shl(count).map_or(u64::MAX, |bit| bit - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_is_passed_once() {
        let mut ages = Ages::default();
        assert_eq!(ages.take_next(), None);
        assert_eq!([ages.add(), ages.add(), ages.add()], [0, 1, 2]);
        ages.touch(0);
        assert_eq!([ages.take_next(), ages.take_next(), ages.take_next()], [1, 2, 0].map(Some));
        (0..3).for_each(|index| ages.touch(index));
        assert_eq!([ages.take_next(), ages.take_next()], [1, 2].map(Some));
    }

    #[test]
    fn the_hand_goes_over_all_words() {
        let mut ages = Ages::default();
        (0..200).for_each(|_| assert!(ages.add() < 200));
        (0..200).filter(|index| index % 100 != 99).for_each(|index| ages.touch(index));
        assert_eq!([ages.take_next(), ages.take_next(), ages.take_next()], [99, 199, 0].map(Some));
        (0..200).for_each(|index| ages.touch(index));
        assert_eq!(ages.take_next(), Some(1));
        assert_eq!((1..200).filter_map(|_| ages.take_next()).count(), 199);
    }
}
