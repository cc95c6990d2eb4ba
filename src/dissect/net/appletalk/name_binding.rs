//! AppleTalk's Name Binding Protocol (Inside AppleTalk chapter 7).

use super::{Address, Endpoint};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

const HEADER_LENGTH: u32 = 2;
/// An address, an enumerator and three empty strings.
const TUPLE_LENGTH_MIN: u32 = 8;
/// An address and an enumerator, in front of the strings.
const TUPLE_ADDRESS_LENGTH: usize = 5;
const STRING_LENGTH_MAX: u8 = 32;

/// What the packet is: the high bits of the control octet; the low ones count its tuples.
const BROADCAST_REQUEST: u8 = 0x10;
const LOOKUP: u8 = 0x20;
const REPLY: u8 = 0x30;

/// A name's place: its owner, and a number that tells the owner's names apart.
struct Tuple<'p> {
    owner: Endpoint,
    enumerator: u8,
    /// What follows the name; nothing where the name makes no sense.
    next: Option<Cursor<'p>>,
}

/// Prints a packet from `source`.
pub fn print(cx: &mut Context, packet: Cursor, source: &Endpoint) -> Outcome {
    let length_min = HEADER_LENGTH + TUPLE_LENGTH_MIN;
    if packet.length() < length_min {
        return cx.invalid_because("undersized-nbp", packet.length(), "<", length_min);
    }
    let control = packet.u8_at(0)?;
    let (function, count) = (control & 0xf0, control & 0x0f);
    match function {
        BROADCAST_REQUEST => put!(cx, " nbp-brRq"),
        LOOKUP => put!(cx, " nbp-lkup"),
        REPLY => put!(cx, " nbp-reply"),
        _ => put!(cx, " nbp-0x", Hex(function)),
    }
    put!(cx, " ", packet.u8_at(1)?);
    let tuples = packet.skip(HEADER_LENGTH as usize);
    match function {
        BROADCAST_REQUEST | LOOKUP => {
            put!(cx, ":");
            put_wanted(cx, &tuples, count, source)
        }
        REPLY => {
            put!(cx, ":");
            put_found(cx, tuples, count, source)
        }
        _ => {
            put!(cx, "  (", tuples.length(), ")");
            Ok(())
        }
    }
}

/// The one name of a request, and what is odd about its tuple.
fn put_wanted(cx: &mut Context, tuples: &Cursor, count: u8, source: &Endpoint) -> Outcome {
    let tuple = put_tuple_name(cx, tuples)?;
    if count != 1 {
        put!(cx, " [ntup=", count, "]");
    }
    if tuple.enumerator != 0 {
        put!(cx, " [enum=", tuple.enumerator, "]");
    }
    if tuple.owner != *source {
        put!(cx, " [addr=", tuple.owner.address, ".", tuple.owner.socket, "]");
    }
    Ok(())
}

/// The names of a reply.
fn put_found(cx: &mut Context, mut tuples: Cursor, count: u8, source: &Endpoint) -> Outcome {
    for _ in 0..count {
        let tuple = put_tuple_name(cx, &tuples)?;
        if tuple.enumerator != 1 {
            put!(cx, "(", tuple.enumerator, ")");
        }
        if tuple.owner.socket != source.socket {
            put!(cx, " ", tuple.owner.socket);
        }
        if tuple.owner.address != source.address {
            put!(cx, " [addr=", tuple.owner.address, "]");
        }
        match tuple.next {
            Some(next) => tuples = next,
            None => break,
        }
    }
    Ok(())
}

/// Prints a tuple's name, `"object:type@zone"`.
fn put_tuple_name<'p>(cx: &mut Context, tuple: &Cursor<'p>) -> Outcome<Tuple<'p>> {
    let mut next = Some(tuple.skip(TUPLE_ADDRESS_LENGTH));
    put!(cx, " ");
    for opening in ["\"", ":", "@"] {
        if let Some(string) = next {
            put!(cx, opening);
            next = put_string(cx, string)?;
        }
    }
    if next.is_some() {
        put!(cx, "\"");
    }
    let address = Address { network: tuple.be16_at(0)?, node: tuple.u8_at(2)? };
    let owner = Endpoint { address, socket: tuple.u8_at(3)? };
    Ok(Tuple { owner, enumerator: tuple.u8_at(4)?, next })
}

/// Prints a counted string; returns what follows, unless the string is longer than strings are.
fn put_string<'p>(cx: &mut Context, mut string: Cursor<'p>) -> Outcome<Option<Cursor<'p>>> {
    let length = string.u8()?;
    if length > STRING_LENGTH_MAX {
        put!(cx, "[len=", length, "]");
        string.need(length.into())?;
        return Ok(None);
    }
    cx.escaped_field(&string, length.into())?;
    Ok(Some(string.skip(length.into())))
}
