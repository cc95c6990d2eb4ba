//! What options do that need no network: a packet with and without them, and answers without any packet.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn rtcpdump(words: &str, input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rtcpdump"))
        .args(words.split_whitespace())
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may be gone before it reads anything.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// Standard output of a run that goes well.
fn printed(words: &str, input: &[u8]) -> String {
    let output = rtcpdump(words, input);
    assert!(output.status.success(), "{words}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Status and standard error of a run that prints nothing.
fn told(words: &str) -> (Option<i32>, String) {
    let output = rtcpdump(words, b"");
    assert_eq!(text(&output.stdout), "", "{words}");
    (output.status.code(), text(&output.stderr))
}

/// A pcap file with one packet, given in hexadecimal.
fn savefile(link_type: u32, packet: &str) -> Vec<u8> {
    let digits: Vec<u8> = packet.bytes().filter(u8::is_ascii_hexdigit).collect();
    let octet = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let packet: Vec<u8> = digits.chunks(2).map(octet).collect();
    let mut file = Vec::new();
    let length = packet.len() as u32;
    for word in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, link_type, 0, 0, length, length] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    file.extend_from_slice(&packet);
    file
}

#[test]
fn numbers_about_the_machine_are_tcpdumps() {
    assert_eq!(printed("--fp-type", b""), "9877.895\n");
    assert_eq!(printed("--time-t-size", b""), format!("{}\n", libc::time_t::BITS));
}

#[test]
fn what_cannot_be_had_is_answered() {
    let (status, errors) = told("--list-remote-interfaces rpcap://nowhere");
    assert_eq!((status, errors.as_str()), (Some(1), "rtcpdump: Remote capture not supported\n"));
    let output = rtcpdump("-m SNMPv2-MIB -mIF-MIB -d -y RAW", b"");
    assert!(output.status.success() && text(&output.stdout).contains("(000) ret"));
    assert_eq!(
        text(&output.stderr),
        "rtcpdump: ignoring option '-m SNMPv2-MIB' (no libsmi support)\n\
         rtcpdump: ignoring option '-m IF-MIB' (no libsmi support)\n"
    );
}

#[test]
fn the_filter_parser_is_debugged_or_the_option_is_not_recognized() {
    let output = rtcpdump("--debug-filter-parser -d -y RAW ip", b"");
    let errors = text(&output.stderr);
    match output.status.code() {
        Some(0) => assert!(text(&output.stdout).contains("(000) "), "{errors}"),
        status => {
            assert_eq!(status, Some(1));
            assert!(errors.starts_with("rtcpdump: unrecognized option '--debug-filter-parser'"), "{errors}");
        }
    }
}

#[test]
fn lists_go_before_each_other_in_tcpdumps_order() {
    let devices = printed("-D", b"");
    assert_eq!(printed("-L -J -D -i lo", b""), devices);
    assert!(printed("-L -J -i lo", b"").starts_with("Time stamp types for lo "));
    assert!(printed("-J -d -y RAW", b"").starts_with("(000) "), "nothing is opened that -J could ask");
}

#[test]
fn options_of_capturing_have_no_effect_on_files() {
    let file = savefile(101, "4500001c00010000401100000a0700010a07000203e807d000080000");
    let plain = printed("-nn -r -", &file);
    for words in ["-Q out", "-I", "-j adapter", "-J", "-L", "-p", "--immediate-mode", "-B 100", "-i nonexistent"] {
        assert_eq!(printed(&format!("-nn -r - {words}"), &file), plain, "{words}");
    }
}

#[test]
fn foreign_addresses_need_an_interface() {
    let answer = (Some(1), "rtcpdump: -f cannot be used with -V or -r.\n".to_owned());
    assert_eq!(told("-f -r -"), answer);
    assert_eq!(told("-f -V -"), answer);
}

#[test]
fn old_a_changes_nothing() {
    let file = savefile(101, "4500001c00010000401100007f0000017f00000103e807d000080000");
    assert_eq!(printed("-a -r -", &file), printed("-r -", &file));
}

#[test]
fn as_numbers_have_a_dot_with_b() {
    let open = "4500004d00010000400600000a0000010a0000029c4000b30000000100000001501803e800000000\
                ffffffffffffffffffffffffffffffff002501045ba000b40a00000108020641040001000a";
    let file = savefile(101, open);
    assert!(printed("-nn -v -r -", &file).ends_with("\t\t 4 Byte AS 65546\n"));
    assert!(printed("-nn -v -b -r -", &file).ends_with("\t\t 4 Byte AS 1.10\n"));
}

#[test]
fn mesh_headers_are_looked_for_with_h() {
    let frame = "88000000020000000001020000000002020000000003100000 01001f07000000aaaa030000000800\
                 4500001c00010000401100000a0700010a07000203e807d000080000";
    let file = savefile(105, frame);
    assert!(printed("-nn -t -r -", &file).starts_with("02:00:00:00:00:02 Unknown SSAP 0x1e > "));
    assert_eq!(printed("-nn -t -H -r -", &file), "IP 10.7.0.1.1000 > 10.7.0.2.2000: UDP, length 0\n");
}

#[test]
fn a_filter_is_left_as_it_is_with_o() {
    let lines = |words: &str| printed(words, b"").lines().count();
    let (optimized, plain) = (lines("-d -y RAW tcp port 80"), lines("-O -d -y RAW tcp port 80"));
    assert!(plain > optimized, "{plain} instructions without the optimizer, {optimized} with it");
}

#[test]
fn sampling_prints_although_a_file_is_written_and_with_absolute_numbers() {
    let syn = "450000280001000040060000 0a000001 0a000002 9c4000b3 0000000100000000 500203e8 00000000";
    let ack = "450000280001000040060000 0a000001 0a000002 9c4000b3 0000000200000009 501003e8 00000000";
    let mut file = savefile(101, syn);
    file.extend_from_slice(&savefile(101, ack)[24..]);
    let sampled = printed("-nn -t -w /dev/null --print-sampling 2 -r -", &file);
    assert_eq!(sampled, "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [.], ack 9, win 1000, length 0\n");
}
