//! A thread that compresses batches into a file, beside the one that captures.
//!
//! Batches wait in a queue of bounded length. When it is full, so that the disk or the compression is
//! slower than the packets come, the capture waits: packets collect in the kernel's buffer, and
//! those that find it full are counted there. Nothing is dropped here.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::encoder::Encoder;
use super::outlet::{Batch, Failure, encode};

/// How many batches may wait. With those that are handed back to be filled again, they are 8 MiB.
const QUEUE: usize = 32;

/// The thread, as the one that feeds it sees it.
pub struct Worker {
    /// `None` once the thread is not needed any more.
    jobs: Option<Sender<Job>>,
    done: Receiver<Done>,
    /// Batches that are not done, and how many octets they have.
    outstanding: usize,
    in_flight: u64,
    /// Octets that the files have got and that were not asked for yet.
    written: u64,
    /// Emptied batches, so that none is allocated while it runs.
    spare: Vec<Batch>,
}

/// A stream of its own, for this file.
struct Job {
    batch: Batch,
    file: Arc<File>,
}

/// The batch comes back, with how many octets it has become in the file.
struct Done {
    batch: Batch,
    outcome: io::Result<u64>,
}

impl Worker {
    /// Starts the thread.
    pub fn start(encoder: Encoder) -> io::Result<Worker> {
        let (jobs, to_do) = channel();
        let (finished, done) = channel();
        std::thread::Builder::new().name("compression".into()).spawn(move || work(encoder, &to_do, &finished))?;
        Ok(Worker { jobs: Some(jobs), done, outstanding: 0, in_flight: 0, written: 0, spare: Vec::new() })
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
    pub fn put(&mut self, batch: &mut Batch, file: &Arc<File>) -> Result<(), Failure> {
        let empty = self
            .spare
            .pop()
            .unwrap_or_else(|| Batch { octets: Vec::with_capacity(batch.octets.capacity()), packets: 0 });
        let batch = std::mem::replace(batch, empty);
        let (octets, packets) = (batch.octets.len() as u64, batch.packets);
        let job = Job { batch, file: Arc::clone(file) };
        if self.jobs.as_ref().is_none_or(|jobs| jobs.send(job).is_err()) {
            return Err(Failure { reason: gone(), packets_lost: packets });
        }
        self.outstanding += 1;
        self.in_flight += octets;
        while self.outstanding > QUEUE {
            self.wait_for_one()?;
        }
        while let Ok(done) = self.done.try_recv() {
            self.take(done)?;
        }
        Ok(())
    }

    /// Waits until everything is in the file.
    pub fn drain(&mut self) -> Result<(), Failure> {
        while self.outstanding > 0 {
            self.wait_for_one()?;
        }
        Ok(())
    }

    /// After a failure, ends the thread. How many packets are lost besides those that were told.
    pub fn give_up(&mut self) -> u64 {
        self.jobs = None;
        let mut packets_lost = 0;
        while let Ok(done) = self.done.recv() {
            packets_lost += self.take(done).map_or_else(|failure| failure.packets_lost, |()| 0);
        }
        (self.outstanding, self.in_flight) = (0, 0);
        packets_lost
    }

    fn wait_for_one(&mut self) -> Result<(), Failure> {
        match self.done.recv() {
            Ok(done) => self.take(done),
            Err(_) => Err(Failure { reason: gone(), packets_lost: 0 }),
        }
    }

    fn take(&mut self, Done { mut batch, outcome }: Done) -> Result<(), Failure> {
        self.outstanding = self.outstanding.saturating_sub(1);
        self.in_flight = self.in_flight.saturating_sub(batch.octets.len() as u64);
        let packets_lost = batch.packets;
        batch.clear();
        self.spare.push(batch);
        self.written += outcome.map_err(|reason| Failure { reason, packets_lost })?;
        Ok(())
    }
}

/// The thread ends with the program, or by a fault of ours.
fn gone() -> io::Error {
    io::Error::other("the thread that compresses has ended")
}

/// What the thread does. After a failure, it writes nothing more: the file is to end there.
fn work(mut encoder: Encoder, jobs: &Receiver<Job>, finished: &Sender<Done>) {
    let mut has_failed = false;
    while let Ok(Job { batch, file }) = jobs.recv() {
        let outcome = if has_failed {
            Err(io::ErrorKind::Other.into())
        } else {
            encode(&mut encoder, &batch.octets, true, &file)
        };
        has_failed |= outcome.is_err();
        // Whoever hears of the last batch may close the file.
        drop(file);
        if finished.send(Done { batch, outcome }).is_err() {
            return;
        }
    }
}
