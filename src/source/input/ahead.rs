//! Reads a file's next pieces beside the dissectors.
//!
//! The kernel takes about as long to copy a packet out of its cache as we take to print half of it. A thread reads
//! one piece after the other; whoever wants a piece that is not there yet reads the one behind it meanwhile, so
//! that two processors copy where little else is to be done. Only whole pieces come from here: the end of the
//! file, and what cannot be read, are left to whoever reads without us.

use std::fs::File;
use std::io;
use std::mem;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::PIECE;

/// Room in front of each piece for what is left of the one before, in octets: less than one of the longest frames that
/// Ethernet's like can have, with its record's header.
pub const ROOM: usize = 264 * 1024;

/// How many pieces the thread may have read that are not asked for yet.
const PIECES: usize = 6;

/// How many buffers are emptied before the thread gets them back: waking it takes microseconds.
const BATCH: usize = 3;

/// How many pieces behind one that the thread has not finished are read meanwhile, before it is waited for: it may have to
/// wait for a processor.
const BEYOND: u64 = 4;

/// The thread, as the one that takes pieces sees it.
#[derive(Debug)]
pub struct Ahead {
    place: Arc<Place>,
    /// Buffers for the thread to fill.
    empty: Sender<Vec<u8>>,
    filled: Receiver<Piece>,
    /// The number of the piece that is wanted next.
    wanted: u64,
    /// Pieces that are there before their turn.
    waiting: Vec<Piece>,
    /// Emptied buffers. There are never more than pieces that wait, and a few.
    spare: Vec<Vec<u8>>,
    /// How many buffers the thread gets back once they are a batch.
    owed: usize,
}

/// Where pieces are, and which have been begun.
#[derive(Debug)]
struct Place {
    file: File,
    /// Where the first piece begins in the file, in octets.
    start: u64,
    /// The number of the first piece that nobody has begun to read.
    next: AtomicU64,
}

#[derive(Debug)]
struct Piece {
    number: u64,
    /// The piece behind [`ROOM`]; `None` where the file has no whole piece, or it cannot be read.
    octets: Option<Vec<u8>>,
    is_from_thread: bool,
}

impl Ahead {
    /// Starts to read at `start`.
    pub fn start(file: &File, start: u64) -> io::Result<Ahead> {
        let place = Arc::new(Place { file: file.try_clone()?, start, next: AtomicU64::new(0) });
        let (empty, to_fill) = channel();
        let (sender, filled) = channel();
        let read_from = Arc::clone(&place);
        let read = move || {
            while let Ok(buffer) = to_fill.recv() {
                let piece = read_from.read_next(buffer, true);
                let is_last = piece.octets.is_none();
                if sender.send(piece).is_err() || is_last {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("input".into()).spawn(read)?;
        (0..PIECES).for_each(|_| drop(empty.send(Vec::new())));
        Ok(Ahead { place, empty, filled, wanted: 0, waiting: Vec::new(), spare: Vec::new(), owed: 0 })
    }

    /// The next piece, behind [`ROOM`]. `None` where it has to be read without us, and all that follow too.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        let number = self.wanted;
        self.wanted += 1;
        loop {
            self.waiting.extend(self.filled.try_iter());
            if let Some(at) = self.waiting.iter().position(|piece| piece.number == number) {
                return self.hand_out(at);
            }
            let piece = if self.place.next.load(Ordering::Relaxed) <= number + BEYOND {
                let buffer = self.spare.pop().unwrap_or_default();
                self.place.read_next(buffer, false)
            } else {
                self.filled.recv().ok()?
            };
            self.waiting.push(piece);
        }
    }

    /// Hands out a piece that is there, and gives the thread another buffer for its own.
    fn hand_out(&mut self, at: usize) -> Option<Vec<u8>> {
        let piece = self.waiting.swap_remove(at);
        self.owed += usize::from(piece.is_from_thread);
        if self.owed == BATCH {
            // A thread that has ended needs none.
            (0..mem::take(&mut self.owed)).for_each(|_| drop(self.empty.send(self.spare.pop().unwrap_or_default())));
        }
        piece.octets
    }

    /// Takes a buffer back, to fill it again.
    pub fn give_back(&mut self, buffer: Vec<u8>) {
        self.spare.push(buffer);
    }
}

impl Place {
    /// Reads the first piece that nobody has begun to read.
    fn read_next(&self, mut buffer: Vec<u8>, is_from_thread: bool) -> Piece {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if buffer.len() != ROOM + PIECE {
            // Memory that is not touched is not used.
            buffer = vec![0; ROOM + PIECE];
        }
        let offset = self.start + number * PIECE as u64;
        let read = self.file.read_exact_at(buffer.get_mut(ROOM..).unwrap_or_default(), offset);
        Piece { number, octets: read.is_ok().then_some(buffer), is_from_thread }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::file_of;

    #[test]
    fn whole_pieces_come_in_order_and_no_others() {
        let octets: Vec<u8> = (0..9 * PIECE + 1000).map(|at| (at / 1000) as u8).collect();
        let mut ahead = Ahead::start(&file_of(&octets), 500).unwrap();
        for number in 0..9 {
            let piece = ahead.next().unwrap();
            let start = 500 + number * PIECE;
            assert!(piece[ROOM..] == octets[start..start + PIECE], "piece {number}");
            ahead.give_back(piece);
        }
        assert!(ahead.next().is_none() && ahead.next().is_none(), "500 octets make no piece");
    }
}
