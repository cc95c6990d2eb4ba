//! The files of `-w`: one, or one after the other.
//!
//! [`names`] says what a file is called, [`clock`] when `-G` wants a new one, and [`command`] runs what
//! the user wants done with a file that is left behind.

mod clock;
mod command;
mod names;

use std::ffi::OsString;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use super::Full;
use super::savefile::{Description, Savefile};
use crate::error::Error;
use crate::source::Frame;
use clock::Clock;
use command::Commands;
use names::Names;

/// When a new file is wanted, and what happens to the one before.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// When the file is larger than this, in octets (`-C`).
    pub size: Option<u64>,
    /// When so many seconds are over (`-G`).
    pub period: Option<i64>,
    /// How many files there are (`-W`): with `size`, then the first one is overwritten; with `period`,
    /// the run ends then; with both, it sets only how the files are numbered.
    pub files: Option<u64>,
    /// What is run on each file that is left behind (`-z`).
    pub command: Option<OsString>,
}

impl Rules {
    /// Whether there may be a second file.
    pub fn rotates(&self) -> bool {
        self.size.is_some() || self.period.is_some()
    }
}

/// The savefiles of a run.
pub struct Savefiles {
    current: Savefile,
    path: PathBuf,
    names: Names,
    clock: Option<Clock>,
    commands: Option<Commands>,
    /// A file that is larger than this is left behind, in octets.
    size_limit: u64,
    /// The run ends when so many files were left behind by the clock.
    file_limit: Option<u64>,
    files_left: u64,
    /// The run ends when all files together have this size, in octets.
    total_limit: u64,
    /// The size of the files that were left behind, in octets.
    size_left: u64,
}

impl Savefiles {
    /// Creates the first file.
    pub fn create(
        path: &Path,
        description: &Description,
        unbuffered: bool,
        rules: &Rules,
        total_limit: Option<u64>,
    ) -> Result<Savefiles, Error> {
        let now = clock::seconds(SystemTime::now());
        let mut names = Names::new(path, rules, now)?;
        let path = names.next();
        Ok(Savefiles {
            current: Savefile::create(&path, description, unbuffered)?,
            path,
            names,
            clock: rules.period.map(|period| Clock::new(period, now)),
            commands: rules.command.as_deref().map(Commands::new),
            size_limit: rules.size.unwrap_or(u64::MAX),
            file_limit: rules.files.filter(|_| rules.size.is_none()),
            files_left: 0,
            total_limit: total_limit.unwrap_or(u64::MAX),
            size_left: 0,
        })
    }

    /// Writes a frame as it was captured, into a new file if the present one is too large.
    #[inline]
    pub fn frame(&mut self, frame: &Frame) -> Result<ControlFlow<Full>, Error> {
        if self.current.size() > self.size_limit {
            self.rotate().map_err(Error::with_packet_at_hand)?;
        }
        self.current.frame(frame)?;
        if self.size_left.saturating_add(self.current.size()) >= self.total_limit {
            return Ok(ControlFlow::Break(Full::Size));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Begins a new file if it is time for one.
    pub fn tick(&mut self) -> Result<ControlFlow<Full>, Error> {
        let now = clock::seconds(SystemTime::now());
        let Some(began) = self.clock.as_mut().and_then(|clock| clock.advance(now)) else {
            return Ok(ControlFlow::Continue(()));
        };
        self.files_left = self.files_left.saturating_add(1);
        if let Some(limit) = self.file_limit.filter(|&limit| self.files_left >= limit) {
            self.leave()?;
            return Ok(ControlFlow::Break(Full::Files(limit)));
        }
        self.names.set_time(began)?;
        self.rotate()?;
        Ok(ControlFlow::Continue(()))
    }

    /// When [`Savefiles::tick`] is to be called.
    pub fn next_tick(&self) -> Option<Instant> {
        self.clock.as_ref()?.next(SystemTime::now())
    }

    /// The present file, if it is one that was created here.
    pub fn created_file(&self) -> Option<&File> {
        self.current.created_file()
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.current.flush()
    }

    #[cold]
    fn rotate(&mut self) -> Result<(), Error> {
        self.leave()?;
        self.path = self.names.next();
        self.current.open(&self.path)
    }

    /// Closes the present file and runs the command on it.
    fn leave(&mut self) -> Result<(), Error> {
        self.current.close()?;
        self.size_left = self.size_left.saturating_add(self.current.size());
        if let Some(commands) = &self.commands {
            commands.run(&self.path);
        }
        Ok(())
    }
}
