//! A vector that never moves what is in it: growing copies nothing, and needs no room for two copies.

use std::ops::Range;

use crate::os::pages::PagesAhead;

/// Things that have one piece of memory: of connections, eight megabytes, which are taken as they are used.
const CHUNK: usize = 16_384;

/// Things for which pages are wanted at a time; of connections, 256 KiB.
const AHEAD: usize = 512;

/// So many things show that there will be many: from now on, pages are got before they are needed.
const MANY: usize = 4 * AHEAD;

/// Things by their places, which are numbers from 0.
#[derive(Debug)]
pub struct Chunks<T> {
    chunks: Vec<Vec<T>>,
    /// Once there are [`MANY`].
    pages: Option<PagesAhead>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks { chunks: Vec::new(), pages: None }
    }
}

impl<T> Chunks<T> {
    /// Adds the next one.
    pub fn push(&mut self, thing: T) {
        if self.chunks.last().is_none_or(|chunk| chunk.len() == CHUNK) {
            self.begin();
        }
        let Some(chunk) = self.chunks.last_mut() else { return };
        chunk.push(thing);
        if chunk.len().is_multiple_of(AHEAD) {
            self.look_ahead();
        }
    }

    /// Has pages got for what comes behind what they were got for before.
    fn look_ahead(&mut self) {
        if self.count() == MANY {
            self.pages = PagesAhead::start();
        }
        if let Some(chunk) = self.chunks.last_mut() {
            want(&self.pages, chunk, AHEAD..2 * AHEAD);
        }
    }

    /// Begins the next chunk.
    fn begin(&mut self) {
        let mut chunk = Vec::with_capacity(CHUNK);
        want(&self.pages, &mut chunk, 0..2 * AHEAD);
        self.chunks.push(chunk);
    }

    /// The one in a place.
    #[inline]
    pub fn get(&self, place: usize) -> Option<&T> {
        self.chunks.get(place / CHUNK)?.get(place % CHUNK)
    }

    /// The one in a place, to be changed.
    #[inline]
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.chunks.get_mut(place / CHUNK)?.get_mut(place % CHUNK)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flatten()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }
}

/// Has pages got for things that will be added, counted from the next one.
fn want<T>(pages: &Option<PagesAhead>, chunk: &mut Vec<T>, things: Range<usize>) {
    if let Some(pages) = pages
        && let Some(room) = chunk.spare_capacity_mut().get_mut(things)
    {
        pages.want(room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_all_chunks() {
        let mut chunks = Chunks::default();
        assert_eq!((chunks.count(), chunks.get(0)), (0, None));
        (0..CHUNK * 3).for_each(|number| chunks.push(number));
        assert_eq!(chunks.count(), CHUNK * 3);
        assert!((0..CHUNK * 3).all(|place| chunks.get(place) == Some(&place)));
        assert_eq!((chunks.get(CHUNK * 3), chunks.iter().max()), (None, Some(&(CHUNK * 3 - 1))));
    }
}
