//! Where frames come from: a device ([`live`]), through libpcap, several of them ([`merged`]), or a savefile
//! ([`savefile`]).
//!
//! A savefile's octets come through one buffer (`input`) from a file, a pipe, or a thread that decodes
//! (`compression`, `feed`), and are read as pcap (`records`) or `pcapng`. Formats that are older or
//! stranger are left to libpcap (`through`).
//!
//! A [`Source`] lends one [`Frame`] at a time, or those of a savefile that are in memory already together (`ready`). It
//! never waits for a device: with nothing there it says [`Event::Idle`], and the session decides what to do meanwhile.

pub mod compression;
mod counts;
pub mod device;
mod feed;
pub mod filter;
mod filters;
mod held;
mod input;
pub mod interface;
mod kind;
pub mod libpcap;
pub mod list;
pub mod live;
pub mod merged;
mod pcapng;
mod pseudo_header;
mod ready;
mod records;
pub mod savefile;
pub mod stations;
#[cfg(test)]
pub mod testing;
mod through;

use std::sync::Arc;

use pcap::Linktype;

use interface::Interface;

pub use kind::Source;

/// When a frame was captured, since the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Whole seconds.
    pub seconds: i64,
    /// Nanoseconds; a damaged savefile can hold more than a second of them.
    pub nanos: i64,
}

/// A link type: the number libpcap gives to the protocol that frames start with (`DLT_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkType(pub i32);

impl LinkType {
    /// The link type of a name such as `EN10MB`.
    pub fn from_name(name: &str) -> Option<LinkType> {
        Linktype::from_name(name).ok().map(|link_type| LinkType(link_type.0))
    }

    /// The number that stands for it in a savefile, the same on every system (`LINKTYPE_*`). libpcap's own
    /// number differs where systems disagreed (pcap-linktype(7)).
    pub fn savefile_number(self) -> i32 {
        match self.0 {
            11 => 100,
            12 => 101,
            15 => 102,
            16 => 103,
            19 => 106,
            same => same,
        }
    }

    /// The link type that a number stands for in a savefile.
    pub fn from_savefile_number(number: u32) -> LinkType {
        LinkType(match number {
            100 => 11,
            101 => 12,
            102 => 15,
            103 => 16,
            106 => 19,
            same => same as i32,
        })
    }

    /// The snapshot length that a savefile states, if it can be believed, or else the longest.
    pub fn believable_snapshot_length(self, stated: u32) -> i32 {
        match i32::try_from(stated) {
            Ok(length) if length > 0 => length,
            _ => self.plausible_length() as i32,
        }
    }

    /// The longest frame that is taken for real, in octets. A few link types have messages for frames.
    pub fn plausible_length(self) -> usize {
        match self.0 {
            231 => 128 << 20,
            279 => 8 << 20,
            249 => 1 << 20,
            _ => 262_144,
        }
    }

    /// libpcap's name, such as `EN10MB`.
    pub fn name(self) -> Option<String> {
        Linktype(self.0).get_name().ok()
    }

    /// libpcap's description, such as `Ethernet`.
    pub fn description(self) -> Option<String> {
        Linktype(self.0).get_description().ok()
    }

    /// BSD loopback: the address family in the capturing machine's byte order.
    pub const NULL: LinkType = LinkType(0);
    /// Ethernet.
    pub const ETHERNET: LinkType = LinkType(1);
    /// IEEE 802.5 token ring.
    pub const TOKEN_RING: LinkType = LinkType(6);
    /// ARCNET, as BSD captures it.
    pub const ARCNET: LinkType = LinkType(7);
    /// Serial Line IP.
    pub const SLIP: LinkType = LinkType(8);
    /// PPP.
    pub const PPP: LinkType = LinkType(9);
    /// FDDI.
    pub const FDDI: LinkType = LinkType(10);
    /// ATM with LLC encapsulation.
    pub const ATM_RFC1483: LinkType = LinkType(11);
    /// IPv4 or IPv6, by the version field. libpcap gives this number to 14 and 101 too.
    pub const RAW: LinkType = LinkType(12);
    /// Serial Line IP of BSD/OS.
    pub const SLIP_BSD_OS: LinkType = LinkType(15);
    /// Classical IP over ATM.
    pub const ATM_CLIP: LinkType = LinkType(19);
    /// PPP in HDLC-like framing.
    pub const PPP_SERIAL: LinkType = LinkType(50);
    /// PPP over Ethernet, without the Ethernet header.
    pub const PPP_ETHER: LinkType = LinkType(51);
    /// Symantec Enterprise Firewall.
    pub const SYMANTEC_FIREWALL: LinkType = LinkType(99);
    /// Cisco HDLC.
    pub const C_HDLC: LinkType = LinkType(104);
    /// IEEE 802.11.
    pub const IEEE802_11: LinkType = LinkType(105);
    /// Frame relay.
    pub const FRAME_RELAY: LinkType = LinkType(107);
    /// OpenBSD loopback: the address family in network byte order.
    pub const LOOP: LinkType = LinkType(108);
    /// IPsec as OpenBSD sees it.
    pub const ENC: LinkType = LinkType(109);
    /// Cisco HDLC by another number.
    pub const HDLC: LinkType = LinkType(112);
    /// Linux cooked capture.
    pub const LINUX_SLL: LinkType = LinkType(113);
    /// LocalTalk.
    pub const LOCALTALK: LinkType = LinkType(114);
    /// The log of BSD's packet filter.
    pub const PFLOG: LinkType = LinkType(117);
    /// IEEE 802.11 behind a Prism header.
    pub const PRISM_HEADER: LinkType = LinkType(119);
    /// IP over Fibre Channel.
    pub const IP_OVER_FC: LinkType = LinkType(122);
    /// ATM of Solaris.
    pub const SUNATM: LinkType = LinkType(123);
    /// IEEE 802.11 behind a radiotap header.
    pub const IEEE802_11_RADIO: LinkType = LinkType(127);
    /// ARCNET, as Linux captures it.
    pub const ARCNET_LINUX: LinkType = LinkType(129);
    /// Juniper: multilink PPP.
    pub const JUNIPER_MLPPP: LinkType = LinkType(130);
    /// Juniper: multilink frame relay (FRF.15).
    pub const JUNIPER_MLFR: LinkType = LinkType(131);
    /// Juniper: encryption services.
    pub const JUNIPER_ES: LinkType = LinkType(132);
    /// Juniper: mobile gateways.
    pub const JUNIPER_GGSN: LinkType = LinkType(133);
    /// Juniper: multilink frame relay (FRF.16).
    pub const JUNIPER_MFR: LinkType = LinkType(134);
    /// Juniper: ATM, second generation.
    pub const JUNIPER_ATM2: LinkType = LinkType(135);
    /// Juniper: services.
    pub const JUNIPER_SERVICES: LinkType = LinkType(136);
    /// Juniper: ATM, first generation.
    pub const JUNIPER_ATM1: LinkType = LinkType(137);
    /// IP over FireWire.
    pub const APPLE_IP_OVER_IEEE1394: LinkType = LinkType(138);
    /// What users agree on; Apple's first files of packet taps have this number.
    pub const USER2: LinkType = LinkType(149);
    /// IEEE 802.11 behind an AVS header.
    pub const IEEE802_11_RADIO_AVS: LinkType = LinkType(163);
    /// Juniper: monitoring.
    pub const JUNIPER_MONITOR: LinkType = LinkType(164);
    /// PPP with the packet's direction in front.
    pub const PPP_PPPD: LinkType = LinkType(166);
    /// Juniper: PPPoE.
    pub const JUNIPER_PPPOE: LinkType = LinkType(167);
    /// Juniper: PPPoE over ATM.
    pub const JUNIPER_PPPOE_ATM: LinkType = LinkType(168);
    /// Juniper: Ethernet.
    pub const JUNIPER_ETHER: LinkType = LinkType(178);
    /// Juniper: PPP.
    pub const JUNIPER_PPP: LinkType = LinkType(179);
    /// Juniper: frame relay.
    pub const JUNIPER_FRAME_RELAY: LinkType = LinkType(180);
    /// Juniper: Cisco HDLC.
    pub const JUNIPER_CHDLC: LinkType = LinkType(181);
    /// Multilink frame relay (FRF.16).
    pub const MULTILINK_FRAME_RELAY: LinkType = LinkType(182);
    /// USB, with Linux's header of 48 octets.
    pub const USB_LINUX: LinkType = LinkType(189);
    /// Per-Packet Information.
    pub const PPI: LinkType = LinkType(192);
    /// IEEE 802.15.4.
    pub const IEEE802_15_4: LinkType = LinkType(195);
    /// Bluetooth's host interface, with the direction in front.
    pub const BLUETOOTH_HCI_H4_WITH_PHDR: LinkType = LinkType(201);
    /// USB, with Linux's header of 64 octets.
    pub const USB_LINUX_MMAPPED: LinkType = LinkType(220);
    /// Loopback and IP of Solaris.
    pub const IPNET: LinkType = LinkType(226);
    /// IPv4.
    pub const IPV4: LinkType = LinkType(228);
    /// IPv6.
    pub const IPV6: LinkType = LinkType(229);
    /// IEEE 802.15.4 without its checksum.
    pub const IEEE802_15_4_NO_FCS: LinkType = LinkType(230);
    /// Linux's netfilter log.
    pub const NFLOG: LinkType = LinkType(239);
    /// Ethernet behind a Hilscher header.
    pub const NETANALYZER: LinkType = LinkType(240);
    /// Ethernet with its preamble behind a Hilscher header.
    pub const NETANALYZER_TRANSPARENT: LinkType = LinkType(241);
    /// IP over InfiniBand.
    pub const IPOIB: LinkType = LinkType(242);
    /// Apple's packet tap.
    pub const PKTAP: LinkType = LinkType(258);
    /// Sockets between virtual machines.
    pub const VSOCK: LinkType = LinkType(271);
    /// Linux cooked capture, version 2.
    pub const LINUX_SLL2: LinkType = LinkType(276);
    /// Ethernet with a Broadcom switch's tag in it.
    pub const DSA_TAG_BRCM: LinkType = LinkType(281);
    /// Ethernet with a Broadcom switch's tag in front.
    pub const DSA_TAG_BRCM_PREPEND: LinkType = LinkType(282);
    /// IEEE 802.15.4 behind a header of fields about the capture.
    pub const IEEE802_15_4_TAP: LinkType = LinkType(283);
    /// Ethernet with a Marvell switch's tag in it.
    pub const DSA_TAG_DSA: LinkType = LinkType(284);
    /// Ethernet with a Marvell switch's long tag in it.
    pub const DSA_TAG_EDSA: LinkType = LinkType(285);
}

/// A captured frame. It borrows the source's buffer and is gone when the next one is read.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'s> {
    /// When it was captured.
    pub timestamp: Timestamp,
    /// What was captured of it, at most the snapshot length.
    pub bytes: &'s [u8],
    /// Its length on the wire, in octets.
    pub wire_length: u32,
    /// What it starts with.
    pub link_type: LinkType,
    /// What it was captured on.
    pub interface: &'s Arc<Interface>,
}

/// What a source has.
#[derive(Debug)]
pub enum Event<'s> {
    /// A frame.
    Frame(Frame<'s>),
    /// Nothing at present.
    Idle,
    /// A device from which nothing comes any more, while others go on.
    Lost {
        /// Its name.
        device: &'s str,
        /// libpcap's reason.
        reason: String,
    },
    /// Some frames that do not pass the filter; there may be more.
    PassedOver,
    /// Nothing any more.
    End,
}
