//! Packets on their way between a forwarding and a control element (RFC 5810 section 7.9).

use super::tlv::{self, ILV_HEADER_LENGTH, METADATA, REDIRECT_DATA, Tlv};
use super::{INDENT, VERBOSE_ALL};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

/// More octets than these are redirected.
const LENGTH_MIN: u32 = 8;

/// Prints a packet and what is known of it.
pub(super) fn put(cx: &mut Context, data: Cursor, _: u16) -> Outcome<bool> {
    let length = data.length() - tlv::HEADER_LENGTH;
    if length <= LENGTH_MIN {
        put!(cx, "\n\t\ttruncated Redirect TLV: ", LENGTH_MIN - length, " bytes missing! ");
        return Ok(false);
    }
    let mut rest = data.with_length(length);
    while rest.length() > 0 {
        let Tlv { kind, length } = Tlv::at(&rest)?;
        if tlv::error(length.into(), rest.length()).is_some() {
            put!(cx, "Bad Redirect data\n");
            break;
        }
        let value = rest.skip(tlv::HEADER_LENGTH as usize).with_length(u32::from(length) - tlv::HEADER_LENGTH);
        match kind {
            METADATA => put_metadata(cx, value)?,
            REDIRECT_DATA => put_packet(cx, value)?,
            _ => put!(cx, "Unknown REDIRECT TLV 0x", Hex(kind), " len ", length, "\n"),
        }
        rest = tlv::skip(&rest, length.into());
    }
    if rest.length() > 0 { tlv::put_messy(cx, "Redirect", &rest) } else { Ok(true) }
}

fn put_metadata(cx: &mut Context, mut rest: Cursor) -> Outcome {
    put!(cx, "\n");
    tlv::indent(cx, INDENT + 1);
    put!(cx, " METADATA length ", rest.length(), "\n");
    while rest.length() > 0 {
        if tlv::ilv_error(&rest)?.is_some() {
            break;
        }
        let (kind, length) = (rest.be32_at(0)?, rest.be32_at(4)?);
        tlv::indent(cx, INDENT + 2);
        put!(cx, "MetaID 0x", Hex(kind), " length ", length, "\n");
        if cx.style.verbose >= VERBOSE_ALL {
            let value = rest.skip(ILV_HEADER_LENGTH as usize).with_length(length - ILV_HEADER_LENGTH);
            tlv::put_dump(cx, "\t\t[", &value)?;
            put!(cx, " ]\n");
        }
        rest = tlv::skip(&rest, length);
    }
    Ok(())
}

fn put_packet(cx: &mut Context, packet: Cursor) -> Outcome {
    put!(cx, "\n");
    tlv::indent(cx, INDENT + 1);
    put!(cx, " Redirect Data length ", packet.length(), "\n");
    if cx.style.verbose >= VERBOSE_ALL {
        put!(cx, "\t\t[");
        tlv::put_dump(cx, "\n\t\t", &packet)?;
        put!(cx, "\n\t\t]");
    }
    Ok(())
}
