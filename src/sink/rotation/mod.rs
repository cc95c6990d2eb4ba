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
use super::output::Pace;
use super::savefile::{Description, Filling, Savefile, Statistics};
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
    /// The present file is that large.
    is_full: bool,
    /// The counts of the interfaces, as of late.
    statistics: Statistics,
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
        pace: Pace,
        rules: &Rules,
        total_limit: Option<u64>,
    ) -> Result<Savefiles, Error> {
        let now = clock::seconds(SystemTime::now());
        let mut names = Names::new(path, rules, now)?;
        let path = names.next();
        let size_limit = rules.size.unwrap_or(u64::MAX);
        let total_limit = total_limit.unwrap_or(u64::MAX);
        let filling = Filling { pace, size_limit: size_limit.min(total_limit) };
        Ok(Savefiles {
            current: Savefile::create(&path, description, filling)?,
            path,
            names,
            clock: rules.period.map(|period| Clock::new(period, now)),
            commands: rules.command.as_deref().map(Commands::new),
            size_limit,
            is_full: false,
            statistics: Statistics::new(),
            file_limit: rules.files.filter(|_| rules.size.is_none()),
            files_left: 0,
            total_limit,
            size_left: 0,
        })
    }

    /// Writes a frame as it was captured, into a new file if the present one is too large.
    #[inline]
    pub fn frame(&mut self, frame: &Frame) -> Result<ControlFlow<Full>, Error> {
        if self.is_full {
            self.rotate().map_err(Error::with_packet_at_hand)?;
        }
        self.current.frame(frame)?;
        self.is_full = self.current.exceeds(self.size_limit)?;
        // Less than the limit by one octet is not enough.
        if self.current.exceeds(self.total_limit.saturating_sub(self.size_left).saturating_sub(1))? {
            return Ok(ControlFlow::Break(Full::Size));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Whether the counts of the interfaces are about to be written, at the end of a file.
    #[inline]
    pub fn wants_statistics(&self) -> bool {
        self.is_full && self.current.holds_statistics()
    }

    /// Notes the counts of the interfaces.
    pub fn set_statistics(&mut self, statistics: Statistics) {
        self.statistics = statistics;
    }

    /// Begins a new file if it is time for one, and writes out what waited for long enough.
    pub fn tick(&mut self) -> Result<ControlFlow<Full>, Error> {
        if self.current.next_rest().is_some() {
            self.current.rest()?;
        }
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
        let rotation = self.clock.as_ref().and_then(|clock| clock.next(SystemTime::now()));
        [rotation, self.current.next_rest()].into_iter().flatten().min()
    }

    /// The present file, if it is one that was created here.
    pub fn created_file(&self) -> Option<&File> {
        self.current.created_file()
    }

    /// Completes the present file, behind which no other comes. The command is not for this one.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.current.close(&self.statistics)
    }

    /// There are no frames for the moment.
    pub fn rest(&mut self) -> Result<(), Error> {
        self.current.rest()
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.current.flush()
    }

    #[cold]
    fn rotate(&mut self) -> Result<(), Error> {
        self.leave()?;
        self.is_full = false;
        self.path = self.names.next();
        self.current.open(&self.path)
    }

    /// Closes the present file and runs the command on it.
    fn leave(&mut self) -> Result<(), Error> {
        self.current.close(&self.statistics)?;
        self.size_left = self.size_left.saturating_add(self.current.size());
        if let Some(commands) = &self.commands {
            commands.run(&self.path);
        }
        Ok(())
    }
}
