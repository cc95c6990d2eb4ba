//! A thread that gets batches into a file, compressed or not, beside the one that makes them.
//!
//! When its queue is full, so that the disk or the compression is slower than the packets come, the capture
//! waits: packets collect in the kernel's buffer, and those that find it full are counted there. Nothing is
//! dropped here.

use std::fs::File;
use std::io;
use std::sync::Arc;

use super::form::{Batch, Fault, Form};
use super::outlet::Failure;
use crate::sink::aside::Aside;

/// How many batches may wait to be compressed. With those that are handed back to be filled again, they are 8 MiB.
const QUEUE: usize = 32;

/// How many may wait to be written as they are: what was read from a file waits as well there.
const QUEUE_PLAIN: usize = 4;

/// The thread, as the one that feeds it sees it.
pub struct Worker {
    thread: Aside<Job, Done>,
    /// How many octets were handed over and are not done.
    in_flight: u64,
    /// Octets that the files have got and that were not asked for yet.
    written: u64,
    /// Emptied batches, so that none is allocated while it runs.
    spare: Vec<Batch>,
}

/// What is compressed is a stream of its own, for this file.
struct Job {
    batch: Batch,
    file: Arc<File>,
    at_start: bool,
}

/// The batch comes back, with how many octets it has become in the file.
struct Done {
    batch: Batch,
    outcome: Result<u64, Fault>,
}

impl Worker {
    /// Starts the thread.
    pub fn start(mut form: Form) -> io::Result<Worker> {
        let queue = if matches!(form, Form::Plain(_)) { QUEUE_PLAIN } else { QUEUE };
        let mut has_failed = false;
        let work = move |job: Job| {
            let Job { batch, file, at_start } = job;
            let outcome = if has_failed {
                // The file is to end where it failed.
                Err(Fault { reason: io::ErrorKind::Other.into(), kept: 0, packets_lost: batch.packets })
            } else {
                form.write(&batch, &file, at_start, true)
            };
            has_failed |= outcome.is_err();
            // Whoever hears of the last batch may close the file.
            drop(file);
            Done { batch, outcome }
        };
        let thread = Aside::start("savefile", queue, work)?;
        Ok(Worker { thread, in_flight: 0, written: 0, spare: Vec::new() })
    }

    /// How many octets were handed over that are not known to be in the file.
    pub fn in_flight(&self) -> u64 {
        self.in_flight
    }

    /// How many octets the file has got since the last call, as far as it is known.
    pub fn take_written(&mut self) -> u64 {
        std::mem::take(&mut self.written)
    }

    /// Hands a batch over, and leaves an empty one.
    pub fn put(&mut self, batch: &mut Batch, file: &Arc<File>, at_start: bool) -> Result<(), Failure> {
        let empty = self
            .spare
            .pop()
            .unwrap_or_else(|| Batch { octets: Vec::with_capacity(batch.octets.capacity()), packets: 0 });
        let batch = std::mem::replace(batch, empty);
        let (octets, packets_lost) = (batch.octets.len() as u64, batch.packets);
        let job = Job { batch, file: Arc::clone(file), at_start };
        self.thread.put(job).map_err(|reason| Failure { reason, packets_lost })?;
        self.in_flight += octets;
        while let Some(done) = self.thread.take().map_err(gone)? {
            self.take(done)?;
        }
        Ok(())
    }

    /// Waits until everything is in the file.
    pub fn drain(&mut self) -> Result<(), Failure> {
        while let Some(done) = self.thread.wait().map_err(gone)? {
            self.take(done)?;
        }
        Ok(())
    }

    /// After a failure, ends the thread. How many packets are lost besides those that were told.
    pub fn give_up(&mut self) -> u64 {
        self.thread.close();
        let mut packets_lost = 0;
        while let Ok(Some(done)) = self.thread.wait() {
            packets_lost += self.take(done).map_or_else(|failure| failure.packets_lost, |()| 0);
        }
        self.in_flight = 0;
        packets_lost
    }

    fn take(&mut self, Done { mut batch, outcome }: Done) -> Result<(), Failure> {
        self.in_flight = self.in_flight.saturating_sub(batch.octets.len() as u64);
        batch.clear();
        self.spare.push(batch);
        match outcome {
            Ok(octets) => self.written += octets,
            Err(Fault { reason, kept, packets_lost }) => {
                self.written += kept;
                return Err(Failure { reason, packets_lost });
            }
        }
        Ok(())
    }
}

/// What the thread had is not known.
fn gone(reason: io::Error) -> Failure {
    Failure { reason, packets_lost: 0 }
}
