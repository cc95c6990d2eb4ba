//! Files that the program writes, read without it: datagrams that carry numbers are sent, captured, and
//! counted in the files.

use std::io::Read;
use std::net::UdpSocket;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::support::Capture;

/// Every format that is written, by the ending of a name.
pub const FORMATS: [&str; 6] = ["pcap", "pcapng", "pcap.gz", "pcap.zst", "pcapng.gz", "pcapng.zst"];

/// What selects the datagrams.
pub const FILTER: &str = "udp port 7777";
/// Ethernet, IPv4 and UDP headers in front of the payload.
pub const HEADERS: usize = 14 + 20 + 8;

/// A folder that is gone when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("rtcpdump-written-{}-{name}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// The names in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let names = std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Waits until its files are whole and hold so many datagrams.
    pub fn wait_for(&self, datagrams: usize) {
        let begun = Instant::now();
        let held = |name: &String| match numbers_in(&self.0.join(name)) {
            (numbers, true) => numbers.len(),
            (_, false) => 0,
        };
        while self.names().iter().map(held).sum::<usize>() < datagrams {
            assert!(begun.elapsed() < Duration::from_secs(10), "{datagrams} datagrams do not get into the files");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The numbers of all datagrams in its files, sorted. Each file has to be whole.
    pub fn numbers(&self) -> Vec<u32> {
        let mut all = Vec::new();
        for name in self.names() {
            let (numbers, whole) = numbers_in(&self.0.join(&name));
            assert!(whole, "{name} is cut");
            all.extend(numbers);
        }
        all.sort_unstable();
        all
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a file has in plain form, as far as it goes, and whether it is whole.
pub fn plain(octets: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let outcome = match octets.get(..4) {
        Some([0x1f, 0x8b, ..]) => flate2::read::MultiGzDecoder::new(octets).read_to_end(&mut out),
        Some([0x28, 0xb5, 0x2f, 0xfd]) => zstd::stream::read::Decoder::new(octets).unwrap().read_to_end(&mut out),
        _ => return (octets.to_vec(), true),
    };
    (out, outcome.is_ok())
}

fn word(octets: &[u8], at: usize) -> usize {
    u32::from_ne_bytes(octets[at..at + 4].try_into().unwrap()) as usize
}

/// The packets in a file of any format, and whether it ends behind a whole record.
pub fn packets_in(file: &Path) -> (Vec<Vec<u8>>, bool) {
    let (octets, whole) = plain(&std::fs::read(file).unwrap());
    let is_pcapng = octets.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]);
    let mut rest = if is_pcapng { &octets[..] } else { octets.get(24..).unwrap_or_default() };
    let mut packets = Vec::new();
    while rest.len() >= 16 {
        let captured = if is_pcapng { 0 } else { word(rest, 8) };
        let length = if is_pcapng { word(rest, 4) } else { 16 + captured };
        let Some(record) = rest.get(..length) else { break };
        match is_pcapng {
            true if word(record, 0) == 6 => packets.push(record[28..28 + word(record, 20)].to_vec()),
            true => {}
            false => packets.push(record[16..].to_vec()),
        }
        rest = &rest[length..];
    }
    (packets, whole && rest.is_empty() && octets.len() >= 24)
}

/// The numbers of the datagrams in a file, and whether it ends behind a whole record.
pub fn numbers_in(file: &Path) -> (Vec<u32>, bool) {
    let (packets, whole) = packets_in(file);
    let number = |packet: &Vec<u8>| u32::from_be_bytes(packet[HEADERS..HEADERS + 4].try_into().unwrap());
    (packets.iter().map(number).collect(), whole)
}

/// Sends datagrams of `size` octets that carry these numbers, and noise that does not compress well.
pub fn flood(numbers: Range<u32>, size: usize) {
    let receiver = UdpSocket::bind("127.0.0.1:7777").unwrap();
    let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
    sender.connect(receiver.local_addr().unwrap()).unwrap();
    let mut datagram = vec![0; size];
    let mut state = 1u64;
    for number in numbers {
        datagram[..4].copy_from_slice(&number.to_be_bytes());
        for octets in datagram[4..].chunks_exact_mut(16) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            octets[..8].copy_from_slice(&state.to_be_bytes());
        }
        sender.send(&datagram).unwrap();
    }
}

/// Captures into the folder with a large buffer, so that the kernel drops nothing.
pub fn start(folder: &Folder, name: &str, options: &[&str]) -> Capture {
    let name = folder.path(name);
    let fixed = ["-i", "lo", "-Z", "root", "-B", "65536", "-w", &name];
    Capture::start(&[&fixed[..], options, &[FILTER]].concat())
}

/// Waits until the capture has handed over what the kernel had, then ends it; its messages.
pub fn settle(capture: Capture) -> Vec<String> {
    let (mut before, mut errors) = (None, Vec::new());
    loop {
        std::thread::sleep(Duration::from_millis(200));
        capture.signal(Signal::SIGUSR1);
        errors.extend(capture.errors_until(" received by filter, "));
        let counts = errors.pop();
        if counts == before {
            break;
        }
        before = counts;
    }
    let (status, _, last_errors) = capture.interrupt();
    errors.extend(last_errors);
    assert!(status.success(), "{errors:?}");
    assert!(errors.contains(&"0 packets dropped by kernel".to_owned()), "{errors:?}");
    errors
}

pub fn assert_complete(numbers: &[u32], expected: u32) {
    assert_eq!(numbers.len(), expected as usize, "packets are missing or written twice");
    assert!(numbers.iter().copied().eq(0..expected), "packets are missing and others written twice");
}
