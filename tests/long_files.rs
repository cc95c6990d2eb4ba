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
fn dumps_that_do_not_fit_on_a_disk_are_told() {
    in_private_network("dumps_that_do_not_fit_on_a_disk_are_told", || {
        let (folder, disk) = (folder_with(0, "source"), Folder::new("disk"));
        run("mount", &["-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.0.to_str().unwrap()]);
        let mut command = rtcpdump();
        command.args(["-nnX", "-r", &folder.path("long.pcap")]).stdout(File::create(disk.path("text")).unwrap());
        let output = command.output().unwrap();
        // It has the file open, too.
        drop(command);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let written = std::fs::read(disk.path("text")).unwrap();
        run("umount", &[disk.0.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(14), "{errors}");
        assert_eq!(errors.matches("rtcpdump: Unable to write output: No space left on device").count(), 1, "{errors}");
        assert_eq!(written.len(), 3 << 20);
        assert!(read(&["-nnX", "-l"], &folder.path("long.pcap")).stdout.starts_with(&written));
    });
}
