//! Families of network addresses (IANA "Address Family Numbers").

use super::names_table::Name;

/// IP version 4.
pub const IPV4: u16 = 1;
/// IP version 6.
pub const IPV6: u16 = 2;
/// OSI network service access points.
pub const NSAP: u16 = 3;
/// IEEE 802 MAC addresses.
pub const IEEE_802: u16 = 6;
/// Virtual private LANs.
pub const VPLS: u16 = 25;
/// Layer 2 VPNs, as they were numbered before 25 was assigned.
pub const L2VPN: u16 = 196;

/// Families as tcpdump names them.
pub const NAMES: &[Name] = &[
    (0, "Reserved"),
    (IPV4 as u32, "IPv4"),
    (IPV6 as u32, "IPv6"),
    (NSAP as u32, "NSAP"),
    (4, "HDLC"),
    (5, "BBN 1822"),
    (IEEE_802 as u32, "802"),
    (7, "E.163"),
    (8, "E.164"),
    (9, "F.69"),
    (10, "X.121"),
    (11, "Novell IPX"),
    (12, "Appletalk"),
    (13, "Decnet IV"),
    (14, "Banyan Vines"),
    (15, "E.164 with NSAP subaddress"),
    (L2VPN as u32, "Layer-2 VPN"),
    (VPLS as u32, "VPLS"),
];
