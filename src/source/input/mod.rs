//! The octets of a savefile: a buffer that is filled in large pieces from a file, a pipe or a decoder.
//!
//! A reader of records asks for so many octets and takes them when they are all there. Where they are
//! not there yet, it says so and is asked again later: nothing waits in here, so that signals are heeded. Of long files,
//! [`ahead`] reads the next pieces beside, and [`passing`] goes over records that nobody looks at.

mod ahead;
mod origin;
mod passing;

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::mem;
use std::ops::Range;
use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::feed::Feed;
use super::interface::Interface;
use super::{Frame, LinkType, Timestamp};
use crate::error::{Error, reason_text};
use crate::os::system;
use ahead::Ahead;
use origin::{LOOK_AGAIN, Origin};

/// What is read at a time, in octets: so much that a call or waking a thread costs little, and that it stays in a processor's
/// second-level cache.
const PIECE: usize = 256 * 1024;

/// What makes a file worth a thread that reads it ahead, in octets.
const LONG: u64 = 8 << 20;

/// Whether octets are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// All of them.
    Enough,
    /// Only these, and there will be no more.
    Only(usize),
    /// Not yet.
    Later,
}

/// A record whose octets are in the buffer.
#[derive(Clone, Debug)]
pub struct Record {
    /// When its frame was captured.
    pub timestamp: Timestamp,
    /// The frame's length on the wire.
    pub wire_length: u32,
    /// What the frame starts with.
    pub link_type: LinkType,
    /// Where the frame is in the buffer.
    pub octets: Range<usize>,
}

/// What a reader of records has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It has read a record, whose frame can be lent now.
    Frame,
    /// Nothing is there yet.
    Later,
    /// Nothing is there any more.
    End,
}

/// Whether a thread reads ahead.
#[derive(Debug)]
enum Reading {
    /// No, and it is not to.
    Alone,
    /// It is to, once the first piece is consumed.
    Later,
    /// Yes.
    Ahead(Box<Ahead>),
    /// No: there is little to be read, because records are passed over.
    Passing,
}

/// Buffered octets.
#[derive(Debug)]
pub struct Input {
    origin: Origin,
    buffer: Vec<u8>,
    /// What of `buffer` is not consumed yet.
    unread: Range<usize>,
    /// The end of the file is not the end of the data: somebody writes it still.
    follow: bool,
    /// Who reads a long file's next pieces meanwhile.
    ahead: Reading,
    /// What was read last. It stays here: handing it around costs more than reading it.
    pub record: Record,
}

impl Input {
    /// Opens a file; `-` is standard input. With `follow`, its end is where more will come.
    pub fn open(path: &Path, follow: bool) -> Result<Input, Error> {
        let origin = Origin::open(path).map_err(|reason| Error::System(path.display().to_string(), reason))?;
        Ok(Input::new(origin, follow))
    }

    /// The octets of a file from `offset` on.
    #[cfg(test)]
    pub fn of_file(file: File, offset: u64) -> Input {
        Input::new(Origin::File { file, offset }, false)
    }

    /// The octets that a thread of ours sends.
    pub fn of_feed(feed: Feed) -> Input {
        Input::new(Origin::Feed(feed), false)
    }

    fn new(origin: Origin, follow: bool) -> Input {
        let (timestamp, link_type) = (Timestamp::default(), LinkType::ETHERNET);
        let record = Record { timestamp, wire_length: 0, link_type, octets: 0..0 };
        Input { origin, buffer: vec![0; PIECE], unread: 0..0, follow, ahead: Reading::Alone, record }
    }

    /// Lets a thread read the rest of a long file ahead. From then on, octets are only supplied and taken.
    pub fn read_ahead(&mut self) {
        let rest = self.position().map_or(0, |(read, length)| length.saturating_sub(read));
        if self.origin.may_grow() && !self.follow && rest >= LONG && system::has_processor_to_spare() {
            self.ahead = Reading::Later;
        }
    }

    /// Makes `count` octets available if they are there.
    #[inline]
    pub fn supply(&mut self, count: usize) -> Result<Supply, String> {
        if self.unread.len() >= count { Ok(Supply::Enough) } else { self.read_more(count) }
    }

    /// The same, and waits for octets that are not there yet. Only for opening: no signal is heeded.
    pub fn wait_for(&mut self, count: usize) -> Result<Supply, String> {
        loop {
            match self.supply(count)? {
                Supply::Later => self.wait(),
                supply => return Ok(supply),
            }
        }
    }

    /// Waits until a look at the input may be of use.
    pub fn wait(&self) {
        match self.descriptor() {
            // A failed poll(2) is left to the read, which reports it.
            Some(descriptor) => drop(poll(&mut [PollFd::new(descriptor, PollFlags::POLLIN)], PollTimeout::NONE)),
            None => std::thread::sleep(LOOK_AGAIN),
        }
    }

    /// What becomes readable when there are octets, where that can be waited for.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.origin.descriptor()
    }

    #[cold]
    fn read_more(&mut self, count: usize) -> Result<Supply, String> {
        if let Some(before) = self.take_piece(count) {
            self.give_back(before);
            return Ok(Supply::Enough);
        }
        let kept = self.unread.len();
        self.buffer.copy_within(self.unread.clone(), 0);
        self.unread = 0..kept;
        if self.buffer.len() < count {
            self.buffer.resize(count.next_multiple_of(PIECE), 0);
        }
        while self.unread.end < count {
            if self.descriptor().is_some_and(|descriptor| !is_readable(descriptor)) {
                return Ok(Supply::Later);
            }
            let free = self.buffer.get_mut(self.unread.end..).unwrap_or_default();
            match self.origin.read(free) {
                Ok(0) => return self.at_end(),
                Ok(read) => self.unread.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Supply::Later),
                Err(error) => return Err(format!("error reading dump file: {}", reason_text(&error))),
            }
        }
        Ok(Supply::Enough)
    }

    /// Goes on in the next piece that was read ahead, and hands out the one before: whoever keeps that one gives it back
    /// later. Octets that are not consumed yet come along; where there are many, they are to be consumed first.
    pub fn next_piece(&mut self) -> Option<Vec<u8>> {
        if self.unread.len() < PIECE / 2 { self.take_piece(self.unread.len() + 1) } else { None }
    }

    /// Takes back a piece that was handed out, to fill it again.
    pub fn give_back(&mut self, piece: Vec<u8>) {
        if let Reading::Ahead(ahead) = &mut self.ahead {
            ahead.give_back(piece);
        }
    }

    /// Goes on in the next piece that was read ahead, if `count` octets are available then, and hands out the one before.
    /// Where they are not, nobody reads ahead any more.
    fn take_piece(&mut self, count: usize) -> Option<Vec<u8>> {
        if let Reading::Later = self.ahead {
            // Where there can be no more threads, it goes on without.
            self.ahead = self.origin.read_ahead().map_or(Reading::Alone, |ahead| Reading::Ahead(Box::new(ahead)));
        }
        let Reading::Ahead(ahead) = &mut self.ahead else { return None };
        let unread = self.buffer.get(self.unread.clone()).unwrap_or_default();
        let fits = unread.len() <= ahead::ROOM && count - unread.len() <= PIECE;
        let Some(mut piece) = (if fits { ahead.next() } else { None }) else {
            self.ahead = Reading::Alone;
            return None;
        };
        let start = ahead::ROOM - unread.len();
        if let Some(room) = piece.get_mut(start..ahead::ROOM) {
            room.copy_from_slice(unread);
        }
        self.unread = start..piece.len();
        self.origin.skip(PIECE);
        Some(mem::replace(&mut self.buffer, piece))
    }

    /// There are no more octets, at least for now.
    fn at_end(&self) -> Result<Supply, String> {
        if self.follow && self.origin.has_shrunk() {
            return Err("the dump file has become shorter while it was read".to_owned());
        }
        match self.origin.failure() {
            Some(failure) => Err(failure),
            None if self.follow && self.origin.may_grow() => Ok(Supply::Later),
            None => Ok(Supply::Only(self.unread.len())),
        }
    }

    /// The first `N` octets that are not consumed yet, from `offset` on.
    #[inline]
    pub fn octets<const N: usize>(&self, offset: usize) -> Option<[u8; N]> {
        let octets = self.buffer.get(self.unread.start + offset..self.unread.end)?;
        octets.first_chunk::<N>().copied()
    }

    /// Consumes octets that were supplied, and returns where they are until the next supply.
    #[inline]
    pub fn take(&mut self, count: usize) -> Range<usize> {
        let start = self.unread.start;
        self.unread.start = (start + count).min(self.unread.end);
        start..self.unread.start
    }

    /// Passes over records of a long file that nobody looks at, up to `most`, and tells how many. `length_of` is as for
    /// [`passing::pass_over`].
    pub fn pass_over<const N: usize>(&mut self, most: u64, length_of: impl Fn([u8; N]) -> Option<usize> + Sync) -> u64 {
        let Origin::File { file, offset } = &mut self.origin else { return 0 };
        if most == 0 || !matches!(self.ahead, Reading::Later | Reading::Passing) {
            return 0;
        }
        self.ahead = Reading::Passing;
        let start = *offset - self.unread.len() as u64;
        let passed = passing::pass_over(file, start, most, &length_of);
        *offset = start + passed.octets;
        self.unread = 0..0;
        passed.records
    }

    /// Octets that were taken, or that are not consumed yet.
    #[inline]
    pub fn slice(&self, octets: Range<usize>) -> &[u8] {
        self.buffer.get(octets).unwrap_or_default()
    }

    /// The octets of the last record, to be set right in place.
    pub fn frame_mut(&mut self) -> &mut [u8] {
        self.buffer.get_mut(self.record.octets.clone()).unwrap_or_default()
    }

    /// The piece that is being read, as far as it is not replaced yet.
    pub fn piece(&self) -> &[u8] {
        &self.buffer
    }

    /// What is in the buffer and not consumed yet.
    pub fn buffered(&self) -> &[u8] {
        self.slice(self.unread.clone())
    }

    /// Consumes all but the last `rest` octets of what is in the buffer.
    #[inline]
    pub fn consume(&mut self, rest: usize) {
        self.unread.start = self.unread.end.saturating_sub(rest).max(self.unread.start);
    }

    /// The frame of the last record, which was captured on `interface`.
    #[inline]
    pub fn frame<'f>(&'f self, interface: &'f Arc<Interface>) -> Frame<'f> {
        Frame {
            timestamp: self.record.timestamp,
            bytes: self.slice(self.record.octets.clone()),
            wire_length: self.record.wire_length,
            link_type: self.record.link_type,
            interface,
        }
    }

    /// How much of a file has been read, and its length; `None` where there is no file.
    pub fn position(&self) -> Option<(u64, u64)> {
        self.origin.position()
    }

    /// The file itself, where it is a file and nothing was consumed of it, for another to read it.
    pub fn into_file(self) -> Result<File, Box<Input>> {
        match self.origin {
            Origin::File { file, .. } if !self.follow && self.unread.start == 0 => Ok(file),
            _ => Err(Box::new(self)),
        }
    }

    /// Everything that is not consumed yet, for a thread to read it and wait for it. With it, the length
    /// of the file if there is one.
    pub fn into_reader(self) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
        let (rest, length) = self.origin.into_reader(self.follow)?;
        let mut buffered = self.buffer;
        buffered.truncate(self.unread.end);
        let mut buffered = Cursor::new(buffered);
        buffered.set_position(self.unread.start as u64);
        Ok((Box::new(buffered.chain(rest)), length))
    }
}

/// Whether a read would return at once: there is something, or the end.
pub fn is_readable(descriptor: BorrowedFd) -> bool {
    let mut descriptors = [PollFd::new(descriptor, PollFlags::POLLIN)];
    // A failed poll(2) is left to the read, which reports it.
    poll(&mut descriptors, PollTimeout::ZERO).map_or(true, |ready| ready > 0)
}
