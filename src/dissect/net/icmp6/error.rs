//! Error messages (RFC 4443 section 3) and the packets they quote.

use super::{HEADER_LENGTH, Printed, put_address, put_unknown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv6, protocol};
use crate::put;

const PROHIBITED: u8 = 1;
const BEYOND_SCOPE: u8 = 2;
const PORT_UNREACHABLE: u8 = 4;
const UNREACHABLE_CODES: &[Name] = &[
    (0, "unreachable route"),
    (PROHIBITED as u32, " unreachable prohibited"),
    (BEYOND_SCOPE as u32, "beyond scope"),
    (3, "unreachable address"),
    (PORT_UNREACHABLE as u32, "unreachable port"),
];
const PARAMETER_PROBLEM_CODES: &[Name] =
    &[(0, "erroneous"), (1, "next header"), (2, "option"), (3, "incomplete header chain")];

/// Where the quoted packet holds its source and its destination, from the message on.
const QUOTED_SOURCE: usize = HEADER_LENGTH + 8;
const QUOTED_DESTINATION: usize = HEADER_LENGTH + 24;
/// The bits of a fragment header that are not 0 in a fragment behind the first.
const FRAGMENT_OFFSET: u16 = 0xfff8;

/// What cannot be reached, and why.
pub fn put_unreachable(cx: &mut Context, message: &Cursor, code: u8) -> Outcome<Printed> {
    let Some(name) = lookup(UNREACHABLE_CODES, code) else {
        put!(cx, ", unknown unreach code (", code, ")");
        put_unknown(cx, message);
        return Ok(Printed::WithLength);
    };
    put!(cx, ", ", name);
    match code {
        PORT_UNREACHABLE => return put_port(cx, message),
        BEYOND_SCOPE => {
            message.need(QUOTED_DESTINATION + 16)?;
            put_address(cx, " ", message, QUOTED_DESTINATION)?;
            put_address(cx, ", source address ", message, QUOTED_SOURCE)?;
        }
        _ => put_address(cx, " ", message, QUOTED_DESTINATION)?,
    }
    Ok(Printed::Whole)
}

/// The port that nobody listens on.
fn put_port(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    let Some((number, port)) = upper_layer(&message.skip(HEADER_LENGTH)) else { return Ok(Printed::Cut) };
    put_address(cx, ", ", message, QUOTED_DESTINATION)?;
    match number {
        protocol::TCP => {
            put!(cx, " tcp port ");
            cx.tcp_port(port);
        }
        _ => {
            put!(cx, " udp port ");
            cx.udp_port(port);
        }
    }
    Ok(Printed::Whole)
}

/// Protocol and destination port of the quoted packet, if it is TCP or UDP and quoted that far.
fn upper_layer(quoted: &Cursor) -> Option<(u8, u16)> {
    let mut number = quoted.u8_at(6).ok()?;
    let mut header = quoted.skip(ipv6::HEADER_LENGTH as usize);
    loop {
        let next = header.u8_at(0).ok()?;
        let length = match number {
            protocol::TCP | protocol::UDP => return Some((number, header.be16_at(2).ok()?)),
            protocol::HOP_BY_HOP | protocol::DESTINATION_OPTIONS | protocol::ROUTING => {
                (usize::from(header.u8_at(1).ok()?) + 1) * 8
            }
            protocol::FRAGMENT if header.be16_at(2).ok()? & FRAGMENT_OFFSET == 0 => 8,
            protocol::AH => (usize::from(header.u8_at(1).ok()?) + 2) * 4,
            _ => return None,
        };
        number = next;
        header = header.skip(length);
    }
}

/// Whose hop limit ran out.
pub fn put_time_exceeded(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    match code {
        0 => put_address(cx, " for ", message, QUOTED_DESTINATION)?,
        1 => put!(cx, " (reassembly)"),
        _ => put!(cx, ", unknown code (", code, ")"),
    }
    Ok(())
}

/// What in the header was not understood, and where.
pub fn put_parameter_problem(cx: &mut Context, message: &Cursor, code: u8) -> Outcome<Printed> {
    if !message.has(QUOTED_DESTINATION + 16) {
        return Ok(Printed::Cut);
    }
    match lookup(PARAMETER_PROBLEM_CODES, code) {
        Some(name) => put!(cx, ", ", name, " - octet ", message.be32_at(4)?),
        None => put!(cx, ", code-#", code),
    }
    Ok(Printed::Whole)
}
