//! TLVs, and ILVs, whose kind and length are twice as wide (RFC 5810 sections 6.2 and 6.4).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex;
use crate::put;

/// Octets of a TLV's header, and of an ILV's.
pub(super) const HEADER_LENGTH: u32 = 4;
pub(super) const ILV_HEADER_LENGTH: u32 = 8;

pub(super) const PATH_DATA: u16 = 0x110;
pub(super) const KEY: u16 = 0x111;
pub(super) const FULL_DATA: u16 = 0x112;
pub(super) const SPARSE_DATA: u16 = 0x113;
pub(super) const RESULT: u16 = 0x114;
pub(super) const METADATA: u16 = 0x115;
pub(super) const REDIRECT_DATA: u16 = 0x116;

/// The header of a TLV.
pub(super) struct Tlv {
    pub(super) kind: u16,
    pub(super) length: u16,
}

impl Tlv {
    pub(super) fn at(data: &Cursor) -> Outcome<Self> {
        Ok(Tlv { kind: data.be16_at(0)?, length: data.be16_at(2)? })
    }
}

/// What is wrong with a TLV of this length where so many octets are left.
pub(super) fn error(length: u32, rest: u32) -> Option<&'static str> {
    error_with(length, rest, HEADER_LENGTH)
}

/// What is wrong with the ILV at the front.
pub(super) fn ilv_error(rest: &Cursor) -> Outcome<Option<&'static str>> {
    if rest.length() < ILV_HEADER_LENGTH {
        return Ok(Some("Invalid total length"));
    }
    Ok(error_with(rest.be32_at(4)?, rest.length(), ILV_HEADER_LENGTH))
}

fn error_with(length: u32, rest: u32, header_length: u32) -> Option<&'static str> {
    if rest < header_length {
        return Some("Invalid total length");
    }
    if length < header_length {
        return Some("xLV too short");
    }
    if length > rest {
        return Some("xLV too long");
    }
    (rest < length.next_multiple_of(4)).then_some("data padding missing")
}

/// Whether a message may hold TLVs of this kind.
pub(super) fn is_valid_kind(kind: u16) -> bool {
    matches!(kind, 0x0001 | 0x0010..=0x0011 | PATH_DATA..=REDIRECT_DATA | 0x1000)
}

/// What is behind a TLV of this length, which is known to fit with its padding.
pub(super) fn skip<'p>(rest: &Cursor<'p>, length: u32) -> Cursor<'p> {
    rest.skip(length.next_multiple_of(4) as usize)
}

/// So many blanks.
pub(super) fn indent(cx: &mut Context, blanks: u8) {
    cx.out.resize(cx.out.len() + usize::from(blanks), b' ');
}

/// The octets of a field in lines of their own, each behind `indent`.
pub(super) fn put_dump(cx: &mut Context, indent: &str, data: &Cursor) -> Outcome {
    put_hex_lines(cx, indent, data, data.length());
    data.need(data.length() as usize)
}

/// The same, each line behind so many blanks less one.
pub(super) fn put_indented_dump(cx: &mut Context, blanks: u8, data: &Cursor) -> Outcome {
    const LINE_START: &str = match std::str::from_utf8(&LINE_START_OCTETS) {
        Ok(text) => text,
        Err(_) => "\n",
    };
    const LINE_START_OCTETS: [u8; 256] = {
        let mut octets = [b' '; 256];
        octets[0] = b'\n';
        octets
    };
    put_dump(cx, LINE_START.get(..usize::from(blanks)).unwrap_or("\n"), data)
}

/// A list goes on with something that is no TLV: what it seems to be.
pub(super) fn put_messy(cx: &mut Context, what: &str, rest: &Cursor) -> Outcome<bool> {
    let Tlv { kind, length } = Tlv::at(rest)?;
    put!(cx, "\n\t\tMessy ", what, " TLV header, type (0x", Hex(kind));
    put!(cx, ")\n\t\texcess of ", rest.length().wrapping_sub(length.into()), " Bytes ");
    Ok(false)
}
