//! How capturing live keeps up: frames are flooded through a pair of interfaces while rtcpdump, and tcpdump in turn,
//! capture at its other end. What the kernel drops is counted, and what a packet costs the program.
//!
//! `sudo cargo bench --bench live` prints the table; `-- --help` tells the options. It needs root, ip(8) and network
//! namespaces, which it makes for itself; where it cannot, it says so and ends well.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs
)]

#[cfg(target_os = "linux")]
mod capture;
#[allow(dead_code)]
#[path = "../common/mod.rs"]
mod common;
#[cfg(target_os = "linux")]
mod cores;
#[cfg(target_os = "linux")]
mod flood;
#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod options;
#[cfg(target_os = "linux")]
mod rows;
#[cfg(target_os = "linux")]
mod table;
#[allow(dead_code)]
#[path = "../traffic/mod.rs"]
mod traffic;

fn main() {
    // `cargo test` builds and runs benchmarks too, without this flag.
    if std::env::args().any(|argument| argument == "--bench") {
        run();
    }
}

#[cfg(not(target_os = "linux"))]
fn run() {
    println!("skipped: needs Linux, for pairs of interfaces and sockets of packets");
}

#[cfg(target_os = "linux")]
fn run() {
    use clap::Parser;

    let options = options::Options::parse();
    if let Some(interface) = &options.flood {
        return flood::run(interface, &options);
    }
    if !nix::unistd::geteuid().is_root() {
        return println!("skipped: needs root, for network namespaces and for capturing");
    }
    common::cleanup::on_interrupt();
    match network::Network::new() {
        Ok(network) => rows::measure(&options, &network),
        Err(reason) => println!("skipped: a network of its own cannot be made: {reason}"),
    }
}
