//! Labels: the objects that ask for them, offer them and choose among them (RFC 3209, RFC 3473).

use super::names::LABEL_SET_ACTIONS;
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::gmpls::{ENCODINGS, PAYLOADS, SWITCHINGS};
use crate::dissect::link::ethertype;
use crate::dissect::named::{name_or, name_or_hex};
use crate::dissect::put::Hex0;
use crate::put;

/// Prints labels of MPLS.
pub(super) fn put_labels(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    while rest.length() >= 4 {
        put!(cx, object.indent, "  Label: ", rest.be32()?);
    }
    Ok(Shown::Whole)
}

/// Prints a label of another kind of switching.
pub(super) fn put_generalized(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  Generalized Label: ", object.value.be32_at(0)?);
    Ok(Shown::Whole)
}

/// Prints a label that is a band of wavelengths.
pub(super) fn put_waveband(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, object.indent, "  Waveband ID: ", value.be32_at(0)?);
    put!(cx, object.indent, "  Start Label: ", value.be32_at(4)?, ", Stop Label: ", value.be32_at(8)?);
    Ok(Shown::Whole)
}

fn put_protocol(cx: &mut Context, object: &Object, value: &Cursor) -> Outcome {
    let name = name_or_hex(ethertype::NAMES, value.be16_at(2)?, "Unknown Protocol (0x", 4, ")");
    put!(cx, object.indent, "  L3 Protocol ID: ", name);
    Ok(())
}

/// Prints which protocol is to be carried.
pub(super) fn put_requests(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    while rest.length() >= 4 {
        put_protocol(cx, object, &rest)?;
        rest = rest.skip(4);
    }
    Ok(Shown::Whole)
}

/// Prints the same, with a range of ATM's labels.
pub(super) fn put_atm_request(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put_protocol(cx, object, value)?;
    put!(cx, if value.u8_at(4)? & 0x80 != 0 { ",no merge capability" } else { ", merge capability" });
    for (label, at) in [("  Minimum VPI/VCI: ", 4), ("  Maximum VPI/VCI: ", 8)] {
        put!(cx, object.indent, label, value.be16_at(at)? & 0xfff, "/", value.be16_at(at + 2)? & 0xfff);
    }
    Ok(Shown::Whole)
}

/// Prints the same, with a range of frame relay's labels.
pub(super) fn put_frame_relay_request(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    const DLCI: u32 = 0x7f_ffff;
    let value = &object.value;
    put_protocol(cx, object, value)?;
    put!(cx, object.indent, "  Minimum/Maximum DLCI: ", value.be32_at(4)? & DLCI, "/", value.be32_at(8)? & DLCI, ", ");
    put!(
        cx,
        match value.be16_at(4)? >> 7 & 3 {
            0 => "10",
            2 => "23",
            _ => "",
        },
        " bit DLCI"
    );
    Ok(Shown::Whole)
}

/// Prints what kind of path is asked for (RFC 3473 section 2.1).
pub(super) fn put_generalized_request(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let ([encoding, switching], payload) = (object.value.array_at(0)?, object.value.be16_at(2)?);
    put!(cx, object.indent, "  LSP Encoding Type: ", name_or(ENCODINGS, encoding, "Unknown"), " (", encoding, ")");
    put!(cx, object.indent, "  Switching Type: ", name_or(SWITCHINGS, switching, "Unknown"), " (", switching, ")");
    put!(cx, ", Payload ID: ", name_or(PAYLOADS, payload, "Unknown"), " (0x", Hex0(payload, 4), ")");
    Ok(Shown::Whole)
}

/// Prints the labels that may or may not be taken (RFC 3473 section 2.6).
pub(super) fn put_set(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    let first = rest.be32()?;
    let action = first >> 24;
    put!(cx, object.indent, "  Action: ", name_or(LABEL_SET_ACTIONS, action, "Unknown"), " (", action, ")");
    put!(cx, ", Label type: ", first & 0x7f);
    let is_range = matches!(action, 2 | 3);
    if is_range {
        if rest.length() < 8 {
            return Ok(Shown::TooShort);
        }
        put!(cx, object.indent, "  Start range: ", rest.be32()?, ", End range: ", rest.be32()?);
        return Ok(Shown::Whole);
    }
    let mut number = 1u32;
    while rest.length() >= 4 {
        put!(cx, object.indent, "  Subchannel #", number, ": ", rest.be32()?);
        number += 1;
    }
    Ok(Shown::Whole)
}
