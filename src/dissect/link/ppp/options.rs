//! Configuration options of PPP's control protocols (RFC 1661 section 6): type, length, value.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// An option with its type and its length, which counts both.
pub struct ConfigurationOption<'p> {
    /// Which option it is.
    pub kind: u8,
    /// Octets, type and length included.
    pub length: u32,
    /// From the type on, to the end of the capture.
    pub octets: Cursor<'p>,
}

/// What became of an option's value.
pub enum Value {
    /// It was printed.
    Printed,
    /// It was printed, but a hexadecimal dump of it starts so many octets later.
    PrintedAhead(usize),
    /// There is no text for it.
    Unknown,
    /// Its length is wrong; the next option follows.
    Skipped,
    /// Its length is so wrong that nothing can follow.
    Bad,
    /// The capture ends in it.
    Truncated,
}

/// The options of one control protocol.
pub struct Family {
    /// The mark of an option that the capture cuts.
    pub truncated: &'static str,
    /// The option's name.
    pub name: fn(u8) -> Option<&'static str>,
    /// What stands in for a name.
    pub unnamed: Unnamed,
    /// Prints the value.
    pub value: fn(&mut Context, &ConfigurationOption) -> Outcome<Value>,
    /// Whether `-vv` dumps values only when all of them was captured.
    pub dumps_whole_only: bool,
}

/// How an option without a name is shown.
#[derive(Clone, Copy)]
pub enum Unnamed {
    /// Like others, under this word.
    Word(&'static str),
    /// By its number alone, behind this text.
    Alone(&'static str),
}

/// Prints the first option; returns its length, or 0 when no other can follow. `room` is the length of
/// the packet around it.
pub fn print(cx: &mut Context, family: &Family, octets: &Cursor, room: u32) -> Outcome<u32> {
    if room < 2 {
        return Ok(0);
    }
    if !octets.has(2) {
        put!(cx, family.truncated);
        return Ok(0);
    }
    let option = ConfigurationOption { kind: octets.u8_at(0)?, length: octets.u8_at(1)?.into(), octets: *octets };
    if room < option.length {
        return Ok(0);
    }
    let bad_length = option.length < 2;
    match ((family.name)(option.kind), family.unnamed) {
        (None, Unnamed::Alone(text)) => {
            put!(cx, text, Hex0(option.kind, 2));
            return Ok(if bad_length { 0 } else { option.length });
        }
        (Some(name), _) | (None, Unnamed::Word(name)) => {
            put!(cx, "\n\t  ", name, " Option (0x", Hex0(option.kind, 2), "), length ", option.length);
        }
    }
    if bad_length {
        put!(cx, " (length bogus, should be >= 2)");
        return Ok(0);
    }
    put_value(cx, family, &option)
}

fn put_value(cx: &mut Context, family: &Family, option: &ConfigurationOption) -> Outcome<u32> {
    let mut dump_from = 2;
    match (family.value)(cx, option)? {
        Value::Printed => {}
        Value::PrintedAhead(octets) => dump_from += octets,
        Value::Unknown if cx.style.verbose < 2 => {
            put_hex_lines(cx, "\n\t    ", &option.octets.skip(2), option.length - 2);
        }
        Value::Unknown => {}
        Value::Skipped => return Ok(option.length),
        Value::Bad => return Ok(0),
        Value::Truncated => {
            put!(cx, family.truncated);
            return Ok(0);
        }
    }
    let value = option.octets.skip(dump_from);
    if cx.style.verbose > 1 && (!family.dumps_whole_only || value.has(option.length as usize - 2)) {
        put_hex_lines(cx, "\n\t    ", &value, option.length - 2);
    }
    Ok(option.length)
}

/// Says what the length should be.
pub fn put_wrong_length(cx: &mut Context, relation: &str, length: u32) {
    put!(cx, " (length bogus, should be ", relation, " ", length, ")");
}
