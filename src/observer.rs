//! Looks at a packet: its headers, its segment, and the segment's place in its connection.

use crate::fields::View;
use crate::layers::fragments::Fragments;
use crate::layers::usual::Usual;
use crate::layers::{self, Layers, Protocol, Reassembled};
use crate::source::Frame;
use crate::tcp::analysis::{Analysis, Verdict};
use crate::tcp::connection::Connection;
use crate::tcp::ends::{Key, Keys};
use crate::tcp::segment::{self, Place, Segment};

/// What is remembered from one packet to the next, and what was found out of the latest one.
#[derive(Debug, Default)]
pub struct Observer {
    fragments: Fragments,
    /// The connections, if they are followed.
    pub analysis: Option<Analysis>,
    first_time: Option<i64>,
    previous_time: Option<i64>,
    times: Times,
    /// These two are large: they are made here and lent.
    segment: Segment,
    has_segment: bool,
    verdict: Verdict,
    has_verdict: bool,
    /// Nothing but segments is looked at, and no other headers where they can be passed over.
    pub only_segments: bool,
    keys: Keys,
}

/// What lies between packets, in nanoseconds.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    since_first: i64,
    since_previous: i64,
}

impl Observer {
    /// An observer of packets, and of connections if there is an analysis.
    pub fn new(analysis: Option<Analysis>) -> Observer {
        Observer { analysis, ..Observer::default() }
    }

    /// Looks at the segment of the next frame, which has these headers, and at nothing else; `number` counts from 1.
    /// [`Observer::view`] shows what was found out.
    #[inline]
    pub fn observe_usual(&mut self, frame: &Frame, number: u64, usual: &Usual) {
        self.segment.read_usual(usual, place(frame, number));
        self.has_segment = true;
        self.has_verdict = self.judge_segment(usual.key);
    }

    /// Looks at the next frame; `number` counts from 1. Its headers go to `layers`, what fragments make up is kept in
    /// `reassembled`, and [`Observer::view`] shows the rest.
    #[inline(never)]
    pub fn observe<'f>(
        &mut self,
        frame: &Frame<'f>,
        number: u64,
        reassembled: &'f Reassembled,
        layers: &mut Layers<'f>,
    ) {
        let place = place(frame, number);
        let first = *self.first_time.get_or_insert(place.time);
        let previous = self.previous_time.replace(place.time).unwrap_or(place.time);
        let since = |time| place.time.wrapping_sub(time);
        self.times = Times { since_first: since(first), since_previous: since(previous) };
        layers::walk(frame, &mut self.fragments, reassembled, layers);
        self.has_segment = self.segment.read(layers, place);
        self.has_verdict = self.judge(layers, place);
    }

    /// The packet that was looked at last, with what was found out.
    #[inline]
    pub fn view<'v>(&'v self, frame: &'v Frame<'v>, number: u64, layers: &'v Layers<'v>) -> View<'v> {
        View {
            frame,
            number,
            since_first: self.times.since_first,
            since_previous: self.times.since_previous,
            layers,
            segment: self.segment(),
            verdict: self.verdict(),
            text: None,
        }
    }

    /// The segment of the packet that was looked at last.
    #[inline]
    pub fn segment(&self) -> Option<&Segment> {
        self.has_segment.then_some(&self.segment)
    }

    /// What was found out of it, if connections are followed.
    #[inline]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.has_verdict.then_some(&self.verdict)
    }

    /// What is known of the connection of the packet that was looked at last.
    #[inline]
    pub fn connection(&self) -> Option<&Connection> {
        self.analysis.as_ref()?.connections().get(self.verdict()?.connection)
    }

    /// The packet that was looked at last has passed the display filter: its connection is one that is told of.
    #[inline]
    pub fn pass(&mut self) {
        if let (Some(analysis), true) = (&mut self.analysis, self.has_verdict) {
            analysis.choose_connection(&self.verdict);
        }
    }

    #[inline]
    fn judge_segment(&mut self, key: Key) -> bool {
        let Some(analysis) = self.analysis.as_mut() else { return false };
        analysis.segment(&self.segment, key, &mut self.verdict)
    }

    #[inline]
    fn judge(&mut self, layers: &Layers, place: Place) -> bool {
        if self.has_segment {
            let key = self.keys.key(&self.segment.source, &self.segment.destination);
            return self.judge_segment(key);
        }
        let Some(analysis) = self.analysis.as_mut() else { return false };
        if layers.has(Protocol::Tcp)
            && let Some(quoted) = Segment::quoted(layers, place)
        {
            analysis.quoted(&quoted);
        }
        false
    }
}

#[inline]
fn place(frame: &Frame, number: u64) -> Place {
    Place { frame: number, frame_length: frame.wire_length, time: segment::nanoseconds(frame.timestamp) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::cursor::Cursor;
    use crate::fields;
    use crate::source::testing::frame;
    use crate::source::{LinkType, Timestamp};
    use crate::tcp::analysis::Rules;
    use etherparse::PacketBuilder;

    /// A segment in Ethernet, with options.
    fn octets() -> Vec<u8> {
        use etherparse::TcpOptionElement::{SelectiveAcknowledgement, Timestamp};
        let builder = PacketBuilder::ethernet2([2; 6], [4; 6]).ipv4([10, 0, 0, 1], [10, 0, 0, 2], 64);
        let options = [SelectiveAcknowledgement((5, 9), [Some((20, 30)), None, None]), Timestamp(1, 2)];
        let builder = builder.tcp(1000, 80, 7, 512).ack(9).options(&options).unwrap();
        let mut octets = Vec::new();
        builder.write(&mut octets, b"hello").unwrap();
        octets
    }

    /// Whatever stands in a frame, looking at it ends, and asking for any field is safe.
    #[test]
    fn no_octets_are_too_strange() {
        let link_types =
            [0, 1, 9, 12, 50, 51, 104, 105, 113, 119, 127, 163, 166, 192, 239, 242, 258, 276].map(LinkType);
        let mut observers =
            [Rules::Evidence, Rules::Wireshark].map(|rules| Observer::new(Some(Analysis::new(rules, 50))));
        let (mut of_segments, keys) = (Observer::new(None), Keys::default());
        let (template, mut number, mut random) = (octets(), 0, 7u64);
        for round in 0..20_000 {
            let mut bytes = template.clone();
            for _ in 0..round % 7 {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let (at, value) = ((random >> 33) as usize % bytes.len(), (random >> 20) as u8);
                bytes[at] = value;
            }
            bytes.truncate(if round % 3 == 0 { round % template.len() } else { template.len() });
            let timestamp = Timestamp { seconds: random as i64, nanos: (random >> 13) as i64 };
            let link_type = link_types[round % link_types.len()];
            let wire_length = (random >> 40) as u32;
            let frame = Frame { wire_length, timestamp, ..frame(link_type, &bytes) };
            number += 1;
            let (room, mut layers) = (Reassembled::default(), Layers::default());
            match Usual::of(link_type, Cursor::new(&bytes, wire_length), &keys) {
                Some(usual) => of_segments.observe_usual(&frame, number, &usual),
                None => of_segments.observe(&frame, number, &room, &mut layers),
            }
            for observer in &mut observers {
                let room = Reassembled::default();
                let mut layers = Layers::default();
                observer.observe(&frame, number, &room, &mut layers);
                let view = observer.view(&frame, number, &layers);
                fields::all().for_each(|field| field.each(&view, &mut |_| {}));
                assert_eq!(of_segments.segment(), view.segment, "the usual way and the walk differ");
            }
        }
    }

    #[test]
    fn a_view_has_the_fields_of_its_packet() {
        let bytes = octets();
        let frame = frame(LinkType::ETHERNET, &bytes);
        let room = Reassembled::default();
        let mut observer = Observer::new(Some(Analysis::new(Rules::Evidence, 5)));
        let mut layers = Layers::default();
        observer.observe(&frame, 1, &room, &mut layers);
        let view = observer.view(&frame, 1, &layers);
        let values = |name| {
            let mut values = Vec::new();
            fields::find(name).unwrap().each(&view, &mut |value| values.push(format!("{value:?}")));
            values.join(" ")
        };
        assert_eq!(values("tcp.port"), "Unsigned(1000) Unsigned(80)");
        assert_eq!(values("ip.addr"), "Ipv4([10, 0, 0, 1]) Ipv4([10, 0, 0, 2])");
        assert_eq!(values("tcp.options.sack_le"), "Unsigned(4294967293) Unsigned(12)");
        assert_eq!(values("tcp.options.timestamp.tsval"), "Unsigned(1)");
        assert_eq!(values("udp.port"), "");
        assert_eq!(values("rtcpdump.client_state"), "Text([69, 83, 84, 65, 66, 76, 73, 83, 72, 69, 68])");
    }
}
