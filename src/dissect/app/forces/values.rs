//! Values at the end of a path (RFC 5810 sections 7.1.4 to 7.1.7).

use super::VERBOSE_ALL;
use super::names::{RESULTS, name};
use super::tlv::{self, FULL_DATA, ILV_HEADER_LENGTH, SPARSE_DATA, Tlv};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

/// Octets of a result.
const RESULT_LENGTH: u32 = 4;

/// Prints what became of an operation.
pub(super) fn put_result(cx: &mut Context, content: Cursor, indent: u8) -> Outcome<bool> {
    let length = content.length() - tlv::HEADER_LENGTH;
    if length != RESULT_LENGTH {
        put!(cx, "illegal RESULT-TLV: ", length, " bytes!\n");
        return Ok(false);
    }
    content.need(content.length() as usize)?;
    let result = content.u8_at(4)?;
    if (0x18..=0xfe).contains(&result) {
        put!(cx, "illegal reserved result code: 0x", Hex(result), "!\n");
        return Ok(false);
    }
    if cx.style.verbose >= VERBOSE_ALL {
        tlv::indent(cx, indent);
        put!(cx, "  Result: ", name(RESULTS, result), " (code 0x", Hex(result), ")\n");
    }
    Ok(true)
}

/// Prints data in one piece.
pub(super) fn put_full_data(cx: &mut Context, content: Cursor, indent: u8) -> Outcome<bool> {
    content.need(tlv::HEADER_LENGTH as usize)?;
    if content.be16_at(0)? != FULL_DATA {
        put!(cx, "Error: expecting FULLDATA!\n");
        return Ok(false);
    }
    if cx.style.verbose >= VERBOSE_ALL {
        let blanks = indent.saturating_add(1);
        tlv::indent(cx, blanks);
        put!(cx, "[");
        tlv::put_indented_dump(cx, blanks.saturating_add(1), &content.skip(tlv::HEADER_LENGTH as usize))?;
        put!(cx, "\n");
        tlv::indent(cx, blanks);
        put!(cx, "]");
    }
    Ok(true)
}

/// Prints the parts of data that are not as usual.
pub(super) fn put_sparse_data(cx: &mut Context, content: Cursor, indent: u8) -> Outcome<bool> {
    content.need(tlv::HEADER_LENGTH as usize)?;
    if content.be16_at(0)? != SPARSE_DATA {
        put!(cx, "Error: expecting SPARSEDATA!\n");
        return Ok(false);
    }
    let mut rest = content.skip(tlv::HEADER_LENGTH as usize);
    if rest.length() < ILV_HEADER_LENGTH {
        put!(cx, "Error: BAD SPARSEDATA-TLV!\n");
        return Ok(false);
    }
    while rest.length() > 0 {
        if let Some(error) = tlv::ilv_error(&rest)? {
            put!(cx, "Error: ", error, ", rlen ", rest.length(), "\n");
            return Ok(false);
        }
        let length = rest.be32_at(4)?;
        if cx.style.verbose >= VERBOSE_ALL {
            let kind = rest.be32_at(0)?;
            put!(cx, "\n");
            tlv::indent(cx, indent);
            put!(cx, " ILV: type ", Hex(kind), " length ", length, "\n");
            let value = rest.skip(ILV_HEADER_LENGTH as usize).with_length(length - ILV_HEADER_LENGTH);
            tlv::put_dump(cx, "\t\t[", &value)?;
        }
        rest = tlv::skip(&rest, length);
    }
    Ok(true)
}

/// Prints a key: its number and its content.
pub(super) fn put_key(cx: &mut Context, content: Cursor, indent: u8) -> Outcome<bool> {
    let key = content.be32_at(4)?;
    tlv::indent(cx, indent);
    put!(cx, "Keyinfo: Key 0x", Hex(key), "\n");
    let inner = content.skip(8);
    let Tlv { kind, length } = Tlv::at(&inner)?;
    if let Some(error) = tlv::error(length.into(), content.length()) {
        put!(cx, error, " TLV type 0x", Hex(kind), " len ", length, "\n");
        return Ok(false);
    }
    // tcpdump looks for the data in the content of the TLV that is the data.
    put_full_data(cx, inner.skip(tlv::HEADER_LENGTH as usize).with_length(length.into()), indent)
}
