//! How fast rtcpdump is beside tcpdump: both read the same generated savefile in turn, and what is
//! compared is the time of the whole process.
//!
//! `cargo bench --bench versus` prints a table; it needs tcpdump.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs
)]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use etherparse::PacketBuilder;

/// Packets in the generated file.
const PACKETS: usize = 2_000_000;
/// Connections that they belong to.
const CONNECTIONS: u64 = 1_000;
/// Timed runs of each program.
const RUNS: usize = 5;

/// A small generator of pseudo-random numbers (xorshift64*): the same file on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 16) % bound
    }
}

/// One packet of mixed traffic: bulk data, pure acknowledgements with time stamps, small data, UDP, IPv6.
fn packet(random: &mut Random, clock: u32, out: &mut Vec<u8>) {
    let connection = random.below(CONNECTIONS);
    let (client, port) = ([10, 1, (connection >> 8) as u8, connection as u8], 20_000 + connection as u16);
    let server = [192, 168, 7, (connection % 50) as u8];
    let ethernet = PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]);
    let kind = random.below(100);
    let length = match kind {
        0..30 => 1448,
        30..70 => 0,
        _ => random.below(500) as usize,
    };
    let payload = [0x61; 1448];
    let payload = &payload[..length];
    let number = clock.wrapping_mul(1449);
    if kind < 85 {
        let ip = ethernet.ipv4(client, server, 64);
        let tcp = ip.tcp(port, 443, number, 500).ack(number / 3);
        let stamps = [
            etherparse::TcpOptionElement::Noop,
            etherparse::TcpOptionElement::Noop,
            etherparse::TcpOptionElement::Timestamp(clock, clock / 2),
        ];
        tcp.options(&stamps).unwrap().write(out, payload).unwrap();
    } else if kind < 95 {
        ethernet.ipv4(client, server, 64).udp(port, 40_000).write(out, payload).unwrap();
    } else {
        let (mut source, mut destination) = ([0; 16], [0; 16]);
        (source[0], source[15], destination[0], destination[15]) = (0xfd, client[3], 0xfd, 1);
        ethernet.ipv6(source, destination, 64).tcp(port, 443, number, 500).ack(number / 3).write(out, payload).unwrap();
    }
}

fn generate(path: &Path) {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    for word in [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 262_144, 1] {
        file.write_all(&word.to_le_bytes()).unwrap();
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut frame = Vec::new();
    for number in 0..PACKETS as u32 {
        frame.clear();
        packet(&mut random, number, &mut frame);
        let microseconds = u64::from(number) * 7;
        let length = frame.len() as u32;
        for word in
            [1_700_000_000 + (microseconds / 1_000_000) as u32, (microseconds % 1_000_000) as u32, length, length]
        {
            file.write_all(&word.to_le_bytes()).unwrap();
        }
        file.write_all(&frame).unwrap();
    }
    file.flush().unwrap();
}

/// Seconds that one run takes, its output going to a file.
fn time(program: &str, options: &[&str], input: &Path, output: &Path) -> f64 {
    let start = Instant::now();
    let status = Command::new(program)
        .args(options)
        .arg("-r")
        .arg(input)
        .env_remove("TZ")
        .stdout(File::create(output).unwrap())
        .stderr(Stdio::null())
        .status()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(status.success(), "{program} {options:?}: {status}");
    start.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    // `cargo test` builds and runs benchmarks too, without this flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let input = folder.join(format!("rtcpdump-versus-{}.pcap", std::process::id()));
    let outputs = ["ours", "theirs"].map(|name| input.with_extension(name));
    generate(&input);
    println!("{PACKETS} packets, {RUNS} runs each in turn, medians, TZ unset");
    println!("{:12} {:>12} {:>12} {:>8}", "options", "tcpdump s", "rtcpdump s", "times");
    for options in [&["-nn"][..], &["-nn", "-v"], &["-nn", "-e"], &["-nnX"], &["-nn", "-q"]] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            ours.push(time(env!("CARGO_BIN_EXE_rtcpdump"), options, &input, &outputs[0]));
            theirs.push(time("tcpdump", options, &input, &outputs[1]));
        }
        let same = std::fs::read(&outputs[0]).unwrap() == std::fs::read(&outputs[1]).unwrap();
        let (ours, theirs) = (median(&mut ours), median(&mut theirs));
        let note = if same { "" } else { "  (the texts differ)" };
        println!("{:12} {theirs:12.2} {ours:12.2} {:8.1}{note}", options.join(" "), theirs / ours);
    }
    for path in outputs.iter().chain([&input]) {
        std::fs::remove_file(path).unwrap();
    }
}
