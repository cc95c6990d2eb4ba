//! Signals: INT, TERM and HUP end a capture in good order, USR1 asks for its counts, USR2
//! for a savefile with everything in it.
//!
//! A wait for frames ends when a signal comes, also on a device where no frame ever does: the handlers
//! write to a socket that the wait watches.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use signal_hook::consts::{SIGUSR1, SIGUSR2};

use crate::error::Error;

/// How often a device without a descriptor to wait for is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// How long the main thread gets to see a request to stop, before it counts as waiting in a read.
const GRACE: Duration = Duration::from_millis(100);

/// The signals that have come.
pub struct Signals {
    stop: Arc<AtomicBool>,
    report: Arc<AtomicBool>,
    flush: Arc<AtomicBool>,
    /// The program waits in a read that no signal ends, with everything written out.
    parked: Arc<AtomicBool>,
    wake: UnixStream,
}

/// Why a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// There may be frames, a signal, or the time is over.
    Ready,
    /// Nobody reads our output any more.
    OutputClosed,
}

impl Signals {
    /// Installs the handlers. To be called once.
    pub fn install() -> Result<Signals, Error> {
        let failed = |reason: io::Error| Error::System("can't set up signal handling".into(), reason);
        let (wake, waker) = UnixStream::pair().map_err(failed)?;
        for end in [&wake, &waker] {
            end.set_nonblocking(true).map_err(failed)?;
        }
        let signals = Signals {
            stop: Arc::default(),
            report: Arc::default(),
            flush: Arc::default(),
            parked: Arc::default(),
            wake,
        };
        let hangup_ignored = is_ignored(Signal::SIGHUP);
        signals.end_on_termination(waker.try_clone().map_err(failed)?)?;
        if hangup_ignored {
            ignore(Signal::SIGHUP).map_err(failed)?;
        }
        for (signal, flag) in [(SIGUSR1, &signals.report), (SIGUSR2, &signals.flush)] {
            signal_hook::flag::register(signal, Arc::clone(flag)).map_err(failed)?;
            signal_hook::low_level::pipe::register(signal, waker.try_clone().map_err(failed)?).map_err(failed)?;
        }
        Ok(signals)
    }

    /// INT, TERM and HUP set the flag and wake the main thread.
    fn end_on_termination(&self, mut waker: UnixStream) -> Result<(), Error> {
        let (stop, parked) = (Arc::clone(&self.stop), Arc::clone(&self.parked));
        let handler = move || {
            stop.store(true, Ordering::SeqCst);
            // A full socket has been written to already: the main thread wakes anyway.
            let _ = waker.write(&[0]);
            std::thread::sleep(GRACE);
            if parked.load(Ordering::SeqCst) {
                // Nothing is left to write, and the read may never return.
                std::process::exit(0);
            }
        };
        ctrlc::set_handler(handler)
            .map_err(|error| Error::System("can't set up signal handling".into(), io::Error::other(error)))
    }

    /// Whether the run shall end.
    #[inline]
    pub fn stop_requested(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether the counts were asked for since the last call.
    #[inline]
    pub fn take_report_request(&self) -> bool {
        self.report.load(Ordering::Relaxed) && self.report.swap(false, Ordering::Relaxed)
    }

    /// Whether held back output was asked for since the last call.
    #[inline]
    pub fn take_flush_request(&self) -> bool {
        self.flush.load(Ordering::Relaxed) && self.flush.swap(false, Ordering::Relaxed)
    }

    /// Runs a read that may wait and that a signal cannot end. Everything has to be written out before.
    pub fn parked<T>(&self, read: impl FnOnce() -> T) -> T {
        self.parked.store(true, Ordering::SeqCst);
        let result = read();
        self.parked.store(false, Ordering::SeqCst);
        result
    }

    /// Ends the program after this time if it waits in a read then, which may never return.
    pub fn end_parked_after(&self, duration: Duration) {
        let parked = Arc::clone(&self.parked);
        std::thread::spawn(move || {
            std::thread::sleep(duration);
            if parked.load(Ordering::SeqCst) {
                std::process::exit(0);
            }
        });
    }

    /// Waits for frames, a signal, the end of our output's reader, or until `limit` is over.
    pub fn wait(&mut self, frames: Option<BorrowedFd>, output: Option<BorrowedFd>, limit: Option<Duration>) -> Wake {
        let limit =
            if frames.is_none() { Some(limit.map_or(LOOK_AGAIN, |limit| limit.min(LOOK_AGAIN))) } else { limit };
        // Milliseconds are rounded up: what is due in half a one is not to be asked for a thousand times.
        let limit = limit.map(|limit| limit.saturating_add(Duration::from_micros(999)));
        let timeout =
            limit.map(|limit| PollTimeout::try_from(limit).unwrap_or(PollTimeout::MAX)).unwrap_or(PollTimeout::NONE);
        let wake = PollFd::new(self.wake.as_fd(), PollFlags::POLLIN);
        // Asking for nothing still tells of errors: that a pipe's reader is gone.
        let absent = || PollFd::new(self.wake.as_fd(), PollFlags::empty());
        let frames = frames.map_or_else(absent, |frames| PollFd::new(frames, PollFlags::POLLIN));
        let watched = output.map_or_else(absent, |output| PollFd::new(output, PollFlags::empty()));
        let mut descriptors = [wake, frames, watched];
        // An interrupted wait is a wait that ended.
        let _ = poll(&mut descriptors, timeout);
        let [_, _, watched] = descriptors;
        let closed = output.is_some() && watched.revents().is_some_and(|events| events.contains(PollFlags::POLLERR));
        let mut drained = [0; 64];
        while matches!(self.wake.read(&mut drained), Ok(count) if count > 0) {}
        if closed { Wake::OutputClosed } else { Wake::Ready }
    }
}

/// Whether the program was started with this signal ignored, as nohup(1) does with HUP.
fn is_ignored(signal: Signal) -> bool {
    let probe = SigAction::new(SigHandler::SigIgn, SaFlags::empty(), SigSet::empty());
    // SAFETY: no handler runs: the disposition is looked at by ignoring the signal for a moment.
    unsafe {
        match sigaction(signal, &probe) {
            Ok(before) => matches!(before.handler(), SigHandler::SigIgn) || sigaction(signal, &before).is_err(),
            Err(_) => false,
        }
    }
}

fn ignore(signal: Signal) -> io::Result<()> {
    let action = SigAction::new(SigHandler::SigIgn, SaFlags::empty(), SigSet::empty());
    // SAFETY: ignoring a signal runs no code.
    unsafe { sigaction(signal, &action) }?;
    Ok(())
}
