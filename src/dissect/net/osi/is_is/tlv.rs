//! The values of a packet, each with a type and a length (ISO 10589 section 9; RFC 3359): their names, and the
//! dissectors of the small ones.

use std::ops::Range;

use super::super::{Dissected, End, checksum, expect, put_nsap, put_protocols};
use super::id::{LSP_ID_LENGTH, NODE_ID_LENGTH, SYSTEM_ID_LENGTH, id_at};
use super::prefixes::Family;
use super::{bridging, capability, neighbors, prefixes};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::nsap::Nsap;
use crate::dissect::oui;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex0, HexBytes, Pad};
use crate::dissect::signature;
use crate::put;

const AREAS: u8 = 1;
const NEIGHBORS: u8 = 2;
const END_SYSTEMS: u8 = 3;
const PARTITION: u8 = 4;
const PREFIX_NEIGHBORS: u8 = 5;
const LAN_NEIGHBORS: u8 = 6;
const INSTANCE: u8 = 7;
const PADDING: u8 = 8;
const LINK_STATES: u8 = 9;
const AUTHENTICATION: u8 = 10;
const CHECKSUM: u8 = 12;
const PURGE_ORIGINATOR: u8 = 13;
const BUFFER_SIZE: u8 = 14;
const WIDE_NEIGHBORS: u8 = 22;
const ALIASES: u8 = 24;
const INTERNAL_NETWORKS: u8 = 128;
const PROTOCOLS: u8 = 129;
const EXTERNAL_NETWORKS: u8 = 130;
const INTER_DOMAIN: u8 = 131;
const ADDRESSES: u8 = 132;
const ROUTER: u8 = 134;
const WIDE_NETWORKS: u8 = 135;
const HOSTNAME: u8 = 137;
const SHARED_RISK: u8 = 138;
const PORT_CAPABILITY: u8 = 143;
const BRIDGE_CAPABILITY: u8 = 144;
const RESTART: u8 = 211;
const TOPOLOGY_NEIGHBORS: u8 = 222;
const TOPOLOGIES: u8 = 229;
const ADDRESSES_6: u8 = 232;
const TOPOLOGY_NETWORKS: u8 = 235;
const WIDE_NETWORKS_6: u8 = 236;
const TOPOLOGY_NETWORKS_6: u8 = 237;
const ADJACENCY: u8 = 240;
const HELLO_SEQUENCE: u8 = 241;
const ROUTER_CAPABILITY: u8 = 242;
const VENDOR: u8 = 250;
const NAMES: &[Name] = &[
    (AREAS as u32, "Area address(es)"),
    (NEIGHBORS as u32, "IS Reachability"),
    (END_SYSTEMS as u32, "ES Neighbor(s)"),
    (PARTITION as u32, "Partition DIS"),
    (PREFIX_NEIGHBORS as u32, "Prefix Neighbors"),
    (LAN_NEIGHBORS as u32, "IS Neighbor(s)"),
    (INSTANCE as u32, "Instance Identifier"),
    (PADDING as u32, "Padding"),
    (LINK_STATES as u32, "LSP entries"),
    (AUTHENTICATION as u32, "Authentication"),
    (CHECKSUM as u32, "Checksum"),
    (PURGE_ORIGINATOR as u32, "Purge Originator Identifier"),
    (BUFFER_SIZE as u32, "LSP Buffersize"),
    (WIDE_NEIGHBORS as u32, "Extended IS Reachability"),
    (ALIASES as u32, "IS Alias ID"),
    (42, "DECnet Phase IV"),
    (66, "Lucent Proprietary"),
    (INTERNAL_NETWORKS as u32, "IPv4 Internal Reachability"),
    (PROTOCOLS as u32, "Protocols supported"),
    (EXTERNAL_NETWORKS as u32, "IPv4 External Reachability"),
    (INTER_DOMAIN as u32, "Inter-Domain Information Type"),
    (ADDRESSES as u32, "IPv4 Interface address(es)"),
    (133, "IPv4 authentication (deprecated)"),
    (ROUTER as u32, "Traffic Engineering Router ID"),
    (WIDE_NETWORKS as u32, "Extended IPv4 Reachability"),
    (SHARED_RISK as u32, "Shared Risk Link Group"),
    (PORT_CAPABILITY as u32, "Multi-Topology-Aware Port Capability"),
    (BRIDGE_CAPABILITY as u32, "Multi-Topology Capability"),
    (176, "Nortel Proprietary"),
    (177, "Nortel Proprietary"),
    (HOSTNAME as u32, "Hostname"),
    (RESTART as u32, "Restart Signaling"),
    (TOPOLOGY_NEIGHBORS as u32, "Multi Topology IS Reachability"),
    (TOPOLOGIES as u32, "Multi Topology"),
    (ADDRESSES_6 as u32, "IPv6 Interface address(es)"),
    (TOPOLOGY_NETWORKS as u32, "Multi-Topology IPv4 Reachability"),
    (WIDE_NETWORKS_6 as u32, "IPv6 reachability"),
    (TOPOLOGY_NETWORKS_6 as u32, "Multi-Topology IP6 Reachability"),
    (ADJACENCY as u32, "Point-to-point Adjacency State"),
    (HELLO_SEQUENCE as u32, "Hello PDU Sequence Number"),
    (ROUTER_CAPABILITY as u32, "IS-IS Router Capability"),
    (VENDOR as u32, "Vendor Private"),
];

const VIRTUAL: &[Name] = &[(0, "IsNotVirtual"), (1, "IsVirtual")];
const TOPOLOGY_NAMES: &[Name] = &[
    (0, "IPv4 unicast"),
    (1, "In-Band Management"),
    (2, "IPv6 unicast"),
    (3, "Multicast"),
    (4095, "Development, Experimental or Proprietary"),
];
const TOPOLOGY_FLAGS: &[Name] = &[(0x4000, "ATT bit set"), (0x8000, "Overload bit set")];
const ADJACENCY_STATES: &[Name] = &[(0, "Up"), (1, "Initializing"), (2, "Down")];
const RESTART_FLAGS: &[Name] =
    &[(0x1, "Restart Request"), (0x2, "Restart Acknowledgement"), (0x4, "Suppress adjacency advertisement")];
const AS_NUMBER: u8 = 2;
const INTER_DOMAIN_TYPES: &[Name] =
    &[(0, "Reserved"), (1, "Routing-Domain Specific"), (AS_NUMBER as u32, "AS Number Tag")];

const PASSWORD: u8 = 1;
const GENERIC: u8 = 3;
const MD5: u8 = 54;
/// A link state packet's lifetime and checksum; tcpdump clears these octets in other packets too.
const NOT_SIGNED: &[Range<usize>] = &[10..12, 24..26];
const AUTHENTICATIONS: &[Name] = &[
    (PASSWORD as u32, "simple text password"),
    (GENERIC as u32, "Generic Crypto key-id"),
    (MD5 as u32, "HMAC-MD5 password"),
    (255, "Routing Domain private password"),
];

const LINK_STATE_LENGTH: usize = 16;

/// Prints the values that are left of a packet.
pub(super) fn print(cx: &mut Context, packet: &Cursor, mut rest: Cursor) -> Dissected {
    while rest.length() > 0 {
        expect(&rest, 2)?;
        if rest.length() < 2 {
            return Err(End::Incomplete);
        }
        let (kind, length) = (rest.u8()?, rest.u8()?);
        put!(cx, "\n\t    ", name_or(NAMES, kind, "unknown"), " TLV #", kind, ", length: ", length);
        if rest.length() < length.into() {
            return Err(End::Incomplete);
        }
        // A value's own lengths may lead beyond it.
        let value = rest.with_length(length.into());
        put_value(cx, kind, value, packet)?;
        if cx.style.verbose > 1 {
            put_hex_lines(cx, "\n\t      ", &rest, length.into());
        }
        rest = rest.skip(length.into());
    }
    Ok(())
}

fn put_value(cx: &mut Context, kind: u8, mut value: Cursor, packet: &Cursor) -> Dissected {
    let length = value.length();
    match (kind, length) {
        (AREAS, _) => put_areas(cx, value)?,
        (LAN_NEIGHBORS, _) => put_systems(cx, value, "SNPA: ")?,
        (INSTANCE, 4..) => put_instance(cx, value)?,
        (PADDING, _) => {}
        (TOPOLOGY_NEIGHBORS, _) => {
            put_topology(cx, &mut value)?;
            neighbors::print_wide(cx, value, true)?;
        }
        (ALIASES, _) => neighbors::print_wide(cx, value, false)?,
        (WIDE_NEIGHBORS, _) => neighbors::print_wide(cx, value, true)?,
        (NEIGHBORS, 1..) => {
            let kind = value.u8()?;
            match lookup(VIRTUAL, kind) {
                Some(name) => put!(cx, "\n\t      ", name),
                None => put!(cx, "\n\t      bogus virtual flag 0x", Hex0(kind, 2)),
            }
            neighbors::print_narrow(cx, value, "IS", NODE_ID_LENGTH)?;
        }
        (END_SYSTEMS, _) => neighbors::print_narrow(cx, value, "ES", SYSTEM_ID_LENGTH)?,
        (INTERNAL_NETWORKS | EXTERNAL_NETWORKS, _) => prefixes::print_narrow(cx, value)?,
        (WIDE_NETWORKS, _) => prefixes::print_wide(cx, value, Family::V4)?,
        (TOPOLOGY_NETWORKS, _) => {
            put_topology(cx, &mut value)?;
            prefixes::print_wide(cx, value, Family::V4)?;
        }
        (WIDE_NETWORKS_6, _) => prefixes::print_wide(cx, value, Family::V6)?,
        (TOPOLOGY_NETWORKS_6, _) => {
            put_topology(cx, &mut value)?;
            prefixes::print_wide(cx, value, Family::V6)?;
        }
        (ADDRESSES, _) => prefixes::print_addresses(cx, value, Family::V4)?,
        (ADDRESSES_6, _) => prefixes::print_addresses(cx, value, Family::V6)?,
        (AUTHENTICATION, 1..) => put_authentication(cx, value, packet)?,
        (ADJACENCY, _) => put_adjacency(cx, &value)?,
        (PROTOCOLS, _) => {
            put!(cx, "\n\t      NLPID(s): ");
            put_protocols(cx, &value, length as u8)?;
        }
        (PORT_CAPABILITY, 2..) => bridging::print_port(cx, value)?,
        (BRIDGE_CAPABILITY, 2..) => bridging::print_bridge(cx, value)?,
        (ROUTER, 4..) => put_address(cx, "\n\t      Traffic Engineering Router ID: ", &value)?,
        (HOSTNAME, _) => {
            put!(cx, "\n\t      Hostname: ");
            cx.escaped_padded_field(&value, length as usize)?;
        }
        (SHARED_RISK, _) => put_shared_risk(cx, value)?,
        (LINK_STATES, _) => put_link_states(cx, value)?,
        (CHECKSUM, 2..) => {
            expect(&value, 2)?;
            let found = value.be16_at(0)?;
            put!(cx, "\n\t      checksum: 0x", Hex0(found, 4), " ");
            let offset = packet.captured().len() - value.captured().len();
            checksum::put_verdict(cx, packet, found, offset, packet.length());
        }
        (PURGE_ORIGINATOR, 1..) => put_purge_originator(cx, value)?,
        (TOPOLOGIES, _) => {
            while value.length() > 1 {
                put_topology(cx, &mut value)?;
            }
            put!(cx, if value.length() == 1 { "\n\t      invalid MT-ID" } else { "" });
        }
        (RESTART, 1..) => put_restart(cx, value)?,
        (INTER_DOMAIN, 1..) => put_inter_domain(cx, value)?,
        (BUFFER_SIZE, 2..) => put!(cx, "\n\t      LSP Buffersize: ", value.be16_at(0)?),
        (PARTITION, _) => put_systems(cx, value, "")?,
        (PREFIX_NEIGHBORS, 4..) => put_prefix_neighbors(cx, value)?,
        (HELLO_SEQUENCE, 4..) => put!(cx, "\n\t      Sequence number: ", value.be32_at(0)?),
        (ROUTER_CAPABILITY, _) => capability::print(cx, &value)?,
        (VENDOR, 3..) => {
            let vendor = value.be24()?;
            put!(cx, "\n\t      Vendor: ", name_or(oui::NAMES, vendor, "Unknown"), " (", vendor, ")");
            put_hex_lines(cx, "\n\t\t", &value, value.length());
        }
        (
            INSTANCE | NEIGHBORS | AUTHENTICATION | PORT_CAPABILITY | BRIDGE_CAPABILITY | ROUTER | CHECKSUM
            | PURGE_ORIGINATOR | RESTART | INTER_DOMAIN | BUFFER_SIZE | PREFIX_NEIGHBORS | HELLO_SEQUENCE | VENDOR,
            _,
        ) => {}
        _ if cx.style.verbose <= 1 => put_hex_lines(cx, "\n\t\t", &value, length),
        _ => {}
    }
    Ok(())
}

fn put_areas(cx: &mut Context, mut rest: Cursor) -> Dissected {
    while rest.length() > 0 {
        let length = rest.u8()?;
        if rest.length() < length.into() {
            break;
        }
        let area = Nsap(rest.bytes_at(0, length.into())?);
        put!(cx, "\n\t      Area address (length: ", length, "): ", area);
        rest = rest.skip(length.into());
    }
    Ok(())
}

/// Systems in a list of their identifiers or addresses.
fn put_systems(cx: &mut Context, mut rest: Cursor, name: &str) -> Dissected {
    while rest.length() as usize >= SYSTEM_ID_LENGTH {
        expect(&rest, SYSTEM_ID_LENGTH)?;
        put!(cx, "\n\t      ", name, id_at(&rest, 0, SYSTEM_ID_LENGTH)?);
        rest = rest.skip(SYSTEM_ID_LENGTH);
    }
    Ok(())
}

/// One of several instances on a line, and its topologies (RFC 8202).
fn put_instance(cx: &mut Context, mut rest: Cursor) -> Outcome {
    let count = (rest.length() - 2) / 2;
    put!(cx, "\n\t      Instance ID: ", rest.be16()?, ", ITIDs(", count, "): ");
    for number in 1..=count {
        put!(cx, rest.be16()?, if number < count { ", " } else { "" });
    }
    Ok(())
}

/// Takes a topology's number (RFC 5120 section 7).
fn put_topology(cx: &mut Context, rest: &mut Cursor) -> Dissected {
    if rest.length() < 2 {
        return Err(End::Incomplete);
    }
    let field = rest.be16()?;
    let number = field & 0x0fff;
    put!(cx, "\n\t      ", name_or(TOPOLOGY_NAMES, number, "Reserved for IETF Consensus"));
    put!(cx, " Topology (0x", Hex0(number, 3), "), Flags: [", flags(TOPOLOGY_FLAGS, field & 0xf000, "none"), "]");
    Ok(())
}

fn put_authentication(cx: &mut Context, mut rest: Cursor, packet: &Cursor) -> Dissected {
    let kind = rest.u8()?;
    match lookup(AUTHENTICATIONS, kind) {
        Some(name) => put!(cx, "\n\t      ", name, ": "),
        None => put!(cx, "\n\t      unknown Authentication type 0x", Hex0(kind, 2), ": "),
    }
    let length = rest.length() as usize;
    match kind {
        PASSWORD => cx.escaped_padded_field(&rest, length)?,
        MD5 => {
            put_digest(cx, &rest)?;
            put!(cx, if length == signature::DIGEST_LENGTH { "" } else { ", (invalid subTLV) " });
            let at = packet.captured().len().saturating_sub(rest.captured().len());
            signature::print(cx, packet, at, NOT_SIGNED)?;
        }
        GENERIC if length < 2 => {}
        GENERIC => {
            put!(cx, rest.be16()?, ", password: ");
            put_digest(cx, &rest)?;
        }
        _ => put_hex_lines(cx, "\n\t\t  ", &rest, length as u32),
    }
    Ok(())
}

/// A digest, as far as it was captured.
fn put_digest(cx: &mut Context, digest: &Cursor) -> Outcome {
    put!(cx, HexBytes(digest.limit(digest.length()).captured()));
    digest.need(digest.length() as usize)
}

/// The state of a point-to-point adjacency (RFC 5303 section 3.2).
fn put_adjacency(cx: &mut Context, value: &Cursor) -> Dissected {
    let length = value.length();
    if length >= 1 {
        let state = value.u8_at(0)?;
        put!(cx, "\n\t      Adjacency State: ", name_or(ADJACENCY_STATES, state, "unknown"), " (", state, ")");
    }
    // tcpdump has the fields at their places whatever is left out, and counts what it has shown.
    let mut left = length.saturating_sub(1);
    if left > 4 {
        put!(cx, "\n\t      Extended Local circuit-ID: 0x", Hex0(value.be32_at(1)?, 8));
        left -= 4;
    }
    if left as usize >= SYSTEM_ID_LENGTH {
        expect(&value.skip(5), SYSTEM_ID_LENGTH)?;
        put!(cx, "\n\t      Neighbor System-ID: ", id_at(value, 5, SYSTEM_ID_LENGTH)?);
        left -= SYSTEM_ID_LENGTH as u32;
    }
    if left >= 4 {
        put!(cx, "\n\t      Neighbor Extended Local circuit-ID: 0x", Hex0(value.be32_at(11)?, 8));
    }
    Ok(())
}

fn put_address(cx: &mut Context, name: &str, value: &Cursor) -> Outcome {
    value.need(4)?;
    put!(cx, name);
    cx.ipv4_at(value, 0)
}

/// Links that fail together (RFC 5307 section 1.4).
fn put_shared_risk(cx: &mut Context, mut rest: Cursor) -> Dissected {
    if (rest.length() as usize) < NODE_ID_LENGTH {
        return Ok(());
    }
    expect(&rest, NODE_ID_LENGTH)?;
    put!(cx, "\n\t      IS Neighbor: ", id_at(&rest, 0, NODE_ID_LENGTH)?);
    rest = rest.skip(NODE_ID_LENGTH);
    if rest.length() < 1 {
        return Ok(());
    }
    put!(cx, ", Flags: [", if rest.u8()? & 1 != 0 { "numbered" } else { "unnumbered" }, "]");
    for name in ["\n\t      IPv4 interface address: ", "\n\t      IPv4 neighbor address: "] {
        if rest.length() < 4 {
            return Ok(());
        }
        put_address(cx, name, &rest)?;
        rest = rest.skip(4);
    }
    while rest.length() >= 4 {
        put!(cx, "\n\t      Link-ID: 0x", Hex0(rest.be32()?, 8));
    }
    Ok(())
}

/// Link state packets in a list of what identifies their versions.
fn put_link_states(cx: &mut Context, mut rest: Cursor) -> Dissected {
    while rest.length() as usize >= LINK_STATE_LENGTH {
        expect(&rest, 2 + LSP_ID_LENGTH)?;
        put!(cx, "\n\t      lsp-id: ", id_at(&rest, 2, LSP_ID_LENGTH)?);
        put!(cx, ", seq: 0x", Hex0(rest.be32_at(10)?, 8));
        put!(cx, ", lifetime: ", Pad(rest.be16_at(0)?, 5), "s");
        put!(cx, ", chksum: 0x", Hex0(rest.be16_at(14)?, 4));
        rest = rest.skip(LINK_STATE_LENGTH);
    }
    Ok(())
}

/// Who removed a link state packet, and from whom it had that (RFC 6232).
fn put_purge_originator(cx: &mut Context, mut rest: Cursor) -> Dissected {
    let count = rest.u8()?;
    if count == 0 {
        put!(cx, " No system IDs supplied");
        return Ok(());
    }
    if (rest.length() as usize) < SYSTEM_ID_LENGTH {
        return Ok(());
    }
    expect(&rest, SYSTEM_ID_LENGTH)?;
    put!(cx, "\n\t      Purge Originator System-ID: ", id_at(&rest, 0, SYSTEM_ID_LENGTH)?);
    rest = rest.skip(SYSTEM_ID_LENGTH);
    if count > 1 && rest.length() as usize >= SYSTEM_ID_LENGTH {
        // tcpdump wants more octets than it shows.
        expect(&rest, 2 * SYSTEM_ID_LENGTH + 1)?;
        put!(cx, "\n\t      Received from System-ID: ", id_at(&rest, 0, SYSTEM_ID_LENGTH)?);
    }
    Ok(())
}

/// A router that restarts (RFC 8706 section 3.2.1).
fn put_restart(cx: &mut Context, mut rest: Cursor) -> Dissected {
    expect(&rest, 1)?;
    put!(cx, "\n\t      Flags [", flags(RESTART_FLAGS, rest.u8()?, "none"), "]");
    if rest.length() < 2 {
        return Ok(());
    }
    expect(&rest, 2)?;
    put!(cx, ", Remaining holding time ", rest.be16()?, "s");
    if rest.length() as usize == SYSTEM_ID_LENGTH {
        expect(&rest, SYSTEM_ID_LENGTH)?;
        put!(cx, ", for ", id_at(&rest, 0, SYSTEM_ID_LENGTH)?);
    }
    Ok(())
}

/// What border routers tell each other (RFC 1195 section 5.3).
fn put_inter_domain(cx: &mut Context, mut rest: Cursor) -> Dissected {
    let kind = rest.u8()?;
    put!(cx, "\n\t      Inter-Domain Information Type: ");
    match lookup(INTER_DOMAIN_TYPES, kind) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Unknown (0x", Hex0(kind, 2), ")"),
    }
    match kind {
        AS_NUMBER if rest.length() < 2 => {}
        AS_NUMBER => put!(cx, "AS Number: ", rest.be16()?),
        _ => put_hex_lines(cx, "\n\t      ", &rest, rest.length()),
    }
    Ok(())
}

/// Systems by the beginnings of their addresses, counted in half octets.
fn put_prefix_neighbors(cx: &mut Context, mut rest: Cursor) -> Dissected {
    expect(&rest, neighbors::METRICS_LENGTH)?;
    put!(cx, "\n\t      Metric Block");
    neighbors::put_metrics(cx, &rest)?;
    rest = rest.skip(neighbors::METRICS_LENGTH);
    while rest.length() > 0 {
        let digits = rest.u8()?;
        if digits < 2 {
            put!(cx, "\n\t\tAddress: prefix length ", digits, " < 2");
            break;
        }
        let octets = digits / 2;
        if rest.length() < octets.into() {
            break;
        }
        rest.need(octets.into())?;
        put!(cx, "\n\t\tAddress: ");
        put_nsap(cx, &rest, octets)?;
        put!(cx, "/", u32::from(digits) * 4);
        rest = rest.skip(octets.into());
    }
    Ok(())
}
