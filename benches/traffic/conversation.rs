//! One TCP connection after the other between a client and a server: handshake, requests, responses, a lost
//! segment now and then that is sent again, and the end.

use etherparse::TcpOptionElement::{
    MaximumSegmentSize, Noop, SelectiveAcknowledgement, SelectiveAcknowledgementPermitted, Timestamp, WindowScale,
};
use etherparse::{PacketBuilder, PacketBuilderStep, TcpHeader, TcpOptionElement};

use super::random::Random;
use super::{Manners, STATIONS};

/// Of a hundred connections, where each is to: mostly the web.
const SERVICES: [(u64, u16); 4] = [(80, 443), (90, 80), (95, 22), (100, 8080)];

/// What comes next.
#[derive(Clone, Copy)]
enum Stage {
    Syn,
    SynAck,
    Established,
    Request,
    Response,
    Acknowledgement,
    /// What the client says to a segment behind one that is missing.
    Duplicate,
    Again,
    Fin,
    FinBack,
    Last,
}

/// Who sends.
#[derive(Clone, Copy)]
enum From {
    Client,
    Server,
}

/// A connection, as far as it has come.
pub struct Conversation {
    number: u32,
    port: u16,
    stage: Stage,
    /// Segments that are left of the response, and how many of them were not acknowledged yet.
    left: u16,
    unacknowledged: u16,
    /// What the client and the server send next.
    sequence: [u32; 2],
    /// Where the segment begins that is missing.
    hole: u32,
}

/// A segment to be written.
struct Plan {
    from: From,
    sequence: u32,
    length: u64,
    syn: bool,
    fin: bool,
    push: bool,
    /// The block behind a hole.
    sack: Option<(u32, u32)>,
}

impl Conversation {
    /// A connection between ends that its number tells.
    pub fn new(number: u32, established: bool, random: &mut Random) -> Conversation {
        let stage = if established { Stage::Request } else { Stage::Syn };
        let sequence = [random.below(1 << 32) as u32, random.below(1 << 32) as u32];
        let port = 32_768 + (number % 28_000) as u16;
        Conversation { number, port, stage, left: 0, unacknowledged: 0, sequence, hole: 0 }
    }

    /// Writes the next segment.
    pub fn segment(&mut self, manners: &Manners, milliseconds: u32, random: &mut Random, out: &mut Vec<u8>) {
        let plan = self.plan(manners, random);
        let side = plan.from as usize;
        if matches!(self.stage, Stage::Again) {
            self.stage = Stage::Acknowledgement;
        } else {
            self.sequence[side] =
                plan.sequence.wrapping_add(plan.length as u32 + u32::from(plan.syn) + u32::from(plan.fin));
            self.advance(manners, random);
        }
        self.write(&plan, milliseconds, random, out);
    }

    fn plan(&mut self, manners: &Manners, random: &mut Random) -> Plan {
        let from = match self.stage {
            Stage::SynAck | Stage::Response | Stage::Again | Stage::FinBack => From::Server,
            _ => From::Client,
        };
        let sequence = self.sequence[from as usize];
        let mut plan = Plan { from, sequence, length: 0, syn: false, fin: false, push: false, sack: None };
        match self.stage {
            Stage::Syn | Stage::SynAck => plan.syn = true,
            Stage::Fin | Stage::FinBack => plan.fin = true,
            Stage::Request => (plan.length, plan.push) = (random.within(&manners.request), true),
            Stage::Response if self.left == 1 => (plan.length, plan.push) = (random.within(&manners.last), true),
            Stage::Response => plan.length = self.full(manners),
            Stage::Duplicate => {
                let behind = self.hole.wrapping_add(self.full(manners) as u32);
                plan.sack = Some((behind, self.sequence[From::Server as usize]));
            }
            Stage::Again => (plan.length, plan.sequence) = (self.full(manners), self.hole),
            Stage::Established | Stage::Acknowledgement | Stage::Last => {}
        }
        plan
    }

    /// Chooses what comes behind the segment that is being written.
    fn advance(&mut self, manners: &Manners, random: &mut Random) {
        self.stage = match self.stage {
            Stage::Syn => Stage::SynAck,
            Stage::SynAck => Stage::Established,
            Stage::Established => Stage::Request,
            Stage::Request => {
                self.left = random.within(&manners.segments) as u16;
                self.unacknowledged = 0;
                Stage::Response
            }
            Stage::Response => {
                self.left -= 1;
                self.unacknowledged += 1;
                if self.left > 2 && random.below(1000) < manners.lost {
                    self.lose(manners)
                } else if self.hole != 0 {
                    Stage::Duplicate
                } else if self.left == 0 || self.unacknowledged == manners.acknowledged {
                    Stage::Acknowledgement
                } else {
                    Stage::Response
                }
            }
            Stage::Duplicate | Stage::Again => Stage::Again,
            Stage::Acknowledgement => {
                (self.unacknowledged, self.hole) = (0, 0);
                match self.left {
                    0 if random.percent(manners.closing) => Stage::Fin,
                    0 => Stage::Request,
                    _ => Stage::Response,
                }
            }
            Stage::Fin => Stage::FinBack,
            Stage::FinBack => Stage::Last,
            Stage::Last => {
                self.port = 32_768 + (self.port + 7) % 28_000;
                Stage::Syn
            }
        };
    }

    /// The next full segment does not arrive here; only one is missing at a time.
    fn lose(&mut self, manners: &Manners) -> Stage {
        if self.hole == 0 {
            let full = self.full(manners) as u32;
            let next = &mut self.sequence[From::Server as usize];
            self.hole = (*next).max(1);
            *next = self.hole.wrapping_add(full);
            self.left -= 1;
        }
        Stage::Response
    }

    /// The octets of this connection's full segments.
    fn full(&self, manners: &Manners) -> u64 {
        let choices = manners.full.end - manners.full.start;
        manners.full.start + u64::from(self.number) * 37 % choices
    }

    fn write(&self, plan: &Plan, milliseconds: u32, random: &mut Random, out: &mut Vec<u8>) {
        let service = SERVICES.iter().find(|service| u64::from(self.number * 37 % 100) < service.0).unwrap().1;
        let (source, destination, ports) = match plan.from {
            From::Client => (STATIONS[0], STATIONS[1], (self.port, service)),
            From::Server => (STATIONS[1], STATIONS[0], (service, self.port)),
        };
        let mut tcp = TcpHeader::new(ports.0, ports.1, plan.sequence, if plan.syn { 64_240 } else { 502 });
        (tcp.syn, tcp.fin, tcp.psh) = (plan.syn, plan.fin, plan.push);
        tcp.ack = !(plan.syn && matches!(plan.from, From::Client));
        if tcp.ack {
            let other = self.sequence[1 - plan.from as usize];
            let missing = matches!(plan.from, From::Client) && self.hole != 0;
            tcp.acknowledgment_number = if missing { self.hole } else { other };
        }
        let stamps = Timestamp(milliseconds.wrapping_add(self.number), if tcp.ack { milliseconds } else { 0 });
        let options: &[TcpOptionElement] = match plan.sack {
            _ if plan.syn => {
                &[MaximumSegmentSize(1460), SelectiveAcknowledgementPermitted, stamps, Noop, WindowScale(7)]
            }
            Some(block) => &[Noop, Noop, stamps, Noop, Noop, SelectiveAcknowledgement(block, [None; 3])],
            None => &[Noop, Noop, stamps],
        };
        tcp.set_options(options).unwrap();
        let length = plan.length as usize;
        let ethernet = PacketBuilder::ethernet2(source, destination);
        let packet = self.addresses(ethernet, plan.from).tcp_header(tcp);
        match (service, plan.from) {
            (80, From::Client) if plan.push => packet.write(out, &request(length)).unwrap(),
            _ => packet.write(out, random.octets(length)).unwrap(),
        }
    }

    /// One connection in eight is over IPv6.
    fn addresses(
        &self,
        ethernet: PacketBuilderStep<etherparse::Ethernet2Header>,
        from: From,
    ) -> PacketBuilderStep<etherparse::IpHeaders> {
        let [_, high, middle, low] = self.number.to_be_bytes();
        let server = (self.number % 50) as u8;
        let mut v6 = [[0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, high, middle, low]; 2];
        v6[1] = [0x20, 1, 0xd, 0xb8, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, server];
        let mut v4 = [[10, high, middle, low], [198, 51, 100, server]];
        if matches!(from, From::Server) {
            v4.reverse();
            v6.reverse();
        }
        if self.number % 8 == 7 { ethernet.ipv6(v6[0], v6[1], 64) } else { ethernet.ipv4(v4[0], v4[1], 64) }
    }
}

/// A request of the web, as long as it has to be.
fn request(length: usize) -> Vec<u8> {
    let mut text = b"GET /articles/index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: ".to_vec();
    text.resize(length.max(text.len()), b'x');
    text.truncate(length);
    text
}
