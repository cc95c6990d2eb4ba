//! What one TCP segment says (RFC 9293 section 3.1), and its options that the analysis looks at.

use super::sequence::Sequence;
use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::cursor::Cursor;
use crate::layers::usual::Usual;
use crate::layers::{Layer, Layers, Protocol};
use crate::source::Timestamp;

/// Octets of the header without options.
const HEADER_LENGTH_MIN: u32 = 20;
/// Octets of an IPv4 header without options.
const IPV4_HEADER_LENGTH_MIN: usize = 20;
/// SACK ranges that an option has room for.
const RANGES_MAX: usize = 4;
/// SACK ranges that count for octets in flight.
const RANGES_COUNTED: usize = 3;

const END_OF_OPTIONS: u8 = 0;
const NO_OPERATION: u8 = 1;
const MAXIMUM_SEGMENT_SIZE: u8 = 2;
const WINDOW_SCALE: u8 = 3;
const SACK_PERMITTED: u8 = 4;
const SACK: u8 = 5;
const TIMESTAMPS: u8 = 8;

/// What most segments have instead of a search: two no-operations, then time stamps.
const USUAL_OPTIONS: u32 = u32::from_be_bytes([NO_OPERATION, NO_OPERATION, TIMESTAMPS, 10]);
/// Octets of a header with these.
const USUAL_HEADER_LENGTH: u32 = 32;

/// An address and a port.
pub type Endpoint = (IpAddress, u16);

/// The header's flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u16);

impl Flags {
    /// No more data from the sender.
    pub const FIN: Flags = Flags(0x001);
    /// Synchronise sequence numbers.
    pub const SYN: Flags = Flags(0x002);
    /// Reset the connection.
    pub const RST: Flags = Flags(0x004);
    /// Hand the data to the application.
    pub const PSH: Flags = Flags(0x008);
    /// The acknowledgement number counts.
    pub const ACK: Flags = Flags(0x010);

    /// Whether any of these is set.
    #[inline]
    pub fn any(self, flags: Flags) -> bool {
        self.0 & flags.0 != 0
    }

    /// SYN, FIN or RST: the segment is more than data and acknowledgement.
    #[inline]
    pub fn is_control(self) -> bool {
        self.0 & (Flags::SYN.0 | Flags::FIN.0 | Flags::RST.0) != 0
    }

    /// SYN or FIN: each takes a sequence number.
    #[inline]
    pub fn takes_number(self) -> bool {
        self.0 & (Flags::SYN.0 | Flags::FIN.0) != 0
    }

    /// SYN without ACK: the beginning of a connection.
    #[inline]
    pub fn opens(self) -> bool {
        self.0 & (Flags::SYN.0 | Flags::ACK.0) == Flags::SYN.0
    }

    /// SYN and ACK.
    #[inline]
    pub fn accepts(self) -> bool {
        self.0 & (Flags::SYN.0 | Flags::ACK.0) == Flags::SYN.0 | Flags::ACK.0
    }
}

/// The ranges of a SACK option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    ranges: [(Sequence, Sequence); RANGES_MAX],
    count: u8,
}

impl Ranges {
    /// Beginnings and ends, in the option's order.
    #[inline]
    pub fn as_slice(&self) -> &[(Sequence, Sequence)] {
        self.ranges.get(..usize::from(self.count)).unwrap_or_default()
    }

    fn push(&mut self, range: (Sequence, Sequence)) {
        if let Some(slot) = self.ranges.get_mut(usize::from(self.count)) {
            *slot = range;
            self.count += 1;
        }
    }
}

/// Options of RFC 9293, RFC 2018 and RFC 7323.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Maximum segment size, in octets.
    pub mss: Option<u16>,
    /// Shift of the window, as it was sent.
    pub window_scale: Option<u8>,
    /// Selective acknowledgements may be sent.
    pub sack_permitted: bool,
    /// Selective acknowledgements.
    pub sack: Ranges,
    /// Time stamps: the sender's, and the other end's that it echoes.
    pub timestamps: Option<(u32, u32)>,
}

/// What a header is worth, by the length that it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// It is there.
    #[default]
    Whole,
    /// Options were not captured in full.
    Cut,
    /// It is said to be shorter than any header is.
    TooShort,
    /// It is said to be longer than the segment.
    TooLong,
}

impl Header {
    fn of_length(length: u32, data: &Cursor) -> Header {
        if length < HEADER_LENGTH_MIN {
            Header::TooShort
        } else if length > data.length() {
            Header::TooLong
        } else if !data.has(length as usize) {
            Header::Cut
        } else {
            Header::Whole
        }
    }

    /// Whether its length contradicts what it is in.
    pub fn is_wrong(self) -> bool {
        matches!(self, Header::TooShort | Header::TooLong)
    }
}

/// Where a segment was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The number of its frame, from 1.
    pub frame: u64,
    /// Octets of its frame on the wire.
    pub frame_length: u32,
    /// When it was captured, in nanoseconds since the epoch.
    pub time: i64,
}

/// One TCP segment. What is behind the header is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The number of its frame, from 1.
    pub frame: u64,
    /// Octets of its frame on the wire.
    pub frame_length: u32,
    /// When it was captured, in nanoseconds since the epoch.
    pub time: i64,
    /// Who sent it.
    pub source: Endpoint,
    /// Whom it is for.
    pub destination: Endpoint,
    /// Number of the first octet.
    pub sequence: Sequence,
    /// The next number that the sender expects, with ACK.
    pub acknowledgement: Sequence,
    /// Flags.
    pub flags: Flags,
    /// The window, not scaled.
    pub window: u16,
    /// Octets of data, by the IP header.
    pub length: u32,
    /// Options, as far as they could be read.
    pub options: Options,
    /// Whether the header can be believed.
    pub header: Header,
    /// The identification of its IPv4 header.
    pub ip_identification: Option<u16>,
    /// The time to live or hop limit of its IP header.
    pub ttl: u8,
}

impl Default for Segment {
    fn default() -> Self {
        let nobody = (IpAddress::V4(Ipv4([0; 4])), 0);
        Segment {
            frame: 0,
            frame_length: 0,
            time: 0,
            source: nobody,
            destination: nobody,
            sequence: Sequence(0),
            acknowledgement: Sequence(0),
            flags: Flags(0),
            window: 0,
            length: 0,
            options: Options::default(),
            header: Header::Whole,
            ip_identification: None,
            ttl: 0,
        }
    }
}

impl Segment {
    /// The number behind its last octet of data.
    #[inline]
    pub fn end(&self) -> Sequence {
        self.sequence.plus(self.length)
    }

    /// The number that the next segment has: SYN and FIN take one.
    #[inline]
    pub fn next(&self) -> Sequence {
        self.end().plus(self.flags.takes_number().into())
    }

    /// Whether it takes sequence numbers: it has data, SYN or FIN.
    #[inline]
    pub fn takes_numbers(&self) -> bool {
        self.length > 0 || self.flags.takes_number()
    }

    /// Becomes the frame's segment, in the innermost TCP header. Whether there is one: it is large, and is not moved.
    #[inline]
    pub fn read(&mut self, layers: &Layers, place: Place) -> bool {
        layers.has(Protocol::Tcp) && self.read_in(layers.own(), place).is_some()
    }

    /// The frame's segment.
    #[cfg(test)]
    pub fn of(layers: &Layers, place: Place) -> Option<Segment> {
        let mut segment = Segment::default();
        segment.read(layers, place).then_some(segment)
    }

    /// The segment that an ICMP error quotes.
    pub fn quoted(layers: &Layers, place: Place) -> Option<Segment> {
        let mut segment = Segment::default();
        segment.read_in(layers.quoted(), place)?;
        Some(segment)
    }

    #[inline]
    fn read_in(&mut self, stack: &[Layer], place: Place) -> Option<()> {
        let at = stack.iter().rposition(|layer| layer.protocol == Protocol::Tcp)?;
        let (below, tcp) = (stack.get(..at)?, stack.get(at)?);
        let ip = below.iter().rev().find(|layer| matches!(layer.protocol, Protocol::Ipv4 | Protocol::Ipv6))?;
        self.read_headers(ip, &tcp.data, place)
    }

    /// Becomes what the headers say; `None` where too little of them was captured.
    fn read_headers(&mut self, ip: &Layer, data: &Cursor, place: Place) -> Option<()> {
        // With fewer octets, up to the window, it says too little.
        let start = quarters(data.array_at(0).ok()?);
        self.read_ip(ip)?;
        (self.source.1, self.destination.1) = ((start.0 >> 16) as u16, start.0 as u16);
        self.read_tcp(start, data, place);
        Some(())
    }

    /// Becomes what the headers of a usual frame say.
    #[inline]
    pub fn read_usual(&mut self, usual: &Usual, place: Place) {
        (self.source, self.destination) = ((usual.ip.source, usual.ports.0), (usual.ip.destination, usual.ports.1));
        (self.ip_identification, self.ttl) = (usual.identification, usual.ip.hop_limit);
        let [start @ .., _, _, _, _] = *usual.header;
        self.read_tcp(quarters(start), &usual.segment, place);
    }

    /// What the TCP header says, which starts with these words.
    #[inline(always)]
    fn read_tcp(&mut self, (_, sequence, acknowledgement, rest): (u32, u32, u32, u32), data: &Cursor, place: Place) {
        (self.frame, self.frame_length, self.time) = (place.frame, place.frame_length, place.time);
        (self.sequence, self.acknowledgement) = (Sequence(sequence), Sequence(acknowledgement));
        (self.flags, self.window) = (Flags((rest >> 16) as u16 & 0xfff), rest as u16);
        let header_length = (rest >> 28) * 4;
        self.length = data.length().saturating_sub(header_length);
        self.header = Header::of_length(header_length, data);
        self.options = Options::default();
        if header_length == USUAL_HEADER_LENGTH
            && self.header == Header::Whole
            && let Some(timestamps) = usual_timestamps(data)
        {
            self.options.timestamps = Some(timestamps);
        } else if header_length > HEADER_LENGTH_MIN {
            let octets = data.limit(header_length).skip(HEADER_LENGTH_MIN as usize);
            // Options that contradict themselves end the list, no more.
            self.options.search(octets);
        }
    }

    /// What the IP header says.
    #[inline]
    fn read_ip(&mut self, ip: &Layer) -> Option<()> {
        let data = &ip.data;
        if ip.protocol == Protocol::Ipv4 {
            let octets: [u8; IPV4_HEADER_LENGTH_MIN] = data.array_at(0).ok()?;
            let [_, _, _, _, i, j, _, _, ttl, _, _, _, a, b, c, d, e, f, g, h] = octets;
            self.source.0 = IpAddress::V4(Ipv4([a, b, c, d]));
            self.destination.0 = IpAddress::V4(Ipv4([e, f, g, h]));
            (self.ip_identification, self.ttl) = (Some(u16::from_be_bytes([i, j])), ttl);
        } else {
            self.source.0 = IpAddress::v6_at(data, 8).ok()?;
            self.destination.0 = IpAddress::v6_at(data, 24).ok()?;
            (self.ip_identification, self.ttl) = (None, data.u8_at(7).ok()?);
        }
        Some(())
    }
}

/// Four words of the header.
#[inline]
fn quarters(octets: [u8; 16]) -> (u32, u32, u32, u32) {
    let all = u128::from_be_bytes(octets);
    ((all >> 96) as u32, (all >> 64) as u32, (all >> 32) as u32, all as u32)
}

/// The time stamps of a header that has no other options.
#[inline]
fn usual_timestamps(data: &Cursor) -> Option<(u32, u32)> {
    let (_, kinds, sender, echoed) = quarters(data.array_at(USUAL_HEADER_LENGTH as usize - 16).ok()?);
    (kinds == USUAL_OPTIONS).then_some((sender, echoed))
}

/// A time stamp as one number. It wraps outside of three centuries around the epoch, where damaged ones lie:
/// differences hold also there.
pub fn nanoseconds(time: Timestamp) -> i64 {
    time.seconds.wrapping_mul(1_000_000_000).wrapping_add(time.nanos)
}

impl Options {
    /// Octets in the first SACK ranges.
    pub fn octets_sacked(&self) -> u32 {
        let ranges = self.sack.as_slice().iter().take(RANGES_COUNTED);
        ranges.fold(0, |octets, (start, end)| octets.wrapping_add(end.since(*start)))
    }

    /// Reads what was captured; `None` where an option contradicts itself or is cut.
    fn search(&mut self, mut rest: Cursor) -> Option<()> {
        while rest.length() > 0 {
            match rest.u8_at(0).ok()? {
                END_OF_OPTIONS => break,
                NO_OPERATION => rest = rest.skip(1),
                kind => {
                    let length = u32::from(rest.u8_at(1).ok()?);
                    if length < 2 || length > rest.length() {
                        return None;
                    }
                    self.option(kind, rest.limit(length).skip(2))?;
                    rest = rest.skip(length as usize);
                }
            }
        }
        Some(())
    }

    /// Takes one option in; one that is not known is passed over.
    fn option(&mut self, kind: u8, value: Cursor) -> Option<()> {
        match (kind, value.length()) {
            (MAXIMUM_SEGMENT_SIZE, 2) => self.mss = Some(value.be16_at(0).ok()?),
            (WINDOW_SCALE, 1) => self.window_scale = Some(value.u8_at(0).ok()?),
            (SACK_PERMITTED, 0) => self.sack_permitted = true,
            (TIMESTAMPS, 8) => self.timestamps = Some((value.be32_at(0).ok()?, value.be32_at(4).ok()?)),
            (SACK, length) if length % 8 == 0 => {
                for range in 0..length as usize / 8 {
                    let (start, end) = (value.be32_at(range * 8).ok()?, value.be32_at(range * 8 + 4).ok()?);
                    self.sack.push((Sequence(start), Sequence(end)));
                }
            }
            // What an option that is not known means cannot be wrong; a known one has one length.
            (MAXIMUM_SEGMENT_SIZE | WINDOW_SCALE | SACK_PERMITTED | TIMESTAMPS | SACK, _) => return None,
            (_, length) => value.need(length as usize).ok()?,
        }
        Some(())
    }
}

#[cfg(test)]
pub mod testing {
    //! Segments for tests of what comes after them.

    use super::*;
    use crate::dissect::address::Ipv4;

    impl Segment {
        /// Captured so many microseconds after the epoch.
        pub fn at(mut self, microseconds: i64) -> Segment {
            self.time = microseconds * 1000;
            self
        }

        /// From the other end.
        pub fn back(mut self) -> Segment {
            std::mem::swap(&mut self.source, &mut self.destination);
            self
        }

        /// With a time stamp of its sender.
        pub fn clock(mut self, clock: u32) -> Segment {
            self.options.timestamps = Some((clock, 0));
            self
        }

        /// With an IP identification.
        pub fn identified(mut self, identification: u16) -> Segment {
            self.ip_identification = Some(identification);
            self
        }

        /// With a window.
        pub fn window(mut self, window: u16) -> Segment {
            self.window = window;
            self
        }

        /// With a SACK range more.
        pub fn sack(mut self, start: u32, end: u32) -> Segment {
            self.options.sack.push((Sequence(start), Sequence(end)));
            self
        }
    }

    /// A segment with flags such as `SA`, from 10.0.0.1 port 1000 to 10.0.0.2 port 80.
    pub fn segment(flags: &str, sequence: u32, acknowledgement: u32, length: u32) -> Segment {
        let bit = |letter| match letter {
            'F' => Flags::FIN.0,
            'S' => Flags::SYN.0,
            'R' => Flags::RST.0,
            'P' => Flags::PSH.0,
            _ => Flags::ACK.0,
        };
        let address = |last| IpAddress::V4(Ipv4([10, 0, 0, last]));
        Segment {
            frame: 1,
            frame_length: 54 + length,
            time: 0,
            source: (address(1), 1000),
            destination: (address(2), 80),
            sequence: Sequence(sequence),
            acknowledgement: Sequence(acknowledgement),
            flags: Flags(flags.chars().map(bit).sum()),
            window: 65535,
            length,
            options: Options::default(),
            header: Header::Whole,
            ip_identification: None,
            ttl: 64,
        }
    }
}
