//! Link layers: what a frame starts with, chosen by the link type of its capture.
//!
//! A link-layer dissector returns the length of its header, which `-x` leaves out.
//! To add one, write its file and enter it in [`printer`]; a protocol that Ethernet carries goes into
//! [`ethertype`].

pub mod cdp;
pub mod cfm;
pub mod chdlc;
pub mod dtp;
pub mod eap;
pub mod eapol;
pub mod ethernet;
pub mod ethertype;
pub mod frame_relay;
pub mod ipoib;
pub mod llc;
pub mod lldp;
pub mod loopback;
pub mod macsec;
pub mod mpcp;
pub mod nflog;
pub mod nlb;
pub mod null;
pub mod pflog;
pub mod pktap;
pub mod ppi;
pub mod ppp;
pub mod raw;
pub mod slip;
pub mod sll;
pub mod slow;
pub mod snap;
pub mod stp;
pub mod udld;
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
use crate::put;
use crate::source::LinkType;

/// The two stations of a frame, for protocols that name them.
#[derive(Clone, Copy, Debug)]
pub struct Stations {
    /// Who sent the frame.
    pub source: Mac,
    /// Whom it is for.
    pub destination: Mac,
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
        LinkType::C_HDLC => chdlc::frame,
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
        _ => return None,
    })
}

/// Prints a frame of this link type.
#[inline]
pub fn print(cx: &mut Context, link_type: LinkType, data: Cursor) -> Outcome<usize> {
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
