//! Writing a savefile: pcap or pcapng, perhaps compressed, as a [`mod@format`] says.
//!
//! libpcap's own writer reports no failed write, so this one does the few octets itself: a [`writer`] makes
//! whole records of frames, as [`pcap`] or [`pcapng`] has them, and an [`outlet`] gets them into the file.

mod encoder;
mod form;
pub mod format;
mod outlet;
mod pcap;
mod pcapng;
mod worker;
mod writer;

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::path::Path;
use std::time::{Duration, Instant};

use super::output::Pace;
use crate::error::Error;
use crate::source::Frame;
use form::{Batch, Form};
use outlet::{Failure, Outlet, STREAM_MAX};
pub use pcapng::Statistics;
pub use writer::Description;
use writer::Writer;

/// Records that are held back at most, in octets.
const HELD_BACK: usize = 256 * 1024;
/// Records that are held back at least before they are compressed, in octets, however small files are to be.
const HELD_BACK_MIN: usize = 4 * 1024;

/// How long packets may wait to be compressed together while no others come.
const PATIENCE: Duration = Duration::from_secs(1);

/// How savefiles are filled.
#[derive(Clone, Copy, Debug)]
pub struct Filling {
    /// How frames go out.
    pub pace: Pace,
    /// The file is not to be much larger than this, in octets.
    pub size_limit: u64,
}

/// A savefile that is being written, or several, one after the other.
pub struct Savefile {
    name: String,
    writer: Writer,
    outlet: Outlet,
    unbuffered: bool,
    /// What was not handed over to the outlet yet.
    batch: Batch,
    /// How large a batch becomes, in octets.
    batch_max: usize,
    /// Since when packets wait for others to be compressed with.
    waiting_since: Option<Instant>,
}

impl Savefile {
    /// Creates the file; `-` is standard output.
    pub fn create(path: &Path, description: &Description, filling: Filling) -> Result<Savefile, Error> {
        let name = path.display().to_string();
        let failed = |reason| Error::Savefile { file: name.clone(), reason, frames_lost: 0 };
        let encoder = description.format.encoder().map_err(failed)?;
        let mut batch_max = HELD_BACK;
        if encoder.is_some() {
            // What a batch becomes is known only when it is compressed: a small file has small ones.
            let share = usize::try_from(filling.size_limit / 4).unwrap_or(STREAM_MAX);
            batch_max = share.clamp(HELD_BACK_MIN, STREAM_MAX);
        }
        let writer = Writer::new(description);
        // Compression takes longer than a capture can wait.
        let aside = filling.pace == Pace::Beside || filling.pace == Pace::Held && encoder.is_some();
        let form = encoder.map_or(Form::Plain(writer.measure()), |encoder| Form::Compressed(Box::new(encoder)));
        let mut savefile = Savefile {
            outlet: Outlet::new(form, aside).map_err(failed)?,
            writer,
            name: String::new(),
            unbuffered: filling.pace == Pace::Unbuffered,
            batch: Batch { octets: Vec::with_capacity(2 * batch_max), packets: 0 },
            batch_max,
            waiting_since: None,
        };
        savefile.open(path)?;
        Ok(savefile)
    }

    /// Goes on in this file; the one before has to be closed.
    pub fn open(&mut self, path: &Path) -> Result<(), Error> {
        self.name = path.display().to_string();
        let opened = if path == Path::new("-") {
            io::stdout().as_fd().try_clone_to_owned().map(File::from)
        } else {
            File::create(path)
        };
        let file = opened.map_err(|reason| self.error(Failure { reason, packets_lost: 0 }))?;
        self.outlet.open(file);
        self.writer.begin(&mut self.batch.octets);
        self.flush()
    }

    /// Closes the file, with every frame in it, and if its format has room for them with the counts of the
    /// interfaces. One that is closed already, or could not be written, stays so.
    pub fn close(&mut self, statistics: &Statistics) -> Result<(), Error> {
        if self.outlet.file().is_none() {
            return Ok(());
        }
        let ended = self.writer.end(statistics, &mut self.batch.octets);
        ended.map_err(|text| self.error(told(text)))?;
        self.flush()?;
        self.outlet.close().map_err(|failure| self.error(failure))
    }

    /// The size of a file that was closed, in octets.
    pub fn size(&self) -> u64 {
        self.outlet.written()
    }

    /// Whether the file is larger than this, in octets. A compressed one's size counts as it is on the
    /// disk, without what waits to be compressed together.
    #[inline]
    pub fn exceeds(&mut self, limit: u64) -> Result<bool, Error> {
        let waiting = if self.outlet.compresses() { 0 } else { self.batch.octets.len() as u64 };
        match limit.checked_sub(waiting) {
            Some(rest) => self.outlet.exceeds(rest).map_err(|failure| self.error(failure)),
            None => Ok(true),
        }
    }

    /// Whether the file has room for the counts of interfaces.
    pub fn holds_statistics(&self) -> bool {
        self.writer.holds_statistics()
    }

    /// The file, if it is one that was created here.
    pub fn created_file(&self) -> Option<&File> {
        self.outlet.file().filter(|_| self.name != "-")
    }

    /// Writes a frame as it was captured.
    #[inline]
    pub fn frame(&mut self, frame: &Frame) -> Result<(), Error> {
        let written = self.writer.frame(frame, &mut self.batch.octets);
        written.map_err(|text| self.error(told(text)))?;
        self.batch.packets += 1;
        if self.batch.octets.len() >= self.batch_max || self.unbuffered { self.put() } else { Ok(()) }
    }

    /// There are no frames for the moment: what is held back goes out. Where it is to be compressed, it
    /// waits a little for others.
    pub fn rest(&mut self) -> Result<(), Error> {
        if !self.outlet.compresses() {
            return self.flush();
        }
        if self.batch.octets.is_empty() && self.outlet.is_settled() {
            self.waiting_since = None;
            return Ok(());
        }
        let since = *self.waiting_since.get_or_insert_with(Instant::now);
        if since.elapsed() >= PATIENCE { self.flush() } else { Ok(()) }
    }

    /// When [`Savefile::rest`] is to be called again.
    pub fn next_rest(&self) -> Option<Instant> {
        self.waiting_since?.checked_add(PATIENCE)
    }

    /// Writes out what is held back: it can be read then.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.waiting_since = None;
        self.put()?;
        self.outlet.settle().map_err(|failure| self.error(failure))
    }

    #[inline]
    fn put(&mut self) -> Result<(), Error> {
        if self.batch.octets.is_empty() {
            return Ok(());
        }
        self.outlet.put(&mut self.batch).map_err(|failure| self.error(failure))
    }

    /// The failure with the file's name, and with what is lost besides.
    #[cold]
    fn error(&mut self, failure: Failure) -> Error {
        let lost_here = if self.outlet.file().is_none() { std::mem::take(&mut self.batch).packets } else { 0 };
        let frames_lost = failure.packets_lost + lost_here;
        Error::Savefile { file: self.name.clone(), reason: failure.reason, frames_lost }
    }
}

/// What the format does not allow.
fn told(text: String) -> Failure {
    Failure { reason: io::Error::other(text), packets_lost: 0 }
}

#[cfg(test)]
mod tests;
