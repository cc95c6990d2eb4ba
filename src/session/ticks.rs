//! The moments at which the session has something to do, whether frames come or not.

use std::time::{Duration, Instant};

/// How often the number of captured packets is told while they go to a savefile (`-v` with `-w`).
const PROGRESS_INTERVAL: Duration = Duration::from_secs(1);

/// What is to happen when.
#[derive(Debug, Default)]
pub struct Ticks {
    /// The number of packets is told.
    progress: Option<Instant>,
    /// The run ends.
    end: Option<Instant>,
    /// A sink wants to be called.
    sinks: Option<Instant>,
    /// The first of them.
    next: Option<Instant>,
}

impl Ticks {
    /// For a run that begins now and goes on until `end`.
    pub fn new(end: Option<Instant>, tells_progress: bool) -> Ticks {
        let progress = tells_progress.then(|| Instant::now() + PROGRESS_INTERVAL);
        let mut ticks = Ticks { progress, end, ..Ticks::default() };
        ticks.find_next();
        ticks
    }

    /// Notes when the sinks want to be called next.
    pub fn set_sinks(&mut self, moment: Option<Instant>) {
        self.sinks = moment;
        self.find_next();
    }

    /// Whether anything is due. The clock is looked at only where something will be.
    #[inline]
    pub fn is_due(&self) -> bool {
        self.next.is_some_and(|next| Instant::now() >= next)
    }

    /// How long it is until something is due.
    pub fn remaining(&self) -> Option<Duration> {
        self.next.map(|next| next.saturating_duration_since(Instant::now()))
    }

    /// Whether the number of packets is to be told now.
    pub fn take_progress(&mut self, now: Instant) -> bool {
        let due = self.progress.is_some_and(|at| now >= at);
        if due {
            self.progress = Some(now + PROGRESS_INTERVAL);
            self.find_next();
        }
        due
    }

    /// Whether the run ends now.
    pub fn is_over(&self, now: Instant) -> bool {
        self.end.is_some_and(|end| now >= end)
    }

    fn find_next(&mut self) {
        self.next = [self.progress, self.end, self.sinks].into_iter().flatten().min();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_moment_is_waited_for() {
        assert_eq!(Ticks::new(None, false).remaining(), None);
        let mut ticks = Ticks::new(Some(Instant::now() + Duration::from_secs(3600)), false);
        assert!(ticks.remaining().unwrap() > Duration::from_secs(3500));
        ticks.set_sinks(Some(Instant::now() + Duration::from_secs(60)));
        assert!(ticks.remaining().unwrap() <= Duration::from_secs(60));
        assert!(!ticks.is_due());
        ticks.set_sinks(Some(Instant::now()));
        assert!(ticks.is_due());
        ticks.set_sinks(None);
        assert!(!ticks.is_due());
    }

    #[test]
    fn progress_is_told_once_a_second() {
        let mut ticks = Ticks::new(None, true);
        let later = Instant::now() + PROGRESS_INTERVAL;
        assert!(ticks.take_progress(later));
        assert!(!ticks.take_progress(later));
        assert!(ticks.remaining().is_some());
    }
}
