//! How fast rtcpdump is beside tcpdump and tshark: programs read the same savefile in turn, A B A B, and what is
//! compared is the whole process. The savefiles are generated, or the user's own.
//!
//! `cargo bench --bench versus` prints the table of README; `cargo bench --bench versus -- --quick` takes a minute,
//! `-- nn filter` measures these rows only, `-- --file my.pcap --flags "-nn -v"` a capture of one's own, `-- --help`
//! tells the rest. A program that is not installed is left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs
)]

#[allow(dead_code)]
#[path = "../common/mod.rs"]
mod common;
mod compare;
mod inputs;
mod job;
mod options;
mod own;
mod repeat;
mod rows;
mod table;
mod texts;
#[path = "../traffic/mod.rs"]
mod traffic;

use clap::Parser;

use common::cleanup::{self, fail};
use common::machine;
use inputs::Inputs;
use options::Options;
use traffic::Recipe;

fn main() {
    // `cargo test` builds and runs benchmarks too, without this flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let options = Options::parse();
    if let (Some(path), Some(kind)) = (&options.generate, options.kind) {
        let recipe = Recipe { kind, packets: options.packets(), connections: options.connections()[0] };
        let octets = traffic::write(&recipe, path);
        let octets = octets.unwrap_or_else(|error| fail(format_args!("{}: {error}", path.display())));
        println!("{} packets, {} octets on average", recipe.packets, octets / u64::from(recipe.packets.max(1)));
        return;
    }
    cleanup::on_interrupt();
    machine::describe(&[env!("CARGO_BIN_EXE_rtcpdump"), &options.tcpdump, &options.tshark]);
    let inputs = Inputs::new(&options);
    println!(
        "Medians of {} runs each, in turn, with the smallest and the largest; whole processes, output to a file.\n",
        options.runs()
    );
    table::head();
    if options.wants_own() {
        own::measure(&options, &inputs);
    }
    rows::measure(&options, &inputs);
    println!("\nText that differs from tcpdump 4's is that of tcpdump 5, which rtcpdump prints.");
    println!("Load average at the end: {}", machine::load());
}
