//! Savefiles that are left to libpcap: pcap of before 1998 or with a patched libpcap's records, and what is
//! no savefile at all, for libpcap's words about it.
//!
//! A thread reads with libpcap, which waits where there is nothing yet, and sends what it reads in today's
//! format: to the rest of the program, every savefile is one that can be waited for.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::IntoRawFd;
use std::sync::{Arc, OnceLock};

use pcap::{Capture, Offline, Packet, Precision};

use super::LinkType;
use super::feed::{Counter, Feed};
use super::input::Input;
use super::libpcap;
use super::records::{self, Format};
use crate::error::{Error, libpcap_text, reason_text};

/// The magic number of the one old format with nanoseconds, in either byte order.
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;

/// What `input` has, in today's format. The error is libpcap's.
pub fn translate(input: Input) -> Result<Input, Error> {
    let failed = |reason| Error::System("can't hand a savefile over".into(), reason);
    let magic = input.octets(0).map_or(0, u32::from_ne_bytes);
    let nanoseconds = [magic, magic.swap_bytes()].contains(&MAGIC_NANOSECONDS);
    let (file, failure) = match input.into_file() {
        Ok(file) => (file, Arc::default()),
        Err(input) => piped(*input).map_err(failed)?,
    };
    let precision = if nanoseconds { Precision::Nano } else { Precision::Micro };
    // SAFETY: the descriptor is open and handed over: libpcap closes it with the capture.
    let capture = unsafe { Capture::from_raw_fd_with_precision(file.into_raw_fd(), precision) };
    let capture = capture.map_err(|error| Error::Open(cause(&failure, error)))?;
    let format = Format {
        swapped: false,
        nanoseconds,
        snapshot_length: libpcap::snapshot_length(&capture),
        link_type: LinkType(capture.get_datalink().0),
    };
    let octets = records::file_header(&format).into();
    let translation = Translation { capture, failure, octets };
    let feed = Feed::start(translation, |error| error.to_string(), Counter::default(), None);
    feed.map(Input::of_feed).map_err(failed)
}

/// A savefile in today's format, made from what libpcap reads.
struct Translation {
    capture: Capture<Offline>,
    /// Why the pipe that libpcap reads ended before its time.
    failure: Arc<OnceLock<String>>,
    /// What was translated and is not taken yet.
    octets: VecDeque<u8>,
}

impl Read for Translation {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.octets.is_empty() {
            match self.capture.next_packet() {
                Ok(packet) => put_record(&mut self.octets, &packet),
                Err(pcap::Error::NoMorePackets) if self.failure.get().is_none() => {}
                Err(error) => return Err(io::Error::other(cause(&self.failure, error))),
            }
        }
        self.octets.read(buffer)
    }
}

/// Why libpcap could not read on.
fn cause(failure: &OnceLock<String>, error: pcap::Error) -> String {
    failure.get().cloned().unwrap_or_else(|| libpcap_text(error))
}

/// A frame as it would stand in a savefile of today, with fractions in the resolution libpcap was asked for.
fn put_record(octets: &mut VecDeque<u8>, packet: &Packet) {
    let (time, lengths) = (packet.header.ts, [packet.data.len() as u32, packet.header.len]);
    for field in [time.tv_sec as u32, time.tv_usec as u32].into_iter().chain(lengths) {
        octets.extend(field.to_ne_bytes());
    }
    octets.extend(packet.data);
}

/// A pipe with all that `input` has.
fn piped(input: Input) -> io::Result<(File, Arc<OnceLock<String>>)> {
    let (reader, length) = input.into_reader()?;
    let describe = |error: io::Error| format!("error reading dump file: {}", reason_text(&error));
    Ok(Feed::start(reader, describe, Counter::default(), length)?.into_pipe())
}
