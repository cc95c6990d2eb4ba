//! Command lines, good and bad, answered as tcpdump answers them: exit status, standard output and standard
//! error, name for name.
//!
//! `messages/cases.tsv` lists them, `messages/differences.txt` where we mean to differ from tcpdump 4.99,
//! and why: there we answer as 5.0 does, or in our own way. The other files are recorded answers. Where
//! tcpdump is installed in the recorded version, it is asked too. To record again:
//!
//!     RTCPDUMP_TEST_RECORD=/usr/bin/tcpdump cargo test --test messages record
//!
//! Of tcpdump 5.0, only answers that we follow are recorded. `RTCPDUMP_TEST_RECORD=rtcpdump` records our own;
//! they have to be looked through then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[path = "messages/records.rs"]
mod records;
#[path = "messages/stage.rs"]
mod stage;
#[allow(dead_code)]
mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use records::{Answer, Difference, Follows, Needs, Records, cases, differences};
use stage::{Program, Stage};
use support::{in_private_network, run, tcpdump};

const OLDER: &str = "tcpdump-4.99.3.txt";
const NEWER: &str = "tcpdump-5.0.txt";
const OWN: &str = "own.txt";
const RECORD: &str = "RTCPDUMP_TEST_RECORD";

/// Answers that we have to give.
struct Expected {
    older: Records,
    newer: Records,
    own: Records,
    differences: Vec<Difference>,
}

impl Expected {
    fn read() -> Expected {
        let [older, newer, own] = [OLDER, NEWER, OWN].map(records::read);
        Expected { older, newer, own, differences: differences() }
    }

    /// What is wrong with our answer, if anything. `theirs` is what tcpdump 4.99 says.
    fn fault(&self, command: &str, ours: &Answer, theirs: Option<&Answer>) -> Option<String> {
        let difference = self.differences.iter().find(|difference| difference.command == command);
        let expected = match difference.map(|difference| difference.follows) {
            None => theirs,
            Some(Follows::Newer) => self.newer.get(command),
            Some(Follows::Own) => self.own.get(command),
        };
        let Some(expected) = expected else { return Some(format!("$ {command}\nhas no recorded answer\n")) };
        let said = if difference.is_some() { "expected, as meant" } else { "tcpdump" };
        if ours != expected {
            return Some(format!("$ {command}\n--- {said}:\n{expected}--- rtcpdump:\n{ours}"));
        }
        let needless = difference.is_some() && theirs == Some(ours);
        needless.then(|| format!("$ {command}\nis in differences.txt, but there is no difference\n"))
    }

    /// Gives each command to us and compares the answer with the recorded one.
    fn check(&self, stage: &Stage, commands: &[String]) {
        let check =
            |command: &str| self.fault(command, &stage.answer(Program::Rtcpdump, command), self.older.get(command));
        show(stage.each(commands, check));
    }
}

fn show(faults: Vec<Option<String>>) {
    let (all, faults) = (faults.len(), faults.into_iter().flatten().collect::<Vec<_>>());
    assert!(faults.is_empty(), "{} of {all} answers are wrong:\n\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_tables_fit_together() {
    let [files, network, machine] = [Needs::Files, Needs::Network, Needs::Machine].map(cases);
    let recorded: BTreeSet<&String> = files.iter().chain(&network).collect();
    assert_eq!(recorded.len(), files.len() + network.len(), "cases.tsv: a command line twice");
    let expected = Expected::read();
    assert_eq!(expected.older.keys().collect::<BTreeSet<_>>(), recorded, "{OLDER} and cases.tsv");
    let all: BTreeSet<&String> = recorded.into_iter().chain(&machine).collect();
    let guide = include_str!("../docs/differences.md").replace('\n', " ");
    for Difference { command, reason, .. } in &expected.differences {
        assert!(all.contains(command), "differences.txt: {command} is not in cases.tsv");
        assert!(guide.contains(reason.as_str()), "docs/differences.md does not say {reason:?}");
    }
    for (name, records, kind) in [(NEWER, &expected.newer, Follows::Newer), (OWN, &expected.own, Follows::Own)] {
        let of_kind = expected.differences.iter().filter(|difference| difference.follows == kind);
        let listed: BTreeSet<&String> =
            of_kind.map(|difference| &difference.command).filter(|command| !machine.contains(command)).collect();
        assert_eq!(records.keys().collect::<BTreeSet<_>>(), listed, "{name} and differences.txt");
    }
}

#[test]
fn files_filters_and_options_are_answered_as_tcpdump_does() {
    Expected::read().check(&Stage::new(None), &cases(Needs::Files));
}

#[test]
fn devices_captures_and_users_are_answered_as_tcpdump_does() {
    in_private_network("devices_captures_and_users_are_answered_as_tcpdump_does", || {
        // Only real root may become somebody else.
        if tcpdump().is_none() {
            return;
        }
        let mut stage = Stage::new(None);
        stage.add_network();
        Expected::read().check(&stage, &cases(Needs::Network));
    });
}

/// What `--version` says behind the program's name.
fn version_of(tcpdump: &str) -> String {
    let text = run(tcpdump, &["--version"]);
    text.lines().next().unwrap().rsplit(' ').next().unwrap().to_owned()
}

/// The file of a program named by its path, if it is on the path.
fn found(program: &str) -> PathBuf {
    PathBuf::from(run("sh", &["-c", "command -v \"$0\"", program]).trim())
}

#[test]
fn tcpdump_still_says_so() {
    in_private_network("tcpdump_still_says_so", || {
        if tcpdump().is_none() {
            return;
        }
        let mut stage = Stage::new(Some(&found("tcpdump")));
        stage.add_network();
        // The first, because others add interfaces.
        let both = |command: &str| {
            let [theirs, ours] = [Program::Tcpdump, Program::Rtcpdump].map(|program| stage.answer(program, command));
            (ours != theirs).then(|| format!("$ {command}\n--- tcpdump:\n{theirs}--- rtcpdump:\n{ours}"))
        };
        show(stage.each(&cases(Needs::Machine), both));
        let version = version_of("tcpdump");
        if OLDER != format!("tcpdump-{version}.txt") {
            eprintln!("SKIPPED: {OLDER} is not of tcpdump {version}, which is installed here");
            return;
        }
        let records = records::read(OLDER);
        let recorded = |command: &str| {
            let (said, recorded) = (stage.answer(Program::Tcpdump, command), &records[command]);
            (said != *recorded).then(|| format!("$ {command}\n--- recorded:\n{recorded}--- tcpdump:\n{said}"))
        };
        show(stage.each(&[cases(Needs::Files), cases(Needs::Network)].concat(), recorded));
    });
}

#[test]
fn record() {
    let Ok(wanted) = std::env::var(RECORD) else { return };
    in_private_network("record", || {
        let (program, tcpdump) =
            if wanted == "rtcpdump" { (Program::Rtcpdump, None) } else { (Program::Tcpdump, Some(found(&wanted))) };
        let mut stage = Stage::new(tcpdump.as_deref());
        stage.add_network();
        let version = tcpdump.map(|path| version_of(path.to_str().unwrap()));
        let (name, follows) = match &version {
            None => (OWN, Some(Follows::Own)),
            Some(version) if version.starts_with("5.") => (NEWER, Some(Follows::Newer)),
            Some(_) => (OLDER, None),
        };
        let differences = differences();
        let is_wanted = |command: &String| {
            let difference = differences.iter().find(|difference| difference.command == *command);
            follows.is_none() || difference.map(|difference| difference.follows) == follows
        };
        let mut commands = [cases(Needs::Files), cases(Needs::Network)].concat();
        commands.retain(is_wanted);
        let answers = stage.each(&commands, |command| (command.to_owned(), stage.answer(program, command)));
        let who = version.map_or("rtcpdump".into(), |version| format!("tcpdump {version}"));
        records::write(name, &format!("What {who} says; see ../messages.rs."), &answers);
    });
}
