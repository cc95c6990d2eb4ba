//! What was measured, and on what.

use std::fs;
use std::process::Command;

use crate::Options;

/// Prints programs, machine and sizes.
pub fn describe(options: &Options) {
    println!("Programs:");
    for program in [env!("CARGO_BIN_EXE_rtcpdump"), &options.tcpdump, &options.tshark] {
        println!("  {}", version(program).unwrap_or_else(|| format!("{program} is not installed: left out")));
    }
    let text = |path| fs::read_to_string(path).unwrap_or_default();
    let processor = text("/proc/cpuinfo");
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = text("/proc/sys/kernel/osrelease");
    println!("Machine: {}, {cores} cores, Linux {}", model.trim_start_matches(['\t', ' ', ':']), kernel.trim());
    println!("Load average at the start: {} (above 0.5, something else ran beside)", load());
    println!(
        "Medians of {} runs each, in turn, with the smallest and the largest; whole processes, output to a file.\n",
        options.runs()
    );
}

/// The load average of the last minute.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

/// Whether a program is there.
pub fn is_installed(program: &str) -> bool {
    version(program).is_some()
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
