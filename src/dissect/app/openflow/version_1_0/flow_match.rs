//! What a packet must be like to be of a flow, in OpenFlow 1.0 (section 5.2.3).

use super::super::parts::name_or_plain;
use super::names::{PORTS, WILDCARDS};
use crate::dissect::address::{IpAddress, Mac};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethertype;
use crate::dissect::net::protocol;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of a match.
pub(super) const LENGTH: usize = 40;

/// Bits of the fields that are not matched.
const IN_PORT: u32 = 1;
const VLAN: u32 = 1 << 1;
const SOURCE_MAC: u32 = 1 << 2;
const DESTINATION_MAC: u32 = 1 << 3;
const ETHERTYPE: u32 = 1 << 4;
const IP_PROTOCOL: u32 = 1 << 5;
const SOURCE_PORT: u32 = 1 << 6;
const DESTINATION_PORT: u32 = 1 << 7;
const VLAN_PRIORITY: u32 = 1 << 20;
const TYPE_OF_SERVICE: u32 = 1 << 21;
/// Where the masks of the addresses are, and how wide: so many bits at the end do not count.
const SOURCE_MASK_AT: u32 = 8;
const DESTINATION_MASK_AT: u32 = 14;
const MASK: u32 = 0x3f;

/// A packet without a VLAN.
const NO_VLAN: u16 = 0xffff;

/// Prints the fields that are matched, each behind `indent`.
pub(super) fn put(cx: &mut Context, indent: &str, data: &Cursor) -> Outcome {
    let wildcards = data.be32_at(0)?;
    let counts = |field: u32| wildcards & field == 0;
    if wildcards & !WILDCARDS.assigned != 0 {
        put!(cx, indent, "wildcards 0x", Hex0(wildcards, 8), " (bogus)");
    }
    if counts(IN_PORT) {
        put!(cx, indent, "match in_port ", name_or_plain(PORTS, data.be16_at(4)?));
    }
    for (field, name, at) in [(SOURCE_MAC, "match dl_src ", 6), (DESTINATION_MAC, "match dl_dst ", 12)] {
        if counts(field) {
            let address = Mac(data.array_at(at)?);
            put!(cx, indent, name);
            cx.mac(address);
        }
    }
    if counts(VLAN) {
        put_vlan(cx, indent, "match dl_vlan ", data.be16_at(18)?);
    }
    if counts(VLAN_PRIORITY) {
        put_priority(cx, indent, "match dl_vlan_pcp ", data.u8_at(20)?);
    }
    let kind = data.be16_at(22)?;
    if counts(ETHERTYPE) {
        put!(cx, indent, "match dl_type 0x", Hex0(kind, 4));
    }
    if counts(TYPE_OF_SERVICE) {
        put!(cx, indent, "match nw_tos 0x", Hex0(data.u8_at(24)?, 2));
    }
    let number = data.u8_at(25)?;
    if counts(IP_PROTOCOL) {
        let is_arp = counts(ETHERTYPE) && kind == ethertype::ARP;
        put!(cx, indent, "match ", if is_arp { "arp_opcode " } else { "nw_proto " }, number);
    }
    for (name, mask_at, at) in [("match nw_src ", SOURCE_MASK_AT, 28), ("match nw_dst ", DESTINATION_MASK_AT, 32)] {
        let ignored = wildcards >> mask_at & MASK;
        if ignored < 32 {
            let address = IpAddress::v4_at(data, at)?;
            put!(cx, indent, name);
            cx.host(address);
            put!(cx, "/", 32 - ignored);
        }
    }
    let is_icmp = counts(ETHERTYPE) && kind == ethertype::IPV4 && counts(IP_PROTOCOL) && number == protocol::ICMP;
    if counts(SOURCE_PORT) {
        put!(cx, indent, "match ", if is_icmp { "icmp_type " } else { "tp_src " }, data.be16_at(36)?);
    }
    let last = data.be16_at(38)?;
    if counts(DESTINATION_PORT) {
        put!(cx, indent, "match ", if is_icmp { "icmp_code " } else { "tp_dst " }, last);
    }
    Ok(())
}

/// A VLAN's number behind two texts.
pub(super) fn put_vlan(cx: &mut Context, indent: &str, label: &str, number: u16) {
    put!(cx, indent, label);
    match number {
        NO_VLAN => put!(cx, "NONE"),
        1..=4094 => put!(cx, number),
        _ => put!(cx, number, " (bogus)"),
    }
}

/// A VLAN's priority behind two texts.
pub(super) fn put_priority(cx: &mut Context, indent: &str, label: &str, priority: u8) {
    put!(cx, indent, label, priority, if priority > 7 { " (bogus)" } else { "" });
}
