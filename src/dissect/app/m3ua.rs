//! MTP3 User Adaptation Layer (RFC 4666 section 3), which SCTP carries.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 1;
const HEADER_LENGTH: u32 = 8;
const PARAMETER_HEADER_LENGTH: u32 = 4;

const MANAGEMENT: &[Name] = &[(0, "Error"), (1, "Notify")];
const TRANSFER: &[Name] = &[(1, "Data")];
const SIGNALLING_NETWORK: &[Name] = &[
    (1, "Destination Unavailable"),
    (2, "Destination Available"),
    (3, "Destination State Audit"),
    (4, "Signalling Congestion"),
    (5, "Destination User Part Unavailable"),
    (6, "Destination Restricted"),
];
const ASP_STATE: &[Name] = &[
    (1, "Up"),
    (2, "Down"),
    (3, "Heartbeat"),
    (4, "Up Acknowledgement"),
    (5, "Down Acknowledgement"),
    (6, "Heartbeat Acknowledgement"),
];
const ASP_TRAFFIC: &[Name] =
    &[(1, "Active"), (2, "Inactive"), (3, "Active Acknowledgement"), (4, "Inactive Acknowledgement")];
const ROUTING_KEY: &[Name] = &[
    (1, "Registration Request"),
    (2, "Registration Response"),
    (3, "Deregistration Request"),
    (4, "Deregistration Response"),
];

const NETWORK_APPEARANCE: u16 = 0x0200;
const ROUTING_CONTEXT: u16 = 0x0006;
const CORRELATION_ID: u16 = 0x0013;
const PARAMETER_NAMES: &[Name] = &[
    (0x0004, "INFO String"),
    (ROUTING_CONTEXT as u32, "Routing Context"),
    (0x0007, "Diagnostic Info"),
    (0x0009, "Heartbeat Data"),
    (0x000b, "Traffic Mode Type"),
    (0x000c, "Error Code"),
    (0x000d, "Status"),
    (0x0011, "ASP Identifier"),
    (0x0012, "Affected Point Code"),
    (CORRELATION_ID as u32, "Correlation ID"),
    (NETWORK_APPEARANCE as u32, "Network Appearance"),
    (0x0204, "User/Cause"),
    (0x0205, "Congestion Indications"),
    (0x0206, "Concerned Destination"),
    (0x0207, "Routing Key"),
    (0x0208, "Registration Result"),
    (0x0209, "Deregistration Result"),
    (0x020a, "Local Routing Key Identifier"),
    (0x020b, "Destination Point Code"),
    (0x020c, "Service Indicators"),
    (0x020e, "Originating Point Code List"),
    (0x0210, "Protocol Data"),
    (0x0212, "Registration Status"),
    (0x0213, "Deregistration Status"),
];

/// A message class's name and those of its types.
fn class(number: u8) -> Option<(&'static str, &'static [Name])> {
    Some(match number {
        0 => ("Management", MANAGEMENT),
        1 => ("Transfer", TRANSFER),
        2 => ("SS7", SIGNALLING_NETWORK),
        3 => ("ASP", ASP_STATE),
        4 => ("ASP", ASP_TRAFFIC),
        9 => ("Routing Key Management", ROUTING_KEY),
        _ => return None,
    })
}

/// Prints a message and its parameters.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "m3ua";
    let size = message.length();
    if size < HEADER_LENGTH {
        cx.invalid()?;
        return message.need(size as usize);
    }
    message.need(HEADER_LENGTH as usize)?;
    if message.u8_at(0)? != VERSION {
        return Ok(());
    }
    let (number, kind) = (message.u8_at(2)?, message.u8_at(3)?);
    match class(number) {
        Some((name, types)) => {
            put!(cx, "\n\t\t", name, " ");
            match lookup(types, kind) {
                Some(name) => put!(cx, name, " Message"),
                None => put!(cx, "Unknown (0x", Hex0(kind, 2), ") Message"),
            }
        }
        None => put!(cx, "\n\t\tUnknown message class ", number),
    }
    let claimed = message.be32_at(4)?;
    if claimed != size {
        put!(cx, "\n\t\t\t@@@@@@ Corrupted length ", claimed, " of message @@@@@@");
        return Ok(());
    }
    put_parameters(cx, message.skip(HEADER_LENGTH as usize))
}

fn put_parameters(cx: &mut Context, parameters: Cursor) -> Outcome {
    let mut rest = parameters;
    while rest.length() > 0 {
        let mut valid = rest.length() >= PARAMETER_HEADER_LENGTH;
        if valid {
            let tag = rest.be16_at(0)?;
            match lookup(PARAMETER_NAMES, tag) {
                Some(name) => put!(cx, "\n\t\t\t", name, ": "),
                None => put!(cx, "\n\t\t\tUnknown Parameter (0x", Hex0(tag, 4), "): "),
            }
            let length = u32::from(rest.be16_at(2)?);
            valid = length >= PARAMETER_HEADER_LENGTH;
            if valid {
                // Every parameter starts at a multiple of 4, so the length alone tells the padding.
                let padded = length.next_multiple_of(4) as usize;
                rest.need(padded)?;
                put_value(cx, &rest, tag, length)?;
                rest = rest.skip(padded);
            }
        }
        if !valid {
            cx.invalid()?;
            return parameters.need(parameters.length() as usize);
        }
    }
    Ok(())
}

/// The value of a parameter. tcpdump reads it four octets early, where the parameter's header is.
fn put_value(cx: &mut Context, parameter: &Cursor, tag: u16, length: u32) -> Outcome {
    match tag {
        NETWORK_APPEARANCE | ROUTING_CONTEXT | CORRELATION_ID => {
            if length < PARAMETER_HEADER_LENGTH + 4 {
                return cx.invalid();
            }
            put!(cx, "0x", Hex0(parameter.be32_at(0)?, 8));
        }
        _ => put!(cx, "(length ", length, ")"),
    }
    Ok(())
}
