//! Fields of IP of both versions.

use super::Kind::{self, Bool, Unsigned};
use super::read::{be16, bit16, bits16, bits32, ipv4, ipv6, u8};
use super::{Field, alias, of, presence};
use crate::layers::Protocol::{Ipv4, Ipv6};

/// The fields.
pub const FIELDS: &[Field] = &[
    presence(Ipv4),
    of(Ipv4, "ip.version", Unsigned, "4.", |layer| bits16(layer, 0, 12, 0xf)),
    of(Ipv4, "ip.hdr_len", Unsigned, "Octets of the header.", |layer| Some(layer.header_length.into())),
    of(Ipv4, "ip.dsfield", Unsigned, "Type of service.", |layer| u8(layer, 1)),
    of(Ipv4, "ip.dsfield.dscp", Unsigned, "Differentiated services code point.", |layer| bits16(layer, 0, 2, 0x3f)),
    of(Ipv4, "ip.dsfield.ecn", Unsigned, "Congestion: 1 and 2 it can be told, 3 it is told.", |layer| {
        bits16(layer, 0, 0, 0x3)
    }),
    of(Ipv4, "ip.len", Unsigned, "Octets of header and payload.", |layer| be16(layer, 2)),
    of(Ipv4, "ip.id", Unsigned, "Identification: what fragments of one packet have in common.", |layer| be16(layer, 4)),
    of(Ipv4, "ip.flags", Unsigned, "The three flags.", |layer| bits16(layer, 6, 13, 0x7)),
    of(Ipv4, "ip.flags.rb", Bool, "Reserved.", |layer| bit16(layer, 6, 0x8000)),
    of(Ipv4, "ip.flags.df", Bool, "Routers must not fragment it.", |layer| bit16(layer, 6, 0x4000)),
    of(Ipv4, "ip.flags.mf", Bool, "More fragments follow.", |layer| bit16(layer, 6, 0x2000)),
    of(Ipv4, "ip.frag_offset", Unsigned, "Where the fragment belongs, in octets.", |layer| {
        layer.data.be16_at(6).ok().map(|field| (u32::from(field & 0x1fff) * 8).into())
    }),
    of(Ipv4, "ip.ttl", Unsigned, "Hops that are left.", |layer| u8(layer, 8)),
    of(Ipv4, "ip.proto", Unsigned, "What it carries: a protocol number.", |layer| u8(layer, 9)),
    of(Ipv4, "ip.checksum", Unsigned, "Checksum of the header.", |layer| be16(layer, 10)),
    of(Ipv4, "ip.src", Kind::Ipv4, "Who sent it.", |layer| ipv4(layer, 12)),
    of(Ipv4, "ip.dst", Kind::Ipv4, "Whom it is for.", |layer| ipv4(layer, 16)),
    alias("ip.addr", Kind::Ipv4, "Either address.", &["ip.src", "ip.dst"]),
    presence(Ipv6),
    of(Ipv6, "ipv6.version", Unsigned, "6.", |layer| bits16(layer, 0, 12, 0xf)),
    of(Ipv6, "ipv6.tclass", Unsigned, "Traffic class.", |layer| bits16(layer, 0, 4, 0xff)),
    of(Ipv6, "ipv6.tclass.dscp", Unsigned, "Differentiated services code point.", |layer| bits16(layer, 0, 6, 0x3f)),
    of(Ipv6, "ipv6.tclass.ecn", Unsigned, "Congestion: 1 and 2 it can be told, 3 it is told.", |layer| {
        bits16(layer, 0, 4, 0x3)
    }),
    of(Ipv6, "ipv6.flow", Unsigned, "Flow label.", |layer| bits32(layer, 0, 0, 0xf_ffff)),
    of(Ipv6, "ipv6.plen", Unsigned, "Octets behind the header.", |layer| be16(layer, 4)),
    of(Ipv6, "ipv6.nxt", Unsigned, "What follows: a protocol number.", |layer| u8(layer, 6)),
    of(Ipv6, "ipv6.hlim", Unsigned, "Hops that are left.", |layer| u8(layer, 7)),
    of(Ipv6, "ipv6.src", Kind::Ipv6, "Who sent it.", |layer| ipv6(layer, 8)),
    of(Ipv6, "ipv6.dst", Kind::Ipv6, "Whom it is for.", |layer| ipv6(layer, 24)),
    alias("ipv6.addr", Kind::Ipv6, "Either address.", &["ipv6.src", "ipv6.dst"]),
];
