//! What is not TCP: QUIC, DNS, NTP, ICMP and ARP.

use etherparse::{ArpEthIpv4Packet, ArpOperation, PacketBuilder};

use super::random::Random;
use super::{Kind, STATIONS};

/// The names that are asked for.
const NAMES: [&str; 4] = ["www.example.com", "cdn.example.net", "mail.example.org", "api.eu-west.example.com"];

/// Makes frames of such protocols.
pub struct Others {
    tiny: bool,
    /// A question that waits for its answer: client, port, identifier, name.
    question: Option<(u8, u16, u16, usize)>,
}

impl Others {
    /// Only tiny ones for a kind that has no others.
    pub fn new(kind: Kind) -> Others {
        Others { tiny: kind == Kind::Tiny, question: None }
    }

    /// Writes the next frame.
    pub fn frame(&mut self, random: &mut Random, out: &mut Vec<u8>) {
        let client = random.below(250) as u8 + 1;
        match random.below(100) {
            _ if self.tiny => datagram(client, 27_015, 1 + random.below(18) as usize, random, out),
            0..55 => {
                let length = if random.percent(70) { 1200 + random.below(150) } else { 30 + random.below(50) };
                datagram(client, 443, length as usize, random, out);
            }
            55..85 => self.dns(client, random, out),
            85..88 => ntp(client, random, out),
            88..94 => {
                let (id, sequence) = (u16::from(client), random.below(100) as u16);
                let ip =
                    PacketBuilder::ethernet2(STATIONS[0], STATIONS[1]).ipv4([10, 0, 0, client], [192, 0, 2, 1], 64);
                ip.icmpv4_echo_request(id, sequence).write(out, random.octets(56)).unwrap();
            }
            _ => arp(client, random.percent(50), out),
        }
    }

    /// A question, or the answer to the latest one.
    fn dns(&mut self, client: u8, random: &mut Random, out: &mut Vec<u8>) {
        let ethernet = PacketBuilder::ethernet2;
        let resolver = [192, 0, 2, 53];
        if let Some((client, port, id, name)) = self.question.take() {
            let message = dns_message(id, NAMES[name], Some([198, 51, 100, client]));
            let ip = ethernet(STATIONS[1], STATIONS[0]).ipv4(resolver, [10, 0, 0, client], 60);
            return ip.udp(53, port).write(out, &message).unwrap();
        }
        let (port, id) = (32_768 + random.below(28_000) as u16, random.below(65_536) as u16);
        let name = random.below(NAMES.len() as u64) as usize;
        let ip = ethernet(STATIONS[0], STATIONS[1]).ipv4([10, 0, 0, client], resolver, 64);
        ip.udp(port, 53).write(out, &dns_message(id, NAMES[name], None)).unwrap();
        self.question = Some((client, port, id, name));
    }
}

fn datagram(client: u8, port: u16, length: usize, random: &mut Random, out: &mut Vec<u8>) {
    let ends = ([10, 0, 0, client], [198, 51, 100, client % 50]);
    let mut payload = random.octets(length).to_vec();
    // A short header of QUIC (RFC 9000 section 17.3).
    payload[0] = payload[0] & 0x3f | 0x40;
    let ports = (40_000 + u16::from(client), port);
    if random.percent(50) {
        let ip = PacketBuilder::ethernet2(STATIONS[0], STATIONS[1]).ipv4(ends.0, ends.1, 64);
        ip.udp(ports.0, ports.1).write(out, &payload).unwrap();
    } else {
        let ip = PacketBuilder::ethernet2(STATIONS[1], STATIONS[0]).ipv4(ends.1, ends.0, 64);
        ip.udp(ports.1, ports.0).write(out, &payload).unwrap();
    }
}

/// A query for an address, or its response (RFC 1035 section 4).
fn dns_message(id: u16, name: &str, address: Option<[u8; 4]>) -> Vec<u8> {
    let mut message = id.to_be_bytes().to_vec();
    message.extend(if address.is_some() { [0x81, 0x80] } else { [0x01, 0x00] });
    message.extend([0, 1, 0, u8::from(address.is_some()), 0, 0, 0, 0]);
    for label in name.split('.') {
        message.push(label.len() as u8);
        message.extend(label.as_bytes());
    }
    message.extend([0, 0, 1, 0, 1]);
    if let Some(address) = address {
        message.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4]);
        message.extend(address);
    }
    message
}

/// A client's question for the time (RFC 5905 section 7.3).
fn ntp(client: u8, random: &mut Random, out: &mut Vec<u8>) {
    let mut message = [0; 48];
    (message[0], message[2], message[3]) = (0x23, 6, 0xec);
    message[40..].copy_from_slice(random.octets(8));
    let ip = PacketBuilder::ethernet2(STATIONS[0], STATIONS[1]).ipv4([10, 0, 0, client], [192, 0, 2, 123], 64);
    ip.udp(123, 123).write(out, &message).unwrap();
}

fn arp(client: u8, reply: bool, out: &mut Vec<u8>) {
    let (own, gateway) = ([10, 0, 0, client], [10, 0, 0, 254]);
    let (operation, destination, target) =
        if reply { (ArpOperation::REPLY, STATIONS[1], STATIONS[1]) } else { (ArpOperation::REQUEST, [255; 6], [0; 6]) };
    let packet = ArpEthIpv4Packet {
        operation,
        sender_mac: STATIONS[0],
        sender_ipv4: own,
        target_mac: target,
        target_ipv4: gateway,
    };
    PacketBuilder::ethernet2(STATIONS[0], destination).arp(packet.into()).write(out).unwrap();
}
