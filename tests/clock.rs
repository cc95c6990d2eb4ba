//! What happens at its time, whatever a pipe that is read does: it may be silent, or stop within a packet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use support::{rtcpdump, run, wait};

/// The octets of a capture, as today's savefile or as one of before 1998, which only libpcap reads.
fn octets(is_old: bool) -> Vec<u8> {
    let mut octets = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/captures/handshake.pcap")).unwrap();
    if is_old {
        octets[6] = 3;
    }
    octets
}

/// A folder that is gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("rtcpdump-clock-{name}-{}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Starts reading from a pipe, and writes `front` into it.
fn start(arguments: &[&str], front: &[u8]) -> (Child, ChildStdin) {
    let mut command = rtcpdump();
    command.args(["-nn", "-r", "-"]).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(front).unwrap();
    (child, pipe)
}

#[test]
fn files_follow_the_clock_while_the_pipe_is_silent() {
    for is_old in [false, true] {
        let folder = Folder::new(if is_old { "rotation-old" } else { "rotation" });
        let octets = octets(is_old);
        // The first packet is whole, of the second there is only a part.
        let second = 24 + 16 + usize::from(octets[32]) + 20;
        let name = folder.0.join("%s").into_os_string().into_string().unwrap();
        let (mut child, mut pipe) = start(&["-G", "1", "-w", &name], &octets[..second]);
        std::thread::sleep(Duration::from_millis(2300));
        let before = folder.files().len();
        assert!(before >= 3, "{before} files after 2.3 seconds, old format: {is_old}");
        pipe.write_all(&octets[second..]).unwrap();
        drop(pipe);
        assert!(wait(&mut child).success());
        let counts = folder.files().into_iter().map(|file| {
            let read = run(env!("CARGO_BIN_EXE_rtcpdump"), &["-nn", "--count", "-r", file.to_str().unwrap()]);
            read.split(' ').next().unwrap().parse::<u32>().unwrap()
        });
        let counts: Vec<u32> = counts.collect();
        assert_eq!((counts[0], counts.iter().sum::<u32>()), (1, 3), "{counts:?}");
    }
}

#[test]
fn a_duration_ends_a_run_whatever_the_pipe_has() {
    let begun = Instant::now();
    let starts = [false, true].into_iter().flat_map(|is_old| {
        let octets = octets(is_old);
        [0, 10, 24, 30, 200].map(|length| (is_old, length, start(&["--duration", "1"], &octets[..length])))
    });
    for (is_old, length, (mut child, _pipe)) in starts.collect::<Vec<_>>() {
        assert!(wait(&mut child).success());
        let seconds = begun.elapsed().as_secs_f64();
        assert!((0.9..2.5).contains(&seconds), "{seconds} s with {length} octets, old format: {is_old}");
    }
}

#[test]
fn signals_are_heeded_whatever_the_pipe_has() {
    for is_old in [false, true] {
        let (mut child, _pipe) = start(&[], &octets(is_old)[..200]);
        std::thread::sleep(Duration::from_millis(300));
        let pid = Pid::from_raw(child.id().try_into().unwrap());
        kill(pid, Signal::SIGUSR1).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        kill(pid, Signal::SIGTERM).unwrap();
        assert!(wait(&mut child).success());
        let errors = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
        assert_eq!(errors.lines().last(), Some("rtcpdump: 1 packet read"), "old format: {is_old}");
    }
}
