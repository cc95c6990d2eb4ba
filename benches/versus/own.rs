//! Rows for captures of the user's own, with any options.

use std::path::Path;

use crate::common::cleanup::fail;
use crate::compare::Comparison;
use crate::inputs::Inputs;
use crate::job::Job;
use crate::options::Options;
use crate::table::{self, MEBIBYTES, SECONDS};

/// Measures each capture with each set of options.
pub fn measure(options: &Options, inputs: &Inputs) {
    let comparison = Comparison::new(options, inputs);
    for path in &options.file {
        let input = inputs.own(path, options);
        warm(&input);
        for flags in options.flags() {
            row(&comparison, path, &input, flags);
        }
    }
}

fn row(comparison: &Comparison, path: &Path, input: &Path, flags: &str) {
    let name = path.file_name().unwrap_or_default().display();
    let what = format!("`{flags}`, {name}");
    if flags.split_whitespace().any(|flag| flag == "--analyze") {
        let runs = comparison.beside_tshark(flags, input, Job::run);
        table::line(&what, "tshark", &runs.seconds(), None, SECONDS);
        return table::line("its peak memory", "tshark", &runs.peaks(), None, MEBIBYTES);
    }
    let is_text = !flags.split_whitespace().any(|flag| matches!(flag, "-w" | "--count"));
    comparison.beside_tcpdump(&what, flags, input, is_text, Job::run);
}

/// Reads a file once: the first program would read it from the disk otherwise, and the second one from memory.
fn warm(path: &Path) {
    let read = std::fs::File::open(path).and_then(|mut file| std::io::copy(&mut file, &mut std::io::sink()));
    if let Err(error) = read {
        fail(format_args!("{}: {error}", path.display()));
    }
}
