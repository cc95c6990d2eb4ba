//! What the parts of a packet's way cost, each by itself, in nanoseconds: text by option, values, and what is
//! looked up in tables of connections.
//!
//! `cargo bench --bench micro` runs all; `cargo bench --bench micro -- dissect` those whose name has the word in it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs
)]
// The generator has more kinds of traffic than are used here.
#![allow(dead_code)]

#[path = "traffic/mod.rs"]
mod traffic;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rtcpdump::dissect;
use rtcpdump::dissect::address::{IpAddress, Ipv4, Ipv6, Mac};
use rtcpdump::dissect::context::Context;
use rtcpdump::dissect::put::{Hex, Hex0, Put};
use rtcpdump::dissect::style::{Dump, Style, TimeFormat};
use rtcpdump::dissect::time::Clock;
use rtcpdump::layers::{Layers, Reassembled};
use rtcpdump::observer::Observer;
use rtcpdump::os::names::Names;
use rtcpdump::source::interface::Interface;
use rtcpdump::source::{Frame, LinkType, Timestamp};
use rtcpdump::tcp::analysis::{Analysis, Rules};
use rtcpdump::tcp::relative::{Endpoints, Relative};
use traffic::{Generator, Kind, Recipe};

/// Frames that are gone over again and again: more than the caches of branches learn by heart.
const FRAMES: u32 = 20_000;

/// How long one of the measurements is at least, and how many there are of each.
const SHORTEST: Duration = Duration::from_millis(100);
const MEASUREMENTS: usize = 7;

/// The measurements whose names have the user's word in them.
struct Harness {
    word: Option<String>,
}

impl Harness {
    /// Measures a function that does something so many times; prints nanoseconds for each time.
    fn measure(&self, name: &str, times: u32, mut work: impl FnMut()) {
        if self.word.as_ref().is_some_and(|word| !name.contains(word.as_str())) {
            return;
        }
        work();
        let mut results: Vec<f64> = (0..MEASUREMENTS)
            .map(|_| {
                let (start, mut rounds) = (Instant::now(), 0);
                while start.elapsed() < SHORTEST {
                    work();
                    rounds += 1;
                }
                start.elapsed().as_secs_f64() * 1e9 / (f64::from(times) * f64::from(rounds))
            })
            .collect();
        results.sort_by(f64::total_cmp);
        let [least, median, most] = [0, MEASUREMENTS / 2, MEASUREMENTS - 1].map(|index| results[index]);
        println!("{name:44} {median:8.1} ns  ({least:.1}–{most:.1})");
    }
}

/// Generated frames in one piece of memory, as a reader has them.
struct Frames {
    octets: Vec<u8>,
    ends: Vec<usize>,
    interface: Arc<Interface>,
}

impl Frames {
    fn new(kind: Kind, connections: u32) -> Frames {
        let mut generator = Generator::new(&Recipe { kind, packets: FRAMES, connections });
        let (mut octets, mut ends, mut frame) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..FRAMES {
            generator.frame(&mut frame);
            octets.extend(&frame);
            ends.push(octets.len());
        }
        let interface = Arc::new(Interface::unknown(LinkType::ETHERNET, 262_144, false));
        Frames { octets, ends, interface }
    }

    fn each(&self, mut work: impl FnMut(&Frame, u64)) {
        let mut start = 0;
        for (number, &end) in (1u64..).zip(&self.ends) {
            let bytes = &self.octets[start..end];
            start = end;
            let timestamp = Timestamp { seconds: 1_700_000_000, nanos: (number * 7000 % 1_000_000_000) as i64 };
            let wire_length = bytes.len() as u32;
            let link_type = LinkType::ETHERNET;
            work(&Frame { timestamp, bytes, wire_length, link_type, interface: &self.interface }, number);
        }
    }
}

fn dissect_all(harness: &Harness) {
    let plain = Style::default;
    let hex = Dump::HexAscii { link_header: false };
    let styles = [
        ("-nn", plain()),
        ("-nn -t", Style { time: TimeFormat::None, ..plain() }),
        ("-nn -q", Style { quiet: 1, ..plain() }),
        ("-nn -e", Style { link_header: true, ..plain() }),
        ("-nn -v", Style { verbose: 1, ..plain() }),
        ("-nnX", Style { dump: hex, ..plain() }),
    ];
    for kind in [Kind::Mixed, Kind::Bulk, Kind::Tiny] {
        let frames = Frames::new(kind, 1000);
        for (option, style) in &styles {
            let mut context = Context::new(style.clone(), Names::numeric());
            harness.measure(&format!("dissect {kind:?} {option}").to_lowercase(), FRAMES, || {
                frames.each(|frame, number| {
                    dissect::frame(&mut context, frame, number);
                    if context.out.len() > 1 << 16 {
                        black_box(&context.out);
                        context.out.clear();
                    }
                });
            });
        }
    }
}

fn format_all(harness: &Harness) {
    let mut out = Vec::with_capacity(1 << 16);
    let mut format = |name: &str, value: &dyn Fn(u32, &mut Vec<u8>)| {
        harness.measure(&format!("format {name}"), 1000, || {
            out.clear();
            for number in 0..1000u32 {
                value(black_box(number.wrapping_mul(0x9e37_79b9)), &mut out);
            }
            black_box(&out);
        });
    };
    format("number", &|number, out| number.put(out));
    format("small number", &|number, out| (number as u8).put(out));
    format("hexadecimal", &|number, out| Hex(number).put(out));
    format("hexadecimal, 4 digits", &|number, out| Hex0(number as u16, 4).put(out));
    format("IPv4 address", &|number, out| Ipv4(number.to_be_bytes()).put(out));
    format("IPv6 address", &|number, out| {
        let mut address = [0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        address[12..].copy_from_slice(&number.to_be_bytes());
        Ipv6(address).put(out);
    });
    format("MAC address", &|number, out| {
        let [a, b, c, d] = number.to_be_bytes();
        Mac([2, 0, a, b, c, d]).put(out);
    });
    let mut clock = Clock::new(TimeFormat::default(), false);
    harness.measure("format time stamp", 1000, || {
        out.clear();
        for number in 0..1000 {
            clock.put(Timestamp { seconds: 1_700_000_000, nanos: black_box(number * 7000) }, &mut out);
        }
        black_box(&out);
    });
}

/// Connections are looked up in an order in which none is near the one before.
fn connections(harness: &Harness) {
    for count in [1_000u32, 100_000, 1_000_000] {
        if harness.word.as_ref().is_some_and(|word| !"connections".contains(word.as_str())) {
            return;
        }
        let mut relative = Relative::default();
        let mut next = 0u32;
        harness.measure(&format!("connections: numbers of one of {count}"), count, || {
            for _ in 0..count {
                next = (next + 618_033) % count;
                let [_, high, middle, low] = next.to_be_bytes();
                let source = (IpAddress::V4(Ipv4([10, high, middle, low])), 40_000);
                let ends = Endpoints { source, destination: (IpAddress::V4(Ipv4([198, 51, 100, 1])), 443) };
                black_box(relative.numbers(&ends, false, next, 7));
            }
        });
    }
    for count in [1_000, 20_000] {
        let frames = Frames::new(Kind::Connections, count);
        let mut headers = Observer::new(None);
        harness.measure(&format!("connections: headers, {count}"), FRAMES, || {
            frames.each(|frame, number| {
                let room = Reassembled::default();
                let mut layers = Layers::default();
                headers.observe(frame, number, &room, &mut layers);
                black_box(headers.view(frame, number, &layers));
            });
        });
        let mut observer = Observer::new(Some(Analysis::new(Rules::Evidence, 1_000_000)));
        harness.measure(&format!("connections: headers and analysis, {count}"), FRAMES, || {
            frames.each(|frame, number| {
                let room = Reassembled::default();
                let mut layers = Layers::default();
                observer.observe(frame, number, &room, &mut layers);
                black_box(observer.view(frame, number, &layers));
            });
        });
    }
}

fn main() {
    // `cargo test` builds and runs benchmarks too, without this flag.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let harness = Harness { word: arguments.into_iter().find(|argument| !argument.starts_with("--")) };
    dissect_all(&harness);
    format_all(&harness);
    connections(&harness);
}
