//! Traffic engineering (RFC 3630) and what GMPLS adds (RFC 4203, RFC 4124).

use super::tlv::{Tag, put_address, put_bogus, put_unknown, read_tag};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::gmpls::{CONSTRAINT_MODELS, ENCODINGS, PROTECTIONS, SWITCHINGS, megabits, put_bandwidths};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

const ROUTER: u16 = 1;
const LINK: u16 = 2;
const TYPES: &[Name] = &[(ROUTER as u32, "Router Address"), (LINK as u32, "Link")];

const LINK_TYPE: u16 = 1;
const LINK_ID: u16 = 2;
const LOCAL_ADDRESS: u16 = 3;
const REMOTE_ADDRESS: u16 = 4;
const METRIC: u16 = 5;
const BANDWIDTH: u16 = 6;
const RESERVABLE_BANDWIDTH: u16 = 7;
const UNRESERVED_BANDWIDTH: u16 = 8;
const GROUP: u16 = 9;
const LINK_IDS: u16 = 11;
const PROTECTION: u16 = 14;
const SWITCHING: u16 = 15;
const SHARED_RISK: u16 = 16;
const CONSTRAINTS: u16 = 17;
const LINK_VALUES: &[Name] = &[
    (LINK_TYPE as u32, "Link Type"),
    (LINK_ID as u32, "Link ID"),
    (LOCAL_ADDRESS as u32, "Local Interface IP address"),
    (REMOTE_ADDRESS as u32, "Remote Interface IP address"),
    (METRIC as u32, "Traffic Engineering Metric"),
    (BANDWIDTH as u32, "Maximum Bandwidth"),
    (RESERVABLE_BANDWIDTH as u32, "Maximum Reservable Bandwidth"),
    (UNRESERVED_BANDWIDTH as u32, "Unreserved Bandwidth"),
    (GROUP as u32, "Administrative Group"),
    (LINK_IDS as u32, "Link Local/Remote Identifier"),
    (PROTECTION as u32, "Link Protection Type"),
    (SWITCHING as u32, "Interface Switching Capability"),
    (SHARED_RISK as u32, "Shared Risk Link Group"),
    (CONSTRAINTS as u32, "Bandwidth Constraints"),
];

const LINK_TYPES: &[Name] = &[(1, "Point-to-point"), (2, "Multi-Access")];
/// Prints an advertisement's values; `false` where they contradict each other or are cut off.
pub(in crate::dissect::net) fn print(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() > 0 {
        if !rest.has(4) {
            cx.truncated();
            return Ok(false);
        }
        if rest.length() < 4 {
            put_bogus(cx, "Remaining LS length", rest.length(), "<", 4);
            return Ok(false);
        }
        let tag = read_tag(&mut rest)?;
        tag.put(cx, "\n\t    ", TYPES, " TLV");
        put!(cx, ": ", tag.length);
        if tag.length > rest.length() {
            put_bogus(cx, "Bogus length", tag.length, ">", rest.length());
            return invalid(cx);
        }
        if tag.is_empty() {
            cx.invalid()?;
            return invalid(cx);
        }
        match tag.kind {
            LINK if !print_link(cx, rest.with_length(tag.length))? => return Ok(false),
            LINK => {}
            ROUTER if tag.length < 4 => {
                put_bogus(cx, "TLV length", tag.length, "<", 4);
                return invalid(cx);
            }
            ROUTER => put_address(cx, ", ", &rest, 0)?,
            _ => put_unknown(cx, "\n\t      ", &rest, tag.length),
        }
        if tag.padded() > rest.length() {
            put_bogus(cx, "Bogus padded length", tag.padded(), ">", rest.length());
            return invalid(cx);
        }
        rest = rest.skip(tag.padded() as usize);
    }
    Ok(true)
}

fn invalid(cx: &mut Context) -> Outcome<bool> {
    cx.invalid()?;
    Ok(false)
}

/// The values of a link.
fn print_link(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() > 0 {
        if rest.length() < 4 {
            put_bogus(cx, "Remaining TLV length", rest.length(), "<", 4);
            return Ok(false);
        }
        let tag = read_tag(&mut rest)?;
        let remaining = rest.length();
        if tag.is_empty() {
            return invalid(cx);
        }
        tag.put(cx, "\n\t      ", LINK_VALUES, " subTLV");
        put!(cx, ": ", tag.length);
        if remaining < tag.length {
            put_bogus(cx, "Remaining TLV length", remaining, "<", tag.length);
            return Ok(false);
        }
        if !rest.has(tag.length as usize) {
            cx.truncated();
            return Ok(false);
        }
        if !put_link_value(cx, &rest, tag)? {
            return invalid(cx);
        }
        if remaining < tag.padded() {
            put_bogus(cx, "Remaining TLV length", remaining, "<", tag.padded());
            return Ok(false);
        }
        // tcpdump steps over the risk groups twice.
        let again = if tag.kind == SHARED_RISK { tag.length as usize } else { 0 };
        rest = rest.skip(tag.padded() as usize + again).with_length(remaining - tag.padded());
    }
    Ok(true)
}

/// What is wrong with the length of a value, if anything.
fn length_error(tag: Tag) -> Option<&'static str> {
    let (right, error) = match tag.kind {
        GROUP | LOCAL_ADDRESS | REMOTE_ADDRESS | BANDWIDTH | RESERVABLE_BANDWIDTH | METRIC | PROTECTION => {
            (tag.length == 4, " != 4")
        }
        LINK_ID | LINK_IDS => (matches!(tag.length, 4 | 8), " != 4 && != 8"),
        UNRESERVED_BANDWIDTH => (tag.length == 32, " != 32"),
        CONSTRAINTS => (tag.length >= 4, " < 4"),
        SWITCHING => (tag.length >= 36, " < 36"),
        LINK_TYPE => (tag.length == 1, " != 1"),
        SHARED_RISK => (tag.length.is_multiple_of(4), " != N x 4"),
        _ => (true, ""),
    };
    (!right).then_some(error)
}

/// Prints a value; `false` where its length is wrong.
fn put_link_value(cx: &mut Context, value: &Cursor, tag: Tag) -> Outcome<bool> {
    if let Some(error) = length_error(tag) {
        put!(cx, error);
        return Ok(false);
    }
    match tag.kind {
        GROUP => put!(cx, ", 0x", Hex0(value.be32_at(0)?, 8)),
        LINK_ID | LINK_IDS => {
            for at in (0..tag.length as usize).step_by(4) {
                put_address(cx, ", ", value, at)?;
                put!(cx, " (0x", Hex0(value.be32_at(at)?, 8), ")");
            }
        }
        LOCAL_ADDRESS | REMOTE_ADDRESS => put_address(cx, ", ", value, 0)?,
        BANDWIDTH | RESERVABLE_BANDWIDTH => put!(cx, ", ", megabits(value, 0)?, " Mbps"),
        UNRESERVED_BANDWIDTH => put_bandwidths(cx, "\n\t\t", "TE-Class ", value, 8)?,
        CONSTRAINTS => return put_constraints(cx, value, tag.length),
        METRIC => put!(cx, ", Metric ", value.be32_at(0)?),
        PROTECTION => {
            put!(cx, ", ");
            put_bits(&mut cx.out, PROTECTIONS, value.u8_at(0)?.into(), ", ", "none");
        }
        SWITCHING => put_switching(cx, value)?,
        LINK_TYPE => {
            let kind = value.u8_at(0)?;
            put!(cx, ", ", lookup(LINK_TYPES, kind).unwrap_or("unknown"), " (", kind, ")");
        }
        SHARED_RISK => {
            put!(cx, "\n\t\t  Shared risk group: ");
            for at in (0..tag.length as usize).step_by(4) {
                put!(cx, if at > 0 { ", " } else { "" }, value.be32_at(at)?);
            }
        }
        _ => put_unknown(cx, "\n\t\t", value, tag.length),
    }
    Ok(true)
}

fn put_switching(cx: &mut Context, value: &Cursor) -> Outcome {
    let [switching, encoding]: [u8; 2] = value.array_at(0)?;
    put!(cx, "\n\t\tInterface Switching Capability: ", lookup(SWITCHINGS, switching).unwrap_or("Unknown"));
    put!(cx, "\n\t\tLSP Encoding: ", lookup(ENCODINGS, encoding).unwrap_or("Unknown"));
    put!(cx, "\n\t\tMax LSP Bandwidth:");
    put_bandwidths(cx, "\n\t\t  ", "priority level ", &value.skip(4), 8)
}

fn put_constraints(cx: &mut Context, value: &Cursor, length: u32) -> Outcome<bool> {
    let model = value.u8_at(0)?;
    let name = lookup(CONSTRAINT_MODELS, model).unwrap_or("unknown");
    put!(cx, "\n\t\tBandwidth Constraints Model ID: ", name, " (", model, ")");
    if !length.is_multiple_of(4) {
        put!(cx, "\n\t\tlength ", length, " != N x 4");
        return Ok(false);
    }
    if length > 36 {
        put!(cx, "\n\t\tlength ", length, " > 36");
        return Ok(false);
    }
    put_bandwidths(cx, "\n\t\t  ", "Bandwidth constraint CT", &value.skip(4), (length as usize - 4) / 4)?;
    Ok(true)
}
