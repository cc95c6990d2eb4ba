//! What a thread of ours reads, perhaps decodes, and sends through a pipe.
//!
//! A decoder works beside the dissectors then, and what it sends is waited for like any other pipe.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use nix::sys::signal::{SigSet, Signal};

/// What is sent at a time, in octets: a pipe's usual capacity.
const PIECE: usize = 64 * 1024;

/// The receiving end.
#[derive(Debug)]
pub struct Feed {
    pipe: File,
    failure: Arc<OnceLock<String>>,
    /// Octets that the thread has read, and the length of the file they come from.
    read: Counter,
    length: Option<u64>,
}

/// A count that two threads share.
pub type Counter = Arc<AtomicU64>;

impl Feed {
    /// Starts a thread that sends what `reader` reads. `describe` puts a failure into words.
    pub fn start(
        mut reader: impl Read + Send + 'static,
        describe: impl FnOnce(io::Error) -> String + Send + 'static,
        read: Counter,
        length: Option<u64>,
    ) -> io::Result<Feed> {
        let (pipe, mut sender) = io::pipe()?;
        let failure = Arc::new(OnceLock::new());
        let told = Arc::clone(&failure);
        let send = move || {
            // A reader that went away is told by the write too; the signal means the program's own output.
            let _ = SigSet::from(Signal::SIGPIPE).thread_block();
            if let Err(error) = copy(&mut reader, &mut sender) {
                let _ = told.set(describe(error));
            }
            // The failure is told before the pipe ends.
            drop(sender);
        };
        std::thread::Builder::new().name("input".into()).spawn(send)?;
        Ok(Feed { pipe: File::from(OwnedFd::from(pipe)), failure, read, length })
    }

    /// What becomes readable when there are octets.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }

    /// Why the thread ended before its time. To be asked when the pipe has ended.
    pub fn failure(&self) -> Option<String> {
        self.failure.get().cloned()
    }

    /// How much of its file the thread has read, and the file's length.
    pub fn position(&self) -> Option<(u64, u64)> {
        Some((self.read.load(Ordering::Relaxed), self.length?))
    }

    /// The pipe alone, for another to read it.
    pub fn into_pipe(self) -> (File, Arc<OnceLock<String>>) {
        (self.pipe, self.failure)
    }
}

impl Read for Feed {
    fn read(&mut self, octets: &mut [u8]) -> io::Result<usize> {
        self.pipe.read(octets)
    }
}

/// Sends everything, each piece as soon as it is there.
fn copy(reader: &mut impl Read, sender: &mut impl Write) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(()),
            // Nobody receives any more: the program is about to end.
            Ok(read) if sender.write_all(piece.get(..read).unwrap_or_default()).is_err() => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
