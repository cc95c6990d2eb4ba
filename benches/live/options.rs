//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// What the programs do with the packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Prints them to a file: -nn
    Nn,
    /// Writes them into a savefile: -w
    W,
    /// Prints them with what is found in their connections: -nn --analyze
    Analyze,
    /// Waits for packets that do not come: what five quiet seconds cost
    Idle,
}

/// Floods a pair of interfaces while rtcpdump, and tcpdump in turn, capture at its other end
#[derive(Parser)]
#[command(name = "cargo bench --bench live --", disable_version_flag = true)]
pub struct Options {
    /// What the programs do; repeat it for several [default: all]
    #[arg(long, value_enum)]
    mode: Vec<Mode>,
    /// Packets to be sent a second, 0 for as many as can be; repeat it for several [default: 500000 and 1200000]
    #[arg(long, value_name = "COUNT")]
    rate: Vec<u32>,
    /// The kernel's ring for the program in KiB, its option -B; repeat it for several [default: the program's own]
    #[arg(long, value_name = "KIB")]
    buffer: Vec<u32>,
    /// Octets of a packet that are captured, the programs' option -s
    #[arg(long, value_name = "OCTETS")]
    pub snaplen: Option<u32>,
    /// Packets of a flood [default: 3000000, quick: 300000]
    #[arg(long, value_name = "COUNT")]
    packets: Option<u32>,
    /// Connections at a time
    #[arg(long, value_name = "COUNT", default_value_t = 1000)]
    pub connections: u32,
    /// Floods for each program [default: 3, quick: 1]
    #[arg(long, value_name = "COUNT")]
    runs: Option<usize>,
    /// Small floods, one for each program
    #[arg(long)]
    quick: bool,
    /// The tcpdump to compare with
    #[arg(long, value_name = "PROGRAM", default_value = "tcpdump")]
    pub tcpdump: String,
    /// Where outputs go [default: /dev/shm, or where temporary files go]
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// The process that floods: through which interface
    #[arg(long, hide = true)]
    pub flood: Option<String>,
    /// The core of the process that floods
    #[arg(long, hide = true, default_value_t = 0)]
    pub core: usize,
    /// What cargo calls benchmarks with
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    pub fn modes(&self) -> &[Mode] {
        if self.mode.is_empty() { Mode::value_variants() } else { &self.mode }
    }

    pub fn rates(&self) -> &[u32] {
        if self.rate.is_empty() { &[500_000, 1_200_000] } else { &self.rate }
    }

    /// Sizes of the ring; none is the program's own.
    pub fn buffers(&self) -> Vec<Option<u32>> {
        if self.buffer.is_empty() { vec![None] } else { self.buffer.iter().copied().map(Some).collect() }
    }

    pub fn packets(&self) -> u32 {
        self.packets.unwrap_or(if self.quick { 300_000 } else { 3_000_000 })
    }

    pub fn runs(&self) -> usize {
        self.runs.unwrap_or(if self.quick { 1 } else { 3 }).max(1)
    }
}
