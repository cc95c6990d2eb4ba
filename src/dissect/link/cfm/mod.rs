//! Connectivity Fault Management (IEEE 802.1Q clause 21): is the path there, and where does it end.

mod continuity;
mod sender;

use crate::dissect::address::Mac;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::oui;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 4;
const VERSION: u8 = 0;

const CONTINUITY_CHECK: u8 = 1;
const LINKTRACE_REPLY: u8 = 4;
const LINKTRACE_MESSAGE: u8 = 5;
const OPCODES: &[Name] = &[
    (CONTINUITY_CHECK as u32, "Continuity Check Message"),
    (2, "Loopback Reply"),
    (3, "Loopback Message"),
    (LINKTRACE_REPLY as u32, "Linktrace Reply"),
    (LINKTRACE_MESSAGE as u32, "Linktrace Message"),
];

const LINKTRACE_MESSAGE_LENGTH: u8 = 17;
const LINKTRACE_MESSAGE_FLAGS: &[Name] = &[(0x80, "Use Forwarding-DB only")];
const LINKTRACE_REPLY_LENGTH: u8 = 6;
const LINKTRACE_REPLY_FLAGS: &[Name] = &[(0x80, "UseFDB Only"), (0x40, "FwdYes"), (0x20, "Terminal MEP")];
const RELAY_ACTIONS: &[Name] = &[(1, "Exact Match"), (2, "Filtering DB"), (3, "MIP CCM DB")];

const END: u8 = 0;
const SENDER: u8 = 1;
const PORT_STATUS: u8 = 2;
const INTERFACE_STATUS: u8 = 3;
const ORGANIZATION: u8 = 31;
const TYPES: &[Name] = &[
    (END as u32, "End"),
    (SENDER as u32, "Sender ID"),
    (PORT_STATUS as u32, "Port status"),
    (INTERFACE_STATUS as u32, "Interface status"),
    (4, "Data"),
    (5, "Reply Ingress"),
    (6, "Reply Egress"),
    (ORGANIZATION as u32, "Organization Specific"),
];
/// Octets of a value's type and length.
const VALUE_HEADER_LENGTH: u32 = 3;
const PORT_STATES: &[Name] = &[(1, "Blocked"), (2, "Up")];
const INTERFACE_STATES: &[Name] =
    &[(1, "Up"), (2, "Down"), (3, "Testing"), (5, "Dormant"), (6, "not present"), (7, "lower Layer down")];

/// Whether the text goes on behind a part of the message.
#[derive(PartialEq, Eq)]
enum Then {
    Continue,
    End,
}

/// Prints a message: its kind, and with `-v` everything.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "cfm";
    match print_message(cx, message) {
        Ok(_) => Ok(()),
        Err(stop) => stop.settle(cx),
    }
}

fn print_message(cx: &mut Context, message: Cursor) -> Result<Then, Stop> {
    if message.length() < HEADER_LENGTH as u32 {
        return Ok(too_short(cx));
    }
    message.need(HEADER_LENGTH).map_err(|_| Stop::Incomplete)?;
    let (level, version) = (message.u8_at(0)? >> 5, message.u8_at(0)? & 0x1f);
    put!(cx, "CFMv", version);
    if version != VERSION {
        put!(cx, " not supported, length ", message.length());
        return Ok(Then::End);
    }
    let (opcode, flags, offset) = (message.u8_at(1)?, message.u8_at(2)?, message.u8_at(3)?);
    match lookup(OPCODES, opcode) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " unknown (", opcode, ")"),
    }
    put!(cx, ", MD Level ", level, ", length ", message.length());
    if cx.style.verbose == 0 {
        return Ok(Then::End);
    }
    put!(cx, "\n\tFirst TLV offset ", offset);
    let body = message.skip(HEADER_LENGTH);
    if u32::from(offset) > body.length() {
        put!(cx, " (too large, must be <= ", body.length(), ")");
        return Ok(Then::End);
    }
    if put_body(cx, opcode, flags, offset, &body)? == Then::End {
        return Ok(Then::End);
    }
    put_values(cx, body.skip(offset.into()))
}

fn too_short(cx: &mut Context) -> Then {
    put!(cx, "\n\t\t packet is too short");
    Then::End
}

/// What stands between the header and the values, by kind of message.
fn put_body(cx: &mut Context, opcode: u8, flags: u8, offset: u8, body: &Cursor) -> Result<Then, Stop> {
    // tcpdump numbers the two linktrace messages the other way round where they are too short.
    let (needed, number) = match opcode {
        CONTINUITY_CHECK => (continuity::LENGTH, 1),
        LINKTRACE_MESSAGE => (LINKTRACE_MESSAGE_LENGTH, 4),
        LINKTRACE_REPLY => (LINKTRACE_REPLY_LENGTH, 5),
        _ => {
            // tcpdump shows as many octets as the values have.
            put_hex_lines(cx, "\n\t  ", body, body.length() - u32::from(offset));
            return Ok(Then::Continue);
        }
    };
    if offset < needed {
        put!(cx, " (too small ", number, ", must be >= ", needed, ")");
        return Ok(Then::End);
    }
    body.need(needed.into()).map_err(|_| Stop::Incomplete)?;
    if opcode == CONTINUITY_CHECK {
        return Ok(continuity::put(cx, flags, body)?);
    }
    put!(cx, ", Flags [");
    let names = if opcode == LINKTRACE_MESSAGE { LINKTRACE_MESSAGE_FLAGS } else { LINKTRACE_REPLY_FLAGS };
    put_bits(&mut cx.out, names, flags.into(), ", ", "none");
    put!(cx, "]\n\t  Transaction-ID 0x", Hex0(body.be32_at(0)?, 8), ", ttl ", body.u8_at(4)?);
    if opcode == LINKTRACE_MESSAGE {
        put!(cx, "\n\t  Original-MAC ");
        cx.mac(Mac(body.array_at(5)?));
        put!(cx, ", Target-MAC ");
        cx.mac(Mac(body.array_at(11)?));
    } else {
        let action = body.u8_at(5)?;
        put!(cx, "\n\t  Replay-Action ", lookup(RELAY_ACTIONS, action).unwrap_or("Unknown"), " (", action, ")");
    }
    Ok(Then::Continue)
}

/// The values up to the one that ends them.
fn put_values(cx: &mut Context, mut rest: Cursor) -> Result<Then, Stop> {
    while rest.length() > 0 {
        let kind = rest.u8_at(0)?;
        put!(cx, "\n\t", lookup(TYPES, kind).unwrap_or("Unknown"), " TLV (0x", Hex0(kind, 2), ")");
        if kind == END {
            break;
        }
        if rest.length() < VALUE_HEADER_LENGTH {
            return Ok(too_short(cx));
        }
        rest.need(VALUE_HEADER_LENGTH as usize).map_err(|_| Stop::Incomplete)?;
        let length = u32::from(rest.be16_at(1)?);
        put!(cx, ", length ", length);
        rest = rest.skip(VALUE_HEADER_LENGTH as usize);
        if rest.length() < length {
            return Ok(too_short(cx));
        }
        rest.need(length as usize).map_err(|_| Stop::Incomplete)?;
        match put_value(cx, kind, &rest.limit(length))? {
            Some(taken) => rest = rest.skip(taken as usize),
            None => break,
        }
    }
    Ok(Then::End)
}

/// A value's text; how many octets it takes, or `None` when the text ends here.
fn put_value(cx: &mut Context, kind: u8, value: &Cursor) -> Outcome<Option<u32>> {
    let shortest = match kind {
        PORT_STATUS | INTERFACE_STATUS => 1,
        ORGANIZATION => 4,
        SENDER => return sender::put(cx, value),
        _ => 0,
    };
    if value.length() < shortest {
        put!(cx, " (too short, must be >= ", shortest, ")");
        return Ok(None);
    }
    match kind {
        PORT_STATUS => put_status(cx, PORT_STATES, value.u8_at(0)?),
        INTERFACE_STATUS => put_status(cx, INTERFACE_STATES, value.u8_at(0)?),
        ORGANIZATION => {
            let vendor = value.be24_at(0)?;
            put!(cx, ", Vendor: ", lookup(oui::NAMES, vendor).unwrap_or("Unknown"), " (", vendor, ")");
            put!(cx, ", Sub-Type ", value.u8_at(3)?);
        }
        _ => {}
    }
    if cx.style.verbose > 1 || !matches!(kind, PORT_STATUS | INTERFACE_STATUS) {
        put_hex_lines(cx, "\n\t  ", value, value.length());
    }
    Ok(Some(value.length()))
}

fn put_status(cx: &mut Context, names: &[Name], status: u8) {
    put!(cx, ", Status: ", lookup(names, status).unwrap_or("Unknown"), " (", status, ")");
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_continuity_check_names_its_interval_and_its_sender() {
        let padding = "00".repeat(39 + 16);
        let message = format!("8902 20 01 84 46 00000001 0002 04 02 6d64 02 03 6d6100 {padding} 02 0001 02 00");
        assert_eq!(
            ethernet(1, &message),
            "CFMv0 Continuity Check Message, MD Level 1, length 79\
             \n\tFirst TLV offset 70, Flags [CCM Interval 4, RDI]\
             \n\t  CCM Interval 1.000s, min CCM Lifetime 3.250s, max CCM Lifetime 3.500s\
             \n\t  Sequence Number 0x00000001, MA-End-Point-ID 0x0002\
             \n\t  MD Name Format Character string (4), MD Name length 2\n\t  MD Name: md\
             \n\t  MA Name-Format Character string (2), MA name length 3\n\t  MA Name: ma\
             \n\tPort status TLV (0x02), length 1, Status: Up (2)\n\tEnd TLV (0x00)"
        );
    }

    #[test]
    fn behind_a_chassis_that_does_not_fit_the_last_octet_is_the_next_type() {
        assert_eq!(
            ethernet(1, "8902 00 03 00 04 00000001 01 0005 09 07 6162 00"),
            "CFMv0 Loopback Message, MD Level 0, length 16\n\tFirst TLV offset 4\n\t  0x0000:  0000 0001 0100 0509\
             \n\tSender ID TLV (0x01), length 5\n\t  Chassis-ID Type Locally assigned (7), Chassis-ID length 9\
             \n\t  (TLV too short)\n\tEnd TLV (0x00)"
        );
    }
}
