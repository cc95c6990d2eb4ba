//! What is left of a capture when the disk is full or the program is killed: whole packets, and the truth
//! about the others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;
#[allow(dead_code)]
#[path = "support/written.rs"]
mod written;

use std::time::Duration;

use nix::sys::signal::Signal;
use support::{in_private_network, rtcpdump, run};
use written::{FORMATS, Folder, assert_complete, flood, numbers_in, settle, start};

fn is_compressed(format: &str) -> bool {
    !["pcap", "pcapng"].contains(&format)
}

/// The first number of a message such as `12 packets captured`, or of the one about lost packets.
fn number(text: &str) -> usize {
    text.trim_start_matches("; ").split(' ').next().unwrap().parse().unwrap_or(0)
}

/// Fills a disk. The files hold what was captured but for what is told as lost.
fn fill_a_disk(format: &str, options: &[&str]) {
    let folder = Folder::new(&format!("full-{format}-{}", options.len()));
    run("mount", &["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.0.to_str().unwrap()]);
    let capture = start(&folder, "f", &[options, &["--format", format]].concat());
    flood(0..5000, 200);
    let (status, _, errors) = capture.finish();
    assert_eq!(status.code(), Some(1));
    let (file, rest) = errors[0].split_once(": No space left on device").unwrap();
    assert!(file.starts_with(&format!("rtcpdump: {}", folder.path("f"))), "{errors:?}");
    assert_eq!(errors.iter().filter(|line| line.contains("No space left")).count(), 1, "{errors:?}");
    let mut numbers = Vec::new();
    for name in folder.names() {
        let (more, whole) = numbers_in(&folder.0.join(&name));
        // With -U, the last stream of compressed packets goes on, and there is no room to end it.
        assert!(whole || is_compressed(format) && options.contains(&"-U"), "{format} {options:?}: {name} is cut");
        numbers.extend(more);
    }
    numbers.sort_unstable();
    assert_complete(&numbers, numbers.len() as u32);
    assert!(numbers.len() > 100, "{format} {options:?}: {}", numbers.len());
    assert_eq!(number(&errors[1]) - number(rest), numbers.len(), "{format} {options:?}: {errors:?}");
    run("umount", &[folder.0.to_str().unwrap()]);
}

#[test]
fn a_full_disk_is_told_with_the_number_of_packets_that_are_lost() {
    in_private_network("a_full_disk_is_told_with_the_number_of_packets_that_are_lost", || {
        for format in FORMATS {
            for options in [&[][..], &["-U"], &["-C", "50k", "-W", "1000"]] {
                fill_a_disk(format, options);
            }
        }
    });
}

/// What is read from a file is written by a thread of its own.
#[test]
fn packets_of_a_file_that_do_not_fit_on_a_disk_are_told() {
    in_private_network("packets_of_a_file_that_do_not_fit_on_a_disk_are_told", || {
        let source = Folder::new("fits");
        let whole = start(&source, "whole", &[]);
        flood(0..5000, 200);
        settle(whole);
        for format in FORMATS {
            let folder = Folder::new(&format!("unfit-{format}"));
            run("mount", &["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.0.to_str().unwrap()]);
            let mut command = rtcpdump();
            command.args(["-r", &source.path("whole"), "-w", &folder.path("f"), "--format", format]);
            let output = command.output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{format}");
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            let lost = errors.split_once("No space left on device").map_or(0, |(_, rest)| number(rest.trim()));
            let (numbers, is_whole) = numbers_in(&folder.0.join("f"));
            assert!(is_whole, "{format} is cut");
            assert_complete(&numbers, numbers.len() as u32);
            assert!(numbers.len() > 100 && lost > 0 && numbers.len() + lost <= 5000, "{format}: {errors}");
            run("umount", &[folder.0.to_str().unwrap()]);
        }
    });
}

#[test]
fn after_a_kill_no_packet_but_the_last_ones_is_missing() {
    in_private_network("after_a_kill_no_packet_but_the_last_ones_is_missing", || {
        for (round, format) in FORMATS.iter().chain(&FORMATS).enumerate() {
            let folder = Folder::new(&format!("kill{round}"));
            let capture = start(&folder, "f", &["-C", "1m", "-W", "1000", "--format", format]);
            let sender = std::thread::spawn(|| flood(0..60_000, 1000));
            std::thread::sleep(Duration::from_millis(30 + 17 * round as u64));
            capture.signal(Signal::SIGKILL);
            capture.finish();
            sender.join().unwrap();
            let names = folder.names();
            let (last, complete) = names.split_last().unwrap();
            let mut numbers = Vec::new();
            for name in complete {
                let (more, whole) = numbers_in(&folder.0.join(name));
                assert!(whole, "{format}: {name} of {} is cut", names.len());
                numbers.extend(more);
            }
            let (more, whole) = numbers_in(&folder.0.join(last));
            let output = rtcpdump().args(["-nn", "-r", &folder.path(last)]).output().unwrap();
            let read = String::from_utf8_lossy(&output.stdout).lines().count();
            assert_eq!((read, output.status.success()), (more.len(), whole), "{format}");
            numbers.extend(more);
            assert_complete(&numbers, numbers.len() as u32);
        }
    });
}

#[test]
fn after_a_kill_a_quiet_capture_is_in_the_file_and_the_file_is_whole() {
    in_private_network("after_a_kill_a_quiet_capture_is_in_the_file_and_the_file_is_whole", || {
        for format in FORMATS {
            for options in [&[][..], &["-U"]] {
                let folder = Folder::new(&format!("quiet-{format}-{}", options.len()));
                let capture = start(&folder, "f", &[options, &["--format", format]].concat());
                flood(0..3, 100);
                // Compressed packets wait a second for others.
                folder.wait_for(3);
                capture.signal(Signal::SIGKILL);
                capture.finish();
                assert_complete(&folder.numbers(), 3);
            }
        }
    });
}

#[test]
fn with_packet_buffering_a_kill_loses_one_packet_at_most() {
    in_private_network("with_packet_buffering_a_kill_loses_one_packet_at_most", || {
        for (round, format) in FORMATS.iter().chain(&FORMATS).enumerate() {
            let folder = Folder::new(&format!("each{round}"));
            let capture = start(&folder, "f", &["-U", "--print", "-nn", "--format", format]);
            let sender = std::thread::spawn(|| flood(0..20_000, 100));
            let first = capture.line();
            assert!(first.contains(" > 127.0.0.1.7777: UDP"), "{first}");
            std::thread::sleep(Duration::from_millis(29 * round as u64));
            capture.signal(Signal::SIGKILL);
            let (_, lines, _) = capture.finish();
            sender.join().unwrap();
            let (numbers, _) = numbers_in(&folder.0.join("f"));
            assert_complete(&numbers, numbers.len() as u32);
            // A packet is printed when it was written: one that was seen is in the file.
            let seen = 1 + lines.len();
            assert!((seen..=seen + 1).contains(&numbers.len()), "{format}: {seen}, {}", numbers.len());
        }
    });
}

#[test]
fn packets_in_a_pipe_are_compressed_too() {
    in_private_network("packets_in_a_pipe_are_compressed_too", || {
        let folder = Folder::new("pipe");
        let whole = start(&folder, "whole", &[]);
        flood(0..2000, 100);
        settle(whole);
        for format in FORMATS {
            let mut command = rtcpdump();
            command.args(["-r", &folder.path("whole"), "-w", "-", "--format", format]);
            std::fs::write(folder.path("piped"), command.output().unwrap().stdout).unwrap();
            let (numbers, is_whole) = numbers_in(&folder.0.join("piped"));
            assert!(is_whole, "{format}");
            assert_complete(&numbers, 2000);
        }
    });
}
