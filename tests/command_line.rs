//! Command lines that need no network: what they print, where, and with which status.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A small savefile of ours to read: a handshake, in little-endian pcap.
const HANDSHAKE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/captures/handshake.pcap");

fn rtcpdump(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rtcpdump")).args(arguments).env("TZ", "UTC").output().unwrap()
}

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// A file of these octets that is gone when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, octets: &[u8]) -> Scratch {
        let path = std::env::temp_dir().join(format!("rtcpdump-{}-{name}", std::process::id()));
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

#[test]
fn wrong_command_lines_are_answered_in_tcpdumps_words_with_status_1() {
    let rows = [
        ("-c 0", "rtcpdump: invalid packet count 0 (must be >= 1 and <= 2147483647)"),
        ("-c x", "rtcpdump: invalid packet count \"x\" (not a valid number)"),
        ("-s 999999999", "rtcpdump: invalid snaplen 999999999 (must be >= 0 and <= 262144)"),
        ("-c", "rtcpdump: option requires an argument -- 'c'"),
        ("-C 5x -w x", "rtcpdump: invalid file size 5x (invalid units)"),
        ("-C 1k", "rtcpdump: -C cannot be used without -w."),
        ("-G x -w x", "rtcpdump: invalid number of seconds \"x\" (not a valid number)"),
        ("-G 5", "rtcpdump: -G cannot be used without -w."),
        ("-W 0", "rtcpdump: invalid number of output files 0 (must be >= 1 and <= 2147483647)"),
        ("-z gzip -w x", "rtcpdump: -z cannot be used without -w and (-C or -G)."),
        ("--duration 1d", "rtcpdump: invalid duration 1d (invalid units)"),
        ("--until-size 1g", "rtcpdump: --until-size cannot be used without -w."),
        ("-k", "rtcpdump: invalid option -- 'k'"),
        ("--cuont", "rtcpdump: unrecognized option '--cuont'"),
        ("--count", "rtcpdump: --count cannot be used without -r or -V."),
        ("-A -x", "rtcpdump: -A and -x[x] are mutually exclusive."),
        ("-x -X", "rtcpdump: -x[x] and -X[X] are mutually exclusive."),
        ("-tttttt", "rtcpdump: only -t, -tt, -ttt, -tttt and -ttttt are supported"),
        ("-y NONSENSE -d", "rtcpdump: invalid data link type NONSENSE"),
        ("-T nonsense", "rtcpdump: unknown packet type 'nonsense'"),
        ("--time-stamp-precision=pico", "rtcpdump: unsupported time stamp precision"),
        ("-r /nonexistent", "rtcpdump: /nonexistent: No such file or directory"),
        ("-r /", "rtcpdump: error reading dump file: Is a directory"),
        ("-r /dev/null", "rtcpdump: truncated dump file; tried to read 4 file header bytes, only got 0"),
        ("-r /proc/self/exe", "rtcpdump: unknown file format"),
        ("-i nonexistent", "rtcpdump: nonexistent: No such device exists"),
        ("-i 0", "rtcpdump: Invalid adapter index 0"),
        ("-d tcp prt 80", "rtcpdump: can't parse filter expression: syntax error"),
        ("-d -F /nonexistent", "rtcpdump: can't open /nonexistent: No such file or directory"),
    ];
    for (words, message) in rows {
        let output = rtcpdump(&words.split(' ').collect::<Vec<_>>());
        let errors = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{words}: {errors}");
        assert!(errors.lines().any(|line| line == message), "{words}: {errors}");
        assert!(output.stdout.is_empty(), "{words}");
    }
}

#[test]
fn a_file_that_cannot_be_created_is_named_with_the_reason() {
    let output = rtcpdump(&["-r", HANDSHAKE, "-w", "/nonexistent/out.pcap"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).ends_with("rtcpdump: /nonexistent/out.pcap: No such file or directory\n"));
}

#[test]
fn a_cut_file_is_read_up_to_the_damage_which_is_then_told() {
    let whole = std::fs::read(HANDSHAKE).unwrap();
    let cut = Scratch::new("cut.pcap", &whole[..whole.len() - 5]);
    let output = rtcpdump(&["-nn", "-r", cut.name()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout).lines().count(), 2);
    let errors = text(&output.stderr);
    assert!(
        errors.contains(
            "rtcpdump: pcap_loop: truncated dump file; tried to read 66 captured bytes, only got 61 (after 2 packets)"
        ),
        "{errors}"
    );
}

#[test]
fn output_that_cannot_be_written_ends_with_status_14_as_in_tcpdump() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rtcpdump"))
        .args(["-nn", "-r", HANDSHAKE])
        .stdout(full())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(14));
    assert!(text(&output.stderr).contains("rtcpdump: Unable to write output: No space left on device"));
}

#[test]
fn a_savefile_is_copied_without_loss_through_files_and_pipes() {
    let original = std::fs::read(HANDSHAKE).unwrap();
    let copy = Scratch::new("copy.pcap", &[]);
    assert!(rtcpdump(&["-r", HANDSHAKE, "-w", copy.name()]).status.success());
    assert!(std::fs::read(&copy.0).unwrap() == original, "-r FILE -w FILE changes the file");
    assert!(rtcpdump(&["-r", HANDSHAKE, "-w", "-"]).stdout == original, "-r FILE -w - changes the file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_rtcpdump"))
        .args(["-r", "-", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&original).unwrap();
    assert!(child.wait_with_output().unwrap().stdout == original, "-r - -w - changes the file");
}

/// The captured file with its numbers in the other byte order, and with nanoseconds.
fn swapped_with_nanoseconds(little: &[u8]) -> Vec<u8> {
    let word = |octets: &[u8]| u32::from_le_bytes(octets.try_into().unwrap());
    let mut big = 0xa1b2_3c4du32.to_be_bytes().to_vec();
    big.extend_from_slice(&[0, 2, 0, 4]);
    little[8..24].chunks(4).for_each(|octets| big.extend_from_slice(&word(octets).to_be_bytes()));
    let mut rest = &little[24..];
    while !rest.is_empty() {
        let [seconds, micros, captured, length] = [0, 4, 8, 12].map(|at| word(&rest[at..at + 4]));
        for field in [seconds, micros * 1000 + 789, captured, length] {
            big.extend_from_slice(&field.to_be_bytes());
        }
        big.extend_from_slice(&rest[16..16 + captured as usize]);
        rest = &rest[16 + captured as usize..];
    }
    big
}

#[test]
fn byte_order_and_nanoseconds_make_no_difference_to_the_text_and_are_kept() {
    let original = std::fs::read(HANDSHAKE).unwrap();
    let swapped = Scratch::new("swapped.pcap", &swapped_with_nanoseconds(&original));
    let lines = |file: &str, precision| text(&rtcpdump(&["-nn", "-tt", precision, "-r", file]).stdout);
    assert_eq!(lines(swapped.name(), "--micro"), lines(HANDSHAKE, "--micro"));
    let nano = lines(swapped.name(), "--nano");
    assert!(nano.lines().all(|line| line.split(' ').next().unwrap().ends_with("789")), "{nano}");
    let copy = Scratch::new("nano-copy.pcap", &[]);
    assert!(rtcpdump(&["-r", swapped.name(), "-w", copy.name()]).status.success());
    assert_eq!(lines(copy.name(), "--nano"), nano, "-w loses nanoseconds");
    assert!(rtcpdump(&["-r", swapped.name(), "--micro", "-w", copy.name()]).status.success());
    assert!(std::fs::read(&copy.0).unwrap() == original, "--micro -w keeps microseconds only");
}

#[test]
fn skip_and_count_choose_packets_and_keep_their_numbers() {
    let output = rtcpdump(&["-nn", "-t", "-#", "--skip", "1", "-c", "1", "-r", HANDSHAKE]);
    let lines = text(&output.stdout);
    assert!(lines.starts_with("    2  IP ") && lines.lines().count() == 1, "{lines}");
    assert_eq!(text(&rtcpdump(&["--count", "-r", HANDSHAKE]).stdout), "3 packets\n");
    assert_eq!(text(&rtcpdump(&["--count", "-r", HANDSHAKE, "tcp[tcpflags] == tcp-syn"]).stdout), "1 packet\n");
    let sampled = text(&rtcpdump(&["-nn", "-#", "--print-sampling", "2", "-r", HANDSHAKE]).stdout);
    assert!(sampled.starts_with("    2  ") && sampled.lines().count() == 1, "{sampled}");
}

#[test]
fn a_filter_comes_from_a_file_with_comments() {
    let filter = Scratch::new("filter", b"tcp # only these\nand tcp[tcpflags] & tcp-syn != 0\n");
    assert_eq!(text(&rtcpdump(&["--count", "-r", HANDSHAKE, "-F", filter.name()]).stdout), "2 packets\n");
}

#[test]
fn a_filters_program_is_printed_as_assembler_c_and_numbers() {
    let program = |option| text(&rtcpdump(&[option, "-y", "RAW", "ip"]).stdout);
    assert!(program("-d").starts_with("(000) ldb      [0]\n"), "{}", program("-d"));
    assert!(program("-d").ends_with("ret      #0\n"));
    assert!(program("-dd").starts_with("{ 0x30, 0, 0, 0x00000000 },\n"));
    let numbers = program("-ddd");
    assert_eq!(numbers.lines().next(), Some(numbers.lines().count().saturating_sub(1).to_string().as_str()));
    assert!(numbers.contains("\n48 0 0 0\n"));
    let snapshot_length = text(&rtcpdump(&["-d", "-s", "77"]).stdout);
    assert_eq!(snapshot_length, "(000) ret      #77\n");
}

#[test]
fn version_help_and_generated_files_go_to_standard_output() {
    let version = text(&rtcpdump(&["--version"]).stdout);
    assert!(version.starts_with("rtcpdump version ") && version.contains("\nlibpcap version "), "{version}");
    let help = rtcpdump(&["-h"]);
    assert!(help.status.success());
    assert!(text(&help.stdout).contains("--snapshot-length"));
    for (what, sign) in [
        ("man", ".TH rtcpdump 1"),
        ("bash", "_rtcpdump()"),
        ("zsh", "#compdef rtcpdump"),
        ("fish", "complete -c rtcpdump"),
    ] {
        let output = rtcpdump(&["--generate", what]);
        assert!(output.status.success() && text(&output.stdout).contains(sign), "{what}");
        assert!(text(&output.stdout).contains("snapshot"), "{what} lacks an option");
    }
}

#[test]
fn names_stand_for_numbers_unless_n_is_given() {
    let named = text(&rtcpdump(&["-t", "-c", "1", "-r", HANDSHAKE]).stdout);
    let numeric = text(&rtcpdump(&["-n", "-t", "-c", "1", "-r", HANDSHAKE]).stdout);
    assert!(numeric.contains("127.0.0.1."), "{numeric}");
    assert!(named.contains("localhost."), "{named}");
}
