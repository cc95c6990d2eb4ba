//! The network layer: IP and its neighbours.
//!
//! What an IP header announces is dissected by [`payload`], which has an entry for each protocol number.

pub mod ah;
pub mod appletalk;
pub mod arp;
pub mod arp_atm;
pub mod carp;
pub mod decnet;
pub mod dvmrp;
pub mod egp;
mod egp_networks;
pub mod eigrp;
pub mod esp;
pub mod icmp;
pub mod icmp6;
pub mod icmp_extensions;
pub mod igmp;
pub mod igrp;
pub mod ipcomp;
pub mod ipv4;
pub mod ipv4_options;
pub mod ipv6;
pub mod ipv6_extensions;
pub mod ipx;
mod ipx_services;
pub mod mobile;
pub mod nhrp;
pub mod osi;
pub mod ospf;
pub mod ospf6;
pub mod pgm;
mod pgm_options;
pub mod pim;
pub mod pimv1;
pub mod protocol_names;
pub mod rsvp;
#[cfg(test)]
pub(crate) mod testing;
pub mod tipc;
pub mod vrrp;

use etherparse::checksum::Sum16BitWords;

use super::address::IpAddress;
use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::link::ethernet;
use super::names_table::{Name, lookup};
use super::packet_type::PacketType;
use super::transport::{dccp, sctp, tcp, udp};
use super::tunnel::gre;
use crate::put;

/// IP protocol numbers (IANA "Protocol Numbers").
pub mod protocol {
    #![allow(missing_docs)]
    pub const HOP_BY_HOP: u8 = 0;
    pub const ICMP: u8 = 1;
    pub const IGMP: u8 = 2;
    pub const IPV4: u8 = 4;
    pub const TCP: u8 = 6;
    pub const EGP: u8 = 8;
    pub const IGRP: u8 = 9;
    pub const UDP: u8 = 17;
    pub const DCCP: u8 = 33;
    pub const IPV6: u8 = 41;
    pub const ROUTING: u8 = 43;
    pub const FRAGMENT: u8 = 44;
    pub const RSVP: u8 = 46;
    pub const GRE: u8 = 47;
    pub const ESP: u8 = 50;
    pub const AH: u8 = 51;
    pub const NHRP: u8 = 54;
    pub const MOBILE: u8 = 55;
    pub const ICMPV6: u8 = 58;
    pub const NONE: u8 = 59;
    pub const DESTINATION_OPTIONS: u8 = 60;
    pub const MOBILITY_OLD: u8 = 62;
    pub const ND: u8 = 77;
    pub const EIGRP: u8 = 88;
    pub const OSPF: u8 = 89;
    pub const PIM: u8 = 103;
    pub const IPCOMP: u8 = 108;
    pub const VRRP: u8 = 112;
    pub const PGM: u8 = 113;
    pub const SCTP: u8 = 132;
    pub const MOBILITY: u8 = 135;
    pub const ETHERNET: u8 = 143;
}

/// Protocol numbers as tcpdump names them at `-v`.
pub const PROTOCOL_NAMES: &[Name] = &[
    (0, "HBH"),
    (1, "ICMP"),
    (2, "IGMP"),
    (4, "IPIP"),
    (6, "TCP"),
    (8, "EGP"),
    (9, "IGRP"),
    (17, "UDP"),
    (33, "DCCP"),
    (41, "IPv6"),
    (43, "Routing"),
    (46, "RSVP"),
    (44, "Fragment"),
    (47, "GRE"),
    (50, "ESP"),
    (51, "AH"),
    (55, "Mobile IP"),
    (58, "ICMPv6"),
    (59, "No Next Header"),
    (60, "DSTOPT"),
    (62, "Mobile IP (old)"),
    (88, "EIGRP"),
    (89, "OSPF"),
    (103, "PIM"),
    (108, "Compressed IP"),
    (112, "VRRP"),
    (113, "PGM"),
    (132, "SCTP"),
    (135, "Mobility"),
    (143, "Ethernet"),
];

/// The IP header in front of a payload: what the protocols above print or sum of it.
#[derive(Clone, Copy, Debug)]
pub struct IpHeader<'p> {
    /// Who sent the packet.
    pub source: IpAddress,
    /// Whom it is for, by the header; source routes and routing headers may name another.
    pub destination: IpAddress,
    /// The protocol field of the IP header itself; extension headers may stand in between.
    pub protocol: u8,
    /// Time to live, or hop limit.
    pub hop_limit: u8,
    /// Whether this is a fragment, whose payload cannot be summed.
    pub fragmented: bool,
    /// The packet from its IP header on.
    pub packet: Cursor<'p>,
}

impl IpHeader<'_> {
    /// The IP version, 4 or 6.
    pub fn version(&self) -> u8 {
        match self.source {
            IpAddress::V4(_) => 4,
            IpAddress::V6(_) => 6,
        }
    }

    /// The sum over the pseudo-header (RFC 9293 section 3.1, RFC 8200 section 8.1) of a payload of
    /// `length` octets. The destination is the final one where a route is given.
    pub fn pseudo_header(&self, protocol: u8, length: u32) -> Outcome<Sum16BitWords> {
        let mut sum = Sum16BitWords::new().add_2bytes([0, protocol]);
        Ok(match (self.source, self.destination) {
            (IpAddress::V4(source), IpAddress::V4(destination)) => sum
                .add_4bytes(source.0)
                .add_4bytes(ipv4::final_destination(&self.packet)?.unwrap_or(destination).0)
                .add_2bytes((length as u16).to_be_bytes()),
            (IpAddress::V6(source), IpAddress::V6(destination)) => sum
                .add_16bytes(source.0)
                .add_16bytes(ipv6::final_destination(&self.packet)?.unwrap_or(destination).0)
                .add_4bytes(length.to_be_bytes()),
            _ => sum,
        })
    }
}

/// `source > destination: ` without ports.
pub fn put_hosts(cx: &mut Context, ip: &IpHeader, end: &str) {
    cx.host(ip.source);
    put!(cx, " > ");
    cx.host(ip.destination);
    put!(cx, end);
}

/// Whether the protocol's line starts with ports, so that it prints the addresses itself.
pub fn has_ports(number: u8) -> bool {
    matches!(number, protocol::TCP | protocol::UDP | protocol::SCTP | protocol::DCCP)
}

/// Prints what an IP header or the last of its extension headers announces.
#[inline]
pub fn payload(cx: &mut Context, number: u8, data: Cursor, ip: &IpHeader) -> Outcome {
    // Asked first, because nearly all packets carry one of them.
    match number {
        protocol::TCP => tcp::print(cx, data, ip),
        protocol::UDP => udp::print(cx, data, ip),
        _ => other_payload(cx, number, data, ip),
    }
}

/// Prints what is neither TCP nor UDP.
#[inline(never)]
fn other_payload(cx: &mut Context, number: u8, data: Cursor, ip: &IpHeader) -> Outcome {
    match number {
        protocol::ICMP if ip.version() == 4 => icmp::print(cx, data, ip),
        protocol::ICMPV6 if ip.version() == 6 => icmp6::print(cx, data, ip),
        protocol::IGMP if ip.version() == 4 => igmp::print(cx, data),
        protocol::ICMP | protocol::IGMP => wrong_version(cx, number, 4),
        protocol::ICMPV6 => wrong_version(cx, number, 6),
        protocol::ETHERNET if ip.version() == 6 => ethernet_frame(cx, data),
        protocol::ETHERNET => wrong_version(cx, number, 6),
        protocol::ND => {
            put!(cx, " nd ", data.length());
            Ok(())
        }
        protocol::IPV4 => ipv4::print(cx, data),
        protocol::IPV6 => ipv6::print(cx, data),
        protocol::AH => ah::print(cx, data, ip),
        protocol::ESP => esp::print(cx, data, ip),
        protocol::IPCOMP => ipcomp::print(cx, data),
        protocol::OSPF if ip.version() == 6 => ospf6::print(cx, data),
        protocol::OSPF => ospf::print(cx, data),
        protocol::VRRP if cx.style.packet_type == Some(PacketType::Carp) => carp::print(cx, data, ip),
        protocol::VRRP => vrrp::print(cx, data, ip),
        protocol::SCTP => sctp::print(cx, data, ip),
        protocol::DCCP => dccp::print(cx, data, ip),
        protocol::GRE => gre::print(cx, data),
        protocol::PIM => pim::print(cx, data, ip),
        protocol::EIGRP => eigrp::print(cx, data),
        protocol::RSVP => rsvp::print(cx, data),
        protocol::PGM => pgm::print(cx, data, ip),
        protocol::NHRP => nhrp::print(cx, data),
        protocol::MOBILE => mobile::print(cx, data),
        protocol::IGRP => igrp::print(cx, data),
        protocol::EGP => egp::print(cx, data),
        protocol::NONE => {
            put!(cx, "no next header");
            Ok(())
        }
        _ => {
            put_protocol(cx, number);
            put!(cx, " ", data.length());
            Ok(())
        }
    }
}

/// An Ethernet frame in IPv6 (RFC 8986 section 10.1).
fn ethernet_frame(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.nested(|cx| ethernet::print(cx, frame).map(drop))
}

/// A protocol that the other version of IP carries.
fn wrong_version(cx: &mut Context, number: u8, version: u8) -> Outcome {
    put!(cx, "[", lookup(PROTOCOL_NAMES, number).unwrap_or("unknown"), " requires IPv", version, "]");
    cx.invalid()
}

/// The protocol's name, or its number.
pub fn put_protocol(cx: &mut Context, number: u8) {
    match cx.names.ip_protocol(number) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " ip-proto-", number),
    }
}
