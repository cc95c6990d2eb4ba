//! Values as text: numbers, addresses, dumps, time stamps, TCP options.

use std::hint::black_box;

use rtcpdump::dissect::address::{IpAddress, Ipv4, Ipv6, Mac};
use rtcpdump::dissect::context::Context;
use rtcpdump::dissect::cursor::Cursor;
use rtcpdump::dissect::dump;
use rtcpdump::dissect::line::Room;
use rtcpdump::dissect::net::IpHeader;
use rtcpdump::dissect::put::{Hex, Hex0, Put};
use rtcpdump::dissect::style::{Style, TimeFormat};
use rtcpdump::dissect::time::Clock;
use rtcpdump::dissect::transport::tcp_options;
use rtcpdump::os::names::Names;
use rtcpdump::source::Timestamp;

use crate::harness::Harness;
use crate::traffic::random::Random;

/// Values that are written between two looks at the clock.
const VALUES: u32 = 1000;

/// A segment's flag of acknowledgement, and that of the first one.
const ACK: u16 = 0x010;
const SYN: u16 = 0x002;

pub fn measure(harness: &Harness) {
    numbers(harness);
    addresses(harness);
    dumps(harness);
    times(harness);
    options(harness);
}

/// Measures a value that is made from a number; numbers of all sizes follow each other without order.
fn value(harness: &Harness, name: &str, mut put: impl FnMut(u32, &mut Vec<u8>)) {
    let prepare = || Vec::with_capacity(1 << 20);
    harness.measure(&format!("format {name}"), VALUES, prepare, |out| {
        out.clear();
        for number in 0..VALUES {
            put(black_box(number.wrapping_mul(0x9e37_79b9)), out);
        }
        black_box(out);
    });
}

fn numbers(harness: &Harness) {
    value(harness, "decimal, 8 bits", |number, out| (number as u8).put(out));
    value(harness, "decimal, 16 bits", |number, out| (number as u16).put(out));
    value(harness, "decimal, 32 bits", |number, out| number.put(out));
    value(harness, "decimal, 64 bits", |number, out| (u64::from(number) << 32 | u64::from(number)).put(out));
    value(harness, "hexadecimal, 32 bits", |number, out| Hex(number).put(out));
    value(harness, "hexadecimal, 4 digits", |number, out| Hex0(number as u16, 4).put(out));
}

fn addresses(harness: &Harness) {
    value(harness, "address, IPv4", |number, out| Ipv4(number.to_be_bytes()).put(out));
    value(harness, "address, IPv6", |number, out| {
        let mut address = [0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        address[12..].copy_from_slice(&number.to_be_bytes());
        Ipv6(address).put(out);
    });
    value(harness, "address, Ethernet", |number, out| {
        let [a, b, c, d] = number.to_be_bytes();
        Mac([2, 0, a, b, c, d]).put(out);
    });
}

fn dumps(harness: &Harness) {
    let octets = Random::new().octets(4096).to_vec();
    for length in [40, 1500] {
        let measure = |name: &str, dump: fn(&mut Vec<u8>, &[u8])| {
            let name = format!("format dump {name}, {length} octets");
            harness.measure(&name, VALUES, Vec::new, |out: &mut Vec<u8>| {
                for round in 0..VALUES as usize {
                    out.clear();
                    let start = round * 7 % 2048;
                    dump(out, black_box(&octets[start..start + length]));
                }
                black_box(out);
            });
        };
        measure("-x", dump::hex);
        measure("-X", dump::hex_ascii);
        measure("-A", dump::ascii);
    }
}

fn times(harness: &Harness) {
    let formats = [
        ("of day", TimeFormat::TimeOfDay),
        ("-tt", TimeFormat::Epoch),
        ("-ttt", TimeFormat::SincePrevious),
        ("-tttt", TimeFormat::DateAndTime),
    ];
    for (name, format) in formats {
        // 7 µs apart, and one a second, for which the zone's rules are asked.
        for (apart, step) in [("7 µs apart", 7_000), ("1 s apart", 1_000_000_000)] {
            let (mut clock, mut now) = (Clock::new(format, false), 0i64);
            value(harness, &format!("time {name}, {apart}"), |_, out| {
                now += step;
                let timestamp = Timestamp { seconds: 1_700_000_000 + now / 1_000_000_000, nanos: now % 1_000_000_000 };
                clock.put(timestamp, out);
            });
        }
    }
}

fn options(harness: &Harness) {
    let kinds: [(&str, u16, &[u8]); 3] = [
        ("time stamps", ACK, &[1, 1, 8, 10, 0, 1, 2, 3, 0, 4, 5, 6]),
        ("of SYN", SYN, &[2, 4, 5, 180, 4, 2, 8, 10, 0, 1, 2, 3, 0, 0, 0, 0, 1, 3, 3, 7]),
        ("SACK", ACK, &[1, 1, 8, 10, 0, 1, 2, 3, 0, 4, 5, 6, 1, 1, 5, 10, 0, 0, 16, 0, 0, 0, 32, 0]),
    ];
    for (name, flags, octets) in kinds {
        let mut segment = vec![3, 0xe8, 7, 0xd0, 0, 0, 0, 0, 0, 0, 0, 0, 0, flags as u8, 0, 0, 0, 0, 0, 0];
        segment.extend(octets);
        let cursor = Cursor::new(&segment, segment.len() as u32);
        let address = IpAddress::V4(Ipv4([10, 0, 0, 1]));
        let ip = IpHeader {
            source: address,
            destination: address,
            protocol: 6,
            hop_limit: 64,
            fragmented: false,
            packet: cursor,
        };
        let prepare = || Context::new(Style::default(), Names::numeric());
        harness.measure(&format!("format TCP options, {name}"), VALUES, prepare, |context| {
            context.out.clear();
            let mut room = Room::default();
            for _ in 0..VALUES {
                let (whole, mut line) = (black_box(&cursor), room.begin());
                let _ = black_box(tcp_options::print(context, &mut line, whole.skip(20), whole, flags, 0, &ip));
                line.flush(&mut context.out);
            }
        });
    }
}
