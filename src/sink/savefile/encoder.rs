//! Compresses what goes into a file, as gzip (RFC 1952) or zstd (RFC 8878).
//!
//! What is handed over together comes out together: it can be read back without anything behind it. Both
//! formats allow one stream behind the other, so a stream may end wherever it is convenient.

use std::io;

use flate2::{Compress, Crc, FlushCompress};
use zstd::stream::raw::{self, InBuffer, Operation, OutBuffer};

use super::format::Compression;

/// The fastest levels of both: the next ones gain a few per cent and take up to three times as long, which
/// a capture has not.
const ZSTD_LEVEL: i32 = 1;
const GZIP_LEVEL: u32 = 1;

/// Magic number, deflate, no flags, no time, fastest, Unix.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3];

/// How much the output grows at a time, in octets.
const ROOM: usize = 64 * 1024;

/// Compresses one stream after the other.
pub struct Encoder {
    method: Method,
    /// How much the present stream has of what was handed over, in octets; `None` between two streams.
    in_stream: Option<u64>,
    out: Vec<u8>,
}

enum Method {
    Gzip(Box<Compress>, Crc),
    Zstd(raw::Encoder<'static>),
}

impl Encoder {
    /// An encoder without a stream.
    pub fn new(compression: Compression) -> io::Result<Encoder> {
        let method = match compression {
            Compression::Gzip => {
                Method::Gzip(Box::new(Compress::new(flate2::Compression::new(GZIP_LEVEL), false)), Crc::new())
            }
            Compression::Zstd => Method::Zstd(raw::Encoder::new(ZSTD_LEVEL)?),
        };
        Ok(Encoder { method, in_stream: None, out: Vec::new() })
    }

    /// How much of what was handed over is in a stream that is not ended yet, in octets.
    pub fn in_stream(&self) -> Option<u64> {
        self.in_stream
    }

    /// The compressed form of `octets`, whole; with `end`, the stream ends behind them.
    pub fn encode(&mut self, octets: &[u8], end: bool) -> io::Result<&[u8]> {
        self.out.clear();
        let begins = self.in_stream.is_none();
        match &mut self.method {
            Method::Gzip(deflate, crc) => {
                if begins {
                    deflate.reset();
                    crc.reset();
                    self.out.extend_from_slice(&GZIP_HEADER);
                }
                crc.update(octets);
                deflate_all(deflate, octets, end, &mut self.out)?;
                if end {
                    self.out.extend_from_slice(&crc.sum().to_le_bytes());
                    self.out.extend_from_slice(&crc.amount().to_le_bytes());
                }
            }
            Method::Zstd(encoder) => {
                if begins {
                    encoder.reinit()?;
                }
                zstd_all(encoder, octets, end, &mut self.out)?;
            }
        }
        self.in_stream = if end { None } else { Some(self.in_stream.unwrap_or(0) + octets.len() as u64) };
        Ok(&self.out)
    }
}

fn deflate_all(deflate: &mut Compress, octets: &[u8], end: bool, out: &mut Vec<u8>) -> io::Result<()> {
    let flush = if end { FlushCompress::Finish } else { FlushCompress::Sync };
    let before = deflate.total_in();
    loop {
        out.reserve(ROOM);
        let done = (deflate.total_in() - before) as usize;
        let status = deflate.compress_vec(octets.get(done..).unwrap_or_default(), out, flush)?;
        let is_whole = deflate.total_in() - before == octets.len() as u64;
        // With room left, nothing is held back any more.
        let is_out = if end { status == flate2::Status::StreamEnd } else { out.len() < out.capacity() };
        if is_whole && is_out {
            return Ok(());
        }
    }
}

fn zstd_all(encoder: &mut raw::Encoder, octets: &[u8], end: bool, out: &mut Vec<u8>) -> io::Result<()> {
    let mut input = InBuffer::around(octets);
    while input.pos() < octets.len() {
        with_room(out, |out| encoder.run(&mut input, out))?;
    }
    loop {
        let left = with_room(out, |out| if end { encoder.finish(out, false) } else { encoder.flush(out) })?;
        if left == 0 {
            return Ok(());
        }
    }
}

/// Lets `fill` append to `out`.
fn with_room(out: &mut Vec<u8>, fill: impl FnOnce(&mut OutBuffer<Vec<u8>>) -> io::Result<usize>) -> io::Result<usize> {
    out.reserve(ROOM);
    let start = out.len();
    fill(&mut OutBuffer::around_pos(out, start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn decoded(compression: Compression, octets: &[u8]) -> (Vec<u8>, bool) {
        let mut out = Vec::new();
        let outcome = match compression {
            Compression::Gzip => flate2::read::MultiGzDecoder::new(octets).read_to_end(&mut out),
            Compression::Zstd => zstd::stream::read::Decoder::new(octets).unwrap().read_to_end(&mut out),
        };
        (out, outcome.is_ok())
    }

    /// Octets that compress badly, so that the output outgrows its room.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
            (state >> 16) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn what_was_handed_over_can_be_read_back_at_once() {
        for compression in [Compression::Gzip, Compression::Zstd] {
            let mut encoder = Encoder::new(compression).unwrap();
            let (mut plain, mut compressed) = (Vec::new(), Vec::new());
            for (round, length) in [1, 100, 300_000, 65_536, 0, 7].into_iter().enumerate() {
                let end = round % 3 == 2;
                let octets = noise(length);
                plain.extend_from_slice(&octets);
                compressed.extend_from_slice(encoder.encode(&octets, end).unwrap());
                assert_eq!(encoder.in_stream().is_none(), end);
                let (read, is_whole) = decoded(compression, &compressed);
                assert!(read == plain && is_whole == end, "{compression:?} {round} {is_whole}");
            }
        }
    }

    #[test]
    fn an_empty_stream_and_the_end_of_one_are_whole() {
        for compression in [Compression::Gzip, Compression::Zstd] {
            let mut encoder = Encoder::new(compression).unwrap();
            let mut compressed = encoder.encode(&[], true).unwrap().to_vec();
            compressed.extend_from_slice(encoder.encode(b"abc", false).unwrap());
            assert_eq!(encoder.in_stream(), Some(3));
            compressed.extend_from_slice(encoder.encode(&[], true).unwrap());
            assert_eq!(decoded(compression, &compressed), (b"abc".to_vec(), true));
        }
    }
}
