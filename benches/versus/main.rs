//! How fast rtcpdump is beside tcpdump and tshark: programs read the same generated savefile in turn, A B A B, and
//! what is compared is the whole process.
//!
//! `cargo bench --bench versus` prints the table of README; `cargo bench --bench versus -- --quick` takes a minute,
//! `-- nn filter` measures these rows only, `-- --help` tells the rest. A program that is not installed is left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs
)]

mod inputs;
mod machine;
mod measure;
mod rows;
mod table;
#[path = "../traffic/mod.rs"]
mod traffic;

use std::path::PathBuf;

use clap::Parser;

use inputs::Inputs;
use traffic::{Kind, Recipe};

/// Compares rtcpdump with tcpdump and tshark, on generated traffic
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
    /// Timed runs of each program [default: 5, quick: 3]
    #[arg(long, value_name = "COUNT")]
    runs: Option<usize>,
    /// Connections of the row `connections` [default: 100000, quick: 10000]
    #[arg(long, value_name = "COUNT")]
    connections: Option<u32>,
    /// Connections of the row `scaling`, beside 1,000 [default: 1000000, quick: 100000]
    #[arg(long, value_name = "COUNT")]
    many: Option<u32>,
    /// The tcpdump to compare with
    #[arg(long, value_name = "PROGRAM", default_value = "tcpdump")]
    tcpdump: String,
    /// The tshark to compare with
    #[arg(long, value_name = "PROGRAM", default_value = "tshark")]
    tshark: String,
    /// Where inputs and outputs go [default: /dev/shm, or where temporary files go]
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Only write traffic into a file, of --packets packets and --connections connections
    #[arg(long, value_names = ["FILE"], requires = "kind")]
    generate: Option<PathBuf>,
    /// What --generate writes
    #[arg(long)]
    kind: Option<Kind>,
    /// What cargo calls benchmarks with
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    fn packets(&self) -> u32 {
        self.packets.unwrap_or(if self.quick { 100_000 } else { 1_000_000 })
    }

    fn runs(&self) -> usize {
        self.runs.unwrap_or(if self.quick { 3 } else { 5 }).max(1)
    }

    fn connections(&self) -> u32 {
        self.connections.unwrap_or(if self.quick { 10_000 } else { 100_000 })
    }

    fn many(&self) -> u32 {
        self.many.unwrap_or(if self.quick { 100_000 } else { 1_000_000 })
    }

    fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|name| name == row)
    }
}

fn main() {
    // `cargo test` builds and runs benchmarks too, without an argument.
    if std::env::args().len() == 1 {
        return;
    }
    let options = Options::parse();
    if let (Some(path), Some(kind)) = (&options.generate, options.kind) {
        let recipe = Recipe { kind, packets: options.packets(), connections: options.connections() };
        let octets = traffic::write(&recipe, path).expect("the file can be written");
        println!("{} packets, {} octets on average", recipe.packets, octets / u64::from(recipe.packets.max(1)));
        return;
    }
    let inputs = Inputs::new(options.folder.as_deref());
    machine::describe(&options);
    rows::measure(&options, &inputs);
    println!("\nLoad average at the end: {}", machine::load());
}
