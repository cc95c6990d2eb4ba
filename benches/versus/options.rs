//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::rows;
use crate::traffic::Kind;

/// Compares rtcpdump with tcpdump and tshark, on generated traffic or on captures of your own
#[derive(Parser)]
#[command(name = "cargo bench --bench versus --", disable_version_flag = true)]
pub struct Options {
    /// Rows to measure; all if none is named
    #[arg(value_parser = rows::NAMES)]
    rows: Vec<String>,
    /// Small inputs and few runs: a minute
    #[arg(long)]
    quick: bool,
    /// Packets of a file; a quarter of it where a row prints much [default: 1000000, quick: 100000]
    #[arg(long, value_name = "COUNT")]
    packets: Option<u32>,
    /// Timed runs of each program; two where one takes longer than 20 s [default: 5, quick: 3]
    #[arg(long, value_name = "COUNT")]
    runs: Option<usize>,
    /// Connections of the rows `connections` and `analyze`; repeat it for several [default: 10000 and 100000, quick:
    /// 1000 and 10000]
    #[arg(long, value_name = "COUNT")]
    connections: Vec<u32>,
    /// Connections of the rows `scaling` and `memory`, beside 1,000 [default: 1000000, quick: 100000]
    #[arg(long, value_name = "COUNT")]
    many: Option<u32>,
    /// A capture of your own to measure with; repeat it for several. Rows are then only those that are named
    #[arg(long, value_name = "CAPTURE")]
    pub file: Vec<PathBuf>,
    /// Options and filter for the captures of --file, such as "-nn -v port 53"; repeat it for several. With --analyze
    /// among them, tshark is what is compared with [default: -nn]
    #[arg(long, value_name = "FLAGS", allow_hyphen_values = true)]
    flags: Vec<String>,
    /// Reads the captures of --file so many times over as one file, later each time; without a number, until it has
    /// --packets packets. Its connections are repeated too: that is no use with --analyze
    #[arg(long, value_name = "COUNT", num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    pub repeat: Option<u32>,
    /// The tcpdump to compare with
    #[arg(long, value_name = "PROGRAM", default_value = "tcpdump")]
    pub tcpdump: String,
    /// The tshark to compare with
    #[arg(long, value_name = "PROGRAM", default_value = "tshark")]
    pub tshark: String,
    /// Where inputs and outputs go [default: /dev/shm, or where temporary files go]
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Only write traffic into a file, of --packets packets and --connections connections
    #[arg(long, value_names = ["FILE"], requires = "kind")]
    pub generate: Option<PathBuf>,
    /// What --generate writes
    #[arg(long)]
    pub kind: Option<Kind>,
    /// What cargo calls benchmarks with
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    pub fn packets(&self) -> u32 {
        self.packets.unwrap_or(if self.quick { 100_000 } else { 1_000_000 })
    }

    pub fn runs(&self) -> usize {
        self.runs.unwrap_or(if self.quick { 3 } else { 5 }).max(1)
    }

    pub fn connections(&self) -> &[u32] {
        match (&self.connections[..], self.quick) {
            ([], true) => &[1_000, 10_000],
            ([], false) => &[10_000, 100_000],
            (counts, _) => counts,
        }
    }

    pub fn many(&self) -> u32 {
        self.many.unwrap_or(if self.quick { 100_000 } else { 1_000_000 })
    }

    pub fn flags(&self) -> Vec<&str> {
        if self.flags.is_empty() { vec!["-nn"] } else { self.flags.iter().map(String::as_str).collect() }
    }

    /// Whether there is something to measure with captures of the user's own.
    pub fn wants_own(&self) -> bool {
        !self.file.is_empty()
    }

    pub fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() && !self.wants_own() || self.rows.iter().any(|name| name == row)
    }
}
