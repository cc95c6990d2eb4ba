//! Options of neighbor discovery (RFC 4861 section 4.6, RFC 4191, RFC 6275, RFC 8106, RFC 8781).

use super::neighbor::preference;
use super::{Printed, domain_name, put_address};
use crate::dissect::address::{IpAddress, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::HexBytes;
use crate::put;

const SOURCE_LINK_ADDRESS: u8 = 1;
const TARGET_LINK_ADDRESS: u8 = 2;
const PREFIX: u8 = 3;
const REDIRECTED_HEADER: u8 = 4;
const MTU: u8 = 5;
const ADVERTISEMENT_INTERVAL: u8 = 7;
const HOME_AGENT: u8 = 8;
const NONCE: u8 = 14;
const ROUTE: u8 = 24;
const DNS_SERVERS: u8 = 25;
const DNS_SEARCH_LIST: u8 = 31;
const NAT64_PREFIX: u8 = 38;
const NAMES: &[Name] = &[
    (SOURCE_LINK_ADDRESS as u32, "source link-address"),
    (TARGET_LINK_ADDRESS as u32, "destination link-address"),
    (PREFIX as u32, "prefix info"),
    (REDIRECTED_HEADER as u32, "redirected header"),
    (MTU as u32, "mtu"),
    (DNS_SERVERS as u32, "rdnss"),
    (DNS_SEARCH_LIST as u32, "dnssl"),
    (ADVERTISEMENT_INTERVAL as u32, "advertisement interval"),
    (HOME_AGENT as u32, "homeagent information"),
    (NONCE as u32, "nonce"),
    (ROUTE as u32, "route info"),
    (NAT64_PREFIX as u32, "pref64"),
];

const PREFIX_FLAGS: &[Name] = &[(0x80, "onlink"), (0x40, "auto"), (0x20, "router")];
/// The length of a NAT64 prefix, by its code (RFC 8781 section 4).
const NAT64_PREFIX_LENGTHS: [&str; 6] = ["96", "64", "56", "48", "40", "32"];

/// How an option ended.
enum Read {
    Known,
    Unknown,
    Cut,
}

/// Prints options to the end of the message or of the capture.
pub fn print(cx: &mut Context, options: Cursor) -> Outcome<Printed> {
    let mut at = 0;
    loop {
        let rest = options.skip(at);
        if rest.captured().is_empty() {
            return Ok(Printed::Whole);
        }
        if !rest.has(2) {
            return Ok(Printed::Cut);
        }
        if rest.length() == 0 {
            return Ok(Printed::Whole);
        }
        let (kind, words) = (rest.u8_at(0)?, rest.u8_at(1)?);
        let length = usize::from(words) * 8;
        if words == 0 || !rest.has(length) {
            return Ok(Printed::Cut);
        }
        let name = lookup(NAMES, kind).unwrap_or("unknown");
        put!(cx, "\n\t  ", name, " option (", kind, "), length ", length, " (", words, "): ");
        // Behind type and length.
        let value = rest.bytes_at(2, length - 2)?;
        match put_option(cx, &options, at, kind, words)? {
            Read::Cut => return Ok(Printed::Cut),
            Read::Unknown if cx.style.verbose <= 1 => {
                dump::hex_at(&mut cx.out, "\n\t  ", value, 0);
                return Ok(Printed::Whole);
            }
            Read::Known | Read::Unknown => {}
        }
        if cx.style.verbose > 1 {
            dump::hex_at(&mut cx.out, "\n\t    ", value, 0);
        }
        at += length;
    }
}

/// The value of the option at `at`. One that is shorter than its kind is read beyond its end.
fn put_option(cx: &mut Context, options: &Cursor, at: usize, kind: u8, words: u8) -> Outcome<Read> {
    let option = options.skip(at);
    let value_length = usize::from(words) * 8 - 2;
    match kind {
        SOURCE_LINK_ADDRESS | TARGET_LINK_ADDRESS => put_octets(cx, option.bytes_at(2, value_length)?, ":"),
        NONCE => put_octets(cx, option.bytes_at(2, value_length)?, " "),
        PREFIX => put_prefix(cx, &option, words)?,
        REDIRECTED_HEADER => {
            // tcpdump dumps the first options instead of this one.
            let shown = options.limit(u32::from(words) * 8).captured();
            dump::hex_at(&mut cx.out, "\n\t    ", shown, 0);
        }
        MTU => put!(cx, " ", option.be32_at(4)?, if words == 1 { "" } else { "bad option length" }),
        DNS_SERVERS => {
            put!(cx, " lifetime ", option.be32_at(4)?, "s,");
            for server in 0..usize::from((words - 1) / 2) {
                put_address(cx, " addr: ", &option, 8 + 16 * server)?;
            }
        }
        DNS_SEARCH_LIST => return put_search_list(cx, options, at, value_length + 2),
        ADVERTISEMENT_INTERVAL => put!(cx, " ", option.be32_at(4)?, "ms"),
        HOME_AGENT => put!(cx, " preference ", option.be16_at(4)?, ", lifetime ", option.be16_at(6)?),
        ROUTE => return put_route(cx, &option, words),
        NAT64_PREFIX => put_nat64_prefix(cx, &option, words)?,
        _ => return Ok(Read::Unknown),
    }
    Ok(Read::Known)
}

fn put_octets(cx: &mut Context, octets: &[u8], separator: &str) {
    for (index, octet) in octets.chunks(1).enumerate() {
        put!(cx, if index == 0 { "" } else { separator }, HexBytes(octet));
    }
}

/// A time in seconds, of which the largest means for ever.
fn put_lifetime(cx: &mut Context, words: &str, seconds: u32) {
    match seconds {
        u32::MAX => put!(cx, words, "infinity"),
        _ => put!(cx, words, seconds, "s"),
    }
}

fn put_prefix(cx: &mut Context, option: &Cursor, words: u8) -> Outcome {
    let length = option.u8_at(2)?;
    put_address(cx, "", option, 16)?;
    put!(cx, "/", length, if words == 4 { "" } else { "badlen" }, ", Flags [");
    put_bits(&mut cx.out, PREFIX_FLAGS, option.u8_at(3)?.into(), ", ", "none");
    put_lifetime(cx, "], valid time ", option.be32_at(4)?);
    put_lifetime(cx, ", pref. time ", option.be32_at(8)?);
    Ok(())
}

/// Domains to search in, up to an empty name.
fn put_search_list(cx: &mut Context, options: &Cursor, at: usize, length: usize) -> Outcome<Read> {
    put!(cx, " lifetime ", options.be32_at(at + 4)?, "s, domain(s):");
    let mut name = at + 8;
    while name < at + length && options.u8_at(name)? != 0 {
        put!(cx, " ");
        match domain_name::print(cx, options, name)? {
            Some(end) => name = end,
            None => return Ok(Read::Cut),
        }
    }
    Ok(Read::Known)
}

/// A route to a prefix, of which the option holds as many words as the prefix needs.
fn put_route(cx: &mut Context, option: &Cursor, words: u8) -> Outcome<Read> {
    let mut prefix = [0; 16];
    let octets = match words {
        1 => 0,
        2 => 8,
        3 => 16,
        _ => return Ok(Read::Cut),
    };
    for (octet, &found) in prefix.iter_mut().zip(option.bytes_at(8, octets)?) {
        *octet = found;
    }
    put!(cx, " ");
    cx.host(IpAddress::V6(Ipv6(prefix)));
    put!(cx, "/", option.u8_at(2)?, ", pref=", preference(option.u8_at(3)?));
    put_lifetime(cx, ", lifetime=", option.be32_at(4)?);
    Ok(Read::Known)
}

/// The prefix under which NAT64 maps IPv4 addresses.
fn put_nat64_prefix(cx: &mut Context, option: &Cursor, words: u8) -> Outcome {
    if words != 2 {
        put!(cx, "bad option length! ");
    }
    let lifetime_and_code = option.be16_at(2)?;
    let code = lifetime_and_code & 7;
    let mut prefix = [0; 16];
    for (octet, &found) in prefix.iter_mut().zip(option.bytes_at(4, 12)?) {
        *octet = found;
    }
    cx.host(IpAddress::V6(Ipv6(prefix)));
    let length = NAT64_PREFIX_LENGTHS.get(usize::from(code)).copied().unwrap_or("??");
    put!(cx, "/", length, " (plc ", code, "), lifetime ", lifetime_and_code & !7, "s");
    Ok(())
}
