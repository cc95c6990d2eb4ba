//! Runs a program once: how long it took, and how much memory.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// A program and its arguments.
#[derive(Clone)]
pub struct Job {
    pub program: String,
    pub arguments: Vec<String>,
    /// `TZ`; unset if `None`.
    pub zone: Option<&'static str>,
}

/// What one run took.
#[derive(Clone, Copy)]
pub struct Run {
    pub seconds: f64,
    /// The most memory that was resident, in KiB.
    pub peak: i64,
}

impl Job {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_remove("TZ").stderr(Stdio::null());
        if let Some(zone) = self.zone {
            command.env("TZ", zone);
        }
        command
    }

    /// Runs it to its end.
    #[expect(clippy::zombie_processes, reason = "wait4(2) waits for it")]
    pub fn run(&self, output: &Path) -> Run {
        let output = File::create(output).unwrap();
        let mut command = self.command();
        command.stdout(output);
        let start = Instant::now();
        let child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.program));
        let peak = wait(&child, &self.program);
        Run { seconds: start.elapsed().as_secs_f64(), peak }
    }

    /// Runs it until the first octet comes out; tells the seconds.
    pub fn first_octet(&self) -> f64 {
        let mut command = self.command();
        command.stdout(Stdio::piped());
        let start = Instant::now();
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", self.program));
        let mut output = child.stdout.take().unwrap();
        output.read_exact(&mut [0]).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        drop(output);
        child.wait().unwrap();
        seconds
    }
}

/// Waits for a program's good end; tells its peak memory in KiB, which the standard library does not.
#[expect(unsafe_code, reason = "nix and the standard library do not offer wait4(2)")]
fn wait(child: &Child, program: &str) -> i64 {
    let mut status = 0;
    // SAFETY: `rusage` is plain integers, for which zero is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to values that live until the call is over, and nothing else waits for the child.
    let waited = unsafe { libc::wait4(child.id().cast_signed(), &raw mut status, 0, &raw mut usage) };
    assert_eq!(waited, child.id().cast_signed(), "{program}: {}", io::Error::last_os_error());
    assert_eq!(status, 0, "{program}: wait status {status}");
    usage.ru_maxrss
}

/// Of the lines of two files, in order, how many differ.
pub fn differing_lines(paths: [&Path; 2]) -> usize {
    let open = |path| BufReader::with_capacity(1 << 20, File::open(path).unwrap());
    let [mut left, mut right] = paths.map(open);
    let (mut left_line, mut right_line) = (Vec::new(), Vec::new());
    let mut differing = 0;
    loop {
        left_line.clear();
        right_line.clear();
        let read = [read_line(&mut left, &mut left_line), read_line(&mut right, &mut right_line)];
        if read == [0, 0] {
            return differing;
        }
        differing += usize::from(left_line != right_line);
    }
}

fn read_line(file: &mut BufReader<File>, line: &mut Vec<u8>) -> usize {
    io::BufRead::read_until(file, b'\n', line).unwrap()
}
