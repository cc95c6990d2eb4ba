//! Extended communities (RFC 4360).

use super::{need, need_within};
use crate::dissect::address::IpAddress;
use crate::dissect::app::pseudowire;
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::decimal::Decimals3;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

/// Octets of a community: type and subtype, then its value.
const LENGTH: usize = 8;
const VALUE: usize = 2;

/// A route target that starts with an AS number of two octets.
pub const TARGET_AS: u16 = 0x0002;
/// A route target that starts with an IPv4 address.
pub const TARGET_IPV4: u16 = 0x0102;
/// A route target that starts with an AS number of four octets.
pub const TARGET_AS4: u16 = 0x0202;
const ORIGIN_AS: u16 = 0x0003;
const ORIGIN_IPV4: u16 = 0x0103;
const ORIGIN_AS4: u16 = 0x0203;
const DOMAIN_AS: u16 = 0x0005;
const DOMAIN_IPV4: u16 = 0x0105;
const DOMAIN_AS4: u16 = 0x0205;
const DOMAIN_VENDOR: u16 = 0x8005;
const SOURCE_AS: u16 = 0x0009;
const L2VPN_AS: u16 = 0x000a;
const L2VPN_IPV4: u16 = 0xf10a;
const OSPF_ROUTER_ID: u16 = 0x0107;
const OSPF_ROUTER_ID_VENDOR: u16 = 0x8001;
const VRF_ROUTE_IMPORT: u16 = 0x010b;
const OSPF_ROUTE_TYPE: u16 = 0x0306;
const OSPF_ROUTE_TYPE_VENDOR: u16 = 0x8000;
const ENCAPSULATION: u16 = 0x030c;
const LINK_BANDWIDTH: u16 = 0x4004;
const ORIGIN_VALIDATION: u16 = 0x4300;
const LAYER2_INFO: u16 = 0x800a;
const TYPES: &[Name] = &[
    (TARGET_AS as u32, "target"),
    (TARGET_IPV4 as u32, "target"),
    (TARGET_AS4 as u32, "target"),
    (ORIGIN_AS as u32, "origin"),
    (ORIGIN_IPV4 as u32, "origin"),
    (ORIGIN_AS4 as u32, "origin"),
    (LINK_BANDWIDTH as u32, "link-BW"),
    (ORIGIN_VALIDATION as u32, "origin-validation-state"),
    (DOMAIN_AS as u32, "ospf-domain"),
    (DOMAIN_IPV4 as u32, "ospf-domain"),
    (DOMAIN_AS4 as u32, "ospf-domain"),
    (DOMAIN_VENDOR as u32, "ospf-domain"),
    (OSPF_ROUTE_TYPE as u32, "ospf-route-type"),
    (OSPF_ROUTE_TYPE_VENDOR as u32, "ospf-route-type"),
    (ENCAPSULATION as u32, "encapsulation"),
    (OSPF_ROUTER_ID as u32, "ospf-router-id"),
    (OSPF_ROUTER_ID_VENDOR as u32, "ospf-router-id"),
    (LAYER2_INFO as u32, "layer2-info"),
    (0x8800, "eigrp-general-route (flag, tag)"),
    (0x8801, "eigrp-route-metric (AS, delay)"),
    (0x8802, "eigrp-route-metric (reliability, nexthop, bandwidth)"),
    (0x8803, "eigrp-route-metric (load, MTU)"),
    (0x8804, "eigrp-external-route (remote-AS, remote-ID)"),
    (0x8805, "eigrp-external-route (remote-proto, remote-metric)"),
    (SOURCE_AS as u32, "source-AS"),
    (VRF_ROUTE_IMPORT as u32, "vrf-route-import"),
    (L2VPN_AS as u32, "l2vpn-id"),
    (L2VPN_IPV4 as u32, "l2vpn-id"),
];
const FLAGS: &[Name] = &[(0x8000, "vendor-specific"), (0x4000, "non-transitive")];

/// RFC 8097.
const VALIDATION_STATES: &[Name] = &[(0, "valid"), (1, "not found"), (2, "invalid")];

/// RFC 4577 section 4.2.6.
const OSPF_EXTERNAL: u8 = 5;
const OSPF_NSSA: u8 = 7;
const OSPF_ROUTES: &[Name] = &[
    (1, "Router"),
    (2, "Network"),
    (3, "Summary"),
    (OSPF_EXTERNAL as u32, "External"),
    (OSPF_NSSA as u32, "NSSA External"),
    (129, "MPLS-VPN Sham"),
];
const OSPF_METRIC_TYPE_2: u8 = 0x01;

/// Tunnels (IANA "BGP Tunnel Encapsulation Attribute Tunnel Types").
const TUNNELS: &[Name] = &[
    (1, "L2TPv3 over IP"),
    (2, "GRE"),
    (3, "Transmit Tunnel"),
    (4, "IPsec"),
    (5, "IP in IP with IPsec"),
    (6, "MPLS in IP with IPsec"),
    (7, "IP in IP"),
    (8, "VXLAN"),
    (9, "NVGRE"),
    (10, "MPLS"),
    (11, "MPLS in GRE"),
    (12, "VXLAN GPE"),
    (13, "MPLS in UDP"),
    (14, "IPv6"),
    (15, "SR TE"),
    (16, "Bare"),
    (17, "SR"),
];

/// Prints communities, a line each.
pub fn print(cx: &mut Context, value: &Cursor) -> Result<(), Stop> {
    let mut rest = *value;
    while rest.length() > 0 {
        need_within(&rest, 2)?;
        let kind = rest.be16_at(0)?;
        let name = lookup(TYPES, kind).unwrap_or("unknown extd community typecode");
        put!(cx, "\n\t    ", name, " (0x", Hex0(kind, 4), "), Flags [");
        put_bits(&mut cx.out, FLAGS, kind.into(), ", ", "none");
        put!(cx, "]");
        need(&rest, LENGTH)?;
        put!(cx, ": ");
        put_value(cx, kind, &rest)?;
        rest = rest.skip(LENGTH);
    }
    Ok(())
}

fn put_value(cx: &mut Context, kind: u16, community: &Cursor) -> Outcome {
    match kind {
        TARGET_AS | ORIGIN_AS | L2VPN_AS => {
            put!(cx, community.be16_at(VALUE)?, ":", community.be32_at(4)?, " (= ");
            cx.ipv4_at(community, 4)?;
            put!(cx, ")");
        }
        TARGET_IPV4 | ORIGIN_IPV4 | L2VPN_IPV4 | VRF_ROUTE_IMPORT => {
            cx.ipv4_at(community, VALUE)?;
            put!(cx, ":", community.be16_at(6)?);
        }
        TARGET_AS4 | ORIGIN_AS4 => {
            put!(cx, AsNumber::new(cx, community.be32_at(VALUE)?), ":", community.be16_at(6)?);
        }
        // Octets a second on the wire.
        LINK_BANDWIDTH => {
            let bandwidth = f32::from_bits(community.be32_at(4)?);
            put!(cx, "bandwidth: ", Decimals3(bandwidth * 8.0 / 1_000_000.0), " Mbps");
        }
        ORIGIN_VALIDATION => put_validation(cx, community)?,
        DOMAIN_AS | DOMAIN_IPV4 | DOMAIN_AS4 | DOMAIN_VENDOR | OSPF_ROUTER_ID | OSPF_ROUTER_ID_VENDOR => {
            cx.ipv4_at(community, VALUE)?;
        }
        OSPF_ROUTE_TYPE | OSPF_ROUTE_TYPE_VENDOR => put_ospf_route(cx, community)?,
        LAYER2_INFO => {
            let name = lookup(pseudowire::ENCAPSULATIONS, community.u8_at(2)?).unwrap_or("unknown encaps");
            let (flags, mtu) = (community.u8_at(3)?, community.be16_at(4)?);
            put!(cx, name, " Control Flags [0x", Hex0(flags, 2), "]:MTU ", mtu);
        }
        SOURCE_AS => put!(cx, "AS ", community.be16_at(VALUE)?),
        ENCAPSULATION => {
            put!(cx, "Tunnel type: ", lookup(TUNNELS, community.be16_at(6)?).unwrap_or("unknown encaps"));
        }
        _ => put!(cx, HexBytes(community.bytes_at(VALUE, LENGTH - VALUE)?)),
    }
    Ok(())
}

fn put_validation(cx: &mut Context, community: &Cursor) -> Outcome {
    let reserved = community.be64_at(0)? >> 8 & 0xff_ffff_ffff;
    if reserved != 0 {
        put!(cx, "[the reserved field 0x", Hex(reserved), " MUST be 0] ");
    }
    let state = lookup(VALIDATION_STATES, community.u8_at(7)?).unwrap_or("unknown origin validation state");
    put!(cx, "ovs: ", state);
    Ok(())
}

/// An OSPF route. A metric of type 2 is named beside type 1, for the types follow from different fields.
fn put_ospf_route(cx: &mut Context, community: &Cursor) -> Outcome {
    let (area, route, options) = (IpAddress::v4_at(community, VALUE)?, community.u8_at(6)?, community.u8_at(7)?);
    put!(cx, "area:");
    cx.host(area);
    match lookup(OSPF_ROUTES, route) {
        Some(name) => put!(cx, ", router-type:", name),
        None => put!(cx, ", router-type:unknown (0x", Hex0(route, 2), ")"),
    }
    put!(cx, ", metric-type:", if options & OSPF_METRIC_TYPE_2 != 0 { "E2" } else { "" });
    put!(cx, if matches!(route, OSPF_EXTERNAL | OSPF_NSSA) { "E1" } else { "" });
    Ok(())
}
