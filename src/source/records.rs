//! The records of a savefile in libpcap's format (pcap-savefile(5)), read in large pieces.
//!
//! libpcap has opened the file and judged its header; what follows is only lengths and frames. Its own
//! reader asks the system for 4 KiB at a time, which costs as much as printing what is in them.

use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::FileExt;

use super::{Frame, LinkType, Timestamp};

const FILE_HEADER_LENGTH: usize = 24;
const RECORD_HEADER_LENGTH: usize = 16;
const MAGIC_MICROSECONDS: u32 = 0xa1b2_c3d4;
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;

/// The only version that is written since 1998. Older ones swapped lengths; libpcap knows how.
const VERSION: (u16, u16) = (2, 4);

/// What is read at a time, in octets: as much as a processor's second-level cache holds.
const PIECE: usize = 256 * 1024;

/// How a file's numbers are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Whether the writer's byte order is not ours.
    pub swapped: bool,
    /// Whether fractions are nanoseconds.
    pub nanoseconds: bool,
}

impl Format {
    /// The format by a file's first octets; `None` where libpcap has to read the file.
    pub fn of(head: &[u8]) -> Option<Format> {
        let magic = u32::from_ne_bytes(*head.first_chunk()?);
        let swapped = [MAGIC_MICROSECONDS, MAGIC_NANOSECONDS].contains(&magic.swap_bytes());
        let magic = if swapped { magic.swap_bytes() } else { magic };
        let half = |at: usize| -> Option<u16> {
            let octets = *head.get(at..)?.first_chunk()?;
            Some(if swapped { u16::from_ne_bytes(octets).swap_bytes() } else { u16::from_ne_bytes(octets) })
        };
        let known = [MAGIC_MICROSECONDS, MAGIC_NANOSECONDS].contains(&magic);
        let complete = head.len() >= FILE_HEADER_LENGTH;
        (known && complete && (half(4)?, half(6)?) == VERSION)
            .then_some(Format { swapped, nanoseconds: magic == MAGIC_NANOSECONDS })
    }
}

/// A record whose octets are in the buffer.
struct Record {
    timestamp: Timestamp,
    wire_length: u32,
    octets: Range<usize>,
}

/// Reads records one by one.
#[derive(Debug)]
pub struct Records {
    file: File,
    /// Where in the file the octets behind `buffer` begin.
    offset: u64,
    buffer: Vec<u8>,
    /// What of `buffer` is not consumed yet.
    unread: Range<usize>,
    format: Format,
    link_type: LinkType,
    /// Longer frames are handed over up to here, in octets.
    snapshot_length: usize,
    /// Longer frames are taken for damage, in octets.
    plausible_length: usize,
}

impl Records {
    /// The records of a file whose header begins at `start`.
    pub fn new(file: File, start: u64, format: Format, link_type: LinkType, snapshot_length: i32) -> Records {
        Records {
            file,
            offset: start + FILE_HEADER_LENGTH as u64,
            buffer: vec![0; PIECE],
            unread: 0..0,
            format,
            link_type,
            snapshot_length: usize::try_from(snapshot_length).unwrap_or_default(),
            plausible_length: link_type.plausible_length(),
        }
    }

    /// The next frame, or `None` at the end. The error is in libpcap's words.
    #[inline]
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, String> {
        let record = self.next_record()?;
        Ok(record.map(|record| self.frame(&record)))
    }

    /// The next frame that passes, or `None` at the end.
    pub fn next_passing(&mut self, passes: impl Fn(&Frame) -> bool) -> Result<Option<Frame<'_>>, String> {
        while let Some(record) = self.next_record()? {
            if passes(&self.frame(&record)) {
                return Ok(Some(self.frame(&record)));
            }
        }
        Ok(None)
    }

    #[inline]
    fn frame(&self, record: &Record) -> Frame<'_> {
        Frame {
            timestamp: record.timestamp,
            bytes: self.buffer.get(record.octets.clone()).unwrap_or_default(),
            wire_length: record.wire_length,
            link_type: self.link_type,
        }
    }

    #[inline]
    fn next_record(&mut self) -> Result<Option<Record>, String> {
        let available = self.fill(RECORD_HEADER_LENGTH)?;
        if available < RECORD_HEADER_LENGTH {
            return if available == 0 { Ok(None) } else { Err(cut_short(RECORD_HEADER_LENGTH, "header", available)) };
        }
        let header: [u8; RECORD_HEADER_LENGTH] = self.octets(RECORD_HEADER_LENGTH)?;
        let [seconds, fraction, captured, wire_length] = self.words(header);
        let captured = captured as usize;
        if captured > self.plausible_length {
            return Err(self.implausible(captured));
        }
        self.unread.start += RECORD_HEADER_LENGTH;
        let available = self.fill(captured)?;
        let wanted = captured.min(self.snapshot_length);
        if available < captured {
            return Err(cut_short(wanted, "captured", available));
        }
        let start = self.unread.start;
        self.unread.start += captured;
        let nanos = if self.format.nanoseconds { i64::from(fraction) } else { i64::from(fraction) * 1000 };
        let timestamp = Timestamp { seconds: i64::from(seconds), nanos };
        Ok(Some(Record { timestamp, wire_length, octets: start..start + wanted }))
    }

    /// Makes `count` octets available if the file has them; the number there is, at most `count`.
    #[inline]
    fn fill(&mut self, count: usize) -> Result<usize, String> {
        if self.unread.len() < count {
            self.read_more(count)?;
        }
        Ok(self.unread.len().min(count))
    }

    #[cold]
    fn read_more(&mut self, count: usize) -> Result<(), String> {
        let kept = self.unread.len();
        self.buffer.copy_within(self.unread.clone(), 0);
        self.unread = 0..kept;
        if self.buffer.len() < count {
            self.buffer.resize(count.next_multiple_of(PIECE), 0);
        }
        while self.unread.end < count {
            let free = self.buffer.get_mut(self.unread.end..).unwrap_or_default();
            match self.file.read_at(free, self.offset) {
                Ok(0) => break,
                Ok(read) => {
                    self.unread.end += read;
                    self.offset += read as u64;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(format!("error reading dump file: {error}")),
            }
        }
        Ok(())
    }

    fn octets<const N: usize>(&self, count: usize) -> Result<[u8; N], String> {
        let start = self.unread.start;
        let octets = self.buffer.get(start..start + count).and_then(|octets| octets.first_chunk::<N>());
        octets.copied().ok_or_else(|| cut_short(count, "header", 0))
    }

    #[inline]
    fn words(&self, header: [u8; RECORD_HEADER_LENGTH]) -> [u32; 4] {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = header;
        [[a, b, c, d], [e, f, g, h], [i, j, k, l], [m, n, o, p]].map(|octets| {
            let word = u32::from_ne_bytes(octets);
            if self.format.swapped { word.swap_bytes() } else { word }
        })
    }

    fn implausible(&self, captured: usize) -> String {
        let (kind, bound) = if captured > self.snapshot_length {
            ("snaplen", self.snapshot_length)
        } else {
            ("maximum", self.plausible_length)
        };
        format!("invalid packet capture length {captured}, bigger than {kind} of {bound}")
    }
}

fn cut_short(wanted: usize, what: &str, got: usize) -> String {
    format!("truncated dump file; tried to read {wanted} {what} bytes, only got {got}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const LITTLE: Format = Format { swapped: cfg!(target_endian = "big"), nanoseconds: false };

    /// A little-endian savefile of these frames, cut to `length` octets.
    fn savefile(name: &str, frames: &[&[u8]], length: usize) -> File {
        let mut octets = Vec::new();
        for word in [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 64, 1] {
            octets.extend_from_slice(&word.to_le_bytes());
        }
        for frame in frames {
            for word in [7, 8, frame.len() as u32, 1000] {
                octets.extend_from_slice(&word.to_le_bytes());
            }
            octets.extend_from_slice(frame);
        }
        let path = std::env::temp_dir().join(format!("rtcpdump-records-{}-{name}", std::process::id()));
        let mut file = File::create(&path).unwrap();
        file.write_all(&octets[..length.min(octets.len())]).unwrap();
        let file = File::open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        file
    }

    fn records(file: File) -> Records {
        Records::new(file, 0, LITTLE, LinkType::ETHERNET, 64)
    }

    #[test]
    fn formats_are_told_by_magic_and_version() {
        let head = |magic: u32, minor: u16| {
            let mut head = magic.to_be_bytes().to_vec();
            head.extend_from_slice(&[0, 2]);
            head.extend_from_slice(&minor.to_be_bytes());
            head.resize(24, 0);
            head
        };
        let big = Format { swapped: cfg!(target_endian = "little"), nanoseconds: true };
        assert_eq!(Format::of(&head(0xa1b2_3c4d, 4)), Some(big));
        assert_eq!(Format::of(&head(0xa1b2_c3d4, 3)), None, "version 2.3 may have its lengths swapped");
        assert_eq!(Format::of(&head(0xa1b2_cd34, 4)), None, "a patched libpcap's longer records");
        assert_eq!(Format::of(&head(0xa1b2_3c4d, 4)[..23]), None);
    }

    #[test]
    fn frames_come_out_as_they_went_in_and_no_longer_than_the_snapshot_length() {
        let long = [9; 70];
        let mut records = records(savefile("all", &[&[1, 2, 3], &[], &long], usize::MAX));
        let frame = records.next_frame().unwrap().unwrap();
        assert_eq!((frame.bytes, frame.wire_length), (&[1, 2, 3][..], 1000));
        assert_eq!(frame.timestamp, Timestamp { seconds: 7, nanos: 8000 });
        assert_eq!(records.next_frame().unwrap().unwrap().bytes, &[0u8; 0]);
        assert_eq!(records.next_frame().unwrap().unwrap().bytes, &long[..64]);
        assert!(records.next_frame().unwrap().is_none());
    }

    #[test]
    fn a_cut_file_is_told_in_libpcaps_words() {
        let error = |length| records(savefile("cut", &[&[1, 2, 3]], length)).next_frame().map(drop).unwrap_err();
        assert_eq!(error(30), "truncated dump file; tried to read 16 header bytes, only got 6");
        assert_eq!(error(41), "truncated dump file; tried to read 3 captured bytes, only got 1");
    }

    #[test]
    fn a_frame_larger_than_a_piece_is_read_whole() {
        let large = vec![5; PIECE + 1];
        let file = savefile("large", &[&[1], &large[..PIECE]], usize::MAX);
        let mut records = Records::new(file, 0, LITTLE, LinkType::ETHERNET, i32::MAX);
        assert_eq!(records.next_frame().unwrap().unwrap().bytes.len(), 1);
        assert_eq!(records.next_frame().unwrap().unwrap().bytes.len(), PIECE);
    }

    #[test]
    fn an_implausible_length_is_damage_not_memory() {
        let mut records = records(savefile("damage", &[&vec![0; 262_145]], usize::MAX));
        let error = records.next_frame().map(drop).unwrap_err();
        assert_eq!(error, "invalid packet capture length 262145, bigger than snaplen of 64");
    }
}
