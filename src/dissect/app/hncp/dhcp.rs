//! Options of DHCP in HNCP: what a connection's DHCP server told (RFC 7788 sections 10.2.3 and 10.2.4).

use super::start_line;
use crate::dissect::app::dns::{Unreadable, name};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::put;

const V4_DNS_SERVERS: u8 = 6;
const V4_NTP_SERVERS: u8 = 42;
const V4_SEARCH_LIST: u8 = 119;
const V4_OPTIONS: &[Name] = &[
    (V4_DNS_SERVERS as u32, "DNS-server"),
    (V4_NTP_SERVERS as u32, "NTP-server"),
    (V4_SEARCH_LIST as u32, "DNS-search"),
];

const V6_DNS_SERVERS: u16 = 23;
const V6_SEARCH_LIST: u16 = 24;
const V6_SNTP_SERVERS: u16 = 31;
const V6_OPTIONS: &[Name] = &[
    (V6_DNS_SERVERS as u32, "DNS-server"),
    (V6_SEARCH_LIST as u32, "DNS-search-list"),
    (V6_SNTP_SERVERS as u32, "SNTP-servers"),
];

/// Prints options of DHCP; `false` where they contradict each other.
pub(super) fn put_v4(cx: &mut Context, mut rest: Cursor, indent: u8) -> Outcome<bool> {
    while rest.length() > 0 {
        if rest.length() < 2 {
            return Ok(false);
        }
        let [kind, length] = rest.array_at(0)?;
        start_line(cx, indent);
        put!(cx, name_or(V4_OPTIONS, kind, "Unknown"), " (", u32::from(length) + 2, ")");
        if rest.length() < u32::from(length) + 2 {
            return Ok(false);
        }
        let value = rest.skip(2).with_length(length.into());
        match kind {
            V4_DNS_SERVERS | V4_NTP_SERVERS => {
                if length == 0 || length % 4 != 0 {
                    return Ok(false);
                }
                for at in (0..length.into()).step_by(4) {
                    put!(cx, " ");
                    cx.ipv4_at(&value, at)?;
                }
            }
            V4_SEARCH_LIST if !put_names(cx, &value)? => return Ok(false),
            _ => {}
        }
        rest = rest.skip(2 + usize::from(length));
    }
    Ok(true)
}

/// Prints options of DHCPv6; `false` where they contradict each other.
pub(super) fn put_v6(cx: &mut Context, mut rest: Cursor, indent: u8) -> Outcome<bool> {
    while rest.length() > 0 {
        if rest.length() < 4 {
            return Ok(false);
        }
        let (kind, length) = (rest.be16_at(0)?, rest.be16_at(2)?);
        start_line(cx, indent);
        put!(cx, name_or(V6_OPTIONS, kind, "Unknown"), " (", u32::from(length) + 4, ")");
        if rest.length() < u32::from(length) + 4 {
            return Ok(false);
        }
        let value = rest.skip(4).with_length(length.into());
        match kind {
            V6_DNS_SERVERS | V6_SNTP_SERVERS => {
                if length % 16 != 0 {
                    cx.invalid()?;
                    return Ok(false);
                }
                for at in (0..length.into()).step_by(16) {
                    put!(cx, " ");
                    cx.ipv6_at(&value, at)?;
                }
            }
            V6_SEARCH_LIST if !put_names(cx, &value)? => return Ok(false),
            _ => {}
        }
        rest = rest.skip(4 + usize::from(length));
    }
    Ok(true)
}

/// Domain names; `false` where one cannot be read.
fn put_names(cx: &mut Context, names: &Cursor) -> Outcome<bool> {
    let end = names.length() as usize;
    let mut at = 0;
    while at < end {
        put!(cx, " ");
        // Pointers count from the end of the option, as tcpdump has it.
        match name::print(cx, names, at, end) {
            Ok(next) => at = next,
            Err(Unreadable::Message) => return Ok(false),
            Err(Unreadable::Packet) => return Err(Truncated),
        }
    }
    Ok(true)
}
