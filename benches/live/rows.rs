//! What is measured: each mode at each rate with each ring, the programs in turn.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::capture::Capture;
use crate::common::cleanup::fail;
use crate::common::folder::Folder;
use crate::common::machine;
use crate::common::series::{Series, grouped};
use crate::cores::{Cores, pin};
use crate::flood::Flood;
use crate::network::{ENDS, Network};
use crate::options::{Mode, Options};
use crate::table::{self, Run};

/// Octets of output for a packet, at most: text with its analysis, or 320 octets and what a savefile adds.
const OUTPUT: u64 = 400;

/// How long nothing is sent.
const QUIET: Duration = Duration::from_secs(5);

/// What measures.
struct Bench<'a> {
    options: &'a Options,
    network: &'a Network,
    cores: Cores,
    folder: Folder,
    /// The programs to compare: names and paths, the one under test last.
    programs: Vec<(&'static str, &'a str)>,
}

/// Prints all.
pub fn measure(options: &Options, network: &Network) {
    let ours = env!("CARGO_BIN_EXE_rtcpdump");
    machine::describe(&[ours, &options.tcpdump]);
    let mut programs = vec![("rtcpdump", ours)];
    if machine::is_installed(&options.tcpdump) {
        programs.insert(0, ("tcpdump", &options.tcpdump));
    }
    let folder = Folder::new("live", options.folder.as_deref(), u64::from(options.packets()) * OUTPUT);
    let bench = Bench { options, network, cores: Cores::choose(), folder, programs };
    println!("The flood has core {}, the programs have {:?}.", bench.cores.flood, bench.cores.program);
    println!(
        "{} packets over a pair of veth, medians of {} runs each, in turn.\n",
        grouped(options.packets().into()),
        options.runs()
    );
    bench.floods();
    if options.modes().contains(&Mode::Idle) {
        bench.idle();
    }
    println!("\nLoad average at the end: {}", machine::load());
}

impl Bench<'_> {
    fn floods(&self) {
        let modes = self.options.modes().iter().filter(|mode| **mode != Mode::Idle);
        for (index, mode) in modes.enumerate() {
            if index == 0 {
                table::head();
            }
            for rate in self.options.rates() {
                for buffer in self.options.buffers() {
                    self.row(*mode, *rate, buffer);
                }
            }
        }
    }

    /// The programs in turn, then a line for each.
    fn row(&self, mode: Mode, rate: u32, buffer: Option<u32>) {
        let programs = self.able(mode);
        let mut runs: Vec<Vec<Run>> = programs.iter().map(|_| Vec::new()).collect();
        for _ in 0..self.options.runs() {
            for (runs, (_, program)) in runs.iter_mut().zip(programs) {
                runs.push(self.run(program, mode, rate, buffer));
            }
        }
        let speed = if rate == 0 { "as fast as can be".to_owned() } else { format!("{}/s", grouped(rate.into())) };
        let what = format!("`{}`, {speed}", arguments(mode));
        for (runs, (name, _)) in runs.iter().zip(programs) {
            table::line(&what, &ring(buffer), name, runs);
        }
    }

    /// The programs that have the options of a mode.
    fn able(&self, mode: Mode) -> &[(&str, &str)] {
        let first = if mode == Mode::Analyze { self.programs.len() - 1 } else { 0 };
        &self.programs[first..]
    }

    fn run(&self, program: &str, mode: Mode, rate: u32, buffer: Option<u32>) -> Run {
        let flood = Flood::prepare(self.options, self.network, &self.cores, rate);
        // Ubuntu lets tcpdump write to names that end so.
        let output = self.folder.file("out.pcap");
        let capture = self.start(program, mode, buffer, &output);
        let before = self.network.arrived();
        let sent = flood.run();
        capture.settle();
        let arrived = self.network.arrived() - before;
        let outcome = capture.finish();
        let _ = std::fs::remove_file(output);
        Run { sent, arrived, outcome }
    }

    fn start(&self, program: &str, mode: Mode, buffer: Option<u32>, output: &Path) -> Capture {
        let mut command: Command = self.network.receiver(program);
        command.args(["-i", ENDS[1], "-Z", "root"]).args(arguments(mode).split(' '));
        if mode == Mode::W {
            command.arg(output).stdout(Stdio::null());
        } else {
            let file = File::create(output).unwrap_or_else(|error| fail(format_args!("{}: {error}", output.display())));
            command.stdout(file);
        }
        let options = [("-B", buffer), ("-s", self.options.snaplen)];
        for (option, value) in options.iter().filter_map(|(option, value)| Some((option, (*value)?))) {
            command.args([option, value.to_string().as_str()]);
        }
        let all: Vec<usize> = self.cores.program.iter().copied().chain([self.cores.flood]).collect();
        pin(&self.cores.program);
        let capture = Capture::start(command);
        pin(&all);
        capture
    }

    /// The processor time of waiting.
    fn idle(&self) {
        println!("\n| what | ring | program | ms of CPU (least–most) |\n| --- | --- | --- | ---: |");
        let output = self.folder.file("out.pcap");
        for buffer in self.options.buffers() {
            for (name, program) in &self.programs {
                let times = (0..self.options.runs()).map(|_| {
                    let capture = self.start(program, Mode::Idle, buffer, &output);
                    capture.settle();
                    let before = capture.time();
                    sleep(QUIET);
                    let time = capture.time() - before;
                    capture.finish();
                    time.as_secs_f64()
                });
                let what = format!("`{}`, {} quiet seconds", arguments(Mode::Idle), QUIET.as_secs());
                println!("| {what} | {} | {name} | {} |", ring(buffer), Series::new(times).text(1e3, 2));
            }
        }
    }
}

fn arguments(mode: Mode) -> &'static str {
    match mode {
        Mode::Nn | Mode::Idle => "-nn",
        Mode::W => "-w",
        Mode::Analyze => "-nn --analyze",
    }
}

fn ring(buffer: Option<u32>) -> String {
    buffer.map_or_else(|| "own".to_owned(), |kibibytes| format!("{} KiB", grouped(kibibytes.into())))
}
