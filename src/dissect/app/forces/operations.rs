//! Operations on logical function blocks (RFC 5810 section 7.1).

use super::names::{CLASSES, TLVS, name};
use super::tlv::{self, Tlv};
use super::{INDENT, VERBOSE_ALL, path_data};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

/// Octets in front of the operations: class and instance.
const SELECTOR_LENGTH: u32 = 8;
/// More octets than these follow: those and an operation's header.
const LENGTH_MIN: u32 = 12;
/// The least octets that an operation holds.
const OPERATION_LENGTH_MIN: u32 = 8;
/// From this number on operations are a vendor's.
const VENDOR: u16 = 0x8000;

/// How an operation's data is printed.
enum Data {
    /// It has none, or none that is looked at.
    None,
    Paths,
    Result,
    Unknown,
}

/// Operations by their number: the name, the ways in which data may be encoded, and what it is.
const OPERATIONS: &[(&str, u16, Data)] = &[
    ("Invalid OPTLV", 0, Data::Unknown),
    (" Set", path_data::FULL | path_data::SPARSE, Data::Paths),
    (" SetProp", path_data::FULL | path_data::SPARSE, Data::Paths),
    (" SetResp", path_data::RESULT, Data::Paths),
    (" SetPropResp", path_data::RESULT, Data::Paths),
    (" Del", 0, Data::Paths),
    (" DelResp", path_data::RESULT, Data::Paths),
    (" Get", 0, Data::Paths),
    (" GetProp", 0, Data::Paths),
    (" GetResp", path_data::FULL | path_data::SPARSE | path_data::RESULT, Data::Paths),
    (" GetPropResp", path_data::FULL | path_data::RESULT, Data::Paths),
    (" Report", path_data::FULL | path_data::SPARSE, Data::Paths),
    (" Commit", 0, Data::None),
    (" RCommit", path_data::RESULT, Data::Result),
    (" RTRCOMP", 0, Data::None),
];

/// Whether a message may hold this operation.
fn is_allowed(operation: u16, allowed: u16) -> bool {
    match operation {
        0 => false,
        VENDOR.. => true,
        1..=14 => allowed >> (operation - 1) & 1 != 0,
        _ => false,
    }
}

/// Prints a selector and its operations.
pub(super) fn put(cx: &mut Context, data: Cursor, allowed: u16) -> Outcome<bool> {
    let length = data.length() - tlv::HEADER_LENGTH;
    if length <= LENGTH_MIN {
        put!(cx, "\n\t\tundersized lfb selector: ", LENGTH_MIN - length, " bytes missing! ");
        return Ok(false);
    }
    data.need(SELECTOR_LENGTH as usize)?;
    if cx.style.verbose >= VERBOSE_ALL {
        let (class, instance) = (data.be32_at(0)?, data.be32_at(4)?);
        put!(cx, "\n");
        tlv::indent(cx, INDENT);
        put!(cx, name(CLASSES, class), "(Classid ", Hex(class), ") instance ", Hex(instance), "\n");
    }
    let mut rest = data.with_length(length).skip(SELECTOR_LENGTH as usize);
    while rest.length() > 0 {
        let Tlv { kind, length } = Tlv::at(&rest)?;
        if tlv::error(length.into(), rest.length()).is_some() {
            break;
        }
        if is_allowed(kind, allowed) {
            // Whatever comes of it, the others follow.
            put_operation(cx, &rest, INDENT + 1)?;
        } else {
            put!(cx, if cx.style.verbose < VERBOSE_ALL { "\n" } else { "" });
            put!(cx, "\t\tINValid oper-TLV type 0x", Hex(kind), " length ", length, " for this ForCES message\n");
            put_unknown(cx, &rest, INDENT + 1)?;
        }
        rest = tlv::skip(&rest, length.into());
    }
    if rest.length() > 0 { tlv::put_messy(cx, "oper", &rest) } else { Ok(true) }
}

fn put_operation(cx: &mut Context, operation: &Cursor, indent: u8) -> Outcome<bool> {
    let Tlv { kind, length } = Tlv::at(operation)?;
    let known = OPERATIONS.get(usize::from(kind)).or(OPERATIONS.first());
    let Some((name, encodings, what)) = known else { return Ok(false) };
    if cx.style.verbose >= VERBOSE_ALL {
        tlv::indent(cx, indent);
        put!(cx, "Oper TLV ", name, "(0x", Hex(kind), ") length ", length, "\n");
    }
    let data = operation.skip(tlv::HEADER_LENGTH as usize).with_length(u32::from(length) - tlv::HEADER_LENGTH);
    if data.length() < OPERATION_LENGTH_MIN {
        put!(cx, "\t\tOper TLV ", name, "(0x", Hex(kind), ") length ", length, "\n");
        put!(cx, "\t\tTruncated data size ", data.length(), " minimum required ", OPERATION_LENGTH_MIN, "\n");
        return put_unknown(cx, &data, indent);
    }
    match what {
        Data::None => Ok(true),
        Data::Paths => path_data::put_all(cx, data, *encodings, indent + 1),
        Data::Result => put_result(cx, &data, *encodings, indent + 1),
        Data::Unknown => put_unknown(cx, &data, indent + 1),
    }
}

fn put_unknown(cx: &mut Context, data: &Cursor, indent: u8) -> Outcome<bool> {
    if cx.style.verbose >= VERBOSE_ALL {
        tlv::indent(cx, indent - 1);
        put!(cx, "Data[");
        tlv::put_indented_dump(cx, indent, data)?;
        put!(cx, "\n");
        tlv::indent(cx, indent - 1);
        put!(cx, "]\n");
    }
    Ok(false)
}

/// What became of a commit.
fn put_result(cx: &mut Context, data: &Cursor, encodings: u16, indent: u8) -> Outcome<bool> {
    let Tlv { kind, length } = Tlv::at(data)?;
    put!(cx, "genoptlvprint - ", name(TLVS, kind), " TLV type 0x", Hex(kind), " len ", length, "\n");
    if tlv::error(length.into(), data.length()).is_some() {
        put!(cx, "\t\t\tInvalid ForCES TLV type=", Hex(kind));
        return Ok(false);
    }
    if !tlv::is_valid_kind(kind) {
        put!(cx, "#0 TLV type 0x", Hex(kind), " len ", length, "\n");
        return Ok(false);
    }
    let value = data.skip(tlv::HEADER_LENGTH as usize).with_length(u32::from(length) - tlv::HEADER_LENGTH);
    if cx.style.verbose >= VERBOSE_ALL {
        tlv::indent(cx, indent);
        put!(cx, name(TLVS, kind), ", length ", length, " (data length ", value.length(), " Bytes)");
    }
    path_data::put(cx, value, encodings, indent + 1)
}
