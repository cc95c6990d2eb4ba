//! What the live tests share: a network of their own, and the program at work in it.

use std::io::{BufRead, BufReader, Read};
use std::net::UdpSocket;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Set inside the private network namespace.
const INSIDE: &str = "RTCPDUMP_TEST_INSIDE";
/// Set where a test that cannot run has to fail: in continuous integration.
const REQUIRED: &str = "RTCPDUMP_TEST_REQUIRE_LIVE";

/// How long anything may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs `test`, whose name is `name`, in network and mount namespaces of its own, with loopback up.
///
/// The test program starts itself again under unshare(1), which needs no root where the kernel lets
/// users have namespaces. Where it does not, the test says that it is skipped.
pub fn in_private_network(name: &str, test: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        run("ip", &["link", "set", "lo", "up"]);
        return test();
    }
    // Root keeps being root; others become root of a user namespace.
    let how = if is_root() { "-nm" } else { "-rnm" };
    let works = Command::new("unshare").args([how, "true"]).stderr(Stdio::null()).status();
    if !works.is_ok_and(|status| status.success()) {
        return skip(&format!("{name} needs `unshare {how}`, which does not work here"));
    }
    let program = std::env::current_exe().unwrap();
    let again =
        Command::new("unshare").arg(how).arg(program).args(["--exact", name, "--nocapture"]).env(INSIDE, "1").output();
    let output = again.unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Says that a test is not run, or fails where it has to run.
fn skip(reason: &str) {
    assert!(std::env::var_os(REQUIRED).is_none(), "{reason}");
    eprintln!("SKIPPED: {reason}");
}

fn is_root() -> bool {
    run("id", &["-u"]).trim() == "0"
        && std::fs::read_to_string("/proc/self/uid_map").is_ok_and(|map| map.contains("4294967295"))
}

/// Whether a command is there; where it is required, it has to be.
pub fn has_command(name: &str) -> bool {
    let folders = std::env::var("PATH").unwrap_or_default();
    let found = folders.split(':').chain(["/usr/sbin", "/sbin"]).any(|folder| Path::new(folder).join(name).exists());
    if !found {
        skip(&format!("{name} is not installed"));
    }
    found
}

/// The real tcpdump, which keeps its privileges. It wants to set its groups, which only real root may.
pub fn tcpdump() -> Option<Command> {
    if !has_command("tcpdump") {
        return None;
    }
    if !is_root() {
        skip("comparing with tcpdump needs root");
        return None;
    }
    let mut command = Command::new("tcpdump");
    command.args(["-Z", "root"]).env("TZ", "UTC");
    Some(command)
}

/// Runs a command that has to succeed, and returns what it prints.
pub fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).env("TZ", "UTC").output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Two interfaces of a private network that are connected with each other: what is sent on the one with 1
/// behind its name comes in on the one with 0.
pub struct Pair {
    name: String,
    network: u8,
}

impl Pair {
    /// Makes the interfaces `name0` and `name1`, which has the address 10.`network`.0.1.
    pub fn new(name: &str, network: u8) -> Pair {
        let [near, far] = ["1", "0"].map(|end| format!("{name}{end}"));
        run("ip", &["link", "add", &far, "type", "veth", "peer", "name", &near]);
        run("ip", &["addr", "add", &format!("10.{network}.0.1/24"), "dev", &near]);
        for end in [&far, &near] {
            // Without an address of its own making, it sends nothing by itself.
            run("ip", &["link", "set", end, "addrgenmode", "none"]);
            run("ip", &["link", "set", end, "up"]);
        }
        let link = run("ip", &["-o", "link", "show", &far]);
        let station = link.split("link/ether ").nth(1).unwrap().split(' ').next().unwrap();
        let host = format!("10.{network}.0.2");
        run("ip", &["neigh", "add", &host, "lladdr", station, "dev", &near]);
        Pair { name: name.to_owned(), network }
    }

    /// A socket that sends through the pair.
    pub fn sender(&self) -> UdpSocket {
        UdpSocket::bind((format!("10.{}.0.1", self.network), 0)).unwrap()
    }

    /// A host behind the pair, and a port of it.
    pub fn far_host(&self) -> (String, u16) {
        (format!("10.{}.0.2", self.network), 7777)
    }

    /// Sends a datagram, once an interface that was down is ready again.
    pub fn send_until_up(&self) {
        let start = Instant::now();
        while run("ip", &["-o", "link", "show", &format!("{}1", self.name)]).contains("NO-CARRIER") {
            assert!(start.elapsed() < PATIENCE);
            std::thread::sleep(Duration::from_millis(10));
        }
        self.sender().send_to(b"up", self.far_host()).unwrap();
    }
}

/// The program under test.
pub fn rtcpdump() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rtcpdump"));
    command.env("TZ", "UTC");
    command
}

/// A capture in progress.
pub struct Capture {
    child: Child,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

impl Capture {
    /// Starts the program and waits until it listens.
    pub fn start(arguments: &[&str]) -> Capture {
        let mut command = rtcpdump();
        command.args(arguments);
        Capture::start_command(command)
    }

    /// The same for another program that says `listening on`.
    pub fn start_command(command: Command) -> Capture {
        Capture::start_until(command, "listening on")
    }

    /// Starts a program and waits until it says `sign`.
    pub fn start_until(mut command: Command, sign: &str) -> Capture {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = line_channel(child.stdout.take().unwrap());
        let errors = line_channel(child.stderr.take().unwrap());
        let capture = Capture { child, lines, errors };
        capture.wait_for_error(sign);
        capture
    }

    /// The next line on standard output.
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("no line on standard output")
    }

    /// Waits for a line on standard error that contains `text`.
    pub fn wait_for_error(&self, text: &str) -> String {
        self.errors_until(text).pop().unwrap()
    }

    /// The lines on standard error up to the one that contains `text`.
    pub fn errors_until(&self, text: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        while !lines.last().is_some_and(|line| line.contains(text)) {
            let line = self.errors.recv_timeout(PATIENCE);
            lines.push(line.unwrap_or_else(|_| panic!("no {text:?} on standard error: {lines:?}")));
        }
        lines
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().try_into().unwrap()), signal).unwrap();
    }

    /// Waits for the end: status, the rest of standard output and of standard error.
    pub fn finish(mut self) -> (ExitStatus, Vec<String>, Vec<String>) {
        let status = wait(&mut self.child);
        (status, self.lines.iter().collect(), self.errors.iter().collect())
    }

    /// The counts that standard error ends with.
    pub fn counts(errors: &[String]) -> Vec<&str> {
        let start = errors.iter().position(|line| line.ends_with(" captured"));
        errors[start.expect("no counts")..].iter().map(String::as_str).collect()
    }

    /// Ctrl-C, and then the end.
    pub fn interrupt(self) -> (ExitStatus, Vec<String>, Vec<String>) {
        self.signal(Signal::SIGINT);
        self.finish()
    }
}

/// Waits for a child that has to end by itself.
pub fn wait(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("still running after {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn line_channel(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines() {
            let Ok(line) = line else { return };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}
