//! The process that floods.
//!
//! A packet that is sent by itself costs the kernel 1.4 µs on the sender's core: the call, its memory, and a soft
//! interrupt that brings it in at the other end. Larger batches, shorter frames and `PACKET_QDISC_BYPASS` change nothing
//! of that, and `PACKET_TX_RING` takes 1.6 µs. So what belongs together goes out together: segments of equal size in a
//! row are given to the kernel in one piece ([`trains`]), which splits it and brings the segments in at half the cost.

mod socket;
mod trains;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use crate::common::cleanup::{self, Undo, fail};
use crate::cores::{Cores, pin};
use crate::network::{ENDS, Network};
use crate::options::Options;
use crate::traffic::{Kind, Recipe};
use socket::Socket;
use trains::Trains;

/// Packets that go out between two looks at the clock, at least.
const BATCH: u32 = 64;
/// A delay of more than this is not made up for: the flood would be more than it should be.
const DELAY_MAX: Duration = Duration::from_millis(10);

/// What was sent.
pub struct Sent {
    pub packets: u64,
    pub seconds: f64,
}

/// A flood that waits for its start.
pub struct Flood {
    child: Child,
    undo: Undo,
    start: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Flood {
    /// Starts the process and waits until it has its packets.
    pub fn prepare(options: &Options, network: &Network, cores: &Cores, rate: u32) -> Flood {
        let program = std::env::current_exe().unwrap();
        let mut command = network.sender(&program.to_string_lossy());
        command.args(["--bench", "--flood", ENDS[0], "--packets", &options.packets().to_string()]);
        command.args(["--connections", &options.connections.to_string(), "--rate", &rate.to_string()]);
        command.args(["--core", &cores.flood.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let (mut child, undo) = cleanup::spawn(&mut command);
        let (start, said) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut flood = Flood { child, undo, start, said };
        flood.line();
        flood
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        match self.said.read_line(&mut line) {
            Ok(1..) => line,
            _ => fail("the flood has failed"),
        }
    }

    /// Floods, to the end.
    pub fn run(mut self) -> Sent {
        let _ = self.start.write_all(b"\n");
        let line = self.line();
        let _ = self.child.wait();
        self.undo.settle();
        let (packets, nanoseconds) = line.trim().split_once(' ').unwrap();
        Sent { packets: packets.parse().unwrap(), seconds: nanoseconds.parse::<f64>().unwrap() / 1e9 }
    }
}

/// The process itself: makes the packets, says so, waits for a line, floods, and tells what was sent.
pub fn run(interface: &str, options: &Options) {
    pin(&[options.core]);
    let recipe = Recipe { kind: Kind::Live, packets: options.packets(), connections: options.connections };
    let trains = Trains::new(&recipe);
    let socket = Socket::open(interface).unwrap_or_else(|error| fail(format_args!("{interface}: {error}")));
    println!("ready");
    // At the end of input, whoever started this is gone.
    if io::stdin().read(&mut [0]).is_ok_and(|count| count == 0) {
        return;
    }
    let sent = send(&trains, &socket, options.rates()[0]);
    println!("{} {}", sent.packets, (sent.seconds * 1e9) as u64);
}

fn send(trains: &Trains, socket: &Socket, rate: u32) -> Sent {
    let start = Instant::now();
    let (mut packets, mut due) = (0u64, start);
    for batch in trains.batches(BATCH) {
        socket.send(trains, batch).unwrap_or_else(|error| fail(format_args!("sending: {error}")));
        let count: u32 = batch.iter().map(|train| train.packets).sum();
        packets += u64::from(count);
        if rate > 0 {
            due += Duration::from_secs(1) * count / rate;
            due = due.max(Instant::now() - DELAY_MAX);
            while Instant::now() < due {
                std::hint::spin_loop();
            }
        }
    }
    Sent { packets, seconds: start.elapsed().as_secs_f64() }
}
