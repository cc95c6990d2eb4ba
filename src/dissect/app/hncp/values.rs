//! What TLVs of HNCP hold (RFC 7787 section 7, RFC 7788 section 10).

use super::text::{Interval, Prefix, put_host, put_labels, put_prefix};
use super::{
    ASSIGNED_PREFIX, DELEGATED_PREFIX, DHCPV4_DATA, DHCPV6_DATA, DNS_DELEGATED_ZONE, DOMAIN_NAME, EXTERNAL_CONNECTION,
    KEEP_ALIVE_INTERVAL, MANAGED_PSK, NETWORK_STATE, NODE_ADDRESS, NODE_ENDPOINT, NODE_NAME, NODE_STATE, PEER,
    PREFIX_POLICY, REQUEST_NETWORK_STATE, REQUEST_NODE_STATE, TRUST_VERDICT, VERSION, dhcp, print_tlvs,
};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::octets::Colons;
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

/// The longest name of a node.
const NODE_NAME_MAX: u8 = 63;

/// Whether a value may have this length.
fn length_is_valid(kind: u16, length: u32) -> bool {
    match kind {
        REQUEST_NETWORK_STATE => length == 0,
        REQUEST_NODE_STATE => length == 4,
        NODE_ENDPOINT | NETWORK_STATE => length == 8,
        NODE_STATE | NODE_ADDRESS => length >= 20,
        PEER => length == 12,
        KEEP_ALIVE_INTERVAL => length >= 8,
        TRUST_VERDICT => length > 36,
        VERSION => length >= 5,
        DELEGATED_PREFIX => length >= 9,
        ASSIGNED_PREFIX => length >= 6,
        PREFIX_POLICY | DHCPV4_DATA | DHCPV6_DATA | DOMAIN_NAME => length >= 1,
        DNS_DELEGATED_ZONE | NODE_NAME => length >= 17,
        MANAGED_PSK => length >= 32,
        _ => true,
    }
}

/// Prints a value; `false` where it ends the TLVs that it is among.
pub(super) fn put(cx: &mut Context, kind: u16, value: Cursor, indent: u8) -> Outcome<bool> {
    if !length_is_valid(kind, value.length()) {
        cx.invalid()?;
        return Ok(true);
    }
    match kind {
        REQUEST_NODE_STATE => put!(cx, " NID: ", Colons(value.bytes_at(0, 4)?)),
        NODE_ENDPOINT => {
            put!(cx, " NID: ", Colons(value.bytes_at(0, 4)?), " EPID: ", Hex0(value.be32_at(4)?, 8));
        }
        NETWORK_STATE => put!(cx, " hash: ", HexBytes(value.bytes_at(0, 8)?)),
        NODE_STATE => {
            put!(cx, " NID: ", Colons(value.bytes_at(0, 4)?), " seqno: ", value.be32_at(4)?, " ");
            put!(cx, Interval(value.be32_at(8)?), " hash: ", HexBytes(value.bytes_at(12, 8)?));
            print_inner(cx, &value, 20, indent)?;
        }
        PEER => {
            put!(cx, " Peer-NID: ", Colons(value.bytes_at(0, 4)?), " Peer-EPID: ", Hex0(value.be32_at(4)?, 8));
            put!(cx, " Local-EPID: ", Hex0(value.be32_at(8)?, 8));
        }
        KEEP_ALIVE_INTERVAL => {
            put!(cx, " EPID: ", Hex0(value.be32_at(0)?, 8), " Interval: ", Interval(value.be32_at(4)?));
        }
        TRUST_VERDICT => {
            put!(cx, " Verdict: ", value.u8_at(0)?, " Fingerprint: ", HexBytes(value.bytes_at(4, 32)?));
            put!(cx, " Common Name: ");
            put_rest(cx, &value, 36)?;
        }
        VERSION => {
            let [first, second] = value.array_at(2)?;
            put!(cx, " M: ", first >> 4, " P: ", first & 0xf, " H: ", second >> 4, " L: ", second & 0xf);
            put!(cx, " User-agent: ");
            put_rest(cx, &value, 4)?;
        }
        EXTERNAL_CONNECTION => print_inner(cx, &value, 0, indent)?,
        DELEGATED_PREFIX => put_delegated_prefix(cx, &value, indent)?,
        ASSIGNED_PREFIX => put_assigned_prefix(cx, &value, indent)?,
        PREFIX_POLICY => put_policy(cx, &value)?,
        DHCPV4_DATA => return dhcp::put_v4(cx, value, indent.saturating_add(1)),
        DHCPV6_DATA if !dhcp::put_v6(cx, value, indent.saturating_add(1))? => cx.invalid()?,
        NODE_ADDRESS => {
            put!(cx, " EPID: ", Hex0(value.be32_at(0)?, 8), " IP Address: ");
            put_host(cx, &value, 4)?;
            print_inner(cx, &value, 20, indent)?;
        }
        DNS_DELEGATED_ZONE => put_zone(cx, &value, indent)?,
        DOMAIN_NAME => {
            put!(cx, " Domain: ");
            put_labels(cx, &value)?;
        }
        NODE_NAME => put_node_name(cx, &value, indent)?,
        MANAGED_PSK => {
            put!(cx, " PSK: ", HexBytes(value.bytes_at(0, 32)?));
            print_inner(cx, &value, 32, indent)?;
        }
        _ => {}
    }
    Ok(true)
}

/// The TLVs inside a value from `at` on; there are none where the value ends before.
fn print_inner(cx: &mut Context, value: &Cursor, at: usize, indent: u8) -> Outcome {
    if value.length() < at as u32 {
        return Ok(());
    }
    print_tlvs(cx, value.skip(at), indent.saturating_add(1))
}

/// Text from `at` to the end of a value, or to a zero.
fn put_rest(cx: &mut Context, value: &Cursor, at: usize) -> Outcome {
    let text = value.skip(at);
    cx.escaped_padded_field(&text, text.length() as usize)
}

/// Whether a value has room for the prefix at `at`; says so if not.
fn has_prefix(cx: &mut Context, value: &Cursor, at: usize) -> Outcome<bool> {
    let length = at as u32 + 1 + u32::from(value.u8_at(at)?).div_ceil(8);
    if value.length() < length {
        cx.invalid()?;
        return Ok(false);
    }
    Ok(true)
}

fn put_delegated_prefix(cx: &mut Context, value: &Cursor, indent: u8) -> Outcome {
    if !has_prefix(cx, value, 8)? {
        return Ok(());
    }
    put!(cx, " VLSO: ", Interval(value.be32_at(0)?), " PLSO: ", Interval(value.be32_at(4)?), " Prefix: ");
    match put_prefix(cx, &value.skip(8))? {
        Prefix::Shown(length) => print_inner(cx, value, 8 + length.next_multiple_of(4), indent)?,
        Prefix::TooLong => put!(cx, "(length is invalid)"),
        Prefix::Incomplete => cx.invalid()?,
    }
    Ok(())
}

fn put_assigned_prefix(cx: &mut Context, value: &Cursor, indent: u8) -> Outcome {
    if !has_prefix(cx, value, 5)? {
        return Ok(());
    }
    put!(cx, " EPID: ", Hex0(value.be32_at(0)?, 8), " Prty: ", value.u8_at(4)? & 0xf, " Prefix: ");
    match put_prefix(cx, &value.skip(5))? {
        Prefix::Shown(length) => print_inner(cx, value, (5 + length).next_multiple_of(4), indent),
        _ => cx.invalid(),
    }
}

/// What a prefix is for (RFC 7788 section 10.2.2.1).
fn put_policy(cx: &mut Context, value: &Cursor) -> Outcome {
    let policy = value.u8_at(0)?;
    put!(cx, " type: ");
    match policy {
        0 | 131 if value.length() != 1 => return cx.invalid(),
        0 => put!(cx, "Internet connectivity"),
        1..=128 => {
            put!(cx, "Dest-Prefix: ");
            match put_prefix(cx, value)? {
                Prefix::Shown(_) => {}
                Prefix::TooLong => put!(cx, "(length is invalid)"),
                Prefix::Incomplete => cx.invalid()?,
            }
        }
        129 => {
            put!(cx, "DNS domain: ");
            put_labels(cx, &value.skip(1))?;
        }
        130 => {
            put!(cx, "Opaque UTF-8: ");
            put_rest(cx, value, 1)?;
        }
        131 => put!(cx, "Restrictive assignment"),
        _ => put!(cx, "Unknown (", policy, ")"),
    }
    Ok(())
}

fn put_zone(cx: &mut Context, value: &Cursor, indent: u8) -> Outcome {
    let flags = value.u8_at(16)?;
    put!(cx, " IP-Address: ");
    put_host(cx, value, 0)?;
    put!(cx, " ");
    for (flag, letter) in [(4, 'l'), (2, 'b'), (1, 's')] {
        put!(cx, if flags & flag != 0 { letter } else { '-' });
    }
    put!(cx, " ");
    match put_labels(cx, &value.skip(17))? {
        Some(length) => print_inner(cx, value, (17 + length).next_multiple_of(4), indent),
        None => cx.invalid(),
    }
}

fn put_node_name(cx: &mut Context, value: &Cursor, indent: u8) -> Outcome {
    let length = value.u8_at(16)?;
    if value.length() < 17 + u32::from(length) {
        return cx.invalid();
    }
    put!(cx, " IP-Address: ");
    put_host(cx, value, 0)?;
    put!(cx, " Name: ");
    if length <= NODE_NAME_MAX {
        put!(cx, "\"");
        cx.escaped_padded_field(&value.skip(17), length.into())?;
        put!(cx, "\"");
    } else {
        cx.invalid()?;
    }
    print_inner(cx, value, (17 + usize::from(length)).next_multiple_of(4), indent)
}
