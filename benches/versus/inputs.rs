//! The savefiles that are read: made when a row wants them, gone at the end.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;

use crate::traffic::Recipe;

/// A folder for inputs and outputs.
pub struct Inputs {
    folder: PathBuf,
    made: RefCell<HashMap<String, PathBuf>>,
}

impl Inputs {
    /// On tmpfs, where there is one: the disk is not what is measured.
    pub fn new(folder: Option<&Path>) -> Inputs {
        let memory = Path::new("/dev/shm");
        let parent = match folder {
            Some(folder) => folder.to_path_buf(),
            None if memory.is_dir() => memory.to_path_buf(),
            None => std::env::temp_dir(),
        };
        let folder = parent.join(format!("rtcpdump-versus-{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        Inputs { folder, made: RefCell::default() }
    }

    /// The savefile of a recipe.
    pub fn savefile(&self, recipe: &Recipe) -> PathBuf {
        let kind = recipe.kind.to_possible_value().unwrap();
        let name = format!("{}-{}-{}.pcap", kind.get_name(), recipe.packets, recipe.connections);
        self.made
            .borrow_mut()
            .entry(name)
            .or_insert_with_key(|name| self.generate(kind.get_name(), recipe, name))
            .clone()
    }

    /// A process of its own generates: its memory would count for the programs that this one starts.
    fn generate(&self, kind: &str, recipe: &Recipe, name: &str) -> PathBuf {
        let path = self.folder.join(name);
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--kind", kind, "--packets", &recipe.packets.to_string()])
            .args(["--connections", &recipe.connections.to_string(), "--generate"])
            .arg(&path)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "generating {name}: {status}");
        path
    }

    /// Where a program's output goes.
    pub fn output(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Inputs {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
