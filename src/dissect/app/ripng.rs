//! Routing Information Protocol for IPv6 (RFC 2080 section 2.1).

use crate::dissect::address::{IpAddress, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const VERSION: u8 = 1;
const REQUEST: u8 = 1;
const RESPONSE: u8 = 2;

const HEADER_LENGTH: u32 = 4;
const ENTRY_LENGTH: u32 = 20;
/// The metric of what cannot be reached.
const INFINITY: u8 = 16;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "ripng";
    let version = message.u8_at(1)?;
    if version != VERSION {
        put!(cx, "ripng [version ", version, ", must be ", VERSION, "]");
        return cx.invalid();
    }
    let length = message.length();
    let command = message.u8_at(0)?;
    let name = match command {
        REQUEST => "req",
        RESPONSE => "resp",
        _ => {
            put!(cx, " ripng-", command, " ?? ", length);
            return cx.invalid();
        }
    };
    if length < HEADER_LENGTH {
        return cx.invalid();
    }
    let mut entries = message.skip(HEADER_LENGTH as usize);
    let count = entries.length() / ENTRY_LENGTH;
    if command == REQUEST && count == 1 && asks_for_all(&entries)? {
        put!(cx, " ripng-req dump");
        return Ok(());
    }
    put!(cx, " ripng-", name, " ", count);
    if !entries.length().is_multiple_of(ENTRY_LENGTH) {
        put!(cx, "[", length, "]");
    }
    put!(cx, ":");
    while entries.length() >= ENTRY_LENGTH {
        put!(cx, if cx.style.verbose > 1 { "\n\t" } else { " " });
        put_entry(cx, &entries, command == RESPONSE)?;
        entries = entries.skip(ENTRY_LENGTH as usize);
    }
    if entries.length() > 0 { cx.invalid() } else { Ok(()) }
}

/// Whether a request's only entry asks for the whole table (section 2.4.1).
fn asks_for_all(entry: &Cursor) -> Outcome<bool> {
    Ok(entry.u8_at(19)? == INFINITY && entry.array_at(0)? == [0; 16])
}

fn put_entry(cx: &mut Context, entry: &Cursor, with_metric: bool) -> Outcome {
    let (prefix, length) = (Ipv6(entry.array_at(0)?), entry.u8_at(18)?);
    cx.host(IpAddress::V6(prefix));
    put!(cx, "/", length);
    match entry.be16_at(16)? {
        0 => {}
        tag => put!(cx, " [", tag, "]"),
    }
    match entry.u8_at(19)? {
        metric @ 1.. if with_metric => put!(cx, " (", metric, ")"),
        _ => {}
    }
    Ok(())
}
