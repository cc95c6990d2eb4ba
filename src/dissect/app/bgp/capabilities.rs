//! Capabilities that a speaker advertises in its OPEN message (RFC 5492).

use super::family::Family;
use super::{need, put_undecoded};
use crate::dissect::address_family;
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const MULTIPROTOCOL: u8 = 1;
const ROUTE_REFRESH: u8 = 2;
const EXTENDED_MESSAGE: u8 = 6;
const BGPSEC: u8 = 7;
const MULTIPLE_LABELS: u8 = 8;
const ROLE: u8 = 9;
const GRACEFUL_RESTART: u8 = 64;
const AS_4_OCTETS: u8 = 65;
const ADD_PATH: u8 = 69;
const ENHANCED_ROUTE_REFRESH: u8 = 70;
const LONG_LIVED_GRACEFUL_RESTART: u8 = 71;
const ROUTE_REFRESH_CISCO: u8 = 128;
const CAPABILITIES: &[Name] = &[
    (MULTIPROTOCOL as u32, "Multiprotocol Extensions"),
    (ROUTE_REFRESH as u32, "Route Refresh"),
    (3, "Cooperative Route Filtering"),
    (4, "Multiple Routes to a Destination"),
    (5, "Extended Next Hop Encoding"),
    (EXTENDED_MESSAGE as u32, "BGP Extended Message"),
    (BGPSEC as u32, "BGPsec"),
    (MULTIPLE_LABELS as u32, "Multiple Labels"),
    (GRACEFUL_RESTART as u32, "Graceful Restart"),
    (AS_4_OCTETS as u32, "32-Bit AS Number"),
    (67, "Dynamic Capability"),
    (68, "Multisession BGP"),
    (ADD_PATH as u32, "Multiple Paths"),
    (ENHANCED_ROUTE_REFRESH as u32, "Enhanced Route Refresh"),
    (LONG_LIVED_GRACEFUL_RESTART as u32, "Long-lived Graceful Restart"),
    (ROUTE_REFRESH_CISCO as u32, "Route Refresh (Cisco)"),
    (ROLE as u32, "Role Capability"),
];

const RESTART_FLAGS: &[Name] = &[(0x8, "R"), (0x4, "N")];
const FORWARDING_PRESERVED: u8 = 0x80;
const ADD_PATH_DIRECTIONS: &[Name] = &[(1, "Receive"), (2, "Send"), (3, "Both")];
const BGPSEC_SEND: u8 = 0x08;
const ROLES: &[Name] = &[(0, "Provider"), (1, "RS"), (2, "RS-Client"), (3, "Customer"), (4, "Peer")];

const HEADER_LENGTH: usize = 2;
/// Octets of an entry for one address family.
const ENTRY_LENGTH: u32 = 4;

/// Whether the capabilities behind one are printed too.
type Continue = bool;

/// Prints the capabilities of an optional parameter.
pub fn print(cx: &mut Context, parameter: Cursor) -> Outcome {
    print_all(cx, parameter).or_else(|stop| stop.settle(cx))
}

fn print_all(cx: &mut Context, mut rest: Cursor) -> Result<(), Stop> {
    while rest.length() > 0 {
        need(&rest, HEADER_LENGTH)?;
        let (code, length) = (rest.u8_at(0)?, rest.u8_at(1)?);
        let name = lookup(CAPABILITIES, code).unwrap_or("Unknown");
        put!(cx, "\n\t      ", name, " (", code, "), length: ", length);
        let value = rest.skip(HEADER_LENGTH).with_length(length.into());
        need(&value, length.into())?;
        if !print_value(cx, code, &value)? {
            return Ok(());
        }
        if cx.style.verbose > 1 {
            put_hex_lines(cx, "\n\t\t", &value, length.into());
        }
        rest = rest.skip(HEADER_LENGTH + usize::from(length));
    }
    Ok(())
}

fn print_value(cx: &mut Context, code: u8, value: &Cursor) -> Outcome<Continue> {
    let least = match code {
        MULTIPROTOCOL | AS_4_OCTETS => 4,
        GRACEFUL_RESTART => 2,
        ROLE => 1,
        _ => 0,
    };
    if value.length() < least {
        put!(cx, " (too short, < ", least, ")");
        return Ok(false);
    }
    match code {
        MULTIPROTOCOL => {
            put!(cx, "\n\t\t");
            Family::read(value, 0, 3)?.put(cx);
        }
        BGPSEC => return put_bgpsec(cx, value),
        MULTIPLE_LABELS => put_label_counts(cx, value)?,
        GRACEFUL_RESTART => put_graceful_restart(cx, value)?,
        ROLE => {
            let role = value.u8_at(0)?;
            put!(cx, "\n\t\tRole name ", lookup(ROLES, role).unwrap_or("Unassigned"), " (", role, ")");
        }
        ROUTE_REFRESH | LONG_LIVED_GRACEFUL_RESTART | ROUTE_REFRESH_CISCO => {}
        EXTENDED_MESSAGE | ENHANCED_ROUTE_REFRESH => {}
        AS_4_OCTETS => put!(cx, "\n\t\t 4 Byte AS ", AsNumber::new(cx, value.be32_at(0)?)),
        ADD_PATH => put_add_path(cx, value)?,
        _ => {
            put!(cx, "\n\t\tno decoder for Capability ", code);
            put_undecoded(cx, "\n\t\t", value, value.length());
        }
    }
    Ok(true)
}

/// RFC 8205 section 2. The address family is looked up as if it were a set of flags.
fn put_bgpsec(cx: &mut Context, value: &Cursor) -> Outcome<Continue> {
    if value.length() != 3 {
        put!(cx, " [", value.length(), " != 3]");
        return Ok(false);
    }
    let (first, afi) = (value.u8_at(0)?, value.be16_at(1)?);
    let send = first & BGPSEC_SEND != 0;
    put!(cx, "\n\t\tVersion ", first & 0xf0, ", Direction ", if send { "Send" } else { "Receive" });
    put!(cx, " (", u8::from(send), "), AFI ");
    put_bits(&mut cx.out, address_family::NAMES, afi.into(), ", ", "Unknown");
    put!(cx, " (", afi, ")");
    Ok(true)
}

/// RFC 8277 section 2.1.
fn put_label_counts(cx: &mut Context, value: &Cursor) -> Outcome {
    let mut rest = *value;
    while rest.length() >= ENTRY_LENGTH {
        let (family, count) = (Family::read(&rest, 0, 2)?, rest.u8_at(3)?);
        put!(cx, "\n\t\t");
        family.put(cx);
        put!(cx, ", Count: ", count);
        rest = rest.skip(ENTRY_LENGTH as usize);
    }
    Ok(())
}

/// RFC 4724 section 3.
fn put_graceful_restart(cx: &mut Context, value: &Cursor) -> Outcome {
    let first = value.be16_at(0)?;
    put!(cx, "\n\t\tRestart Flags: [");
    put_bits(&mut cx.out, RESTART_FLAGS, u32::from(first >> 12), ", ", "none");
    put!(cx, "], Restart Time ", first & 0xfff, "s");
    let mut rest = value.skip(2);
    while rest.length() >= ENTRY_LENGTH {
        let (family, flags) = (Family::read(&rest, 0, 2)?, rest.u8_at(3)?);
        put!(cx, "\n\t\t  ");
        family.put(cx);
        put!(cx, ", Forwarding state preserved: ", if flags & FORWARDING_PRESERVED != 0 { "yes" } else { "no" });
        rest = rest.skip(ENTRY_LENGTH as usize);
    }
    Ok(())
}

/// RFC 7911 section 4.
fn put_add_path(cx: &mut Context, value: &Cursor) -> Outcome {
    if value.length() == 0 {
        put!(cx, " (bogus)");
    }
    let mut rest = *value;
    while rest.length() > 0 {
        if rest.length() < ENTRY_LENGTH {
            return cx.invalid();
        }
        let (family, direction) = (Family::read(&rest, 0, 2)?, rest.u8_at(3)?);
        put!(cx, "\n\t\t");
        family.put(cx);
        match lookup(ADD_PATH_DIRECTIONS, direction) {
            Some(name) => put!(cx, ", Send/Receive: ", name),
            None => put!(cx, ", Send/Receive: Bogus (0x", Hex0(direction, 2), ")"),
        }
        rest = rest.skip(ENTRY_LENGTH as usize);
    }
    Ok(())
}
