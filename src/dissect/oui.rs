//! Organizationally unique identifiers (IEEE 802 section 8): whose protocol numbers and options follow.

use super::names_table::Name;

/// The protocol number is an EtherType.
pub const ETHERNET: u32 = 0x000000;
/// Cisco's own protocols.
pub const CISCO: u32 = 0x00000c;
/// IANA.
pub const IANA: u32 = 0x00005e;
/// Cisco bridges; the protocol number is an EtherType.
pub const CISCO_BRIDGED: u32 = 0x0000f8;
/// Appletalk.
pub const APPLETALK: u32 = 0x080007;
/// IEEE 802.1: bridged frames (RFC 2684) and options of its own.
pub const IEEE_802_1: u32 = 0x0080c2;
/// IEEE 802.3.
pub const IEEE_802_3: u32 = 0x00120f;
/// Telecommunications Industry Association.
pub const TIA: u32 = 0x0012bb;
/// Data Center Bridging Exchange.
pub const DCBX: u32 = 0x001b21;

/// Organizations as tcpdump names them.
pub const NAMES: &[Name] = &[
    (ETHERNET, "Ethernet"),
    (CISCO, "Cisco"),
    (IANA, "IANA"),
    (0x000081, "Nortel Networks SONMP"),
    (CISCO_BRIDGED, "Cisco bridged"),
    (0x0019a7, "ITU-T"),
    (IEEE_802_1, "Ethernet bridged"),
    (0x00a03e, "ATM Forum"),
    (0x00e02f, "DOCSIS Spanning Tree"),
    (APPLETALK, "Appletalk"),
    (0x009069, "Juniper"),
    (0x080009, "Hewlett-Packard"),
    (IEEE_802_3, "IEEE 802.3 Private"),
    (TIA, "ANSI/TIA"),
    (DCBX, "DCBX"),
    (0x002320, "Nicira Networks"),
    (0x5c16c7, "Big Switch Networks"),
    (0xb0d2f5, "Vello Systems"),
    (0x002481, "HP"),
    (0x0004ea, "HP-Labs"),
    (0x748771, "Infoblox Inc"),
    (0xa42305, "Open Networking Lab"),
    (0x00049f, "Freescale"),
    (0x0015ad, "Netronome"),
    (0x001018, "Broadcom"),
    (0x00e004, "PMC-Sierra"),
    (0xd0f0db, "Ericsson"),
];
