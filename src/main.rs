//! The rtcpdump program: parse, run, exit status.

use std::process::ExitCode;

use rtcpdump::{run, usage};

fn main() -> ExitCode {
    match usage::parse(std::env::args_os().skip(1)) {
        Ok(cli) => ExitCode::from(run::run(&cli)),
        Err(answer) => answer.give(),
    }
}
