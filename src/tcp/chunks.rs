//! A vector that never moves what is in it: growing copies nothing, and needs no room for two copies.

use crate::os::memory;

/// Things that have one piece of memory: of connections, eight megabytes, which are taken as they are used.
const CHUNK: usize = 16_384;

/// Octets that have small pages, before large ones are asked for: see [`memory::prefer_large_pages`].
const SMALL_PAGES_MAX: usize = 64 << 20;

/// Things by their places, which are numbers from 0.
#[derive(Debug)]
pub struct Chunks<T>(Vec<Vec<T>>);

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks(Vec::new())
    }
}

impl<T> Chunks<T> {
    /// Adds the next one.
    pub fn push(&mut self, thing: T) {
        match self.0.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => chunk.push(thing),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                if self.0.len() * CHUNK * size_of::<T>() >= SMALL_PAGES_MAX {
                    memory::prefer_large_pages(chunk.spare_capacity_mut());
                }
                chunk.push(thing);
                self.0.push(chunk);
            }
        }
    }

    /// The one in a place.
    #[inline]
    pub fn get(&self, place: usize) -> Option<&T> {
        self.0.get(place / CHUNK)?.get(place % CHUNK)
    }

    /// The one in a place, to be changed.
    #[inline]
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.0.get_mut(place / CHUNK)?.get_mut(place % CHUNK)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.last().map_or(0, |last| (self.0.len() - 1) * CHUNK + last.len())
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
