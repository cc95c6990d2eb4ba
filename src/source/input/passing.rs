//! Passes over records that nobody looks at, with the processors there are.
//!
//! All there is to it is the kernel's copy of the file. Each thread copies one piece after the other, and goes over the
//! records of its own pieces, which its own processor still has in its caches: in turn, because only the piece
//! before tells where the first record of a piece begins.

use std::collections::VecDeque;
use std::fs::File;
use std::hint;
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use super::PIECE;
use crate::os::system;

/// How long pieces are begun at a time: in between, signals are heeded. To start a thread and to get memory for it takes as
/// long as some pieces.
const STRETCH: Duration = Duration::from_millis(100);

/// More threads than these only wait for memory.
const THREADS_MAX: usize = 4;

/// Pieces that a thread may have copied and that wait for their turn: a processor that is faster than the other does more of them.
const HELD: usize = 2;

/// How long a thread waits for its turn awake: about as long as it takes to fall asleep and be woken.
const AWAKE: Duration = Duration::from_micros(30);

/// What was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Records, all of them whole.
    pub records: u64,
    /// Their octets.
    pub octets: u64,
}

/// Passes over the records from `start` on, up to `most` of them, for a tenth of a second. `length_of` tells the length of a
/// record by the `N` octets of its header, these included; where it tells none, the record is left, as is one that the file
/// does not hold whole.
pub fn pass_over<const N: usize>(
    file: &File,
    start: u64,
    most: u64,
    length_of: &(impl Fn([u8; N]) -> Option<usize> + Sync),
) -> Passed {
    pass_over_for(STRETCH, file, start, most, length_of)
}

/// The same in so much time, but at least one piece.
fn pass_over_for<const N: usize>(
    stretch: Duration,
    file: &File,
    start: u64,
    most: u64,
    length_of: &(impl Fn([u8; N]) -> Option<usize> + Sync),
) -> Passed {
    let end = file.metadata().map_or(start, |metadata| metadata.len());
    let turn = Mutex::new(Turn { piece: 0, next: start, records: 0, asleep: 0, is_over: false });
    let stretch = Stretch {
        file,
        start,
        end,
        most,
        length_of,
        until: Instant::now() + stretch,
        begun: AtomicU64::new(0),
        turn,
        soon: AtomicU64::new(0),
        taken: Condvar::new(),
    };
    thread::scope(|scope| {
        for _ in 1..system::processors().min(THREADS_MAX) {
            // Where there can be no more threads, it is done with those there are.
            let _ = Builder::new().name("count".into()).spawn_scoped(scope, || stretch.work());
        }
        stretch.work();
    });
    let turn = stretch.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    Passed { records: turn.records, octets: turn.next - start }
}

/// A piece that was copied.
struct Piece {
    number: u64,
    /// Where it begins in the file, in octets.
    start: u64,
    /// With the rest of a header that begins in it.
    octets: Vec<u8>,
}

/// How far the records were gone over.
struct Turn {
    /// The piece that is next, from 0.
    piece: u64,
    /// Where in the file the next record begins.
    next: u64,
    records: u64,
    /// Threads that sleep until their piece has its turn.
    asleep: usize,
    /// There is a record that is not passed over.
    is_over: bool,
}

struct Stretch<'s, const N: usize, F> {
    file: &'s File,
    start: u64,
    end: u64,
    most: u64,
    length_of: &'s F,
    /// When no more pieces are begun.
    until: Instant,
    /// Pieces that some thread has begun to copy.
    begun: AtomicU64,
    turn: Mutex<Turn>,
    /// The piece that is next, for those who wait awake: a mutex would have them in each other's way.
    soon: AtomicU64,
    /// The next piece has its turn.
    taken: Condvar,
}

impl<const N: usize, F: Fn([u8; N]) -> Option<usize> + Sync> Stretch<'_, N, F> {
    /// Copies piece by piece, and goes over those whose turn it is, until there are none left or somebody is at the end.
    fn work(&self) {
        let (mut held, mut spare) = (VecDeque::with_capacity(HELD), Vec::with_capacity(HELD));
        loop {
            let copied = if held.len() < HELD { self.copy_next(spare.pop().unwrap_or_default()) } else { None };
            let mut has_to_wait = copied.is_none();
            held.extend(copied);
            if held.is_empty() {
                return;
            }
            while held.front().is_some_and(|first| has_to_wait || self.is_due(first))
                && let Some(piece) = held.pop_front()
            {
                if self.take_turn(&piece).is_break() {
                    return;
                }
                spare.push(piece.octets);
                has_to_wait = false;
            }
        }
    }

    fn is_due(&self, piece: &Piece) -> bool {
        self.soon.load(Ordering::Relaxed) == piece.number
    }

    /// Goes over a piece once it has its turn. Breaks where a record is left.
    fn take_turn(&self, piece: &Piece) -> ControlFlow<()> {
        self.wait_awake(piece);
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        while turn.piece != piece.number && !turn.is_over {
            turn.asleep += 1;
            turn = self.taken.wait(turn).unwrap_or_else(PoisonError::into_inner);
            turn.asleep -= 1;
        }
        if !turn.is_over {
            self.go_over(piece, &mut turn);
            turn.piece += 1;
            self.soon.store(turn.piece, Ordering::Relaxed);
        }
        let (is_over, asleep) = (turn.is_over, turn.asleep);
        drop(turn);
        // To wake somebody is a system call, even where nobody sleeps.
        if asleep > 0 {
            self.taken.notify_all();
        }
        if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Waits for a piece's turn for a while without sleeping: most often it is about to come.
    fn wait_awake(&self, piece: &Piece) {
        let start = Instant::now();
        while !self.is_due(piece) && start.elapsed() < AWAKE {
            hint::spin_loop();
        }
    }

    /// Copies the first piece that nobody has begun, as far as it can be read: whatever is wrong is found again by whoever
    /// reads on.
    fn copy_next(&self, mut octets: Vec<u8>) -> Option<Piece> {
        if self.begun.load(Ordering::Relaxed) > 0 && Instant::now() >= self.until {
            return None;
        }
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let (start, mut filled) = (self.start + number * PIECE as u64, 0);
        octets.resize(PIECE + N - 1, 0);
        while let Some(free) = octets.get_mut(filled..).filter(|free| !free.is_empty()) {
            match self.file.read_at(free, start + filled as u64) {
                Ok(read) if read > 0 => filled += read,
                _ => break,
            }
        }
        octets.truncate(filled);
        Some(Piece { number, start, octets })
    }

    /// Goes over the records whose headers begin in a piece.
    fn go_over(&self, piece: &Piece, turn: &mut Turn) {
        while turn.next < piece.start + PIECE as u64 {
            let header =
                piece.octets.get((turn.next - piece.start) as usize..).and_then(|rest| rest.first_chunk::<N>());
            let length = header.filter(|_| turn.records < self.most).and_then(|header| (self.length_of)(*header));
            let Some(next) = length.map(|length| turn.next + length as u64).filter(|&next| next <= self.end) else {
                turn.is_over = true;
                return;
            };
            turn.next = next;
            turn.records += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::file_of;

    const HEADER: usize = 16;
    /// Where the first record begins.
    const START: u64 = 5;

    /// A record's header begins with the length of the rest; a length of 999 is wrong.
    fn length_of(header: [u8; HEADER]) -> Option<usize> {
        let [a, b, c, d, ..] = header;
        let length = u32::from_ne_bytes([a, b, c, d]) as usize;
        (length != 999).then_some(HEADER + length)
    }

    fn octets_of(lengths: &[usize]) -> Vec<u8> {
        let mut octets = vec![7; START as usize];
        for &length in lengths {
            octets.extend((length as u32).to_ne_bytes());
            octets.resize(octets.len() + HEADER - 4 + length, 1);
        }
        octets
    }

    /// Passes over a file with records of these lengths, from which the last octets are cut; tells how many were passed over and
    /// checks that all their octets were.
    fn passed(lengths: &[usize], cut: usize, most: u64) -> usize {
        let mut octets = octets_of(lengths);
        octets.truncate(octets.len() - cut);
        let passed = pass_over(&file_of(&octets), START, most, &length_of);
        let count = passed.records as usize;
        assert_eq!(START + passed.octets, octets_of(&lengths[..count]).len() as u64);
        count
    }

    #[test]
    fn records_are_counted_wherever_pieces_begin() {
        // Headers lie across most places at which a piece begins, and one record is longer than two pieces.
        let mut lengths: Vec<usize> = (0..30_000).map(|number| number % 171).collect();
        lengths.insert(20_000, 2 * PIECE + 3);
        assert_eq!(passed(&lengths, 0, u64::MAX), 30_001);
        assert_eq!(passed(&lengths, 0, 25_000), 25_000);
        assert_eq!(passed(&lengths, 1, u64::MAX), 30_000, "a record that is cut");
        assert_eq!(passed(&lengths[..171], 170 + 1, u64::MAX), 170, "a header that is cut");
        lengths[15_000] = 999;
        assert_eq!(passed(&lengths, 0, u64::MAX), 15_000, "a header that is wrong");
    }

    #[test]
    fn a_long_file_takes_several_times() {
        let length = 20 * PIECE as u64 + 160;
        let file = file_of(&vec![0; length as usize]);
        let (mut at, mut times) = (0, 0);
        while at < length {
            let passed = pass_over_for(Duration::ZERO, &file, at, u64::MAX, &length_of);
            assert!(passed.octets > 0 && passed.records == passed.octets / HEADER as u64);
            (at, times) = (at + passed.octets, times + 1);
        }
        assert!(at == length && times > 2, "{at} octets in {times} times");
    }
}
