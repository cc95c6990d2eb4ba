//! What would be left behind: it is undone at the end, after a failure and after Ctrl-C.

use std::fmt::Display;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio, exit};
use std::sync::{Mutex, MutexGuard, PoisonError};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The status of a program that Ctrl-C ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// Something that outlives this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// A program that was started.
    Process(u32),
    /// A network namespace of that name.
    Namespace(String),
    /// A folder with all that is in it.
    Folder(PathBuf),
}

impl Leftover {
    fn undo(&self) {
        match self {
            Leftover::Process(id) => {
                let _ = kill(Pid::from_raw(id.cast_signed()), Signal::SIGKILL);
            }
            Leftover::Namespace(name) => {
                let _ = Command::new("ip").args(["netns", "delete", name]).stderr(Stdio::null()).status();
            }
            Leftover::Folder(path) => {
                let _ = std::fs::remove_dir_all(path);
            }
        }
    }
}

static LEFTOVERS: Mutex<Vec<Leftover>> = Mutex::new(Vec::new());

fn leftovers() -> MutexGuard<'static, Vec<Leftover>> {
    LEFTOVERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Undoes something when it is dropped, or when the program ends otherwise.
#[derive(Debug)]
pub struct Undo(Leftover);

impl Undo {
    /// To be called before there is anything: Ctrl-C may come at any time.
    pub fn later(leftover: Leftover) -> Undo {
        leftovers().push(leftover.clone());
        Undo(leftover)
    }

    /// There is nothing left to undo.
    pub fn settle(self) {
        leftovers().retain(|leftover| *leftover != self.0);
        std::mem::forget(self);
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        self.0.undo();
        leftovers().retain(|leftover| *leftover != self.0);
    }
}

/// Starts a program, which is killed if this one ends before it.
pub fn spawn(command: &mut Command) -> (Child, Undo) {
    let mut leftovers = leftovers();
    // In a group of its own it is spared by Ctrl-C, which is ours to answer.
    match std::os::unix::process::CommandExt::process_group(command, 0).spawn() {
        Ok(child) => {
            leftovers.push(Leftover::Process(child.id()));
            let undo = Undo(Leftover::Process(child.id()));
            (child, undo)
        }
        Err(error) => {
            drop(leftovers);
            fail(format_args!("{}: {error}", command.get_program().display()))
        }
    }
}

/// From now on, Ctrl-C (and TERM, HUP) leaves nothing behind.
pub fn on_interrupt() {
    ctrlc::set_handler(|| end(INTERRUPTED)).expect("there is no other handler");
}

/// Says what went wrong and ends the program.
pub fn fail(message: impl Display) -> ! {
    eprintln!("{message}");
    end(1)
}

/// Ends the program, leaving nothing behind.
fn end(status: i32) -> ! {
    // Whoever wants to begin something new waits for the lock until this process is gone.
    let mut leftovers = leftovers();
    while let Some(leftover) = leftovers.pop() {
        leftover.undo();
    }
    exit(status)
}
