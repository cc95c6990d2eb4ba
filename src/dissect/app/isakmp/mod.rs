//! Internet Key Exchange in ISAKMP's messages: IKEv1 (RFC 2407, 2408, 2409) and IKEv2 (RFC 7296).

mod attributes;
mod ikev1;
mod ikev1_identity;
mod ikev1_notification;
mod ikev2;
mod ikev2_encrypted;
mod ikev2_notification;
mod ikev2_proposals;
mod initiators;
mod names;
mod payload;

pub use initiators::Initiators;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::{IpHeader, esp};
use crate::dissect::put::HexBytes;
use crate::put;
use names::{EXCHANGES, NameOrNumber, put_payload_name};
use payload::{Chain, Sender, Version, print_chain};

/// The port of IKE, the one behind a translator of addresses, and two that are in use besides.
pub const PORT: u16 = 500;
/// Where ESP is carried too (RFC 3948).
pub const PORT_NAT: u16 = 4500;
/// Ports that some put IKE on.
pub const PORTS_OTHER: [u16; 2] = [7500, 8500];

/// Octets of the header.
const HEADER_LENGTH: usize = 28;

const ENCRYPTED: u8 = 0x01;
const COMMIT: u8 = 0x02;
const INITIATOR: u8 = 0x08;
const VERSION: u8 = 0x10;
const RESPONSE: u8 = 0x20;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "isakmp";
    cx.read_keys();
    if !message.has(HEADER_LENGTH) {
        cx.truncated();
        return Ok(());
    }
    put!(cx, "isakmp");
    let version = message.u8_at(17)?;
    if cx.style.verbose > 0 {
        put!(cx, " ", version >> 4, ".", version & 0xf, " msgid ", HexBytes(message.bytes_at(20, 4)?));
    }
    if cx.style.verbose > 1 {
        put!(cx, " cookie ", HexBytes(message.bytes_at(0, 8)?), "->", HexBytes(message.bytes_at(8, 8)?));
    }
    put!(cx, ":");
    match version >> 4 {
        1 => put_header_version_1(cx, &message, ip)?,
        2 => put_header_version_2(cx, &message)?,
        _ => return Ok(()),
    }
    if cx.style.verbose == 0 {
        return Ok(());
    }
    print_payloads(cx, &message)?;
    let length = message.be32_at(24)?;
    if length != message.length() {
        put!(cx, " (len mismatch: isakmp ", length, "/ip ", message.length(), ")");
    }
    Ok(())
}

/// Prints what port 4500 carries: a message behind a marker, a sign of life, or ESP (RFC 3948 section 2).
pub fn print_nat(cx: &mut Context, data: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "isakmp_rfc3948";
    if data.length() == 1 && data.u8_at(0)? == 0xff {
        put!(cx, "isakmp-nat-keep-alive");
    } else if data.length() < 4 {
        cx.truncated();
    } else if data.be32_at(0)? == 0 {
        put!(cx, "NONESP-encap: ");
        return print(cx, data.skip(4), ip);
    } else {
        put!(cx, "UDP-encap: ");
        return esp::print(cx, data, ip);
    }
    Ok(())
}

fn put_header_version_1(cx: &mut Context, message: &Cursor, ip: &IpHeader) -> Outcome {
    let phase_1 = message.be32_at(20)? == 0;
    put!(cx, if phase_1 { " phase 1" } else { " phase 2/others" });
    let (initiator, responder): ([u8; 8], [u8; 8]) = (message.array_at(0)?, message.array_at(8)?);
    let side = cx.ike_initiators.side(initiator, responder, ip);
    put!(cx, " ", side, " ", NameOrNumber(EXCHANGES, message.u8_at(18)?.into()));
    let flags = message.u8_at(19)?;
    if flags != 0 {
        put!(cx, "[", letter(flags, ENCRYPTED, "E"), letter(flags, COMMIT, "C"), "]");
    }
    Ok(())
}

fn put_header_version_2(cx: &mut Context, message: &Cursor) -> Outcome {
    let parent = message.be32_at(20)? == 0;
    put!(cx, if parent { " parent_sa " } else { " child_sa  " });
    put!(cx, NameOrNumber(EXCHANGES, message.u8_at(18)?.into()));
    let flags = message.u8_at(19)?;
    if flags != 0 {
        put!(cx, "[", letter(flags, INITIATOR, "I"), letter(flags, VERSION, "V"), letter(flags, RESPONSE, "R"), "]");
    }
    Ok(())
}

/// What stands for a flag that is set.
fn letter(flags: u8, flag: u8, letter: &'static str) -> &'static str {
    if flags & flag != 0 { letter } else { "" }
}

fn print_payloads(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, ":");
    let kind = message.u8_at(16)?;
    if message.u8_at(19)? & ENCRYPTED != 0 {
        put!(cx, " [encrypted ");
        put_payload_name(cx, kind);
        put!(cx, "]");
        return Ok(());
    }
    let version = match message.u8_at(17)? >> 4 {
        1 => Version::One,
        _ => Version::Two(Some(Sender {
            is_initiator: message.u8_at(19)? & INITIATOR != 0,
            cookies: [message.array_at(0)?, message.array_at(8)?],
        })),
    };
    let chain = Chain { kind, at: HEADER_LENGTH, protocol: 0, depth: 0, version };
    print_chain(cx, message, chain).map(drop)
}

#[cfg(test)]
mod tests;
