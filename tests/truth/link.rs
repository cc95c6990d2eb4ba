//! A wire between two devices that does to packets what bad networks do, the same in each run.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// Each packet takes as long.
const DELAY: Duration = Duration::from_millis(2);
/// One that is overtaken takes longer.
const DETOUR: Duration = Duration::from_millis(7);

/// How many of a thousand packets meet with what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    lost: u64,
    overtaken: u64,
    doubled: u64,
}

impl Faults {
    /// No fault, each alone, and all together.
    pub fn all() -> [Faults; 5] {
        let none = Faults::default();
        [
            none,
            Faults { lost: 30, ..none },
            Faults { doubled: 30, ..none },
            Faults { overtaken: 30, lost: 10, ..none },
            Faults { lost: 20, overtaken: 20, doubled: 20 },
        ]
    }

    /// Whether something has to be sent again.
    pub fn loses(&self) -> bool {
        self.lost > 0
    }
}

/// A wire, until it is stopped.
pub struct Link {
    is_stopped: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Link {
    /// Joins two devices.
    pub fn start(ends: [File; 2], faults: Faults) -> Link {
        let is_stopped = Arc::new(AtomicBool::new(false));
        let stop = is_stopped.clone();
        let mut wire = Wire { ends, faults, chance: 0x9e37_79b9_7f4a_7c15, under_way: BinaryHeap::new(), number: 0 };
        let thread = std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                wire.step();
            }
        });
        Link { is_stopped, thread }
    }

    /// Takes the wire away.
    pub fn stop(self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
    }
}

/// When it arrives, its number, the end it arrives at, and the packet.
type UnderWay = Reverse<(Instant, u64, usize, Vec<u8>)>;

struct Wire {
    ends: [File; 2],
    faults: Faults,
    chance: u64,
    under_way: BinaryHeap<UnderWay>,
    number: u64,
}

impl Wire {
    fn step(&mut self) {
        let now = Instant::now();
        while self.under_way.peek().is_some_and(|Reverse((due, ..))| *due <= now) {
            let Reverse((_, _, to, packet)) = self.under_way.pop().unwrap();
            self.ends[to].write_all(&packet).unwrap();
        }
        let next = self.under_way.peek().map_or(DELAY, |Reverse((due, ..))| due.saturating_duration_since(now));
        let timeout = PollTimeout::try_from(next.min(DELAY).as_millis() + 1).unwrap();
        let mut ready = [0, 1].map(|end| PollFd::new(self.ends[end].as_fd(), PollFlags::POLLIN));
        poll(&mut ready, timeout).unwrap();
        let is_ready = ready.map(|end| end.any().unwrap());
        for end in [0, 1] {
            if is_ready[end] {
                let mut packet = vec![0; 2000];
                let length = self.ends[end].read(&mut packet).unwrap();
                packet.truncate(length);
                self.send(1 - end, packet);
            }
        }
    }

    fn send(&mut self, to: usize, packet: Vec<u8>) {
        let now = Instant::now();
        if self.happens(self.faults.lost) {
            return;
        }
        if self.happens(self.faults.doubled) {
            self.arrive(now + DELAY, to, packet.clone());
        }
        let delay = if self.happens(self.faults.overtaken) { DETOUR } else { DELAY };
        self.arrive(now + delay, to, packet);
    }

    fn arrive(&mut self, due: Instant, to: usize, packet: Vec<u8>) {
        self.number += 1;
        self.under_way.push(Reverse((due, self.number, to, packet)));
    }

    /// Throws the dice (xorshift).
    fn happens(&mut self, of_a_thousand: u64) -> bool {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        self.chance % 1000 < of_a_thousand
    }
}
