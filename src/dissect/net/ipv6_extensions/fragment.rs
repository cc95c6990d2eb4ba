//! The fragment header (RFC 8200 section 4.5).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::ipv6;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of the header.
pub const HEADER_LENGTH: u32 = 8;

/// The field counts units of 8 octets and stands left of flags: masked, it is in octets.
const OFFSET_MASK: u16 = 0xfff8;

/// Prints the header, `position` octets behind the packet's first. `None` unless this is the first
/// fragment, with something behind the header: the others continue what only it names.
pub fn print(cx: &mut Context, header: &Cursor, packet: &Cursor, position: u32) -> Outcome<Option<u32>> {
    cx.protocol = "frag6";
    put!(cx, "frag (");
    let identification = header.be32_at(4)?;
    if cx.style.verbose > 0 {
        put!(cx, "0x", Hex0(identification, 8), ":");
    }
    let offset = header.be16_at(2)? & OFFSET_MASK;
    put!(cx, offset, "|");
    // The length field itself, even where a jumbo payload option replaces it.
    let end = ipv6::HEADER_LENGTH + u32::from(packet.be16_at(4)?);
    match end.checked_sub(position + HEADER_LENGTH) {
        Some(length) => put!(cx, length, ")"),
        None => put!(cx, "[length < 0] (invalid))"),
    }
    if offset != 0 {
        return Ok(None);
    }
    put!(cx, " ");
    Ok(header.has(HEADER_LENGTH as usize + 1).then_some(HEADER_LENGTH))
}
