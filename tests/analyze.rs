//! `--analyze`: brackets come behind tcpdump's lines and change nothing in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::path::{Path, PathBuf};

use support::rtcpdump;

fn captures() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("captures")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "pcap" || ending == "pcapng")).collect()
}

fn printed(capture: &Path, options: &str) -> String {
    let output = rtcpdump().args(options.split_whitespace()).arg("-r").arg(capture).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn without_the_brackets_the_text_is_what_it_was() {
    let mut count = 0;
    for capture in captures() {
        for options in ["-nn", "-nnvv -e", "-nnx", "-nq -#", "-nnvA", "-nn --print-sampling 3 --lengths"] {
            let (plain, analyzed) = (printed(&capture, options), printed(&capture, &format!("{options} --analyze")));
            assert_eq!(plain.lines().count(), analyzed.lines().count(), "{} {options}", capture.display());
            for (plain, analyzed) in plain.lines().zip(analyzed.lines()) {
                let added = analyzed.strip_prefix(plain);
                let is_bracket = added.is_some_and(|added| added.starts_with(" [") && added.ends_with(']'));
                assert!(added == Some("") || is_bracket, "{} {options}:\n{plain}\n{analyzed}", capture.display());
                count += u32::from(is_bracket);
            }
        }
    }
    assert!(count > 20, "only {count} brackets in all captures");
}

#[test]
fn brackets_go_with_the_line_of_the_flags() {
    for capture in captures() {
        for line in printed(&capture, "-nnvv --analyze").lines().filter(|line| line.ends_with("-> ESTABLISHED]")) {
            assert!(line.contains("Flags ["), "{}: {line}", capture.display());
        }
    }
}

#[test]
fn what_is_written_besides_is_not_changed() {
    let capture = captures()
        .into_iter()
        .find(|path| path.to_string_lossy().contains("http"))
        .unwrap_or_else(|| captures().remove(0));
    let file = std::env::temp_dir().join(format!("rtcpdump-analyze-{}.pcap", std::process::id()));
    let options = format!("-nn --analyze --print -w {}", file.display());
    assert_eq!(printed(&capture, &options), printed(&capture, "-nn --analyze"));
    assert_eq!(printed(&file, "-nn"), printed(&capture, "-nn"));
    std::fs::remove_file(file).unwrap();
}
