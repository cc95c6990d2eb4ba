//! Network Layer Protocol Identifiers (ISO/IEC TR 9577): the octet in front of a packet where lines carry
//! several protocols.

use super::names_table::Name;

/// Nothing.
pub const NULL: u8 = 0x00;
/// Call control (ITU-T Q.933).
pub const Q933: u8 = 0x08;
/// An organization and its protocol number follow.
pub const SNAP: u8 = 0x80;
/// Connectionless network protocol (ISO 8473).
pub const CLNP: u8 = 0x81;
/// End system to intermediate system (ISO 9542).
pub const ES_IS: u8 = 0x82;
/// Intermediate system to intermediate system (ISO 10589).
pub const IS_IS: u8 = 0x83;
/// A fragment of a frame relay frame (FRF.15).
pub const FRAGMENT: u8 = 0xb1;
/// Internet protocol, version 4.
pub const IPV4: u8 = 0xcc;
/// Internet protocol, version 6.
pub const IPV6: u8 = 0x8e;
/// Point-to-Point Protocol.
pub const PPP: u8 = 0xcf;

/// Protocols as tcpdump names them.
pub const NAMES: &[Name] = &[
    (NULL as u32, "NULL"),
    (Q933 as u32, "Q.933"),
    (0x09, "LMI"),
    (SNAP as u32, "SNAP"),
    (CLNP as u32, "CLNP"),
    (ES_IS as u32, "ES-IS"),
    (IS_IS as u32, "IS-IS"),
    (0x84, "CONS"),
    (0x85, "IDRP"),
    (0xc1, "ISIS_SPB"),
    (FRAGMENT as u32, "FRF.15"),
    (IPV4 as u32, "IPv4"),
    (PPP as u32, "PPP"),
    (0x8a, "X25 ES-IS"),
    (IPV6 as u32, "IPv6"),
];
