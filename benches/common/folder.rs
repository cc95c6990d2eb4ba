//! The folder that inputs and outputs are in while a benchmark runs.

use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;

use super::cleanup::{Leftover, Undo, fail};

/// A folder that is gone at the end.
pub struct Folder {
    path: PathBuf,
    _undo: Undo,
}

impl Folder {
    /// In the folder that the user names, else on tmpfs if there is room for so many octets, for the disk is not
    /// what is measured; else where temporary files go.
    pub fn new(benchmark: &str, wish: Option<&Path>, octets: u64) -> Folder {
        let parent = wish.map_or_else(|| choose(octets), Path::to_path_buf);
        if parent.is_dir() && room(&parent) < octets {
            println!(
                "{} has {} free, and {} may be needed: --folder names another one, --quick and --packets want less\n",
                parent.display(),
                size(room(&parent)),
                size(octets)
            );
        }
        let path = parent.join(format!("rtcpdump-{benchmark}-{}", std::process::id()));
        let undo = Undo::later(Leftover::Folder(path.clone()));
        if let Err(error) = std::fs::create_dir(&path) {
            fail(format_args!("{}: {error}", path.display()));
        }
        Folder { path, _undo: undo }
    }

    /// The path of a file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

fn choose(octets: u64) -> PathBuf {
    let (memory, disk) = (PathBuf::from("/dev/shm"), std::env::temp_dir());
    // Containers have 64 MiB of it.
    if room(&memory) >= octets || room(&memory) >= room(&disk) {
        return memory;
    }
    println!(
        "/dev/shm has {} free, and {} may be needed: files are in {}, whose speed is measured too\n",
        size(room(&memory)),
        size(octets),
        disk.display()
    );
    disk
}

/// The octets that fit into a folder; none if it is not there.
#[allow(clippy::useless_conversion, reason = "blocks are counted in 32 bits elsewhere")]
fn room(folder: &Path) -> u64 {
    let free = statvfs(folder).map_or(0, |found| u64::from(found.blocks_available()) * found.fragment_size());
    if folder.starts_with("/dev/shm") { free.min(memory()) } else { free }
}

/// The octets of memory that may be taken: tmpfs promises half of what the machine has, whoever uses it.
fn memory() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.map_or(u64::MAX, |kibibytes| kibibytes * 1024)
}

fn size(octets: u64) -> String {
    format!("{} MiB", octets >> 20)
}
