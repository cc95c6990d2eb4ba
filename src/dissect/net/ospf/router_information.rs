//! What routers say of themselves (RFC 7770, RFC 8665 section 3).

use super::advertisement::need;
use super::tlv::{Tag, put_bogus, put_unknown, read_tag};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::put;

const CAPABILITIES: u16 = 1;
const HOSTNAME: u16 = 7;
const ALGORITHMS: u16 = 8;
const LABEL_RANGE: u16 = 9;
const LOCAL_BLOCK: u16 = 14;
const PREFERENCE: u16 = 15;
const TYPES: &[Name] = &[
    (CAPABILITIES as u32, "Router Capabilities"),
    (ALGORITHMS as u32, "SR-Algorithm"),
    (HOSTNAME as u32, "Hostname"),
    (LABEL_RANGE as u32, "SID/Label Range"),
    (LOCAL_BLOCK as u32, "SR Local Block"),
    (PREFERENCE as u32, "SRMS Preference"),
];
const CAPABILITY_NAMES: &[Name] = &[
    (1, "Reserved"),
    (2, "Reserved"),
    (4, "Reserved"),
    (8, "Reserved"),
    (16, "graceful restart capable"),
    (32, "graceful restart helper"),
    (64, "Stub router support"),
    (128, "Traffic engineering"),
    (256, "p2p over LAN"),
    (512, "path computation server"),
];
/// How segment routing finds its way.
pub(super) const ALGORITHM_NAMES: &[Name] = &[(0, "Shortest Path First"), (1, "Strict Shortest Path First")];

const LABEL: u16 = 1;
const LABEL_TYPES: &[Name] = &[(LABEL as u32, "SID/Label")];

/// Prints an advertisement's values; `false` where they contradict each other.
pub(super) fn print(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() > 0 {
        need(cx, &rest, 0, 4)?;
        if rest.length() < 4 {
            put_bogus(cx, "Remaining LS length", rest.length(), "<", 4);
            return Ok(false);
        }
        let tag = read_tag(&mut rest)?;
        tag.put(cx, "\n\t    ", TYPES, " TLV");
        put!(cx, ": ", tag.length, ", value: ");
        if tag.length > rest.length() {
            put_bogus(cx, "Bogus length", tag.length, "> remaining LS length", rest.length());
            return Ok(false);
        }
        need(cx, &rest, 0, tag.length as usize)?;
        if !put_value(cx, &rest, tag)? {
            return Ok(false);
        }
        if tag.padded() > rest.length() {
            put_bogus(cx, "Bogus padded length", tag.padded(), ">", rest.length());
            return Err(Truncated);
        }
        rest = rest.skip(tag.padded() as usize);
    }
    Ok(true)
}

fn put_value(cx: &mut Context, value: &Cursor, tag: Tag) -> Outcome<bool> {
    match tag.kind {
        CAPABILITIES if tag.length != 4 => {
            put_bogus(cx, "Bogus length", tag.length, "!=", 4);
            return Ok(false);
        }
        CAPABILITIES => {
            put!(cx, "Capabilities: ");
            put_bits(&mut cx.out, CAPABILITY_NAMES, value.be32_at(0)?, ", ", "Unknown");
        }
        HOSTNAME => {
            put!(cx, "\n\t      Hostname: ");
            cx.escaped_padded_field(value, tag.length as usize)?;
        }
        ALGORITHMS => {
            for &algorithm in value.bytes_at(0, tag.length as usize)? {
                let name = lookup(ALGORITHM_NAMES, algorithm).unwrap_or("Unknown");
                put!(cx, "\n\t      ", name, " (", algorithm, ")");
            }
        }
        LABEL_RANGE | LOCAL_BLOCK => {
            need(cx, value, 0, 4)?;
            put!(cx, "\n\t      Range size: ", value.be24_at(0)?);
            // tcpdump takes a value that is too short for one without end.
            return put_labels(cx, value.skip(4).with_length(tag.length.wrapping_sub(4)));
        }
        PREFERENCE if tag.length != 4 => {
            put_bogus(cx, "Bogus SRMS Preference TLV length", tag.length, "!=", 4);
            return Ok(false);
        }
        PREFERENCE => put!(cx, "\n\t      SRMS Preference: ", value.u8_at(0)?),
        _ => put_unknown(cx, "\n\t      ", value, tag.length),
    }
    Ok(true)
}

/// The first label of a range, in values of its own.
fn put_labels(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() >= 4 {
        let tag = read_tag(&mut rest)?;
        if tag.is_empty() {
            cx.invalid()?;
            return Ok(false);
        }
        tag.put(cx, "\n\t      ", LABEL_TYPES, " subTLV");
        put!(cx, ": ", tag.length, ", value: ");
        if rest.length() < tag.length {
            put_bogus(cx, "Remaining TLV length", rest.length(), "<", tag.length);
            return Ok(false);
        }
        match (tag.kind, tag.length) {
            (LABEL, 3) => put!(cx, "\n\t\tLabel: ", rest.be24_at(0)?),
            (LABEL, 4) => put!(cx, "\n\t\tSID: ", rest.be32_at(0)?),
            (LABEL, length) => put!(cx, "\n\t\tBogus subTLV length ", length),
            _ => put_unknown(cx, "\n\t\t", &rest, tag.length),
        }
        if rest.length() < tag.padded() {
            put_bogus(cx, "Remaining TLV length", rest.length(), "<", tag.padded());
            return Ok(false);
        }
        rest = rest.skip(tag.padded() as usize);
    }
    Ok(true)
}
