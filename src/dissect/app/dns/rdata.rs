//! The data of resource records, by type.

use super::unreadable::{Read, Unreadable};
use super::{edns, name};
use crate::dissect::address::{Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

const A: u16 = 1;
const NS: u16 = 2;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const PTR: u16 = 12;
const MX: u16 = 15;
const TXT: u16 = 16;
const AAAA: u16 = 28;
const SRV: u16 = 33;
const A6: u16 = 38;
const DNAME: u16 = 39;
/// The pseudo-record of EDNS (RFC 6891).
pub(super) const OPT: u16 = 41;
const TSIG: u16 = 250;
const URI: u16 = 256;

/// Prints the `length` octets of data at `at`, if their type is one whose data is shown. They were
/// captured; what they contain may lie beyond them all the same, up to the end of the capture.
pub(super) fn print(cx: &mut Context, data: &Cursor, kind: u16, at: usize, length: usize) -> Read {
    let verbose = cx.style.verbose > 0;
    match kind {
        A => put!(cx, " ", Ipv4(data.array_at(at)?)),
        AAAA => put!(cx, " ", Ipv6(data.array_at(at)?)),
        NS | CNAME | PTR | DNAME => {
            put!(cx, " ");
            name::print(cx, data, at, 0)?;
        }
        SOA if verbose => put_authority(cx, data, at)?,
        MX => {
            put!(cx, " ");
            let preference = data.be16_at(at)?;
            name::print(cx, data, at + 2, 0)?;
            put!(cx, " ", preference);
        }
        TXT => put_text(cx, data, at, at + length)?,
        SRV => {
            put!(cx, " ");
            let (priority, weight, port) = (data.be16_at(at)?, data.be16_at(at + 2)?, data.be16_at(at + 4)?);
            name::print(cx, data, at + 6, 0)?;
            put!(cx, ":", port, " ", priority, " ", weight);
        }
        A6 => put_address_with_prefix(cx, data, at)?,
        URI => put_uri(cx, data, at, length)?,
        OPT => edns::print_options(cx, data, at, at + length)?,
        TSIG if verbose => put_transaction_signature(cx, data, at)?,
        _ => {}
    }
    Ok(())
}

/// SOA (RFC 1035 section 3.3.13): server, mailbox, serial, refresh, retry, expire, minimum.
fn put_authority(cx: &mut Context, data: &Cursor, at: usize) -> Read {
    put!(cx, " ");
    let at = name::print(cx, data, at, 0)?;
    put!(cx, " ");
    let mut numbers = data.skip(name::print(cx, data, at, 0)?);
    numbers.need(20)?;
    for _ in 0..5 {
        put!(cx, " ", numbers.be32()?);
    }
    Ok(())
}

/// TXT (RFC 1035 section 3.3.14): strings, each behind its length.
fn put_text(cx: &mut Context, data: &Cursor, at: usize, end: usize) -> Read {
    let mut at = at;
    while at < end {
        put!(cx, " \"");
        let length = usize::from(data.u8_at(at)?);
        cx.escaped_field(&data.skip(at + 1), length)?;
        put!(cx, "\"");
        at += 1 + length;
    }
    Ok(())
}

/// A6 (RFC 2874 section 3.1): the low bits of an address and the name that has the `prefix` high ones.
fn put_address_with_prefix(cx: &mut Context, data: &Cursor, at: usize) -> Read {
    let prefix = data.u8_at(at)?;
    if prefix > 128 {
        put!(cx, " ", prefix, "(bad plen)");
        return Ok(());
    }
    let known_elsewhere = usize::from(prefix / 8);
    if prefix < 128 {
        let mut address = [0; 16];
        let suffix = data.bytes_at(at + 1, 16 - known_elsewhere).map_err(|_| Unreadable::Packet)?;
        for (octet, &from) in address.iter_mut().skip(known_elsewhere).zip(suffix) {
            *octet = from;
        }
        put!(cx, " ", prefix, " ", Ipv6(address));
    }
    if prefix > 0 {
        put!(cx, " ");
        name::print(cx, data, at + 17 - known_elsewhere, 0)?;
    }
    Ok(())
}

/// URI (RFC 7553 section 4.5): priority, weight, target.
fn put_uri(cx: &mut Context, data: &Cursor, at: usize, length: usize) -> Read {
    if length < 4 {
        put!(cx, " len ", length, " is too short (< 4)");
        return Ok(());
    }
    put!(cx, " ", data.be16_at(at)?, " ", data.be16_at(at + 2)?, " ");
    Ok(cx.escaped_field(&data.skip(at + 4), length - 4)?)
}

/// TSIG (RFC 8945 section 4.2): algorithm, time signed (not shown), fudge, MAC, original ID, error, other.
fn put_transaction_signature(cx: &mut Context, data: &Cursor, at: usize) -> Read {
    put!(cx, " ");
    let mut fields = data.skip(name::print(cx, data, at, 0)?).skip(6);
    put!(cx, " fudge=", fields.be16()?);
    let mac_length = fields.be16()?;
    put!(cx, " maclen=", mac_length);
    fields = fields.skip(usize::from(mac_length));
    put!(cx, " origid=", fields.be16()?);
    put!(cx, " error=", fields.be16()?);
    put!(cx, " otherlen=", fields.be16()?);
    Ok(())
}
