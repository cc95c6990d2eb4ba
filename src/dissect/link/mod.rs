//! Link layers: what a frame starts with, chosen by the link type of its capture.
//!
//! A link-layer dissector returns the length of its header, which `-x` leaves out.
//! To add one, write its file and enter it in [`printer`]; a protocol that Ethernet carries goes into
//! [`ethertype`].

pub mod arcnet;
pub mod arista;
pub mod ata_over_ethernet;
pub mod atm;
pub mod bluetooth;
pub mod broadcom_tag;
pub mod calm_fast;
pub mod cdp;
pub mod cfm;
pub mod chdlc;
pub mod classical_ip;
pub mod dtp;
pub mod eap;
pub mod eapol;
pub mod enc;
pub mod ethernet;
pub mod ethertype;
pub mod fddi;
pub mod firewire;
pub mod frame_relay;
pub mod geonetworking;
pub mod ieee802_15_4;
pub mod ip_over_fc;
pub mod ipnet;
pub mod ipoib;
pub mod juniper;
pub mod llc;
pub mod lldp;
pub mod loopback;
pub mod macsec;
pub mod marvell_tag;
pub mod mpcp;
pub mod netanalyzer;
pub mod nflog;
pub mod nlb;
pub mod null;
pub mod pflog;
pub mod pktap;
pub mod ppi;
pub mod ppp;
pub mod raw;
pub mod realtek;
pub mod slip;
pub mod sll;
pub mod slow;
pub mod snap;
pub mod stp;
pub mod symantec;
pub mod token_ring;
pub mod udld;
pub mod usb;
pub mod vqp;
pub mod vsock;
pub mod vtp;
pub mod wifi;
mod wrapped;

use super::address::Mac;
use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::dump;
use super::net::appletalk;
use super::octets::Colons;
use crate::put;
use crate::source::LinkType;

/// A station by its address.
#[derive(Clone, Copy, Debug)]
pub enum Station {
    /// On LANs.
    Mac(Mac),
    /// On FireWire.
    Eui64([u8; 8]),
}

impl Station {
    /// Prints its name or address.
    pub fn put(&self, cx: &mut Context) {
        match self {
            Station::Mac(address) => cx.mac(*address),
            Station::Eui64(octets) => put!(cx, Colons(octets)),
        }
    }
}

/// The two stations of a frame, for protocols that name them.
#[derive(Clone, Copy, Debug)]
pub struct Stations {
    /// Who sent the frame.
    pub source: Station,
    /// Whom it is for.
    pub destination: Station,
}

impl Stations {
    /// The stations whose MAC addresses are at these offsets of a frame.
    #[inline]
    pub fn macs(frame: &Cursor, source: usize, destination: usize) -> Outcome<Self> {
        let (source, destination) = (frame.array_at(source)?, frame.array_at(destination)?);
        Ok(Stations { source: Station::Mac(Mac(source)), destination: Station::Mac(Mac(destination)) })
    }
}

/// A link-layer dissector. The result is its header's length.
pub type Printer = fn(&mut Context, Cursor) -> Outcome<usize>;

/// The dissector of a link type.
pub fn printer(link_type: LinkType) -> Option<Printer> {
    Some(match link_type {
        LinkType::ETHERNET => ethernet::print,
        LinkType::LINUX_SLL => sll::print,
        LinkType::LINUX_SLL2 => sll::print_2,
        LinkType::NULL | LinkType::LOOP => null::print,
        LinkType::RAW => raw::print,
        LinkType::IPV4 => raw::ipv4,
        LinkType::IPV6 => raw::ipv6,
        LinkType::PPP | LinkType::PPP_PPPD => ppp::frame,
        LinkType::PPP_SERIAL => ppp::serial::frame,
        LinkType::PPP_ETHER => ppp::pppoe::print,
        LinkType::C_HDLC | LinkType::HDLC => chdlc::frame,
        LinkType::FRAME_RELAY => frame_relay::frame,
        LinkType::MULTILINK_FRAME_RELAY => frame_relay::multilink::frame,
        LinkType::IPOIB => ipoib::print,
        LinkType::SLIP => slip::print,
        LinkType::SLIP_BSD_OS => slip::bsd_os,
        LinkType::PFLOG => pflog::print,
        LinkType::NFLOG => nflog::print,
        LinkType::VSOCK => vsock::print,
        LinkType::PPI => ppi::print,
        LinkType::PKTAP | LinkType::USER2 => pktap::print,
        LinkType::LOCALTALK => appletalk::frame,
        LinkType::IEEE802_11 => wifi::print,
        LinkType::IEEE802_11_RADIO => wifi::radiotap::print,
        LinkType::PRISM_HEADER => wifi::prism,
        LinkType::IEEE802_11_RADIO_AVS => wifi::avs,
        LinkType::IEEE802_15_4 | LinkType::IEEE802_15_4_NO_FCS => ieee802_15_4::print,
        LinkType::IEEE802_15_4_TAP => ieee802_15_4::print_tap,
        LinkType::TOKEN_RING => token_ring::print,
        LinkType::FDDI => fddi::print,
        LinkType::ARCNET => arcnet::print,
        LinkType::ARCNET_LINUX => arcnet::print_linux,
        LinkType::ATM_RFC1483 => atm::print,
        LinkType::SUNATM => atm::sun,
        LinkType::ATM_CLIP => classical_ip::print,
        LinkType::IP_OVER_FC => ip_over_fc::print,
        LinkType::APPLE_IP_OVER_IEEE1394 => firewire::print,
        LinkType::ENC => enc::print,
        LinkType::IPNET => ipnet::print,
        LinkType::SYMANTEC_FIREWALL => symantec::print,
        LinkType::USB_LINUX => usb::print,
        LinkType::USB_LINUX_MMAPPED => usb::print_long,
        LinkType::BLUETOOTH_HCI_H4_WITH_PHDR => bluetooth::print,
        LinkType::NETANALYZER => netanalyzer::print,
        LinkType::NETANALYZER_TRANSPARENT => netanalyzer::print_transparent,
        LinkType::DSA_TAG_BRCM => broadcom_tag::print,
        LinkType::DSA_TAG_BRCM_PREPEND => broadcom_tag::print_prepended,
        LinkType::DSA_TAG_DSA => marvell_tag::print,
        LinkType::DSA_TAG_EDSA => marvell_tag::print_long,
        LinkType::JUNIPER_ATM1 => juniper::atm_1,
        LinkType::JUNIPER_ATM2 => juniper::atm_2,
        LinkType::JUNIPER_CHDLC => juniper::chdlc,
        LinkType::JUNIPER_ES => juniper::encryption,
        LinkType::JUNIPER_ETHER => juniper::ethernet,
        LinkType::JUNIPER_FRAME_RELAY => juniper::frame_relay,
        LinkType::JUNIPER_GGSN => juniper::gateway,
        LinkType::JUNIPER_MFR => juniper::multilink_frame_relay,
        LinkType::JUNIPER_MLFR => juniper::multilink_frame_relay_end,
        LinkType::JUNIPER_MLPPP => juniper::multilink_ppp,
        LinkType::JUNIPER_MONITOR => juniper::monitor,
        LinkType::JUNIPER_PPP => juniper::ppp,
        LinkType::JUNIPER_PPPOE => juniper::pppoe,
        LinkType::JUNIPER_PPPOE_ATM => juniper::pppoe_atm,
        LinkType::JUNIPER_SERVICES => juniper::services,
        _ => return None,
    })
}

/// Prints a frame of this link type.
#[inline]
pub fn print(cx: &mut Context, link_type: LinkType, data: Cursor) -> Outcome<usize> {
    // Asked first, because nearly all captures are of Ethernet and this is done for each frame.
    if link_type == LinkType::ETHERNET {
        return ethernet::print(cx, data);
    }
    match printer(link_type) {
        Some(printer) => printer(cx, data),
        None => {
            put!(cx, "UNSUPPORTED");
            dump::hex_ascii(&mut cx.out, data.captured());
            Ok(0)
        }
    }
}

/// What tests of link layers share: frames in hexadecimal, and their text.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    /// The stations of [`ethernet`]'s frames.
    pub const STATIONS: &str = "0180c2000000001122334455";

    /// Octets from hexadecimal digits; blanks are for the reader.
    pub fn octets(hex: &str) -> Vec<u8> {
        let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        digits.chunks(2).map(|pair| pair.iter().fold(0, |octet, &digit| octet << 4 | digit as u8)).collect()
    }

    /// A frame's text in this style, as far as it is printed before the capture ends.
    pub fn styled(style: Style, link_type: LinkType, hex: &str) -> String {
        let frame = octets(hex);
        let mut cx = Context::new(style, Names::numeric());
        if print(&mut cx, link_type, Cursor::new(&frame, frame.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    /// A frame's text at this many `-v`.
    pub fn text(verbose: u8, link_type: LinkType, hex: &str) -> String {
        styled(Style { verbose, ..Style::default() }, link_type, hex)
    }

    /// An Ethernet frame's text, from the type field on.
    pub fn ethernet(verbose: u8, hex: &str) -> String {
        text(verbose, LinkType::ETHERNET, &[STATIONS, hex].concat())
    }
}
