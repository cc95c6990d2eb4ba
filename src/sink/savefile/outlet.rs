//! How whole records get into a file: as they are, compressed on the spot, or compressed aside.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use super::encoder::Encoder;
use super::worker::Worker;
use super::writer::Unit;

/// What of a stream is compressed together at most, in octets; then another stream begins. A program that
/// is killed leaves whole streams behind, so they are not to be long.
pub const STREAM_MAX: usize = 256 * 1024;

/// Whole records that go out together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The records, in a file's first batch behind its header.
    pub octets: Vec<u8>,
    /// How many of them are packets.
    pub packets: u64,
}

impl Batch {
    /// Empties it, and keeps its room.
    pub fn clear(&mut self) {
        self.octets.clear();
        self.packets = 0;
    }
}

/// Why records did not get into the file, which ends behind the last whole one.
#[derive(Debug)]
pub struct Failure {
    /// The system's reason.
    pub reason: io::Error,
    /// How many packets are lost.
    pub packets_lost: u64,
}

/// Measures the record that octets begin with, or at a file's start its header.
pub type Measure = fn(&[u8], bool) -> Option<Unit>;

/// Writes one file after the other.
pub struct Outlet {
    way: Way,
    /// `None` between one file and the next, and after a failure.
    file: Option<Arc<File>>,
    /// Octets in the file. Whatever happens, the file ends behind a record.
    written: u64,
    /// Finds the end of whole records after a failure.
    measure: Measure,
}

enum Way {
    Plain,
    /// Every batch can be read back as soon as it was handed over, and that takes as long as it takes.
    OnTheSpot(Box<Encoder>),
    /// Batches wait for a thread that compresses them.
    Aside(Worker),
}

impl Outlet {
    /// An outlet without a file.
    pub fn new(encoder: Option<Encoder>, at_once: bool, measure: Measure) -> io::Result<Outlet> {
        let way = match encoder {
            None => Way::Plain,
            Some(encoder) if at_once => Way::OnTheSpot(Box::new(encoder)),
            Some(encoder) => Way::Aside(Worker::start(encoder)?),
        };
        Ok(Outlet { way, file: None, written: 0, measure })
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
        !matches!(self.way, Way::Plain)
    }

    /// Whether the file may end here: all that was handed over is in it, and in whole streams.
    pub fn is_settled(&self) -> bool {
        match &self.way {
            Way::Plain => true,
            Way::OnTheSpot(encoder) => encoder.in_stream().is_none(),
            Way::Aside(worker) => worker.in_flight() == 0,
        }
    }

    /// Takes the batch, and leaves an empty one.
    pub fn put(&mut self, batch: &mut Batch) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let outcome = match &mut self.way {
            Way::Plain => return self.put_plain(batch),
            Way::OnTheSpot(encoder) => {
                let in_stream = encoder.in_stream().unwrap_or(0) as usize + batch.octets.len();
                let outcome = encode(encoder, &batch.octets, in_stream >= STREAM_MAX, file);
                let packets_lost = batch.packets;
                batch.clear();
                outcome.map(|octets| self.written += octets).map_err(|reason| Failure { reason, packets_lost })
            }
            Way::Aside(worker) => worker.put(batch, file),
        };
        self.account(outcome)
    }

    /// Sees to it that everything that was handed over can be read, and that the file may end there.
    pub fn settle(&mut self) -> Result<(), Failure> {
        let Some(file) = &self.file else { return Ok(()) };
        let outcome = match &mut self.way {
            Way::OnTheSpot(encoder) if encoder.in_stream().is_some() => {
                let outcome = encode(encoder, &[], true, file);
                outcome.map(|octets| self.written += octets).map_err(|reason| Failure { reason, packets_lost: 0 })
            }
            Way::Aside(worker) => worker.drain(),
            _ => return Ok(()),
        };
        self.account(outcome)
    }

    /// Whether the file has more octets than `limit`. Where that depends on what is compressed just now,
    /// it is waited for.
    #[inline]
    pub fn exceeds(&mut self, limit: u64) -> Result<bool, Failure> {
        if let Way::Aside(worker) = &self.way
            && worker.in_flight() > 0
            && self.written.saturating_add(worker.in_flight()) > limit
        {
            self.settle()?;
        }
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

    /// Notes what has been written. After a failure, half a stream is cut off.
    fn account(&mut self, mut outcome: Result<(), Failure>) -> Result<(), Failure> {
        if let Way::Aside(worker) = &mut self.way {
            if let Err(failure) = &mut outcome {
                failure.packets_lost += worker.give_up();
            }
            self.written += worker.take_written();
        }
        if outcome.is_err() {
            self.cut(self.written);
        }
        outcome
    }

    fn put_plain(&mut self, batch: &mut Batch) -> Result<(), Failure> {
        let outcome = self.file.as_deref().map_or(Ok(()), |mut file| write_all(&mut file, &batch.octets));
        let outcome = match outcome {
            Ok(()) => {
                self.written += batch.octets.len() as u64;
                Ok(())
            }
            Err((done, reason)) => {
                let (whole, packets_lost) = self.whole_records(&batch.octets, done);
                self.cut(self.written + whole);
                Err(Failure { reason, packets_lost })
            }
        };
        batch.clear();
        outcome
    }

    /// How many octets of the first `done` are whole records, and how many packets are behind them.
    fn whole_records(&self, octets: &[u8], done: usize) -> (u64, u64) {
        let (mut at, mut whole, mut packets_lost) = (0, 0, 0);
        while let Some(rest) = octets.get(at..).filter(|rest| !rest.is_empty())
            && let Some(unit) = (self.measure)(rest, self.written == 0 && at == 0)
        {
            at += unit.length;
            if at <= done {
                whole = at;
            } else {
                packets_lost += u64::from(unit.is_packet);
            }
        }
        (whole as u64, packets_lost)
    }

    /// Ends the file at a length, and leaves it.
    fn cut(&mut self, length: u64) {
        // A pipe cannot be cut; its reader sees the end in the middle of a record.
        let _ = self.file.take().map(|file| file.set_len(length));
    }
}

/// Compresses octets into the file. How many it became.
pub fn encode(encoder: &mut Encoder, octets: &[u8], end: bool, mut file: &File) -> io::Result<u64> {
    let compressed = encoder.encode(octets, end)?;
    write_all(&mut file, compressed).map_err(|(_, reason)| reason)?;
    Ok(compressed.len() as u64)
}

/// Writes everything; a failure comes with how much was written before it.
fn write_all(file: &mut impl Write, octets: &[u8]) -> Result<(), (usize, io::Error)> {
    let mut done = 0;
    while let Some(rest) = octets.get(done..).filter(|rest| !rest.is_empty()) {
        match file.write(rest) {
            Ok(0) => return Err((done, io::ErrorKind::WriteZero.into())),
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err((done, error)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{pcap, pcapng};
    use super::*;

    /// Two records of this many octets, as both formats have them.
    fn records(length: u32) -> [(Vec<u8>, usize, Measure); 2] {
        let record = |at: usize, around: usize, length: u32| {
            let mut record = vec![6, 0, 0, 0];
            record.resize(around + length.next_multiple_of(4) as usize, 0);
            let field = if at == 4 { record.len() as u32 } else { length };
            record[at..at + 4].copy_from_slice(&field.to_ne_bytes());
            record
        };
        [
            ([record(8, 16, length), record(8, 16, length)].concat(), 16 + length as usize, pcap::unit),
            ([record(4, 32, length), record(4, 32, length)].concat(), 32 + length as usize, pcapng::unit),
        ]
    }

    #[test]
    fn after_a_failure_the_file_ends_behind_a_whole_record() {
        for (octets, record, measure) in records(12) {
            let path = std::env::temp_dir().join(format!("rtcpdump-{}-cut-{record}", std::process::id()));
            let mut outlet = Outlet::new(None, false, measure).unwrap();
            outlet.open(File::create(&path).unwrap());
            let mut batch = Batch { octets: vec![0; 24], packets: 0 };
            outlet.put(&mut batch).unwrap();
            // As if the disk were full in the middle of the second record.
            outlet.file().unwrap().write_all(&octets[..record + 5]).unwrap();
            let (whole, lost) = outlet.whole_records(&octets, record + 5);
            assert_eq!((whole, lost), (record as u64, 1));
            outlet.cut(outlet.written() + whole);
            assert_eq!(std::fs::metadata(&path).unwrap().len(), 24 + record as u64);
            assert!(outlet.file().is_none() && outlet.put(&mut batch).is_ok(), "what is gone is told once");
            std::fs::remove_file(&path).unwrap();
        }
    }

    #[test]
    fn a_files_header_is_no_packet() {
        let mut outlet = Outlet::new(None, false, pcap::unit).unwrap();
        let octets = [vec![0; 24], records(8)[0].0.clone()].concat();
        assert_eq!(outlet.whole_records(&octets, 23), (0, 2));
        assert_eq!(outlet.whole_records(&octets, 24), (24, 2));
        assert_eq!(outlet.whole_records(&octets, 47), (24, 2));
        outlet.written = 24;
        assert_eq!(outlet.whole_records(&octets[24..], 24), (24, 1));
    }
}
