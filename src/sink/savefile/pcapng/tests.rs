//! Files octet by octet, and as our own reader sees them.

use super::*;
use crate::source::LinkType;

fn interface(name: &str, nanoseconds: bool) -> Arc<Interface> {
    let mut interface = Interface::unknown(LinkType::ETHERNET, 96, nanoseconds);
    interface.name = Some(name.to_owned());
    interface.filter = Some("udp".to_owned());
    Arc::new(interface)
}

fn frame<'f>(interface: &'f Arc<Interface>, bytes: &'f [u8]) -> Frame<'f> {
    let timestamp = Timestamp { seconds: 5, nanos: 1_234_567 };
    Frame { timestamp, bytes, wire_length: 1500, link_type: LinkType::ETHERNET, interface }
}

/// Type and body of each block.
fn blocks_of(mut octets: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut blocks = Vec::new();
    while !octets.is_empty() {
        let unit = unit(octets, false).unwrap();
        let (block, rest) = octets.split_at(unit.length);
        assert!(unit.length.is_multiple_of(4) && block[4..8] == block[unit.length - 4..]);
        let kind = u32::from_ne_bytes(block[..4].try_into().unwrap());
        assert_eq!(unit.is_packet, kind == kind::ENHANCED_PACKET);
        blocks.push((kind, block[8..unit.length - 4].to_vec()));
        octets = rest;
    }
    blocks
}

fn kinds(blocks: &[(u32, Vec<u8>)]) -> Vec<u32> {
    blocks.iter().map(|(kind, _)| *kind & 0xff).collect()
}

#[test]
fn an_interface_is_described_in_front_of_its_first_packet_and_once_a_file() {
    let (lo, veth) = (interface("lo", false), interface("veth", true));
    let mut writer = Pcapng::new(None, "", &[Arc::clone(&lo)]);
    let mut out = Vec::new();
    writer.begin(&mut out);
    for interface in [&lo, &veth, &lo, &interface("veth", true)] {
        writer.frame(&frame(interface, &[1; 5]), &mut out).unwrap();
    }
    let blocks = blocks_of(&out);
    assert_eq!(kinds(&blocks), [0x0a, 1, 6, 1, 6, 6, 6]);
    let numbers: Vec<u8> = blocks.iter().filter(|(kind, _)| *kind == 6).map(|(_, body)| body[0]).collect();
    assert_eq!(numbers, [0, 1, 0, 1], "one that is described in the same words is the same");
    let mut next = Vec::new();
    writer.begin(&mut next);
    assert_eq!(kinds(&blocks_of(&next)), [0x0a, 1, 1]);
}

#[test]
fn packets_have_time_lengths_and_padding() {
    for (nanoseconds, ticks) in [(false, 5_001_234u64), (true, 5_001_234_567)] {
        let lo = interface("lo", nanoseconds);
        let mut writer = Pcapng::new(None, "", &[Arc::clone(&lo)]);
        let mut out = Vec::new();
        writer.frame(&frame(&lo, &[9; 5]), &mut out).unwrap();
        let (_, body) = blocks_of(&out).remove(0);
        let words: Vec<u32> = body.chunks(4).map(|word| u32::from_ne_bytes(word.try_into().unwrap())).collect();
        assert_eq!(words[..5], [0, (ticks >> 32) as u32, ticks as u32, 5, 1500]);
        assert_eq!(body[20..], [9, 9, 9, 9, 9, 0, 0, 0]);
    }
}

#[test]
fn the_users_resolution_and_filter_go_with_those_of_the_interface() {
    let writer = Pcapng::new(Some(true), "port 53", &[interface("lo", false)]);
    let mut out = Vec::new();
    writer.begin(&mut out);
    let (_, body) = blocks_of(&out).remove(1);
    let text = String::from_utf8_lossy(&body);
    assert!(text.contains("\0(udp) and (port 53)"), "{text}");
    let resolution = [&9u16.to_ne_bytes()[..], &1u16.to_ne_bytes(), &[9, 0, 0, 0]].concat();
    assert!(body.windows(8).any(|window| window == resolution), "{body:?}");
}

#[test]
fn counts_describe_an_interface_that_had_no_packet() {
    let mut writer = Pcapng::new(None, "", &[]);
    let mut out = Vec::new();
    let counts = Counts { received: 7, dropped: 2, interface_dropped: 1 };
    writer.end(&vec![(interface("lo", false), counts)], &mut out).unwrap();
    let blocks = blocks_of(&out);
    assert_eq!(kinds(&blocks), [1, 5]);
    let option = |code: u16, value: u64| [&code.to_ne_bytes()[..], &8u16.to_ne_bytes(), &value.to_ne_bytes()].concat();
    for expected in [option(4, 7), option(5, 1), option(6, 7), option(7, 2), option(8, 0)] {
        assert!(blocks[1].1.windows(12).any(|window| window == expected), "{expected:?}");
    }
}
