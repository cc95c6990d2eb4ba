//! The order in which things were last used, in which the one unused for longest is always at hand.

/// A place in a table.
pub type Index = u32;
const NONE: Index = Index::MAX;

#[derive(Clone, Copy, Debug)]
struct Link {
    newer: Index,
    older: Index,
}

/// A list of the places in a table by age. Every operation takes the same time at any size.
#[derive(Debug)]
pub struct Ages {
    links: Vec<Link>,
    newest: Index,
    oldest: Index,
}

impl Default for Ages {
    fn default() -> Self {
        Ages { links: Vec::new(), newest: NONE, oldest: NONE }
    }
}

impl Ages {
    /// The place that was not used for longest.
    pub fn oldest(&self) -> Option<Index> {
        (self.oldest != NONE).then_some(self.oldest)
    }

    /// Adds the table's next place, as the newest.
    pub fn add(&mut self) -> Index {
        let index = self.links.len() as Index;
        self.links.push(Link { newer: NONE, older: NONE });
        self.put_first(index);
        index
    }

    /// Makes a place the newest.
    #[inline]
    pub fn touch(&mut self, index: Index) {
        if self.newest != index {
            self.take_out(index);
            self.put_first(index);
        }
    }

    fn take_out(&mut self, index: Index) {
        let Some(&Link { newer, older }) = self.links.get(index as usize) else { return };
        match self.links.get_mut(newer as usize) {
            Some(link) => link.older = older,
            None => self.newest = older,
        }
        match self.links.get_mut(older as usize) {
            Some(link) => link.newer = newer,
            None => self.oldest = newer,
        }
    }

    fn put_first(&mut self, index: Index) {
        let before = std::mem::replace(&mut self.newest, index);
        if let Some(link) = self.links.get_mut(index as usize) {
            *link = Link { newer: NONE, older: before };
        }
        match self.links.get_mut(before as usize) {
            Some(link) => link.newer = index,
            None => self.oldest = index,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_unused_for_longest_is_the_oldest() {
        let mut ages = Ages::default();
        assert_eq!(ages.oldest(), None);
        assert_eq!([ages.add(), ages.add(), ages.add()], [0, 1, 2]);
        let mut order = Vec::new();
        for used in [0, 0, 2, 1, 0, 2, 2] {
            ages.touch(used);
            order.push(ages.oldest());
        }
        assert_eq!(order, [1, 1, 1, 0, 2, 1, 1].map(Some));
    }
}
