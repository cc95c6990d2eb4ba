//! Reading a savefile: pcap and pcapng, in either byte order, from a file or a pipe.
//!
//! libpcap opens all of them and reads most. The records of a plain pcap file are read by
//! [`super::records`].

use std::fs::File;
use std::io::{self, Seek};
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd};
use std::os::unix::fs::FileExt;
use std::path::Path;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use pcap::{Capture, Offline, Precision};

use super::libpcap::{self, Filter};
use super::records::{Format, Records};
use super::{Event, Frame, LinkType, Timestamp, resolution};
use crate::error::{Error, libpcap_text};

/// A savefile that is being read.
pub struct Savefile {
    capture: Capture<Offline>,
    /// The records and their filter, where libpcap need not read them.
    records: Option<(Records, Option<Filter>)>,
    link_type: LinkType,
    /// The descriptor again, if it is a pipe or the like, which may have nothing for a while.
    pipe: Option<OwnedFd>,
    /// That there is nothing has been told.
    told_idle: bool,
    /// Whether the file's own time stamps have nanoseconds, as far as its head tells.
    pub has_nanoseconds: bool,
}

impl Savefile {
    /// Opens a savefile; `-` is standard input.
    pub fn open(path: &Path) -> Result<Savefile, Error> {
        let failed = |reason| Error::System(path.display().to_string(), reason);
        let file = if path == Path::new("-") {
            File::from(io::stdin().as_fd().try_clone_to_owned().map_err(failed)?)
        } else {
            File::open(path).map_err(failed)?
        };
        let is_regular = file.metadata().map_err(failed)?.is_file();
        let duplicate = || file.try_clone().map_err(failed);
        let pipe = if is_regular { None } else { Some(OwnedFd::from(duplicate()?)) };
        // Standard input may have been read from before.
        let start = if is_regular { (&file).stream_position().map_err(failed)? } else { 0 };
        let head = if is_regular { head(&file, start) } else { Vec::new() };
        let plain = match Format::of(&head) {
            Some(format) => Some((duplicate()?, start, format)),
            None => None,
        };
        let has_nanoseconds = resolution::has_nanoseconds(&head);
        let descriptor = file.into_raw_fd();
        // SAFETY: the descriptor is open and handed over: libpcap closes it with the capture.
        let capture = unsafe { Capture::from_raw_fd_with_precision(descriptor, Precision::Nano) };
        let capture = capture.map_err(|error| Error::Open(libpcap_text(error)))?;
        let link_type = LinkType(capture.get_datalink().0);
        let length = libpcap::snapshot_length(&capture);
        let records = plain.map(|(file, start, format)| (Records::new(file, start, format, link_type, length), None));
        Ok(Savefile { capture, records, link_type, pipe, told_idle: false, has_nanoseconds })
    }

    /// Lets only frames through that pass the filter.
    pub fn install(&mut self, filter: Filter) -> Result<(), String> {
        match &mut self.records {
            Some((_, installed)) => *installed = Some(filter).filter(|filter| !filter.passes_all()),
            None => filter.install(&self.capture)?,
        }
        Ok(())
    }

    /// The next frame. A pipe that has nothing is told once, then waited for.
    #[inline]
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        if let Some((records, filter)) = &mut self.records {
            return next_record(records, filter.as_ref());
        }
        if let Some(pipe) = &self.pipe
            && !self.told_idle
            && !is_readable(pipe.as_fd())
        {
            self.told_idle = true;
            return Ok(Event::Idle);
        }
        self.told_idle = false;
        match self.capture.next_packet() {
            Ok(packet) => Ok(Event::Frame(Frame {
                timestamp: Timestamp { seconds: packet.header.ts.tv_sec, nanos: packet.header.ts.tv_usec },
                bytes: packet.data,
                wire_length: packet.header.len,
                link_type: self.link_type,
            })),
            Err(pcap::Error::NoMorePackets) => Ok(Event::End),
            Err(error) => Err(libpcap_text(error)),
        }
    }

    /// Whether the next read may wait for more to come.
    #[inline]
    pub fn may_block(&self) -> bool {
        self.told_idle
    }

    /// What frames start with.
    pub fn link_type(&self) -> LinkType {
        self.link_type
    }

    /// The capture, for compiling filters and asking for its snapshot length.
    pub fn capture(&self) -> &Capture<Offline> {
        &self.capture
    }
}

/// Whether a read would return at once: there is something, or the end.
fn is_readable(descriptor: BorrowedFd) -> bool {
    let mut descriptors = [PollFd::new(descriptor, PollFlags::POLLIN)];
    // A failed poll(2) is left to the read, which reports it.
    poll(&mut descriptors, PollTimeout::ZERO).map_or(true, |ready| ready > 0)
}

/// What a file begins with: enough for its header and its first interface.
fn head(file: &File, start: u64) -> Vec<u8> {
    let mut head = vec![0; 4096];
    let length = file.read_at(&mut head, start).unwrap_or_default();
    head.truncate(length);
    head
}

/// The next record that passes the filter.
#[inline]
fn next_record<'r>(records: &'r mut Records, filter: Option<&Filter>) -> Result<Event<'r>, String> {
    let Some(filter) = filter else {
        return Ok(records.next_frame()?.map_or(Event::End, Event::Frame));
    };
    records.next_passing(|frame| filter.passes(frame)).map(|frame| frame.map_or(Event::End, Event::Frame))
}
