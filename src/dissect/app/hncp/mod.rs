//! Home Networking Control Protocol (RFC 7788) on top of DNCP (RFC 7787).

mod dhcp;
mod text;
mod values;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

/// Octets of a TLV's type and length.
const HEADER_LENGTH: usize = 4;
/// The verbosity from which on all TLVs have lines of their own.
const VERBOSE_ALL: u8 = 3;

const REQUEST_NETWORK_STATE: u16 = 1;
const REQUEST_NODE_STATE: u16 = 2;
const NODE_ENDPOINT: u16 = 3;
const NETWORK_STATE: u16 = 4;
const NODE_STATE: u16 = 5;
const PEER: u16 = 8;
const KEEP_ALIVE_INTERVAL: u16 = 9;
const TRUST_VERDICT: u16 = 10;
const VERSION: u16 = 32;
const EXTERNAL_CONNECTION: u16 = 33;
const DELEGATED_PREFIX: u16 = 34;
const ASSIGNED_PREFIX: u16 = 35;
const NODE_ADDRESS: u16 = 36;
/// These two by the RFC's erratum 5113.
const DHCPV4_DATA: u16 = 37;
const DHCPV6_DATA: u16 = 38;
const DNS_DELEGATED_ZONE: u16 = 39;
const DOMAIN_NAME: u16 = 40;
const NODE_NAME: u16 = 41;
const MANAGED_PSK: u16 = 42;
const PREFIX_POLICY: u16 = 43;
const TYPES: &[Name] = &[
    (REQUEST_NETWORK_STATE as u32, "Request network state"),
    (REQUEST_NODE_STATE as u32, "Request node state"),
    (NODE_ENDPOINT as u32, "Node endpoint"),
    (NETWORK_STATE as u32, "Network state"),
    (NODE_STATE as u32, "Node state"),
    (PEER as u32, "Peer"),
    (KEEP_ALIVE_INTERVAL as u32, "Keep-alive interval"),
    (TRUST_VERDICT as u32, "Trust-Verdict"),
    (VERSION as u32, "HNCP-Version"),
    (EXTERNAL_CONNECTION as u32, "External-Connection"),
    (DELEGATED_PREFIX as u32, "Delegated-Prefix"),
    (PREFIX_POLICY as u32, "Prefix-Policy"),
    (DHCPV4_DATA as u32, "DHCPv4-Data"),
    (DHCPV6_DATA as u32, "DHCPv6-Data"),
    (ASSIGNED_PREFIX as u32, "Assigned-Prefix"),
    (NODE_ADDRESS as u32, "Node-Address"),
    (DNS_DELEGATED_ZONE as u32, "DNS-Delegated-Zone"),
    (DOMAIN_NAME as u32, "Domain-Name"),
    (NODE_NAME as u32, "Node-Name"),
    (MANAGED_PSK as u32, "Managed-PSK"),
];

/// What a type is called: it has a name, or it is of a range that has.
fn type_name(kind: u16) -> &'static str {
    match kind {
        0 => "Reserved",
        44..=511 => "Unassigned",
        768..=1023 => "Private use",
        _ => name_or(TYPES, kind, "Future use"),
    }
}

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "hncp";
    put!(cx, "hncp (", message.length(), ")");
    print_tlvs(cx, message, 1)
}

/// Starts a line with so many tabs.
fn start_line(cx: &mut Context, indent: u8) {
    put!(cx, "\n");
    cx.out.resize(cx.out.len() + usize::from(indent), b'\t');
}

/// Prints TLVs at this depth: each on a line of its own, or their names on one where `-v` was given too seldom.
fn print_tlvs(cx: &mut Context, rest: Cursor, indent: u8) -> Outcome {
    let in_line = indent > cx.style.verbose && cx.style.verbose < VERBOSE_ALL;
    if in_line { print_names(cx, rest, indent) } else { cx.nested(|cx| print_lines(cx, rest, indent)) }
}

/// What TLVs follow.
enum Next<'p> {
    /// One of this type with this value, and what is behind it.
    Tlv(u16, Cursor<'p>, Cursor<'p>),
    /// One that is not all there, which has been said.
    Broken,
}

fn next_tlv<'p>(cx: &mut Context, rest: &Cursor<'p>) -> Outcome<Next<'p>> {
    let length = if rest.has(HEADER_LENGTH) && rest.length() >= HEADER_LENGTH as u32 {
        usize::from(rest.be16_at(2)?)
    } else {
        0
    };
    if !rest.has(HEADER_LENGTH + length) {
        cx.truncated();
        return Ok(Next::Broken);
    }
    if rest.length() < (HEADER_LENGTH + length) as u32 {
        cx.invalid()?;
        return Ok(Next::Broken);
    }
    let value = rest.skip(HEADER_LENGTH).with_length(length as u32);
    Ok(Next::Tlv(rest.be16_at(0)?, value, rest.skip(HEADER_LENGTH + length.next_multiple_of(4))))
}

/// The names of TLVs, those in a row that are the same counted.
fn print_names(cx: &mut Context, mut rest: Cursor, indent: u8) -> Outcome {
    let mut last = None;
    let mut first = true;
    while rest.length() > 0 {
        let Next::Tlv(kind, _, behind) = next_tlv(cx, &rest)? else { return Ok(()) };
        let name = type_name(kind);
        last = match last {
            Some((same, count)) if same == name => Some((same, count + 1)),
            _ => {
                put_name(cx, last, indent, &mut first);
                Some((name, 1u32))
            }
        };
        rest = behind;
    }
    put_name(cx, last, indent, &mut first);
    Ok(())
}

fn put_name(cx: &mut Context, name: Option<(&str, u32)>, indent: u8, first: &mut bool) {
    let Some((name, count)) = name else { return };
    if !*first {
        put!(cx, ", ");
    } else if indent > 1 {
        start_line(cx, indent);
    } else {
        put!(cx, " ");
    }
    *first = false;
    put!(cx, name);
    if count > 1 {
        put!(cx, " (x", count, ")");
    }
}

fn print_lines(cx: &mut Context, mut rest: Cursor, indent: u8) -> Outcome {
    while rest.length() > 0 {
        start_line(cx, indent);
        let Next::Tlv(kind, value, behind) = next_tlv(cx, &rest)? else { return Ok(()) };
        put!(cx, type_name(kind));
        let known = lookup(TYPES, kind).is_some();
        if !known {
            put!(cx, ": type=", kind);
        }
        put!(cx, " (", value.length() + HEADER_LENGTH as u32, ")");
        if known && !values::put(cx, kind, value, indent)? {
            return cx.invalid();
        }
        rest = behind;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
