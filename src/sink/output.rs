//! Standard output: text is held back and goes out in large writes, beside the making of more text if there is
//! a processor for it.
//!
//! Who makes the text hands it over, or, where writing takes longer than making, hands over the making: see
//! `session::turns`.

use std::fs::File;
use std::io::{self, Write};
use std::mem;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Mutex, PoisonError};

use super::aside::Aside;
use crate::error::Error;

/// Text that is held back at first, in octets: who waits for the first lines is not to wait for more.
const HELD_BACK_FIRST: usize = 4 * 1024;

/// Text that is held back at most: large writes are what makes output cheap.
const HELD_BACK: usize = 64 * 1024;

/// The same where another thread writes it: waking that thread costs some microseconds.
const HELD_BACK_BESIDE: usize = 256 * 1024;

/// How many pieces may wait to be written: when the reader is slower than we are, so are we.
const QUEUE: usize = 2;

/// How lines go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Each packet at once (`-l`, `-U`).
    Unbuffered,
    /// In large pieces.
    Held,
    /// In large pieces that are written beside the making of more text. Writing a piece to a file in memory takes the
    /// kernel half as long as making its text took us.
    Beside,
    /// In large pieces, each of which is left to whoever runs the loop, from the first full one on.
    InTurns,
}

/// Where lines go.
pub struct Output {
    file: File,
    pen: Arc<Mutex<Pen>>,
    pace: Pace,
    /// How much text is held back now, and at most, in octets.
    held_back: usize,
    held_back_max: usize,
    /// The thread that writes, once there was enough for it.
    beside: Option<Aside<Vec<u8>, Written>>,
    /// Emptied pieces.
    spare: Vec<Vec<u8>>,
}

/// Standard output for several threads: the one that has the pen is the next that writes.
pub struct Pen {
    file: File,
    /// What somebody could not write who had nobody to tell.
    failure: Option<io::Error>,
}

/// A piece that was to be written, and whether it was.
struct Written(Vec<u8>, io::Result<()>);

impl Output {
    /// Standard output.
    pub fn stdout(pace: Pace) -> Result<Output, Error> {
        // The standard library's handle would look for line ends in every write.
        let file = File::from(io::stdout().as_fd().try_clone_to_owned().map_err(Error::Output)?);
        let held_back_max = match pace {
            Pace::Unbuffered => 0,
            Pace::Held => HELD_BACK,
            Pace::Beside | Pace::InTurns => HELD_BACK_BESIDE,
        };
        let held_back = HELD_BACK_FIRST.min(held_back_max);
        let pen = Pen { file: file.try_clone().map_err(Error::Output)?, failure: None };
        let pen = Arc::new(Mutex::new(pen));
        Ok(Output { file, pen, pace, held_back, held_back_max, beside: None, spare: Vec::new() })
    }

    /// Makes room for what may be held back.
    pub fn reserve(&self, held_back: &mut Vec<u8>) {
        held_back.reserve(2 * self.held_back_max);
    }

    /// Writes out what is held back if it is time to.
    #[inline]
    pub fn offer(&mut self, held_back: &mut Vec<u8>) -> Result<(), Error> {
        if held_back.len() >= self.held_back { self.put(held_back) } else { Ok(()) }
    }

    /// Writes out what is held back, and all before it.
    pub fn flush(&mut self, held_back: &mut Vec<u8>) -> Result<(), Error> {
        if let Some(beside) = &mut self.beside {
            while let Some(Written(piece, outcome)) = beside.wait().map_err(Error::Output)? {
                self.spare.push(piece);
                outcome.map_err(Error::Output)?;
            }
        }
        self.write(held_back)
    }

    /// Whether other threads write.
    pub fn is_written_beside(&self) -> bool {
        self.pace == Pace::Beside
    }

    /// Whether a piece is due that is left to whoever runs the loop.
    #[inline]
    pub fn leaves_piece(&self, held_back: &[u8]) -> bool {
        self.pace == Pace::InTurns && held_back.len() >= HELD_BACK_BESIDE
    }

    fn put(&mut self, held_back: &mut Vec<u8>) -> Result<(), Error> {
        if self.leaves_piece(held_back) {
            return Ok(());
        }
        if self.pace != Pace::Beside || self.held_back < HELD_BACK {
            self.held_back = (2 * self.held_back).min(self.held_back_max);
            return self.write(held_back);
        }
        self.held_back = self.held_back_max;
        if self.beside.is_none() {
            self.beside = start(&self.file).ok();
        }
        let Some(beside) = &mut self.beside else {
            // Where there can be no more threads, it goes on without.
            self.pace = Pace::Held;
            return self.write(held_back);
        };
        let mut empty = self.spare.pop().unwrap_or_default();
        empty.clear();
        empty.reserve(2 * self.held_back_max);
        beside.put(mem::replace(held_back, empty)).map_err(Error::Output)?;
        while let Some(Written(piece, outcome)) = beside.take().map_err(Error::Output)? {
            self.spare.push(piece);
            outcome.map_err(Error::Output)?;
        }
        Ok(())
    }

    fn write(&mut self, held_back: &mut Vec<u8>) -> Result<(), Error> {
        let written = self.pen.lock().unwrap_or_else(PoisonError::into_inner).write(held_back);
        held_back.clear();
        written.map_err(Error::Output)
    }

    /// The file.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }

    /// What other threads write with.
    pub fn pen(&self) -> Arc<Mutex<Pen>> {
        Arc::clone(&self.pen)
    }
}

impl Pen {
    /// Writes text, if all before it was written.
    fn write(&mut self, text: &[u8]) -> io::Result<()> {
        self.failure.take().map_or_else(|| self.file.write_all(text), Err)
    }

    /// Writes text for somebody who does not wait. Whoever writes next is told what failed.
    pub fn write_on(&mut self, text: &[u8]) {
        self.failure = self.write(text).err();
    }

    /// Whether something could not be written.
    pub fn has_failed(&self) -> bool {
        self.failure.is_some()
    }
}

/// Starts a thread that writes.
fn start(file: &File) -> io::Result<Aside<Vec<u8>, Written>> {
    let mut file = file.try_clone()?;
    let mut has_failed = false;
    Aside::start("output", QUEUE, move |piece: Vec<u8>| {
        // Behind what could not be written there is nothing to add.
        let outcome = if has_failed { Ok(()) } else { file.write_all(&piece) };
        has_failed |= outcome.is_err();
        Written(piece, outcome)
    })
}
