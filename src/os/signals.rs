//! Signals: INT, TERM, HUP and PIPE end a capture in good order, USR1 asks for its counts, USR2 for a
//! savefile with everything in it.
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
use signal_hook::consts::{SIGPIPE, SIGUSR1, SIGUSR2};

use crate::error::Error;

/// The signals that have come.
pub struct Signals {
    stop: Arc<AtomicBool>,
    report: Arc<AtomicBool>,
    flush: Arc<AtomicBool>,
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

/// What a wait is for, besides signals.
#[derive(Debug, Default)]
pub struct Watched<'w> {
    /// What becomes readable.
    pub descriptors: Vec<BorrowedFd<'w>>,
    /// Where our output goes, whose reader may go away.
    pub output: Option<BorrowedFd<'w>>,
    /// How long the wait lasts at most.
    pub limit: Option<Duration>,
}

impl Signals {
    /// Installs the handlers. To be called once.
    pub fn install() -> Result<Signals, Error> {
        let failed = |reason: io::Error| Error::System("can't set up signal handling".into(), reason);
        let (wake, waker) = UnixStream::pair().map_err(failed)?;
        for end in [&wake, &waker] {
            end.set_nonblocking(true).map_err(failed)?;
        }
        let signals = Signals { stop: Arc::default(), report: Arc::default(), flush: Arc::default(), wake };
        let hangup_ignored = is_ignored(Signal::SIGHUP);
        signals.end_on_termination(waker.try_clone().map_err(failed)?)?;
        if hangup_ignored {
            ignore(Signal::SIGHUP).map_err(failed)?;
        }
        for (signal, flag) in [(SIGPIPE, &signals.stop), (SIGUSR1, &signals.report), (SIGUSR2, &signals.flush)] {
            signal_hook::flag::register(signal, Arc::clone(flag)).map_err(failed)?;
            signal_hook::low_level::pipe::register(signal, waker.try_clone().map_err(failed)?).map_err(failed)?;
        }
        Ok(signals)
    }

    /// INT, TERM and HUP set the flag and wake the main thread.
    fn end_on_termination(&self, mut waker: UnixStream) -> Result<(), Error> {
        let stop = Arc::clone(&self.stop);
        let handler = move || {
            stop.store(true, Ordering::SeqCst);
            // A full socket has been written to already: the main thread wakes anyway.
            let _ = waker.write(&[0]);
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

    /// Waits for what is on `watch`, a signal, the end of our output's reader, or until its limit is over.
    pub fn wait(&mut self, watch: &Watched) -> Wake {
        // Milliseconds are rounded up: what is due in half a one is not to be asked for a thousand times.
        let limit = watch.limit.map(|limit| limit.saturating_add(Duration::from_micros(999)));
        let timeout = limit.map_or(PollTimeout::NONE, |limit| PollTimeout::try_from(limit).unwrap_or(PollTimeout::MAX));
        let mut descriptors = Vec::with_capacity(watch.descriptors.len() + 2);
        descriptors.push(PollFd::new(self.wake.as_fd(), PollFlags::POLLIN));
        // Asking for nothing still tells of errors: that a pipe's reader is gone.
        descriptors.extend(watch.output.map(|output| PollFd::new(output, PollFlags::empty())));
        descriptors.extend(watch.descriptors.iter().map(|&frames| PollFd::new(frames, PollFlags::POLLIN)));
        // An interrupted wait is a wait that ended.
        let _ = poll(&mut descriptors, timeout);
        let output = descriptors.get(1).and_then(|output| output.revents());
        let closed = watch.output.is_some() && output.is_some_and(|events| events.contains(PollFlags::POLLERR));
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
