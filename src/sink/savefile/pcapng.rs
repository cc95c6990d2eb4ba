//! The pcapng format (draft-ietf-opsawg-pcapng): packets, and what they were captured on and how.
//!
//! A file is one section. An interface is described in front of its first packet, and those that are known
//! then at each file's start, so that they have the same number in all files of a run.

mod blocks;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use foldhash::fast::RandomState;

use super::writer::Unit;
use crate::os::system;
use crate::source::interface::Interface;
use crate::source::live::Counts;
use crate::source::{Frame, Timestamp};
use blocks::{Stamp, kind, option, put_block, put_option, put_packet, put_text};

/// More interfaces are not described: the table of those that are known is bounded.
const INTERFACES_MAX: usize = 1 << 16;

/// The counts of interfaces.
pub type Statistics = Vec<(Arc<Interface>, Counts)>;

/// Writes files of a run.
#[derive(Debug)]
pub struct Pcapng {
    /// Whether time stamps have nanoseconds, if the user wants it so or so.
    nanoseconds: Option<bool>,
    /// The filter that chose the packets.
    filter: String,
    /// When the run began.
    begun: Timestamp,
    known: Vec<Known>,
    numbers: HashMap<Arc<Interface>, usize, RandomState>,
    /// The number of the last frame's interface.
    last: usize,
}

/// An interface that has a number.
#[derive(Debug)]
struct Known {
    interface: Arc<Interface>,
    nanoseconds: bool,
    /// Its frames that were written in this run.
    frames: u64,
}

impl Pcapng {
    /// A writer of files with these interfaces, and others that are still to come.
    pub fn new(nanoseconds: Option<bool>, filter: &str, interfaces: &[Arc<Interface>]) -> Pcapng {
        let mut writer = Pcapng {
            nanoseconds,
            filter: filter.to_owned(),
            begun: now(),
            known: Vec::new(),
            numbers: HashMap::default(),
            last: 0,
        };
        for interface in interfaces {
            writer.add(interface);
        }
        writer
    }

    /// Begins a file.
    pub fn begin(&self, out: &mut Vec<u8>) {
        put_block(out, kind::SECTION, |out| {
            out.extend_from_slice(&blocks::MAGIC.to_ne_bytes());
            out.extend_from_slice(&1u16.to_ne_bytes());
            out.extend_from_slice(&0u16.to_ne_bytes());
            // The section's length is not known.
            out.extend_from_slice(&u64::MAX.to_ne_bytes());
            put_text(out, option::SECTION_HARDWARE, system::hardware().as_deref());
            put_text(out, option::SECTION_SYSTEM, system::name().as_deref());
            put_text(out, option::SECTION_APPLICATION, Some(concat!("rtcpdump ", env!("CARGO_PKG_VERSION"))));
            put_option(out, option::END, &[]);
        });
        for known in &self.known {
            self.describe(known, out);
        }
    }

    /// Writes a frame as it was captured.
    #[inline]
    pub fn frame(&mut self, frame: &Frame, out: &mut Vec<u8>) -> Result<(), String> {
        let is_last = self.known.get(self.last).is_some_and(|known| Arc::ptr_eq(&known.interface, frame.interface));
        if !is_last {
            self.last = self.number(frame.interface, out)?;
        }
        if let Some(known) = self.known.get_mut(self.last) {
            known.frames += 1;
            put_packet(out, self.last as u32, Stamp::new(frame.timestamp, known.nanoseconds), frame);
        }
        Ok(())
    }

    /// Ends a file with the counts of its interfaces since the run began.
    pub fn end(&mut self, statistics: &Statistics, out: &mut Vec<u8>) -> Result<(), String> {
        for (interface, counts) in statistics {
            let number = self.number(interface, out)?;
            if let Some(known) = self.known.get(number) {
                self.put_statistics(number as u32, known, counts, out);
            }
        }
        Ok(())
    }

    /// The number of an interface, which is described if it is new.
    #[cold]
    fn number(&mut self, interface: &Arc<Interface>, out: &mut Vec<u8>) -> Result<usize, String> {
        if let Some(number) = self.numbers.get(interface) {
            return Ok(*number);
        }
        if self.known.len() >= INTERFACES_MAX {
            return Err(format!("more than {INTERFACES_MAX} interfaces"));
        }
        let number = self.add(interface);
        if let Some(known) = self.known.get(number) {
            self.describe(known, out);
        }
        Ok(number)
    }

    fn add(&mut self, interface: &Arc<Interface>) -> usize {
        let number = *self.numbers.entry(Arc::clone(interface)).or_insert(self.known.len());
        if number == self.known.len() {
            let nanoseconds = self.nanoseconds.unwrap_or(interface.nanoseconds);
            self.known.push(Known { interface: Arc::clone(interface), nanoseconds, frames: 0 });
        }
        number
    }

    fn describe(&self, known: &Known, out: &mut Vec<u8>) {
        let interface = &known.interface;
        put_block(out, kind::INTERFACE, |out| {
            out.extend_from_slice(&(interface.link_type.savefile_number() as u16).to_ne_bytes());
            out.extend_from_slice(&[0; 2]);
            out.extend_from_slice(&interface.snapshot_length.to_ne_bytes());
            put_text(out, option::INTERFACE_NAME, interface.name.as_deref());
            put_text(out, option::INTERFACE_DESCRIPTION, interface.description.as_deref());
            put_option(out, option::INTERFACE_RESOLUTION, &[if known.nanoseconds { 9 } else { 6 }]);
            if let Some(filter) = self.filter_of(interface) {
                put_option(out, option::INTERFACE_FILTER, &[&[blocks::FILTER_LIBPCAP], filter.as_bytes()].concat());
            }
            put_text(out, option::INTERFACE_SYSTEM, interface.system.as_deref());
            put_option(out, option::END, &[]);
        });
    }

    /// What chose the packets: before they came here, and here.
    fn filter_of(&self, interface: &Interface) -> Option<String> {
        match (&interface.filter, self.filter.trim()) {
            (before, "") => before.clone(),
            (None, ours) => Some(ours.to_owned()),
            (Some(before), ours) => Some(format!("({before}) and ({ours})")),
        }
    }

    fn put_statistics(&self, number: u32, known: &Known, counts: &Counts, out: &mut Vec<u8>) {
        let stamp = |time| Stamp::new(time, known.nanoseconds);
        let ended = stamp(now());
        put_block(out, kind::STATISTICS, |out| {
            out.extend_from_slice(&number.to_ne_bytes());
            out.extend_from_slice(&ended.octets());
            put_option(out, option::STATISTICS_BEGUN, &stamp(self.begun).octets());
            put_option(out, option::STATISTICS_ENDED, &ended.octets());
            let counts = [
                // As in Wireshark's files: the kernel counts only what passes the filter.
                (option::STATISTICS_RECEIVED, counts.received),
                (option::STATISTICS_INTERFACE_DROPPED, counts.interface_dropped),
                (option::STATISTICS_ACCEPTED, counts.received),
                (option::STATISTICS_KERNEL_DROPPED, counts.dropped),
                (option::STATISTICS_DELIVERED, known.frames),
            ];
            for (code, count) in counts {
                put_option(out, code, &count.to_ne_bytes());
            }
            put_option(out, option::END, &[]);
        });
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp { seconds: since.as_secs() as i64, nanos: since.subsec_nanos().into() }
}

/// The block that `octets` begins with.
pub fn unit(octets: &[u8], _at_file_start: bool) -> Option<Unit> {
    let kind = u32::from_ne_bytes(*octets.first_chunk()?);
    let length = u32::from_ne_bytes(*octets.get(4..)?.first_chunk()?) as usize;
    Some(Unit { length, is_packet: kind == kind::ENHANCED_PACKET })
}

#[cfg(test)]
mod tests;
