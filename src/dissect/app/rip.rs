//! Routing Information Protocol, version 1 (RFC 1058), 2 (RFC 2453) with authentication (RFC 4822), and
//! the commands of its extensions for demand circuits (RFC 1582, RFC 2091).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const REQUEST: u8 = 1;
const RESPONSE: u8 = 2;
const COMMANDS: &[Name] = &[
    (REQUEST as u32, "Request"),
    (RESPONSE as u32, "Response"),
    (3, "Trace on"),
    (4, "Trace off"),
    (6, "Triggered Request"),
    (7, "Triggered Response"),
    (8, "Triggered Acknowledgement"),
    (9, "Update Request"),
    (10, "Update Response"),
    (11, "Update Acknowledge"),
];

const HEADER_LENGTH: u32 = 4;
/// Octets of an entry, and of the address family and tag at its front.
const ENTRY_LENGTH: u32 = 20;
const ENTRY_HEADER_LENGTH: u32 = 4;
const TAG: usize = 2;
const ADDRESS: usize = 4;
const MASK: usize = 8;
const NEXT_HOP: usize = 12;
const METRIC: usize = 16;

const FAMILY_ANY: u16 = 0;
const FAMILY_IPV4: u16 = 2;
const FAMILY_AUTHENTICATION: u16 = 0xffff;
/// Address families as 4.2BSD and its descendants number them.
const FAMILIES: &[Name] = &[
    (FAMILY_IPV4 as u32, "IPv4"),
    (6, "NS"),
    (7, "ISO"),
    (16, "Appletalk"),
    (23, "IPX"),
    (24, "IPv6"),
    (28, "IPv6"),
    (30, "IPv6"),
];

const AUTHENTICATION_TRAILER: u16 = 1;
const AUTHENTICATION_PASSWORD: u16 = 2;
const AUTHENTICATION_CRYPTOGRAPHIC: u16 = 3;
const PASSWORD_LENGTH: u32 = 16;
const CRYPTOGRAPHIC_LENGTH: u32 = 16;

/// What stands in front of a dump.
const INDENT: &str = "\n\t  ";

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "rip";
    put!(cx, if cx.style.verbose > 0 { "\n\t" } else { "" });
    cx.protocol_caps();
    let length = message.length();
    if length < HEADER_LENGTH {
        return invalid(cx, "packet length", length, HEADER_LENGTH, &message);
    }
    let version = message.u8_at(1)?;
    put!(cx, "v", version);
    if !matches!(version, 1 | 2) {
        put!(cx, " [version != 1 && version != 2]");
        cx.invalid()?;
        return message.need(length as usize);
    }
    let command = message.u8_at(0)?;
    match lookup(COMMANDS, command) {
        Some(name) => put!(cx, ", ", name),
        None => put!(cx, ", unknown command (", command, ")"),
    }
    put!(cx, ", length: ", length);
    message.need(HEADER_LENGTH as usize)?;
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let data = message.skip(HEADER_LENGTH as usize);
    if matches!(command, REQUEST | RESPONSE) {
        return print_entries(cx, data, version);
    }
    let complete = data.has(data.length() as usize);
    if cx.style.verbose == 1 && lookup(COMMANDS, command).is_none() || cx.style.verbose > 1 && complete {
        put_octets(cx, "\n\t", &data, data.length());
    }
    Ok(())
}

/// Something has not the length it needs; what is left of the message may not have been captured either.
fn invalid(cx: &mut Context, what: &str, length: u32, least: u32, rest: &Cursor) -> Outcome {
    cx.invalid_because(what, length, "<", least)?;
    rest.need(rest.length() as usize)
}

fn put_octets(cx: &mut Context, indent: &str, data: &Cursor, count: u32) {
    dump::hex_at(&mut cx.out, indent, data.limit(count).captured(), 0);
}

fn print_entries(cx: &mut Context, mut rest: Cursor, version: u8) -> Outcome {
    let suffix = if version == 1 { "" } else { " or less" };
    put!(cx, ", routes: ", rest.length() / ENTRY_LENGTH, suffix);
    while rest.length() > 0 {
        let read = if version == 1 { print_entry_v1(cx, &rest)? } else { print_entry_v2(cx, &rest)? };
        let length = match read {
            Ok(length) => length,
            Err(TooShort(least, there)) => return invalid(cx, "remaining data length", there, least, &rest),
        };
        if rest.length() < length {
            return invalid(cx, "remaining entries length", rest.length(), length, &rest);
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// How many octets are needed where how many are left.
struct TooShort(u32, u32);

/// A route; the result is how long its entry is.
fn print_entry_v1(cx: &mut Context, entry: &Cursor) -> Outcome<Result<u32, TooShort>> {
    if entry.length() < ENTRY_LENGTH {
        return Ok(Err(TooShort(ENTRY_LENGTH, entry.length())));
    }
    entry.need(ENTRY_LENGTH as usize)?;
    let family = entry.be16_at(0)?;
    let zero = entry.be16_at(TAG)? == 0 && entry.be32_at(MASK)? == 0 && entry.be32_at(NEXT_HOP)? == 0;
    match family {
        FAMILY_ANY | FAMILY_IPV4 if zero => {
            put!(cx, INDENT, if family == FAMILY_ANY { "AFI 0, " } else { "" });
            cx.ipv4_at(entry, ADDRESS)?;
            put!(cx, ", metric: ", entry.be32_at(METRIC)?);
        }
        FAMILY_ANY | FAMILY_IPV4 => put_octets(cx, INDENT, entry, ENTRY_LENGTH),
        _ => {
            put_unknown_family(cx, "\n\t AFI ", family);
            put!(cx, ", ");
            put_octets(cx, INDENT, &entry.skip(ADDRESS), ENTRY_LENGTH - ENTRY_HEADER_LENGTH);
        }
    }
    Ok(Ok(ENTRY_LENGTH))
}

fn put_unknown_family(cx: &mut Context, words: &str, family: u16) {
    match lookup(FAMILIES, family) {
        Some(name) => put!(cx, words, name),
        None => put!(cx, words, "Unknown (", family, ")"),
    }
}

/// A route or an authentication; the result is how long its entry is.
fn print_entry_v2(cx: &mut Context, entry: &Cursor) -> Outcome<Result<u32, TooShort>> {
    if entry.length() < ENTRY_HEADER_LENGTH {
        return Ok(Err(TooShort(ENTRY_HEADER_LENGTH, entry.length())));
    }
    entry.need(ENTRY_HEADER_LENGTH as usize)?;
    match entry.be16_at(0)? {
        FAMILY_AUTHENTICATION => return print_authentication(cx, entry),
        FAMILY_ANY | FAMILY_IPV4 if entry.length() < ENTRY_LENGTH => {
            return Ok(Err(TooShort(ENTRY_LENGTH, entry.length())));
        }
        family @ (FAMILY_ANY | FAMILY_IPV4) => put_route(cx, entry, family)?,
        family => {
            put_unknown_family(cx, "\n\t  AFI ", family);
            put_octets(cx, INDENT, &entry.skip(ADDRESS), ENTRY_LENGTH - ENTRY_HEADER_LENGTH);
        }
    }
    Ok(Ok(ENTRY_LENGTH))
}

fn put_route(cx: &mut Context, entry: &Cursor, family: u16) -> Outcome {
    entry.need(ENTRY_LENGTH as usize)?;
    put!(cx, "\n\t  AFI ", if family == FAMILY_ANY { "0" } else { "IPv4" }, ", ");
    let start = cx.out.len();
    cx.ipv4_at(entry, ADDRESS)?;
    pad(&mut cx.out, start, 15, true);
    put!(cx, "/");
    let start = cx.out.len();
    match prefix_length(entry.be32_at(MASK)?) {
        Some(length) => put!(cx, length),
        None => put!(cx, "-1"),
    }
    pad(&mut cx.out, start, 2, false);
    put!(cx, ", tag 0x", Hex0(entry.be16_at(TAG)?, 4), ", metric: ", entry.be32_at(METRIC)?, ", next-hop: ");
    match entry.be32_at(NEXT_HOP)? {
        0 => put!(cx, "self"),
        _ => cx.ipv4_at(entry, NEXT_HOP)?,
    }
    Ok(())
}

/// Fills the text from `start` on with blanks, in front of it or behind.
fn pad(out: &mut Vec<u8>, start: usize, width: usize, in_front: bool) {
    let missing = width.saturating_sub(out.len() - start);
    out.resize(out.len() + missing, b' ');
    if in_front && let Some(field) = out.get_mut(start..) {
        field.rotate_right(missing);
    }
}

/// The ones of a netmask, if no zero stands between them.
fn prefix_length(mask: u32) -> Option<u32> {
    (mask.leading_ones() == mask.count_ones()).then_some(mask.count_ones())
}

/// How the message is authenticated; what is not known extends to the message's end.
fn print_authentication(cx: &mut Context, entry: &Cursor) -> Outcome<Result<u32, TooShort>> {
    let data = entry.skip(ENTRY_HEADER_LENGTH as usize);
    match entry.be16_at(TAG)? {
        AUTHENTICATION_PASSWORD => {
            put!(cx, "\n\t  Simple Text Authentication data: ");
            cx.escaped_padded_field(&data, PASSWORD_LENGTH as usize)?;
        }
        AUTHENTICATION_CRYPTOGRAPHIC if data.length() < CRYPTOGRAPHIC_LENGTH => {
            return Ok(Err(TooShort(CRYPTOGRAPHIC_LENGTH, data.length())));
        }
        AUTHENTICATION_CRYPTOGRAPHIC => {
            put!(cx, "\n\t  Auth header:");
            put!(cx, " Packet Len ", data.be16_at(0)?, ",");
            put!(cx, " Key-ID ", data.u8_at(2)?, ",");
            put!(cx, " Auth Data Len ", data.u8_at(3)?, ",");
            put!(cx, " SeqNo ", data.be32_at(4)?, ",");
            put!(cx, " MBZ ", data.be32_at(8)?, ",");
            put!(cx, " MBZ ", data.be32_at(12)?);
        }
        kind => {
            match kind {
                AUTHENTICATION_TRAILER => put!(cx, "\n\t  Auth trailer:"),
                _ => put!(cx, "\n\t  Unknown (", kind, ") Authentication data:"),
            }
            put_octets(cx, INDENT, &data, data.length());
            return Ok(Ok(entry.length()));
        }
    }
    Ok(Ok(ENTRY_LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(message: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_route_is_set_in_columns_and_a_mask_with_gaps_has_no_length() {
        let mut message = b"\x02\x02\0\0\0\x02\0\0\x0a\x01\0\0\xff\0\0\0\0\0\0\0\0\0\0\x01".to_vec();
        message.extend(b"\0\0\0\x07\x0a\0\0\x01\xff\0\xff\0\x0a\0\0\x09\0\0\0\x10");
        assert_eq!(
            text(&message),
            "\n\tRIPv2, Response, length: 44, routes: 2 or less\
             \n\t  AFI IPv4,        10.1.0.0/8 , tag 0x0000, metric: 1, next-hop: self\
             \n\t  AFI 0,        10.0.0.1/-1, tag 0x0007, metric: 16, next-hop: 10.0.0.9"
        );
    }

    #[test]
    fn what_is_left_of_an_entry_is_invalid() {
        assert_eq!(
            text(b"\x01\x01\0\0\0\x02\0\0\x0a\0\0\x01"),
            "\n\tRIPv1, Request, length: 12, routes: 0 [remaining data length 8 < 20] (invalid)"
        );
    }
}
