//! Domain names on the wire (RFC 1035 section 4.1.4): labels, pointers to earlier ones and the bit-string
//! labels of RFC 2673.

use super::unreadable::{Read, Unreadable};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

/// The bits of a label's first octet that say of what kind it is.
const KIND_MASK: u8 = 0xc0;
const OCTETS: u8 = 0x00;
const EXTENDED: u8 = 0x40;
const POINTER: u8 = 0xc0;
/// The only extended label type that is known.
const BIT_STRING: u8 = 0x01;
/// The bits of a pointer that are an offset in the message.
const OFFSET_MASK: u16 = 0x3fff;

/// Characters of a name that are shown.
const CHARACTERS_MAX: usize = 255;

enum Kind {
    Octets,
    BitString,
    Pointer,
}

/// A label, or a pointer in its place.
struct Label {
    kind: Kind,
    /// Octets behind the first. Of a pointer, its first octet itself: that is how tcpdump steps over a
    /// pointer whose second octet was not captured.
    length: usize,
}

impl Label {
    /// Reads the label at `at`; says so when there is no label of that type.
    fn read(cx: &mut Context, packet: &Cursor, at: usize) -> Read<Self> {
        let first = packet.u8_at(at)?;
        match first & KIND_MASK {
            OCTETS => Ok(Label { kind: Kind::Octets, length: usize::from(first) }),
            POINTER => Ok(Label { kind: Kind::Pointer, length: usize::from(first) }),
            EXTENDED if first & !KIND_MASK == BIT_STRING => {
                let octets = bit_count(packet.u8_at(at + 1)?).div_ceil(8);
                Ok(Label { kind: Kind::BitString, length: octets + 1 })
            }
            EXTENDED => {
                put!(cx, "<ELT ", first & !KIND_MASK, ">");
                Err(Unreadable::Message)
            }
            _ => {
                put!(cx, "<BAD LABEL TYPE>");
                Err(Unreadable::Message)
            }
        }
    }

    fn is_root(&self) -> bool {
        self.length == 0
    }
}

/// Prints the name at `at` with a dot behind each label and returns where it ends. Pointers count from
/// `origin`, the start of the message.
pub fn print(cx: &mut Context, packet: &Cursor, at: usize, origin: usize) -> Result<usize, Unreadable> {
    let captured = packet.captured().len();
    let mut at = at;
    let mut label = Label::read(cx, packet, at)?;
    if label.is_root() {
        put!(cx, ".");
        return Ok(at + 1);
    }
    // Each pointer must lead in front of the one before it, or names could loop.
    let mut pointer_bound = at.wrapping_sub(origin) as u32;
    let mut end = (!matches!(label.kind, Kind::Pointer)).then_some(at + 1 + label.length);
    let mut followed = false;
    let mut characters = 0;
    while !label.is_root() && at + 1 < captured {
        match label.kind {
            Kind::Octets => put_octets(cx, packet, at + 1, label.length, &mut characters)?,
            Kind::BitString => put_bit_string(cx, packet, at + 1).map_err(|_| Unreadable::Packet)?,
            Kind::Pointer => {
                if !followed {
                    end = Some(at + 2);
                    followed = true;
                }
                let offset = packet.be16_at(at)? & OFFSET_MASK;
                if u32::from(offset) >= pointer_bound {
                    put!(cx, "<BAD PTR>");
                    return Err(Unreadable::Message);
                }
                pointer_bound = u32::from(offset);
                at = origin + usize::from(offset);
                label = Label::read(cx, packet, at)?;
                continue;
            }
        }
        if characters <= CHARACTERS_MAX {
            put!(cx, ".");
        }
        characters += 1;
        at += 1 + label.length;
        label = Label::read(cx, packet, at)?;
        if !followed {
            end = Some(at + 1 + label.length);
        }
    }
    if characters > CHARACTERS_MAX {
        put!(cx, "<DOMAIN NAME TOO LONG>");
    }
    end.ok_or(Unreadable::Message)
}

/// Prints a label of octets, as far as the name has not become too long.
fn put_octets(cx: &mut Context, packet: &Cursor, at: usize, length: usize, characters: &mut usize) -> Outcome {
    let shown = length.min(CHARACTERS_MAX.saturating_sub(*characters));
    *characters += length;
    cx.escaped_field(&packet.skip(at), shown)
}

/// Prints a bit-string label from its count on: `\[x2a/8]`.
fn put_bit_string(cx: &mut Context, packet: &Cursor, at: usize) -> Outcome {
    let bits = bit_count(packet.u8_at(at)?);
    put!(cx, "\\[x");
    let (whole, rest) = (bits / 8, bits % 8);
    let octets = packet.skip(at + 1);
    put!(cx, HexBytes(octets.limit(whole as u32).captured()));
    octets.need(whole)?;
    match rest {
        0 => {}
        1..=4 => put!(cx, Hex((octets.u8_at(whole)? >> 4) & (0xf << (4 - rest)))),
        _ => put!(cx, Hex0(octets.u8_at(whole)? & (0xff << (8 - rest)), 2)),
    }
    put!(cx, "/", bits, "]");
    Ok(())
}

/// The bits of a bit-string label: 0 stands for 256.
fn bit_count(field: u8) -> usize {
    if field == 0 { 256 } else { usize::from(field) }
}

/// Where the name at `at` ends, which takes no look at where pointers lead.
pub fn end(packet: &Cursor, at: usize) -> Outcome<usize> {
    let mut at = at;
    loop {
        let first = packet.u8_at(at)?;
        at += 1;
        match first & KIND_MASK {
            OCTETS if first == 0 => return Ok(at),
            OCTETS => at += usize::from(first),
            POINTER => return Ok(at + 1),
            EXTENDED if first & !KIND_MASK == BIT_STRING => at += 1 + bit_count(packet.u8_at(at)?).div_ceil(8),
            _ => return Err(Truncated),
        }
    }
}
