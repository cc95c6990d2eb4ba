//! Border Gateway Protocol (RFC 4271): the messages of a segment.

mod as_path;
mod attribute_set;
mod attributes;
mod bgpsec;
mod capabilities;
mod communities;
mod extended_communities;
mod family;
mod layer2_vpn;
mod metric;
mod multicast_vpn;
mod multiprotocol;
mod next_hop;
mod nlri;
mod notification;
mod open;
mod path_id;
mod provider_tunnel;
mod route_refresh;
mod route_target;
mod update;
mod vpn;

use super::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::put;

/// What every message starts with (RFC 4271 section 4.1): once an authenticator, now a mark to resynchronize by.
const MARKER: [u8; 16] = [0xff; 16];
/// Octets of a message's marker, length and type.
const HEADER_LENGTH: u16 = 19;

const OPEN: u8 = 1;
const UPDATE: u8 = 2;
const NOTIFICATION: u8 = 3;
const KEEPALIVE: u8 = 4;
const ROUTE_REFRESH: u8 = 5;
const MESSAGES: &[Name] = &[
    (OPEN as u32, "Open"),
    (UPDATE as u32, "Update"),
    (NOTIFICATION as u32, "Notification"),
    (KEEPALIVE as u32, "Keepalive"),
    (ROUTE_REFRESH as u32, "Route Refresh"),
];

/// Prints the messages of a segment; at `-v`, for without it the protocol's name has to do.
pub fn print(cx: &mut Context, segment: Cursor) -> Outcome {
    cx.protocol = "bgp";
    put!(cx, ": BGP");
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let mut rest = segment;
    while let Some(skipped) = find_marker(rest.captured()) {
        let message = rest.skip(skipped);
        if !message.has(HEADER_LENGTH.into()) {
            cx.truncated();
            return Ok(());
        }
        if skipped > 0 {
            cx.truncated();
        }
        let length = message.be16_at(16)?;
        if length < HEADER_LENGTH {
            put!(cx, "\nmessage length ", length, " < ", HEADER_LENGTH);
            return cx.invalid();
        }
        let kind = message.u8_at(18)?;
        if !message.has(length.into()) {
            put!(cx, "\n[|BGP ", lookup(MESSAGES, kind).unwrap_or("Unknown Message Type"), "]");
            return Ok(());
        }
        print_message(cx, message.with_length(length.into()), kind)?;
        rest = message.skip(length.into());
    }
    Ok(())
}

/// Where the next message starts, if it was captured as far as the end of its marker.
fn find_marker(octets: &[u8]) -> Option<usize> {
    octets.windows(MARKER.len()).position(|window| window == MARKER)
}

/// Prints a message, which was captured in full. What its fields claim may still lie beyond it.
fn print_message(cx: &mut Context, message: Cursor, kind: u8) -> Outcome {
    put!(cx, "\n\t", lookup(MESSAGES, kind).unwrap_or("Unknown"), " Message (", kind, "), length: ", message.length());
    let printed = match kind {
        OPEN => open::print(cx, &message),
        UPDATE => update::print(cx, &message),
        NOTIFICATION => notification::print(cx, &message),
        KEEPALIVE => Ok(()),
        ROUTE_REFRESH => route_refresh::print(cx, &message),
        _ => {
            put!(cx, "\n\t  no Message ", kind, " decoder");
            put_hex_lines(cx, "\n\t  ", &message, message.length());
            Ok(())
        }
    };
    printed.or_else(|stop: Stop| stop.settle(cx))
}

/// Stops where `count` octets are not all captured.
fn need(data: &Cursor, count: usize) -> Result<(), Stop> {
    if data.has(count) { Ok(()) } else { Err(Stop::Incomplete) }
}

/// Stops where `count` octets are not all captured, or reach beyond the field that the cursor stands for.
fn need_within(data: &Cursor, count: u32) -> Result<(), Stop> {
    if data.length() < count { Err(Stop::Incomplete) } else { need(data, count as usize) }
}

/// The octets of a field that has no text of its own; `-vv` shows all fields' octets anyway.
fn put_undecoded(cx: &mut Context, indent: &str, data: &Cursor, length: u32) {
    if cx.style.verbose <= 1 {
        put_hex_lines(cx, indent, data, length);
    }
}

#[cfg(test)]
mod tests;
