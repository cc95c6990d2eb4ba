//! Tables of connections, by how many are in them: what relative sequence numbers count from, and the states that the
//! analysis keeps. Connections follow each other in an order in which none is near the one before.

use std::cell::LazyCell;
use std::hint::black_box;

use rtcpdump::dissect::address::{IpAddress, Ipv4};
use rtcpdump::layers::{Layers, Reassembled};
use rtcpdump::observer::Observer;
use rtcpdump::tcp::analysis::{Analysis, Rules, Verdict};
use rtcpdump::tcp::relative::{Endpoints, Relative};
use rtcpdump::tcp::segment::{Endpoint, Flags, Header, Options, Segment};
use rtcpdump::tcp::sequence::Sequence;
use rtcpdump::tcp::table::Connections;

use crate::frames::{FRAMES, Frames};
use crate::harness::Harness;
use crate::traffic::Kind;

/// How many connections there are. A million are a gigabyte, in the table of the analysis.
const COUNTS: [u32; 3] = [1_000, 100_000, 1_000_000];

/// Look-ups between two looks at the clock.
const LOOK_UPS: u32 = 100_000;

/// From one connection to the next that is looked up; it has no divisor in common with their number.
const STRIDE: u32 = 618_033;

const SERVER: Endpoint = (IpAddress::V4(Ipv4([198, 51, 100, 1])), 443);

/// Octets of data in a segment.
const DATA: u32 = 100;

pub fn measure(harness: &Harness) {
    for count in COUNTS {
        origins(harness, count);
        states(harness, count);
        analysis(harness, count);
    }
    for connections in [1_000, 20_000] {
        headers(harness, connections);
    }
}

/// The client of a connection.
fn client(number: u32) -> Endpoint {
    let [_, high, middle, low] = number.to_be_bytes();
    (IpAddress::V4(Ipv4([10, high, middle, low])), 40_000)
}

/// All connections, in the order of looking them up.
fn each(count: u32) -> impl Iterator<Item = u32> + Clone {
    let next = move |connection: &u32| Some((connection + STRIDE) % count);
    std::iter::successors(Some(0), next).take(count as usize)
}

/// The numbers that sequence numbers are printed relative to.
fn origins(harness: &Harness, count: u32) {
    let number = |relative: &mut Relative, connection| {
        let key = relative.key(&Endpoints { source: client(connection), destination: SERVER });
        black_box(relative.numbers(key, false, connection, 7));
    };
    let fill = |relative: &mut Relative| each(count).for_each(|connection| number(relative, connection));
    harness.measure_anew(&format!("connections origins insert, {count}"), count, Relative::default, fill);
    let prepare = || {
        let mut relative = Relative::default();
        fill(&mut relative);
        (relative, each(count).cycle())
    };
    harness.measure(&format!("connections origins look-up, {count}"), LOOK_UPS, prepare, |(relative, order)| {
        order.take(LOOK_UPS as usize).for_each(|connection| number(relative, connection));
    });
}

/// The states of connections.
fn states(harness: &Harness, count: u32) {
    let fill = |connections: &mut Connections| {
        for connection in each(count) {
            let segment = segment(connection, 0);
            let (key, side) = connections.key(&segment);
            black_box(connections.create(key, &segment, side));
        }
    };
    let empty = || Connections::new(COUNTS[2] as usize);
    harness.measure_anew(&format!("connections states insert, {count}"), count, empty, fill);
    let prepare = || {
        let mut connections = empty();
        fill(&mut connections);
        (connections, each(count).cycle())
    };
    harness.measure(&format!("connections states look-up, {count}"), LOOK_UPS, prepare, |(connections, order)| {
        for connection in order.take(LOOK_UPS as usize) {
            let (key, _) = connections.key(&segment(connection, 0));
            black_box(connections.find(key));
        }
    });
}

/// The judgement of a segment, look-up included. Each connection's data go on from round to round.
fn analysis(harness: &Harness, count: u32) {
    let prepare = || {
        let mut analysis = Analysis::new(Rules::Evidence, COUNTS[2] as usize);
        for connection in each(count) {
            let segment = segment(connection, 0);
            let key = analysis.connections().key(&segment);
            analysis.segment(&segment, key, &mut Verdict::default());
        }
        let segments = (1..).flat_map(move |round| each(count).map(move |connection| segment(connection, round)));
        (analysis, segments)
    };
    harness.measure(&format!("connections analysis, {count}"), LOOK_UPS, prepare, |(analysis, segments)| {
        let mut verdict = Verdict::default();
        for segment in segments.take(LOOK_UPS as usize) {
            let key = analysis.connections().key(&segment);
            black_box(analysis.segment(&segment, key, &mut verdict));
        }
    });
}

/// Data of the client; in every other round, the server's acknowledgement of it.
fn segment(connection: u32, round: u32) -> Segment {
    let (mut source, mut destination) = (client(connection), SERVER);
    let mut numbers = [DATA.wrapping_mul(round / 2).wrapping_add(connection), 7];
    let mut length = DATA;
    if round % 2 == 1 {
        (source, destination) = (destination, source);
        (numbers, length) = ([7, numbers[0].wrapping_add(DATA)], 0);
    }
    Segment {
        frame: u64::from(round) * 1_000_000 + u64::from(connection),
        frame_length: 66 + length,
        time: 1_700_000_000_000_000_000 + i64::from(round) * 10_000_000,
        source,
        destination,
        sequence: Sequence(numbers[0]),
        acknowledgement: Sequence(numbers[1]),
        flags: Flags(0x010),
        window: 502,
        length,
        options: Options::default(),
        header: Header::Whole,
        ip_identification: Some(0),
        ttl: 64,
    }
}

/// Headers as structures, and with the analysis of what they say: what a packet of `--json` costs beside its text.
/// Connections are new in each round: the same segments in old ones would be sent again.
fn headers(harness: &Harness, connections: u32) {
    let frames = LazyCell::new(|| Frames::new(Kind::Connections, connections));
    let ways = [("headers", false), ("headers and analysis", true)];
    for (name, is_analysed) in ways {
        let prepare = || {
            let analysis = is_analysed.then(|| Analysis::new(Rules::Evidence, COUNTS[2] as usize));
            LazyCell::force(&frames);
            Observer::new(analysis)
        };
        harness.measure_anew(&format!("connections {name}, {connections}"), FRAMES, prepare, |observer| {
            frames.each(|frame, number| {
                let room = Reassembled::default();
                let mut layers = Layers::default();
                observer.observe(frame, number, &room, &mut layers);
                black_box(observer.view(frame, number, &layers));
            });
        });
    }
}
