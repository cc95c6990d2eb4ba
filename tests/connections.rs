//! `--connections`: rows, totals and trouble of captures that the tests make, and numbers that tshark agrees with.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use etherparse::{PacketBuilder, TcpHeader};
use serde_json::Value;
use support::{has_command, rtcpdump};

const SERVER: ([u8; 4], u16) = ([10, 0, 0, 1], 80);
const CLIENT: ([u8; 4], u16) = ([10, 0, 0, 2], 40_000);
/// Ethernet, IPv4 and TCP headers without options.
const HEADERS: u64 = 14 + 20 + 20;

type End = ([u8; 4], u16);

/// A capture that a test makes, packet by packet; it is gone when the test ends.
struct Made {
    path: PathBuf,
    octets: Vec<u8>,
}

impl Made {
    fn new(name: &str) -> Made {
        let path = std::env::temp_dir().join(format!("rtcpdump-connections-{}-{name}.pcap", std::process::id()));
        let mut octets = Vec::new();
        // Microseconds, version 2.4, snapshot length, Ethernet.
        for field in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1u32] {
            octets.extend_from_slice(&field.to_le_bytes());
        }
        Made { path, octets }
    }

    /// A segment after so many microseconds.
    fn segment(&mut self, time: u32, (from, to): (End, End), flags: &str, numbers: (u32, u32), length: usize) {
        let mut header = TcpHeader::new(from.1, to.1, numbers.0, 1000);
        header.acknowledgment_number = numbers.1;
        (header.syn, header.ack) = (flags.contains('S'), flags.contains('A'));
        (header.fin, header.rst) = (flags.contains('F'), flags.contains('R'));
        let builder = PacketBuilder::ethernet2([2; 6], [4; 6]).ipv4(from.0, to.0, 64).tcp_header(header);
        let mut packet = Vec::new();
        builder.write(&mut packet, &vec![0; length]).unwrap();
        let octets = packet.len() as u32;
        for field in [time / 1_000_000, time % 1_000_000, octets, octets] {
            self.octets.extend_from_slice(&field.to_le_bytes());
        }
        self.octets.extend_from_slice(&packet);
    }

    /// What the program prints of it.
    fn printed(&self, options: &str) -> String {
        std::fs::write(&self.path, &self.octets).unwrap();
        let output = rtcpdump().args(options.split_whitespace()).arg("-r").arg(&self.path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A connection with a retransmission, closed by its client.
fn whole_connection(made: &mut Made) {
    let (there, back) = ((CLIENT, SERVER), (SERVER, CLIENT));
    made.segment(1_000_000, there, "S", (100, 0), 0);
    made.segment(1_004_000, back, "SA", (300, 101), 0);
    made.segment(1_005_000, there, "A", (101, 301), 0);
    made.segment(1_010_000, there, "A", (101, 301), 1000);
    made.segment(1_214_000, there, "A", (101, 301), 1000);
    made.segment(1_224_000, back, "A", (301, 1101), 0);
    made.segment(1_230_000, back, "A", (301, 1101), 500);
    made.segment(1_231_000, there, "A", (1101, 801), 0);
    made.segment(1_500_000, there, "FA", (1101, 801), 0);
    made.segment(1_504_000, back, "FA", (801, 1102), 0);
    made.segment(2_000_000, there, "A", (1102, 802), 0);
}

/// SYNs to port 80 from so many addresses, two from each.
fn flood(made: &mut Made, addresses: u32) {
    for number in 0..addresses * 2 {
        let source = (Ipv4Addr::from_bits(0x0b00_0000 + number / 2).octets(), 1024 + number as u16 % 2);
        made.segment(3_000_000 + number, (source, SERVER), "S", (number, 0), 0);
    }
}

#[test]
fn a_row_tells_a_connection_from_beginning_to_end() {
    let mut made = Made::new("row");
    whole_connection(&mut made);
    let text = made.printed("-n --connections");
    let columns: Vec<&str> =
        text.lines().nth(1).unwrap().split("  ").map(str::trim).filter(|c| !c.is_empty()).collect();
    let expected = [
        "00:00:01.000000",
        "10.0.0.2:40000",
        "10.0.0.1:80",
        "TIME_WAIT/CLOSED",
        "handshake",
        "FIN by client",
        "1.0 s",
        "7",
        "4",
        // Seven headers and twice 1000 octets, the second time in vain.
        "2.38 kB",
        "716 B",
        "5.0 ms",
        "4.0 ms",
        "1.0 ms",
        "1.00 kB",
        // Of 2500 octets of data.
        "40.0%",
        "0",
        "0",
    ];
    assert_eq!(columns, expected);
    let expected = "\n1 connection; 1 with handshake; 1 closed\n\
        11 packets, 3.09 kB on the wire, 2.50 kB of data; 1.00 kB of data sent again (40.0%) in 1 segment, \
        0 reordered, 0 zero windows\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn columns_are_aligned() {
    let mut made = Made::new("aligned");
    whole_connection(&mut made);
    flood(&mut made, 3);
    let text = made.printed("-n --connections");
    let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 8);
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{text}");
    assert!(
        text.ends_with("\n10.0.0.1:80: 6 half-open connections from 11.0.0.0, 11.0.0.1, 11.0.0.2, not answered\n"),
        "{text}"
    );
}

#[test]
fn a_flood_is_one_line_whether_or_not_its_connections_are_remembered() {
    let mut made = Made::new("flood");
    whole_connection(&mut made);
    flood(&mut made, 4812);
    // The last one is answered: 4811 is 0x12cb.
    made.segment(9_000_000, (SERVER, ([11, 0, 0x12, 0xcb], 1025)), "SA", (5, 9624), 0);
    for (options, forgotten) in [("", 0), ("--max-connections 5000", 4625)] {
        let text = made.printed(&format!("-n --connections --top 1 {options}"));
        let line = "10.0.0.1:80: 9,624 half-open connections from 4,812 addresses";
        assert_eq!(text.matches("half-open connections from").count(), 1, "{text}");
        assert!(text.contains(line), "{text}");
        let told = format!("and {} connections forgotten to make room", if forgotten > 0 { "4,625" } else { "0" });
        assert_eq!(text.contains(&told), forgotten > 0, "{text}");
        assert!(text.contains("\n9,625 connections; 1 with handshake, 9,624 not established; 1 closed, "), "{text}");
    }
}

#[test]
fn refusals_and_resets_are_told_by_place() {
    let mut made = Made::new("trouble");
    let closed = ([10, 0, 0, 1], 81);
    for port in 1000..1012 {
        let client = ([10, 0, 0, 9], port);
        made.segment(1_000_000, (client, closed), "S", (7, 0), 0);
        made.segment(1_000_100, (closed, client), "RA", (0, 8), 0);
    }
    for (port, by_client) in [(2000, true), (2001, false), (2002, false)] {
        let client = ([10, 0, 0, 8], port);
        let (there, back) = ((client, SERVER), (SERVER, client));
        made.segment(2_000_000, there, "S", (7, 0), 0);
        made.segment(2_000_100, back, "SA", (70, 8), 0);
        made.segment(2_000_200, there, "A", (8, 71), 0);
        if by_client {
            made.segment(2_000_300, there, "R", (8, 0), 0)
        } else {
            made.segment(2_000_300, back, "R", (71, 0), 0)
        }
    }
    let text = made.printed("-n --connections");
    let expected = "\n\n10.0.0.1:81: 12 refused connections from 10.0.0.9\n\
        10.0.0.1:80: 3 reset connections from 10.0.0.8, 1 by the client, 2 by the server\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn rows_are_sorted_and_limited() {
    let mut made = Made::new("sorted");
    flood(&mut made, 2);
    whole_connection(&mut made);
    let clients = |options: &str| -> Vec<String> {
        let text = made.printed(&format!("-n --connections {options}"));
        let rows = text.lines().skip(1).take_while(|line| line.starts_with("00:"));
        rows.map(|line| line.split_whitespace().nth(1).unwrap().to_owned()).collect()
    };
    let all = ["10.0.0.2:40000", "11.0.0.0:1024", "11.0.0.0:1025", "11.0.0.1:1024", "11.0.0.1:1025"];
    assert_eq!(clients(""), all);
    assert_eq!(clients("--sort packets --top 0"), all);
    assert_eq!(clients("--sort start --top 2"), all[..2]);
    assert_eq!(clients("--sort retransmitted --top 1"), all[..1]);
    assert_eq!(clients("--sort zero-windows --top 1"), ["11.0.0.0:1024"], "equal ones stay as they came");
    for key in ["duration", "rtt"] {
        assert_eq!(clients(&format!("--sort {key} --top 1")), all[..1], "{key}");
    }
    assert!(made.printed("-n --connections --top 2").contains("\nand 3 connections more (--top)\n"));
}

#[test]
fn json_says_what_the_table_says() {
    let mut made = Made::new("json");
    whole_connection(&mut made);
    flood(&mut made, 4);
    let text = made.printed("--connections --json --top 2");
    assert_eq!(text.lines().count(), 1);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["connections"].as_array().unwrap().len(), 2);
    let row = &value["connections"][0];
    for (pointer, expected) in [
        ("/began", "\"handshake\""),
        ("/ended", "\"fin\""),
        ("/ended_by", "\"client\""),
        ("/start", "1.0"),
        ("/duration", "1.0"),
        ("/handshake_rtt", "0.005"),
        ("/client/address", "\"10.0.0.2\""),
        ("/client/port", "40000"),
        ("/client/state", "\"TIME_WAIT\""),
        ("/client/packets", "7"),
        ("/client/data_bytes", "2000"),
        ("/client/retransmitted_bytes", "1000"),
        ("/client/retransmissions", "1"),
        ("/server/state", "\"CLOSED\""),
        // Data and FIN; the handshake has its own time.
        ("/server/rtt/count", "2"),
    ] {
        assert_eq!(row.pointer(pointer).map(ToString::to_string).as_deref(), Some(expected), "{pointer}");
    }
    assert_eq!(row["client"]["bytes"], 7 * HEADERS + 2000);
    assert_eq!(value["connections"][1]["began"], "syn");
    assert_eq!(value["connections"][1]["requests"], 1);
    assert_eq!(value["totals"]["connections"], 9);
    assert_eq!(value["totals"]["forgotten"], 0);
    let place = &value["half_open"][0];
    assert_eq!((place["connections"].as_u64(), place["unanswered"].as_u64()), (Some(8), Some(8)));
    assert_eq!((place["addresses"].as_u64(), place["first_addresses"].as_array().unwrap().len()), (Some(4), 3));
    assert_eq!(value["lower_bounds"], false);
}

#[test]
fn every_key_of_the_json_is_documented() {
    fn keys(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| {
                found.push(key.clone());
                keys(value, found);
            }),
            Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let mut made = Made::new("keys");
    whole_connection(&mut made);
    flood(&mut made, 1);
    for (client, by_server) in [(1000, false), (1001, true)] {
        let (there, back) = ((([10, 0, 0, 9], client), SERVER), (SERVER, ([10, 0, 0, 9], client)));
        made.segment(1, there, "S", (7, 0), 0);
        if by_server {
            made.segment(2, back, "SA", (70, 8), 0);
        }
        made.segment(3, back, "RA", (71, 8), 0);
    }
    let mut found = Vec::new();
    keys(&serde_json::from_str(&made.printed("--connections --json")).unwrap(), &mut found);
    let documented =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/connections.md")).unwrap();
    for key in found {
        assert!(documented.contains(&format!("`{key}`")), "{key} is not in docs/connections.md");
    }
}

#[test]
fn packets_are_printed_only_when_asked_for() {
    let mut made = Made::new("print");
    whole_connection(&mut made);
    assert!(!made.printed("-n --connections").contains("Flags ["));
    let both = made.printed("-n --connections --print");
    assert_eq!(both.matches("Flags [").count(), 11);
    assert!(both.ends_with(&made.printed("-n --connections")));
    assert!(!both.contains("handshake done"));
    assert!(made.printed("-n --connections --print --analyze").contains("handshake done"));
    assert!(!made.printed("-n --connections --count").contains("Flags ["));
    let json = made.printed("-n --connections --print --json");
    assert_eq!(json.lines().count(), 12);
}

#[test]
fn without_connections_there_are_only_totals() {
    let text = Made::new("empty").printed("--connections");
    let expected = "0 connections\n0 packets, 0 B on the wire, 0 B of data; 0 B of data sent again in 0 segments, \
        0 reordered, 0 zero windows\n";
    assert_eq!(text, expected);
}

/// Ends in order, and packets and octets of the lower end and of the other; how often that is there.
type Conversations = BTreeMap<(String, String, [u64; 4]), u32>;

fn add(all: &mut Conversations, mut ends: [String; 2], mut counts: [u64; 4]) {
    if ends[0] > ends[1] {
        ends.reverse();
        counts.rotate_left(2);
    }
    let [low, high] = ends;
    *all.entry((low, high, counts)).or_default() += 1;
}

/// tshark's conversations. It cuts large numbers of octets down to thousands, so all are cut that way here.
fn tsharks(path: &Path) -> Conversations {
    let output = Command::new("tshark").args(["-n", "-q", "-z", "conv,tcp", "-r"]).arg(path).output().unwrap();
    let mut all = Conversations::new();
    for line in String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.contains("<->")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [one, "<->", other, back, back_octets, back_unit, there, there_octets, there_unit, ..] = words[..] else {
            panic!("{line}")
        };
        let octets = |number: &str, unit| match unit {
            "bytes" => cut(number.parse().unwrap()),
            "kB" => number.parse::<u64>().unwrap() * 1000,
            other => panic!("{other}"),
        };
        let counts = [
            there.parse().unwrap(),
            octets(there_octets, there_unit),
            back.parse().unwrap(),
            octets(back_octets, back_unit),
        ];
        add(&mut all, [one.to_owned(), other.to_owned()], counts);
    }
    all
}

/// Numbers from 10,000 on in thousands.
fn cut(octets: u64) -> u64 {
    if octets < 10_000 { octets } else { octets / 1000 * 1000 }
}

fn ours(path: &Path) -> Conversations {
    let options = ["-n", "--connections", "--json", "--top", "0", "--analysis-rules", "wireshark", "-r"];
    let output = rtcpdump().args(options).arg(path).output().unwrap();
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut all = Conversations::new();
    for row in value["connections"].as_array().unwrap() {
        let ends =
            ["client", "server"].map(|end| format!("{}:{}", row[end]["address"].as_str().unwrap(), row[end]["port"]));
        let count = |end: &str, key: &str| row[end][key].as_u64().unwrap();
        let octets = |end| cut(count(end, "bytes"));
        add(
            &mut all,
            ends,
            [count("client", "packets"), octets("client"), count("server", "packets"), octets("server")],
        );
    }
    all
}

#[test]
fn packets_and_octets_are_those_that_tshark_counts() {
    if !has_command("tshark") {
        return;
    }
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("captures")).unwrap();
    let mut count = 0;
    for path in entries.map(|entry| entry.unwrap().path()) {
        // tshark does not count segments whose options were cut off.
        let is_cut = path.ends_with("snapped.pcap");
        if !is_cut && path.extension().is_some_and(|ending| ending == "pcap" || ending == "pcapng") {
            let expected = tsharks(&path);
            assert_eq!(ours(&path), expected, "{}", path.display());
            count += expected.len();
        }
    }
    assert!(count >= 8, "only {count} connections in all captures");
}

#[test]
fn a_display_filter_chooses_connections_and_all_of_their_packets_count() {
    let mut made = Made::new("chosen");
    whole_connection(&mut made);
    flood(&mut made, 4);
    std::fs::write(&made.path, &made.octets).unwrap();
    let output =
        rtcpdump().args(["-n", "--connections", "-Y", "tcp.analysis.retransmission", "-r"]).arg(&made.path).output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(text.contains("\n1 connection; 1 with handshake; 1 closed\n11 packets, "), "{text}");
    assert!(!text.contains("half-open"), "{text}");
}
