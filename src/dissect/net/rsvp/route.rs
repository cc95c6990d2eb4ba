//! Routes: the one to take (RFC 3209 section 4.3) and the one that was taken (section 4.4).

use super::names::{HOP_FLAGS, HOPS, KINDS};
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::put;

const IPV4: u8 = 1;
const LABEL: u8 = 3;
/// Octets of these two.
const HOP_LENGTH: u8 = 8;
/// The bit of a hop's kind that others may stand in front of it.
const LOOSE: u8 = 0x80;

const LABEL_FLAGS: &[Name] = &[(0x01, "Global")];
/// The class whose kinds a label has.
const RECORD_ROUTE: u32 = 21;

/// Prints the hops.
pub(super) fn put(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let mut rest = object.value;
    while rest.length() >= 4 {
        let [kind, length] = rest.array_at(0)?;
        let name = name_or_number(HOPS, kind & !LOOSE, "Unknown ", "");
        put!(cx, object.indent, "  Subobject Type: ", name, ", length ", length);
        if rest.length() < length.into() {
            put!(cx, object.indent, "  ERROR: ERO subobject length > object length");
            break;
        }
        if length == 0 {
            put!(cx, object.indent, "  ERROR: zero length ERO subtype");
            break;
        }
        let hop_kind = kind & !LOOSE;
        if matches!(hop_kind, IPV4 | LABEL) {
            if length != HOP_LENGTH {
                put!(cx, " ERROR: length != ", HOP_LENGTH);
                return Ok(Shown::Invalid);
            }
            if hop_kind == LABEL {
                put_label(cx, &rest)?;
            } else if !put_host(cx, &rest)? {
                return Ok(Shown::Invalid);
            }
        }
        rest = rest.skip(length.into());
    }
    Ok(Shown::Whole)
}

/// A host; `false` where it is a network.
fn put_host(cx: &mut Context, hop: &Cursor) -> Outcome<bool> {
    let prefix_length = hop.u8_at(6)?;
    if prefix_length != 32 {
        put!(cx, " ERROR: Prefix length ", prefix_length, " != 32");
        return Ok(false);
    }
    put!(cx, if hop.u8_at(0)? & LOOSE != 0 { ", Loose, " } else { ", Strict, " });
    cx.ipv4_at(hop, 2)?;
    put!(cx, "/", prefix_length, ", Flags: [", flags(HOP_FLAGS, hop.u8_at(7)?, "none"), "]");
    Ok(true)
}

fn put_label(cx: &mut Context, hop: &Cursor) -> Outcome {
    let ([bits, kind], label) = (hop.array_at(2)?, hop.be32_at(4)?);
    put!(cx, ", Flags: [", flags(LABEL_FLAGS, bits, "none"), "] (");
    super::attributes::put_alternate_hex(cx, bits);
    let name = name_or(KINDS, RECORD_ROUTE << 8 | u32::from(kind), "Unknown");
    put!(cx, "), Class-Type: ", name, " (", kind, "), ", label);
    Ok(())
}
