//! Long savefiles, which several threads read and print: the text is that of one thread, and a failure of any is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr, missing_docs)]

#[allow(dead_code)]
mod support;
#[allow(dead_code)]
#[path = "support/written.rs"]
mod written;

use std::fs::File;
use std::io::Read;
use std::process::{Command, Output, Stdio};

use support::{in_private_network, rtcpdump, run};
use written::Folder;

/// A capture of 20 MiB in which a conversation and frames of all lengths come again and again.
fn long_capture() -> Vec<u8> {
    let mut octets = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/captures/http.pcap")).unwrap();
    let records = octets[24..].to_vec();
    while octets.len() < 20 << 20 {
        octets.extend_from_slice(&records);
        let length = octets.len() % 200_000;
        for word in [1, 2, length as u32, length as u32] {
            octets.extend_from_slice(&word.to_ne_bytes());
        }
        octets.resize(octets.len() + length, 0);
    }
    octets
}

/// A folder with that capture, without as many octets at its end.
fn folder_with(cut: usize, name: &str) -> Folder {
    let (folder, octets) = (Folder::new(name), long_capture());
    std::fs::write(folder.path("long.pcap"), &octets[..octets.len() - cut]).unwrap();
    folder
}

fn read(options: &[&str], file: &str) -> Output {
    rtcpdump().args(options).args(["-r", file]).output().unwrap()
}

fn last_line(errors: &[u8]) -> Option<String> {
    String::from_utf8_lossy(errors).lines().last().map(str::to_owned)
}

/// The rest of a long file is read by two threads; a pipe is read by one.
#[test]
fn a_long_file_is_read_like_a_pipe() {
    for cut in [0, 1] {
        let folder = folder_with(cut, &format!("pipe-{cut}"));
        let file = folder.path("long.pcap");
        for options in [&["-nn", "-e"][..], &["--count"], &["-w", "-"]] {
            let from_file = read(options, &file);
            let pipeline = format!("cat '{file}' | '{}' {} -r -", env!("CARGO_BIN_EXE_rtcpdump"), options.join(" "));
            let from_pipe = Command::new("sh").args(["-c", &pipeline]).output().unwrap();
            assert!(from_file.stdout.len() > 10 && from_file.stdout == from_pipe.stdout, "{options:?}");
            assert_eq!(from_file.status, from_pipe.status);
            let [file, pipe] = [&from_file, &from_pipe].map(|output| last_line(&output.stderr));
            assert!(cut == 0 || file == pipe, "{file:?} {pipe:?}");
        }
    }
}

/// Dumps are made and written by two threads in turn; with `-l` there is one.
#[test]
fn dumps_of_a_long_file_come_in_the_order_of_its_packets() {
    for cut in [0, 1] {
        let folder = folder_with(cut, &format!("dumps-{cut}"));
        let file = folder.path("long.pcap");
        for options in [&["-nnX"][..], &["-nnxx", "-c", "3000"], &["-nA", "--skip", "500"]] {
            let (in_turns, alone) = (read(options, &file), read(&[options, &["-l"]].concat(), &file));
            assert!(in_turns.stdout.len() > 2 << 20, "{options:?}: {}", in_turns.stdout.len());
            assert!(in_turns.stdout == alone.stdout, "{options:?}");
            assert_eq!((in_turns.status, in_turns.stderr), (alone.status, alone.stderr), "{options:?}");
        }
    }
}

#[test]
fn dumps_end_when_nobody_reads_them_any_more() {
    let folder = folder_with(0, "closed");
    let mut command = rtcpdump();
    command.args(["-nnX", "-r", &folder.path("long.pcap")]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut start = vec![0; 3 << 20];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), last_line(&output.stderr).unwrap().contains("rtcpdump:")), (Some(0), false));
}

#[test]
fn text_that_does_not_fit_on_a_disk_is_told() {
    in_private_network("text_that_does_not_fit_on_a_disk_is_told", || {
        let (folder, disk) = (Folder::new("source"), Folder::new("disk"));
        let cases = [(&["-nnX"][..], long_capture()), (&["-nn", "--analyze"], capture_of_many_connections())];
        for (options, capture) in cases {
            let (file, text) = (folder.path("long.pcap"), disk.path("text"));
            std::fs::write(&file, capture).unwrap();
            run("mount", &["-t", "tmpfs", "-o", "size=7m", "tmpfs", disk.0.to_str().unwrap()]);
            let mut command = rtcpdump();
            command.args(options).args(["-r", &file]).stdout(File::create(&text).unwrap());
            let output = command.output().unwrap();
            // It has the file open, too.
            drop(command);
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            let written = std::fs::read(&text).unwrap();
            run("umount", &[disk.0.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(14), "{errors}");
            let told = "rtcpdump: Unable to write output: No space left on device";
            assert_eq!(errors.matches(told).count(), 1, "{errors}");
            assert_eq!(written.len(), 7 << 20);
            assert!(read(&[options, &["-l"]].concat(), &file).stdout.starts_with(&written));
        }
    });
}

/// A record with a segment without options in a frame of this length: between two of 20,000 pairs of ends, of which the
/// first have low numbers.
fn record(number: u32, connection: u32, from_client: bool, flags: u8, numbers: (u32, u32), length: usize) -> Vec<u8> {
    let client = [&[10, 1][..], &(connection as u16 / 7).to_be_bytes()].concat();
    let (server, ports) = ([10, 2, 0, (connection % 7) as u8].to_vec(), [(20_000 + connection) as u16, 80]);
    let (ends, ports) = if from_client { ([client, server], ports) } else { ([server, client], [ports[1], ports[0]]) };
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let frame = [
        &[2; 12][..],
        &[8, 0, 0x45, 0],
        &(length as u16 - 14).to_be_bytes(),
        &[0, 0, 0, 0, 64, 6, 0, 0],
        &ends.concat(),
        &ports.map(u16::to_be_bytes).concat(),
        &words(&[numbers.0, numbers.1]),
        &[0x50, flags, 4, 0, 0, 0, 0, 0],
    ];
    let mut record: Vec<u8> = [1 + number / 1000, number % 1000, length as u32, length as u32]
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .chain(frame.concat())
        .collect();
    record.resize(16 + length, b'x');
    record
}

/// A capture of 20,000 connections that send some data, lose some, and end. Frames are small, but for a few very large
/// ones, and for a stretch of full ones.
fn capture_of_many_connections() -> Vec<u8> {
    let [ack, fin, rst, syn] = [0x10, 0x11, 0x14, 0x02];
    let header = [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 262_144, 1];
    let mut octets: Vec<u8> = header.iter().flat_map(|word| word.to_le_bytes()).collect();
    let mut number = 0;
    let mut put = |connection, from_client, flags, numbers, length| {
        octets.extend(record(number, connection, from_client, flags, numbers, length));
        number += 1;
    };
    for round in 0..7u32 {
        for connection in 0..20_000 {
            let is_odd = connection % 977 == round;
            let (own, others) = (1000 + connection, 5000 + round * 20);
            match round {
                0 => put(connection, true, syn, (own, 0), 54),
                1 => put(connection, false, syn | ack, (5000, own + 1), 54),
                // One in many is sent again, or says that it has not seen something.
                2..=5 if is_odd => put(connection, true, ack, (own + 1, others + 1), 54),
                2..=5 => put(connection, false, ack, (others - 39, own + 1), 74),
                _ if is_odd => put(connection, true, rst, (own + 1, 5081), 54),
                _ => put(connection, true, fin, (own + 1, 5081), 54),
            }
            if round == 3 && connection % 7 == 0 {
                put(connection, false, ack, (others - 39, own + 1), 1400);
            }
            if round == 4 && connection % 6000 == 0 {
                put(connection, false, ack, (others - 39, own + 1), 65_000);
            }
        }
    }
    octets
}

/// Where connections are many, one thread follows them and another one makes the text; of a pipe, one does all.
#[test]
fn the_text_of_many_connections_is_that_of_one_thread() {
    let (folder, mut octets) = (Folder::new("many"), capture_of_many_connections());
    let file = folder.path("many.pcap");
    std::fs::write(&file, &octets).unwrap();
    let pcapng = folder.path("many.pcapng");
    assert!(read(&["--format", "pcapng", "-w", &pcapng], &file).status.success());
    let alone = |options: &[&str], file: &str| {
        let program = env!("CARGO_BIN_EXE_rtcpdump");
        let pipeline = format!("cat '{file}' | '{program}' {} -r -", options.join(" "));
        Command::new("sh").args(["-c", &pipeline]).output().unwrap()
    };
    for options in [
        &["-nn", "--analyze"][..],
        &["-n", "-e", "-#", "--analyze", "--skip", "30001", "-c", "100000"],
        &["-nn", "-v", "--analyze"],
        &["-nn", "-S", "--analyze", "--max-connections", "17000"],
    ] {
        let one = alone(options, &file);
        let text = String::from_utf8_lossy(&one.stdout);
        assert!(text.lines().count() >= 99_000 && text.contains("retransmission") && text.contains(" [client "));
        for file in [&file, &pcapng] {
            let both = read(options, file);
            assert!(both.stdout == one.stdout, "{options:?} {file}");
            assert_eq!(both.status, one.status);
        }
    }
    octets.truncate(octets.len() - 10);
    std::fs::write(&file, &octets).unwrap();
    let (one, both) = (alone(&["-nn", "--analyze"], &file), read(&["-nn", "--analyze"], &file));
    assert!(both.stdout == one.stdout);
    assert_eq!((both.status.code(), last_line(&both.stderr)), (Some(1), last_line(&one.stderr)));
}

#[test]
fn text_behind_the_analysis_ends_when_nobody_reads_it_any_more() {
    let folder = Folder::new("many-closed");
    std::fs::write(folder.path("many.pcap"), capture_of_many_connections()).unwrap();
    let mut command = rtcpdump();
    command.args(["-nn", "--analyze", "-r", &folder.path("many.pcap")]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut start = vec![0; 3 << 20];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), last_line(&output.stderr).unwrap().contains("rtcpdump:")), (Some(0), false));
}
