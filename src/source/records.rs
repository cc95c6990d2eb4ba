//! The records of a savefile in libpcap's format (pcap-savefile(5)).
//!
//! Only lengths and frames: it is read in large pieces. libpcap's own reader asks the system for 4 KiB
//! at a time, which costs as much as printing what is in them.

mod ready;

use std::sync::Arc;

use super::input::{Input, Record, Step, Supply};
use super::interface::Interface;
use super::{Frame, LinkType, Timestamp, pseudo_header};
pub use ready::Ready;

/// The length of a file's header, in octets.
pub const FILE_HEADER_LENGTH: usize = 24;
const RECORD_HEADER_LENGTH: usize = 16;
const MAGIC_MICROSECONDS: u32 = 0xa1b2_c3d4;
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;

/// The only version that is written since 1998. Older ones swapped lengths; libpcap knows how.
const VERSION: (u16, u16) = (2, 4);

/// The part of the header's last field that is the link type; the rest tells of frame check sequences.
const LINK_TYPE_MASK: u32 = 0x03ff_ffff;

/// What a file's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Whether the writer's byte order is not ours.
    pub swapped: bool,
    /// Whether fractions are nanoseconds.
    pub nanoseconds: bool,
    /// How much of each frame was captured at most, in octets.
    pub snapshot_length: i32,
    /// What frames start with.
    pub link_type: LinkType,
}

impl Format {
    /// The format by a file's header; `None` where libpcap has to read the file.
    pub fn of(header: [u8; FILE_HEADER_LENGTH]) -> Option<Format> {
        let [a, b, c, d, e, f, g, h, .., i, j, k, l, m, n, o, p] = header;
        let magic = u32::from_ne_bytes([a, b, c, d]);
        let swapped = [MAGIC_MICROSECONDS, MAGIC_NANOSECONDS].contains(&magic.swap_bytes());
        let word = |octets| swapped_if(swapped, u32::from_ne_bytes(octets));
        let half = |octets| {
            let number = u16::from_ne_bytes(octets);
            if swapped { number.swap_bytes() } else { number }
        };
        let magic = word([a, b, c, d]);
        let known = [MAGIC_MICROSECONDS, MAGIC_NANOSECONDS].contains(&magic);
        if !known || (half([e, f]), half([g, h])) != VERSION {
            return None;
        }
        let link_type = LinkType::from_savefile_number(word([m, n, o, p]) & LINK_TYPE_MASK);
        let snapshot_length = link_type.believable_snapshot_length(word([i, j, k, l]));
        Some(Format { swapped, nanoseconds: magic == MAGIC_NANOSECONDS, snapshot_length, link_type })
    }
}

/// The header of a file in this machine's byte order.
pub fn file_header(format: &Format) -> Vec<u8> {
    let magic = if format.nanoseconds { MAGIC_NANOSECONDS } else { MAGIC_MICROSECONDS };
    let (major, minor) = VERSION;
    let mut header = magic.to_ne_bytes().to_vec();
    header.extend([major.to_ne_bytes(), minor.to_ne_bytes()].concat());
    // The time zone's offset and the time stamps' accuracy, which nobody fills in.
    header.extend([0; 8]);
    header.extend(format.snapshot_length.to_ne_bytes());
    header.extend(format.link_type.savefile_number().to_ne_bytes());
    header
}

#[inline]
fn swapped_if(swapped: bool, word: u32) -> u32 {
    if swapped { word.swap_bytes() } else { word }
}

/// Reads records one by one.
#[derive(Debug)]
pub struct Records {
    /// The octets.
    pub input: Input,
    format: Format,
    interface: Arc<Interface>,
    /// Longer frames are handed over up to here, in octets.
    snapshot_length: usize,
    /// Longer frames are taken for damage, in octets.
    plausible_length: usize,
    /// Frames up to this length are lent as they are, in octets.
    ready_length: usize,
    /// Frames begin with numbers that have to be set right.
    has_numbers: bool,
}

impl Records {
    /// The records that follow the header, which is not consumed yet.
    pub fn new(mut input: Input, format: Format) -> Records {
        input.take(FILE_HEADER_LENGTH);
        let interface = Interface::unknown(format.link_type, format.snapshot_length, format.nanoseconds);
        let snapshot_length = usize::try_from(format.snapshot_length).unwrap_or_default();
        let plausible_length = format.link_type.plausible_length();
        Records {
            input,
            format,
            interface: Arc::new(interface),
            snapshot_length,
            plausible_length,
            ready_length: snapshot_length.min(plausible_length),
            has_numbers: pseudo_header::needs_care(format.link_type, format.swapped),
        }
    }

    /// What the file's header says.
    pub fn format(&self) -> &Format {
        &self.format
    }

    /// What the frames were captured on, of which the format says little.
    pub fn interface(&self) -> &Arc<Interface> {
        &self.interface
    }

    /// The frame of the last record.
    #[inline]
    pub fn frame(&self) -> Frame<'_> {
        self.input.frame(&self.interface)
    }

    /// Reads the next record. The error is in libpcap's words.
    pub fn next_record(&mut self) -> Result<Step, String> {
        match self.input.supply(RECORD_HEADER_LENGTH)? {
            Supply::Enough => {}
            Supply::Later => return Ok(Step::Later),
            Supply::Only(0) => return Ok(Step::End),
            Supply::Only(got) => return Err(cut_short(RECORD_HEADER_LENGTH, "header", got)),
        }
        let [seconds, fraction, captured, wire_length] = self.words(self.input.octets(0).unwrap_or_default());
        let captured = captured as usize;
        if captured > self.plausible_length {
            return Err(self.implausible(captured));
        }
        let wanted = captured.min(self.snapshot_length);
        match self.input.supply(RECORD_HEADER_LENGTH + captured)? {
            Supply::Enough => {}
            // The whole record is asked for again then.
            Supply::Later => return Ok(Step::Later),
            Supply::Only(got) => return Err(cut_short(wanted, "captured", got.saturating_sub(RECORD_HEADER_LENGTH))),
        }
        self.input.take(RECORD_HEADER_LENGTH);
        let start = self.input.take(captured).start;
        let timestamp = timestamp(&self.format, seconds, fraction);
        let octets = start..start + wanted;
        self.input.record = Record { timestamp, wire_length, link_type: self.format.link_type, octets };
        if self.has_numbers {
            pseudo_header::correct(&mut self.input, self.format.swapped);
        }
        Ok(Step::Frame)
    }

    /// Passes over records whose frames nobody wants, as far as that is quick: how many, up to `most`. Whatever is to be
    /// said of the next one is left to [`Records::next_record`].
    pub fn pass_over(&mut self, most: u64) -> u64 {
        let (swapped, plausible_length) = (self.format.swapped, self.plausible_length);
        let length_of = |header| {
            let [_, _, captured, _] = words(header, swapped);
            (captured as usize <= plausible_length).then_some(RECORD_HEADER_LENGTH + captured as usize)
        };
        let mut count = 0;
        while count < most
            && let Some(length) = self.input.octets(0).and_then(length_of)
            && self.input.buffered().len() >= length
        {
            self.input.take(length);
            count += 1;
        }
        count + self.input.pass_over(most - count, length_of)
    }

    #[inline]
    fn words(&self, header: [u8; RECORD_HEADER_LENGTH]) -> [u32; 4] {
        words(header, self.format.swapped)
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

#[inline]
fn timestamp(format: &Format, seconds: u32, fraction: u32) -> Timestamp {
    let nanos = if format.nanoseconds { i64::from(fraction) } else { i64::from(fraction) * 1000 };
    Timestamp { seconds: i64::from(seconds), nanos }
}

#[inline]
fn words(header: [u8; RECORD_HEADER_LENGTH], swapped: bool) -> [u32; 4] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = header;
    [[a, b, c, d], [e, f, g, h], [i, j, k, l], [m, n, o, p]]
        .map(|octets| swapped_if(swapped, u32::from_ne_bytes(octets)))
}

fn cut_short(wanted: usize, what: &str, got: usize) -> String {
    format!("truncated dump file; tried to read {wanted} {what} bytes, only got {got}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::file_of;

    /// A little-endian savefile of these frames, cut to `length` octets.
    fn savefile(frames: &[&[u8]], length: usize) -> Input {
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
        octets.truncate(length);
        Input::of_file(file_of(&octets), 0)
    }

    fn records(mut input: Input) -> Records {
        input.supply(FILE_HEADER_LENGTH).unwrap();
        let format = Format::of(input.octets(0).unwrap()).unwrap();
        Records::new(input, format)
    }

    /// The next frame, or `None` at the end.
    fn next(records: &mut Records) -> Result<Option<Frame<'_>>, String> {
        match records.next_record()? {
            Step::Frame => Ok(Some(records.frame())),
            Step::End => Ok(None),
            Step::Later => panic!("a file has to be waited for"),
        }
    }

    #[test]
    fn formats_are_told_by_magic_and_version() {
        let head = |magic: u32, minor: u16| {
            let mut head = magic.to_be_bytes().to_vec();
            head.extend_from_slice(&[0, 2]);
            head.extend_from_slice(&minor.to_be_bytes());
            head.resize(16, 0);
            head.extend_from_slice(&[0, 0, 0, 0, 0xf0, 0, 0, 101]);
            head.try_into().unwrap()
        };
        let big = Format {
            swapped: cfg!(target_endian = "little"),
            nanoseconds: true,
            snapshot_length: 262_144,
            link_type: LinkType::RAW,
        };
        assert_eq!(Format::of(head(0xa1b2_3c4d, 4)), Some(big));
        assert_eq!(Format::of(head(0xa1b2_c3d4, 3)), None, "version 2.3 may have its lengths swapped");
        assert_eq!(Format::of(head(0xa1b2_cd34, 4)), None, "a patched libpcap's longer records");
    }

    #[test]
    fn frames_come_out_as_they_went_in_and_no_longer_than_the_snapshot_length() {
        let long = [9; 70];
        let mut records = records(savefile(&[&[1, 2, 3], &[], &long], usize::MAX));
        let frame = next(&mut records).unwrap().unwrap();
        assert_eq!((frame.bytes, frame.wire_length), (&[1, 2, 3][..], 1000));
        assert_eq!(frame.timestamp, Timestamp { seconds: 7, nanos: 8000 });
        assert_eq!(next(&mut records).unwrap().unwrap().bytes, &[0u8; 0]);
        assert_eq!(next(&mut records).unwrap().unwrap().bytes, &long[..64]);
        assert!(next(&mut records).unwrap().is_none());
    }

    /// Length on the wire, time and octets.
    type Told = (u32, Timestamp, Vec<u8>);

    /// All frames up to the end or the error.
    fn all(file: &[u8], lends_ready: bool) -> (Vec<Told>, Option<String>) {
        let told = |frame: Frame| (frame.wire_length, frame.timestamp, frame.bytes.to_vec());
        let (mut records, mut frames) = (records(Input::of_file(file_of(file), 0)), Vec::new());
        loop {
            if lends_ready {
                let mut ready = records.ready();
                frames.extend(std::iter::from_fn(|| ready.next_frame()).map(told));
                let rest = ready.octets.len();
                records.input.consume(rest);
            }
            match next(&mut records) {
                Ok(Some(frame)) => frames.push(told(frame)),
                Ok(None) => return (frames, None),
                Err(error) => return (frames, Some(error)),
            }
        }
    }

    #[test]
    fn frames_that_are_ready_are_those_that_are_read_one_by_one() {
        let word = |value: u32| value.to_le_bytes();
        let header = [0xa1b2_c3d4, 0x0004_0002, 0, 0, 64, 1].map(word).concat();
        let record = |length: u32| [[7, 8, length, 1000].map(word).concat(), vec![9; length as usize]].concat();
        let records = [record(3), record(64), record(65), record(0), record(40)].concat();
        assert_eq!(all(&[&header[..], &records].concat(), true).0.len(), 5);
        for (at, value) in (0..records.len()).flat_map(|at| [0, 1, 64, 65, 0xff].map(|value| (at, value))) {
            let mut changed = records.clone();
            changed[at] = value;
            let file = [&header[..], &changed].concat();
            assert_eq!(all(&file, true), all(&file, false), "octet {at} is {value}");
        }
    }

    #[test]
    fn a_cut_file_is_told_in_libpcaps_words() {
        let error = |length| next(&mut records(savefile(&[&[1, 2, 3]], length))).map(drop).unwrap_err();
        assert_eq!(error(30), "truncated dump file; tried to read 16 header bytes, only got 6");
        assert_eq!(error(41), "truncated dump file; tried to read 3 captured bytes, only got 1");
    }

    #[test]
    fn records_that_nobody_wants_are_counted_up_to_the_last_whole_one() {
        let frames: [&[u8]; 3] = [&[1, 2, 3], &[], &[4; 70]];
        let length = FILE_HEADER_LENGTH + 3 * RECORD_HEADER_LENGTH + 73;
        let passed_over = |length, most| {
            let mut records = records(savefile(&frames, length));
            let count = records.pass_over(most);
            (count, next(&mut records).map(|frame| frame.map(|frame| frame.bytes.len())))
        };
        assert_eq!(passed_over(length, u64::MAX), (3, Ok(None)));
        assert_eq!(passed_over(length, 2), (2, Ok(Some(64))));
        let cut = "truncated dump file; tried to read 64 captured bytes, only got 69";
        assert_eq!(passed_over(length - 1, 9), (2, Err(cut.to_owned())));
    }

    #[test]
    fn a_frame_larger_than_a_piece_is_read_whole() {
        let large = vec![5; 256 * 1024];
        let mut records = records(savefile(&[&[1], &large], usize::MAX));
        records.snapshot_length = usize::MAX;
        assert_eq!(next(&mut records).unwrap().unwrap().bytes.len(), 1);
        assert_eq!(next(&mut records).unwrap().unwrap().bytes.len(), 256 * 1024);
    }

    #[test]
    fn an_implausible_length_is_damage_not_memory() {
        let error = next(&mut records(savefile(&[&vec![0; 262_145]], usize::MAX))).map(drop).unwrap_err();
        assert_eq!(error, "invalid packet capture length 262145, bigger than snaplen of 64");
    }
}
