//! Subnetwork Access Protocol (IEEE 802 section 10.3): an organization and its protocol number.

use super::{Printer, Stations, cdp, dtp, ethernet, ethertype, fddi, stp, token_ring, udld, vtp};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::oui;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of organization and protocol number.
pub const HEADER_LENGTH: usize = 5;

/// Octets in front of a bridged frame (RFC 2684 section 5.2) behind an LLC header.
pub const LLC_BRIDGE_PADDING: usize = 2;

const CISCO_PVST: u16 = 0x010b;
const CISCO_VLAN_BRIDGE: u16 = 0x010c;
const CISCO_UDLD: u16 = 0x0111;
const CISCO_CDP: u16 = 0x2000;
const CISCO_VTP: u16 = 0x2003;
const CISCO_DTP: u16 = 0x2004;
const CISCO: &[Name] = &[
    (CISCO_CDP as u32, "CDP"),
    (CISCO_VTP as u32, "VTP"),
    (CISCO_DTP as u32, "DTP"),
    (CISCO_UDLD as u32, "UDLD"),
    (CISCO_PVST as u32, "PVST"),
    (CISCO_VLAN_BRIDGE as u32, "VLAN Bridge"),
];

const ETHERNET_WITH_CHECKSUM: u16 = 0x0001;
const ETHERNET_WITHOUT_CHECKSUM: u16 = 0x0007;
const TOKEN_RING_WITH_CHECKSUM: u16 = 0x0003;
const TOKEN_RING_WITHOUT_CHECKSUM: u16 = 0x0009;
const FDDI_WITH_CHECKSUM: u16 = 0x0004;
const FDDI_WITHOUT_CHECKSUM: u16 = 0x000a;
const BPDU: u16 = 0x000e;
/// RFC 2684 appendix B.
const BRIDGED: &[Name] = &[
    (ETHERNET_WITH_CHECKSUM as u32, "Ethernet + FCS"),
    (ETHERNET_WITHOUT_CHECKSUM as u32, "Ethernet w/o FCS"),
    (0x0002, "802.4 + FCS"),
    (0x0008, "802.4 w/o FCS"),
    (TOKEN_RING_WITH_CHECKSUM as u32, "Token Ring + FCS"),
    (TOKEN_RING_WITHOUT_CHECKSUM as u32, "Token Ring w/o FCS"),
    (FDDI_WITH_CHECKSUM as u32, "FDDI + FCS"),
    (FDDI_WITHOUT_CHECKSUM as u32, "FDDI w/o FCS"),
    (0x0005, "802.6 + FCS"),
    (0x000b, "802.6 w/o FCS"),
    (BPDU as u32, "BPDU"),
];

/// Prints a SNAP header and what follows; `false` when there is no dissector for that.
/// In a bridged frame, `bridge_padding` octets stand in front of the frame.
pub fn print(cx: &mut Context, packet: Cursor, stations: Option<&Stations>, bridge_padding: usize) -> Outcome<bool> {
    cx.protocol = "snap";
    if !packet.has(HEADER_LENGTH) || (packet.length() as usize) < HEADER_LENGTH {
        cx.truncated();
        return Ok(true);
    }
    let (organization, protocol) = (packet.be24_at(0)?, packet.be16_at(3)?);
    let data = packet.skip(HEADER_LENGTH);
    if cx.style.link_header {
        let kind = if organization == oui::ETHERNET { "ethertype" } else { "pid" };
        put_organization(cx, organization);
        put!(cx, ", ", kind, " ");
        put_protocol(cx, organization, protocol, data.length());
    }
    if payload(cx, organization, protocol, data, stations, bridge_padding)? {
        return Ok(true);
    }
    if !cx.style.link_header {
        if let Some(stations) = stations {
            stations.source.put(cx);
            put!(cx, " > ");
            stations.destination.put(cx);
            put!(cx, " ");
        }
        put!(cx, "SNAP, ");
        if organization == oui::ETHERNET {
            put!(cx, "ethertype ");
        } else {
            put_organization(cx, organization);
            put!(cx, ", pid ");
        }
        put_protocol(cx, organization, protocol, data.length());
    }
    Ok(false)
}

fn put_organization(cx: &mut Context, organization: u32) {
    put!(cx, "oui ", lookup(oui::NAMES, organization).unwrap_or("Unknown"), " (0x", Hex0(organization, 6), ")");
}

fn put_protocol(cx: &mut Context, organization: u32, protocol: u16, length: u32) {
    let names = match organization {
        oui::ETHERNET | oui::CISCO_BRIDGED | oui::APPLETALK => ethertype::NAMES,
        oui::CISCO => CISCO,
        oui::IEEE_802_1 => BRIDGED,
        _ => &[],
    };
    let name = lookup(names, protocol).unwrap_or("Unknown");
    put!(cx, name, " (0x", Hex0(protocol, 4), "), length ", length, ": ");
}

fn payload(
    cx: &mut Context,
    organization: u32,
    protocol: u16,
    data: Cursor,
    stations: Option<&Stations>,
    bridge_padding: usize,
) -> Outcome<bool> {
    match (organization, protocol) {
        (oui::ETHERNET | oui::CISCO_BRIDGED, _) | (oui::APPLETALK, ethertype::APPLETALK) => {
            return ethertype::print(cx, protocol, data, stations);
        }
        (oui::CISCO, CISCO_PVST | CISCO_VLAN_BRIDGE) | (oui::IEEE_802_1, BPDU) => stp::print(cx, data)?,
        (oui::CISCO, CISCO_CDP) => cdp::print(cx, data)?,
        (oui::CISCO, CISCO_DTP) => dtp::print(cx, data)?,
        (oui::CISCO, CISCO_UDLD) => udld::print(cx, data)?,
        (oui::CISCO, CISCO_VTP) => vtp::print(cx, data)?,
        (oui::IEEE_802_1, ETHERNET_WITH_CHECKSUM | ETHERNET_WITHOUT_CHECKSUM) => {
            bridged(cx, data, bridge_padding, ethernet::print)?;
        }
        (oui::IEEE_802_1, TOKEN_RING_WITH_CHECKSUM | TOKEN_RING_WITHOUT_CHECKSUM) => {
            bridged(cx, data, bridge_padding, token_ring::print)?;
        }
        // The frame control stands behind an octet more.
        (oui::IEEE_802_1, FDDI_WITH_CHECKSUM | FDDI_WITHOUT_CHECKSUM) => {
            bridged(cx, data, bridge_padding + 1, fddi::print)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// A frame of another LAN behind `padding` octets.
fn bridged(cx: &mut Context, data: Cursor, padding: usize, print: Printer) -> Outcome {
    if !data.has(padding) {
        cx.truncated();
        return Ok(());
    }
    let length = data.length().wrapping_sub(padding as u32);
    cx.nested(|cx| print(cx, data.skip(padding).with_length(length)).map(drop))
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{STATIONS, styled};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn an_unknown_protocol_shows_its_organization_unless_that_is_ethernet() {
        let quiet = || Style { quiet: 1, ..Style::default() };
        assert_eq!(
            styled(quiet(), LinkType::ETHERNET, &[STATIONS, "0008 aaaa03 00000c 1234"].concat()),
            "00:11:22:33:44:55 > 01:80:c2:00:00:00 SNAP, oui Cisco (0x00000c), pid Unknown (0x1234), length 0: "
        );
        assert_eq!(
            styled(quiet(), LinkType::LINUX_SLL, "0000 0001 0006 0211223344550000 0004 aaaa03 000000 1234"),
            "SNAP, ethertype Unknown (0x1234), length 0: "
        );
    }
}
