//! What a port announces. The first entry that matches either port counts.

use crate::dissect::app::{
    ahcp, aodv, auto_rp, babel, beep, bfd, bgp, bootp, dhcpv6, dns, ftp, hncp, hsrp, http, isakmp, kerberos, ldp, lmp,
    lsp_ping, lwapp, lwres, msdp, netflow, nfs, ntp, olsr, openflow, pptp, ptp, quic, radius, resp, rip, ripng,
    rpki_rtr, rtcp, rtp, rtsp, rx, sflow, sip, smtp, snmp, someip, ssh, sunrpc, syslog, telnet, tftp, timed, vat,
    whiteboard, whois, zep, zephyr, zmtp1,
};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::vqp;
use crate::dissect::net::{IpHeader, appletalk, pgm};
use crate::dissect::packet_type::PacketType;
use crate::dissect::tunnel::{bcm_li, geneve, l2tp, lisp, mpls, vxlan, vxlan_gpe};

/// A dissector of what a port announces.
type Print = fn(&mut Context, Cursor) -> Outcome;

/// TCP ports in the order in which tcpdump looks at them.
static TCP: &[(u16, Print)] = &[
    (21, ftp::print),
    (22, ssh::print),
    (23, telnet::print),
    (25, smtp::print),
    (43, whois::print),
    (53, dns::print_segment),
    (80, http::print),
    (179, bgp::print),
    (323, rpki_rtr::print),
    (554, rtsp::print),
    (639, msdp::print),
    (646, ldp::print),
    (1723, pptp::print),
    (6379, resp::print),
    (10288, beep::print),
    (6633, openflow::print),
    (6653, openflow::print),
    (8080, http::print),
    (8554, rtsp::print),
];
static TCP_PORTS: PortSet = PortSet::of(TCP);

/// UDP ports in the order in which tcpdump looks at them.
static UDP: &[(u16, Print)] = &[
    (53, dns::print),
    (68, bootp::print),
    (67, bootp::print),
    (69, tftp::print),
    (88, kerberos::print),
    (123, ntp::print),
    (161, snmp::print),
    (162, snmp::print),
    (319, ptp::print),
    (320, ptp::print),
    (496, auto_rp::print),
    (isakmp::PORT, with_headers),
    (514, syslog::print),
    (520, rip::print),
    (521, ripng::print),
    (525, timed::print),
    (546, dhcpv6::print),
    (547, dhcpv6::print),
    (646, ldp::print),
    (AODV, with_headers),
    (OLSR, with_headers),
    (701, lmp::print),
    (750, kerberos::print),
    (921, lwres::print),
    (5353, dns::print_multicast),
    (isakmp::PORT_NAT, with_headers),
    (7500, with_headers),
    (8500, with_headers),
    (1701, l2tp::print),
    (3456, vat::print),
    (2103, zephyr::print),
    (2104, zephyr::print),
    (7000, with_headers),
    (7001, with_headers),
    (7002, with_headers),
    (7003, with_headers),
    (7004, with_headers),
    (7005, with_headers),
    (7006, with_headers),
    (7007, with_headers),
    (7008, with_headers),
    (7009, with_headers),
    (5359, ahcp::print),
    (6696, babel::print),
    (6697, babel::print),
    (8231, hncp::print),
    (4567, whiteboard::print),
    (1645, radius::print),
    (1812, radius::print),
    (1646, radius::print),
    (1813, radius::print),
    (1700, radius::print),
    (3799, radius::print),
    (1985, hsrp::print),
    (3503, lsp_ping::print),
    (3784, bfd::print_single_hop),
    (4784, bfd::print_multihop),
    (6784, bfd::print_aggregated_link),
    (3785, bfd::print_echo),
    (7784, bfd::print_seamless),
    (1589, vqp::print),
    (6343, sflow::print),
    (LWAPP_CONTROL, with_headers),
    (12222, lwapp::print),
    (5060, sip::print),
    (8472, vxlan::print),
    (4789, vxlan::print),
    (6081, geneve::print),
    (4342, lisp::print),
    (4790, vxlan_gpe::print),
    (17754, zep::print),
    (6635, mpls::print),
    (30490, someip::print),
];
/// UDP ports that announce something only at the end that is sent to.
const UDP_DESTINATIONS: &[u16] = &[1985, 3456, 3784, 3785, 4567, 4784, 6081, 6784];
/// Where QUIC is, among other things; only a look at the data can tell.
const HTTPS: u16 = 443;
/// Where copies of intercepted packets come from.
const BROADCOM_INTERCEPTION: u16 = 49152;
/// Whose addresses are as wide as IP's.
const AODV: u16 = 654;
const OLSR: u16 = 698;
/// Where a frame's direction says whether the access point's address stands in front of it.
const LWAPP_CONTROL: u16 = 12223;
/// Stands in the table for dissectors that look at the headers too.
fn with_headers(_: &mut Context, _: Cursor) -> Outcome {
    Ok(())
}
static UDP_PORTS: PortSet = PortSet::of(UDP);

/// Prints what a TCP segment carries, if its ports are known; a protocol of plain text brings its `: `.
#[inline]
pub fn tcp(cx: &mut Context, data: Cursor, source: u16, destination: u16, ip: &IpHeader) -> Outcome {
    let unknown = |port| !TCP_PORTS.has(port) && port != nfs::PORT;
    if cx.style.packet_type.is_none() && unknown(source) && unknown(destination) {
        return Ok(());
    }
    print_known_tcp(cx, data, source, destination, ip)
}

/// Prints what a TCP segment carries by its ports or as what `-T` says.
#[inline(never)]
fn print_known_tcp(cx: &mut Context, data: Cursor, source: u16, destination: u16, ip: &IpHeader) -> Outcome {
    if let Some(packet_type) = cx.style.packet_type {
        return tcp_as(cx, data, packet_type);
    }
    match TCP_PORTS.find(TCP, &[], source, destination) {
        Some((_, print)) => print(cx, data),
        None if source == nfs::PORT || destination == nfs::PORT => {
            nfs::print_segment(cx, data, (source, destination), ip)
        }
        None => Ok(()),
    }
}

/// Prints a TCP segment's data as what `-T` says it is.
fn tcp_as(cx: &mut Context, data: Cursor, packet_type: PacketType) -> Outcome {
    match packet_type {
        PacketType::Resp => resp::print(cx, data),
        PacketType::Domain => dns::print_segment(cx, data),
        PacketType::Zmtp1 => zmtp1::print(cx, data),
        _ => Ok(()),
    }
}

/// Prints what a UDP datagram carries; `false` when no dissector is entered for its ports.
pub fn udp(cx: &mut Context, data: Cursor, source: u16, destination: u16, ip: &IpHeader) -> Outcome<bool> {
    match UDP_PORTS.find(UDP, UDP_DESTINATIONS, source, destination) {
        Some((isakmp::PORT_NAT, _)) => isakmp::print_nat(cx, data, ip).map(|()| true),
        Some((port, _)) if *port == isakmp::PORT || isakmp::PORTS_OTHER.contains(port) => {
            isakmp::print(cx, data, ip).map(|()| true)
        }
        Some((port, _)) if rx::PORTS.contains(port) => rx::print(cx, data, (source, destination), ip).map(|()| true),
        Some((AODV, _)) => aodv::print(cx, data, ip).map(|()| true),
        Some((OLSR, _)) => olsr::print(cx, data, ip).map(|()| true),
        Some((LWAPP_CONTROL, _)) if destination == LWAPP_CONTROL => lwapp::print_to_controller(cx, data).map(|()| true),
        Some((LWAPP_CONTROL, _)) => lwapp::print(cx, data).map(|()| true),
        Some((_, print)) => print(cx, data).map(|()| true),
        None if (appletalk::is_port(source) || appletalk::is_port(destination)) && appletalk::detect(&data)? => {
            appletalk::print_in_udp(cx, data).map(|()| true)
        }
        None if (source == HTTPS || destination == HTTPS) && quic::detect(&data)? => {
            quic::print(cx, data).map(|()| true)
        }
        None if source == BROADCOM_INTERCEPTION => bcm_li::print(cx, data).map(|()| true),
        None => Ok(false),
    }
}

/// Prints a UDP datagram's data as what `-T` says it is.
pub fn udp_as(cx: &mut Context, data: Cursor, packet_type: PacketType, ip: &IpHeader) -> Outcome {
    match packet_type {
        PacketType::Quic => quic::print(cx, data),
        PacketType::Rtcp => rtcp::print(cx, data),
        PacketType::Rtp => rtp::print(cx, data),
        PacketType::Vat => vat::print(cx, data),
        PacketType::Vxlan => vxlan::print(cx, data),
        PacketType::Radius => radius::print(cx, data),
        PacketType::Snmp => snmp::print(cx, data),
        PacketType::Domain => dns::print(cx, data),
        PacketType::Tftp => tftp::print(cx, data),
        PacketType::Rpc => sunrpc::print(cx, data, ip),
        PacketType::Aodv => aodv::print(cx, data, ip),
        PacketType::Cnfp => netflow::print(cx, data),
        PacketType::Whiteboard => whiteboard::print(cx, data),
        PacketType::Lmp => lmp::print(cx, data),
        PacketType::Pgm | PacketType::PgmZmtp1 => pgm::print(cx, data, ip),
        PacketType::Ptp => ptp::print(cx, data),
        PacketType::Someip => someip::print(cx, data),
        _ => Ok(()),
    }
}

/// The ports of a table as one bit each, so that traffic on other ports does not pay for the table.
struct PortSet([u64; 1024]);

impl PortSet {
    #[expect(clippy::indexing_slicing, reason = "a port out of bounds would be found when compiling")]
    const fn of(table: &[(u16, Print)]) -> Self {
        let mut set = [0; 1024];
        let mut rest = table;
        while let [(port, _), tail @ ..] = rest {
            set[*port as usize / 64] |= 1 << (*port % 64);
            rest = tail;
        }
        PortSet(set)
    }

    #[inline]
    fn has(&self, port: u16) -> bool {
        self.0.get(usize::from(port / 64)).is_some_and(|bits| bits >> (port % 64) & 1 != 0)
    }

    /// The first entry of the table whose port is one of these; where its port is in `destinations`
    /// too, the source does not count.
    #[inline]
    fn find<'t>(
        &self,
        table: &'t [(u16, Print)],
        destinations: &[u16],
        source: u16,
        destination: u16,
    ) -> Option<&'t (u16, Print)> {
        if !self.has(source) && !self.has(destination) {
            return None;
        }
        let announces = |port: &u16| *port == destination || *port == source && !destinations.contains(port);
        table.iter().find(|(port, _)| announces(port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::{IpAddress, Ipv4};
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn the_first_entry_that_matches_either_port_counts() {
        let text = |source, destination| {
            let mut cx = Context::new(Style::default(), Names::numeric());
            let host = IpAddress::V4(Ipv4([127, 0, 0, 1]));
            let ip = IpHeader {
                source: host,
                destination: host,
                protocol: 6,
                hop_limit: 64,
                fragmented: false,
                packet: Cursor::new(&[], 0),
            };
            let printed = tcp(&mut cx, Cursor::new(b"a\n", 2), source, destination, &ip);
            assert_eq!(printed, Ok(()));
            String::from_utf8_lossy(&cx.out).into_owned()
        };
        assert_eq!(text(8080, 21), ": FTP: a");
        assert_eq!(text(1024, 8080), ": HTTP");
        let udp = |source, destination| UDP_PORTS.find(UDP, UDP_DESTINATIONS, source, destination).is_some();
        assert_eq!((udp(6081, 1024), udp(1024, 6081), udp(6635, 1024)), (false, true, true));
        // Ports that share a word of the set, or its lower bits, with one of the table.
        assert_eq!((text(20, 81), text(16464, 1024)), (String::new(), String::new()));
    }
}
