//! Error messages and redirects, which quote the packet that they are about.

use super::{HEADER_LENGTH, QUOTED_DESTINATION};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::{ipv4, protocol};
use crate::put;

const PROTOCOL_UNREACHABLE: u8 = 2;
const PORT_UNREACHABLE: u8 = 3;
const FRAGMENTATION_NEEDED: u8 = 4;
/// What stands in front of and behind the address that cannot be reached, by code.
const UNREACHABLE_CODES: [(&str, &str); 16] = [
    ("net ", " unreachable"),
    ("host ", " unreachable"),
    ("", " protocol "),
    ("", ""),
    ("", " unreachable - need to frag"),
    ("", " unreachable - source route failed"),
    ("net ", " unreachable - unknown"),
    ("host ", " unreachable - unknown"),
    ("", " unreachable - source host isolated"),
    ("net ", " unreachable - admin prohibited"),
    ("host ", " unreachable - admin prohibited"),
    ("net ", " unreachable - tos prohibited"),
    ("host ", " unreachable - tos prohibited"),
    ("host ", " unreachable - admin prohibited filter"),
    ("host ", " unreachable - host precedence violation"),
    ("host ", " unreachable - precedence cutoff"),
];
/// What stands in front of the two addresses of a redirect, by code.
const REDIRECT_CODES: [(&str, &str); 4] = [
    ("redirect ", " to net "),
    ("redirect ", " to host "),
    ("redirect-tos ", " to net "),
    ("redirect-tos ", " to host "),
];

/// Where the quoted packet holds its protocol, from the message on.
const QUOTED_PROTOCOL: usize = HEADER_LENGTH + 9;

/// What cannot be reached, and why.
pub fn put_unreachable(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    let Some((before, behind)) = UNREACHABLE_CODES.get(usize::from(code)) else {
        cx.ipv4_at(message, QUOTED_DESTINATION)?;
        put!(cx, " unreachable - #", code);
        return Ok(());
    };
    put!(cx, before);
    cx.ipv4_at(message, QUOTED_DESTINATION)?;
    put!(cx, behind);
    match code {
        PROTOCOL_UNREACHABLE => put!(cx, message.u8_at(QUOTED_PROTOCOL)?, " unreachable"),
        PORT_UNREACHABLE => put_port(cx, message)?,
        FRAGMENTATION_NEEDED => match message.be16_at(6)? {
            0 => {}
            mtu => put!(cx, " (mtu ", mtu, ")"),
        },
        _ => {}
    }
    Ok(())
}

/// The port that nobody listens on, behind the IP header of the quoted packet.
fn put_port(cx: &mut Context, message: &Cursor) -> Outcome {
    let header_length = usize::from(message.u8_at(HEADER_LENGTH)? & 0xf) * 4;
    let port = message.be16_at(HEADER_LENGTH + header_length + 2)?;
    match message.u8_at(QUOTED_PROTOCOL)? {
        protocol::TCP => {
            put!(cx, " tcp port ");
            cx.tcp_port(port);
        }
        protocol::UDP => {
            put!(cx, " udp port ");
            cx.udp_port(port);
        }
        number => put!(cx, " protocol ", number, " port ", port),
    }
    put!(cx, " unreachable");
    Ok(())
}

/// Whose packets should take which gateway.
pub fn put_redirect(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    match REDIRECT_CODES.get(usize::from(code)) {
        Some((before, between)) => {
            put!(cx, before);
            cx.ipv4_at(message, QUOTED_DESTINATION)?;
            put!(cx, between);
        }
        None => {
            put!(cx, "redirect-#", code, " ");
            cx.ipv4_at(message, QUOTED_DESTINATION)?;
            put!(cx, " to ");
        }
    }
    cx.ipv4_at(message, 4)
}

/// The packet that an error message is about, as far as it is quoted.
pub fn print_quoted(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, "\n\t");
    let quoted = message.skip(HEADER_LENGTH);
    // Extensions may follow, which are not the quoted packet's; and its own length is that of the
    // packet on the wire, of which the message quotes only the start.
    let length = u32::from(quoted.be16_at(2)?);
    let quoted = quoted.with_length(length).limit(length);
    // A length that does not even cover itself.
    quoted.need(4)?;
    ipv4::print(cx, quoted)
}
