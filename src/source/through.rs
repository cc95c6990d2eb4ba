//! Savefiles that are left to libpcap: pcap of before 1998 or with a patched libpcap's records, and what is
//! no savefile at all, for libpcap's words about it.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, IntoRawFd, OwnedFd};
use std::sync::{Arc, OnceLock};

use pcap::{Capture, Offline, Precision};

use super::feed::{Counter, Feed};
use super::input::{Input, is_readable};
use super::interface::Interface;
use super::libpcap::{self, Filter};
use super::{Event, Frame, LinkType, Timestamp};
use crate::error::{Error, libpcap_text, reason_text};

/// A savefile that libpcap reads.
pub struct Through {
    capture: Capture<Offline>,
    link_type: LinkType,
    interface: Arc<Interface>,
    /// The descriptor again, if it is a pipe, which may have nothing for a while.
    pipe: Option<OwnedFd>,
    /// Why the pipe ended before its time.
    failure: Option<Arc<OnceLock<String>>>,
    /// That there is nothing has been told.
    told_idle: bool,
}

impl Through {
    /// Opens what `input` has.
    pub fn open(input: Input) -> Result<Through, Error> {
        let failed = |reason| Error::System("can't hand a savefile over".into(), reason);
        let (file, pipe, failure) = match input.into_file() {
            Ok(file) => (file, None, None),
            Err(input) => {
                let (file, failure) = piped(*input).map_err(failed)?;
                let pipe = file.as_fd().try_clone_to_owned().map_err(failed)?;
                (file, Some(pipe), Some(failure))
            }
        };
        // SAFETY: the descriptor is open and handed over: libpcap closes it with the capture.
        let capture = unsafe { Capture::from_raw_fd_with_precision(file.into_raw_fd(), Precision::Nano) };
        let told = |error| match failure.as_ref().and_then(|failure| failure.get()) {
            Some(failure) => Error::Open(failure.clone()),
            None => Error::Open(libpcap_text(error)),
        };
        let capture = capture.map_err(told)?;
        let link_type = LinkType(capture.get_datalink().0);
        let interface = Arc::new(Interface::unknown(link_type, libpcap::snapshot_length(&capture), false));
        Ok(Through { capture, link_type, interface, pipe, failure, told_idle: false })
    }

    /// The next frame that passes libpcap's filter. A pipe that has nothing is told once, then waited for.
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        if let Some(pipe) = &self.pipe
            && !self.told_idle
            && !is_readable(pipe.as_fd())
        {
            self.told_idle = true;
            return Ok(Event::Idle);
        }
        self.told_idle = false;
        let failure = self.failure.as_ref().and_then(|failure| failure.get());
        match self.capture.next_packet() {
            Ok(packet) => Ok(Event::Frame(Frame {
                timestamp: Timestamp { seconds: packet.header.ts.tv_sec, nanos: packet.header.ts.tv_usec },
                bytes: packet.data,
                wire_length: packet.header.len,
                link_type: self.link_type,
                interface: &self.interface,
            })),
            Err(pcap::Error::NoMorePackets) => failure.map_or(Ok(Event::End), |failure| Err(failure.clone())),
            Err(error) => Err(failure.cloned().unwrap_or_else(|| libpcap_text(error))),
        }
    }

    /// Whether the next read may wait for more to come.
    pub fn may_block(&self) -> bool {
        self.told_idle
    }

    /// What frames start with.
    pub fn link_type(&self) -> LinkType {
        self.link_type
    }

    /// What the frames were captured on, of which the format says little.
    pub fn interface(&self) -> &Arc<Interface> {
        &self.interface
    }

    /// How much of each frame was captured at most, in octets.
    pub fn snapshot_length(&self) -> i32 {
        libpcap::snapshot_length(&self.capture)
    }

    /// Lets only frames through that pass the filter.
    pub fn install(&self, filter: &Filter) -> Result<(), String> {
        filter.install(&self.capture)
    }
}

/// A pipe with all that `input` has.
fn piped(input: Input) -> io::Result<(File, Arc<OnceLock<String>>)> {
    let (reader, length) = input.into_reader()?;
    let describe = |error: io::Error| format!("error reading dump file: {}", reason_text(&error));
    Ok(Feed::start(reader, describe, Counter::default(), length)?.into_pipe())
}
