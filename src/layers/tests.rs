//! The same segment in every kind of frame.

use super::fragments::Fragments;
use super::*;
use crate::source::LinkType;
use crate::source::testing::frame;
use crate::tcp::segment::{Place, Segment};
use etherparse::PacketBuilder;

/// An IPv4 packet with a segment of five octets from port 1000 to port 80.
fn packet() -> Vec<u8> {
    let builder = PacketBuilder::ipv4([10, 0, 0, 1], [10, 0, 0, 2], 64).tcp(1000, 80, 7, 512).ack(9).psh();
    let mut octets = Vec::new();
    builder.write(&mut octets, b"hello").unwrap();
    octets
}

/// An Ethernet header in front of something.
fn ethernet(ethertype: u16, payload: &[u8]) -> Vec<u8> {
    [&[2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1], &ethertype.to_be_bytes()[..], payload].concat()
}

/// An IPv4 header in front of something.
fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let builder = PacketBuilder::ipv4([192, 0, 2, 1], [192, 0, 2, 2], 64);
    let mut octets = Vec::new();
    builder.write(&mut octets, protocol.into(), payload).unwrap();
    octets
}

/// IPv4 and UDP headers in front of something.
fn udp(destination: u16, payload: &[u8]) -> Vec<u8> {
    let mut octets = Vec::new();
    PacketBuilder::ipv4([192, 0, 2, 1], [192, 0, 2, 2], 64).udp(5555, destination).write(&mut octets, payload).unwrap();
    octets
}

fn layers_of<'f>(frame: &Frame<'f>, fragments: &mut Fragments, room: &'f Reassembled) -> Layers<'f> {
    let mut layers = Layers::default();
    walk(frame, fragments, room, &mut layers);
    layers
}

fn names(layers: &Layers) -> String {
    layers.all().iter().map(|layer| layer.protocol.name()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn holds_the_segment(link_type: LinkType, bytes: &[u8], wanted: &str) {
    let room = Reassembled::default();
    let layers = layers_of(&frame(link_type, bytes), &mut Fragments::default(), &room);
    assert_eq!(names(&layers), wanted);
    let segment = Segment::of(&layers, Place::default()).unwrap();
    assert_eq!((segment.source.1, segment.destination.1, segment.length), (1000, 80, 5));
    assert_eq!((segment.sequence.0, segment.acknowledgement.0, segment.window), (7, 9, 512));
}

#[test]
fn link_types() {
    let packet = packet();
    let behind = |header: &[u8]| [header, &packet].concat();
    holds_the_segment(LinkType::ETHERNET, &ethernet(0x0800, &packet), "eth ip tcp");
    holds_the_segment(LinkType::RAW, &packet, "ip tcp");
    holds_the_segment(LinkType::NULL, &behind(&[2, 0, 0, 0]), "null ip tcp");
    holds_the_segment(LinkType::LOOP, &behind(&[0, 0, 0, 2]), "null ip tcp");
    holds_the_segment(LinkType::PPP, &behind(&[0xff, 3, 0, 0x21]), "ppp ip tcp");
    holds_the_segment(LinkType::PPP, &behind(&[0x21]), "ppp ip tcp");
    let cooked = [&[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0], &[8, 0][..]].concat();
    holds_the_segment(LinkType::LINUX_SLL, &behind(&cooked), "sll ip tcp");
    let cooked_2 = [&[8, 0, 0, 0][..], &[0; 16]].concat();
    holds_the_segment(LinkType::LINUX_SLL2, &behind(&cooked_2), "sll ip tcp");
    let wifi = [&[8, 1][..], &[0; 22], &[0xaa, 0xaa, 3, 0, 0, 0, 8, 0]].concat();
    holds_the_segment(LinkType::IEEE802_11, &behind(&wifi), "wlan llc ip tcp");
    let tap = [&[0, 0, 8, 0][..], &127u32.to_le_bytes()].concat();
    let radiotap = [&[0, 0, 8, 0, 0, 0, 0, 0][..], &wifi].concat();
    assert_eq!(tap.len(), 8);
    holds_the_segment(LinkType::IEEE802_11_RADIO, &behind(&radiotap), "wlan llc ip tcp");
}

#[test]
fn tags_and_sessions() {
    let packet = packet();
    let behind = |header: &[u8]| [header, &packet].concat();
    let tags = [0x00, 200, 0x81, 0x00, 0x20, 100, 0x08, 0x00];
    holds_the_segment(LinkType::ETHERNET, &ethernet(0x88a8, &behind(&tags)), "eth vlan vlan ip tcp");
    let length = (packet.len() as u16 + 2).to_be_bytes();
    let session = [0x11, 0, 0, 1, length[0], length[1], 0, 0x21];
    holds_the_segment(LinkType::ETHERNET, &ethernet(0x8864, &behind(&session)), "eth pppoes ppp ip tcp");
    let labels = [0, 0, 0x10, 0x40, 0, 0, 0x21, 0x40];
    holds_the_segment(LinkType::ETHERNET, &ethernet(0x8847, &behind(&labels)), "eth mpls mpls ip tcp");
    let snap = behind(&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0]);
    holds_the_segment(LinkType::ETHERNET, &ethernet(snap.len() as u16, &snap), "eth llc ip tcp");
}

#[test]
fn tunnels() {
    let packet = packet();
    let inner = ethernet(0x0800, &packet);
    holds_the_segment(LinkType::RAW, &ipv4(4, &packet), "ip ip tcp");
    holds_the_segment(LinkType::RAW, &ipv4(47, &[&[0, 0, 8, 0], &packet[..]].concat()), "ip gre ip tcp");
    let keyed = [&[0xb0, 0, 0x65, 0x58][..], &[0; 12], &inner].concat();
    holds_the_segment(LinkType::RAW, &ipv4(47, &keyed), "ip gre eth ip tcp");
    let vxlan = [&[8, 0, 0, 0, 0, 0, 7, 0], &inner[..]].concat();
    holds_the_segment(LinkType::RAW, &udp(4789, &vxlan), "ip udp vxlan eth ip tcp");
    let geneve = [&[1, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 2, 3, 0], &inner[..]].concat();
    holds_the_segment(LinkType::RAW, &udp(6081, &geneve), "ip udp geneve eth ip tcp");
    let gtp = [&[0x30, 255, 0, 0, 0, 0, 0, 1], &packet[..]].concat();
    holds_the_segment(LinkType::RAW, &udp(2152, &gtp), "ip udp gtp ip tcp");
}

#[test]
fn what_an_error_quotes_is_not_the_packets_own() {
    let error = [&[3, 1, 0, 0, 0, 0, 0, 0], &packet()[..]].concat();
    let octets = ipv4(1, &error);
    let room = Reassembled::default();
    let layers = layers_of(&frame(LinkType::RAW, &octets), &mut Fragments::default(), &room);
    assert_eq!(names(&layers), "ip icmp ip tcp");
    assert_eq!(layers.own().len(), 2);
    assert!(Segment::of(&layers, Place::default()).is_none());
    assert!(Segment::quoted(&layers, Place::default()).is_some());
    assert!(layers.innermost(Protocol::Tcp).is_none());
}

#[test]
fn fragments_make_a_segment_in_the_frame_that_completes_them() {
    let packet = packet();
    let (head, tail) = packet[20..].split_at(16);
    let fragment = |flags_and_offset: u16, payload: &[u8]| {
        let mut octets = ipv4(6, payload);
        octets[6..8].copy_from_slice(&flags_and_offset.to_be_bytes());
        octets[12..20].copy_from_slice(&packet[12..20]);
        octets
    };
    let mut fragments = Fragments::default();
    let mut found = |octets: &[u8]| {
        let room = Reassembled::default();
        let layers = layers_of(&frame(LinkType::RAW, octets), &mut fragments, &room);
        Segment::of(&layers, Place::default()).map(|segment| segment.length)
    };
    assert_eq!(found(&fragment(2, tail)), None);
    assert_eq!(found(&fragment(0x2000, head)), Some(5));
}

#[test]
fn headers_in_headers_end() {
    let mut octets = packet();
    for _ in 0..100 {
        octets = ipv4(4, &octets);
    }
    let room = Reassembled::default();
    let layers = layers_of(&frame(LinkType::RAW, &octets), &mut Fragments::default(), &room);
    assert_eq!(layers.all().len(), LAYERS_MAX);
}
