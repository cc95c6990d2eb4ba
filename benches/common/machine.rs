//! On what something was measured.

use std::fs;
use std::process::Command;

/// Prints the programs with their versions, and the machine.
pub fn describe(programs: &[&str]) {
    println!("Programs:");
    for program in programs {
        println!("  {}", version(program).unwrap_or_else(|| format!("{program} is not installed: left out")));
    }
    let processor = text("/proc/cpuinfo");
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = text("/proc/sys/kernel/osrelease");
    let system = if kernel.is_empty() { std::env::consts::OS.to_owned() } else { format!("Linux {}", kernel.trim()) };
    println!("Machine: {}, {cores} cores, {system}", model.trim_start_matches(['\t', ' ', ':']));
    println!("Load average at the start: {} (more than 0.5 means that something else ran beside)", load());
}

/// The load average of the last minute.
pub fn load() -> String {
    text("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned()
}

/// Whether a program is there.
pub fn is_installed(program: &str) -> bool {
    version(program).is_some()
}

fn text(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// What a program says of its version and of libpcap's.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let wanted = |line: &&str| ["rtcpdump", "tcpdump", "TShark", "libpcap"].iter().any(|name| line.starts_with(name));
    let lines: Vec<&str> = text.lines().filter(wanted).take(2).collect();
    Some(lines.join(", "))
}
