//! Frames cut short at every length, and frames with wrong octets in them: no dissector panics or lets a control
//! character through to the terminal, and a cut only shortens the text and is marked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::io::{Write, stderr};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etherparse::{IpNumber, LaxSlicedPacket, TransportSlice};
use pcap::{Capture, Precision};
use rtcpdump::dissect::context::Context;
use rtcpdump::dissect::style::{Style, TimeFormat};
use rtcpdump::os::names::Names;
use rtcpdump::source::interface::Interface;
use rtcpdump::source::{Frame, LinkType, Timestamp};

const CAPTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/captures");

/// Rare and hostile packets; they are not part of this repository.
const RARE_CAPTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/conformance/data");

// What is done to each of the rare captures, by number and not by time: every run does the same. A debug build
// takes about ten seconds for it.
const RARE_FRAMES_MAX: usize = 40;
const RARE_CUTS_PER_FRAME: usize = 64;
const RARE_DAMAGES_PER_FRAME: usize = 64;
/// Octets that change in a damaged frame, at most.
const DAMAGED_OCTETS_MAX: usize = 6;
/// Damage falls in front of this offset: headers are there.
const DAMAGE_END: usize = 256;

/// Failures that are shown; the others are counted.
const FAILURES_SHOWN_MAX: usize = 10;

/// Octets in front of the IP header in a cooked capture.
const LINUX_SLL2_HEADER_LENGTH: usize = 20;

/// Octets of the two ports that TCP and UDP begin with.
const PORTS_LENGTH: usize = 4;

/// Where a neighbor solicitation or advertisement has its options (RFC 4861 sections 4.3 and 4.4).
const NEIGHBOR_OPTIONS_OFFSET: usize = 24;

/// At `-vv`, ICMPv6 says so in front of its text when the whole message is there to be summed up. No option leaves
/// it out.
const ICMP6_CHECKSUM: &str = "[icmp6 sum ok] ";
/// Why TCP's MD5 signature is not checked depends on the cut; what it is does not.
const SIGNATURE_OF_CUT_SEGMENT: &str = "md5 snaplen too short,";
/// The same of a whole segment.
const SIGNATURE_WITHOUT_SECRET: &str = "md5 shared secret not supplied with -M,";

/// A capture in memory.
struct Savefile {
    name: String,
    link_type: LinkType,
    frames: Vec<Record>,
}

struct Record {
    bytes: Vec<u8>,
    wire_length: u32,
}

/// The frames of a savefile, up to where libpcap can read it.
fn read(path: &Path) -> Result<Savefile, pcap::Error> {
    let mut capture = Capture::from_file_with_precision(path, Precision::Nano)?;
    let link_type = LinkType(capture.get_datalink().0);
    let mut frames = Vec::new();
    while let Ok(packet) = capture.next_packet() {
        frames.push(Record { bytes: packet.data.to_vec(), wire_length: packet.header.len });
    }
    Ok(Savefile { name: path.file_name().unwrap().to_string_lossy().into_owned(), link_type, frames })
}

/// The savefiles of a folder, everywhere in the same order.
fn savefiles(folder: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_savefile = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "pcap" || ending == "pcapng");
    let mut paths: Vec<PathBuf> = paths.filter(is_savefile).collect();
    paths.sort();
    paths
}

/// The savefiles of `captures/`.
fn captures() -> Vec<Savefile> {
    let captures: Vec<Savefile> = savefiles(CAPTURES).iter().map(|path| read(path).unwrap()).collect();
    assert!(captures.iter().all(|capture| !capture.frames.is_empty()));
    captures
}

/// `-t -nn` and `-t -nn -vvv -e`.
fn styles() -> [Style; 2] {
    let brief = Style { time: TimeFormat::None, ..Style::default() };
    [brief.clone(), Style { verbose: 3, link_header: true, ..brief }]
}

fn context(style: &Style) -> Context {
    Context::new(style.clone(), Names::numeric())
}

fn dissect(cx: &mut Context, link_type: LinkType, bytes: &[u8], wire_length: u32) -> Vec<u8> {
    let interface = &Arc::new(Interface::unknown(link_type, 0, false));
    let frame = Frame { timestamp: Timestamp::default(), bytes, wire_length, link_type, interface };
    rtcpdump::dissect::frame(cx, &frame, 1);
    std::mem::take(&mut cx.out)
}

/// What went wrong, in words that let one see it again.
#[derive(Default)]
struct Failures {
    shown: Vec<String>,
    count: usize,
}

impl Failures {
    fn add(&mut self, description: String) {
        self.count += 1;
        if self.count <= FAILURES_SHOWN_MAX {
            self.shown.push(description);
        }
    }

    /// Adds what is wrong at a place, if anything is.
    fn note(&mut self, wrong: Option<String>, place: impl FnOnce() -> String) {
        if let Some(wrong) = wrong {
            self.add(format!("{}: {wrong}", place()));
        }
    }

    /// Fails the test if anything went wrong in these many texts.
    fn settle(self, texts: usize) {
        assert!(texts > 0);
        assert!(self.count == 0, "{} of {texts} texts are wrong, such as:\n{}", self.count, self.shown.join("\n"));
    }
}

/// Dissects and says what is wrong, if anything: a panic, or octets that a terminal may obey.
fn complaint(cx: &mut Context, link_type: LinkType, bytes: &[u8], wire_length: u32) -> Option<String> {
    let Ok(text) = catch_unwind(AssertUnwindSafe(|| dissect(cx, link_type, bytes, wire_length))) else {
        *cx = context(&cx.style);
        return Some("panic".into());
    };
    let wrong = text.iter().position(|octet| !matches!(octet, b' '..=b'~' | b'\n' | b'\t'))?;
    let context = text.iter().skip(wrong.saturating_sub(60)).take(80).copied().collect::<Vec<u8>>();
    Some(format!("not printable: {}", context.escape_ascii()))
}

#[test]
fn no_cut_makes_a_dissector_panic_or_print_control_characters() {
    let mut failures = Failures::default();
    let mut texts = 0;
    for capture in captures() {
        for style in styles() {
            let mut cx = context(&style);
            for (index, frame) in capture.frames.iter().enumerate() {
                for length in 0..=frame.bytes.len() {
                    texts += 1;
                    let wrong = complaint(&mut cx, capture.link_type, &frame.bytes[..length], frame.wire_length);
                    failures.note(wrong, || format!("{} frame {} cut to {length}", capture.name, index + 1));
                }
            }
        }
    }
    failures.settle(texts);
}

/// What the text of a cut frame must have to do with the text of the whole one:
///
/// - up to the mark `[|` it is the beginning of the whole text;
/// - a cut in the headers up to TCP's or UDP's is marked;
/// - without a mark nothing is missing, but for two kinds of cuts after which the text ends earlier: in what TCP or
///   UDP carry, because a few octets may not even tell the application's protocol, and in front of the options of
///   neighbor discovery, because those are read for as long as there are any.
///
/// Checksums are left out of it (`-K`): they are only verified where everything was captured.
#[test]
fn a_cut_only_shortens_the_text_and_is_marked() {
    let mut failures = Failures::default();
    let mut texts = 0;
    for capture in captures() {
        for style in styles() {
            let style = Style { leave_checksums: true, ..style };
            for (index, frame) in capture.frames.iter().enumerate() {
                let whole = Whole::new(&capture, frame, &style);
                for length in 1..frame.bytes.len() {
                    texts += 1;
                    let cut = text(&style, &capture, frame, length);
                    if let Err(wrong) = whole.admits(&cut, length) {
                        let place = format!("{} frame {} cut to {length}", capture.name, index + 1);
                        failures.add(format!("{place}: {wrong}\n  whole: {}  cut:   {cut}", whole.text));
                    }
                }
            }
        }
    }
    failures.settle(texts);
}

/// The text of a frame's first `length` octets, by a context that has seen no other frame.
fn text(style: &Style, capture: &Savefile, frame: &Record, length: usize) -> String {
    let text = dissect(&mut context(style), capture.link_type, &frame.bytes[..length], frame.wire_length);
    let text = String::from_utf8(text).unwrap().replace(ICMP6_CHECKSUM, "");
    text.replace(SIGNATURE_OF_CUT_SEGMENT, SIGNATURE_WITHOUT_SECRET)
}

/// A frame that was not cut.
struct Whole {
    text: String,
    layout: Layout,
}

/// What is where in a frame; ranges of what it does not have are empty.
#[derive(Default)]
struct Layout {
    /// All up to the end of TCP's or UDP's header.
    headers: Range<usize>,
    /// The first field of TCP and UDP.
    ports: Range<usize>,
    /// Cuts that need no mark.
    open_ended: Range<usize>,
}

impl Whole {
    fn new(capture: &Savefile, frame: &Record, style: &Style) -> Whole {
        let text = text(style, capture, frame, frame.bytes.len());
        Whole { text, layout: layout(capture.link_type, &frame.bytes).unwrap_or_default() }
    }

    /// Whether a cut to `length` octets may read like this.
    fn admits(&self, cut: &str, length: usize) -> Result<(), &'static str> {
        let (mut begin, marked) = cut.split_once("[|").map_or((cut, false), |(begin, _)| (begin, true));
        if self.layout.ports.contains(&length) {
            // Hosts are told without their ports then.
            begin = begin.rsplit_once(" > ").map_or(begin, |(source, _)| source);
        }
        if !self.text.starts_with(begin.trim_end()) {
            Err("not the beginning of the whole text")
        } else if !marked && self.layout.headers.contains(&length) {
            Err("headers are cut, and there is no mark")
        } else if !marked && cut != self.text && !self.layout.open_ended.contains(&length) {
            Err("something is missing, and there is no mark")
        } else {
            Ok(())
        }
    }
}

/// Finds the layout with another decoder than the one under test.
fn layout(link_type: LinkType, bytes: &[u8]) -> Option<Layout> {
    let packet = match link_type {
        LinkType::ETHERNET => LaxSlicedPacket::from_ethernet(bytes).unwrap(),
        LinkType::LINUX_SLL2 => LaxSlicedPacket::from_ip(&bytes[LINUX_SLL2_HEADER_LENGTH..]).unwrap(),
        other => panic!("captures/ has a link type that this test cannot decode: {other:?}"),
    };
    let ip_payload = packet.net?.ip_payload_ref()?.clone();
    let offset = |part: &[u8]| part.as_ptr().addr() - bytes.as_ptr().addr();
    let start = offset(ip_payload.payload);
    let payload = match packet.transport {
        Some(TransportSlice::Tcp(tcp)) => offset(tcp.payload()),
        Some(TransportSlice::Udp(udp)) => offset(udp.payload()),
        Some(TransportSlice::Icmpv6(_)) => {
            let options = start + NEIGHBOR_OPTIONS_OFFSET;
            return Some(Layout { open_ended: options..options + 1, ..Layout::default() });
        }
        // The recording itself cut the header.
        None if matches!(ip_payload.ip_number, IpNumber::TCP | IpNumber::UDP) => bytes.len(),
        _ => return None,
    };
    Some(Layout { headers: 0..payload, ports: start..start + PORTS_LENGTH, open_ended: payload..bytes.len() })
}

#[test]
fn rare_and_damaged_frames_make_no_dissector_panic_or_print_control_characters() {
    if !Path::new(RARE_CAPTURES).is_dir() {
        // Not by eprintln!: the test harness would keep it to itself.
        writeln!(stderr(), "skipped: rare and damaged frames, because there is no {RARE_CAPTURES}").unwrap();
        return;
    }
    let mut failures = Failures::default();
    let (mut texts, mut frames, mut unreadable) = (0, 0, 0);
    for path in savefiles(RARE_CAPTURES) {
        // Some are damaged on purpose, so that libpcap refuses them.
        let Ok(capture) = read(&path) else {
            unreadable += 1;
            continue;
        };
        // Of its own for each capture, so that one can be repeated without the others.
        let mut random = Random(0);
        let mut contexts = styles().map(|style| context(&style));
        for (index, frame) in capture.frames.iter().enumerate().take(RARE_FRAMES_MAX) {
            frames += 1;
            for round in 0..RARE_CUTS_PER_FRAME + RARE_DAMAGES_PER_FRAME {
                let mut bytes = frame.bytes.clone();
                if round < RARE_CUTS_PER_FRAME {
                    bytes.truncate(random.below(bytes.len() + 1));
                } else {
                    damage(&mut bytes, &mut random);
                }
                for cx in &mut contexts {
                    texts += 1;
                    let wrong = complaint(cx, capture.link_type, &bytes, frame.wire_length);
                    failures.note(wrong, || format!("{} frame {} round {round}", capture.name, index + 1));
                }
            }
        }
    }
    writeln!(stderr(), "{texts} texts of {frames} rare frames; {unreadable} captures cannot be opened").unwrap();
    failures.settle(texts);
}

/// Changes a few octets, most often in the headers.
fn damage(bytes: &mut [u8], random: &mut Random) {
    let end = bytes.len().min(DAMAGE_END);
    for _ in 0..=random.below(DAMAGED_OCTETS_MAX) {
        let octet = random.below(256) as u8;
        let kind = random.below(4);
        if let Some(place) = bytes.get_mut(random.below(end.max(1))) {
            // Lengths and counts are what dissectors trust too much: the extremes find more than chance does.
            *place = match kind {
                0 => 0,
                1 => 0xff,
                2 => *place ^ (1 << (octet & 7)),
                _ => octet,
            };
        }
    }
}

/// Numbers without a pattern that are the same in every run: a linear congruential generator with Knuth's constants.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Its low bits have short periods.
        (self.0 >> 33) as usize % bound
    }
}
