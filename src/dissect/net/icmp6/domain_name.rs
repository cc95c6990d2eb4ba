//! Domain names (RFC 1035 section 4.1.4, RFC 2673) in the search list of a router advertisement.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

/// The bits of a label's first octet that say what it is.
const TYPE: u8 = 0xc0;
const TEXT: u8 = 0x00;
const EXTENDED: u8 = 0x40;
const POINTER: u8 = 0xc0;
/// The extended label that is a string of bits.
const BIT_STRING: u8 = 1;
/// Characters of a name, the dots included.
const NAME_MAX: usize = 255;

/// A label: its first octet, where what follows that starts, and how long it is.
#[derive(Clone, Copy)]
struct Label {
    first: u8,
    at: usize,
    length: usize,
}

/// Prints the name at `start`; pointers count from the front of `data`. The result is where the name
/// ends, if it is whole.
pub fn print(cx: &mut Context, data: &Cursor, start: usize) -> Outcome<Option<usize>> {
    let Some(mut label) = read_label(cx, data, start) else { return Ok(None) };
    if label.first == 0 {
        put!(cx, ".");
    }
    let mut end = None;
    let mut characters = 0;
    // A pointer that does not lead backwards could lead in a circle.
    let mut limit = start;
    while label.first != 0 && label.at < data.captured().len() {
        let next = if label.first & TYPE == POINTER {
            end.get_or_insert(label.at + 1);
            let target = usize::from(u16::from_be_bytes([label.first & !TYPE, data.u8_at(label.at)?]));
            if target >= limit {
                put!(cx, "<BAD PTR>");
                return Ok(None);
            }
            limit = target;
            target
        } else {
            if !put_label(cx, data, label, &mut characters)? {
                return Ok(None);
            }
            label.at + label.length
        };
        let Some(found) = read_label(cx, data, next) else { return Ok(None) };
        label = found;
    }
    if characters > NAME_MAX {
        put!(cx, "<DOMAIN NAME TOO LONG>");
    }
    // A name that starts with a pointer ends nowhere when the pointer was not captured whole.
    let only_pointer = label.first & TYPE == POINTER && label.at == start + 1;
    Ok(end.or((!only_pointer).then_some(label.at + label.length)))
}

/// The label at `at`, unless it was not captured or is of no known type.
fn read_label(cx: &mut Context, data: &Cursor, at: usize) -> Option<Label> {
    let first = data.u8_at(at).ok()?;
    let length = match first & TYPE {
        TEXT => usize::from(first),
        POINTER => 1,
        EXTENDED if first & !TYPE != BIT_STRING => {
            put!(cx, "<ELT ", first & !TYPE, ">");
            return None;
        }
        EXTENDED => bit_count(data.u8_at(at + 1).ok()?).div_ceil(8) + 1,
        _ => {
            put!(cx, "<BAD LABEL TYPE>");
            return None;
        }
    };
    Some(Label { first, at: at + 1, length })
}

/// The bits of a bit string; 0 stands for 256.
fn bit_count(octet: u8) -> usize {
    if octet == 0 { 256 } else { usize::from(octet) }
}

/// A label and its dot; `false` when its text was not captured whole. What is beyond the longest name is left out.
fn put_label(cx: &mut Context, data: &Cursor, label: Label, characters: &mut usize) -> Outcome<bool> {
    if label.first & TYPE == EXTENDED {
        put_bit_string(cx, &data.skip(label.at))?;
    } else {
        let room = NAME_MAX.saturating_sub(*characters);
        if cx.escaped_field(&data.skip(label.at), label.length.min(room)).is_err() {
            return Ok(false);
        }
        *characters += label.length;
    }
    if *characters <= NAME_MAX {
        put!(cx, ".");
    }
    *characters += 1;
    Ok(true)
}

fn put_bit_string(cx: &mut Context, data: &Cursor) -> Outcome {
    let count = bit_count(data.u8_at(0)?);
    put!(cx, "\\[x");
    for octet in 1..=count / 8 {
        put!(cx, Hex0(data.u8_at(octet)?, 2));
    }
    // Bits behind the string are masked out of its last octet.
    let rest = count % 8;
    if rest > 0 {
        let last = data.u8_at(count / 8 + 1)? & !(0xff >> rest);
        if rest > 4 { put!(cx, Hex0(last, 2)) } else { put!(cx, Hex(last >> 4)) }
    }
    put!(cx, "/", count, "]");
    Ok(())
}
