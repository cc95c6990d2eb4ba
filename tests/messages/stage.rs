//! Where command lines are run: a folder with files to read, and both programs on the path.

use std::net::UdpSocket;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use std::{env, fs, process, thread};

use super::records::Answer;
use super::support::run;

/// A command line that takes longer hangs; its status is then 124.
const PATIENCE_SECONDS: &str = "10";
/// Command lines that run at the same time: most of the slow ones only wait.
const WORKERS: usize = 8;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Tcpdump,
    Rtcpdump,
}

/// The folder that is above all the folders of one test.
pub struct Stage {
    root: PathBuf,
    runs: AtomicUsize,
    has_full_disk: bool,
}

impl Stage {
    /// A stage for `rtcpdump`, and for the `tcpdump` of this path.
    pub fn new(tcpdump: Option<&Path>) -> Stage {
        static STAGES: AtomicUsize = AtomicUsize::new(0);
        let number = STAGES.fetch_add(1, Ordering::Relaxed);
        let root = env::temp_dir().join(format!("rtcpdump-messages-{}-{number}", process::id()));
        let programs = root.join("bin");
        fs::create_dir_all(&programs).unwrap();
        // Other users have to get at it.
        fs::copy(env!("CARGO_BIN_EXE_rtcpdump"), programs.join("rtcpdump")).unwrap();
        if let Some(tcpdump) = tcpdump {
            symlink(tcpdump, programs.join("tcpdump")).unwrap();
        }
        Stage { root, runs: AtomicUsize::new(0), has_full_disk: false }
    }

    /// Adds what the private network needs: traffic, an interface that is down, a disk that is full.
    pub fn add_network(&mut self) {
        run("ip", &["link", "add", "down0", "type", "veth", "peer", "name", "down1"]);
        let full = self.root.join("full-disk");
        fs::create_dir(&full).unwrap();
        run("mount", &["-t", "tmpfs", "-o", "size=4k", "tmpfs", full.to_str().unwrap()]);
        fs::write(full.join("filler"), [0; 4096]).unwrap();
        self.has_full_disk = true;
        thread::spawn(|| {
            let _receiver = UdpSocket::bind("127.0.0.1:4002").unwrap();
            let sender = UdpSocket::bind("127.0.0.1:4001").unwrap();
            loop {
                sender.send_to(b"hello", "127.0.0.1:4002").unwrap();
                thread::sleep(Duration::from_millis(20));
            }
        });
    }

    /// Runs a command line in a folder of its own; for `rtcpdump`, with tcpdump's name replaced.
    pub fn answer(&self, program: Program, command: &str) -> Answer {
        let name = self.runs.fetch_add(1, Ordering::Relaxed).to_string();
        let folder = self.root.join(&name);
        set_up(&folder);
        if self.has_full_disk {
            let full = self.root.join("full-disk").join(name);
            fs::create_dir(&full).unwrap();
            symlink(full, folder.join("full")).unwrap();
        }
        let line = match program {
            Program::Tcpdump => command.to_owned(),
            Program::Rtcpdump => command.replace("tcpdump", "rtcpdump"),
        };
        let path = format!("{}:{}:/usr/sbin:/sbin", self.root.join("bin").display(), env::var("PATH").unwrap());
        let output = Command::new("timeout")
            .args([PATIENCE_SECONDS, "sh", "-c", &line])
            .current_dir(&folder)
            .envs([("PATH", path.as_str()), ("TZ", "UTC"), ("LC_ALL", "C")])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        fs::remove_dir_all(folder).unwrap();
        Answer::of(program, &output)
    }

    /// What `work` makes of each command, several at a time, in the commands' order.
    pub fn each<T: Send>(&self, commands: &[String], work: impl Fn(&str) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let worker = || {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(command) = commands.get(index) else { return done };
                done.push((index, work(command)));
            }
        };
        let mut all: Vec<(usize, T)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(worker)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        all.sort_by_key(|(index, _)| *index);
        all.into_iter().map(|(_, result)| result).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.has_full_disk {
            run("umount", &[self.root.join("full-disk").to_str().unwrap()]);
        }
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// The files that command lines name.
fn set_up(folder: &Path) {
    fs::create_dir(folder).unwrap();
    let mode = |name: &str, mode| fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
    let write = |name: &str, octets: &[u8]| fs::write(folder.join(name), octets).unwrap();
    // tcpdump creates its files as another user.
    mode("", 0o777);
    fs::create_dir(folder.join("folder")).unwrap();
    mode("folder", 0o755);
    let good = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/captures/handshake.pcap")).unwrap();
    write("good.pcap", &good);
    write("unreadable", &good);
    mode("unreadable", 0o000);
    // In the middle of the third packet, of the first record's header, of the file's header.
    write("cut.pcap", &good[..good.len() - 5]);
    write("cut-record.pcap", &good[..30]);
    write("cut-header.pcap", &good[..20]);
    write("empty", b"");
    write("garbage", &[b'x'; 300]);
    write("list", b"good.pcap\ngood.pcap\n");
    write("list-missing", b"good.pcap\nmissing\n");
    write("list-cut", b"cut.pcap\ngood.pcap\n");
    write("bad-filter", b"tcp and and\n");
    write("good-filter", b"tcp # all of it\nand port 8888\n");
}
