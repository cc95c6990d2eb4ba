//! Generated frames in one piece of memory, as a reader has them.

use std::sync::Arc;

use rtcpdump::source::interface::Interface;
use rtcpdump::source::{Frame, LinkType, Timestamp};

use crate::traffic::{Generator, Kind, Recipe};

/// Frames that are gone over again and again: more than branch predictors learn by heart.
pub const FRAMES: u32 = 20_000;

/// The frames.
pub struct Frames {
    octets: Vec<u8>,
    ends: Vec<usize>,
    interface: Arc<Interface>,
}

impl Frames {
    pub fn new(kind: Kind, connections: u32) -> Frames {
        let mut generator = Generator::new(&Recipe { kind, packets: FRAMES, connections });
        let (mut octets, mut ends, mut frame) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..FRAMES {
            generator.frame(&mut frame);
            octets.extend(&frame);
            ends.push(octets.len());
        }
        let interface = Arc::new(Interface::unknown(LinkType::ETHERNET, 262_144, false));
        Frames { octets, ends, interface }
    }

    /// Does something with each of them and its number, from 1.
    pub fn each(&self, mut work: impl FnMut(&Frame, u64)) {
        let mut start = 0;
        for (number, &end) in (1u64..).zip(&self.ends) {
            let bytes = &self.octets[start..end];
            start = end;
            let timestamp = Timestamp { seconds: 1_700_000_000, nanos: (number * 7000 % 1_000_000_000) as i64 };
            let wire_length = bytes.len() as u32;
            let link_type = LinkType::ETHERNET;
            work(&Frame { timestamp, bytes, wire_length, link_type, interface: &self.interface }, number);
        }
    }
}
