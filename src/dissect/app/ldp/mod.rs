//! Label Distribution Protocol (RFC 5036): PDUs of a segment or a datagram, their messages.

mod fec;
mod status;
mod tlv;

use crate::dissect::address::IpAddress;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u16 = 1;
/// Octets of a PDU's header; its length counts from behind itself.
const PDU_HEADER_LENGTH: u32 = 10;
/// Octets of the fields that a PDU's length does not count.
const UNCOUNTED: u32 = 4;
const PDU_LENGTH_MIN: u16 = (PDU_HEADER_LENGTH - UNCOUNTED) as u16;
/// Octets of a message's header; its length counts from behind itself.
const MESSAGE_HEADER_LENGTH: u32 = 8;
const MESSAGE_LENGTH_MIN: u16 = (MESSAGE_HEADER_LENGTH - UNCOUNTED) as u16;

/// Set in a type: who does not know it is to carry on.
const CONTINUE_IF_UNKNOWN: u16 = 0x8000;

const MESSAGES: &[Name] = &[
    (0x0001, "Notification"),
    (0x0100, "Hello"),
    (0x0200, "Initialization"),
    (0x0201, "Keepalive"),
    (0x0300, "Address"),
    (0x0301, "Address Withdraw"),
    (0x0400, "Label Mapping"),
    (0x0401, "Label Request"),
    (0x0402, "Label Withdraw"),
    (0x0403, "Label Release"),
    (0x0404, "Label Abort Request"),
];

/// Prints PDUs.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "ldp";
    let mut rest = data;
    while rest.length() > PDU_HEADER_LENGTH + MESSAGE_HEADER_LENGTH {
        let Some(length) = print_pdu(cx, &rest)? else { return Ok(()) };
        if rest.length() < length {
            put!(cx, " [remaining length ", rest.length(), " < ", length, "]");
            return cx.invalid();
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// Prints a PDU, with its messages at `-v`. The result is its length, unless nothing behind it is to be printed.
fn print_pdu(cx: &mut Context, pdu: &Cursor) -> Outcome<Option<u32>> {
    pdu.need(PDU_HEADER_LENGTH as usize)?;
    let start = if cx.style.verbose > 0 { "\n\t" } else { "" };
    let (version, length) = (pdu.be16_at(0)?, pdu.be16_at(2)?);
    if version != VERSION {
        put!(cx, start, "LDP version ", version, " packet not supported");
        return Ok(None);
    }
    if length < PDU_LENGTH_MIN {
        put!(cx, start, "LDP, pdu-length: ", length, " (too short, < ", PDU_LENGTH_MIN, ")");
        return Ok(None);
    }
    put!(cx, start, "LDP, Label-Space-ID: ");
    put_label_space(cx, pdu, 4)?;
    put!(cx, ", pdu-length: ", length);
    if cx.style.verbose == 0 {
        return Ok(None);
    }
    let mut rest = pdu.skip(PDU_HEADER_LENGTH as usize);
    let mut left = length - PDU_LENGTH_MIN;
    while left > 0 {
        let Some(message_length) = print_message(cx, &rest)? else { return Ok(None) };
        rest = rest.skip(usize::from(message_length) + UNCOUNTED as usize);
        // A message that goes beyond its PDU goes unnoticed: the counter wraps.
        left = left.wrapping_sub(message_length.wrapping_add(UNCOUNTED as u16));
    }
    Ok(Some(u32::from(length) + UNCOUNTED))
}

/// A router and which of its label spaces.
fn put_label_space(cx: &mut Context, data: &Cursor, offset: usize) -> Outcome {
    let (router, space) = (IpAddress::v4_at(data, offset)?, data.be16_at(offset + 4)?);
    cx.host(router);
    put!(cx, ":", space);
    Ok(())
}

/// Prints a message. The result is what its length says, if that is possible.
fn print_message(cx: &mut Context, message: &Cursor) -> Outcome<Option<u16>> {
    message.need(MESSAGE_HEADER_LENGTH as usize)?;
    let (kind, length, identifier) = (message.be16_at(0)?, message.be16_at(2)?, message.be32_at(4)?);
    let action = if kind & CONTINUE_IF_UNKNOWN != 0 { "continue processing" } else { "ignore" };
    let kind = kind & !CONTINUE_IF_UNKNOWN;
    let name = lookup(MESSAGES, kind);
    put!(cx, "\n\t  ", name.unwrap_or("Unknown"), " Message (0x", Hex0(kind, 4), "), length: ", length);
    if length < MESSAGE_LENGTH_MIN {
        put!(cx, " (too short, < ", MESSAGE_LENGTH_MIN, ")");
        return Ok(None);
    }
    put!(cx, ", Message ID: 0x", Hex0(identifier, 8), ", Flags: [", action, " if unknown]");
    message.need(length.into())?;
    let value = message.skip(MESSAGE_HEADER_LENGTH as usize);
    let parameters = value.with_length(u32::from(length - MESSAGE_LENGTH_MIN));
    match name {
        Some(_) => tlv::print_all(cx, parameters)?,
        None if cx.style.verbose <= 1 => put_hex_lines(cx, "\n\t  ", &parameters, parameters.length()),
        None => {}
    }
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t  ", &value, length.into());
    }
    Ok(Some(length))
}

#[cfg(test)]
mod tests;
