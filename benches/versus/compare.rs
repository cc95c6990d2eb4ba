//! Two programs in turn, on the same file.

use std::path::{Path, PathBuf};

use crate::common::machine::is_installed;
use crate::common::series::Series;
use crate::inputs::Inputs;
use crate::job::{Job, Run};
use crate::options::Options;
use crate::table::{self, Pair, SECONDS};
use crate::texts;

/// A run that takes longer is not done more often than twice, in seconds.
const LONG: f64 = 20.0;

/// Runs programs in turn.
pub struct Comparison<'a> {
    pub options: &'a Options,
    pub has_tcpdump: bool,
    pub has_tshark: bool,
    /// Where outputs go: ours, theirs.
    outputs: [PathBuf; 2],
}

/// Runs of both programs: of the other one none, if it is not installed.
pub struct Runs {
    ours: Vec<Run>,
    theirs: Vec<Run>,
}

impl Comparison<'_> {
    pub fn new<'a>(options: &'a Options, inputs: &Inputs) -> Comparison<'a> {
        Comparison {
            options,
            has_tcpdump: is_installed(&options.tcpdump),
            has_tshark: is_installed(&options.tshark),
            outputs: inputs.outputs(),
        }
    }

    /// A program beside ours, the other one first.
    pub fn in_turn(&self, ours: &Job, theirs: Option<&Job>, run: fn(&Job, &Path) -> Run) -> Runs {
        let mut runs = Runs { ours: Vec::new(), theirs: Vec::new() };
        while runs.ours.len() < self.options.runs() {
            runs.theirs.extend(theirs.map(|job| run(job, &self.outputs[1])));
            runs.ours.push(run(ours, &self.outputs[0]));
            if runs.theirs.len() >= 2 && runs.theirs.iter().any(|run| run.seconds > LONG) {
                break;
            }
        }
        runs
    }

    /// A line beside tcpdump, with the same arguments. If `is_text`, lines are compared, and it is done with and
    /// without a time zone.
    pub fn beside_tcpdump(
        &self,
        what: &str,
        arguments: &str,
        input: &Path,
        is_text: bool,
        run: fn(&Job, &Path) -> Run,
    ) {
        let mut notes = Vec::new();
        let pairs: Vec<Pair> = [None, Some("UTC")][..if is_text { 2 } else { 1 }]
            .iter()
            .map(|zone| {
                let job = |program: &str| Job::new(program, arguments, input, *zone);
                let theirs = self.has_tcpdump.then(|| job(&self.options.tcpdump));
                let mut runs = self.in_turn(&job(env!("CARGO_BIN_EXE_rtcpdump")), theirs.as_ref(), run);
                notes.extend(runs.note(&self.outputs, is_text));
                if runs.only_theirs_fail() {
                    runs.theirs.clear();
                }
                runs.seconds()
            })
            .collect();
        notes.dedup();
        let what = [vec![what.to_owned()], notes].concat().join(", ");
        table::line(&what, "tcpdump", &pairs[0], pairs.get(1), SECONDS);
    }

    /// The analysis of connections beside tshark's.
    pub fn beside_tshark(&self, arguments: &str, input: &Path, run: fn(&Job, &Path) -> Run) -> Runs {
        let ours = Job::new(env!("CARGO_BIN_EXE_rtcpdump"), arguments, input, None);
        let theirs = self.has_tshark.then(|| Job::new(&self.options.tshark, "-n", input, None));
        self.in_turn(&ours, theirs.as_ref(), run)
    }
}

impl Runs {
    pub fn seconds(&self) -> Pair {
        self.pair(|run| run.seconds)
    }

    /// The peaks of memory.
    pub fn peaks(&self) -> Pair {
        self.pair(|run| run.peak as f64)
    }

    fn pair(&self, value: fn(&Run) -> f64) -> Pair {
        let series = |runs: &[Run]| Series::new(runs.iter().map(value));
        Pair { ours: series(&self.ours), theirs: (!self.theirs.is_empty()).then(|| series(&self.theirs)) }
    }

    /// There is nothing to compare with then.
    fn only_theirs_fail(&self) -> bool {
        self.ours.iter().all(|run| run.status == 0) && self.theirs.iter().any(|run| run.status != 0)
    }

    /// What is not the same of both programs.
    fn note(&self, outputs: &[PathBuf; 2], is_text: bool) -> Option<String> {
        let (ours, theirs) = (self.ours.last()?, self.theirs.last()?);
        match (ours.status, theirs.status) {
            (0, 0) => {}
            (0, _) => return Some(format!("the other one fails ({})", theirs.said)),
            (_, 0) => return Some(format!("rtcpdump fails ({})", ours.said)),
            _ => return Some(format!("both fail ({})", ours.said)),
        }
        let [left, right] = outputs.each_ref().map(PathBuf::as_path);
        let differing = if is_text { texts::differing([left, right]) } else { 0 };
        (differing > 0).then(|| format!("{differing} packets' text differs"))
    }
}
