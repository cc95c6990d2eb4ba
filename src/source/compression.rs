//! Savefiles that are compressed as a whole, with gzip (RFC 1952) or zstd (RFC 8878).

use std::io::{self, BufReader, ErrorKind, Read};
use std::sync::atomic::Ordering;

use flate2::bufread::MultiGzDecoder;

use super::feed::{Counter, Feed};
use super::input::Input;
use crate::error::reason_text;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstd,
}

/// Octets that tell: the magic number of each format.
pub const HEAD_LENGTH: usize = 4;

/// What of a compressed file is read at a time, in octets.
const PIECE: usize = 128 * 1024;

impl Compression {
    /// The compression by a file's first octets.
    pub fn of(head: [u8; HEAD_LENGTH]) -> Option<Compression> {
        match head {
            [0x1f, 0x8b, 8, _] => Some(Compression::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd] => Some(Compression::Zstd),
            // A skippable frame, as some parallel compressors put in front.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Some(Compression::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        }
    }

    /// The octets that `input` has in compressed form.
    pub fn decode(self, input: Input) -> io::Result<Input> {
        let (compressed, length) = input.into_reader()?;
        let read = Counter::default();
        let compressed = BufReader::with_capacity(PIECE, Counted { reader: compressed, read: read.clone() });
        let describe = move |error: io::Error| self.describe(&error);
        let feed = match self {
            // Files may be put one behind the other, in either format.
            Compression::Gzip => Feed::start(MultiGzDecoder::new(compressed), describe, read, length),
            Compression::Zstd => {
                Feed::start(zstd::stream::read::Decoder::with_buffer(compressed)?, describe, read, length)
            }
        };
        feed.map(Input::of_feed)
    }

    /// A decoder's failure in the words for a plain file's.
    fn describe(self, error: &io::Error) -> String {
        let name = self.name();
        match error.kind() {
            ErrorKind::UnexpectedEof => format!("truncated {name} dump file"),
            ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::Other => {
                format!("damaged {name} dump file: {}", reason_text(error))
            }
            _ => format!("error reading dump file: {}", reason_text(error)),
        }
    }
}

/// Counts what is read.
struct Counted<R> {
    reader: R,
    read: Counter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, octets: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(octets)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
