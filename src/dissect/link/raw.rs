//! IP without a link layer.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net;
use crate::put;

/// Prints a packet of the IP version that its first octet names.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "raw";
    match packet.u8_at(0)? >> 4 {
        4 => ipv4(cx, packet),
        6 => ipv6(cx, packet),
        version => {
            put!(cx, "IP", version);
            cx.invalid()?;
            Ok(0)
        }
    }
}

/// Prints an IPv4 packet.
pub fn ipv4(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    if cx.style.link_header {
        put!(cx, "IP ");
    }
    net::ipv4::print(cx, packet)?;
    Ok(0)
}

/// Prints an IPv6 packet.
pub fn ipv6(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    if cx.style.link_header {
        put!(cx, "IP6 ");
    }
    net::ipv6::print(cx, packet)?;
    Ok(0)
}
