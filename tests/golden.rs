//! The program's text on `captures/`, byte for byte against what the real tcpdump printed.
//!
//! `captures/golden.tsv` lists the checks; `captures/record.sh` makes the expected texts.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const CAPTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/captures");

/// Differing lines of one text that are shown; the first ones tell the most.
const DIFFERENCES_SHOWN_MAX: usize = 8;

/// One check: the options' text on a capture.
struct Row {
    name: String,
    capture: String,
    options: String,
}

fn rows() -> Vec<Row> {
    let table = fs::read_to_string(format!("{CAPTURES}/golden.tsv")).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, capture, options] = columns[..] else { panic!("golden.tsv: not three columns: {line:?}") };
        Row { name: name.into(), capture: capture.into(), options: options.into() }
    });
    rows.collect()
}

/// The names of the files in a folder that end as given, without that ending.
fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}

#[test]
fn no_check_is_skipped_because_a_row_or_a_file_is_missing() {
    let rows = rows();
    let named: BTreeSet<String> = rows.iter().map(|row| row.name.clone()).collect();
    assert_eq!(named.len(), rows.len(), "golden.tsv: two rows have the same name");
    let expected = stems(&format!("{CAPTURES}/expected"), ".txt");
    let difference = |one: &BTreeSet<String>, other| one.difference(other).cloned().collect::<Vec<_>>();
    assert_eq!(difference(&named, &expected), [""; 0], "rows of golden.tsv without a file in captures/expected");
    assert_eq!(difference(&expected, &named), [""; 0], "files in captures/expected without a row in golden.tsv");

    let used: BTreeSet<String> = rows.iter().map(|row| row.capture.clone()).collect();
    let captures: BTreeSet<String> = [".pcap", ".pcapng"]
        .iter()
        .flat_map(|ending| stems(CAPTURES, ending).into_iter().map(move |stem| stem + ending))
        .collect();
    assert_eq!(difference(&captures, &used), [""; 0], "captures without a row in golden.tsv");
    assert_eq!(difference(&used, &captures), [""; 0], "captures of golden.tsv that do not exist");
}

#[test]
fn a_rows_name_spells_its_capture_and_options() {
    for row in rows() {
        let capture = Path::new(&row.capture).file_stem().unwrap().to_str().unwrap();
        // A filter is described in words: it would not make a file name.
        let named = row.name.split("_filter-").next().unwrap();
        let spelled = format!("{capture}.{}", row.options.replace(' ', "_"));
        assert!(spelled.starts_with(named), "golden.tsv: {} does not say {:?}", row.name, row.options);
        assert!(named != row.name || named == spelled, "golden.tsv: {} says less than {:?}", row.name, row.options);
    }
}

#[test]
fn every_text_is_tcpdumps() {
    let rows = rows();
    let failures: Vec<String> = rows.iter().filter_map(|row| check(row).err()).collect();
    assert!(failures.is_empty(), "{} of {} texts differ:\n\n{}", failures.len(), rows.len(), failures.join("\n"));
}

/// Runs a row; if it fails, says how to repeat it and what is different.
fn check(row: &Row) -> Result<(), String> {
    let Row { name, capture, options } = row;
    let output = Command::new(env!("CARGO_BIN_EXE_rtcpdump"))
        .args(["-r", &format!("{CAPTURES}/{capture}")])
        .args(options.split(' '))
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let expected = fs::read(format!("{CAPTURES}/expected/{name}.txt")).map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() && output.stdout == expected {
        return Ok(());
    }
    let mut report = format!("TZ=UTC rtcpdump -r captures/{capture} {options}   ({})\n", output.status);
    if !output.status.success() {
        report += &String::from_utf8_lossy(&output.stderr);
    }
    Err(report + &differences(&String::from_utf8_lossy(&expected), &String::from_utf8_lossy(&output.stdout)))
}

/// The lines that differ: those at the same place, or, where lines are missing or too many, all between what the
/// texts have in common at their beginnings and their ends.
fn differences(expected: &str, found: &str) -> String {
    let mut expected: Vec<&str> = expected.split_inclusive('\n').collect();
    let mut found: Vec<&str> = found.split_inclusive('\n').collect();
    let aligned = expected.len() == found.len();
    while expected.last().is_some() && expected.last() == found.last() {
        expected.pop();
        found.pop();
    }
    let common = expected.iter().zip(&found).take_while(|(expected, found)| expected == found).count();
    let differs = |&line: &usize| !aligned || expected.get(line) != found.get(line);
    let lines: Vec<usize> = (common..expected.len().max(found.len())).filter(differs).collect();
    let mut report = String::new();
    for &line in lines.iter().take(DIFFERENCES_SHOWN_MAX) {
        for (sign, text) in [('-', expected.get(line)), ('+', found.get(line))] {
            if let Some(text) = text {
                report += &format!("{:>5} {sign} {}\n", line + 1, text.escape_debug());
            }
        }
    }
    if lines.len() > DIFFERENCES_SHOWN_MAX {
        report += &format!("      and {} more lines\n", lines.len() - DIFFERENCES_SHOWN_MAX);
    }
    report
}
