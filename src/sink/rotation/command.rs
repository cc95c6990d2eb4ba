//! The command of `-z`, which is run on each file that is left behind.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::error::reason_text;
use crate::os::priority;
use crate::report;

/// Runs `command file` beside the capture, at the lowest priority. A failure is told; it does not stop us.
pub fn run(command: &OsStr, file: &Path) {
    let what = format!("{} {}", command.display(), file.display());
    // What comes in on our standard input may be packets. Ctrl-C is meant for the capture only.
    let child = Command::new(command).arg(file).stdin(Stdio::null()).process_group(0).spawn();
    match child {
        Ok(child) => {
            priority::lower(&child);
            reap(child, what);
        }
        Err(reason) => {
            let reason = reason_text(&reason);
            report::note(&format!("execlp({}, {}) failed: {reason}", command.display(), file.display()));
        }
    }
}

/// Takes the exit status when it comes, so that no zombie stays.
fn reap(mut child: Child, what: String) {
    let waiter = move || match child.wait() {
        Ok(status) if status.success() => {}
        Ok(status) => report::warning(&format!("{what}: {status}")),
        Err(reason) => report::warning(&format!("{what}: {}", reason_text(&reason))),
    };
    if let Err(reason) = std::thread::Builder::new().name("postrotate".into()).spawn(waiter) {
        report::warning(&format!("cannot wait for the command of -z: {}", reason_text(&reason)));
    }
}
