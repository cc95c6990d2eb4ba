//! How whole records get into a file: on the spot, or by a thread beside.

use std::fs::File;
use std::io;
use std::sync::Arc;

use super::form::{Batch, Fault, Form};
use super::worker::Worker;

/// What of a stream is compressed together at most, in octets; then another stream begins. A program that
/// is killed leaves whole streams behind, so they are not to be long.
pub const STREAM_MAX: usize = 256 * 1024;

/// Why records did not get into the file, which ends behind the last whole one.
#[derive(Debug)]
pub struct Failure {
    /// The system's reason.
    pub reason: io::Error,
    /// How many packets are lost.
    pub packets_lost: u64,
}

/// Writes one file after the other.
pub struct Outlet {
    way: Way,
    /// Whether a batch takes as many octets in the file as it has.
    is_plain: bool,
    /// `None` between one file and the next, and after a failure.
    file: Option<Arc<File>>,
    /// Octets in the file. Whatever happens, the file ends behind a record.
    written: u64,
}

enum Way {
    /// Every batch can be read back as soon as it was handed over, and that takes as long as it takes.
    OnTheSpot(Form),
    /// Batches wait for a thread.
    Aside(Worker),
}

impl Outlet {
    /// An outlet without a file. `aside`: by a thread.
    pub fn new(form: Form, aside: bool) -> io::Result<Outlet> {
        let is_plain = matches!(form, Form::Plain(_));
        let way = if aside { Way::Aside(Worker::start(form)?) } else { Way::OnTheSpot(form) };
        Ok(Outlet { way, is_plain, file: None, written: 0 })
    }

    /// Goes on in this file; the one before has to be closed.
    pub fn open(&mut self, file: File) {
        self.file = Some(Arc::new(file));
        self.written = 0;
    }

    /// The file.
    pub fn file(&self) -> Option<&File> {
        self.file.as_deref()
    }

    /// Octets in the file, as far as it is known.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Whether the file is compressed.
    pub fn compresses(&self) -> bool {
        !self.is_plain
    }

    /// Whether the file may end here: all that was handed over is in it, and in whole streams.
    pub fn is_settled(&self) -> bool {
        match &self.way {
            Way::OnTheSpot(form) => form.in_stream().is_none(),
            Way::Aside(_) => self.in_flight() == 0,
        }
    }

    /// Octets that were handed over and may not be in the file yet.
    fn in_flight(&self) -> u64 {
        match &self.way {
            Way::OnTheSpot(_) => 0,
            Way::Aside(worker) => worker.in_flight(),
        }
    }

    /// Takes the batch, and leaves an empty one.
    pub fn put(&mut self, batch: &mut Batch) -> Result<(), Failure> {
        let at_start = self.written + self.in_flight() == 0;
        let Some(file) = &self.file else { return Ok(()) };
        let outcome = match &mut self.way {
            Way::OnTheSpot(form) => {
                let in_stream = form.in_stream().unwrap_or(0) as usize + batch.octets.len();
                let outcome = form.write(batch, file, at_start, in_stream >= STREAM_MAX);
                batch.clear();
                note(&mut self.written, outcome)
            }
            Way::Aside(worker) => worker.put(batch, file, at_start),
        };
        self.account(outcome)
    }

    /// Sees to it that everything that was handed over can be read, and that the file may end there.
    pub fn settle(&mut self) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let outcome = match &mut self.way {
            Way::OnTheSpot(form) if form.in_stream().is_some() => {
                let outcome = form.write(&Batch::default(), file, false, true);
                note(&mut self.written, outcome)
            }
            Way::Aside(worker) => worker.drain(),
            Way::OnTheSpot(_) => return Ok(()),
        };
        self.account(outcome)
    }

    /// Whether the file has more octets than `limit`. Where that depends on what is compressed just now,
    /// it is waited for.
    #[inline]
    pub fn exceeds(&mut self, limit: u64) -> Result<bool, Failure> {
        let in_flight = self.in_flight();
        let exceeds = self.written.saturating_add(in_flight) > limit;
        if self.is_plain || in_flight == 0 || !exceeds {
            return Ok(exceeds);
        }
        self.settle()?;
        Ok(self.written > limit)
    }

    /// Closes the file, which has to be settled.
    pub fn close(&mut self) -> Result<(), Failure> {
        // The thread has let go of it: it is settled.
        let file = self.file.take().and_then(Arc::into_inner);
        // A file on another machine may fail only now.
        let closed = file.map_or(Ok(()), nix::unistd::close);
        closed.map_err(|errno| Failure { reason: errno.into(), packets_lost: 0 })
    }

    /// Notes what has been written. After a failure, half a record or stream is cut off.
    fn account(&mut self, mut outcome: Result<(), Failure>) -> Result<(), Failure> {
        if let Way::Aside(worker) = &mut self.way {
            if let Err(failure) = &mut outcome {
                failure.packets_lost += worker.give_up();
            }
            self.written += worker.take_written();
        }
        if outcome.is_err() {
            // A pipe cannot be cut; its reader sees the end in the middle of a record.
            let _ = self.file.take().map(|file| file.set_len(self.written));
        }
        outcome
    }
}

/// Adds what was written on the spot.
fn note(written: &mut u64, outcome: Result<u64, Fault>) -> Result<(), Failure> {
    match outcome {
        Ok(octets) => *written += octets,
        Err(Fault { reason, kept, packets_lost }) => {
            *written += kept;
            return Err(Failure { reason, packets_lost });
        }
    }
    Ok(())
}
