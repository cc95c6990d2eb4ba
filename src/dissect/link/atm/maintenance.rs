//! Operation and maintenance cells (ITU-T I.610).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::put::Hex0;
use crate::put;

/// A cell's header with the octet that checks it.
pub const HEADER_LENGTH_MAX: usize = 5;
/// Without.
pub const HEADER_LENGTH_MIN: usize = 4;
const PAYLOAD_LENGTH: usize = 48;
/// The check of the payload: its last ten bits (x^10 + x^9 + x^5 + x^4 + x + 1).
const CHECK_OFFSET: usize = 46;
const CHECK_MASK: u16 = 0x03ff;
const CHECK_POLYNOMIAL: u16 = 0x0633;

const CHANNELS: &[Name] = &[(3, "OAM F4 (segment)"), (4, "OAM F4 (end)")];
const PAYLOAD_TYPES: &[Name] = &[
    (0, "user data, uncongested, SDU 0"),
    (1, "user data, uncongested, SDU 1"),
    (2, "user data, congested, SDU 0"),
    (3, "user data, congested, SDU 1"),
    (4, "VCC OAM F5 flow segment"),
    (5, "VCC OAM F5 flow end-to-end"),
    (6, "Traffic Control and resource Mgmt"),
];

const FAULT: u8 = 0x1;
const PERFORMANCE: u8 = 0x2;
const ACTIVATION: u8 = 0x8;
const KINDS: &[Name] = &[
    (FAULT as u32, "Fault Management"),
    (PERFORMANCE as u32, "Performance Management"),
    (ACTIVATION as u32, "activate/deactivate"),
    (0xf, "System Management"),
];
const ALARM: u8 = 0x0;
const REMOTE_DEFECT: u8 = 0x1;
const LOOPBACK: u8 = 0x8;
const FAULTS: &[Name] =
    &[(ALARM as u32, "AIS"), (REMOTE_DEFECT as u32, "RDI"), (0x4, "Continuity Check"), (LOOPBACK as u32, "Loopback")];
const PERFORMANCES: &[Name] = &[(0, "Forward Monitoring"), (1, "Backward Reporting"), (2, "Monitoring and Reporting")];
const ACTIVATIONS: &[Name] = &[(0, "Performance Monitoring"), (1, "Continuity Check")];

const LOOPBACK_LENGTH: usize = 45;
const ALARM_LENGTH: usize = 45;

/// Prints a cell with a header of this many octets.
pub fn print(cx: &mut Context, cell: Cursor, header_length: usize) -> Outcome {
    cx.protocol = "oam";
    let header = cell.be32_at(header_length - HEADER_LENGTH_MIN)?;
    let payload = cell.skip(header_length);
    let kind = payload.u8_at(0)?;
    let channel = header >> 4 & 0xffff;
    put!(cx, name_or(CHANNELS, channel, "OAM F5"), ", vpi ", header >> 20 & 0xff, ", vci ", channel);
    put!(cx, ", payload [ ", name_or(PAYLOAD_TYPES, header >> 1 & 7, "Unknown"), " ], clp ", header & 1);
    put!(cx, ", length ", cell.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let (kind, function) = (kind >> 4, kind & 0x0f);
    put!(cx, "\n\tcell-type ", name_or(KINDS, kind, "unknown"), " (", kind, "), func-type ");
    let functions = match kind {
        FAULT => Some(FAULTS),
        PERFORMANCE => Some(PERFORMANCES),
        ACTIVATION => Some(ACTIVATIONS),
        _ => None,
    };
    put!(cx, functions.map_or("unknown", |names| name_or(names, function, "none")), " (", function, ")");
    match (kind, function) {
        (FAULT, LOOPBACK) => put_loopback(cx, &payload.skip(1))?,
        (FAULT, ALARM | REMOTE_DEFECT) => {
            let fields = payload.skip(1);
            fields.need(ALARM_LENGTH)?;
            put!(cx, "\n\tFailure-type 0x", Hex0(fields.u8_at(0)?, 2));
            put_location(cx, "\n\tLocation-ID ", fields.bytes_at(1, 16)?);
        }
        _ => {}
    }
    let check = payload.be16_at(CHECK_OFFSET)? & CHECK_MASK;
    let correct = remainder(payload.bytes_at(0, PAYLOAD_LENGTH)?) == 0;
    put!(cx, "\n\tcksum 0x", Hex0(check, 3), if correct { " (correct)" } else { " (incorrect)" });
    Ok(())
}

fn put_loopback(cx: &mut Context, fields: &Cursor) -> Outcome {
    fields.need(LOOPBACK_LENGTH)?;
    put!(cx, "\n\tLoopback-Indicator ", if fields.u8_at(0)? & 1 != 0 { "Request" } else { "Reply" });
    put!(cx, ", Correlation-Tag 0x", Hex0(fields.be32_at(1)?, 8));
    put_location(cx, "\n\tLocation-ID ", fields.bytes_at(5, 12)?);
    put_location(cx, "\n\tSource-ID   ", fields.bytes_at(17, 12)?);
    Ok(())
}

fn put_location(cx: &mut Context, text: &str, octets: &[u8]) {
    put!(cx, text);
    for (at, &octet) in octets.iter().enumerate() {
        put!(cx, if at > 0 { " " } else { "" }, Hex0(octet, 2));
    }
}

/// What is left of the payload when it is divided by the polynomial: nothing if it is right.
fn remainder(octets: &[u8]) -> u16 {
    octets.iter().flat_map(|octet| (0..8).rev().map(move |bit| octet >> bit & 1)).fold(0, |rest, bit| {
        let rest = rest << 1 | u16::from(bit);
        if rest > CHECK_MASK { rest ^ CHECK_POLYNOMIAL } else { rest }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn the_check_of_an_idle_payload_is_the_standard_s() {
        // ITU-T I.432: 46 octets of 0x6a have this check.
        let mut payload = [0x6a; PAYLOAD_LENGTH];
        payload[46..].copy_from_slice(&[0, 0]);
        let check = remainder(&payload);
        payload[46..].copy_from_slice(&check.to_be_bytes());
        assert_eq!(remainder(&payload), 0);
    }

    #[test]
    fn a_loopback_is_told_in_full_at_v() {
        let cell = ["80000003 00 0000003a 18 01 00000007", &"ab".repeat(12), &"00".repeat(28), "0000"].concat();
        let text = text(1, LinkType::SUNATM, &cell);
        assert!(text.ends_with(
            "\n\tcell-type Fault Management (1), func-type Loopback (8)\n\tLoopback-Indicator Request, \
             Correlation-Tag 0x00000007\n\tLocation-ID ab ab ab ab ab ab ab ab ab ab ab ab\
             \n\tSource-ID   00 00 00 00 00 00 00 00 00 00 00 00\n\tcksum 0x000 (incorrect)"
        ));
    }
}
