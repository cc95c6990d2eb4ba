//! Standard output: text is held back and goes out in large writes.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};

use crate::error::Error;

/// Text that is held back at most, in octets: large writes are what makes output cheap.
const HELD_BACK: usize = 64 * 1024;

/// Where lines go.
pub struct Output {
    file: File,
    /// Each packet is written out at once (`-l`, `-U`).
    unbuffered: bool,
}

impl Output {
    /// Standard output.
    pub fn stdout(unbuffered: bool) -> Result<Output, Error> {
        // The standard library's handle would look for line ends in every write.
        let file = File::from(io::stdout().as_fd().try_clone_to_owned().map_err(Error::Output)?);
        Ok(Output { file, unbuffered })
    }

    /// Makes room for what may be held back.
    pub fn reserve(held_back: &mut Vec<u8>) {
        held_back.reserve(2 * HELD_BACK);
    }

    /// Writes out what is held back if it is time to.
    #[inline]
    pub fn offer(&mut self, held_back: &mut Vec<u8>) -> Result<(), Error> {
        if held_back.len() >= HELD_BACK || self.unbuffered { self.flush(held_back) } else { Ok(()) }
    }

    /// Writes out what is held back.
    pub fn flush(&mut self, held_back: &mut Vec<u8>) -> Result<(), Error> {
        let written = self.file.write_all(held_back);
        held_back.clear();
        written.map_err(Error::Output)
    }

    /// The file.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}
