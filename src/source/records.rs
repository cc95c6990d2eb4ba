//! The records of a savefile in libpcap's format (pcap-savefile(5)).
//!
//! Only lengths and frames: it is read in large pieces. libpcap's own reader asks the system for 4 KiB
//! at a time, which costs as much as printing what is in them.

use std::sync::Arc;

use super::input::{self, Input, Record, Step, Supply};
use super::interface::Interface;
use super::{Frame, LinkType, Timestamp, pseudo_header};

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
        let has_numbers = pseudo_header::needs_care(format.link_type, format.swapped);
        Records {
            input,
            format,
            interface: Arc::new(interface),
            snapshot_length,
            plausible_length,
            ready_length: if has_numbers { 0 } else { snapshot_length.min(plausible_length) },
            has_numbers,
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

    /// What the frame of the record after the next one begins with, as far as it is in the buffer.
    pub fn following(&self) -> &[u8] {
        let octets = self.input.buffered();
        let next = octets.first_chunk().map(|header| RECORD_HEADER_LENGTH + self.captured(*header));
        next.and_then(|next| octets.get(next + RECORD_HEADER_LENGTH..)).unwrap_or_default()
    }

    /// The frame of the next record, where there is nothing to be done but to lend it. That is nearly always so; if it is
    /// not, [`Records::next_record`] does what is to be done.
    #[inline]
    pub fn ready_frame(&mut self) -> Option<Frame<'_>> {
        let (octets, unread) = self.input.unread();
        let (header, behind) = octets.split_first_chunk()?;
        let [seconds, fraction, captured, wire_length] = words(*header, self.format.swapped);
        let (bytes, following) = behind.split_at_checked(captured as usize)?;
        if bytes.len() > self.ready_length {
            return None;
        }
        // What the record after the next one begins with. By the time it is read, it has come from the core that has
        // read the file.
        if let Some((header, behind)) = following.split_first_chunk() {
            let [_, _, captured, _] = words(*header, self.format.swapped);
            input::foresee(behind, captured as usize);
        }
        unread.start += RECORD_HEADER_LENGTH + bytes.len();
        let timestamp = timestamp(&self.format, seconds, fraction);
        Some(Frame { timestamp, bytes, wire_length, link_type: self.format.link_type, interface: &self.interface })
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

    /// How much of a frame a record holds, by its header.
    fn captured(&self, header: [u8; RECORD_HEADER_LENGTH]) -> usize {
        let [_, _, captured, _] = self.words(header);
        captured as usize
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
        assert_eq!(records.following(), &long);
        assert_eq!(next(&mut records).unwrap().unwrap().bytes, &[0u8; 0]);
        assert_eq!(next(&mut records).unwrap().unwrap().bytes, &long[..64]);
        assert!(records.following().is_empty());
        assert!(next(&mut records).unwrap().is_none());
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
