//! Names of nodes and services (olsr.org's name service).

use super::{Family, Part};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

/// Octets in front of the entries, and of an entry's kind and length.
const HEADER_LENGTH: u32 = 4;
const ENTRY_LENGTH: u32 = 4;

/// Prints the entries.
pub(super) fn put(cx: &mut Context, mut rest: Cursor, family: Family) -> Outcome<Part> {
    if rest.length() < HEADER_LENGTH {
        return Part::too_short(cx, "message length", rest.length(), HEADER_LENGTH);
    }
    let (version, entries) = (rest.be16_at(0)?, u32::from(rest.be16_at(2)?));
    let fits = entries > 0 && entries * (ENTRY_LENGTH + family.width()) <= rest.length();
    put!(cx, "\n\t  Version ", version, ", Entries ", entries, if fits { "" } else { " (invalid)" });
    if !fits {
        return Ok(Part::Whole);
    }
    rest = rest.skip(HEADER_LENGTH as usize);
    for number in 0..entries {
        if rest.length() < ENTRY_LENGTH {
            break;
        }
        let (kind, length) = (rest.be16_at(0)?, u32::from(rest.be16_at(2)?));
        rest = rest.skip(ENTRY_LENGTH as usize);
        let fits = length > 0 && family.width() + length <= rest.length();
        put!(cx, "\n\t    #", number, ": type ");
        if kind == 0 {
            put!(cx, "000000")
        } else {
            put!(cx, "0x", Hex0(kind, 4))
        }
        put!(cx, ", length ", length);
        if !fits {
            put!(cx, " (invalid)");
            break;
        }
        let whole = family.width() + length.next_multiple_of(4);
        if rest.length() < whole {
            return Part::too_short(cx, "name entry length", rest.length(), whole);
        }
        rest.need(whole as usize)?;
        put!(cx, ", address ");
        family.put_host(cx, &rest, 0)?;
        put!(cx, ", name \"");
        cx.escaped_field(&rest.skip(family.width() as usize), length as usize)?;
        put!(cx, "\"");
        rest = rest.skip(whole as usize);
    }
    Ok(Part::Whole)
}
