//! Classical IP over ATM (RFC 2225) as Linux captures it: an LLC header, or IPv4 at once.

use super::llc;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::ipv4;
use crate::put;

/// SNAP in unnumbered information, and Ethernet's organization.
const SNAP: [u8; 6] = [0xaa, 0xaa, 0x03, 0, 0, 0];

/// Prints a packet; returns the length of its headers.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "cip";
    if cx.style.link_header {
        put!(cx, packet.length(), ": ");
    }
    if packet.array_at(0)? == SNAP {
        return llc::payload(cx, packet, None);
    }
    ipv4::print(cx, packet)?;
    Ok(0)
}
