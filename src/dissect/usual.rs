//! The line of a usual frame: Ethernet, IP and TCP, of whose headers only addresses are shown.
//!
//! It is the line that the dissectors of these headers would make, one after the other; here it is made in one place.

use super::address::IpAddress;
use super::context::Context;
use super::line::Append;
use super::transport::tcp;
use crate::layers::usual::Usual;
use crate::source::Timestamp;

/// Appends the line. Only for a [plain](super::style::Style::is_plain) style.
pub fn put(cx: &mut Context, time: Timestamp, usual: &Usual) {
    cx.begin_packet();
    let mut room = cx.take_room();
    let mut line = room.begin();
    cx.clock.append(time, &mut line, &mut cx.out);
    match usual.ip.source {
        IpAddress::V4(_) => line.text(b"IP "),
        IpAddress::V6(_) => line.text(b"IP6 "),
    }
    let header = tcp::append_header(cx, &mut line, &usual.segment, &usual.ip, usual.ports, Some(usual.key));
    cx.give_back(room);
    if tcp::print_rest(cx, &usual.segment, header, usual.ports, &usual.ip).is_err() {
        cx.truncated();
    }
    cx.out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::cursor::Cursor;
    use crate::dissect::style::{Style, TimeFormat};
    use crate::dissect::{any_frame, frame};
    use crate::os::names::Names;
    use crate::source::testing;
    use crate::source::{Frame, LinkType};
    use etherparse::PacketBuilder;
    use std::time::Duration;

    /// A segment with time stamps and data, over each version of IP.
    fn templates() -> [Vec<u8>; 2] {
        let link = || PacketBuilder::ethernet2([2; 6], [4; 6]);
        let options = [etherparse::TcpOptionElement::Noop, etherparse::TcpOptionElement::Noop]
            .into_iter()
            .chain([etherparse::TcpOptionElement::Timestamp(1, 2)])
            .collect::<Vec<_>>();
        let octets = |builder: etherparse::PacketBuilderStep<etherparse::IpHeaders>| {
            let mut octets = Vec::new();
            let segment = builder.tcp(1000, 80, 7, 512).ack(9).options(&options).unwrap();
            segment.write(&mut octets, b"GET / HTTP/1.1\r\n\r\n").unwrap();
            octets
        };
        [octets(link().ipv4([10, 0, 0, 1], [10, 0, 0, 2], 64)), octets(link().ipv6([1; 16], [2; 16], 64))]
    }

    /// Contexts in which the line is made in both ways.
    fn contexts(style: &Style, names: fn() -> Names) -> [Context; 2] {
        [Context::new(style.clone(), names()), Context::new(style.clone(), names())]
    }

    #[test]
    fn the_line_is_the_one_that_the_dissectors_of_the_headers_make() {
        let plain = Style::default;
        let styles = [
            plain(),
            Style { quiet: 1, ..plain() },
            Style { absolute_sequence_numbers: true, ..plain() },
            Style { time: TimeFormat::SincePrevious, nanoseconds: true, ..plain() },
        ];
        let (templates, mut random, mut usual) = (templates(), 7u64, 0);
        for (style, names) in styles.iter().flat_map(|style| {
            [Names::numeric, || Names::system(false, Duration::ZERO)].map(|names: fn() -> Names| (style, names))
        }) {
            let [mut quick, mut slow] = contexts(style, names);
            for round in 0..4_000 {
                let mut octets = templates[round % 2].clone();
                let mut next = || {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    random >> 33
                };
                for _ in 0..next() % 3 {
                    let at = next() as usize % octets.len();
                    octets[at] = next() as u8;
                }
                octets.truncate(if round % 3 == 0 { next() as usize % octets.len() } else { octets.len() });
                let timestamp = Timestamp { seconds: (next() % 4) as i64 - 1, nanos: (next() % 1_100_000_000) as i64 };
                let wire_length = (octets.len() as u64 + next() % 2 * 40) as u32;
                let each = Frame { timestamp, wire_length, ..testing::frame(LinkType::ETHERNET, &octets) };
                let data = Cursor::new(&octets, wire_length);
                usual += usize::from(Usual::of(LinkType::ETHERNET, data, quick.relative.keys()).is_some());
                frame(&mut quick, &each, 1);
                any_frame(&mut slow, &each, 1);
                assert_eq!(String::from_utf8_lossy(&quick.out), String::from_utf8_lossy(&slow.out));
                assert_eq!(quick.segment_at, slow.segment_at);
                quick.out.clear();
                slow.out.clear();
            }
        }
        assert!(usual > 10_000, "{usual} of 32,000 frames are usual ones");
    }
}
