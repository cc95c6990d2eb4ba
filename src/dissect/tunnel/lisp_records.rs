//! Mapping records of LISP (RFC 6830 section 6.1.4): identifiers and the locators they are found at.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::put;

const RECORD_LENGTH: usize = 12;
const LOCATOR_LENGTH: usize = 8;
const ACTIONS: &[Name] = &[(0, "No-Action"), (1, "Natively-Forward"), (2, "Send-Map-Request"), (3, "Drop")];
const LOCATOR_FLAGS: &[Name] = &[(4, "Local-Locator"), (2, "RLoc-Probed"), (1, "Reachable")];

/// Address families (IANA "Address Family Numbers").
const FAMILY_IPV4: u16 = 1;
const FAMILY_IPV6: u16 = 2;

/// Prints up to `count` records; the result is what follows, unless an address cannot be stepped over.
pub(super) fn print<'p>(cx: &mut Context, records: Cursor<'p>, count: u8) -> Outcome<Option<Cursor<'p>>> {
    let mut rest = records;
    for _ in 0..count {
        if rest.length() == 0 {
            break;
        }
        rest.need(RECORD_LENGTH)?;
        put!(cx, "\n");
        let (locators, prefix_length, family) = (rest.u8_at(4)?, rest.u8_at(5)?, rest.be16_at(10)?);
        if cx.style.verbose > 0 {
            put_record(cx, &rest)?;
        }
        rest = rest.skip(RECORD_LENGTH);
        if !put_address(cx, " EID ", family, &mut rest)? {
            put!(cx, " [unsupported address family identifier ", family, "]");
            return Ok(None);
        }
        put!(cx, "/", prefix_length, ", ", locators, " locator(s)");
        for _ in 0..locators {
            put_locator(cx, &mut rest)?;
        }
    }
    Ok(Some(rest))
}

fn put_record(cx: &mut Context, record: &Cursor) -> Outcome {
    let (time_to_live, action) = (record.be32_at(0)?, record.u8_at(6)?);
    put!(cx, "      Record TTL ", time_to_live, ",");
    put!(cx, if action & 0x10 != 0 { " Authoritative," } else { " Non-Authoritative," });
    put!(cx, " ", lookup(ACTIONS, action >> 5).unwrap_or("unknown"), ",");
    put!(cx, " Map Version: ", record.be16_at(8)? & 0x0fff, ",");
    Ok(())
}

/// An address and what it is; `false` where the family is unknown, and nothing printed.
fn put_address(cx: &mut Context, label: &str, family: u16, rest: &mut Cursor) -> Outcome<bool> {
    match family {
        FAMILY_IPV4 => {
            rest.need(4)?;
            put!(cx, label);
            cx.ipv4_at(rest, 0)?;
            *rest = rest.skip(4);
        }
        FAMILY_IPV6 => {
            rest.need(16)?;
            put!(cx, label);
            cx.ipv6_at(rest, 0)?;
            *rest = rest.skip(16);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn put_locator(cx: &mut Context, rest: &mut Cursor) -> Outcome {
    rest.need(LOCATOR_LENGTH)?;
    let locator = *rest;
    *rest = rest.skip(LOCATOR_LENGTH);
    if cx.style.verbose > 0 {
        put!(cx, "\n       ");
    }
    put_address(cx, " LOC ", locator.be16_at(6)?, rest)?;
    if cx.style.verbose > 0 {
        put!(cx, "\n          Priority/Weight ", locator.u8_at(0)?, "/", locator.u8_at(1)?);
        put!(cx, ", Multicast Priority/Weight ", locator.u8_at(2)?, "/", locator.u8_at(3)?, ", flags [");
        put_bits(&mut cx.out, LOCATOR_FLAGS, locator.be16_at(4)?.into(), ", ", "none");
        put!(cx, "],");
    }
    Ok(())
}
