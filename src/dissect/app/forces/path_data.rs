//! Paths to components of a function block, and what is at their end (RFC 5810 section 7.1.3).

use super::names::{TLVS, name};
use super::tlv::{self, FULL_DATA, KEY, PATH_DATA, SPARSE_DATA, Tlv};
use super::{VERBOSE_ALL, values};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Pad0};
use crate::put;

/// Ways in which data may be encoded.
pub(super) const FULL: u16 = 0x01;
pub(super) const SPARSE: u16 = 0x02;
pub(super) const RESULT: u16 = 0x04;
/// What a path selects besides identifiers.
const BY_KEY: u16 = 0x08;
const APPEND: u16 = 0x10;
const RANGE: u16 = 0x20;

/// Octets of a path's header, and of a key or a range.
const HEADER_LENGTH: u32 = 4;
const SELECTION_LENGTH: u32 = 12;

/// tcpdump prints what contradicts itself a second time when it says so. That doubles the work with each level
/// of nesting, so it is done only where this is not too far to the right.
const REPEATED_BELOW: u8 = 20;

/// Flags of a path, and what they select.
const FLAGS: [(u16, u16); 3] = [(0x1, BY_KEY), (0x2, RANGE), (0x4, APPEND)];

/// Prints paths to the end of `rest`; `false` where one contradicts itself.
pub(super) fn put_all(cx: &mut Context, rest: Cursor, encodings: u16, indent: u8) -> Outcome<bool> {
    let mut fine = true;
    cx.nested(|cx| {
        fine = put_each(cx, rest, encodings, indent)?;
        Ok(())
    })?;
    Ok(fine)
}

fn put_each(cx: &mut Context, mut rest: Cursor, encodings: u16, indent: u8) -> Outcome<bool> {
    while rest.length() > 0 {
        let length = u32::from(rest.be16_at(2)?);
        if tlv::error(length, rest.length()).is_some() {
            break;
        }
        let kind = rest.be16_at(0)?;
        let path = rest.skip(tlv::HEADER_LENGTH as usize).with_length(length - tlv::HEADER_LENGTH);
        if cx.style.verbose >= VERBOSE_ALL {
            tlv::indent(cx, indent);
            put!(cx, name(TLVS, kind), ", length ", length, " (data encapsulated ", path.length(), " Bytes)");
        }
        let indent = indent.saturating_add(1);
        if !put(cx, path, encodings, indent)? {
            if indent < REPEATED_BELOW {
                put(cx, path, encodings, indent)?;
            }
            put!(cx, " [pdata_print(ndo, dp, tlvl - TLV_HDRL, op_msk, indent + 1) ");
            put!(cx, u32::MAX, " == ", u32::MAX, "]");
            return Ok(false);
        }
        rest = tlv::skip(&rest, length);
    }
    if rest.length() > 0 { tlv::put_messy(cx, "PATHDATA", &rest) } else { Ok(true) }
}

/// Prints one path.
pub(super) fn put(cx: &mut Context, path: Cursor, encodings: u16, indent: u8) -> Outcome<bool> {
    path.need(HEADER_LENGTH as usize)?;
    if path.length() < HEADER_LENGTH {
        put!(cx, " [len ", path.length(), " < ", HEADER_LENGTH, "]");
        return Ok(false);
    }
    let (bits, count) = (path.be16_at(0)?, path.be16_at(2)?);
    if cx.style.verbose >= VERBOSE_ALL {
        put!(cx, "\n");
        tlv::indent(cx, indent);
        put!(cx, "Pathdata: Flags 0x", Hex(bits), " ID count ", count, "\n");
    }
    let selected = FLAGS.iter().filter(|(flag, _)| bits & flag != 0).map(|(_, selection)| selection);
    let how = selected.fold(encodings, |how, selection| how | selection);
    let mut rest = path.skip(HEADER_LENGTH as usize);
    let needed = u32::from(count) * 4;
    if rest.length() < needed {
        put!(cx, "\t\t\ttruncated IDs expected ", needed, "B got ", rest.length(), "B\n");
        tlv::put_dump(cx, "\t\t\tID Data[", &rest)?;
        put!(cx, "]\n");
        return Ok(false);
    }
    if how & RANGE != 0 && how & BY_KEY != 0 {
        put!(cx, "\t\t\tIllegal to have both Table ranges and keys\n");
        return Ok(false);
    }
    put_identifiers(cx, &mut rest, count, how, indent)?;
    if !put_range(cx, &mut rest, how, indent)? || !skip_key(cx, &mut rest, how)? {
        return Ok(false);
    }
    if rest.length() > 0 && !put_content(cx, &mut rest, how, indent)? {
        return Ok(false);
    }
    if rest.length() > 0 { put_all(cx, rest, how, indent.saturating_add(1)) } else { Ok(true) }
}

fn put_identifiers(cx: &mut Context, rest: &mut Cursor, count: u16, how: u16, indent: u8) -> Outcome {
    let verbose = cx.style.verbose >= VERBOSE_ALL;
    if verbose && how & APPEND != 0 {
        tlv::indent(cx, indent);
        put!(cx, "TABLE APPEND\n");
    }
    for number in 1..=u32::from(count) {
        let identifier = rest.be32()?;
        if verbose {
            tlv::indent(cx, indent);
            put!(cx, "ID#", Pad0(number, 2), ": ", identifier, "\n");
        }
    }
    Ok(())
}

/// Whether there is room for a key or a range; says so if not.
fn has_selection(cx: &mut Context, rest: &Cursor) -> bool {
    let fits = rest.length() >= SELECTION_LENGTH;
    if !fits {
        put!(cx, "pathlength ", rest.length(), " with key/range too short ", SELECTION_LENGTH, "\n");
    }
    fits
}

fn put_range(cx: &mut Context, rest: &mut Cursor, how: u16, indent: u8) -> Outcome<bool> {
    if how & RANGE == 0 {
        return Ok(true);
    }
    if !has_selection(cx, rest) {
        return Ok(false);
    }
    *rest = rest.skip(tlv::HEADER_LENGTH as usize);
    let (start, end) = (rest.be32()?, rest.be32()?);
    if cx.style.verbose >= VERBOSE_ALL {
        tlv::indent(cx, indent);
        put!(cx, "Table range: [", start, ",", end, "]\n");
    }
    Ok(true)
}

/// Steps over a key: its number and a TLV.
fn skip_key(cx: &mut Context, rest: &mut Cursor, how: u16) -> Outcome<bool> {
    if how & BY_KEY == 0 {
        return Ok(true);
    }
    if !has_selection(cx, rest) {
        return Ok(false);
    }
    let length = u32::from(rest.be16_at(6)?);
    if length < tlv::HEADER_LENGTH {
        put!(cx, "key content length ", length, " < ", tlv::HEADER_LENGTH, "\n");
        return Ok(false);
    }
    if rest.length() < 4 + length {
        put!(cx, "key content too short\n");
        return Ok(false);
    }
    *rest = rest.skip(4 + length as usize);
    Ok(true)
}

/// What is at the end of a path.
fn put_content(cx: &mut Context, rest: &mut Cursor, how: u16, indent: u8) -> Outcome<bool> {
    let Tlv { kind, length } = Tlv::at(rest)?;
    if let Some(error) = tlv::error(length.into(), rest.length()) {
        put!(cx, error, " Outstanding bytes ", rest.length(), " for TLV type 0x", Hex(kind));
        put!(cx, " TLV len ", length, "\n");
        // tcpdump goes on with what has no length at all.
        return if length == 0 { Ok(true) } else { put_bad(cx, rest) };
    }
    if !(PATH_DATA..=tlv::RESULT).contains(&kind) {
        put!(cx, "Invalid path data content type 0x", Hex(kind), " len ", length, "\n");
        return put_bad(cx, rest);
    }
    let whole = u32::from(length).next_multiple_of(4);
    if cx.style.verbose >= VERBOSE_ALL && kind != PATH_DATA {
        put_content_header(cx, kind, length, indent);
    }
    check_encoding(cx, kind, how);
    let content = rest.with_length(whole);
    let indent = indent.saturating_add(2);
    if !put_value(cx, kind, content, how, indent)? {
        if indent < REPEATED_BELOW {
            put_value(cx, kind, content, how, indent)?;
        }
        put!(cx, " [ops->print(ndo, (const u_char *)pdtlv, tll + pad + TLV_HDRL, op_msk, indent + 2) ");
        put!(cx, u32::MAX, " == ", u32::MAX, "]");
        return Ok(false);
    }
    *rest = rest.skip(whole as usize);
    Ok(true)
}

fn put_value(cx: &mut Context, kind: u16, content: Cursor, how: u16, indent: u8) -> Outcome<bool> {
    match kind {
        KEY => values::put_key(cx, content, indent),
        FULL_DATA => values::put_full_data(cx, content, indent),
        SPARSE_DATA => values::put_sparse_data(cx, content, indent),
        tlv::RESULT => values::put_result(cx, content, indent),
        _ => put_all(cx, content, how, indent),
    }
}

fn put_content_header(cx: &mut Context, kind: u16, length: u16, indent: u8) {
    let padding = u32::from(length).next_multiple_of(4) - u32::from(length);
    tlv::indent(cx, indent);
    put!(cx, "  ", name(TLVS, kind), " (Length ", length, " DataLen ", u32::from(length) - tlv::HEADER_LENGTH);
    if padding > 0 {
        put!(cx, " pad ", padding);
    }
    put!(cx, " Bytes)\n");
}

fn put_bad(cx: &mut Context, rest: &Cursor) -> Outcome<bool> {
    tlv::put_dump(cx, "Bad Data val\n\t  [", rest)?;
    put!(cx, "]\n");
    Ok(false)
}

/// Says where data is encoded in another way than its operation allows.
fn check_encoding(cx: &mut Context, kind: u16, how: u16) {
    let encoding = match kind {
        PATH_DATA => return,
        FULL_DATA => FULL,
        SPARSE_DATA => SPARSE,
        tlv::RESULT => RESULT,
        _ => 0,
    };
    if how & BY_KEY != 0 {
        put!(cx, if kind == KEY { "" } else { "Based on flags expected KEYINFO TLV!\n" });
    } else if how & encoding == 0 {
        put!(cx, "Illegal DATA encoding for type 0x", Hex(kind), " programmed ", Hex(encoding));
        put!(cx, " got ", Hex(how), "\n");
    }
}
