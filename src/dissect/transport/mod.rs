//! The transport layer: TCP, UDP, SCTP and DCCP, and the ports that say what they carry.

pub mod dccp;
mod dccp_options;
mod mptcp;
pub mod ports;
pub mod sctp;
pub mod tcp;
pub mod tcp_flags;
pub mod tcp_options;
mod tcp_signature;
pub mod udp;

use super::address::End;
use super::context::Context;
use super::line::{Append, Line};
use super::net::IpHeader;
use crate::put;

/// What stands in front of a segment or datagram: `address.port > address.port: `.
pub(super) fn put_endpoints(
    cx: &mut Context,
    ip: &IpHeader,
    number: u8,
    ports: (u16, u16),
    put_port: fn(&mut Context, u16),
) {
    let mut room = cx.take_room();
    let mut line = room.begin();
    begin_line(cx, &mut line, ip, number, ports, put_port);
    line.flush(&mut cx.out);
    cx.give_back(room);
}

/// The same as the beginning of a line to which more is going to be appended; names go out at once.
///
/// The addresses are out already where extension headers stand between IP and the ports.
#[inline(always)]
fn begin_line(
    cx: &mut Context,
    line: &mut Line,
    ip: &IpHeader,
    number: u8,
    (source, destination): (u16, u16),
    put_port: fn(&mut Context, u16),
) {
    if ip.protocol == number && cx.names.is_numeric() {
        End(&ip.source, source).append(line);
        line.text(b" > ");
        End(&ip.destination, destination).append(line);
        line.text(b": ");
    } else {
        line.flush(&mut cx.out);
        put_named_endpoints(cx, ip, number, (source, destination), put_port);
    }
}

#[inline(never)]
fn put_named_endpoints(
    cx: &mut Context,
    ip: &IpHeader,
    number: u8,
    (source, destination): (u16, u16),
    put_port: fn(&mut Context, u16),
) {
    let with_addresses = ip.protocol == number;
    if with_addresses {
        cx.host(ip.source);
        put!(cx, ".");
    }
    put_port(cx, source);
    put!(cx, " > ");
    if with_addresses {
        cx.host(ip.destination);
        put!(cx, ".");
    }
    put_port(cx, destination);
    put!(cx, ": ");
}

/// The same with ports as numbers and addresses in any case, as SCTP and DCCP have it.
fn put_numeric_endpoints(cx: &mut Context, ip: &IpHeader, (source, destination): (u16, u16)) {
    cx.host(ip.source);
    put!(cx, ".", source, " > ");
    cx.host(ip.destination);
    put!(cx, ".", destination, ": ");
}
