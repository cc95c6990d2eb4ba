//! Reading a savefile through libpcap: pcap and pcapng, in either byte order, from a file or a pipe.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd};
use std::os::unix::fs::FileExt;
use std::path::Path;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use pcap::{Capture, Offline, Precision};

use super::{Event, Frame, LinkType, Timestamp};
use crate::error::{Error, libpcap_text};

/// A savefile that is being read.
pub struct Savefile {
    capture: Capture<Offline>,
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
        let metadata = file.metadata().map_err(failed)?;
        let pipe = if metadata.is_file() { None } else { Some(file.as_fd().try_clone_to_owned().map_err(failed)?) };
        let has_nanoseconds = has_nanoseconds(&file);
        let descriptor = file.into_raw_fd();
        // SAFETY: the descriptor is open and handed over: libpcap closes it with the capture.
        let capture = unsafe { Capture::from_raw_fd_with_precision(descriptor, Precision::Nano) };
        let capture = capture.map_err(|error| Error::Open(libpcap_text(error)))?;
        let link_type = LinkType(capture.get_datalink().0);
        Ok(Savefile { capture, link_type, pipe, told_idle: false, has_nanoseconds })
    }

    /// The next frame. A pipe that has nothing is told once, then waited for.
    #[inline]
    pub fn next(&mut self) -> Result<Event<'_>, String> {
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

const NANOSECOND_PCAP: u32 = 0xa1b2_3c4d;
const PCAPNG_SECTION: u32 = 0x0a0d_0d0a;
const PCAPNG_BYTE_ORDER: u32 = 0x1a2b_3c4d;
const PCAPNG_INTERFACE: u32 = 1;
/// The option of an interface description that tells its resolution, and what it is without one:
/// microseconds (pcapng draft, section 4.2).
const PCAPNG_RESOLUTION: u16 = 9;
const MICROSECONDS: u8 = 6;

/// Whether the time stamps of a savefile are finer than microseconds, by its magic number or the first
/// interface of a pcapng file. A pipe cannot be looked into beforehand: it counts as microseconds.
fn has_nanoseconds(file: &File) -> bool {
    let mut head = [0; 4096];
    let Ok(length) = file.read_at(&mut head, 0) else { return false };
    let head = head.get(..length).unwrap_or_default();
    let word = |at: usize| head.get(at..).and_then(|tail| tail.first_chunk::<4>()).copied();
    let Some(magic) = word(0) else { return false };
    if [u32::from_be_bytes(magic), u32::from_le_bytes(magic)].contains(&NANOSECOND_PCAP) {
        return true;
    }
    if u32::from_be_bytes(magic) != PCAPNG_SECTION {
        return false;
    }
    let is_big_endian = word(8).map(u32::from_be_bytes) == Some(PCAPNG_BYTE_ORDER);
    let number =
        |at| word(at).map(|octets| if is_big_endian { u32::from_be_bytes(octets) } else { u32::from_le_bytes(octets) });
    first_interface_resolution(head, number, is_big_endian)
        .is_some_and(|resolution| resolution & 0x80 == 0 && resolution > MICROSECONDS)
}

/// The resolution of the first interface in a pcapng file's head, if it states one.
fn first_interface_resolution(head: &[u8], number: impl Fn(usize) -> Option<u32>, is_big_endian: bool) -> Option<u8> {
    let mut block = 0;
    while number(block)? != PCAPNG_INTERFACE {
        block += (number(block + 4)? as usize).max(12);
    }
    let end = block + number(block + 4)? as usize - 4;
    // Type, length, link type, reserved, snapshot length; then options of code, length, value.
    let mut option = block + 16;
    while option + 4 <= end {
        let octets: [u8; 4] = *head.get(option..)?.first_chunk()?;
        let [a, b, c, d] = octets;
        let field =
            |octets: [u8; 2]| if is_big_endian { u16::from_be_bytes(octets) } else { u16::from_le_bytes(octets) };
        if field([a, b]) == PCAPNG_RESOLUTION {
            return head.get(option + 4).copied();
        }
        option += 4 + usize::from(field([c, d])).next_multiple_of(4);
    }
    None
}
