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
fn messages_that_cannot_be_written_change_nothing_else() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str], out: Stdio| {
        Command::new(env!("CARGO_BIN_EXE_rtcpdump")).args(arguments).stdout(out).stderr(full()).output().unwrap()
    };
    let arguments = ["-nn", "-r", HANDSHAKE];
    assert_eq!(run(&arguments, Stdio::piped()).stdout, rtcpdump(&arguments).stdout);
    assert_eq!(run(&arguments, full().into()).status.code(), Some(14));
    assert_eq!(run(&["-r", "/nonexistent"], Stdio::piped()).status.code(), Some(1));
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

/// A savefile of one packet of raw IP, from 1.1.1.1 to 2.2.2.2.
fn packet(name: &str, protocol: u8, digits: &str) -> Scratch {
    let digits: Vec<u8> = digits.chars().filter_map(|digit| digit.to_digit(16)).map(|digit| digit as u8).collect();
    let payload: Vec<u8> = digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    let length = 20 + payload.len() as u8;
    let header = [0x45, 0, 0, length, 0, 7, 0, 0, 64, protocol, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    let mut file = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 101, 0, 0, 0];
    file.extend([[0; 8], [length, 0, 0, 0, length, 0, 0, 0]].concat());
    file.extend(header);
    file.extend(payload);
    Scratch::new(name, &file)
}

const ESP: &str = "0000000100000109 3c978b215eea9a79a094109b03e8d678 7ed3813ca8a80921e744b383c4a6ce73 \
                   10e43bcc76a5807ce067d3cebf88d53b 8d3b31feb7788ad68c7965a3";

#[test]
fn esp_is_decrypted_with_keys_from_the_command_line_and_from_files() {
    let esp = packet("esp.pcap", 50, ESP);
    let key = "aes128-cbc-hmac96:0x404142434445464748494a4b4c4d4e4f";
    let file = Scratch::new("keys.txt", format!("# ours\n0x1@2.2.2.2 {key}\n").as_bytes());
    let line = "IP 1.1.1.1 > 2.2.2.2: ESP(spi=0x00000001,seq=0x109), length 68";
    let inside = ": IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 3, seq 1, length 8";
    for (keys, inside) in
        [(key, inside), (&format!("file {}", file.name()), inside), (&format!("2@2.2.2.2 {key}"), ""), ("", "")]
    {
        let output = rtcpdump(&["-n", "-t", "-r", esp.name(), "-E", keys]);
        assert_eq!((text(&output.stdout), output.status.code()), (format!("{line}{inside}\n"), Some(0)), "{keys}");
        assert_eq!(text(&output.stderr).lines().count(), 1, "{keys}");
    }
}

#[test]
fn keys_that_cannot_be_used_are_told_when_the_first_packet_needs_one() {
    let esp = packet("needs-keys.pcap", 50, ESP);
    for (keys, status, message) in [
        ("rc3-cbc:x", 0, "rtcpdump: WARNING: failed to find cipher algo rc3"),
        (
            "aes128-cbc:x",
            0,
            "rtcpdump: WARNING: esp_print: ciphertext size 44 is not a multiple of the cipher block size 16",
        ),
        (
            "file /nonexistent",
            13,
            "rtcpdump: esp_print_decode_onesecret: can't open /nonexistent: No such file or directory",
        ),
    ] {
        let output = rtcpdump(&["-n", "-r", esp.name(), "-E", keys]);
        assert_eq!(text(&output.stderr).lines().nth(1), Some(message));
        assert_eq!(output.status.code(), Some(status), "{keys}");
        assert!(text(&output.stdout).contains("length 68"), "{keys}");
        let unneeded = rtcpdump(&["-n", "-r", HANDSHAKE, "-E", keys]);
        assert_eq!((text(&unneeded.stderr).lines().count(), unneeded.status.code()), (1, Some(0)), "{keys}");
    }
}

#[test]
fn tcp_signatures_are_checked_with_the_secret() {
    let digest = "084dcd04c705674df2d1c265fcc958c2";
    let segment = format!("00b3c350 000003e8 000007d0 a018ffff 12340000 01011312 {digest} 68656c6c6f");
    let signed = packet("signed.pcap", 6, &segment);
    let unchecked = format!("md5 shared secret not supplied with -M, can't check - {digest}]");
    for (options, expected) in
        [(&["-M", "secret"][..], "md5 valid]"), (&["-M", "other"], "md5  (invalid)]"), (&[], unchecked.as_str())]
    {
        let output = rtcpdump(&[&["-n", "-r", signed.name()], options].concat());
        let line = text(&output.stdout);
        assert!(line.contains(&format!("options [nop,nop,{expected}, length 5: BGP")), "{line}");
    }
}
