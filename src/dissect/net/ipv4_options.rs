//! Options of the IPv4 header (RFC 791 section 3.1, RFC 1393, RFC 2113).

use crate::dissect::address::Ipv4;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const END: u8 = 0;
const NO_OPERATION: u8 = 1;
const RECORD_ROUTE: u8 = 7;
const TIMESTAMP: u8 = 68;
const LOOSE_SOURCE_ROUTE: u8 = 131;
const STRICT_SOURCE_ROUTE: u8 = 137;
const ROUTER_ALERT: u8 = 148;
const NAMES: &[Name] = &[
    (END as u32, "EOL"),
    (NO_OPERATION as u32, "NOP"),
    (TIMESTAMP as u32, "timestamp"),
    (130, "security"),
    (RECORD_ROUTE as u32, "RR"),
    (STRICT_SOURCE_ROUTE as u32, "SSRR"),
    (LOOSE_SOURCE_ROUTE as u32, "LSRR"),
    (ROUTER_ALERT as u32, "RA"),
    (82, "traceroute"),
];

/// The destination behind the last hop of a source route, if the header holds one.
///
/// Upper layers sum this address, not the header's (RFC 1122 section 4.1.3.4).
pub fn final_destination(packet: &Cursor) -> Outcome<Option<Ipv4>> {
    let header_length = u32::from(packet.u8_at(0)? & 0xf) * 4;
    let mut rest = packet.skip(20).with_length(header_length.saturating_sub(20));
    while rest.length() > 0 {
        let kind = rest.u8_at(0)?;
        let length = match kind {
            END => break,
            NO_OPERATION => 1,
            _ => rest.u8_at(1)?,
        };
        if kind != NO_OPERATION && length < 2 || u32::from(length) > rest.length() || !rest.has(length.into()) {
            break;
        }
        if matches!(kind, LOOSE_SOURCE_ROUTE | STRICT_SOURCE_ROUTE) && length >= 7 {
            return Ok(Some(Ipv4(rest.array_at(usize::from(length) - 4)?)));
        }
        rest = rest.skip(length.into());
    }
    Ok(None)
}

/// Prints the options, separated by commas. `options` claims what the header has for them.
/// The result is `false` where the capture ends within an option.
pub fn print(cx: &mut Context, options: Cursor) -> Outcome<bool> {
    let mut rest = options;
    let mut separator = "";
    while rest.length() > 0 {
        put!(cx, separator);
        separator = ",";
        let kind = rest.u8_at(0)?;
        match lookup(NAMES, kind) {
            Some(name) => put!(cx, name),
            None => put!(cx, "unknown ", kind),
        }
        let length = if matches!(kind, END | NO_OPERATION) { 1 } else { u32::from(rest.u8_at(1)?) };
        let too_short = length < 2 && !matches!(kind, END | NO_OPERATION);
        if too_short || length > rest.length() {
            put!(cx, " [bad length ", length, "]");
            return Ok(true);
        }
        if !rest.has(length as usize) {
            return Ok(false);
        }
        // A pointer or a bad length may lead beyond the option, so only the claim is cut.
        let option = rest.with_length(length);
        let complete = match kind {
            END => return Ok(true),
            TIMESTAMP => put_timestamps(cx, &option)?,
            RECORD_ROUTE | LOOSE_SOURCE_ROUTE | STRICT_SOURCE_ROUTE => put_route(cx, &option)?,
            ROUTER_ALERT => put_router_alert(cx, &option)?,
            _ => true,
        };
        if !complete {
            return Ok(false);
        }
        rest = rest.skip(length as usize);
    }
    Ok(true)
}

/// A route: hops behind the pointer are still to come and stand without a comma.
fn put_route(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    let length = option.length();
    if length < 3 {
        put!(cx, " [bad length ", length, "]");
        return Ok(true);
    }
    if (length + 1) & 3 != 0 {
        put!(cx, " [bad length ", length, "]");
    }
    let pointer = option.u8_at(2)?;
    let next = u32::from(pointer).wrapping_sub(1);
    if next < 3 || next.wrapping_add(1) & 3 != 0 || next > length + 1 {
        put!(cx, " [bad ptr ", pointer, "]");
    }
    for at in (3..length).step_by(4) {
        if !option.has(at as usize + 4) {
            return Ok(false);
        }
        put!(cx, " ");
        cx.ipv4_at(option, at as usize)?;
        if next > at {
            put!(cx, ",");
        }
    }
    Ok(true)
}

/// Time stamps in milliseconds since midnight UT; `^` marks the next to be filled.
fn put_timestamps(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    let length = option.length();
    if length < 4 {
        put!(cx, "[bad length ", length, "]");
        return Ok(true);
    }
    let flags = option.u8_at(3)?;
    let with_addresses = flags & 0xf != 0;
    let entry: u32 = if with_addresses { 8 } else { 4 };
    put!(cx, " TS{");
    if (length - 4) & (entry - 1) != 0 {
        put!(cx, "[bad length ", length, "]");
    }
    let pointer = option.u8_at(2)?;
    let next = u32::from(pointer).wrapping_sub(1);
    if next < 4 || next.wrapping_sub(4) & (entry - 1) != 0 || next > length + 1 {
        put!(cx, "[bad ptr ", pointer, "]");
    }
    let mut at = 0;
    match flags & 0xf {
        kind @ (0 | 1 | 3) => {
            put!(cx, ["TSONLY", "TS+ADDR", "", "PRESPEC"].get(usize::from(kind)).copied().unwrap_or_default());
            at = 4;
            while at < length {
                if !option.has((at + entry) as usize) {
                    return Ok(false);
                }
                put!(cx, if next == at { " ^ " } else { " " });
                put!(cx, option.be32_at((at + entry - 4) as usize)?, "@");
                if with_addresses {
                    cx.ipv4_at(option, at as usize)?;
                }
                at += entry;
            }
        }
        kind => put!(cx, "[bad ts type ", kind, "]"),
    }
    if next == at {
        put!(cx, " ^ ");
    }
    match flags >> 4 {
        0 => put!(cx, "}"),
        hops => put!(cx, " [", hops, " hops not recorded]} "),
    }
    Ok(true)
}

/// Router alert (RFC 2113): 0 asks every router to look.
fn put_router_alert(cx: &mut Context, option: &Cursor) -> Outcome<bool> {
    if option.length() < 4 {
        put!(cx, " [bad length ", option.length(), "]");
    } else if option.be16_at(2)? != 0 {
        put!(cx, " value ", option.be16_at(2)?);
    }
    Ok(true)
}
