//! Options of EDNS (RFC 6891 section 6.1.2), the data of an OPT record.

use super::name;
use super::names::{DIGESTS, EDNS_OPTIONS, NSEC3_HASHES, SIGNING_ALGORITHMS};
use super::unreadable::{Read, Unreadable};
use crate::dissect::address::{Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::HexBytes;
use crate::put;

const ALGORITHMS_UNDERSTOOD: u16 = 5;
const DIGESTS_UNDERSTOOD: u16 = 6;
const NSEC3_HASHES_UNDERSTOOD: u16 = 7;
const CLIENT_SUBNET: u16 = 8;
const EXPIRE: u16 = 9;
const COOKIE: u16 = 10;
const KEEPALIVE: u16 = 11;
const PADDING: u16 = 12;
const CHAIN: u16 = 13;
const KEY_TAG: u16 = 14;

/// Octets of a client's cookie (RFC 7873 section 4); a server's follows, of 8 to 32.
const CLIENT_COOKIE_LENGTH: usize = 8;

/// Prints the options from `at` to `end` in brackets; nothing if there are none.
pub(super) fn print_options(cx: &mut Context, data: &Cursor, at: usize, end: usize) -> Read {
    let mut at = at;
    if at == end {
        return Ok(());
    }
    put!(cx, " [");
    while at < end {
        at = print_option(cx, data, at)?;
        if at < end {
            put!(cx, ",");
        }
    }
    put!(cx, "]");
    Ok(())
}

/// Prints the option at `at` and returns where it ends.
fn print_option(cx: &mut Context, data: &Cursor, at: usize) -> Read<usize> {
    let code = data.be16_at(at)?;
    match lookup(EDNS_OPTIONS, code) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Opt", code),
    }
    let length = usize::from(data.be16_at(at + 2)?);
    let (at, value) = (at + 4, data.bytes_at(at + 4, length)?);
    if !value.is_empty() {
        put!(cx, " ");
        match code {
            // The name is shown as far as it goes; the option's end is known from its length.
            CHAIN => {
                if name::print(cx, data, at, at + length) == Err(Unreadable::Packet) {
                    return Err(Unreadable::Packet);
                }
            }
            _ => print_value(cx, code, value)?,
        }
    }
    Ok(at + length)
}

fn print_value(cx: &mut Context, code: u16, value: &[u8]) -> Outcome {
    let field = Cursor::new(value, value.len() as u32);
    match code {
        ALGORITHMS_UNDERSTOOD => put_algorithms(cx, value, SIGNING_ALGORITHMS),
        DIGESTS_UNDERSTOOD => put_algorithms(cx, value, DIGESTS),
        NSEC3_HASHES_UNDERSTOOD => put_algorithms(cx, value, NSEC3_HASHES),
        CLIENT_SUBNET => return put_client_subnet(cx, field),
        EXPIRE if value.len() == 4 => put!(cx, field.be32_at(0)?, " sec"),
        COOKIE if matches!(value.len(), CLIENT_COOKIE_LENGTH | 16..=40) => {
            let (client, server) = value.split_at_checked(CLIENT_COOKIE_LENGTH).unwrap_or_default();
            put!(cx, HexBytes(client), if server.is_empty() { "" } else { " " }, HexBytes(server));
        }
        KEEPALIVE if value.len() == 2 => {
            let tenths = field.be16_at(0)?;
            put!(cx, tenths / 10, ".", tenths % 10, " sec");
        }
        KEY_TAG if value.len().is_multiple_of(2) => put_key_tags(cx, field)?,
        EXPIRE | COOKIE | KEEPALIVE | KEY_TAG => return cx.invalid(),
        PADDING => put!(cx, "(", value.len(), ")"),
        _ => put!(cx, HexBytes(value)),
    }
    Ok(())
}

/// The algorithms that the resolver understands (RFC 6975).
fn put_algorithms(cx: &mut Context, algorithms: &[u8], names: &[Name]) {
    let mut separator = "";
    for &algorithm in algorithms {
        match lookup(names, algorithm) {
            Some(name) => put!(cx, separator, name),
            None => put!(cx, separator, "Alg_", algorithm),
        }
        separator = " ";
    }
}

/// The trust anchors of which the resolver has keys (RFC 8145).
fn put_key_tags(cx: &mut Context, mut tags: Cursor) -> Outcome {
    let mut separator = "";
    while tags.has(1) {
        put!(cx, separator, tags.be16()?);
        separator = " ";
    }
    Ok(())
}

/// The client's network (RFC 7871 section 6): address, source and scope prefix length.
fn put_client_subnet(cx: &mut Context, mut option: Cursor) -> Outcome {
    if option.length() < 4 {
        return cx.invalid();
    }
    let (family, source, scope) = (option.be16()?, option.u8()?, option.u8()?);
    let address = option.captured();
    let bits: u8 = match family {
        1 => 32,
        2 => 128,
        _ => return cx.invalid(),
    };
    if source > bits || scope > bits || usize::from(source.div_ceil(8)) != address.len() {
        return cx.invalid();
    }
    let mut padded = [0; 16];
    for (octet, &from) in padded.iter_mut().zip(address) {
        *octet = from;
    }
    match (family, padded) {
        (1, [a, b, c, d, ..]) => put!(cx, Ipv4([a, b, c, d])),
        _ => put!(cx, Ipv6(padded)),
    }
    put!(cx, "/", source, "/", scope);
    Ok(())
}
