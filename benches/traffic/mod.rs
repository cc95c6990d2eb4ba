//! Generated traffic for the benchmarks: the same packets from the same seed on every machine.
//!
//! A [`Recipe`] says how much of which [`Kind`]; [`Generator`] makes one frame after the other, and [`write()`] puts
//! them into a savefile. TCP comes from [`conversation`], everything else from [`others`].

pub mod conversation;
pub mod others;
pub mod random;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

use conversation::Conversation;
use others::Others;
use random::Random;

/// The Ethernet addresses of clients' and servers' side.
pub const STATIONS: [[u8; 6]; 2] = [[2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2]];

/// The longest payload, in octets: an Ethernet frame with time stamps in the TCP header.
const PAYLOAD_MAX: u64 = 1448;

/// What the traffic is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Requests and responses over TCP, QUIC, DNS, NTP, ICMP and ARP, IPv4 and IPv6, with losses.
    Mixed,
    /// Short requests and responses on connections that all stay open.
    Connections,
    /// A few downloads without end.
    Bulk,
    /// Frames of 60 to 90 octets.
    Tiny,
    /// Streams of messages, 320 octets a frame: what one core can send as quickly as possible.
    Live,
}

/// How much of what.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// What it is like.
    pub kind: Kind,
    /// How many packets.
    pub packets: u32,
    /// How many connections there are at a time.
    pub connections: u32,
}

/// How the connections of a kind behave.
pub struct Manners {
    /// The octets of a request.
    pub request: Range<u64>,
    /// The segments of a response.
    pub segments: Range<u64>,
    /// The octets of a full segment, each connection's own.
    pub full: Range<u64>,
    /// The octets of a response's last segment; the others are full.
    pub last: Range<u64>,
    /// After how many segments of a response there is an acknowledgement.
    pub acknowledged: u16,
    /// Of 100 responses, after how many the connection is closed and another one begins.
    pub closing: u64,
    /// Of 1,000 full segments, how many are lost.
    pub lost: u64,
    /// Whether the capture begins when the connections are established.
    pub established: bool,
    /// Of 100 packets, how many belong to the same connection as the packet before: traffic comes in bursts.
    pub burst: u64,
    /// Of 100 packets, how many are not TCP.
    pub others: u64,
}

impl Kind {
    fn manners(self) -> Manners {
        let quiet = Manners {
            request: 10..100,
            segments: 1..2,
            full: PAYLOAD_MAX..PAYLOAD_MAX + 1,
            last: 50..200,
            acknowledged: 2,
            closing: 0,
            lost: 0,
            established: true,
            burst: 0,
            others: 0,
        };
        match self {
            // About 45 in 100 packets are as small as can be and 35 full, as on links to homes and offices.
            Kind::Mixed => Manners {
                request: 80..700,
                segments: 1..24,
                last: 1..PAYLOAD_MAX,
                closing: 25,
                lost: 5,
                established: false,
                burst: 60,
                others: 18,
                ..quiet
            },
            Kind::Connections => quiet,
            Kind::Bulk => {
                Manners { segments: 10_000..20_000, last: 1..PAYLOAD_MAX, established: false, burst: 90, ..quiet }
            }
            Kind::Tiny => Manners { request: 1..12, last: 1..12, others: 30, ..quiet },
            Kind::Live => Manners {
                request: 20..400,
                segments: 24..96,
                full: 80..440,
                acknowledged: 32,
                closing: 10,
                established: false,
                burst: 99,
                others: 2,
                ..quiet
            },
        }
    }
}

/// Makes frames.
pub struct Generator {
    random: Random,
    manners: Manners,
    conversations: Vec<Conversation>,
    latest: usize,
    others: Others,
    clock: u32,
}

impl Generator {
    /// A generator that has made nothing yet.
    pub fn new(recipe: &Recipe) -> Generator {
        let mut random = Random::new();
        let manners = recipe.kind.manners();
        let conversations = (0..recipe.connections.max(1))
            .map(|number| Conversation::new(number, manners.established, &mut random))
            .collect();
        Generator { random, manners, conversations, latest: 0, others: Others::new(recipe.kind), clock: 0 }
    }

    /// Writes the next frame into `out`, in place of what is there.
    pub fn frame(&mut self, out: &mut Vec<u8>) {
        out.clear();
        // A tick of the time stamp option is a millisecond, and packets are 7 µs apart.
        self.clock += 1;
        let milliseconds = (u64::from(self.clock) * 7 / 1000) as u32;
        if self.random.percent(self.manners.others) {
            return self.others.frame(&mut self.random, out);
        }
        if !self.random.percent(self.manners.burst) {
            self.latest = self.random.below(self.conversations.len() as u64) as usize;
        }
        self.conversations[self.latest].segment(&self.manners, milliseconds, &mut self.random, out);
    }
}

/// Puts a recipe's packets into a savefile; tells how many octets the frames have.
pub fn write(recipe: &Recipe, path: &Path) -> io::Result<u64> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    for word in [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1] {
        file.write_all(&u32::to_le_bytes(word))?;
    }
    let mut generator = Generator::new(recipe);
    let (mut frame, mut octets) = (Vec::new(), 0);
    for number in 0..u64::from(recipe.packets) {
        generator.frame(&mut frame);
        let microseconds = number * 7;
        let length = frame.len() as u32;
        octets += u64::from(length);
        let seconds = 1_700_000_000 + (microseconds / 1_000_000) as u32;
        for word in [seconds, (microseconds % 1_000_000) as u32, length, length] {
            file.write_all(&word.to_le_bytes())?;
        }
        file.write_all(&frame)?;
    }
    file.flush()?;
    Ok(octets)
}
