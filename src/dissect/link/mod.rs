//! Link layers: what a frame starts with, chosen by the link type of its capture.
//!
//! A link-layer dissector returns the length of its header, which `-x` leaves out.
//! To add one, write its file and enter it in [`printer`]; a protocol that Ethernet carries goes into
//! [`ethertype`].

pub mod chdlc;
pub mod eap;
pub mod eapol;
pub mod ethernet;
pub mod ethertype;
pub mod ipoib;
pub mod llc;
pub mod lldp;
pub mod loopback;
pub mod macsec;
pub mod null;
pub mod ppp;
pub mod raw;
pub mod sll;
pub mod snap;
pub mod stp;

use super::address::Mac;
use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::dump;
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
        LinkType::IPOIB => ipoib::print,
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
