#![allow(missing_docs)]
use rtcpdump::dissect::{context::Context, style::*};
use rtcpdump::os::names::Names;
use rtcpdump::source::*;
use std::io::Write;

fn main() {
    let mut style = Style::default();
    let mut file = String::new();
    let mut expr = Vec::new();
    let mut count = u64::MAX;
    let mut skip = 0;
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        match a.as_str() {
            "-#" => style.packet_number = true,
            "-n" | "--" => {}
            "-r" => file = args.next().unwrap(),
            "-tttt" => style.time = TimeFormat::DateAndTime,
            "-ttttt" => style.time = TimeFormat::SinceFirst,
            "-ttt" => style.time = TimeFormat::SincePrevious,
            "-tt" => style.time = TimeFormat::Epoch,
            "-t" => style.time = TimeFormat::None,
            "--nano" => style.nanoseconds = true,
            "-S" => style.absolute_sequence_numbers = true,
            "-c" => count = args.next().unwrap().parse().unwrap(),
            "--skip" => skip = args.next().unwrap().parse().unwrap(),
            "-XX" => style.dump = Dump::HexAscii { link_header: true },
            "-X" => style.dump = Dump::HexAscii { link_header: false },
            "-T" => {
                style.packet_type = match args.next().unwrap().as_str() {
                    "domain" => Some(rtcpdump::dissect::packet_type::PacketType::Domain),
                    "zmtp1" => Some(rtcpdump::dissect::packet_type::PacketType::Zmtp1),
                    _ => None,
                }
            }
            s if s.starts_with('-') => {
                for c in s[1..].chars() {
                    match c {
                        'v' => style.verbose += 1,
                        'e' => style.link_header = true,
                        'q' => style.quiet += 1,
                        _ => panic!("{s}"),
                    }
                }
            }
            s => expr.push(s.to_string()),
        }
    }
    let mut cap = pcap::Capture::from_file_with_precision(&file, pcap::Precision::Nano).unwrap();
    cap.filter(&expr.join(" "), true).unwrap();
    let link_type = LinkType(cap.get_datalink().0);
    let mut cx = Context::new(style, Names::numeric());
    let mut number = 0;
    let mut out = std::io::stdout().lock();
    while let Ok(p) = cap.next_packet() {
        number += 1;
        if number <= skip {
            continue;
        }
        let f = Frame {
            timestamp: Timestamp { seconds: p.header.ts.tv_sec, nanos: p.header.ts.tv_usec },
            bytes: p.data,
            wire_length: p.header.len,
            link_type,
        };
        rtcpdump::dissect::frame(&mut cx, &f, number);
        if cx.out.len() > 65536 {
            out.write_all(&cx.out).unwrap();
            cx.out.clear();
        }
        if number - skip >= count {
            break;
        }
    }
    out.write_all(&cx.out).unwrap();
}
