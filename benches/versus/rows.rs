//! The rows of the table: what is compared, on which traffic.

use crate::common::series::{Series, grouped};
use crate::compare::Comparison;
use crate::inputs::Inputs;
use crate::job::Job;
use crate::options::Options;
use crate::table::{self, MEBIBYTES, MILLISECONDS, NANOSECONDS, Pair, SECONDS};
use crate::traffic::{Kind, Recipe};

/// All rows, in order.
pub const NAMES: [&str; 16] = [
    "nn",
    "v",
    "e",
    "X",
    "filter",
    "rare",
    "count",
    "copy",
    "bulk",
    "tiny",
    "connections",
    "analyze",
    "scaling",
    "memory",
    "flat",
    "start",
];

/// Rows that compare with tcpdump: name, arguments, which traffic, whether there is text with time stamps.
const PLAIN: [(&str, &str, Kind, bool); 10] = [
    ("nn", "-nn", Kind::Mixed, true),
    ("v", "-nn -v", Kind::Mixed, true),
    ("e", "-nn -e", Kind::Mixed, true),
    ("X", "-nnX", Kind::Mixed, true),
    ("filter", "-nn tcp port 443 and ip", Kind::Mixed, true),
    // One packet in twenty passes.
    ("rare", "-nn udp port 53", Kind::Mixed, true),
    ("count", "--count", Kind::Mixed, false),
    // The file is written to standard output, which goes where all output goes.
    ("copy", "-w -", Kind::Mixed, false),
    ("bulk", "-nn", Kind::Bulk, true),
    ("tiny", "-nn", Kind::Tiny, true),
];

/// Connections at a time, where a row is not about their number.
const FEW: u32 = 1_000;

const OURS: &str = env!("CARGO_BIN_EXE_rtcpdump");

/// What measures.
struct Bench<'a> {
    options: &'a Options,
    inputs: &'a Inputs,
    comparison: Comparison<'a>,
}

/// Measures the rows that are wanted.
pub fn measure(options: &Options, inputs: &Inputs) {
    let bench = Bench { options, inputs, comparison: Comparison::new(options, inputs) };
    for (name, arguments, kind, is_text) in PLAIN {
        if options.wants(name) {
            bench.plain(name, arguments, kind, is_text);
        }
    }
    for name in &NAMES[PLAIN.len()..] {
        match *name {
            _ if !options.wants(name) => {}
            "connections" => bench.connections(),
            "analyze" => bench.analyze(),
            "scaling" => bench.scaling(),
            "memory" => bench.memory(),
            "flat" => bench.flat(),
            _ => bench.start(),
        }
    }
}

impl Bench<'_> {
    fn plain(&self, name: &str, arguments: &str, kind: Kind, is_text: bool) {
        // A dump prints four octets for each that it reads.
        let packets = if name == "X" { self.options.packets() / 4 } else { self.options.packets() };
        let what = match name {
            "copy" => "`-r` to `-w`".to_owned(),
            "bulk" | "tiny" => format!("`{arguments}`, {name}"),
            _ => format!("`{arguments}`"),
        };
        let input = self.inputs.savefile(&Recipe { kind, packets, connections: FEW });
        self.comparison.beside_tcpdump(&what, arguments, &input, is_text, Job::run_well);
    }

    /// Many connections at a time.
    fn connections(&self) {
        let packets = self.options.packets() / 2;
        for &connections in self.options.connections() {
            let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections });
            let what = format!("`-nn`, {} connections", grouped(connections.into()));
            self.comparison.beside_tcpdump(&what, "-nn", &input, true, Job::run_well);
        }
    }

    /// The analysis of connections, beside tshark's.
    fn analyze(&self) {
        let many = self.options.connections().iter().map(|&connections| (Kind::Connections, connections));
        for (kind, connections) in std::iter::once((Kind::Mixed, FEW)).chain(many) {
            let packets = (self.options.packets() / 4).max(2 * connections);
            let input = self.inputs.savefile(&Recipe { kind, packets, connections });
            let runs = self.comparison.beside_tshark("-nn --analyze", &input, Job::run_well);
            let what = match kind {
                Kind::Mixed => "`-nn --analyze`".to_owned(),
                _ => format!("`-nn --analyze`, {} connections", grouped(connections.into())),
            };
            table::line(&what, "tshark", &runs.seconds(), None, SECONDS);
            table::line("its peak memory", "tshark", &runs.peaks(), None, MEBIBYTES);
        }
    }

    /// What a packet costs when there are few and very many connections.
    fn scaling(&self) {
        let packets = self.options.packets().max(4 * self.options.many());
        for arguments in ["-nn", "-nn --analyze"] {
            let mut medians = Vec::new();
            for connections in [FEW, self.options.many()] {
                let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections });
                let runs = self.comparison.in_turn(&Job::new(OURS, arguments, &input, None), None, Job::run_well);
                let each = runs.seconds().ours.map(|seconds| seconds / f64::from(packets));
                medians.push(each.median());
                let note = match medians[..] {
                    [few, many] => format!(" ({:.2} times)", many / few),
                    _ => String::new(),
                };
                let what = format!("`{arguments}`, {} connections{note}", grouped(connections.into()));
                table::line(&what, "", &Pair::alone(each), None, NANOSECONDS);
            }
        }
    }

    /// The most memory that is resident.
    fn memory(&self) {
        let packets = self.options.packets().max(4 * self.options.many());
        for connections in [FEW, self.options.many()] {
            let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections });
            for arguments in ["-nn", "-nn --analyze"] {
                let job = |program: &str| Job::new(program, arguments, &input, None);
                // With many connections, tcpdump would take hours.
                let has_other = self.comparison.has_tcpdump && connections == FEW && arguments == "-nn";
                let theirs = has_other.then(|| job(&self.options.tcpdump));
                let runs = self.comparison.in_turn(&job(OURS), theirs.as_ref(), Job::run_well);
                let what = format!("peak memory, `{arguments}`, {} connections", grouped(connections.into()));
                table::line(&what, "tcpdump", &runs.peaks(), None, MEBIBYTES);
            }
        }
    }

    /// Memory is the same however long the file is.
    fn flat(&self) {
        for packets in [self.options.packets() / 10, self.options.packets()] {
            let input = self.inputs.savefile(&Recipe { kind: Kind::Connections, packets, connections: FEW });
            let runs = self.comparison.in_turn(&Job::new(OURS, "-nn", &input, None), None, Job::run_well);
            let what = format!("peak memory, `-nn`, {} packets", grouped(packets.into()));
            table::line(&what, "", &runs.peaks(), None, MEBIBYTES);
        }
    }

    /// How soon the first packet is seen.
    fn start(&self) {
        let input = self.inputs.savefile(&Recipe { kind: Kind::Mixed, packets: 10_000, connections: FEW });
        let (ours, theirs) =
            (Job::new(OURS, "-nn", &input, None), Job::new(&self.options.tcpdump, "-nn", &input, None));
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..4 * self.options.runs() {
            if self.comparison.has_tcpdump {
                times[1].push(theirs.first_octet());
            }
            times[0].push(ours.first_octet());
        }
        let [ours, theirs] = times;
        let pair = Pair { ours: Series::new(ours), theirs: (!theirs.is_empty()).then(|| Series::new(theirs)) };
        table::line("start to first octet", "tcpdump", &pair, None, MILLISECONDS);
    }
}
