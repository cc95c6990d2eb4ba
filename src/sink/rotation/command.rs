//! The command of `-z`, which is run on each file that is left behind.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::error::reason_text;
use crate::os::priority;
use crate::report;

/// Runs a command beside the capture, which waits for nothing of it.
pub struct Commands {
    command: OsString,
    /// Each thread holds a copy until its command runs; the receiver then knows when all do.
    starting: Option<Sender<()>>,
    started: Receiver<()>,
}

impl Commands {
    /// For this command.
    pub fn new(command: &OsStr) -> Commands {
        let (starting, started) = channel();
        Commands { command: command.to_owned(), starting: Some(starting), started }
    }

    /// Runs `command file`. A failure is told; it does not stop us.
    pub fn run(&self, file: &Path) {
        let (command, file, starting) = (self.command.clone(), file.to_owned(), self.starting.clone());
        let thread = thread::Builder::new().name("postrotate".into()).spawn(move || {
            let child = start(&command, &file);
            drop(starting);
            if let Some(child) = child {
                wait(child, &command, &file);
            }
        });
        if let Err(reason) = thread {
            report::warning(&format!("cannot run {}: {}", self.command.display(), reason_text(&reason)));
        }
    }
}

impl Drop for Commands {
    /// The program ends no earlier than its last command has begun.
    fn drop(&mut self) {
        self.starting = None;
        while self.started.recv().is_ok() {}
    }
}

fn start(command: &OsString, file: &PathBuf) -> Option<Child> {
    let mut child = Command::new(command);
    // What comes in on our standard input may be packets. Ctrl-C is meant for the capture only.
    child.arg(file).stdin(Stdio::null()).process_group(0);
    match priority::lower(&mut child).spawn() {
        Ok(child) => Some(child),
        Err(reason) => {
            let (command, file, reason) = (command.display(), file.display(), reason_text(&reason));
            report::note(&format!("execlp({command}, {file}) failed: {reason}"));
            None
        }
    }
}

/// Takes the exit status when it comes, so that no zombie stays.
fn wait(mut child: Child, command: &OsStr, file: &Path) {
    let (command, file) = (command.display(), file.display());
    match child.wait() {
        Ok(status) if status.success() => {}
        Ok(status) => report::warning(&format!("{command} {file}: {status}")),
        Err(reason) => report::warning(&format!("{command} {file}: {}", reason_text(&reason))),
    }
}
