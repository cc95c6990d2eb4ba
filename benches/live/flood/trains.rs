//! Packets to be sent, joined into trains: segments of one connection, of equal size and in a row, are one message, which
//! the kernel splits again. What goes over the line is what was generated.

use std::ops::Range;

use crate::network::TRAIN_MIN;
use crate::traffic::random::Random;
use crate::traffic::{Generator, Recipe};

/// What the kernel wants to know of a message (`struct virtio_net_hdr`): how it is to be split.
const INSTRUCTION: usize = 10;
const NEEDS_CHECKSUM: u8 = 1;
const SPLIT_TCP_IPV4: u8 = 1;
const SPLIT_TCP_IPV6: u8 = 4;

/// The most octets of a train, below what an IP header can tell.
const OCTETS_MAX: u32 = 60_000;

const ETHERNET: usize = 14;
const IPV4: [u8; 2] = [8, 0];
const IPV6: [u8; 2] = [0x86, 0xdd];
const TCP: u8 = 6;

/// A message.
pub struct Train {
    /// Its instruction and its headers, or all of it if it is one packet.
    start: usize,
    length: u32,
    /// Octets of payload behind that, which are the same for all trains.
    payload: u32,
    /// The packets that it becomes.
    pub packets: u32,
}

/// All messages of a flood.
pub struct Trains {
    octets: Vec<u8>,
    payload: Vec<u8>,
    trains: Vec<Train>,
}

/// A segment of TCP with data.
#[derive(Clone, PartialEq, Eq)]
struct Segment {
    /// Its headers, without what differs between segments of a train.
    headers: Vec<u8>,
    ipv4: bool,
    /// Where TCP's header begins.
    tcp: usize,
    sequence: u32,
    payload: u32,
}

impl Trains {
    /// Generates them.
    pub fn new(recipe: &Recipe) -> Trains {
        let payload = Random::new().octets(4096).repeat(OCTETS_MAX as usize / 4096 + 1);
        let mut trains = Trains { octets: Vec::new(), payload, trains: Vec::new() };
        let mut generator = Generator::new(recipe);
        let (mut frame, mut previous) = (Vec::new(), None::<Segment>);
        for _ in 0..recipe.packets {
            generator.frame(&mut frame);
            let segment = Segment::of(&frame);
            match (&segment, &previous) {
                (Some(segment), Some(previous)) if previous.precedes(segment) && trains.extend(segment) => {}
                _ => trains.add(&frame),
            }
            previous = segment;
        }
        trains
    }

    /// Adds a packet by itself.
    fn add(&mut self, frame: &[u8]) {
        let start = self.octets.len();
        self.octets.extend([0; INSTRUCTION]);
        self.octets.extend(frame);
        self.trains.push(Train { start, length: (INSTRUCTION + frame.len()) as u32, payload: 0, packets: 1 });
    }

    /// Adds a segment to the last train, if there is room.
    fn extend(&mut self, segment: &Segment) -> bool {
        let Some(train) = self.trains.last_mut() else { return false };
        let headers = segment.headers.len();
        let payload = segment.payload * (train.packets + 1);
        if headers + payload as usize <= TRAIN_MIN || headers as u32 + payload > OCTETS_MAX {
            return false;
        }
        // The payload of the first one is not wanted any more.
        train.length = (INSTRUCTION + headers) as u32;
        (train.payload, train.packets) = (payload, train.packets + 1);
        self.octets.truncate(train.start + train.length as usize);
        let (instruction, headers) = self.octets[train.start..].split_at_mut(INSTRUCTION);
        instruction.copy_from_slice(&segment.instruction());
        // The checksums are the kernel's matter: IPv4's is written as it splits, TCP's left to the network card.
        let (at, length) = if segment.ipv4 { (16, segment.tcp - ETHERNET) } else { (18, 0) };
        let length = length + headers.len() - segment.tcp + payload as usize;
        headers[at..at + 2].copy_from_slice(&(length as u16).to_be_bytes());
        true
    }

    /// Messages in order, in groups of at least so many packets.
    pub fn batches(&self, packets: u32) -> impl Iterator<Item = &[Train]> {
        let mut rest = &self.trains[..];
        std::iter::from_fn(move || {
            let mut count = 0;
            let enough = rest.iter().position(|train| {
                count += train.packets;
                count >= packets
            });
            let (batch, others) = rest.split_at(enough.map_or(rest.len(), |last| last + 1));
            rest = others;
            (!batch.is_empty()).then_some(batch)
        })
    }

    /// A message's two parts.
    pub fn parts(&self, train: &Train) -> [&[u8]; 2] {
        let headers: Range<usize> = train.start..train.start + train.length as usize;
        [&self.octets[headers], &self.payload[..train.payload as usize]]
    }
}

impl Segment {
    fn of(frame: &[u8]) -> Option<Segment> {
        let ipv4 = frame[12..ETHERNET] == IPV4;
        let (protocol, tcp) = if ipv4 { (frame[23], 34) } else { (frame[20], 54) };
        if !(ipv4 || frame[12..ETHERNET] == IPV6) || protocol != TCP {
            return None;
        }
        let payload = tcp + usize::from(frame[tcp + 12] >> 4) * 4;
        let mut headers = frame[..payload].to_vec();
        let sequence = tcp + 4..tcp + 8;
        let number = u32::from_be_bytes(frame[sequence.clone()].try_into().unwrap());
        // The sequence number, TCP's checksum, and IPv4's checksum.
        headers[sequence].fill(0);
        headers[tcp + 16..tcp + 18].fill(0);
        headers[tcp - 10..if ipv4 { tcp - 8 } else { tcp - 10 }].fill(0);
        let payload = (frame.len() - payload) as u32;
        (payload > 0).then_some(Segment { headers, ipv4, tcp, sequence: number, payload })
    }

    fn precedes(&self, next: &Segment) -> bool {
        self.sequence.wrapping_add(self.payload) == next.sequence
            && self.payload == next.payload
            && self.headers == next.headers
    }

    fn instruction(&self) -> [u8; INSTRUCTION] {
        let mut instruction = [0; INSTRUCTION];
        instruction[0] = NEEDS_CHECKSUM;
        instruction[1] = if self.ipv4 { SPLIT_TCP_IPV4 } else { SPLIT_TCP_IPV6 };
        // Headers, payload of a segment, where the checksum begins, and how far behind it stands.
        let numbers = [self.headers.len(), self.payload as usize, self.tcp, 16];
        for (place, number) in instruction[2..].chunks_exact_mut(2).zip(numbers) {
            place.copy_from_slice(&(number as u16).to_ne_bytes());
        }
        instruction
    }
}
