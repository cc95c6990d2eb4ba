//! The rtcpdump program: parse, run, exit status.

use std::process::ExitCode;

use clap::Parser;
use rtcpdump::cli::Cli;
use rtcpdump::{run, usage};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error),
    };
    ExitCode::from(run::run(&cli))
}
