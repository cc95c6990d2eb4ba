//! A program that captures: its start, its end, and what it has counted.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::time::{ClockId, clock_getcpuclockid};
use nix::unistd::Pid;

use crate::common::cleanup::{self, Undo, fail};
use crate::common::process::{self, Usage};

/// How long a program may go on working once no more packets come.
const PATIENCE: Duration = Duration::from_secs(60);
/// A program has done its work if it rests for so long, but for so much. tcpdump lets packets wait in the ring for a
/// second.
const REST: Duration = Duration::from_millis(1200);
const RESTLESS: Duration = Duration::from_millis(2);

/// A capture in progress.
pub struct Capture {
    child: Child,
    undo: Undo,
    errors: BufReader<ChildStderr>,
}

/// What a capture came to.
pub struct Outcome {
    pub captured: u64,
    /// For want of room in the ring.
    pub dropped: u64,
    pub usage: Usage,
}

impl Capture {
    /// Starts a program and waits until it captures.
    pub fn start(mut command: Command) -> Capture {
        command.env_remove("TZ").stdin(Stdio::null()).stderr(Stdio::piped());
        let (mut child, undo) = cleanup::spawn(&mut command);
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("listening on") {
            if errors.read_line(&mut said).unwrap_or(0) == 0 {
                fail(format_args!("{command:?} does not capture: {}", said.trim()));
            }
        }
        Capture { child, undo, errors }
    }

    fn id(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    /// The processor time that it has used until now.
    pub fn time(&self) -> Duration {
        clock_getcpuclockid(self.id()).and_then(ClockId::now).map_or(Duration::ZERO, Duration::from)
    }

    /// Waits until it has nothing left to do.
    pub fn settle(&self) {
        let start = Instant::now();
        loop {
            let before = self.time();
            sleep(REST);
            if self.time() - before < RESTLESS || start.elapsed() > PATIENCE {
                return;
            }
        }
    }

    /// Ends it as Ctrl-C does.
    pub fn finish(mut self) -> Outcome {
        let _ = kill(self.id(), Signal::SIGINT);
        let mut said = String::new();
        let _ = self.errors.read_to_string(&mut said);
        let usage = process::wait(&self.child);
        self.undo.settle();
        if usage.status != Some(0) {
            fail(format_args!("the capture has failed: {}", said.trim()));
        }
        let count = |what: &str| said.lines().find_map(|line| line.trim().strip_suffix(what)?.trim().parse().ok());
        let captured = count(if said.contains("packets captured") { "packets captured" } else { "packet captured" });
        let dropped = count("packets dropped by kernel").or_else(|| count("packet dropped by kernel"));
        match (captured, dropped) {
            (Some(captured), Some(dropped)) => Outcome { captured, dropped, usage },
            _ => fail(format_args!("no counts at the end: {}", said.trim())),
        }
    }
}
