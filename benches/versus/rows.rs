//! The rows of the table: what is compared, on which traffic.

use std::path::Path;

use crate::Options;
use crate::inputs::Inputs;
use crate::machine::is_installed;
use crate::measure::{self, Job, Run};
use crate::table::{self, MEBIBYTES, MILLISECONDS, NANOSECONDS, SECONDS, Series};
use crate::traffic::{Kind, Recipe};

/// All rows, in order.
pub const NAMES: [&str; 15] = [
    "nn",
    "v",
    "e",
    "X",
    "filter",
    "bulk",
    "tiny",
    "count",
    "copy",
    "connections",
    "scaling",
    "analyze",
    "start",
    "memory",
    "flat",
];

/// Rows that compare with tcpdump: name, arguments, filter, which traffic, whether time stamps are printed.
const PLAIN: [(&str, &str, &str, Kind, bool); 9] = [
    ("nn", "-nn", "", Kind::Mixed, true),
    ("v", "-nn -v", "", Kind::Mixed, true),
    ("e", "-nn -e", "", Kind::Mixed, true),
    ("X", "-nnX", "", Kind::Mixed, true),
    ("filter", "-nn", "tcp port 443 and ip", Kind::Mixed, true),
    ("bulk", "-nn", "", Kind::Bulk, true),
    ("tiny", "-nn", "", Kind::Tiny, true),
    ("count", "--count", "", Kind::Mixed, false),
    ("copy", "-w", "", Kind::Mixed, false),
];

/// Connections at a time, where a row is not about their number.
const FEW: u32 = 1_000;

/// A run that takes longer is not done more often than twice, in seconds.
const LONG: f64 = 20.0;

/// What measures.
struct Bench<'a> {
    options: &'a Options,
    inputs: &'a Inputs,
    has_tcpdump: bool,
}

/// Measures the rows that are wanted.
pub fn measure(options: &Options, inputs: &Inputs) {
    let bench = Bench { options, inputs, has_tcpdump: is_installed(&options.tcpdump) };
    table::head();
    for (name, arguments, filter, kind, is_text) in PLAIN {
        if options.wants(name) {
            // A dump prints four octets for each that it reads.
            let packets = if name == "X" { options.packets() / 4 } else { options.packets() };
            bench.plain(name, arguments, filter, &Recipe { kind, packets, connections: FEW }, is_text);
        }
    }
    for name in &NAMES[PLAIN.len()..] {
        match *name {
            _ if !options.wants(name) => {}
            "connections" => bench.connections(),
            "scaling" => bench.scaling(),
            "analyze" => bench.analyze(),
            "start" => bench.start(),
            "memory" => bench.memory(),
            _ => bench.flat(),
        }
    }
}

impl Bench<'_> {
    fn job(&self, program: &str, arguments: &str, input: &Path, zone: Option<&'static str>) -> Job {
        let mut arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
        arguments.extend(["-r".to_owned(), input.display().to_string()]);
        Job { program: program.to_owned(), arguments, zone }
    }

    fn ours(&self, arguments: &str, input: &Path, zone: Option<&'static str>) -> Job {
        self.job(env!("CARGO_BIN_EXE_rtcpdump"), arguments, input, zone)
    }

    /// Runs both in turn, the other one first; the results are ours, theirs.
    fn in_turn(&self, jobs: [&Job; 2], outputs: [&Path; 2]) -> [Vec<Run>; 2] {
        let mut runs = [Vec::new(), Vec::new()];
        while runs[0].len() < self.options.runs() {
            for which in [1, 0] {
                runs[which].push(jobs[which].run(outputs[which]));
            }
            if runs[1].len() >= 2 && runs[1].iter().any(|run| run.seconds > LONG) {
                break;
            }
        }
        runs
    }

    fn alone(&self, job: &Job) -> Vec<Run> {
        let output = self.inputs.output("ours");
        (0..self.options.runs()).map(|_| job.run(&output)).collect()
    }

    /// A row beside tcpdump, with and without a time zone.
    fn plain(&self, name: &str, arguments: &str, filter: &str, recipe: &Recipe, is_text: bool) {
        let input = self.inputs.savefile(recipe);
        let outputs = ["ours", "theirs"].map(|name| self.inputs.output(name));
        let outputs = [outputs[0].as_path(), outputs[1].as_path()];
        let what = match name {
            "copy" => "`-r` to `-w`".to_owned(),
            "filter" => format!("`{arguments} '{filter}'`"),
            "bulk" | "tiny" => format!("`{arguments}`, {name}"),
            "connections" => format!("`{arguments}`, {} connections", grouped(recipe.connections)),
            _ => format!("`{arguments}`"),
        };
        for zone in [None, Some("UTC")].iter().take(if is_text { 2 } else { 1 }) {
            let make = |program: &str| {
                let mut job = self.job(program, arguments, &input, *zone);
                if name == "copy" {
                    // The file is written to standard output, which goes where all output goes.
                    job.arguments.insert(1, "-".to_owned());
                }
                job.arguments.extend(Some(filter.to_owned()).filter(|filter| !filter.is_empty()));
                job
            };
            let (ours, theirs) = (make(env!("CARGO_BIN_EXE_rtcpdump")), make(&self.options.tcpdump));
            let zone = if is_text { zone.unwrap_or("unset") } else { "" };
            if !self.has_tcpdump {
                table::line(&what, zone, &seconds(&self.alone(&ours)), None, SECONDS, "");
                continue;
            }
            let runs = self.in_turn([&ours, &theirs], outputs);
            let note = match measure::differing_lines(outputs) {
                0 => String::new(),
                differing => format!(" ({differing} lines differ)"),
            };
            let [ours, theirs] = runs.each_ref().map(|runs| seconds(runs));
            table::line(&what, zone, &ours, Some(("tcpdump", &theirs)), SECONDS, &note);
        }
    }

    /// Many connections at a time.
    fn connections(&self) {
        let packets = self.options.packets() / 2;
        let recipe = Recipe { kind: Kind::Connections, packets, connections: self.options.connections() };
        self.plain("connections", "-nn", "", &recipe, true);
    }

    /// What a packet costs when there are few and very many connections.
    fn scaling(&self) {
        let packets = self.options.packets().max(4 * self.options.many());
        for arguments in ["-nn", "-nn --analyze"] {
            let mut medians = Vec::new();
            for connections in [FEW, self.options.many()] {
                let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections });
                let runs = self.alone(&self.ours(arguments, &input, None));
                let each = Series::new(runs.iter().map(|run| run.seconds / f64::from(packets)).collect());
                medians.push(each.median());
                let what = format!("`{arguments}`, {} connections", grouped(connections));
                let note = match medians[..] {
                    [few, many] => format!(" ({:.2} times)", many / few),
                    _ => String::new(),
                };
                table::line(&what, "unset", &each, None, NANOSECONDS, &note);
            }
        }
    }

    /// The analysis of connections, beside tshark's.
    fn analyze(&self) {
        let recipe = Recipe { kind: Kind::Mixed, packets: self.options.packets() / 4, connections: FEW };
        let input = self.inputs.savefile(&recipe);
        let ours = self.ours("-nn --analyze", &input, None);
        let outputs = ["ours", "theirs"].map(|name| self.inputs.output(name));
        if !is_installed(&self.options.tshark) {
            let runs = self.alone(&ours);
            table::line("`-nn --analyze`", "unset", &seconds(&runs), None, SECONDS, "");
            return table::line("its peak memory", "", &peaks(&runs), None, MEBIBYTES, "");
        }
        let theirs = self.job(&self.options.tshark, "-n", &input, None);
        let runs = self.in_turn([&ours, &theirs], [&outputs[0], &outputs[1]]);
        let [ours, theirs] = runs.each_ref().map(|runs| seconds(runs));
        table::line("`-nn --analyze`", "unset", &ours, Some(("tshark", &theirs)), SECONDS, "");
        let [ours, theirs] = runs.each_ref().map(|runs| peaks(runs));
        table::line("its peak memory", "", &ours, Some(("tshark", &theirs)), MEBIBYTES, "");
    }

    /// How soon the first packet is seen.
    fn start(&self) {
        let input = self.inputs.savefile(&Recipe { kind: Kind::Mixed, packets: 10_000, connections: FEW });
        let ours = self.ours("-nn", &input, None);
        let theirs = self.job(&self.options.tcpdump, "-nn", &input, None);
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..4 * self.options.runs() {
            times[0].push(ours.first_octet());
            if self.has_tcpdump {
                times[1].push(theirs.first_octet());
            }
        }
        let [ours, theirs] = times;
        let theirs = (!theirs.is_empty()).then(|| Series::new(theirs));
        let theirs = theirs.as_ref().map(|series| ("tcpdump", series));
        table::line("start to first octet", "unset", &Series::new(ours), theirs, MILLISECONDS, "");
    }

    /// The most memory that is resident.
    fn memory(&self) {
        let packets = self.options.packets().max(4 * self.options.many());
        for connections in [FEW, self.options.many()] {
            let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections });
            for arguments in ["-nn", "-nn --analyze"] {
                let what = format!("peak memory, `{arguments}`, {} connections", grouped(connections));
                let ours = self.ours(arguments, &input, None);
                if self.has_tcpdump && connections == FEW && arguments == "-nn" {
                    let theirs = self.job(&self.options.tcpdump, arguments, &input, None);
                    let outputs = ["ours", "theirs"].map(|name| self.inputs.output(name));
                    let runs = self.in_turn([&ours, &theirs], [&outputs[0], &outputs[1]]);
                    let [ours, theirs] = runs.each_ref().map(|runs| peaks(runs));
                    table::line(&what, "", &ours, Some(("tcpdump", &theirs)), MEBIBYTES, "");
                } else {
                    table::line(&what, "", &peaks(&self.alone(&ours)), None, MEBIBYTES, "");
                }
            }
        }
    }

    /// Memory is the same however long the file is.
    fn flat(&self) {
        for packets in [self.options.packets() / 10, self.options.packets()] {
            let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections: FEW });
            let what = format!("peak memory, `-nn`, {} packets", grouped(packets));
            table::line(&what, "", &peaks(&self.alone(&self.ours("-nn", &input, None))), None, MEBIBYTES, "");
        }
    }
}

fn seconds(runs: &[Run]) -> Series {
    Series::new(runs.iter().map(|run| run.seconds).collect())
}

fn peaks(runs: &[Run]) -> Series {
    Series::new(runs.iter().map(|run| run.peak as f64).collect())
}

/// A number with its thousands apart.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}
