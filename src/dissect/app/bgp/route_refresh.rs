//! The ROUTE-REFRESH message (RFC 2918), enhanced (RFC 7313) and with filters of outbound routes (RFC 5291).

use super::family::Family;
use super::need;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::put;

const AFI: usize = 19;
const SUBTYPE: usize = 21;
const SAFI: usize = 22;
/// Octets of a message without a filter.
const LENGTH: u32 = 23;
const FILTER: usize = LENGTH as usize;
/// Octets of the shortest message with a filter.
const FILTER_LENGTH_MIN: u32 = LENGTH + 5;

const SUBTYPES: &[Name] = &[
    (0, "Normal route refresh request"),
    (1, "Demarcation of the beginning of a route refresh"),
    (2, "Demarcation of the ending of a route refresh"),
];
const WHEN: &[Name] = &[(1, "Immediate"), (2, "Defer")];
const FILTERS: &[Name] = &[(64, "Address Prefix ORF"), (65, "CP-ORF")];

/// Prints a ROUTE-REFRESH message; its octets too at `-vv`.
pub fn print(cx: &mut Context, message: &Cursor) -> Result<(), Stop> {
    if message.length() < LENGTH {
        return Ok(());
    }
    let (family, subtype) = (Family::read(message, AFI, SAFI)?, message.u8_at(SUBTYPE)?);
    put!(cx, "\n\t  ");
    family.put(cx);
    put!(cx, ", Subtype ", lookup(SUBTYPES, subtype).unwrap_or("Unknown"), " (", subtype, ")");
    if message.length() >= FILTER_LENGTH_MIN {
        let filter = message.skip(FILTER);
        let (when, kind, length) = (filter.u8_at(0)?, filter.u8_at(1)?, filter.be16_at(2)?);
        put!(cx, "\n\t  ORF refresh ", lookup(WHEN, when).unwrap_or("Unknown"), " (", when, "), ORF type ");
        put!(cx, lookup(FILTERS, kind).unwrap_or("Unknown"), " (", kind, "), ORF length ", length);
    }
    if cx.style.verbose > 1 {
        need(message, message.length() as usize)?;
        put_hex_lines(cx, "\n\t  ", message, message.length());
    }
    Ok(())
}
