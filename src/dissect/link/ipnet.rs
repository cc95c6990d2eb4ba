//! IP as Solaris' `ipnet` devices capture it, between zones and on loopback.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv4, ipv6};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 24;

/// Solaris' address families.
const INET: u8 = 2;
const INET6: u8 = 26;
const FAMILIES: &[Name] = &[(INET as u32, "IPv4"), (INET6 as u32, "IPv6")];

/// Prints a packet; returns the header's length.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "ipnet";
    packet.need(HEADER_LENGTH)?;
    if cx.style.link_header {
        put_header(cx, &packet)?;
    }
    let data = packet.skip(HEADER_LENGTH);
    match packet.u8_at(1)? {
        INET => ipv4::print(cx, data)?,
        INET6 => ipv6::print(cx, data)?,
        _ => {
            if !cx.style.link_header {
                put_header(cx, &packet)?;
            }
            cx.unknown_payload(data);
        }
    }
    Ok(HEADER_LENGTH)
}

/// The zones and the address family.
fn put_header(cx: &mut Context, packet: &Cursor) -> Outcome {
    let family = packet.u8_at(1)?;
    put!(cx, packet.be32_at(16)?, " > ", packet.be32_at(20)?, ", ");
    match (lookup(FAMILIES, family), cx.style.quiet) {
        (name, 0) => put!(cx, "family ", name.unwrap_or("Unknown"), " (", family, ")"),
        (Some(name), _) => put!(cx, name),
        (None, _) => put!(cx, "Unknown Ethertype (0x", Hex0(family, 4), ")"),
    }
    put!(cx, ", length ", packet.length(), ": ");
    Ok(())
}
