//! The tables of this folder: command lines, differences that are meant, and recorded answers.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::process::Output;

use super::stage::Program;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/messages");

/// What a command line needs to be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Files,
    Network,
    Machine,
}

/// Whose answer we give where it is not tcpdump 4.99's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// tcpdump 5.0's.
    Newer,
    /// Our own.
    Own,
}

/// A difference that is meant.
pub struct Difference {
    pub command: String,
    pub follows: Follows,
    pub reason: String,
}

/// What a command line says, in comparable form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    status: i32,
    out: Vec<String>,
    err: Vec<String>,
}

/// Recorded answers by command line.
pub type Records = BTreeMap<String, Answer>;

/// The command lines of cases.tsv that need one thing.
pub fn cases(wanted: Needs) -> Vec<String> {
    let text = fs::read_to_string(format!("{FOLDER}/cases.tsv")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let split = |line: &str| match line.split_once('\t') {
        Some(("files", command)) => (Needs::Files, command.to_owned()),
        Some(("network", command)) => (Needs::Network, command.to_owned()),
        Some(("machine", command)) => (Needs::Machine, command.to_owned()),
        _ => panic!("cases.tsv: {line:?}"),
    };
    lines.map(split).filter(|(needs, _)| *needs == wanted).map(|(_, command)| command).collect()
}

/// differences.txt.
pub fn differences() -> Vec<Difference> {
    let text = fs::read_to_string(format!("{FOLDER}/differences.txt")).unwrap();
    let mut differences = Vec::new();
    let mut kind = None;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(reason) = line.strip_prefix("[5.0] ") {
            kind = Some((Follows::Newer, reason));
        } else if let Some(reason) = line.strip_prefix("[own] ") {
            kind = Some((Follows::Own, reason));
        } else {
            let (follows, reason) = kind.expect("differences.txt: a command line without a reason");
            differences.push(Difference { command: line.into(), follows, reason: reason.into() });
        }
    }
    differences
}

/// The answers of a file of this folder.
pub fn read(name: &str) -> Records {
    let text = fs::read_to_string(format!("{FOLDER}/{name}")).unwrap_or_default();
    let mut records = Records::new();
    let mut command = String::new();
    for line in text.lines() {
        let (mark, rest) = line.split_at(line.find(' ').map_or(line.len(), |at| at + 1));
        let answer = records.get_mut(&command);
        match (mark, answer) {
            ("$ ", _) => {
                command = rest.to_owned();
                records.insert(command.clone(), Answer { status: 0, out: Vec::new(), err: Vec::new() });
            }
            ("? ", Some(answer)) => answer.status = rest.parse().unwrap(),
            ("> ", Some(answer)) => answer.out.push(rest.to_owned()),
            ("! ", Some(answer)) => answer.err.push(rest.to_owned()),
            _ => assert!(line.is_empty() || line.starts_with('#'), "{name}: {line:?}"),
        }
    }
    records
}

/// Writes answers in the order of their command lines.
pub fn write(name: &str, heading: &str, answers: &[(String, Answer)]) {
    let mut text = format!("# {heading}\n# $ command, ? exit status, > standard output, ! standard error\n");
    for (command, answer) in answers {
        let _ = write!(text, "\n$ {command}\n{answer}");
    }
    fs::write(format!("{FOLDER}/{name}"), text).unwrap();
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "? {}", self.status)?;
        self.out.iter().try_for_each(|line| writeln!(f, "> {line}"))?;
        self.err.iter().try_for_each(|line| writeln!(f, "! {line}"))
    }
}

impl Answer {
    /// What a program said, its name replaced by tcpdump's.
    pub fn of(program: Program, output: &Output) -> Answer {
        let lines = |octets: &[u8]| {
            let text = String::from_utf8_lossy(octets).into_owned();
            let text = if program == Program::Rtcpdump { text.replace("rtcpdump", "tcpdump") } else { text };
            text.lines().map(|line| line.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'")).collect()
        };
        let err: Vec<String> = lines(&output.stderr);
        Answer { status: output.status.code().unwrap_or(-1), out: lines(&output.stdout), err: comparable(err) }
    }
}

/// Without what is no part of the message: the usage behind it, and how much traffic there was.
fn comparable(mut lines: Vec<String>) -> Vec<String> {
    let is_usage =
        |line: &String| line.starts_with("tcpdump version ") || line.ends_with("Try 'tcpdump -h' for the options.");
    if let Some(usage) = lines.iter().position(is_usage) {
        lines.truncate(usage);
        lines.push("(usage)".into());
    }
    for line in &mut lines {
        if line.ends_with("received by filter") {
            *line = "(number of packets) received by filter".into();
        }
    }
    lines
}
