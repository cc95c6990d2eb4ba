//! `-Y`: what a display filter lets through, beside tshark, and where the frames go then.
//!
//! `display_filter/expected.tsv` has the expressions, with the frames of `display_filter/frames.pcapng` that tshark
//! lets through; `display_filter/make_frames.py` makes both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::collections::BTreeSet;
use std::net::UdpSocket;
use std::process::{Command, Output};

use rtcpdump::fields;
use rtcpdump::sink::json::layout;
use support::{Capture, Pair, has_command, in_private_network, rtcpdump};

const FRAMES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/display_filter/frames.pcapng");
const TABLE: &str = include_str!("display_filter/expected.tsv");

/// Expressions, and the numbers of the frames that pass.
fn rows() -> impl Iterator<Item = (&'static str, Vec<u64>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let (expression, frames) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
        (expression, numbers(frames))
    })
}

fn numbers(text: &str) -> Vec<u64> {
    text.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

fn output(arguments: &[&str]) -> Output {
    rtcpdump().args(["-r", FRAMES, "-n"]).args(arguments).output().unwrap()
}

/// Standard output of a run that goes well.
fn printed(arguments: &[&str]) -> String {
    let output = output(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The frames that pass.
fn passing(expression: &str) -> Vec<u64> {
    let text = printed(&["-Y", expression, "-#", "-q", "-t", "--analysis-rules", "wireshark"]);
    text.lines().map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect()
}

#[test]
fn the_same_frames_pass_as_in_tshark() {
    assert!(rows().count() >= 150);
    for (expression, frames) in rows() {
        assert_eq!(passing(expression), frames, "{expression}");
    }
}

#[test]
fn the_table_is_what_tshark_says_here() {
    if !has_command("tshark") {
        return;
    }
    let version = Command::new("tshark").arg("--version").output().unwrap();
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if !version.contains(" 4.0.") {
        return eprintln!("SKIPPED: the table is for tshark 4.0, and this is {}", version.lines().next().unwrap());
    }
    // tshark takes a while to start: every fifth row tells whether the table is old.
    for (expression, frames) in rows().step_by(5) {
        let mut tshark = Command::new("tshark");
        tshark.env("TZ", "UTC").args(["-r", FRAMES, "-Y", expression, "-T", "fields", "-e", "frame.number"]);
        let output = tshark.output().unwrap();
        assert!(output.status.success(), "{expression}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(numbers(&String::from_utf8_lossy(&output.stdout)), frames, "{expression}");
    }
}

#[test]
fn lines_that_pass_are_the_lines_of_a_run_without_filter() {
    for options in [&["-#"][..], &["-#", "-v"], &["-#", "-S", "-e"]] {
        let all = printed(options);
        let all: BTreeSet<&str> = all.lines().collect();
        for expression in ["tcp.len > 0", "tcp.flags.fin == 1", "ip.src == 103.52.172.83", "tcp.analysis.flags"] {
            let some = printed(&[options, &["-Y", expression]].concat());
            assert!(some.lines().count() > 2);
            let others: Vec<&str> = some.lines().filter(|line| !all.contains(line)).collect();
            assert!(others.is_empty(), "{expression} {options:?}: {others:#?}");
        }
    }
}

#[test]
fn what_does_not_pass_is_not_counted() {
    let wanted = numbers("8 10 11 16 18 19");
    assert!(passing("tcp.len > 0").starts_with(&wanted));
    let first = |arguments: &[&str]| -> Vec<u64> {
        let text = printed(&[&["-#", "--display-filter", "tcp.len > 0"], arguments].concat());
        text.lines().map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect()
    };
    assert_eq!(first(&["-c", "3"]), wanted[..3]);
    assert_eq!(first(&["--skip", "2", "-c", "3"]), wanted[2..5]);
    let count = passing("tcp.len > 0").len();
    assert_eq!(printed(&["-Y", "tcp.len > 0", "--count"]), format!("{count} packets\n"));
    // The filter of libpcap comes first: frames are counted behind it.
    assert_eq!(printed(&["-Y", "frame.number == 2", "-#", "-q", "-t", "udp"]).split_whitespace().next(), Some("2"));
}

#[test]
fn what_passes_is_written_and_printed_and_made_json_of() {
    let folder = std::env::temp_dir().join(format!("rtcpdump-display-filter-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("some.pcapng");
    let file = file.to_str().unwrap();
    let text = printed(&["-Y", "icmp", "-w", file, "--print", "-t"]);
    assert_eq!(text.lines().count(), passing("icmp").len());
    let again = rtcpdump().args(["-n", "-t", "-r", file]).output().unwrap();
    assert_eq!(String::from_utf8(again.stdout).unwrap(), text);
    std::fs::remove_dir_all(&folder).unwrap();

    let json = printed(&["-Y", "tcp.analysis.retransmission", "--json"]);
    let objects: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let frames: Vec<u64> = objects.iter().map(|object| object["frame"]["number"].as_u64().unwrap()).collect();
    assert_eq!(frames[..2], [16, 19]);
    // The line of text counts from the connection's start, although that was not printed.
    assert!(objects[0]["rtcpdump"]["text"].as_str().unwrap().contains("seq 1030:2059, ack 70"), "{}", objects[0]);
}

#[test]
fn a_wrong_expression_ends_the_run_before_anything_is_opened() {
    let output = rtcpdump().args(["-r", "/nonexistent", "-Y", "ip && tcp.prt == 80"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = "rtcpdump: -Y: there is no field tcp.prt; did you mean tcp.port?\n    \
                    ip && tcp.prt == 80\n          ^^^^^^^\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
}

#[test]
fn live_packets_of_several_interfaces_pass_or_not() {
    in_private_network("live_packets_of_several_interfaces_pass_or_not", || {
        let (a, b) = (Pair::new("a", 1), Pair::new("b", 2));
        let expression = "udp.dstport == 7777 && udp.payload[0] == \"y\" && frame.interface_name == \"b0\"";
        let capture = Capture::start(&["-i", "a0", "-i", "b0", "-n", "-Y", expression, "-c", "2"]);
        let send = |pair: &Pair, data: &[u8]| pair.sender().send_to(data, pair.far_host()).unwrap();
        for (pair, data) in [(&a, &b"yes"[..]), (&b, b"no"), (&b, b"y1"), (&a, b"yes"), (&b, b"y12")] {
            send(pair, data);
        }
        let (status, lines, errors) = capture.finish();
        assert!(status.success());
        let lengths: Vec<&str> = lines.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
        assert_eq!(lengths, ["2", "3"], "{lines:?}");
        assert_eq!(Capture::counts(&errors)[0], "2 packets captured");
    });
}

#[test]
fn live_packets_that_pass_are_written() {
    in_private_network("live_packets_that_pass_are_written", || {
        let file = std::env::temp_dir().join(format!("rtcpdump-live-display-filter-{}.pcap", std::process::id()));
        let capture = Capture::start(&["-i", "lo", "-Y", "udp.length > 10", "-c", "1", "-w", file.to_str().unwrap()]);
        let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
        sender.send_to(b"1", sender.local_addr().unwrap()).unwrap();
        sender.send_to(b"123", sender.local_addr().unwrap()).unwrap();
        assert!(capture.finish().0.success());
        let text = rtcpdump().args(["-n", "-t", "-r", file.to_str().unwrap()]).output().unwrap();
        let text = String::from_utf8(text.stdout).unwrap();
        assert!(text.ends_with("UDP, length 3\n") && text.lines().count() == 1, "{text}");
        std::fs::remove_file(&file).unwrap();
    });
}

/// Rows of the last table of docs/display-filter.md.
fn documented_rows() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/display-filter.md")).unwrap();
    let table = text.split("## Names that only filters know").nth(1).unwrap();
    table.lines().filter(|line| line.starts_with("| `")).map(str::to_owned).collect()
}

#[test]
fn names_that_json_does_not_have_are_in_the_manual() {
    let only_here = fields::all().filter(|field| !layout::is_written(field));
    let wanted: Vec<String> =
        only_here.map(|field| format!("| `{}` | {} |", field.name, field.description.trim())).collect();
    assert!(documented_rows() == wanted, "the rows of docs/display-filter.md should be:\n{}", wanted.join("\n"));
}
