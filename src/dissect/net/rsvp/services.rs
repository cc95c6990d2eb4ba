//! What traffic is like and what it asks for, by integrated services (RFC 2210, RFC 2215).

use super::names::{PARAMETERS, SERVICES};
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::decimal::Significant10;
use crate::dissect::named::name_or;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets in front of the services, of a service's header and of a parameter's.
const HEADER_LENGTH: u32 = 4;
/// The bit that a router on the way did not know the service.
const BREAK: u8 = 0x80;

/// A latency that is not known.
const INDETERMINATE: u32 = u32::MAX;

/// Prints the services and their parameters.
pub(super) fn put(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    put!(cx, object.indent, "  Msg-Version: ", rest.u8_at(0)? >> 4);
    put!(cx, ", length: ", u32::from(rest.be16_at(2)?) * 4);
    rest = rest.skip(HEADER_LENGTH as usize);
    while rest.length() >= HEADER_LENGTH {
        let ([service, bits], words) = (rest.array_at(0)?, rest.be16_at(2)?);
        let mut length = u32::from(words) * 4;
        put!(cx, object.indent, "  Service Type: ", name_or(SERVICES, service, "unknown"), " (", service, ")");
        put!(cx, ", break bit ", if bits & BREAK != 0 { "" } else { "not " }, "set, Service length: ", length);
        rest = rest.skip(HEADER_LENGTH as usize);
        while length >= 4 {
            let Some(taken) = put_parameter(cx, &rest)? else { break };
            rest = rest.skip(taken as usize);
            // A parameter longer than its service makes it seem to be without end.
            length = length.wrapping_sub(taken);
        }
    }
    Ok(Shown::Whole)
}

/// Prints a parameter and returns its length; nothing where it does not fit, which has been said.
fn put_parameter(cx: &mut Context, rest: &Cursor) -> Outcome<Option<u32>> {
    if rest.length() < HEADER_LENGTH {
        cx.invalid_because("obj_tlen", rest.length(), "<", HEADER_LENGTH)?;
        return Ok(None);
    }
    let ([id, bits], words) = (rest.array_at(0)?, rest.be16_at(2)?);
    let length = u32::from(words) * 4;
    put!(cx, "\n\t      Parameter ID: ", name_or(PARAMETERS, id, "unknown"), " (", id, "), length: ", length);
    put!(cx, ", Flags: [0x", Hex0(bits, 2), "]");
    if rest.length() < length + HEADER_LENGTH {
        cx.invalid_because("obj_tlen", rest.length(), "<", length + HEADER_LENGTH)?;
        return Ok(None);
    }
    put_value(cx, id, &rest.skip(HEADER_LENGTH as usize).with_length(length))?;
    Ok(Some(length + HEADER_LENGTH))
}

/// A rate in octets a second, as megabits.
fn megabits(value: &Cursor, at: usize) -> Outcome<Significant10> {
    Ok(Significant10(f32::from_bits(value.be32_at(at)?) / 125_000.0))
}

fn put_value(cx: &mut Context, id: u8, value: &Cursor) -> Outcome {
    match (id, value.length()) {
        (4, 4) => put!(cx, "\n\t\tIS hop count: ", value.be32_at(0)?),
        (6, 4) => put!(cx, "\n\t\tPath b/w estimate: ", megabits(value, 0)?, " Mbps"),
        (8, 4) => match value.be32_at(0)? {
            INDETERMINATE => put!(cx, "\n\t\tMinimum path latency: don't care"),
            latency => put!(cx, "\n\t\tMinimum path latency: ", latency),
        },
        (10, 4) => put!(cx, "\n\t\tComposed MTU: ", value.be32_at(0)?, " bytes"),
        (127, 20) => {
            put!(cx, "\n\t\tToken Bucket Rate: ", megabits(value, 0)?, " Mbps");
            put!(cx, "\n\t\tToken Bucket Size: ", Significant10(f32::from_bits(value.be32_at(4)?)), " bytes");
            put!(cx, "\n\t\tPeak Data Rate: ", megabits(value, 8)?, " Mbps");
            put!(cx, "\n\t\tMinimum Policed Unit: ", value.be32_at(12)?, " bytes");
            put!(cx, "\n\t\tMaximum Packet Size: ", value.be32_at(16)?, " bytes");
        }
        (130, 8) => {
            put!(cx, "\n\t\tRate: ", megabits(value, 0)?, " Mbps");
            put!(cx, "\n\t\tSlack Term: ", value.be32_at(4)?);
        }
        (133..=136, 4) => put!(cx, "\n\t\tValue: ", value.be32_at(0)?),
        (4 | 6 | 8 | 10 | 127 | 130 | 133..=136, _) => {}
        (_, length) if cx.style.verbose <= 1 => put_hex_lines(cx, "\n\t\t", value, length),
        _ => {}
    }
    Ok(())
}
