//! What messages of all versions of OpenFlow hold.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::named::{flags, name_or, name_or_hex};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::oui;
use crate::dissect::put::{Hex0, Put};
use crate::put;

/// Who experiments, where the number is not one of IEEE's.
const EXPERIMENTERS: &[Name] = &[
    (0x4f4e4600, "ONF Extensions"),
    (0xff000001, "Budapest University of Technology and Economics"),
    (0xff000002, "NoviFlow"),
    (0xff000003, "L3+ Extensions, Vendor Neutral"),
    (0xff000004, "L4-L7 Extensions"),
    (0xff000005, "Wireless and Mobility Extensions"),
    (0xff000006, "Forwarding Abstractions Extensions"),
    (0xff000007, "Optical Transport Extensions"),
    (0xff000008, "Network Benchmarking Lab, NCTU"),
    (0xff000009, "Mobile Packet Core Extensions"),
    (0xff00000a, "MPLS-TP OpenFlow Extensions for SPTN"),
];

/// Octets of a port's name.
pub(super) const PORT_NAME_LENGTH: usize = 16;

/// The name of a vendor or experimenter.
pub(super) fn vendor_name(vendor: u32) -> &'static str {
    name_or(if vendor >> 24 == 0 { oui::NAMES } else { EXPERIMENTERS }, vendor, "unknown")
}

/// Bits with names, and those of them that the specification assigns.
#[derive(Clone, Copy)]
pub(super) struct Bitmap {
    pub(super) names: &'static [Name],
    pub(super) assigned: u32,
}

/// A bitmap behind `label`: the bits' names, and whether there are bits that have no meaning.
pub(super) fn put_bitmap(cx: &mut Context, label: &str, bits: u32, bitmap: Bitmap) {
    put!(cx, label, "0x", Hex0(bits, 8));
    put_bits(cx, bits, bitmap);
}

/// What follows a bitmap's number.
pub(super) fn put_bits(cx: &mut Context, bits: u32, bitmap: Bitmap) {
    if bits & bitmap.assigned != 0 {
        put!(cx, " (", flags(bitmap.names, bits, ""), ")");
    }
    put!(cx, if bits & !bitmap.assigned != 0 { " (bogus)" } else { "" });
}

/// A number's name, or the number.
pub(super) struct NameOr(Option<&'static str>, u32);

pub(super) fn name_or_plain(names: &'static [Name], number: impl Into<u32>) -> NameOr {
    let number = number.into();
    NameOr(lookup(names, number), number)
}

impl Put for NameOr {
    fn put(&self, out: &mut Vec<u8>) {
        match self.0 {
            Some(name) => name.put(out),
            None => self.1.put(out),
        }
    }
}

/// A string behind `label`, in quotes; zeros fill up its field.
pub(super) fn put_string(cx: &mut Context, label: &str, data: &mut Cursor, width: usize) -> Outcome {
    put!(cx, label, "'");
    cx.escaped_padded_field(data, width)?;
    put!(cx, "'");
    *data = data.skip(width);
    Ok(())
}

/// Data that has no structure; `-vv` shows it.
pub(super) fn put_data(cx: &mut Context, data: Cursor) -> Outcome {
    let length = data.length();
    if length == 0 {
        return Ok(());
    }
    put!(cx, "\n\t data (", length, " octets)");
    if cx.style.verbose > 1 {
        dump::hex_ascii_indented(&mut cx.out, "\n\t  ", data.limit(length).captured());
    }
    data.need(length as usize)
}

/// A list or message contradicts itself, and what is left of it is not looked at.
pub(super) fn contradict(
    cx: &mut Context,
    field: &str,
    value: u32,
    operator: &str,
    bound: u32,
    rest: &Cursor,
) -> Outcome {
    cx.invalid_because(field, value, operator, bound)?;
    rest.need(rest.length() as usize)
}

/// What went wrong, and what is known of it.
pub(super) fn put_error(
    cx: &mut Context,
    mut body: Cursor,
    errors: &'static [Name],
    codes: fn(u16) -> Option<&'static [Name]>,
) -> Outcome {
    let kind = body.be16()?;
    put!(cx, "\n\t type ", name_or_hex(errors, kind, "invalid (0x", 4, ")"));
    let code = body.be16()?;
    put!(cx, ", code ", name_or_hex(codes(kind).unwrap_or_default(), code, "invalid (0x", 4, ")"));
    put_data(cx, body)
}
