//! Frames that were captured a moment ago, to know one that is captured for the second time: at another interface, or
//! doubled by the network.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::{FoldHasher, RandomState};

use super::ends::Key;
use super::segment::{Flags, Segment};
use crate::layers::usual::Usual;
use crate::os::memory;

/// Frames that one place of the table has room for. A digest of 32 bits with its moment takes 8 octets: a place is
/// one line of the cache.
const PER_PLACE: usize = 8;
/// Places, as a power of two: 65,536 frames in 512 KiB. Of the last ten thousand, one in thirty thousand has made
/// room: so seldom have eight others come to its place.
const BITS: u32 = 13;
/// About a millisecond: nanoseconds are shifted by this.
const MOMENT_SHIFT: u32 = 20;
/// So many moments after the first, it is no second capture: 200 ms is the shortest time-out of usual hosts.
const TWICE_WITHIN: u32 = 190;

/// Digests of frames, and the moments at which they were captured; the latest is the first.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Place {
    digests: [u32; PER_PLACE],
    moments: [u32; PER_PLACE],
}

const EMPTY: Place = Place { digests: [0; PER_PLACE], moments: [0; PER_PLACE] };

impl Place {
    /// Whether there is this digest, of a moment ago.
    #[inline]
    fn has(&self, digest: u32, moment: u32) -> bool {
        // All are compared at once, which is quicker than to stop at the first.
        let has_digest = self.digests.iter().fold(false, |found, &other| found | (other == digest));
        let mut frames = self.digests.iter().zip(&self.moments);
        has_digest && frames.any(|(&other, &before)| other == digest && moment.wrapping_sub(before) < TWICE_WITHIN)
    }

    /// Takes one in; the oldest makes room.
    #[inline]
    fn take(&mut self, digest: u32, moment: u32) {
        self.digests.copy_within(..PER_PLACE - 1, 1);
        self.moments.copy_within(..PER_PLACE - 1, 1);
        (self.digests[0], self.moments[0]) = (digest, moment);
    }
}

/// The latest frames of all connections together.
#[derive(Debug)]
pub struct Captured {
    places: Vec<Place>,
    digests: RandomState,
}

impl Default for Captured {
    fn default() -> Self {
        Captured { places: vec![EMPTY; 1 << BITS], digests: RandomState::default() }
    }
}

impl Captured {
    /// Whether this very frame was captured before, a moment ago; it is remembered. The connection is told by its key
    /// and the end that has sent it.
    #[inline]
    pub fn is_again(&mut self, (key, side): Key, segment: &Segment) -> bool {
        if !is_recognisable(segment.ip_identification, segment.flags) {
            return false;
        }
        let numbers = (segment.sequence.0, segment.acknowledgement.0);
        let begun = self.begin((key, side), segment.ip_identification.unwrap_or_default(), numbers);
        let (at, digest, moment) = (place_of(&begun), digest(begun, segment), moment(segment.time));
        let Some(place) = self.places.get_mut(at) else { return false };
        if place.has(digest, moment) {
            return true;
        }
        place.take(digest, moment);
        false
    }

    /// Fetches the place of a usual frame.
    #[inline]
    pub fn foresee(&self, usual: &Usual) {
        self.place_of_usual(usual).into_iter().for_each(memory::prefetch);
    }

    /// Where it is remembered, if it says enough.
    #[inline]
    fn place_of_usual(&self, usual: &Usual) -> Option<&Place> {
        if !is_recognisable(usual.identification, usual.flags()) {
            return None;
        }
        let identification = usual.identification.unwrap_or_default();
        self.places.get(place_of(&self.begin(usual.key, identification, usual.numbers())))
    }

    /// The part of a digest that tells a frame's place: of what is known as soon as its headers are found, so that the place
    /// can be fetched before it is looked at.
    #[inline]
    fn begin(&self, (key, side): Key, identification: u16, numbers: (u32, u32)) -> FoldHasher<'_> {
        let mut hasher = self.digests.build_hasher();
        hasher.write_u64(key ^ (u64::from(identification) << 1 | side as u64));
        hasher.write_u64(pair(numbers.0, numbers.1));
        hasher
    }
}

#[inline]
fn place_of(begun: &FoldHasher) -> usize {
    (begun.finish() >> (u64::BITS - BITS)) as usize
}

/// Everything that the header says, and nothing that a router changes.
#[inline]
fn digest(mut hasher: FoldHasher, segment: &Segment) -> u32 {
    let (own, echoed) = segment.options.timestamps.unwrap_or_default();
    hasher.write_u64(pair(own, echoed));
    let words = u64::from(segment.flags.0) << 48 | u64::from(segment.window) << 32;
    hasher.write_u64(words | u64::from(segment.length));
    for (start, end) in segment.options.sack.as_slice() {
        hasher.write_u64(pair(start.0, end.0));
    }
    hasher.finish() as u32
}

#[inline]
fn pair(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// Whether a segment says enough to be known again. Hosts that do not number their packets send the same again; a SYN
/// is not sent again so soon.
#[inline]
fn is_recognisable(identification: Option<u16>, flags: Flags) -> bool {
    identification.is_some_and(|number| number != 0) || flags.any(Flags::SYN)
}

/// A time in moments, of which there are about a thousand a second.
fn moment(time: i64) -> u32 {
    (time >> MOMENT_SHIFT) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::cursor::Cursor;
    use crate::source::LinkType;
    use crate::tcp::connection::Side;
    use crate::tcp::ends::Keys;
    use crate::tcp::segment::{self, testing::segment};
    use crate::tcp::sequence::Sequence;
    use etherparse::{IpHeaders, IpNumber, Ipv4Header, PacketBuilder};

    const CONNECTION: Key = (7, Side::Low);

    fn first() -> Segment {
        segment("A", 1000, 1, 100).identified(7)
    }

    #[test]
    fn only_the_same_frame_a_moment_later_is_captured_again() {
        let late = Segment { time: i64::from(TWICE_WITHIN) << MOMENT_SHIFT, ..first() };
        let is_again = |connection: Key, segment: &Segment| {
            let mut captured = Captured::default();
            assert!(!captured.is_again(CONNECTION, &first()));
            captured.is_again(connection, segment)
        };
        assert!(is_again(CONNECTION, &first().at(5000)));
        for other in [late, first().identified(8), first().window(9), first().clock(1), first().sack(1, 2)] {
            assert!(!is_again(CONNECTION, &other));
        }
        assert!(!is_again((8, Side::Low), &first()));
        assert!(!is_again((7, Side::High), &first()));
    }

    #[test]
    fn a_host_that_does_not_number_its_packets_may_send_the_same_again_but_no_syn() {
        let mut captured = Captured::default();
        let mut is_again_at_once = |segment: Segment| {
            captured.is_again(CONNECTION, &segment);
            captured.is_again(CONNECTION, &segment)
        };
        assert!(!is_again_at_once(first().identified(0)));
        assert!(is_again_at_once(segment("SA", 1000, 1, 0).identified(0)));
    }

    #[test]
    fn what_is_fetched_is_where_the_frame_is_looked_for() {
        let mut captured = Captured::default();
        let (mut segment, keys) = (first(), Keys::default());
        for identification in 0..100 {
            let mut octets = Vec::new();
            let ip = Ipv4Header { identification, ..Ipv4Header::new(20, 64, IpNumber::TCP, [10; 4], [11; 4]).unwrap() };
            let builder = PacketBuilder::ethernet2([2; 6], [4; 6]).ip(IpHeaders::Ipv4(ip, Default::default()));
            // A SYN says enough without a number.
            builder.tcp(1000, 80, 7, 512).ack(9).syn().write(&mut octets, b"").unwrap();
            let data = Cursor::new(&octets, octets.len() as u32);
            let usual = Usual::of(LinkType::ETHERNET, data, &keys).unwrap();
            segment.read_usual(&usual, segment::Place { frame: 1, frame_length: 54, time: 0 });
            let digests_before = captured.place_of_usual(&usual).unwrap().digests;
            assert!(!captured.is_again(usual.key, &segment));
            assert_ne!(captured.place_of_usual(&usual).unwrap().digests, digests_before);
        }
    }

    #[test]
    fn the_latest_frames_are_known_and_the_oldest_make_room() {
        let mut captured = Captured::default();
        let mut take = |sequence| captured.is_again(CONNECTION, &Segment { sequence, ..first() });
        // Six times as many as there is room for: whatever the hash, all places are full of others than the first.
        for sequence in (0..400_000).map(Sequence) {
            take(sequence);
        }
        assert!((399_000..400_000).map(Sequence).all(&mut take));
        assert!(!take(Sequence(0)));
    }
}
