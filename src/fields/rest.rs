//! Fields of control messages and tunnels, and protocols that are only known to be there.

use super::Kind::{Bool, Unsigned};
use super::read::{be16, be32, bit16, bits16, bits32, u8};
use super::{Field, Value, of, presence};
use crate::layers::Layer;
use crate::layers::Protocol::{Dhcp, Dns, Geneve, Gre, Gtp, Http, Icmp, Icmpv6, Igmp, Ntp, Ssh, Tls, Vxlan};

/// An echo message's field, of either version of ICMP.
fn echo<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    let is_echo = matches!(layer.data.u8_at(0), Ok(0 | 8 | 128 | 129));
    be16(layer, offset).filter(|_| is_echo)
}

/// Where the header of a DNS message starts: over TCP, its length is in front.
fn dns_header(layer: &Layer) -> usize {
    let length = layer.data.be16_at(0).map(u32::from);
    if length == Ok(layer.data.length().wrapping_sub(2)) { 2 } else { 0 }
}

/// Of control messages and tunnels.
pub const FIELDS: &[Field] = &[
    presence(Icmp),
    of(Icmp, "icmp.type", Unsigned, "What it says, such as 3: unreachable.", |layer| u8(layer, 0)),
    of(Icmp, "icmp.code", Unsigned, "What exactly.", |layer| u8(layer, 1)),
    of(Icmp, "icmp.checksum", Unsigned, "Checksum.", |layer| be16(layer, 2)),
    of(Icmp, "icmp.ident", Unsigned, "Whose echo it is.", |layer| echo(layer, 4)),
    of(Icmp, "icmp.seq", Unsigned, "Which echo it is.", |layer| echo(layer, 6)),
    presence(Icmpv6),
    of(Icmpv6, "icmpv6.type", Unsigned, "What it says, such as 1: unreachable.", |layer| u8(layer, 0)),
    of(Icmpv6, "icmpv6.code", Unsigned, "What exactly.", |layer| u8(layer, 1)),
    of(Icmpv6, "icmpv6.checksum", Unsigned, "Checksum.", |layer| be16(layer, 2)),
    presence(Igmp),
    of(Igmp, "igmp.type", Unsigned, "What it says.", |layer| u8(layer, 0)),
    presence(Gre),
    of(Gre, "gre.proto", Unsigned, "What it carries: an EtherType.", |layer| be16(layer, 2)),
    presence(Vxlan),
    of(Vxlan, "vxlan.vni", Unsigned, "Which virtual network.", |layer| bits32(layer, 4, 8, 0xff_ffff)),
    presence(Geneve),
    of(Geneve, "geneve.vni", Unsigned, "Which virtual network.", |layer| bits32(layer, 4, 8, 0xff_ffff)),
    presence(Gtp),
    of(Gtp, "gtp.teid", Unsigned, "Which tunnel.", |layer| be32(layer, 4)),
];

/// Of applications.
pub const APPLICATIONS: &[Field] = &[
    presence(Dns),
    of(Dns, "dns.id", Unsigned, "What question and answer have in common.", |layer| be16(layer, dns_header(layer))),
    of(Dns, "dns.flags", Unsigned, "The flags.", |layer| be16(layer, dns_header(layer) + 2)),
    of(Dns, "dns.flags.response", Bool, "It is an answer.", |layer| bit16(layer, dns_header(layer) + 2, 0x8000)),
    of(Dns, "dns.flags.rcode", Unsigned, "0 no error, 3 no such name.", |layer| {
        bits16(layer, dns_header(layer) + 2, 0, 0xf)
    }),
    presence(Dhcp),
    presence(Ntp),
    presence(Tls),
    presence(Http),
    presence(Ssh),
];
