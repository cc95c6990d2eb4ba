//! Puts fragments of IP together (RFC 791 section 3.2, RFC 8200 section 4.5), within bounds.

use crate::dissect::cursor::Cursor;

/// Datagrams of which fragments are kept at the same time; the one begun first makes room. A datagram has at
/// most 64 KiB, so all together take at most 8 MiB.
const DATAGRAMS_MAX: usize = 128;
/// The longest datagram, in octets.
const LENGTH_MAX: u32 = 65_535;
/// Runs of octets of one datagram that may lie apart: more are no accident but an attack.
const RUNS_MAX: usize = 64;

/// Addresses, identification and protocol: what fragments of one datagram have in common.
pub type Key = ([u8; 16], [u8; 16], u32, u8);

/// A fragment, captured in full.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'f> {
    /// Whose it is.
    pub key: Key,
    /// Where its octets belong.
    pub offset: u32,
    /// No octets follow behind these.
    pub is_last: bool,
    /// Its octets.
    pub data: Cursor<'f>,
}

/// A datagram that is not complete yet.
#[derive(Debug)]
struct Datagram {
    key: Key,
    octets: Vec<u8>,
    /// What is there: beginnings and ends of runs, in order, none touching the next.
    runs: Vec<(u32, u32)>,
    /// Its length, known from the last fragment.
    length: Option<u32>,
}

/// The datagrams that are not complete yet, the one begun first in front.
#[derive(Debug, Default)]
pub struct Fragments {
    datagrams: Vec<Datagram>,
}

impl Fragments {
    /// Takes a fragment; returns the datagram that it completes.
    pub fn add(&mut self, piece: &Piece) -> Option<Vec<u8>> {
        let end = piece.offset.checked_add(piece.data.length()).filter(|&end| end <= LENGTH_MAX)?;
        let index = self.datagrams.iter().position(|datagram| datagram.key == piece.key);
        let index = index.unwrap_or_else(|| self.begin(piece.key));
        let datagram = self.datagrams.get_mut(index)?;
        datagram.put(piece.offset, end, piece.data.captured());
        if piece.is_last {
            datagram.length = Some(end);
        }
        if let Some(length) = datagram.complete_length() {
            let mut octets = self.datagrams.remove(index).octets;
            octets.truncate(length as usize);
            return Some(octets);
        }
        if datagram.runs.len() > RUNS_MAX {
            self.datagrams.remove(index);
        }
        None
    }

    /// Makes room for a datagram; returns its index.
    fn begin(&mut self, key: Key) -> usize {
        if self.datagrams.len() == DATAGRAMS_MAX {
            self.datagrams.remove(0);
        }
        self.datagrams.push(Datagram { key, octets: Vec::new(), runs: Vec::new(), length: None });
        self.datagrams.len() - 1
    }
}

impl Datagram {
    fn put(&mut self, start: u32, end: u32, octets: &[u8]) {
        if self.octets.len() < end as usize {
            self.octets.resize(end as usize, 0);
        }
        let place = self.octets.get_mut(start as usize..end as usize);
        if let (Some(place), Some(octets)) = (place, octets.get(..(end - start) as usize)) {
            place.copy_from_slice(octets);
            self.note(start, end);
        }
    }

    /// Notes a run, joined with those that it touches.
    fn note(&mut self, mut start: u32, mut end: u32) {
        self.runs.retain(|&(from, to)| {
            let touches = from <= end && start <= to;
            if touches {
                (start, end) = (start.min(from), end.max(to));
            }
            !touches
        });
        let place = self.runs.partition_point(|&(from, _)| from < start);
        self.runs.insert(place, (start, end));
    }

    fn complete_length(&self) -> Option<u32> {
        self.length.filter(|length| matches!(self.runs.as_slice(), [(0, end)] if end >= length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(fragments: &mut Fragments, id: u32, offset: u32, is_last: bool, octets: &[u8]) -> Option<Vec<u8>> {
        let key = ([1; 16], [2; 16], id, 6);
        fragments.add(&Piece { key, offset, is_last, data: Cursor::new(octets, octets.len() as u32) })
    }

    #[test]
    fn fragments_in_any_order_make_the_datagram() {
        let mut fragments = Fragments::default();
        assert_eq!(add(&mut fragments, 7, 16, true, b"end"), None);
        assert_eq!(add(&mut fragments, 8, 0, false, b"othersid"), None);
        assert_eq!(add(&mut fragments, 7, 0, false, b"abcdefgh"), None);
        assert_eq!(add(&mut fragments, 7, 8, false, b"ijklmnop").as_deref(), Some(&b"abcdefghijklmnopend"[..]));
        assert_eq!(fragments.datagrams.len(), 1);
    }

    #[test]
    fn a_flood_of_fragments_does_not_grow_the_memory() {
        let mut fragments = Fragments::default();
        for id in 0..100_000 {
            add(&mut fragments, id, 8, false, b"12345678");
        }
        assert_eq!(fragments.datagrams.len(), DATAGRAMS_MAX);
        // Every second piece of one datagram: its runs never touch.
        for piece in 0..1000 {
            add(&mut fragments, 1, piece * 16, false, b"12345678");
        }
        assert!(fragments.datagrams.iter().all(|datagram| datagram.runs.len() <= RUNS_MAX));
        assert_eq!(add(&mut fragments, 2, LENGTH_MAX - 2, true, b"beyond"), None);
    }
}
