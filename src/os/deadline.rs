//! An end for what may wait for ever: opening a pipe in which nothing comes.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Ends the program at its time, in good order, unless it is dropped before.
#[derive(Debug)]
pub struct Deadline {
    /// Its end tells that the deadline was kept.
    _kept: Sender<()>,
}

impl Deadline {
    /// Begins to count.
    pub fn start(duration: Duration) -> Deadline {
        let (kept, end) = channel();
        thread::spawn(move || {
            if end.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
                std::process::exit(0);
            }
        });
        Deadline { _kept: kept }
    }
}
