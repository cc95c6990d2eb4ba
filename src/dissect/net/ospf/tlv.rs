//! What the values in opaque advertisements have in common.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::put;

/// A type, and the length of the value behind it.
#[derive(Clone, Copy)]
pub(super) struct Tag {
    pub(super) kind: u16,
    pub(super) length: u32,
}

/// Takes a type and a length.
pub(super) fn read_tag(rest: &mut Cursor) -> Outcome<Tag> {
    rest.need(4)?;
    Ok(Tag { kind: rest.be16()?, length: rest.be16()?.into() })
}

impl Tag {
    /// Whether the value is one that tcpdump does not step over.
    pub(super) fn is_empty(self) -> bool {
        self.kind == 0 || self.length == 0
    }

    /// Starts the line of the value.
    pub(super) fn put(self, cx: &mut Context, indent: &str, names: &[Name], what: &str) {
        put!(cx, indent, lookup(names, self.kind).unwrap_or("unknown"), what, " (", self.kind, "), length");
    }

    /// The length with what pads the value.
    pub(super) fn padded(self) -> u32 {
        self.length.next_multiple_of(4)
    }
}

/// Says that a length is not what it must be.
pub(super) fn put_bogus(cx: &mut Context, what: &str, length: u32, operator: &str, bound: u32) {
    put!(cx, "\n\t    ", what, " ", length, " ", operator, " ", bound);
}

/// A value without a dissector, in hexadecimal; `-vv` shows the whole advertisement that way.
pub(super) fn put_unknown(cx: &mut Context, indent: &str, data: &Cursor, length: u32) {
    if cx.style.verbose <= 1 {
        put_hex_lines(cx, indent, data, length);
    }
}

/// An address behind a text, which is left out where the address is cut off.
pub(in crate::dissect::net) fn put_address(cx: &mut Context, text: &str, data: &Cursor, at: usize) -> Outcome {
    data.be32_at(at)?;
    put!(cx, text);
    cx.ipv4_at(data, at)
}
