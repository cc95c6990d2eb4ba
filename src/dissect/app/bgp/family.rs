//! Address families of BGP and their subsequent address families (RFC 4760): which NLRI is how encoded.

use crate::dissect::address_family;
use crate::dissect::app::prefix::Version;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const UNICAST: u8 = 1;
const MULTICAST: u8 = 2;
const UNICAST_MULTICAST: u8 = 3;
const LABELED_UNICAST: u8 = 4;
const MULTICAST_VPN: u8 = 5;
const VPLS: u8 = 65;
const MDT: u8 = 66;
const VPN_UNICAST: u8 = 128;
const VPN_MULTICAST: u8 = 129;
const VPN_UNICAST_MULTICAST: u8 = 130;
const ROUTE_TARGET: u8 = 132;
/// Subsequent address families (IANA "SAFI Values").
const SUBSEQUENT: &[Name] = &[
    (0, "Reserved"),
    (UNICAST as u32, "Unicast"),
    (MULTICAST as u32, "Multicast"),
    (UNICAST_MULTICAST as u32, "Unicast+Multicast"),
    (LABELED_UNICAST as u32, "labeled Unicast"),
    (64, "Tunnel"),
    (VPLS as u32, "VPLS"),
    (MDT as u32, "MDT"),
    (70, "EVPN"),
    (VPN_UNICAST as u32, "labeled VPN Unicast"),
    (VPN_MULTICAST as u32, "labeled VPN Multicast"),
    (VPN_UNICAST_MULTICAST as u32, "labeled VPN Unicast+Multicast"),
    (ROUTE_TARGET as u32, "Route Target Routing Information"),
    (MULTICAST_VPN as u32, "Multicast VPN"),
];

/// An encoding of NLRI.
#[derive(Clone, Copy)]
pub enum Encoding {
    /// Prefixes (RFC 4760).
    Prefix(Version),
    /// Prefixes behind a label (RFC 8277).
    Labeled(Version),
    /// Prefixes behind a label and a route distinguisher (RFC 4364, RFC 4659).
    Vpn(Version),
    /// Prefixes of route targets (RFC 4684).
    RouteTarget,
    /// Routes of multicast VPNs (RFC 6514).
    MulticastVpn,
    /// Multicast distribution trees (RFC 6037).
    Mdt,
    /// Prefixes of OSI addresses.
    Nsap,
    /// Prefixes of OSI addresses behind a label and a route distinguisher.
    NsapVpn,
    /// Layer 2 VPNs (RFC 4761).
    Layer2Vpn,
}

/// An address family and a subsequent one.
#[derive(Clone, Copy)]
pub struct Family {
    pub afi: u16,
    pub safi: u8,
}

impl Family {
    /// The numbers at two offsets of a cursor.
    pub fn read(data: &Cursor, afi: usize, safi: usize) -> Outcome<Self> {
        Ok(Family { afi: data.be16_at(afi)?, safi: data.u8_at(safi)? })
    }

    /// Appends `AFI IPv4 (1), SAFI Unicast (1)`.
    pub fn put(self, cx: &mut Context) {
        let (afi, safi) = (name(self.afi), lookup(SUBSEQUENT, self.safi).unwrap_or("Unknown"));
        put!(cx, "AFI ", afi, " (", self.afi, "), SAFI ", safi, " (", self.safi, ")");
    }

    /// The line in front of multiprotocol NLRI. SAFI 128 was a vendor's before it became everybody's.
    pub fn put_line(self, cx: &mut Context) {
        let afi = lookup(address_family::NAMES, self.afi).unwrap_or("Unknown AFI");
        let safi = lookup(SUBSEQUENT, self.safi).unwrap_or("Unknown SAFI");
        put!(cx, "\n\t    AFI: ", afi, " (", self.afi, "), ");
        put!(cx, if self.safi > 128 { "vendor specific " } else { "" }, "SAFI: ", safi, " (", self.safi, ")");
    }

    /// How the NLRI is encoded, if that is known.
    pub fn encoding(self) -> Option<Encoding> {
        let version = match self.afi {
            address_family::IPV4 => Version::V4,
            address_family::IPV6 => Version::V6,
            address_family::NSAP => return nsap_encoding(self.safi),
            address_family::VPLS if self.safi == VPLS => return Some(Encoding::Layer2Vpn),
            address_family::L2VPN if is_vpn(self.safi) => return Some(Encoding::Layer2Vpn),
            _ => return None,
        };
        match (self.safi, version) {
            (UNICAST | MULTICAST | UNICAST_MULTICAST, _) => Some(Encoding::Prefix(version)),
            (LABELED_UNICAST, _) => Some(Encoding::Labeled(version)),
            (safi, _) if is_vpn(safi) => Some(Encoding::Vpn(version)),
            (ROUTE_TARGET, Version::V4) => Some(Encoding::RouteTarget),
            (MULTICAST_VPN, Version::V4) => Some(Encoding::MulticastVpn),
            (MDT, Version::V4) => Some(Encoding::Mdt),
            _ => None,
        }
    }
}

fn nsap_encoding(safi: u8) -> Option<Encoding> {
    match safi {
        UNICAST | MULTICAST | UNICAST_MULTICAST => Some(Encoding::Nsap),
        safi if is_vpn(safi) => Some(Encoding::NsapVpn),
        _ => None,
    }
}

fn is_vpn(safi: u8) -> bool {
    matches!(safi, VPN_UNICAST | VPN_MULTICAST | VPN_UNICAST_MULTICAST)
}

/// The name of an address family.
pub fn name(afi: u16) -> &'static str {
    lookup(address_family::NAMES, afi).unwrap_or("Unknown")
}
