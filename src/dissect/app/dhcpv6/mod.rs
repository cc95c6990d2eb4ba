//! DHCP for IPv6 (RFC 8415).

mod lists;
mod names;
mod options;
mod values;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex;
use crate::put;

const RELAY_FORWARD: u8 = 12;
const RELAY_REPLY: u8 = 13;

/// Octets in front of a message's options.
const HEADER_LENGTH: usize = 4;
/// Octets in front of a relayed message's options: type, hops, two addresses.
const RELAY_HEADER_LENGTH: usize = 34;

/// Prints a message: its type alone, or all of it at `-v`.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "dhcp6";
    put!(cx, cx.protocol);
    if !data.has(HEADER_LENGTH) {
        cx.truncated();
        return Ok(());
    }
    let kind = data.u8_at(0)?;
    match lookup(names::MESSAGES, kind) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " msgtype-", kind),
    }
    if cx.style.verbose == 0 {
        return Ok(());
    }
    put!(cx, " (");
    let header_length = if matches!(kind, RELAY_FORWARD | RELAY_REPLY) {
        for (title, at) in [("linkaddr=", 2), (" peeraddr=", 18)] {
            data.skip(at).need(16)?;
            put!(cx, title);
            cx.ipv6_at(&data, at)?;
        }
        RELAY_HEADER_LENGTH
    } else {
        put!(cx, "xid=", Hex(data.be24_at(1)?));
        HEADER_LENGTH
    };
    let end = data.captured().len().min(data.length() as usize);
    options::print(cx, &data, header_length, end)?;
    put!(cx, ")");
    Ok(())
}

#[cfg(test)]
mod tests;
