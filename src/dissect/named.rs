//! Numbers shown by their names in the middle of a line, and the ends that many dissectors share.

use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::names_table::{Name, lookup, put_bits};
use super::put::{Hex0, Put};

/// The names of the bits that are set, a comma between them.
pub struct Flags<'t> {
    table: &'t [Name],
    bits: u32,
    none: &'t str,
}

/// The names of the bits that are set in `bits`; `none` where there are none.
pub fn flags<'t>(table: &'t [Name], bits: impl Into<u32>, none: &'t str) -> Flags<'t> {
    Flags { table, bits: bits.into(), none }
}

impl Put for Flags<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        put_bits(out, self.table, self.bits, ", ", self.none);
    }
}

/// A name, or the number between two texts.
pub struct NameOrNumber<'t> {
    name: Option<&'static str>,
    number: u32,
    before: &'t str,
    after: &'t str,
}

/// The name of `number`, or `before`, the number, `after`.
pub fn name_or_number<'t>(table: &[Name], number: impl Into<u32>, before: &'t str, after: &'t str) -> NameOrNumber<'t> {
    let number = number.into();
    NameOrNumber { name: lookup(table, number), number, before, after }
}

impl Put for NameOrNumber<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        match self.name {
            Some(name) => name.put(out),
            None => {
                self.before.put(out);
                self.number.put(out);
                self.after.put(out);
            }
        }
    }
}

/// A name, or the number in hexadecimal between two texts.
pub struct NameOrHex<'t> {
    name: Option<&'static str>,
    before: &'t str,
    number: Hex0<u32>,
    after: &'t str,
}

/// The name of `number`, or `before`, the number in `digits` hexadecimal digits, `after`.
pub fn name_or_hex<'t>(
    table: &[Name],
    number: impl Into<u32>,
    before: &'t str,
    digits: usize,
    after: &'t str,
) -> NameOrHex<'t> {
    let number = number.into();
    NameOrHex { name: lookup(table, number), before, number: Hex0(number, digits), after }
}

impl Put for NameOrHex<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        match self.name {
            Some(name) => name.put(out),
            None => {
                self.before.put(out);
                self.number.put(out);
                self.after.put(out);
            }
        }
    }
}

/// The name of `number`, or `unknown`.
pub fn name_or(table: &[Name], number: impl Into<u32>, unknown: &'static str) -> &'static str {
    lookup(table, number).unwrap_or(unknown)
}

impl Context {
    /// The packet contradicts its protocol, and so what is left of it is not looked at; but whether it
    /// was captured is.
    pub fn invalid_rest(&mut self, rest: &Cursor) -> Outcome {
        self.invalid()?;
        rest.need(rest.length() as usize)
    }
}
