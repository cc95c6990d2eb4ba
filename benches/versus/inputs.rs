//! The savefiles that are read: made when a row wants them, gone at the end.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;

use crate::common::cleanup::{self, fail};
use crate::common::folder::Folder;
use crate::common::process;
use crate::options::Options;
use crate::repeat;
use crate::traffic::{Kind, Recipe};

/// The most octets that are needed at a time for each of --packets, a mixed packet with two outputs of a quarter of
/// them as hexadecimal; and for each of --many, four packets with one output.
const FOR_PACKET: u64 = 2_700;
const FOR_CONNECTION: u64 = 1_500;

/// A folder for inputs and outputs.
pub struct Inputs {
    folder: Folder,
    /// Those that there are, by name, and of which kind.
    made: RefCell<HashMap<String, Kind>>,
}

impl Inputs {
    /// An empty folder, where there is room.
    pub fn new(options: &Options) -> Inputs {
        for path in &options.file {
            if let Err(error) = File::open(path) {
                fail(format_args!("{}: {error}", path.display()));
            }
        }
        let generated = (u64::from(options.packets()) * FOR_PACKET).max(u64::from(options.many()) * FOR_CONNECTION);
        let largest = options.file.iter().filter_map(|path| Some(path.metadata().ok()?.len())).max();
        // Two outputs of the size of the file, and it itself if it is repeated.
        let room = largest.map_or(generated, |octets| 3 * octets * u64::from(options.repeat.unwrap_or(1).max(1)));
        Inputs { folder: Folder::new("versus", options.folder.as_deref(), room), made: RefCell::default() }
    }

    /// The savefile of a recipe. Those of other kinds are removed, for rows of one kind follow each other.
    pub fn savefile(&self, recipe: &Recipe) -> PathBuf {
        let kind = recipe.kind.to_possible_value().unwrap();
        let name = format!("{}-{}-{}.pcap", kind.get_name(), recipe.packets, recipe.connections);
        let path = self.folder.file(&name);
        let mut made = self.made.borrow_mut();
        made.retain(|name, kind| *kind == recipe.kind || std::fs::remove_file(self.folder.file(name)).is_err());
        if made.insert(name, recipe.kind).is_none() {
            generate(kind.get_name(), recipe, &path);
        }
        path
    }

    /// A capture of the user's own: as it is, or repeated.
    pub fn own(&self, path: &Path, options: &Options) -> PathBuf {
        let Some(times) = options.repeat else { return path.to_path_buf() };
        let (once, repeated) = (self.folder.file("once.pcap"), self.folder.file("repeated.pcap"));
        // Whatever its format and its octets' order, it is ours then.
        let mut command = Command::new(env!("CARGO_BIN_EXE_rtcpdump"));
        command.arg("-r").arg(path).arg("-w").arg(&once).args(["--format", "pcap"]);
        finish(&mut command);
        let written = repeat::write(&once, &repeated, times, options.packets());
        written.unwrap_or_else(|error| fail(format_args!("{}: {error}", repeated.display())));
        let _ = std::fs::remove_file(once);
        repeated
    }

    /// Where the programs' output goes: ours, theirs. Ubuntu lets tcpdump write to names that end so.
    pub fn outputs(&self) -> [PathBuf; 2] {
        ["ours.pcap", "theirs.pcap"].map(|name| self.folder.file(name))
    }
}

/// A process of its own generates: its memory would count for the programs that this one starts.
fn generate(kind: &str, recipe: &Recipe, path: &Path) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--bench", "--kind", kind, "--packets", &recipe.packets.to_string()]);
    command.args(["--connections", &recipe.connections.to_string(), "--generate"]).arg(path);
    finish(&mut command);
}

/// Runs a program that has to succeed, and that says itself why it does not.
fn finish(command: &mut Command) {
    let (child, undo) = cleanup::spawn(command.stdin(Stdio::null()).stdout(Stdio::null()));
    let usage = process::wait(&child);
    undo.settle();
    if usage.status != Some(0) {
        fail("there is nothing to measure with");
    }
}
