//! Where the text of a long file is made behind the analysis: another thread prints the frames of one piece while the next
//! one's are looked at.
//!
//! It pays where connections are many and frames are small: then to follow them takes longer than to read the file and to
//! write the text, which is what the second processor does otherwise.

use super::Session;
use crate::error::Error;

/// How many pieces are looked at to know how small frames are.
const PIECES: u64 = 4;

/// Frames of a piece from which on its text is made behind: they have 256 octets then, with their records' headers. Where they
/// have 140, it is quicker so; where they have 500, it is not.
const MANY: u64 = 1024;

/// Frames of a piece below which it is not made behind any longer: to change takes as long as to print some of them.
const FEW: u64 = MANY / 2;

/// How many connections are many: they need more memory than there is in the caches near to a processor.
const CONNECTIONS_MANY: u64 = 8_192;

/// What is known of the pieces so far.
#[derive(Debug, Default)]
pub struct Pieces {
    /// How many were gone through since the last look.
    count: u64,
    /// The frames that had been read at the last look.
    frames: u64,
    /// They have many frames.
    are_dense: bool,
}

impl Pieces {
    /// One more was gone through; so many frames have been read.
    fn note(&mut self, frames: u64) {
        self.count += 1;
        if self.count == PIECES {
            let each = (frames - self.frames) / PIECES;
            self.are_dense = each >= if self.are_dense { FEW } else { MANY };
            (self.count, self.frames) = (0, frames);
        }
    }
}

impl Session {
    /// Goes on in a file's next piece. Whether there is one; where there is none, all frames that were handed on are printed.
    pub(super) fn turn_page(&mut self) -> Result<bool, Error> {
        if !self.sinks.may_print_behind() {
            return Ok(false);
        }
        let pays = self.pieces.are_dense && self.sinks.connections() >= CONNECTIONS_MANY;
        if !pays {
            self.catch_up()?;
        }
        let Some(piece) = self.source.next_piece() else {
            self.catch_up()?;
            return Ok(false);
        };
        self.pieces.note(self.frames);
        if !pays || !self.sinks.lend_text()? {
            self.source.give_back(piece);
            return Ok(true);
        }
        self.sinks.print_behind(piece)?;
        while let Some(piece) = self.sinks.take_piece()? {
            self.source.give_back(piece);
        }
        Ok(true)
    }

    /// Prints all frames that were handed on.
    pub(super) fn catch_up(&mut self) -> Result<(), Error> {
        self.sinks.catch_up(&mut self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_frames_are_printed_behind_and_a_few_large_ones_change_nothing() {
        let (mut pieces, mut frames) = (Pieces::default(), 0);
        let mut after = |count: u64, each: u64| {
            for _ in 0..count {
                frames += each;
                pieces.note(frames);
            }
            pieces.are_dense
        };
        assert!(!after(PIECES - 1, 2 * MANY));
        assert!(after(1, 2 * MANY));
        assert!(after(PIECES, FEW));
        assert!(!after(PIECES, FEW - 1));
        assert!(!after(PIECES, MANY - 1));
        assert!(after(PIECES, MANY));
    }
}
