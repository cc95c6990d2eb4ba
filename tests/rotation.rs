//! Savefiles that follow each other, on live traffic: what they are called, when they end, and that no
//! packet is lost or written twice between them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;
#[allow(dead_code)]
#[path = "support/written.rs"]
mod written;

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use support::{Capture, in_private_network, rtcpdump, tcpdump, wait};
use written::{FORMATS, Folder, HEADERS, assert_complete, flood, numbers_in, packets_in, settle, start};

/// How many of a process's children have ended without being waited for.
fn zombies_of(parent: u32) -> usize {
    let stats = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path().join("stat"));
    let stats = stats.filter_map(|stat| std::fs::read_to_string(stat).ok());
    stats.filter(|stat| stat.contains(&format!(") Z {parent} "))).count()
}

#[test]
fn by_size_every_packet_is_in_one_file_and_files_end_at_their_size() {
    in_private_network("by_size_every_packet_is_in_one_file_and_files_end_at_their_size", || {
        let folder = Folder::new("size");
        let capture = start(&folder, "f", &["-C", "100k"]);
        flood(0..50_000, 100);
        settle(capture);
        assert_complete(&folder.numbers(), 50_000);
        let record = 16 + HEADERS + 100;
        let per_file = (100 * 1024 - 24) / record + 1;
        assert_eq!(folder.names().len(), 50_000_usize.div_ceil(per_file));
        for name in folder.names().iter().filter(|name| *name != folder.names().last().unwrap()) {
            let packets = numbers_in(&folder.0.join(name)).0.len();
            assert!(packets == per_file || packets == 50_000 % per_file, "{name}: {packets}");
        }
    });
}

#[test]
fn by_size_every_packet_is_in_one_file_of_every_format() {
    in_private_network("by_size_every_packet_is_in_one_file_of_every_format", || {
        for format in FORMATS {
            let folder = Folder::new(&format!("size-{format}"));
            let capture = start(&folder, "f", &["-C", "100k", "-W", "1000", "--format", format]);
            flood(0..20_000, 100);
            settle(capture);
            assert_complete(&folder.numbers(), 20_000);
            let names = folder.names();
            let size = |name: &String| std::fs::metadata(folder.0.join(name)).unwrap().len();
            let (last, complete) = names.split_last().unwrap();
            assert!(
                complete.len() > 3 && complete.iter().all(|name| size(name) > 100 * 1024),
                "{format}: a small file"
            );
            // What is compressed together is a quarter of the size, before it is compressed.
            let largest = if format.ends_with('z') || format.ends_with("zst") { 126 } else { 101 };
            assert!(names.iter().all(|name| size(name) < largest * 1024), "{format}: a large file");
            assert!(!packets_in(&folder.0.join(last)).0.is_empty(), "{format}: a file for nothing");
        }
    });
}

#[test]
fn by_time_every_packet_is_in_one_file_of_every_format() {
    in_private_network("by_time_every_packet_is_in_one_file_of_every_format", || {
        for format in ["pcapng", "pcap.zst", "pcapng.gz"] {
            let folder = Folder::new(&format!("time-{format}"));
            let capture = start(&folder, "f-%s", &["-G", "1", "--format", format]);
            let sent = flood_for(Duration::from_millis(2500));
            settle(capture);
            assert_complete(&folder.numbers(), sent);
            assert!((3..=5).contains(&folder.names().len()), "{:?}", folder.names());
        }
    });
}

/// Sends datagrams for a while, and says how many.
fn flood_for(duration: Duration) -> u32 {
    let begun = Instant::now();
    let mut sent = 0;
    while begun.elapsed() < duration {
        flood(sent..sent + 500, 100);
        sent += 500;
        std::thread::sleep(Duration::from_millis(5));
    }
    sent
}

#[test]
fn by_time_and_size_every_packet_is_in_one_file() {
    in_private_network("by_time_and_size_every_packet_is_in_one_file", || {
        let folder = Folder::new("both");
        let capture = start(&folder, "f-%s-", &["-G", "1", "-C", "200k", "-W", "3"]);
        let sent = flood_for(Duration::from_millis(2500));
        settle(capture);
        assert_complete(&folder.numbers(), sent);
        let names = folder.names();
        let times: std::collections::BTreeSet<&str> = names.iter().filter_map(|name| name.split('-').nth(1)).collect();
        assert!((3..=5).contains(&times.len()), "{names:?}");
        assert!(names.iter().any(|name| name.ends_with("-3")), "-W makes no ring when -G is there: {names:?}");
    });
}

#[test]
fn on_an_idle_interface_files_follow_the_clock_and_their_number_ends_the_capture() {
    in_private_network("on_an_idle_interface_files_follow_the_clock_and_their_number_ends_the_capture", || {
        let folder = Folder::new("idle");
        let begun = Instant::now();
        let (status, _, errors) = start(&folder, "f-%s", &["-G", "1", "-W", "3"]).finish();
        assert!(status.success());
        assert!((1.9..4.5).contains(&begun.elapsed().as_secs_f64()), "{:?}", begun.elapsed());
        assert_eq!(errors[0], "Maximum file limit reached: 3");
        assert_eq!(errors[1], "0 packets captured");
        let times: Vec<i64> = folder.names().iter().map(|name| name[2..].parse().unwrap()).collect();
        assert_eq!(times.len(), 3);
        assert!(times.windows(2).all(|pair| pair[1] == pair[0] + 1), "{times:?}");
        assert!(folder.numbers().is_empty());
    });
}

#[test]
fn a_ring_keeps_the_latest_packets() {
    in_private_network("a_ring_keeps_the_latest_packets", || {
        let folder = Folder::new("ring");
        let capture = start(&folder, "f", &["-C", "100k", "-W", "12"]);
        flood(0..30_000, 100);
        settle(capture);
        let names: Vec<String> = (0..12).map(|number| format!("f{number:02}")).collect();
        assert_eq!(folder.names(), names);
        let numbers = folder.numbers();
        let first = numbers[0];
        assert!(first > 0 && numbers.iter().copied().eq(first..30_000), "{first}, {} packets", numbers.len());
    });
}

#[test]
fn names_and_files_by_size_equal_those_of_tcpdump() {
    in_private_network("names_and_files_by_size_equal_those_of_tcpdump", || {
        let folder = Folder::new("source");
        let capture = start(&folder, "whole", &["-c", "6000"]);
        flood(0..6000, 1400);
        assert!(capture.finish().0.success());
        let whole = folder.path("whole");
        for (row, options) in ["-C 1", "-C 1 -W 3", "-C 1 -W 11", "-C 99", "-C 1 -G 900"].iter().enumerate() {
            let Some(mut theirs) = tcpdump() else { return };
            let folders = [Folder::new(&format!("theirs{row}")), Folder::new(&format!("ours{row}"))];
            let split = |command: &mut Command, folder: &Folder| {
                command.args(["-r", &whole, "-w", &folder.path("f")]).args(options.split(' '));
                assert!(command.output().unwrap().status.success(), "{options}");
                folder.names().into_iter().map(|name| (std::fs::read(folder.0.join(&name)).unwrap(), name)).collect()
            };
            let expected: Vec<(Vec<u8>, String)> = split(&mut theirs, &folders[0]);
            assert!(expected == split(rtcpdump().args(["-Z", "root"]), &folders[1]), "{options}");
        }
    });
}

#[test]
fn the_command_gets_each_file_at_low_priority_and_leaves_no_zombie() {
    in_private_network("the_command_gets_each_file_at_low_priority_and_leaves_no_zombie", || {
        let folder = Folder::new("command");
        let script = folder.path("script");
        // The file's name, the nice value, standard input, and that the capture's socket is not handed on.
        let text = "#!/bin/sh\n{ echo $1; cut -d' ' -f19 /proc/self/stat; readlink /proc/self/fd/0; \
                    ls -l /proc/self/fd | grep -c socket; } > $1.told\n";
        std::fs::write(&script, text).unwrap();
        std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
        let capture = start(&folder, "f", &["-C", "10k", "-z", &script]);
        flood(0..200, 100);
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(zombies_of(capture.id()), 0);
        settle(capture);
        for name in ["f", "f1"] {
            let told = std::fs::read_to_string(folder.path(&format!("{name}.told"))).unwrap();
            assert_eq!(told, format!("{}\n19\n/dev/null\n0\n", folder.path(name)));
        }
        assert!(!folder.names().contains(&"f3.told".to_owned()), "the last file is not left behind");
    });
}

#[test]
fn the_command_gets_whole_files_of_every_format() {
    in_private_network("the_command_gets_whole_files_of_every_format", || {
        for format in FORMATS {
            let (folder, copies) = (Folder::new(&format!("whole-{format}")), Folder::new(&format!("copies-{format}")));
            let script = copies.path("script");
            std::fs::write(&script, format!("#!/bin/sh\ncp $1 {}/\n", copies.0.display())).unwrap();
            std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
            let capture = start(&folder, "f", &["-C", "20k", "-z", &script, "--format", format]);
            flood(0..1000, 100);
            settle(capture);
            std::thread::sleep(Duration::from_millis(200));
            std::fs::remove_file(script).unwrap();
            let names = copies.names();
            assert!(names.len() > 1 && names.len() + 1 == folder.names().len(), "{format}: {names:?}");
            for name in names {
                let [copy, file] = [&copies, &folder].map(|folder| std::fs::read(folder.0.join(&name)).unwrap());
                assert!(copy == file, "{format}: {name} went on behind the command");
            }
        }
    });
}

#[test]
fn a_command_that_cannot_run_or_fails_is_told_and_the_capture_goes_on() {
    in_private_network("a_command_that_cannot_run_or_fails_is_told_and_the_capture_goes_on", || {
        for (command, told) in [
            ("/nonexistent", "rtcpdump: execlp(/nonexistent, FILE) failed: No such file or directory"),
            ("false", "rtcpdump: WARNING: false FILE: exit status: 1"),
        ] {
            let folder = Folder::new("failing");
            let capture = start(&folder, "f", &["-C", "10k", "-z", command]);
            flood(0..200, 100);
            let errors = settle(capture);
            assert!(errors.contains(&told.replace("FILE", &folder.path("f"))), "{errors:?}");
            assert_complete(&folder.numbers(), 200);
        }
    });
}

#[test]
fn a_next_file_that_cannot_be_created_ends_the_capture_with_status_1_and_counts() {
    in_private_network("a_next_file_that_cannot_be_created_ends_the_capture_with_status_1_and_counts", || {
        for (options, lost) in [(["-C", "10k"], "; 1 packet could not be written"), (["-G", "1"], "")] {
            let folder = Folder::new("gone");
            let capture = start(&folder, "f", &options);
            std::fs::remove_dir_all(&folder.0).unwrap();
            flood(0..100, 100);
            let (status, _, errors) = capture.finish();
            assert_eq!(status.code(), Some(1), "{errors:?}");
            let name = folder.path(if lost.is_empty() { "f" } else { "f1" });
            assert_eq!(errors[0], format!("rtcpdump: {name}: No such file or directory{lost}"));
            assert!(errors[1].ends_with(" packets captured"), "{errors:?}");
        }
    });
}

#[test]
fn usr2_writes_out_and_the_capture_goes_on() {
    in_private_network("usr2_writes_out_and_the_capture_goes_on", || {
        for format in FORMATS {
            let folder = Folder::new(&format!("usr2-{format}"));
            let capture = start(&folder, "f", &["--format", format]);
            flood(0..10, 100);
            std::thread::sleep(Duration::from_millis(300));
            capture.signal(Signal::SIGUSR2);
            folder.wait_for(10);
            assert_complete(&folder.numbers(), 10);
            capture.signal(Signal::SIGUSR2);
            flood(10..20, 100);
            settle(capture);
            assert_complete(&folder.numbers(), 20);
        }
    });
}

#[test]
fn a_duration_ends_a_capture_also_without_packets_and_on_a_silent_pipe() {
    in_private_network("a_duration_ends_a_capture_also_without_packets_and_on_a_silent_pipe", || {
        let begun = Instant::now();
        let (status, lines, errors) = Capture::start(&["-i", "lo", "--duration", "1s"]).finish();
        assert!((0.9..2.0).contains(&begun.elapsed().as_secs_f64()), "{:?}", begun.elapsed());
        assert!(status.success() && lines.is_empty(), "{lines:?}");
        assert_eq!(errors[0], "0 packets captured");
        let mut child = rtcpdump()
            .args(["-nn", "-r", "-", "--duration", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let handshake = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/captures/handshake.pcap")).unwrap();
        let mut pipe = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut pipe, &handshake).unwrap();
        let begun = Instant::now();
        assert!(wait(&mut child).success());
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    });
}

#[test]
fn a_size_ends_a_capture_behind_the_packet_that_reaches_it() {
    in_private_network("a_size_ends_a_capture_behind_the_packet_that_reaches_it", || {
        let folder = Folder::new("until");
        let capture = start(&folder, "f", &["-C", "20k", "--until-size", "100k"]);
        flood(0..2000, 100);
        let (status, _, errors) = capture.finish();
        assert!(status.success());
        let sizes = folder.names().iter().map(|name| std::fs::metadata(folder.0.join(name)).unwrap().len()).sum();
        let record = (16 + HEADERS + 100) as u64;
        assert!((100 * 1024..100 * 1024 + record).contains(&sizes), "{sizes}");
        let numbers = folder.numbers();
        assert_complete(&numbers, numbers.len() as u32);
        assert_eq!(errors[0], format!("{} packets captured", numbers.len()));
    });
}
