//! Savefiles of every kind: pcapng with different interfaces, compressed, in a list, still growing. What is
//! printed is compared with that of the plain files, and with tcpdump's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr, missing_docs)]

#[allow(dead_code)]
mod support;

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use support::{Capture, rtcpdump, tcpdump};

/// Captures with three link-layer headers between them, one with nanoseconds.
const PARTS: [&str; 4] = ["http", "any", "nano", "refused"];

fn capture(name: &str) -> String {
    format!("{}/captures/{name}.pcap", env!("CARGO_MANIFEST_DIR"))
}

fn octets(name: &str) -> Vec<u8> {
    std::fs::read(capture(name)).unwrap()
}

fn run(arguments: &[&str]) -> Output {
    rtcpdump().args(arguments).output().unwrap()
}

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// What is printed of a savefile that is standard input.
fn run_on(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = rtcpdump();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

/// A file that is gone when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, octets: &[u8]) -> Scratch {
        let path = std::env::temp_dir().join(format!("rtcpdump-savefiles-{}-{name}", std::process::id()));
        std::fs::write(&path, octets).unwrap();
        Scratch(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn word(octets: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(octets[at..at + 4].try_into().unwrap())
}

/// A pcapng block in little-endian.
fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let padding = vec![0; body.len().next_multiple_of(4) - body.len()];
    let length = (body.len() + padding.len() + 12) as u32;
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), body, &padding, &length.to_le_bytes()].concat()
}

/// A pcapng file of little-endian pcap files, one behind the other, each of an interface of its own.
fn pcapng(files: &[Vec<u8>]) -> Vec<u8> {
    let mut out = block(0x0a0d_0d0a, &[&0x1a2b_3c4du32.to_le_bytes()[..], &[1, 0, 0, 0], &[0xff; 8]].concat());
    for file in files {
        let resolution = if word(file, 0) == 0xa1b2_3c4d { 9 } else { 6 };
        let options = [9, 0, 1, 0, resolution, 0, 0, 0];
        out.extend(block(1, &[&file[20..22], &[0, 0], &file[16..20], &options].concat()));
    }
    for (interface, file) in files.iter().enumerate() {
        let ticks_per_second = if word(file, 0) == 0xa1b2_3c4d { 1_000_000_000 } else { 1_000_000 };
        let mut rest = &file[24..];
        while !rest.is_empty() {
            let ticks = u64::from(word(rest, 0)) * ticks_per_second + u64::from(word(rest, 4));
            let captured = word(rest, 8) as usize;
            let mut body = (interface as u32).to_le_bytes().to_vec();
            body.extend(((ticks >> 32) as u32).to_le_bytes());
            body.extend((ticks as u32).to_le_bytes());
            body.extend(&rest[8..16 + captured]);
            out.extend(block(6, &body));
            rest = &rest[16 + captured..];
        }
    }
    out
}

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn zstd(octets: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(octets, 3).unwrap()
}

/// The lines of each of these files, as `program` prints them with these arguments.
fn lines_of_parts(program: &mut dyn FnMut() -> Command, arguments: &[&str], filter: &[&str]) -> String {
    PARTS.iter().map(|part| printed_by(program(), arguments, &capture(part), filter)).collect()
}

fn printed_by(mut command: Command, arguments: &[&str], file: &str, filter: &[&str]) -> String {
    text(&command.args(arguments).args(["-r", file]).args(filter).output().unwrap().stdout)
}

#[test]
fn a_pcapng_file_of_different_interfaces_is_printed_as_the_files_it_is_made_of() {
    let parts: Vec<Vec<u8>> = PARTS.iter().map(|part| octets(part)).collect();
    let mixed = Scratch::new("mixed.pcapng", &pcapng(&parts));
    for filter in [&[][..], &["port", "80", "or", "port", "8888"], &["ip6 or tcp[tcpflags] & tcp-syn != 0"]] {
        let arguments = ["-nn", "-tt", "-e", "-S", "-v", "--nano"];
        let expected = lines_of_parts(&mut rtcpdump, &arguments, filter);
        assert_eq!(printed_by(rtcpdump(), &arguments, mixed.name(), filter), expected, "{filter:?}");
        assert!(expected.lines().count() > 5, "{expected}");
        if tcpdump().is_some() {
            assert_eq!(lines_of_parts(&mut || tcpdump().unwrap(), &arguments, filter), expected, "{filter:?}");
        }
    }
}

#[test]
fn a_pcap_file_takes_one_link_type_and_the_other_is_told() {
    let mixed = Scratch::new("mixed-copy.pcapng", &pcapng(&[octets("http"), octets("any")]));
    let copy = Scratch::new("mixed-copy.pcap", &[]);
    let output = run(&["-r", mixed.name(), "-w", copy.name()]);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(errors.contains("this one EN10MB, but there is one of LINUX_SLL2"), "{errors}");
    assert_eq!(run(&["-nn", "-r", copy.name()]).stdout, run(&["-nn", "-r", &capture("http")]).stdout);
}

#[test]
fn a_filter_that_means_nothing_on_an_interface_is_told() {
    let mut raw = octets("http");
    raw[20] = 101;
    let mixed = Scratch::new("ether.pcapng", &pcapng(&[octets("http"), raw]));
    let output = run(&["-nn", "-r", mixed.name(), "not ether src 0:0:0:0:0:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("(for packets of link-type RAW)"), "{}", text(&output.stderr));
    assert_eq!(output.stdout, run(&["-nn", "-r", &capture("http")]).stdout);
}

#[test]
fn compressed_files_are_read_like_plain_ones_from_files_and_pipes() {
    let arguments = ["-nn", "-v"];
    for name in ["http", "nano"] {
        let plain = run(&["-nn", "-v", "-r", &capture(name)]).stdout;
        let whole = octets(name);
        let (first, second) = whole.split_at(100);
        for (kind, compressed) in [
            ("gz", gzip(&octets(name))),
            ("zst", zstd(&octets(name))),
            // gzip and zstd files can be put one behind the other.
            ("members.gz", [gzip(first), gzip(second)].concat()),
            ("frames.zst", [&[0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9][..], &zstd(first), &zstd(second)].concat()),
            ("pcapng.gz", gzip(&pcapng(&[octets(name)]))),
        ] {
            let file = Scratch::new(&format!("{name}.{kind}"), &compressed);
            assert!(run(&["-nn", "-v", "-r", file.name()]).stdout == plain, "{name}.{kind}");
            let piped = run_on(&[&arguments[..], &["-r", "-"]].concat(), &compressed);
            assert!(piped.status.success() && piped.stdout == plain, "{name}.{kind} through a pipe");
        }
    }
}

#[test]
fn a_cut_compressed_file_is_read_as_far_as_it_goes() {
    let whole = text(&run(&["-nn", "-r", &capture("http")]).stdout);
    for (name, compressed) in [("gzip", gzip(&octets("http"))), ("zstd", zstd(&octets("http")))] {
        for length in [compressed.len() - 1, compressed.len() / 2, 20] {
            let file = Scratch::new(&format!("cut.{name}"), &compressed[..length]);
            let output = run(&["-nn", "-r", file.name()]);
            assert_eq!(output.status.code(), Some(1), "{name} {length}");
            assert!(whole.starts_with(&text(&output.stdout)), "{name} {length}");
            assert!(text(&output.stderr).contains(&format!("truncated {name} dump file")), "{}", text(&output.stderr));
        }
    }
    let mut damaged = gzip(&octets("http"));
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 1;
    let output = run_on(&["-nn", "-r", "-"], &damaged);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("damaged gzip dump file"), "{}", text(&output.stderr));
}

#[test]
fn old_formats_come_through_pipes_and_compression_too() {
    // Version 2.3, whose lengths may have been swapped: libpcap reads it.
    let mut old = octets("http");
    old[6] = 3;
    let expected = run(&["-nn", "-r", &capture("http")]).stdout;
    let file = Scratch::new("old.pcap", &old);
    assert!(run(&["-nn", "-r", file.name()]).stdout == expected);
    assert!(run_on(&["-nn", "-r", "-"], &old).stdout == expected);
    assert!(run_on(&["-nn", "-r", "-"], &zstd(&old)).stdout == expected);
    assert!(text(&run_on(&["-r", "-"], &gzip(b"no capture at all")).stderr).contains("unknown file format"));
    let empty = text(&run_on(&["-r", "-"], &gzip(b"")).stderr);
    assert!(empty.contains("truncated dump file; tried to read 4 file header bytes, only got 0"), "{empty}");
}

#[test]
fn a_list_of_files_is_read_as_tcpdump_reads_it() {
    let list = Scratch::new("list", PARTS.map(|part| capture(part) + "\n").concat().as_bytes());
    for arguments in [&["-nn", "-tt", "-#"][..], &["--count"], &["-nn", "tcp"], &["-w", "/dev/null"]] {
        let ours = run(&[&["-V", list.name()], arguments].concat());
        let Some(mut tcpdump) = tcpdump() else { return };
        let theirs = tcpdump.args(["-V", list.name()]).args(arguments).output().unwrap();
        assert_eq!(text(&ours.stdout), text(&theirs.stdout), "{arguments:?}");
        assert_eq!(text(&ours.stderr), text(&theirs.stderr).replace("tcpdump: ", "rtcpdump: "), "{arguments:?}");
        assert_eq!(ours.status.code(), theirs.status.code(), "{arguments:?}");
    }
    let from_input = run_on(&["-nn", "-tt", "-#", "-V", "-"], &std::fs::read(&list.0).unwrap());
    assert!(from_input.stdout == run(&["-nn", "-tt", "-#", "-V", list.name()]).stdout);
}

#[test]
fn what_is_wrong_with_a_list_is_told_in_tcpdumps_words() {
    let empty = Scratch::new("empty-list", b"");
    let missing = Scratch::new("missing", format!("{}\n/nonexistent", capture("http")).as_bytes());
    let rows = [
        ("/nonexistent", "rtcpdump: Unable to open file: No such file or directory".to_owned()),
        (empty.name(), format!("rtcpdump: Nothing in {}", empty.name())),
        (missing.name(), "rtcpdump: /nonexistent: No such file or directory".to_owned()),
    ];
    for (list, message) in rows {
        let output = run(&["-nn", "-V", list]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr).lines().last(), Some(message.as_str()));
    }
    assert_eq!(run(&["-nn", "-V", missing.name()]).stdout, run(&["-nn", "-r", &capture("http")]).stdout);
}

#[test]
fn a_damaged_file_in_a_list_is_told_and_the_others_are_read() {
    let whole = octets("http");
    let cut = Scratch::new("cut-in-list.pcap", &whole[..whole.len() - 3]);
    let list = Scratch::new("cut-list", format!("{}\n{}\n", cut.name(), capture("nano")).as_bytes());
    let output = run(&["-nn", "-V", list.name()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("pcap_loop: truncated dump file"));
    let expected = [run(&["-nn", "-r", cut.name()]).stdout, run(&["-nn", "-r", &capture("nano")]).stdout].concat();
    assert_eq!(text(&output.stdout), text(&expected));
    // -c is for all files together, as the manual says.
    let first = run(&["-nn", "-c", "2", "-V", list.name()]);
    assert_eq!((first.status.code(), text(&first.stdout).lines().count()), (Some(0), 2));
}

fn append(path: &Path, octets: &[u8]) {
    OpenOptions::new().append(true).open(path).unwrap().write_all(octets).unwrap();
}

/// Follows a file that begins with `front` and gets `rest` in two pieces.
fn follow(name: &str, front: &[u8], rest: &[u8], expected: &str) {
    let file = Scratch::new(name, front);
    let mut command = rtcpdump();
    command.args(["-nn", "--follow-file", "-r", file.name()]);
    let capture = Capture::start_until(command, "reading from file");
    let (first, second) = rest.split_at(rest.len() / 2);
    append(&file.0, first);
    std::thread::sleep(std::time::Duration::from_millis(150));
    append(&file.0, second);
    let lines: Vec<String> = expected.lines().map(|_| capture.line()).collect();
    assert_eq!(lines.join("\n"), expected.trim_end(), "{name}");
    let (status, _, errors) = capture.interrupt();
    assert!(status.success(), "{name}: {errors:?}");
    assert!(errors.is_empty(), "{name}: {errors:?}");
}

#[test]
fn a_growing_file_is_followed_until_a_signal() {
    let expected = text(&run(&["-nn", "-r", &capture("http")]).stdout);
    let plain = octets("http");
    let blocks = pcapng(std::slice::from_ref(&plain));
    for (name, whole) in [("grows.pcap", &plain), ("grows.pcapng", &blocks)] {
        // Cuts in a record and in its padding; the banner comes with the file's header.
        for cut in [60, whole.len() / 3, whole.len() - 2] {
            follow(name, &whole[..cut], &whole[cut..], &expected);
        }
    }
    let (front, rest) = plain.split_at(100);
    follow("grows.pcap.zst", &zstd(front), &zstd(rest), &expected);
}

#[test]
fn a_followed_file_that_shrinks_is_told() {
    let file = Scratch::new("shrinks.pcap", &octets("http"));
    let mut command = rtcpdump();
    command.args(["-nn", "--follow-file", "-r", file.name()]);
    let capture = Capture::start_until(command, "reading from file");
    capture.line();
    File::create(&file.0).unwrap();
    capture.wait_for_error("the dump file has become shorter while it was read");
    assert_eq!(capture.finish().0.code(), Some(1));
}

#[test]
fn without_follow_a_growing_file_ends_where_it_ends_now() {
    let whole = octets("http");
    let file = Scratch::new("present.pcap", &whole[..whole.len() - 2]);
    let output = run(&["-nn", "-r", file.name()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("truncated dump file; tried to read"));
    assert_eq!(run(&["--follow-file", "-i", "lo"]).status.code(), Some(1));
}

#[test]
fn progress_is_shown_on_a_terminal_and_nowhere_else() {
    if !support::has_command("script") {
        return;
    }
    let mut large = octets("http");
    let records = large[24..].to_vec();
    while large.len() < 8 << 20 {
        large.extend_from_slice(&records);
    }
    let file = Scratch::new("large.pcap", &large);
    // A reader that makes the run last three seconds.
    let pipeline =
        format!("'{}' -r '{}' -w - | (sleep 3; cat >/dev/null)", env!("CARGO_BIN_EXE_rtcpdump"), file.name());
    let on_terminal = Command::new("script").args(["-qec", &pipeline, "/dev/null"]).output().unwrap();
    let shown = text(&on_terminal.stdout);
    let line = format!("\rreading {}: ", file.name());
    assert!(shown.contains(&line) && shown.contains(" %, "), "{shown:?}");
    assert!(shown.ends_with("\r\x1b[K"), "the line is erased at the end: {shown:?}");
    let elsewhere = Command::new("sh").args(["-c", &pipeline]).output().unwrap();
    assert!(!text(&elsewhere.stderr).contains('%'), "{}", text(&elsewhere.stderr));
}
