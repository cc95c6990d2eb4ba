//! PPP over Ethernet (RFC 2516): discovery with its tags, and sessions.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Caps, Hex, Put, hex_octet};
use crate::put;

const HEADER_LENGTH: u32 = 6;

const SESSION: u8 = 0x00;
const INITIATION: u8 = 0x09;
const CODES: &[Name] =
    &[(INITIATION as u32, "PADI"), (0x07, "PADO"), (0x19, "PADR"), (0x65, "PADS"), (0xa7, "PADT"), (0, "")];
/// RFC 2516 section 5.1: room is left for a relay's tag.
const INITIATION_LENGTH_MAX: u32 = 1484 - HEADER_LENGTH;

const END_OF_LIST: u16 = 0x0000;
const TAGS: &[Name] = &[
    (END_OF_LIST as u32, "EOL"),
    (0x0101, "Service-Name"),
    (0x0102, "AC-Name"),
    (0x0103, "Host-Uniq"),
    (0x0104, "AC-Cookie"),
    (0x0105, "Vendor-Specific"),
    (0x0110, "Relay-Session-ID"),
    (0x0120, "PPP-Max-Payload"),
    (0x0201, "Service-Name-Error"),
    (0x0202, "AC-System-Error"),
    (0x0203, "Generic-Error"),
];
/// So much of a text is shown.
const TEXT_MAX: usize = 79;

/// Prints a packet; returns the length of its header and that of PPP.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "pppoe";
    if packet.length() < HEADER_LENGTH {
        put!(cx, " (length ", packet.length(), " < ", HEADER_LENGTH, ")");
        cx.invalid()?;
        return Ok(0);
    }
    packet.need(HEADER_LENGTH as usize)?;
    let (version, kind, code) = (packet.u8_at(0)? >> 4, packet.u8_at(0)? & 0x0f, packet.u8_at(1)?);
    let (session, mut length) = (packet.be16_at(2)?, u32::from(packet.be16_at(4)?));
    let data = packet.skip(HEADER_LENGTH as usize);
    if version != 1 {
        put!(cx, " [ver ", version, "]");
    }
    if kind != 1 {
        put!(cx, " [type ", kind, "]");
    }
    match lookup(CODES, code) {
        Some(name) => put!(cx, "PPPoE ", name),
        None => put!(cx, "PPPoE PAD-", Hex(code)),
    }
    if code == INITIATION && length > INITIATION_LENGTH_MAX {
        put!(cx, " [len ", length, "!]");
    }
    if length > data.length() {
        put!(cx, " [len ", length, " > ", data.length(), "!]");
        length = data.length();
    }
    if session != 0 {
        put!(cx, " [ses 0x", Hex(session), "]");
    }
    let data = data.with_length(length);
    if code == SESSION {
        put!(cx, " ");
        return Ok(HEADER_LENGTH as usize + super::print(cx, data)?);
    }
    put_tags(cx, data)?;
    Ok(HEADER_LENGTH as usize)
}

fn put_tags(cx: &mut Context, mut tags: Cursor) -> Outcome {
    while tags.length() > 0 {
        let (kind, length) = (tags.be16_at(0)?, tags.be16_at(2)?);
        let value = tags.skip(4).bytes_at(0, length.into())?;
        put!(cx, " [");
        match lookup(TAGS, kind) {
            Some(name) => put!(cx, name),
            None => put!(cx, "TAG-0x", Hex(kind)),
        }
        put_value(cx, value);
        put!(cx, "]");
        if kind == END_OF_LIST {
            break;
        }
        tags = tags.skip(4 + usize::from(length));
    }
    Ok(())
}

/// A tag's value: as text if most of its start is, else in hexadecimal.
fn put_value(cx: &mut Context, value: &[u8]) {
    if value.is_empty() {
        return;
    }
    let is_text = |octet: &u8| (0x20..0x7f).contains(octet);
    let shown = value.get(..TEXT_MAX).unwrap_or(value);
    if 2 * shown.iter().filter(|octet| is_text(octet)).count() > shown.len() {
        put!(cx, " \"");
        cx.out.extend(shown.iter().map(|octet| if is_text(octet) { *octet } else { b'.' }));
        put!(cx, "\"");
        return;
    }
    put!(cx, " 0x");
    for &octet in value {
        if let Ok(digits) = std::str::from_utf8(&hex_octet(octet)) {
            Caps(digits).put(&mut cx.out);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn tags_are_text_where_most_of_them_is() {
        assert_eq!(
            text(0, LinkType::PPP_ETHER, "11 65 0001 0010 0102 0004 610a6263 0104 0004 01ff6162"),
            "PPPoE PADS [ses 0x1] [AC-Name \"a.bc\"] [AC-Cookie 0x01FF6162]"
        );
    }
}
