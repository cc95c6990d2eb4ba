//! Open Shortest Path First, version 2 (RFC 2328).

mod advertisement;
mod extended_prefix;
pub(super) mod grace;
mod local_signaling;
mod packets;
mod router_information;
pub(super) mod tlv;
pub(super) mod traffic_engineering;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 2;

/// Octets of the header.
const HEADER_LENGTH: usize = 24;

pub(super) const HELLO: u8 = 1;
pub(super) const DATABASE: u8 = 2;
pub(super) const REQUEST: u8 = 3;
pub(super) const UPDATE: u8 = 4;
pub(super) const ACKNOWLEDGEMENT: u8 = 5;
/// What a packet is, in version 3 too.
pub(super) const TYPES: &[Name] = &[
    (HELLO as u32, "Hello"),
    (DATABASE as u32, "Database Description"),
    (REQUEST as u32, "LS-Request"),
    (UPDATE as u32, "LS-Update"),
    (ACKNOWLEDGEMENT as u32, "LS-Ack"),
];

const NO_AUTHENTICATION: u16 = 0;
const PASSWORD: u16 = 1;
const MD5: u16 = 2;
const AUTHENTICATIONS: &[Name] =
    &[(NO_AUTHENTICATION as u32, "none"), (PASSWORD as u32, "simple"), (MD5 as u32, "MD5")];
const PASSWORD_LENGTH: usize = 8;
/// Octets of the digest behind the packet.
const DIGEST_LENGTH: u32 = 16;

/// Prints a packet.
pub fn print(cx: &mut Context, mut packet: Cursor) -> Outcome {
    cx.protocol = "ospf2";
    if packet.be16_at(14)? == MD5 {
        packet = without_digest(&packet);
    }
    let length = packet.length();
    let [version, kind] = packet.array_at(0)?;
    put!(cx, "OSPFv", version, ", ");
    match lookup(TYPES, kind) {
        Some(name) => put!(cx, name, ", length ", length),
        None => {
            put!(cx, "unknown LS-type ", kind, ", length ", length);
            return Ok(());
        }
    }
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let claimed = u32::from(packet.be16_at(2)?);
    if length != claimed {
        put!(cx, " [len ", claimed, "]");
    }
    put_router_and_area(cx, &packet)?;
    packet.need(HEADER_LENGTH)?;
    if !put_authentication(cx, &packet)? {
        return Ok(());
    }
    if version != VERSION {
        put!(cx, " ospf [version ", version, "]");
        return Ok(());
    }
    packets::print(cx, &packet, kind, length.min(claimed) as usize)?;
    if length > claimed {
        local_signaling::print(cx, &packet, kind, claimed as usize)?;
    }
    Ok(())
}

/// The packet in front of its digest; one that has no room for it seems to be without end.
fn without_digest<'p>(packet: &Cursor<'p>) -> Cursor<'p> {
    let captured = packet.captured();
    let rest = captured.len().saturating_sub(DIGEST_LENGTH as usize);
    Cursor::new(captured.get(..rest).unwrap_or_default(), packet.length().wrapping_sub(DIGEST_LENGTH))
}

/// Who sent the packet, and in which area; in version 3 too.
pub(super) fn put_router_and_area(cx: &mut Context, packet: &Cursor) -> Outcome {
    tlv::put_address(cx, "\n\tRouter-ID ", packet, 4)?;
    match packet.be32_at(8)? {
        0 => put!(cx, ", Backbone Area"),
        _ => tlv::put_address(cx, ", Area ", packet, 8)?,
    }
    Ok(())
}

/// What proves who sent the packet; `false` where its form is unknown.
fn put_authentication(cx: &mut Context, packet: &Cursor) -> Outcome<bool> {
    let kind = packet.be16_at(14)?;
    put!(cx, ", Authentication Type: ", lookup(AUTHENTICATIONS, kind).unwrap_or("unknown"), " (", kind, ")");
    match kind {
        NO_AUTHENTICATION => {}
        PASSWORD => {
            put!(cx, "\n\tSimple text password: ");
            cx.escaped_padded_field(&packet.skip(16), PASSWORD_LENGTH)?;
        }
        MD5 => {
            put!(cx, "\n\tKey-ID: ", packet.u8_at(18)?, ", Auth-Length: ", packet.u8_at(19)?);
            put!(cx, ", Crypto Sequence Number: 0x", Hex0(packet.be32_at(20)?, 8));
        }
        _ => return Ok(false),
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
