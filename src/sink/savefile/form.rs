//! The form that whole records have in a file: as they are, or compressed.

use std::fs::File;
use std::io::{self, Write};

use super::encoder::Encoder;
use super::writer::Unit;

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

/// Why a batch did not get into the file, or not all of it.
#[derive(Debug)]
pub struct Fault {
    /// The system's reason.
    pub reason: io::Error,
    /// Octets of it that are in the file and whole records.
    pub kept: u64,
    /// How many packets are lost.
    pub packets_lost: u64,
}

/// Measures the record that octets begin with, or at a file's start its header.
pub type Measure = fn(&[u8], bool) -> Option<Unit>;

/// How batches are written.
pub enum Form {
    /// As they are.
    Plain(Measure),
    /// In streams that can be read back alone.
    Compressed(Box<Encoder>),
}

impl Form {
    /// Writes a batch. How many octets it has become.
    ///
    /// `at_start`: it begins the file. `end`: what is compressed is to be a stream that ends with it.
    pub fn write(&mut self, batch: &Batch, file: &File, at_start: bool, end: bool) -> Result<u64, Fault> {
        match self {
            Form::Plain(measure) => write_all(file, &batch.octets).map_err(|(done, reason)| {
                let (kept, packets_lost) = whole_records(*measure, &batch.octets, at_start, done);
                Fault { reason, kept, packets_lost }
            }),
            Form::Compressed(encoder) => {
                let written = encoder.encode(&batch.octets, end).map_err(|reason| (0, reason));
                let written = written.and_then(|compressed| write_all(file, compressed));
                written.map_err(|(_, reason)| Fault { reason, kept: 0, packets_lost: batch.packets })
            }
        }
    }

    /// How much of what was written is in a stream that is not ended yet, in octets.
    pub fn in_stream(&self) -> Option<u64> {
        match self {
            Form::Plain(_) => None,
            Form::Compressed(encoder) => encoder.in_stream(),
        }
    }
}

/// How many octets of the first `done` are whole records, and how many packets are behind them.
fn whole_records(measure: Measure, octets: &[u8], at_start: bool, done: usize) -> (u64, u64) {
    let (mut at, mut whole, mut packets_lost) = (0, 0, 0);
    while let Some(rest) = octets.get(at..).filter(|rest| !rest.is_empty())
        && let Some(unit) = measure(rest, at_start && at == 0)
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

/// Writes everything, and tells how much that is; a failure comes with how much was written before it.
fn write_all(mut file: &File, octets: &[u8]) -> Result<u64, (usize, io::Error)> {
    let mut done = 0;
    while let Some(rest) = octets.get(done..).filter(|rest| !rest.is_empty()) {
        match file.write(rest) {
            Ok(0) => return Err((done, io::ErrorKind::WriteZero.into())),
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err((done, error)),
        }
    }
    Ok(done as u64)
}

#[cfg(test)]
mod tests {
    use super::super::{pcap, pcapng};
    use super::*;

    #[test]
    fn what_is_whole_ends_behind_a_record() {
        for (measure, at, around) in [(pcap::unit as Measure, 8, 16), (pcapng::unit, 4, 32)] {
            let mut record = vec![6, 0, 0, 0];
            record.resize(around + 12, 0);
            let field = if at == 4 { record.len() as u32 } else { 12 };
            record[at..at + 4].copy_from_slice(&field.to_ne_bytes());
            let octets = [record.as_slice(), record.as_slice()].concat();
            let whole = |done| whole_records(measure, &octets, false, done);
            assert_eq!(whole(record.len() - 1), (0, 2));
            assert_eq!(whole(record.len() + 5), (record.len() as u64, 1));
        }
    }

    #[test]
    fn a_files_header_is_no_packet() {
        let mut octets = vec![0; 24 + 2 * 24];
        for record in [24, 48] {
            octets[record + 8..record + 12].copy_from_slice(&8u32.to_ne_bytes());
        }
        assert_eq!(whole_records(pcap::unit, &octets, true, 23), (0, 2));
        assert_eq!(whole_records(pcap::unit, &octets, true, 24), (24, 2));
        assert_eq!(whole_records(pcap::unit, &octets, true, 47), (24, 2));
        assert_eq!(whole_records(pcap::unit, &octets[24..], false, 24), (24, 1));
    }
}
