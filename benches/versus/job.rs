//! Runs a program once: how long it took, and how much memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{ChildStderr, Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::common::cleanup::{self, fail};
use crate::common::process;

/// A program and its arguments.
#[derive(Clone)]
pub struct Job {
    pub program: String,
    pub arguments: Vec<String>,
    /// `TZ`; unset if `None`.
    pub zone: Option<&'static str>,
}

/// What one run took.
#[derive(Clone, Debug)]
pub struct Run {
    pub seconds: f64,
    /// The most memory that was resident, in KiB.
    pub peak: i64,
    /// The status at its end, and what was said last.
    pub status: i32,
    pub said: String,
}

impl Job {
    /// A program that reads a savefile; `arguments` are separated by blanks.
    pub fn new(program: &str, arguments: &str, input: &Path, zone: Option<&'static str>) -> Job {
        let mut all = vec!["-r".to_owned(), input.display().to_string()];
        all.extend(arguments.split_whitespace().map(str::to_owned));
        Job { program: program.to_owned(), arguments: all, zone }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env_remove("TZ").stdin(Stdio::null());
        if let Some(zone) = self.zone {
            command.env("TZ", zone);
        }
        command
    }

    /// Runs it to its end.
    pub fn run(&self, output: &Path) -> Run {
        let file = File::create(output).unwrap_or_else(|error| fail(format_args!("{}: {error}", output.display())));
        let mut command = self.command();
        command.stdout(file).stderr(Stdio::piped());
        let start = Instant::now();
        let (mut child, undo) = cleanup::spawn(&mut command);
        let errors = child.stderr.take().map(|errors| thread::spawn(|| complaint(errors)));
        let usage = process::wait(&child);
        let seconds = start.elapsed().as_secs_f64();
        undo.settle();
        let said = errors.and_then(|errors| errors.join().ok()).unwrap_or_default();
        let Some(status) = usage.status else { fail(format_args!("{} was killed: {said}", self.text())) };
        Run { seconds, peak: usage.peak, status, said }
    }

    /// Runs it to a good end.
    pub fn run_well(&self, output: &Path) -> Run {
        let run = self.run(output);
        if run.status != 0 {
            fail(format_args!("{} has failed with status {}: {}", self.text(), run.status, run.said));
        }
        run
    }

    /// Runs it until the first octet comes out; tells the seconds.
    pub fn first_octet(&self) -> f64 {
        let mut command = self.command();
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let start = Instant::now();
        let (mut child, undo) = cleanup::spawn(&mut command);
        let mut output = child.stdout.take().unwrap();
        let first = output.read_exact(&mut [0]);
        let seconds = start.elapsed().as_secs_f64();
        drop(output);
        process::wait(&child);
        undo.settle();
        if let Err(error) = first {
            fail(format_args!("{} prints nothing: {error}", self.text()));
        }
        seconds
    }

    fn text(&self) -> String {
        format!("{} {}", self.program, self.arguments.join(" "))
    }
}

/// What a program says in its own name at last, for usage may follow; or else its last line.
fn complaint(mut errors: ChildStderr) -> String {
    let mut octets = Vec::new();
    let _ = errors.read_to_end(&mut octets);
    let text = String::from_utf8_lossy(&octets);
    let own = |line: &&str| ["rtcpdump: ", "tcpdump: ", "tshark: "].iter().any(|name| line.starts_with(name));
    text.lines().rfind(own).or_else(|| text.lines().last()).unwrap_or_default().to_owned()
}
