//! The loop: one frame after the other from the source to the sinks, until it shall end.
//!
//! The session counts, passes over and stops, heeds signals, and decides when held back output goes
//! out: when the source has nothing more ready. What is to happen at its time, whether frames come or not,
//! is in [`ticks`]; how two threads run the loop where text takes longer to write than to make, in [`turns`], and how one of them
//! prints what the other one has looked at, in [`pieces`]. It knows nothing of protocols.

pub mod links;
pub mod pieces;
mod ticks;
mod turns;

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::os::signals::{Signals, Wake, Watched};
use crate::progress::Progress;
use crate::sink::burst::{FRAMES_MAX, Frames, Handed};
use crate::sink::{Full, Sinks};
use crate::source::{Event, Source, live};
use links::Links;
use pieces::Pieces;
use ticks::Ticks;

/// After how many frames, or a few more, a file's progress is looked at.
const FRAMES_PER_LOOK: u64 = 256;

/// After how many frames, or a few more, the kernel's counts are looked at: often enough for counts that have 32 bits.
const FRAMES_PER_COUNT: u64 = 1 << 24;

/// How often a device without a descriptor to wait for is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// When to pass over frames and when to stop.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Frames to pass over first.
    pub skip: u64,
    /// Frames to take then; all if `None`.
    pub count: Option<u64>,
    /// When to stop.
    pub end: Option<Instant>,
}

/// Why the loop ended, when nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The savefile's end, or the frame that the user named.
    Complete,
    /// The moment that the user named.
    Over,
    /// A sink that takes no more.
    Full(Full),
    /// A signal.
    Interrupted,
    /// Nobody reads our output any more.
    OutputClosed,
}

/// One run through a source.
pub struct Session {
    /// Where frames come from.
    pub source: Source,
    /// Where they go.
    pub sinks: Sinks,
    /// Signals that end the run or ask for its counts.
    pub signals: Signals,
    /// Skip and count.
    pub limits: Limits,
    /// Frames read so far, those passed over included.
    pub frames: u64,
    /// Those of them that passed the display filter; all, where there is none.
    pub passed: u64,
    /// What could not be read.
    pub failures: Failures,
    /// Whether the devices are up.
    pub links: Option<Links>,
    /// How a long file's text is made.
    pub pieces: Pieces,
    /// Tells the counts on request, and the number of packets as time passes.
    pub reporter: Reporter,
}

/// What went wrong although the run goes on, or went on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Failures {
    /// Frames that were there and could not be read.
    pub unreadable: u64,
    /// Devices from which nothing came any more.
    pub lost_devices: u64,
}

/// What the session tells while it runs.
pub struct Reporter {
    /// Prints the counts, on SIGUSR1.
    pub counts: fn(&mut Source, u64, Failures),
    /// Prints what the user should know, although the run goes on.
    pub warning: fn(&str),
    /// Prints the number of packets; only where the user asked for it.
    pub progress: Option<fn(u64)>,
    /// Shows how far a file has been read; only where somebody sees it.
    pub file: Option<Progress>,
}

impl Session {
    /// Runs to the end. Whatever is held back has been written out then, also after an error.
    pub fn run(&mut self) -> Result<End, Error> {
        let mut ticks = Ticks::new(self.limits.end, self.reporter.progress.is_some());
        ticks.set_sinks(self.sinks.next_tick());
        let outcome = match self.pump(&mut ticks) {
            Ok(None) => turns::take(self, ticks),
            Ok(Some(end)) => Ok(end),
            Err(error) => Err(error),
        };
        self.reporter.file = None;
        let flushed = self.catch_up().and_then(|()| self.sinks.flush());
        let end = outcome?;
        flushed?;
        Ok(end)
    }

    /// Completes what the sinks have written, at the end of all sources.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.note_statistics();
        self.sinks.finish()
    }

    /// Whether frames of another source are wanted too.
    pub fn wants_more(&self) -> bool {
        self.passed < self.last_frame()
    }

    /// The number of the last frame that is wanted.
    fn last_frame(&self) -> u64 {
        self.limits.count.map_or(u64::MAX, |count| self.limits.skip.saturating_add(count))
    }

    /// Hands on frames to the end. `None` if there is text first that one thread is to write while another one goes on.
    /// Inlined, as it would be if [`turns`] did not call it too: as a call, it costs three instructions a packet more.
    #[inline(always)]
    fn pump(&mut self, ticks: &mut Ticks) -> Result<Option<End>, Error> {
        let last = self.last_frame();
        let only_counts = self.sinks.want_no_frames();
        while self.passed < last {
            if self.signals.stop_requested() {
                return Ok(Some(End::Interrupted));
            }
            self.answer_requests()?;
            if ticks.is_due()
                && let Some(end) = self.tick(ticks)?
            {
                return Ok(Some(end));
            }
            if only_counts {
                self.count(last);
            }
            if let Some(end) = self.step(last, ticks)? {
                return Ok(Some(end));
            }
            if self.sinks.leave_piece() {
                return Ok(None);
            }
        }
        Ok(Some(End::Complete))
    }

    /// Counts frames that nobody looks at, and leaves at least one of those that are wanted.
    fn count(&mut self, last: u64) {
        let wanted = (last - self.passed).saturating_sub(1);
        let count = self.source.pass_over(wanted);
        self.frames += count;
        self.passed += count;
        self.show_file_progress();
    }

    /// Hands on frames, or waits for one.
    #[inline]
    fn step(&mut self, last: u64, ticks: &mut Ticks) -> Result<Option<End>, Error> {
        match self.burst(last) {
            Some(handed) => self.conclude(handed),
            None if self.turn_page()? => Ok(None),
            None => self.next_event(ticks),
        }
    }

    /// Hands on frames that are there already, up to the `last` one.
    #[inline]
    fn burst(&mut self, last: u64) -> Option<Handed> {
        let (handed, rest) = {
            let mut ready = self.source.ready()?;
            let most = usize::try_from(last - self.passed).map_or(FRAMES_MAX, |wanted| wanted.min(FRAMES_MAX));
            let mut frames = Frames::new();
            while frames.len() < most
                && let Some(frame) = ready.next_frame()
            {
                frames.push(frame);
            }
            if frames.is_empty() {
                return None;
            }
            let rest = ready.octets().len();
            let to_skip = self.limits.skip.saturating_sub(self.passed);
            (self.sinks.burst(&frames, self.frames + 1, to_skip, || ready.foresee()), rest)
        };
        self.source.consume(rest);
        Some(handed)
    }

    /// Counts frames that were handed on, and does what is to be done now and then.
    #[inline]
    fn conclude(&mut self, handed: Handed) -> Result<Option<End>, Error> {
        let before = self.frames;
        self.frames += handed.frames;
        self.passed += handed.passed;
        if let Some(full) = handed.outcome? {
            return Ok(Some(End::Full(full)));
        }
        if self.sinks.wants_statistics() {
            self.note_statistics();
        }
        if before / FRAMES_PER_LOOK != self.frames / FRAMES_PER_LOOK {
            self.look_around();
        }
        Ok(None)
    }

    /// Hands on a frame that is not simply there, or waits for one.
    #[inline(never)]
    fn next_event(&mut self, ticks: &mut Ticks) -> Result<Option<End>, Error> {
        match self.source.next_event() {
            Ok(Event::Frame(frame)) => {
                let handed = self.sinks.single(&frame, self.frames + 1, self.passed < self.limits.skip);
                return self.conclude(handed);
            }
            Ok(Event::PassedOver) => self.show_file_progress(),
            Ok(Event::Idle) => {
                self.rest(ticks)?;
                return Ok((self.wait(ticks) == Wake::OutputClosed).then_some(End::OutputClosed));
            }
            Ok(Event::Lost { device, reason }) => {
                (self.reporter.warning)(&format!("{device}: {reason}; the others are still captured on"));
                self.failures.lost_devices += 1;
                self.failures.unreadable += u64::from(live::is_about_frame(&reason));
            }
            Ok(Event::End) => return Ok(Some(End::Complete)),
            Err(reason) => return Err(self.read_error(reason)),
        }
        Ok(None)
    }

    /// Does what is to be done now and then while frames come.
    fn look_around(&mut self) {
        self.show_file_progress();
        if self.frames % FRAMES_PER_COUNT < FRAMES_PER_LOOK {
            // Counts that cannot be had are told when they are asked for.
            let _ = self.source.counts();
        }
    }

    /// Lets held back output go out before a wait.
    fn rest(&mut self, ticks: &mut Ticks) -> Result<(), Error> {
        self.sinks.rest()?;
        ticks.set_sinks(self.sinks.next_tick());
        Ok(())
    }

    /// Hands the counts of the interfaces to the sinks. Where there are none, that is told with the run's counts.
    fn note_statistics(&mut self) {
        if let Ok(counts) = self.source.counts() {
            self.sinks.set_statistics(counts);
        }
    }

    #[inline]
    fn show_file_progress(&mut self) {
        if let Some(line) = &mut self.reporter.file
            && let Some(position) = self.source.position()
        {
            line.show(position, self.frames);
        }
    }

    /// Does what a signal asked for.
    #[inline]
    fn answer_requests(&mut self) -> Result<(), Error> {
        if self.signals.take_report_request() {
            self.catch_up()?;
            if let Some(line) = &mut self.reporter.file {
                line.erase();
            }
            (self.reporter.counts)(&mut self.source, self.passed, self.failures);
            self.sinks.summarize()?;
        }
        if self.signals.take_flush_request() {
            self.catch_up()?;
            self.sinks.flush()?;
        }
        Ok(())
    }

    /// Does what is due now.
    fn tick(&mut self, ticks: &mut Ticks) -> Result<Option<End>, Error> {
        let now = Instant::now();
        if ticks.take_progress(now)
            && let Some(progress) = self.reporter.progress
        {
            progress(self.passed);
        }
        if ticks.is_over(now) {
            return Ok(Some(End::Over));
        }
        self.note_statistics();
        let flow = self.sinks.tick()?;
        ticks.set_sinks(self.sinks.next_tick());
        Ok(flow.break_value().map(End::Full))
    }

    /// Waits for frames.
    fn wait(&mut self, ticks: &Ticks) -> Wake {
        let (descriptors, look_again) = match self.source.descriptors() {
            Some(descriptors) => (descriptors, None),
            None => (Vec::new(), Some(LOOK_AGAIN)),
        };
        let mut watched = Watched {
            descriptors,
            output: self.sinks.printed_to(),
            limit: [ticks.remaining(), self.source.remaining(), look_again].into_iter().flatten().min(),
        };
        watched.descriptors.extend(self.links.as_ref().map(Links::descriptor));
        let wake = self.signals.wait(&watched);
        if let Some(links) = &mut self.links {
            links.tell_changes(self.reporter.warning);
        }
        wake
    }

    fn read_error(&mut self, reason: String) -> Error {
        let (is_about_packet, frames_before) = match &self.source {
            Source::Savefile(savefile) => (savefile.is_within_packet(), Some(self.frames)),
            Source::Live(_) | Source::Merged(_) => (live::is_about_frame(&reason), None),
        };
        self.failures.unreadable += u64::from(is_about_packet);
        Error::Read { reason, frames_before }
    }
}
