//! The protocols that an EtherType names: their names, and the dissector of each.

use super::ppp::pppoe;
use super::{
    Stations, ata_over_ethernet, calm_fast, cfm, eapol, geonetworking, lldp, loopback, mpcp, nlb, ppp, realtek, slow,
};
use crate::dissect::app::ptp;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::Name;
use crate::dissect::net::{appletalk, arp, decnet, ipv4, ipv6, ipx, osi, tipc};
use crate::dissect::tunnel::{mpls, nsh};
use crate::put;

/// Alteon jumbo frames: an LLC header follows the type.
pub const JUMBO: u16 = 0x8870;
/// IEEE 802.1AE: a security tag follows, then another type.
pub const MACSEC: u16 = 0x88e5;
/// Internet Protocol version 4.
pub const IPV4: u16 = 0x0800;
/// Internet Protocol version 6.
pub const IPV6: u16 = 0x86dd;
/// MPLS labels.
pub const MPLS: u16 = 0x8847;
/// MPLS labels of a multicast tree.
pub const MPLS_MULTICAST: u16 = 0x8848;
/// BSD trailers: IPv4 with its header at the end.
pub const TRAIL: u16 = 0x1000;
/// AppleTalk.
pub const APPLETALK: u16 = 0x809b;
/// Internetwork Packet Exchange.
pub const IPX: u16 = 0x8137;
/// OSI, in a number that nobody assigned.
pub const OSI: u16 = 0xfefe;
const APPLETALK_ARP: u16 = 0x80f3;
/// Address Resolution Protocol.
pub const ARP: u16 = 0x0806;
const REVERSE_ARP: u16 = 0x8035;
const PPP: u16 = 0x880b;
const PPPOE_DISCOVERY: u16 = 0x8863;
const PPPOE_SESSION: u16 = 0x8864;
/// What 3Com's bridges put instead.
const PPPOE_DISCOVERY_3COM: u16 = 0x3c12;
const PPPOE_SESSION_3COM: u16 = 0x3c13;
const MAC_CONTROL: u16 = 0x8808;
const SLOW: u16 = 0x8809;
const NLB: u16 = 0x886f;
const EAPOL: u16 = 0x888e;
const LLDP: u16 = 0x88cc;
const LOOPBACK: u16 = 0x9000;
const TIPC: u16 = 0x88ca;
const NSH: u16 = 0x894f;
/// A time stamp of Arista's switches; another type follows.
pub const ARISTA: u16 = 0xd28b;
const DECNET: u16 = 0x6003;
const REALTEK: u16 = 0x8899;
const GEONETWORKING: u16 = 0x8947;
const GEONETWORKING_OLD: u16 = 0x0707;
const CALM_FAST: u16 = 0x1111;
const AOE: u16 = 0x88a2;
const CFM: u16 = 0x8902;
/// What drafts of the standard had.
const CFM_OLD: u16 = 0xabcd;
const PTP: u16 = 0x88f7;

/// Whether a VLAN tag (IEEE 802.1Q, 802.1ad and their forerunners) follows.
pub fn is_vlan_tag(ethertype: u16) -> bool {
    matches!(ethertype, 0x8100 | 0x88a8 | 0x9100 | 0x9200)
}

/// Prints what a type field announces; `false` when there is no dissector for it.
#[inline]
pub fn print(cx: &mut Context, ethertype: u16, data: Cursor, stations: Option<&Stations>) -> Outcome<bool> {
    // Asked first, because nearly all frames carry one of them.
    match ethertype {
        IPV4 => ipv4::print(cx, data)?,
        IPV6 => ipv6::print(cx, data)?,
        _ => return print_other(cx, ethertype, data, stations),
    }
    Ok(true)
}

/// Prints what is not IP.
#[inline(never)]
fn print_other(cx: &mut Context, ethertype: u16, data: Cursor, stations: Option<&Stations>) -> Outcome<bool> {
    match ethertype {
        ARP | REVERSE_ARP => arp::print(cx, data)?,
        APPLETALK => {
            put!(cx, if cx.style.verbose > 0 { "et1 " } else { "" });
            appletalk::print(cx, data)?;
        }
        APPLETALK_ARP => appletalk::address_resolution::print(cx, data)?,
        IPX => {
            put!(cx, "(NOV-ETHII) ");
            ipx::print(cx, data)?;
        }
        OSI if data.length() == 0 || data.captured().is_empty() => {
            cx.protocol = "isoclns";
            cx.truncated();
        }
        OSI => osi::print(cx, data.skip(1))?,
        PPPOE_DISCOVERY | PPPOE_SESSION | PPPOE_DISCOVERY_3COM | PPPOE_SESSION_3COM => {
            pppoe::print(cx, data)?;
        }
        MAC_CONTROL => mpcp::print(cx, data)?,
        SLOW => slow::print(cx, data)?,
        NLB => nlb::print(cx, data)?,
        EAPOL => eapol::print(cx, data)?,
        PPP if data.length() == 0 => {}
        PPP => {
            put!(cx, ": ");
            ppp::print(cx, data)?;
        }
        CFM | CFM_OLD => cfm::print(cx, data)?,
        LLDP => lldp::print(cx, data)?,
        LOOPBACK => loopback::print(cx, data)?,
        MPLS | MPLS_MULTICAST => mpls::print(cx, data)?,
        NSH => nsh::print(cx, data)?,
        TIPC => tipc::print(cx, data)?,
        PTP => ptp::print(cx, data)?,
        DECNET => decnet::print(cx, data)?,
        REALTEK => realtek::print(cx, data, stations)?,
        AOE => ata_over_ethernet::print(cx, data)?,
        GEONETWORKING | GEONETWORKING_OLD => geonetworking::print(cx, data, stations)?,
        CALM_FAST => calm_fast::print(cx, data, stations)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// EtherTypes as tcpdump names them. The first entry of a number counts.
pub const NAMES: &[Name] = &[
    (0x0800, "IPv4"),
    (0x8847, "MPLS unicast"),
    (0x8848, "MPLS multicast"),
    (0x86dd, "IPv6"),
    (0x8100, "802.1Q"),
    (0x9100, "802.1Q-9100"),
    (0x88a8, "802.1Q-QinQ"),
    (0x9200, "802.1Q-9200"),
    (0x88e5, "802.1AE MACsec"),
    (0x9100, "VMAN"),
    (0x0200, "PUP"),
    (0x0806, "ARP"),
    (0x8035, "Reverse ARP"),
    (0x0600, "NS"),
    (0x0500, "Sprite"),
    (0x1000, "Trail"),
    (0x6001, "MOP DL"),
    (0x6002, "MOP RC"),
    (0x6003, "DN"),
    (0x6004, "LAT"),
    (0x6007, "SCA"),
    (0x6558, "TEB"),
    (0x8038, "Lanbridge"),
    (0x803c, "DEC DNS"),
    (0x803e, "DEC DTS"),
    (0x805b, "VEXP"),
    (0x805c, "VPROD"),
    (0x809b, "Appletalk"),
    (0x80f3, "Appletalk ARP"),
    (0x8137, "IPX"),
    (0x880b, "PPP"),
    (0x8808, "MPCP"),
    (0x8809, "Slow Protocols"),
    (0x8863, "PPPoE D"),
    (0x8864, "PPPoE S"),
    (0x888e, "EAPOL"),
    (0x8899, "Realtek protocols"),
    (0x886f, "MS NLB heartbeat"),
    (0x8870, "Jumbo"),
    (0x894f, "NSH"),
    (0x9000, "Loopback"),
    (OSI as u32, "OSI"),
    (0x00fe, "GRE-OSI"),
    (0xabcd, "CFM (old)"),
    (0x8902, "CFM"),
    (0x893a, "IEEE1905.1"),
    (0x88cc, "LLDP"),
    (0x88ca, "TIPC"),
    (0x0707, "GeoNet (old)"),
    (0x8947, "GeoNet"),
    (0x1111, "CALM FAST"),
    (0x88a2, "AoE"),
    (0x88f7, "PTP"),
    (0xd28b, "Arista Vendor Specific Protocol"),
];
