//! Files made octet by octet, in both byte orders.

use super::*;
use crate::source::testing::file_of;
use crate::source::{Frame, Timestamp};

/// Writes blocks in one byte order.
#[derive(Clone, Copy)]
struct Writer {
    big: bool,
}

const ORDERS: [Writer; 2] = [Writer { big: false }, Writer { big: true }];

impl Writer {
    fn half(self, number: u16) -> [u8; 2] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn word(self, number: u32) -> [u8; 4] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn block(self, kind: u32, body: &[&[u8]]) -> Vec<u8> {
        let mut body = body.concat();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = self.word((body.len() + HEADER + TRAILER) as u32);
        [&self.word(kind)[..], &length, &body, &length].concat()
    }

    fn section(self) -> Vec<u8> {
        let fixed = [&self.word(block::MAGIC)[..], &self.half(1), &self.half(0), &[0xff; 8]].concat();
        self.block(kind::SECTION, &[&fixed])
    }

    fn interface(self, link_type: u16, snapshot_length: u32, options: &[u8]) -> Vec<u8> {
        self.block(1, &[&self.half(link_type), &[0, 0], &self.word(snapshot_length), options])
    }

    fn resolution(self, octet: u8) -> Vec<u8> {
        [&self.half(9)[..], &self.half(1), &[octet, 0, 0, 0]].concat()
    }

    fn packet(self, interface: u32, ticks: u64, bytes: &[u8]) -> Vec<u8> {
        let (high, low) = (self.word((ticks >> 32) as u32), self.word(ticks as u32));
        let length = self.word(bytes.len() as u32);
        self.block(6, &[&self.word(interface), &high, &low, &length, &self.word(1000), bytes])
    }

    fn obsolete_packet(self, interface: u16, ticks: u32, bytes: &[u8]) -> Vec<u8> {
        let length = self.word(bytes.len() as u32);
        let fixed = [&self.half(interface)[..], &self.half(7), &self.word(0), &self.word(ticks)].concat();
        self.block(2, &[&fixed, &length, &self.word(900), bytes])
    }

    /// A file with everything in it.
    fn file(self) -> Vec<u8> {
        let other = Writer { big: !self.big };
        [
            self.section(),
            self.block(0x0bad_cafe, &[&[9; 40]]),
            self.interface(1, 0, &[]),
            self.interface(101, 60, &self.resolution(9)),
            self.packet(0, 5_000_007, &[1, 2, 3]),
            self.packet(1, 5_000_000_007, &[4; 60]),
            self.block(3, &[&self.word(2), &[5, 6]]),
            self.obsolete_packet(1, 8, &[7]),
            self.block(5, &[&[0; 12]]),
            other.section(),
            other.interface(228, 4, &[]),
            other.packet(0, 1, &[8; 4]),
            other.block(3, &[&other.word(700), &[9; 4]]),
        ]
        .concat()
    }
}

/// What is told of a frame: link type, time, captured octets, length on the wire.
type Told = (i32, Timestamp, Vec<u8>, u32);

fn told(frame: &Frame) -> Told {
    (frame.link_type.0, frame.timestamp, frame.bytes.to_vec(), frame.wire_length)
}

/// All frames up to the end or the error, whether those that are ready are lent at once or read one by one.
fn read(octets: &[u8]) -> (Vec<Told>, Result<(), String>) {
    let one_by_one = read_in_one_way(octets, false);
    assert_eq!(read_in_one_way(octets, true), one_by_one);
    one_by_one
}

fn read_in_one_way(octets: &[u8], lends_ready: bool) -> (Vec<Told>, Result<(), String>) {
    let mut frames = Vec::new();
    let mut input = Input::of_file(file_of(octets), 0);
    if let Err(error) = input.wait_for(SECTION_HEAD) {
        return (frames, Err(error));
    }
    let mut file = match Pcapng::open(input) {
        Ok(file) => file,
        Err(error) => return (frames, Err(error)),
    };
    loop {
        if lends_ready {
            let mut ready = file.ready();
            frames.extend(std::iter::from_fn(|| ready.next_frame()).map(|frame| told(&frame)));
            let rest = ready.octets.len();
            file.input.consume(rest);
        }
        match file.next_record() {
            Ok(Step::Frame) => frames.push(told(&file.frame())),
            Ok(Step::End) => return (frames, Ok(())),
            Ok(Step::Later) => panic!("a file has to be waited for"),
            Err(error) => return (frames, Err(error)),
        }
    }
}

fn error(blocks: &[Vec<u8>]) -> String {
    read(&blocks.concat()).1.unwrap_err()
}

#[test]
fn packets_have_what_their_interface_and_section_say() {
    let time = |seconds, nanos| Timestamp { seconds, nanos };
    for writer in ORDERS {
        let (frames, outcome) = read(&writer.file());
        outcome.unwrap();
        let expected = [
            (1, time(5, 7000), vec![1, 2, 3], 1000),
            (12, time(5, 7), vec![4; 60], 1000),
            (1, time(0, 0), vec![5, 6], 2),
            (12, time(0, 8), vec![7], 900),
            (228, time(0, 1000), vec![8; 4], 1000),
            (228, time(0, 0), vec![9; 4], 700),
        ];
        assert_eq!(frames, expected);
    }
}

#[test]
fn every_cut_is_told_or_is_an_end_between_blocks() {
    for writer in ORDERS {
        let file = writer.file();
        let whole = read(&file).0;
        for length in 0..file.len() {
            let (frames, _) = read(&file[..length]);
            assert!(whole.starts_with(&frames), "{length}");
        }
        let (frames, outcome) = read(&file[..file.len() - 5]);
        assert_eq!(frames.len(), 5);
        assert_eq!(outcome.unwrap_err(), "truncated pcapng dump file; tried to read 12 bytes, only got 7");
    }
}

#[test]
fn every_changed_octet_is_read_without_harm() {
    let file = ORDERS[0].file();
    for at in 0..file.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut changed = file.clone();
            changed[at] = value;
            // Nothing but an end, whatever it is.
            let _ = read(&changed);
        }
    }
}

#[test]
fn damage_is_told_in_libpcaps_words() {
    let w = ORDERS[0];
    let (section, ethernet, packet) = (w.section(), w.interface(1, 50, &[]), w.packet(0, 1, &[1]));
    let text = "the capture file has no Interface Description Blocks";
    assert_eq!(error(std::slice::from_ref(&section)), text);
    let text = "the capture file has a packet block before any Interface Description Blocks";
    assert_eq!(error(&[section.clone(), packet.clone()]), text);
    let text = "a packet arrived on interface 1, but there's no Interface Description Block for that interface";
    assert_eq!(error(&[section.clone(), ethernet.clone(), w.packet(1, 1, &[1])]), text);
    let text = "a packet arrived on interface 0, but there's no Interface Description Block for that interface";
    assert_eq!(error(&[section.clone(), ethernet.clone(), section.clone(), packet.clone()]), text);
    let text = "invalid packet capture length 51, bigger than snaplen of 50";
    assert_eq!(error(&[section.clone(), ethernet.clone(), w.packet(0, 1, &[1; 51])]), text);
    let text = "block of type 6 in pcapng dump file is too short";
    assert_eq!(error(&[section.clone(), ethernet.clone(), w.block(6, &[&[0; 16]])]), text);
    let mut broken = packet.clone();
    broken[packet.len() - 4] += 4;
    let text = "block total length in header and trailer don't match";
    assert_eq!(error(&[section.clone(), ethernet.clone(), broken]), text);
}

#[test]
fn lengths_that_cannot_be_are_told_before_anything_is_read() {
    let w = ORDERS[0];
    let with_length = |length: u32| error(&[w.section(), w.interface(1, 0, &[]), [w.word(9), w.word(length)].concat()]);
    assert_eq!(with_length(8), "block in pcapng dump file has a length of 8 < 12");
    assert_eq!(with_length(18), "block in pcapng dump file has a length of 18 that is not a multiple of 4");
    assert_eq!(with_length(0xffff_fffc), "pcapng block size 4294967292 > maximum 16777216");
    let mut section = w.section();
    section[4] = 24;
    let text = "Section Header Block in pcapng dump file has invalid length 28 < _24_ < 1048576 (BT_SHB_INSANE_MAX)";
    assert_eq!(error(&[section]), text);
}

#[test]
fn versions_and_byte_orders_that_are_unknown_are_told() {
    let w = ORDERS[0];
    let changed = |at: usize, value: u8| {
        let mut section = w.section();
        section[at] = value;
        section
    };
    assert_eq!(error(&[changed(12, 2)]), "unsupported pcapng savefile version 2.0");
    assert_eq!(error(&[changed(14, 1)]), "unsupported pcapng savefile version 1.1");
    let front = [w.section(), w.interface(1, 0, &[])].concat();
    assert_eq!(error(&[front.clone(), changed(12, 2)]), "unknown pcapng savefile major version number 2");
    assert_eq!(error(&[front, changed(8, 0)]), "the file has a section with a bad byte order magic field");
    assert!(!Pcapng::is_head(changed(8, 0).first_chunk().copied().unwrap()));
}

#[test]
fn interfaces_are_not_believed_without_end() {
    let w = ORDERS[0];
    let mut file = w.section();
    let interface = w.interface(1, 0, &[]);
    for _ in 0..=INTERFACES_MAX {
        file.extend_from_slice(&interface);
    }
    assert_eq!(read(&file).1.unwrap_err(), "more than 65536 interfaces in the file");
}

#[test]
fn the_resolution_is_known_before_the_first_packet() {
    let w = ORDERS[1];
    let file = |last| [w.section(), w.interface(1, 0, &[]), w.interface(1, 0, &w.resolution(last))].concat();
    let has_nanoseconds = |last| {
        let mut input = Input::of_file(file_of(&file(last)), 0);
        input.wait_for(SECTION_HEAD).unwrap();
        Pcapng::open(input).unwrap().interfaces().any(|interface| interface.nanoseconds)
    };
    assert!(has_nanoseconds(9));
    assert!(!has_nanoseconds(6));
}
