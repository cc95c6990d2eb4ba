//! Slow protocols (IEEE 802.3 annex 57A): link aggregation and its marker protocol (IEEE 802.1AX),
//! OAM, and what organizations define (annex 57B).

mod oam;

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::oui;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const LACP: u8 = 1;
const MARKER: u8 = 2;
const OAM: u8 = 3;
const OSSP: u8 = 10;
const SUBTYPES: &[Name] =
    &[(LACP as u32, "LACP"), (MARKER as u32, "MARKER"), (OAM as u32, "OAM"), (OSSP as u32, "OSSP")];

/// The version of LACP and of the marker protocol.
const VERSION: u8 = 1;

/// Octets of a field's type and length, which the length includes.
const FIELD_HEADER_LENGTH: u32 = 2;
const TERMINATOR: u8 = 0;
const ACTOR: u8 = 1;
const PARTNER: u8 = 2;
const COLLECTOR: u8 = 3;
const LACP_FIELDS: &[Name] = &[
    (TERMINATOR as u32, "Terminator"),
    (ACTOR as u32, "Actor Information"),
    (PARTNER as u32, "Partner Information"),
    (COLLECTOR as u32, "Collector Information"),
];
const MARKER_INFORMATION: u8 = 1;
const MARKER_FIELDS: &[Name] = &[(TERMINATOR as u32, "Terminator"), (MARKER_INFORMATION as u32, "Marker Information")];

/// Octets of the fields, headers included.
const ACTOR_LENGTH: u32 = 20;
const COLLECTOR_LENGTH: u32 = 16;
const MARKER_LENGTH: u32 = 16;

const STATE: &[Name] = &[
    (0x01, "Activity"),
    (0x02, "Timeout"),
    (0x04, "Aggregation"),
    (0x08, "Synchronization"),
    (0x10, "Collecting"),
    (0x20, "Distributing"),
    (0x40, "Default"),
    (0x80, "Expired"),
];

/// Prints a message: which protocol, and with `-v` everything.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "slow";
    let length = message.length();
    if length < 1 {
        put_too_short(cx);
        return Ok(());
    }
    let subtype = message.u8_at(0)?;
    let name = name_or_number(SUBTYPES, subtype, "unknown (", ")");
    if matches!(subtype, LACP | MARKER) {
        if length < 2 {
            put_too_short(cx);
            return Ok(());
        }
        let version = message.u8_at(1)?;
        if version != VERSION {
            put!(cx, name, " version ", version, " packet not supported");
            return Ok(());
        }
        put!(cx, name, "v", version, ", length ", length);
    } else {
        put!(cx, name, ", length ", length);
        if !matches!(subtype, OAM | OSSP) {
            put_hex_lines(cx, "\n\t", &message, length);
            return Ok(());
        }
    }
    if cx.style.verbose == 0 {
        return Ok(());
    }
    match subtype {
        OAM => oam::print(cx, message.skip(1)),
        OSSP => put_organization(cx, &message.skip(1)),
        _ => put_fields(cx, subtype, message.skip(2)),
    }
}

fn put_too_short(cx: &mut Context) {
    put!(cx, if cx.style.verbose == 0 { " (packet is too short)" } else { TOO_SHORT });
}

const TOO_SHORT: &str = "\n\t\t packet is too short";

/// The fields of LACP and the marker protocol.
fn put_fields(cx: &mut Context, subtype: u8, mut rest: Cursor) -> Outcome {
    let names = if subtype == LACP { LACP_FIELDS } else { MARKER_FIELDS };
    while rest.length() > 0 {
        if rest.length() < FIELD_HEADER_LENGTH {
            put!(cx, TOO_SHORT);
            return Ok(());
        }
        let (kind, length) = (rest.u8_at(0)?, u32::from(rest.u8_at(1)?));
        put!(cx, "\n\t", name_or(names, kind, "Unknown"), " TLV (0x", Hex0(kind, 2), "), length ", length);
        if kind == TERMINATOR {
            return Ok(());
        }
        if length < FIELD_HEADER_LENGTH {
            put!(cx, "\n\t    ERROR: illegal length - should be >= ", FIELD_HEADER_LENGTH);
            return Ok(());
        }
        if rest.length() < length {
            put!(cx, TOO_SHORT);
            return Ok(());
        }
        rest.need(length as usize)?;
        let value = rest.limit(length).skip(FIELD_HEADER_LENGTH as usize);
        put_field(cx, subtype, kind, &value)?;
        if cx.style.verbose > 1 {
            put_hex_lines(cx, "\n\t  ", &value, value.length());
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

fn put_field(cx: &mut Context, subtype: u8, kind: u8, value: &Cursor) -> Outcome {
    let wanted = match (subtype, kind) {
        (LACP, ACTOR | PARTNER) => ACTOR_LENGTH,
        (LACP, COLLECTOR) => COLLECTOR_LENGTH,
        (MARKER, MARKER_INFORMATION) => MARKER_LENGTH,
        _ => {
            if cx.style.verbose <= 1 {
                put_hex_lines(cx, "\n\t  ", value, value.length());
            }
            return Ok(());
        }
    };
    if value.length() + FIELD_HEADER_LENGTH != wanted {
        put!(cx, "\n\t    ERROR: illegal length - should be ", wanted);
        return Ok(());
    }
    match (subtype, kind) {
        (LACP, COLLECTOR) => put!(cx, "\n\t  Max Delay ", value.be16_at(0)?),
        (LACP, _) => {
            put!(cx, "\n\t  System ");
            cx.mac(Mac(value.array_at(2)?));
            put!(cx, ", System Priority ", value.be16_at(0)?, ", Key ", value.be16_at(8)?);
            put!(cx, ", Port ", value.be16_at(12)?, ", Port Priority ", value.be16_at(10)?);
            put!(cx, "\n\t  State Flags [", flags(STATE, value.u8_at(14)?, "none"), "]");
        }
        _ => {
            put!(cx, "\n\t  Request System ");
            cx.mac(Mac(value.array_at(2)?));
            put!(cx, ", Request Port ", value.be16_at(0)?);
            put!(cx, ", Request Transaction ID 0x", Hex0(value.be32_at(8)?, 8));
        }
    }
    Ok(())
}

fn put_organization(cx: &mut Context, message: &Cursor) -> Outcome {
    let length = message.length();
    if length < 3 {
        return cx.invalid_because("length", length, "<", 3);
    }
    let organization = message.be24_at(0)?;
    put!(cx, "\n\tOUI: ", name_or(oui::NAMES, organization, "Unknown"), " (0x", Hex0(organization, 6), ")");
    put_hex_lines(cx, "\n\t", &message.skip(3), length - 3);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn an_actor_of_another_length_is_an_error_and_the_next_field_is_read() {
        assert_eq!(
            ethernet(1, "8809 0101 0103 00 0310 8000 000000000000000000000000 0000 00"),
            "LACPv1, length 24\n\tActor Information TLV (0x01), length 3\
             \n\t    ERROR: illegal length - should be 20\n\tCollector Information TLV (0x03), length 16\
             \n\t  Max Delay 32768\n\tTerminator TLV (0x00), length 0"
        );
    }

    #[test]
    fn a_local_information_field_of_oam_is_decoded() {
        assert_eq!(
            ethernet(1, "8809 03 0050 00 0110 01 0002 05 1d 05ee 00000c 00000007 0000"),
            "OAM, length 22\n\tCode Information OAM PDU, Flags [Local Stable, Remote Stable]\
             \n\t  Local Information Type (1), length 16\n\t    OAM-Version 1, Revision 2\
             \n\t    State-Parser-Action looping back, State-MUX-Action discarding\
             \n\t    OAM-Config Flags [Active, Remote-Loopback, Link-Events, Variable-Retrieval], \
             OAM-PDU-Config max-PDU size 1518\n\t    OUI Cisco (0x00000c), Vendor-Private 0x00000007\
             \n\t  End of TLV marker Information Type (0), length 0"
        );
    }
}
