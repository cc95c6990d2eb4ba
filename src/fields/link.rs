//! Fields of link-layer headers, ARP and MPLS.

use super::Kind::{Bool, Ipv4, Mac, Unsigned};
use super::read::{be16, be32, bit16, bits16, bits32, ipv4, mac, u8};
use super::{Field, alias, of, presence};
use crate::layers::Layer;
use crate::layers::Protocol::{Arp, Cooked, Ethernet, Llc, Loopback, Mpls, Ppp, Pppoe, Vlan, Wifi};

/// Below, Ethernet's type field is a length.
const ETHERNET_LENGTH_MAX: u16 = 1500;
/// The length that tells the first version of Linux's cooked header from the second.
const COOKED_V1_LENGTH: u32 = 16;

/// Whether addresses in ARP are Ethernet's and IPv4's.
fn is_ethernet_and_ipv4(layer: &Layer) -> bool {
    layer.data.be32_at(0) == Ok(0x0001_0800) && layer.data.be16_at(4) == Ok(0x0604)
}

fn is_cooked_v1(layer: &Layer) -> bool {
    layer.header_length == COOKED_V1_LENGTH
}

fn ethernet_has_type(layer: &Layer) -> bool {
    layer.data.be16_at(12).is_ok_and(|kind| kind > ETHERNET_LENGTH_MAX)
}

/// The fields.
pub const FIELDS: &[Field] = &[
    presence(Ethernet),
    of(Ethernet, "eth.dst", Mac, "The station it is for.", |layer| mac(layer, 0)),
    of(Ethernet, "eth.src", Mac, "The station that sent it.", |layer| mac(layer, 6)),
    alias("eth.addr", Mac, "Either station.", &["eth.dst", "eth.src"]),
    of(Ethernet, "eth.type", Unsigned, "What it carries: an EtherType.", |layer| {
        be16(layer, 12).filter(|_| ethernet_has_type(layer))
    }),
    of(Ethernet, "eth.len", Unsigned, "Octets that it carries, in IEEE 802.3 framing.", |layer| {
        be16(layer, 12).filter(|_| !ethernet_has_type(layer))
    }),
    presence(Vlan),
    of(Vlan, "vlan.priority", Unsigned, "Priority code point.", |layer| bits16(layer, 0, 13, 0x7)),
    of(Vlan, "vlan.dei", Bool, "It may be dropped first.", |layer| bit16(layer, 0, 0x1000)),
    of(Vlan, "vlan.id", Unsigned, "Which virtual network.", |layer| bits16(layer, 0, 0, 0xfff)),
    of(Vlan, "vlan.etype", Unsigned, "What is behind the tag: an EtherType.", |layer| be16(layer, 2)),
    presence(Cooked),
    of(Cooked, "sll.pkttype", Unsigned, "0 to us, 1 broadcast, 2 multicast, 3 to others, 4 from us.", |layer| {
        if is_cooked_v1(layer) { be16(layer, 0) } else { u8(layer, 10) }
    }),
    of(Cooked, "sll.etype", Unsigned, "What it carries: an EtherType.", |layer| {
        be16(layer, if is_cooked_v1(layer) { 14 } else { 0 })
    }),
    of(Cooked, "sll.ifindex", Unsigned, "The interface's number.", |layer| {
        be32(layer, 4).filter(|_| !is_cooked_v1(layer))
    }),
    presence(Loopback),
    presence(Wifi),
    presence(Llc),
    presence(Pppoe),
    presence(Ppp),
    presence(Mpls),
    of(Mpls, "mpls.label", Unsigned, "The label.", |layer| bits32(layer, 0, 12, 0xf_ffff)),
    of(Mpls, "mpls.exp", Unsigned, "Traffic class.", |layer| bits32(layer, 0, 9, 0x7)),
    of(Mpls, "mpls.ttl", Unsigned, "Hops that are left.", |layer| bits32(layer, 0, 0, 0xff)),
    presence(Arp),
    of(Arp, "arp.opcode", Unsigned, "1 request, 2 reply.", |layer| be16(layer, 6)),
    of(Arp, "arp.src.hw_mac", Mac, "The sender's station.", |layer| {
        mac(layer, 8).filter(|_| is_ethernet_and_ipv4(layer))
    }),
    of(Arp, "arp.src.proto_ipv4", Ipv4, "The sender's address.", |layer| {
        ipv4(layer, 14).filter(|_| is_ethernet_and_ipv4(layer))
    }),
    of(Arp, "arp.dst.hw_mac", Mac, "The station that is answered; zero where it is asked for.", |layer| {
        mac(layer, 18).filter(|_| is_ethernet_and_ipv4(layer))
    }),
    of(Arp, "arp.dst.proto_ipv4", Ipv4, "The address that is asked for or answered.", |layer| {
        ipv4(layer, 24).filter(|_| is_ethernet_and_ipv4(layer))
    }),
];
