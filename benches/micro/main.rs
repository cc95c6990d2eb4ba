//! What the parts of a packet's way cost, each by itself, in nanoseconds: text by option, values, and what is
//! looked up in tables of connections.
//!
//! `cargo bench --bench micro` runs all; `cargo bench --bench micro dissect` those whose name has the word in it,
//! `cargo bench --bench micro -- --list` tells the names.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs
)]

mod connections;
mod dissect;
mod format;
mod frames;
mod harness;
#[allow(dead_code)]
#[path = "../traffic/mod.rs"]
mod traffic;

use clap::Parser;

use harness::{Harness, Options};

fn main() {
    // `cargo test` builds and runs benchmarks too, without this flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let harness = Harness::new(Options::parse());
    dissect::measure(&harness);
    format::measure(&harness);
    connections::measure(&harness);
}
