//! What is known of prefixes besides how to reach them (RFC 7684, RFC 8665 sections 4 and 5).

use super::router_information::ALGORITHM_NAMES;
use super::tlv::{Tag, put_bogus, put_unknown, read_tag};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::put;

const PREFIX: u16 = 1;
const RANGE: u16 = 2;
const TYPES: &[Name] = &[(PREFIX as u32, "Extended Prefix"), (RANGE as u32, "Extended Prefix Range")];
const FLAGS: &[Name] = &[(0x80, "Inter-Area")];
const ROUTE_TYPES: &[Name] =
    &[(0, "Unspecified"), (1, "Intra-Area"), (3, "Inter-Area"), (5, "AS External"), (7, "NSSA External")];

const SEGMENT: u16 = 2;
const SEGMENT_TYPES: &[Name] = &[(SEGMENT as u32, "Prefix-SID")];
const SEGMENT_FLAGS: &[Name] =
    &[(0x40, "No-PHP"), (0x20, "Mapping-Server"), (0x10, "Explicit-NULL"), (0x08, "Value"), (0x04, "Local")];

/// The only family of addresses that there is.
const FAMILY_IPV4: u8 = 0;
/// Addresses are aligned to the right of so many characters.
const ADDRESS_WIDTH: usize = 15;

/// Prints an advertisement's values; `false` where they contradict each other.
pub(super) fn print(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() >= 4 {
        let tag = read_tag(&mut rest)?;
        if tag.is_empty() {
            cx.invalid()?;
            return Ok(false);
        }
        tag.put(cx, "\n\t    ", TYPES, " TLV");
        put!(cx, ": ", tag.length, ", value: ");
        if tag.length > rest.length() {
            put_bogus(cx, "Bogus length", tag.length, ">", rest.length());
            return Ok(false);
        }
        match tag.kind {
            PREFIX | RANGE if !put_prefix(cx, &rest, tag)? => return Ok(false),
            PREFIX | RANGE => {}
            _ => put_unknown(cx, "\n\t\t", &rest, tag.length),
        }
        if tag.padded() > rest.length() {
            put_bogus(cx, "Bogus padded length", tag.padded(), ">", rest.length());
            return Ok(false);
        }
        rest = rest.skip(tag.padded() as usize);
    }
    Ok(true)
}

fn put_prefix(cx: &mut Context, value: &Cursor, tag: Tag) -> Outcome<bool> {
    let (length, family, flags, header_length) = if tag.kind == PREFIX {
        (value.u8_at(1)?, value.u8_at(2)?, value.u8_at(3)?, 8)
    } else {
        (value.u8_at(0)?, value.u8_at(1)?, value.u8_at(4)?, 12)
    };
    if family != FAMILY_IPV4 {
        put!(cx, "\n\t      Bogus AF ", family);
        return Ok(false);
    }
    if length > 32 {
        put!(cx, "\n\t      IPv4 prefix: bad bit length ", length);
        return Ok(false);
    }
    value.need(header_length)?;
    put!(cx, "\n\t      IPv4 prefix: ");
    put_aligned_address(cx, value, header_length - 4)?;
    put!(cx, "/", length);
    if tag.kind == PREFIX {
        put!(cx, ", Route Type: ", lookup(ROUTE_TYPES, value.u8_at(0)?).unwrap_or("Unknown"));
    } else {
        put!(cx, ", Range size: ", value.be16_at(2)?);
    }
    put!(cx, ", Flags [");
    put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    if tag.length <= 12 {
        return Ok(true);
    }
    put_segments(cx, value.skip(header_length).with_length(tag.length - header_length as u32))
}

fn put_aligned_address(cx: &mut Context, data: &Cursor, at: usize) -> Outcome {
    let start = cx.out.len();
    cx.ipv4_at(data, at)?;
    for _ in cx.out.len() - start..ADDRESS_WIDTH {
        cx.out.insert(start, b' ');
    }
    Ok(())
}

/// Segments that lead to a prefix.
fn put_segments(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() >= 4 {
        let tag = read_tag(&mut rest)?;
        if tag.is_empty() {
            cx.invalid()?;
            return Ok(false);
        }
        tag.put(cx, "\n\t\t", SEGMENT_TYPES, " subTLV");
        put!(cx, ": ", tag.length, ", value: ");
        if rest.length() < tag.length {
            put_bogus(cx, "Remaining TLV length", rest.length(), "<", tag.length);
            return Ok(false);
        }
        match tag.kind {
            SEGMENT => put_segment(cx, &rest, tag.length)?,
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

fn put_segment(cx: &mut Context, value: &Cursor, length: u32) -> Outcome {
    let [flags, _, topology, algorithm] = value.array_at(0)?;
    match length {
        7 => put!(cx, "\n\t\t  Label: ", value.be24_at(4)?),
        8 => put!(cx, "\n\t\t  Index: ", value.be32_at(4)?),
        _ => {
            put!(cx, "\n\t\tBogus subTLV length ", length);
            return Ok(());
        }
    }
    let name = lookup(ALGORITHM_NAMES, algorithm).unwrap_or("Unknown");
    put!(cx, ", MT-ID: ", topology, ", Algorithm: ", name, " (", algorithm, "), Flags [");
    put_bits(&mut cx.out, SEGMENT_FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    Ok(())
}
