//! Where the octets of a savefile come from.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use super::ahead::Ahead;
use crate::source::feed::Feed;

/// How often a file that is followed is looked at, where nothing else can be done meanwhile.
pub const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Where octets come from.
#[derive(Debug)]
pub enum Origin {
    /// A file, and where in it the next octets are.
    File {
        /// The file.
        file: File,
        /// The place, which is ours alone: the descriptor's own stays where it is.
        offset: u64,
    },
    /// A pipe, a terminal, a device.
    Stream(File),
    /// What a thread of ours sends.
    Feed(Feed),
}

impl Origin {
    /// Opens a file; `-` is standard input.
    pub fn open(path: &Path) -> io::Result<Origin> {
        let file = if path == Path::new("-") {
            File::from(io::stdin().as_fd().try_clone_to_owned()?)
        } else {
            File::open(path)?
        };
        if !file.metadata()?.is_file() {
            return Ok(Origin::Stream(file));
        }
        // Standard input may have been read from before.
        let offset = (&file).stream_position()?;
        Ok(Origin::File { file, offset })
    }

    /// Reads what there is, up to so many octets.
    pub fn read(&mut self, octets: &mut [u8]) -> io::Result<usize> {
        match self {
            Origin::File { file, offset } => {
                let read = file.read_at(octets, *offset)?;
                *offset += read as u64;
                Ok(read)
            }
            Origin::Stream(stream) => stream.read(octets),
            Origin::Feed(feed) => feed.read(octets),
        }
    }

    /// Starts to read a file ahead, from where the next octets are.
    pub fn read_ahead(&self) -> io::Result<Ahead> {
        match self {
            Origin::File { file, offset } => Ahead::start(file, *offset),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Passes over octets of a file that were read ahead.
    pub fn skip(&mut self, octets: usize) {
        if let Origin::File { offset, .. } = self {
            *offset += octets as u64;
        }
    }

    /// What becomes readable when there are octets, where that can be waited for.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Origin::File { .. } => None,
            Origin::Stream(stream) => Some(stream.as_fd()),
            Origin::Feed(feed) => Some(feed.descriptor()),
        }
    }

    /// Whether somebody may write more behind the end.
    pub fn may_grow(&self) -> bool {
        matches!(self, Origin::File { .. })
    }

    /// Whether it is a file that ends before what was read of it.
    pub fn has_shrunk(&self) -> bool {
        self.position().is_some_and(|(read, length)| self.may_grow() && length < read)
    }

    /// Why it ended before its time.
    pub fn failure(&self) -> Option<String> {
        match self {
            Origin::Feed(feed) => feed.failure(),
            _ => None,
        }
    }

    /// How much of a file has been read, and its length; `None` where there is no file.
    pub fn position(&self) -> Option<(u64, u64)> {
        match self {
            Origin::File { file, offset } => Some((*offset, file.metadata().ok()?.len())),
            Origin::Stream(_) => None,
            Origin::Feed(feed) => feed.position(),
        }
    }

    /// The rest, for a thread to read it and wait for it; with it, the length of a file.
    pub fn into_reader(self, follow: bool) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
        match self {
            Origin::File { mut file, offset } => {
                file.seek(SeekFrom::Start(offset))?;
                let length = file.metadata()?.len();
                let reader: Box<dyn Read + Send> = if follow { Box::new(Following(file)) } else { Box::new(file) };
                Ok((reader, Some(length)))
            }
            Origin::Stream(stream) => Ok((Box::new(stream), None)),
            Origin::Feed(feed) => Ok((Box::new(feed), None)),
        }
    }
}

/// A file whose end is waited at.
struct Following(File);

impl Read for Following {
    fn read(&mut self, octets: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(octets)? {
                0 => std::thread::sleep(LOOK_AGAIN),
                read => return Ok(read),
            }
        }
    }
}
