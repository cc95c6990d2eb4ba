//! The options as a whole: each has a row in docs/options.md, a help text and a test, and none of tcpdump's
//! is missing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::{Arg, CommandFactory};
use rtcpdump::cli::Cli;

/// tcpdump's short options, of 4.99.3 and of 5.0, with everything that can be compiled in, but for -Y: a short
/// name of --debug-filter-parser there, which its manual does not tell, and another option here.
const TCPDUMP_SHORT: &str = "aAbBcCdDeEfFgGhHiIjJKlLmMnNOpqQrsStTuUvVwWxXyzZ#";

/// tcpdump's long options, of 4.99.3 and of 5.0, with everything that can be compiled in.
const TCPDUMP_LONG: &str = "buffer-size list-interfaces list-remote-interfaces help interface monitor-mode \
    time-stamp-type list-time-stamp-types micro nano time-stamp-precision dont-verify-checksums \
    list-data-link-types no-optimize no-promiscuous-mode direction snapshot-length \
    absolute-tcp-sequence-numbers packet-buffered linktype immediate-mode debug-filter-parser \
    relinquish-privileges count fp-type number print print-sampling lengths time-t-size ip-oneline skip version";

/// What the third column of the table may say.
const STATES: [&str; 4] = ["as tcpdump", "differs", "answered", "ours"];

fn in_project(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Every option of the command line, with those that clap adds.
fn options() -> Vec<Arg> {
    let mut command = Cli::command();
    command.build();
    command.get_arguments().filter(|option| !option.is_positional()).cloned().collect()
}

/// An option's names, as the table writes them.
fn names(option: &Arg) -> (String, String) {
    let short = option.get_short().map(|letter| format!("`-{letter}`"));
    let long = option.get_long().map(|name| format!("`--{name}`"));
    (short.unwrap_or_default(), long.unwrap_or_default())
}

/// The table's rows: both names, and the state.
fn rows() -> BTreeMap<(String, String), String> {
    let text = in_project("docs/options.md");
    let lines = text.lines().filter(|line| line.starts_with('|')).skip(2);
    let rows: Vec<_> = lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert_eq!(cells.len(), 4, "{line}");
            ((cells[0].to_owned(), cells[1].to_owned()), cells[2].to_owned())
        })
        .collect();
    let count = rows.len();
    let rows: BTreeMap<_, _> = rows.into_iter().collect();
    assert_eq!(rows.len(), count, "an option has two rows");
    rows
}

#[test]
fn every_option_has_one_row_in_the_table_and_every_row_an_option() {
    let rows: BTreeSet<_> = rows().into_keys().collect();
    let options: BTreeSet<_> = options().iter().map(names).collect();
    let missing: Vec<_> = options.difference(&rows).collect();
    assert!(missing.is_empty(), "without a row in docs/options.md: {missing:?}");
    let superfluous: Vec<_> = rows.difference(&options).collect();
    assert!(superfluous.is_empty(), "rows of docs/options.md without an option: {superfluous:?}");
}

#[test]
fn the_table_says_ours_of_what_tcpdump_lacks_and_only_of_that() {
    let long: BTreeSet<String> = TCPDUMP_LONG.split_whitespace().map(|name| format!("`--{name}`")).collect();
    for ((short_name, long_name), state) in rows() {
        assert!(STATES.contains(&state.as_str()), "{short_name} {long_name}: {state:?}");
        let letter = short_name.chars().nth(2);
        let is_tcpdumps = letter.is_some_and(|letter| TCPDUMP_SHORT.contains(letter)) || long.contains(&long_name);
        assert_eq!(state == "ours", !is_tcpdumps, "{short_name} {long_name}: {state}");
    }
}

#[test]
fn no_option_of_tcpdump_is_missing() {
    let options = options();
    for letter in TCPDUMP_SHORT.chars() {
        assert!(options.iter().any(|option| option.get_short() == Some(letter)), "-{letter} is missing");
    }
    for name in TCPDUMP_LONG.split_whitespace() {
        assert!(options.iter().any(|option| option.get_long() == Some(name)), "--{name} is missing");
    }
}

#[test]
fn every_option_has_a_help_text() {
    for option in options() {
        let help = option.get_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.len() > 8, "{:?} has no help", names(&option));
    }
}

/// The options that a test gives to the program: those that stand in the string literals of a file. A
/// word is read as the program reads it: `-nnvc5` is -n, -v and -c.
fn options_in(source: &str, options: &[Arg], found: &mut BTreeSet<String>) {
    let value_of = |letter| {
        let option = options.iter().find(|option| option.get_short() == Some(letter));
        option.map(|option| option.get_action().takes_values())
    };
    for word in source.split('"').skip(1).step_by(2).flat_map(str::split_whitespace) {
        if let Some(long) = word.strip_prefix("--") {
            found.insert(format!("--{}", long.split('=').next().unwrap_or_default()));
        } else if let Some(cluster) = word.strip_prefix('-') {
            for letter in cluster.chars() {
                let Some(takes_value) = value_of(letter) else { break };
                found.insert(format!("-{letter}"));
                if takes_value {
                    break;
                }
            }
        }
    }
}

#[test]
fn every_option_is_given_to_the_program_by_some_test() {
    let options = options();
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let this = path.ends_with("option_table.rs");
        if !this && path.extension().is_some_and(|extension| extension == "rs") {
            options_in(&std::fs::read_to_string(path).unwrap(), &options, &mut found);
        }
    }
    // The rows of the comparison with tcpdump's text: each line's last column holds options.
    for line in in_project("captures/golden.tsv").lines() {
        options_in(&format!("\"{}\"", line.rsplit('\t').next().unwrap_or_default()), &options, &mut found);
    }
    let is_tested = |option: &&Arg| {
        let short = option.get_short().is_some_and(|letter| found.contains(&format!("-{letter}")));
        short || option.get_long().is_some_and(|name| found.contains(&format!("--{name}")))
    };
    let untested: Vec<_> = options.iter().filter(|option| !is_tested(option)).map(names).collect();
    assert!(untested.is_empty(), "no test in tests/ uses {untested:?}");
}
