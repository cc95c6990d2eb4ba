//! Security associations of IKEv2: proposals, and their transforms (RFC 7296 section 3.3).

use super::super::stop::Stop;
use super::attributes::{Attribute, CIPHER, put_attributes};
use super::ikev2::put_critical;
use super::names::{
    GROUPS, INTEGRITIES, NameOrNumber, PROTOCOLS, RANDOM_FUNCTIONS, SEQUENCE_NUMBERS, TRANSFORM_TYPES, TRANSFORMS_ESP,
    put_payload_name,
};
use super::payload::{HEADER_LENGTH, Next, Payload, length_of_captured, need, put_cut_off, put_hex, put_line, settle};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const PROPOSAL: u8 = 2;
const TRANSFORM: u8 = 3;

const ENCRYPTION: u8 = 1;

/// Prints a security association.
pub(super) fn print(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    put!(cx, "sa");
    put_critical(cx, message, payload.at)?;
    let length = payload.length - HEADER_LENGTH;
    put!(cx, " len=", length);
    let list =
        List { at: payload.at + HEADER_LENGTH, length, first: PROPOSAL, cut_off: payload.kind, depth: payload.depth };
    print_list(cx, message, list, |cx, message, item, _| {
        let outcome = print_proposal(cx, message, item);
        settle(cx, outcome, PROPOSAL)
    })
}

/// Substructures one after the other.
struct List {
    at: usize,
    length: usize,
    /// What they are called, and what the list is if it is cut off.
    first: u8,
    cut_off: u8,
    depth: usize,
}

/// Prints substructures of the kind that comes first, each behind its number; of others only the name.
fn print_list(
    cx: &mut Context,
    message: &Cursor,
    list: List,
    print: fn(&mut Context, &Cursor, Payload, u32) -> Outcome<Next>,
) -> Result<Next, Stop> {
    let List { mut at, length: mut remaining, first, cut_off, depth } = list;
    let mut kind = first;
    let mut number = 0;
    while kind != 0 {
        number += 1;
        if remaining >= HEADER_LENGTH {
            need(message, at, HEADER_LENGTH)?;
        }
        let length = if remaining < HEADER_LENGTH { usize::MAX } else { usize::from(message.be16_at(at + 2)?) };
        if length <= HEADER_LENGTH {
            return Err(Stop::Incomplete);
        }
        if remaining < length {
            put_cut_off(cx, cut_off);
            return Ok(Some(at + remaining));
        }
        if length_of_captured(message, at).is_none() {
            return Err(Stop::Incomplete);
        }
        put_line(cx, depth + 1);
        let next = if kind == first {
            let item = Payload { kind, at, length, protocol: 0, depth: depth + 1 };
            print(cx, message, item, number)?
        } else {
            put_payload_name(cx, kind);
            Some(at + length)
        };
        let Some(next) = next else { return Ok(None) };
        put!(cx, ")");
        kind = message.u8_at(at)?;
        remaining -= length;
        at = next;
    }
    Ok(Some(at))
}

fn print_proposal(cx: &mut Context, message: &Cursor, item: Payload) -> Result<Next, Stop> {
    let at = item.at;
    need(message, at, 8)?;
    put!(cx, "p");
    put_critical(cx, message, at)?;
    let [number, protocol, spi_length, count] = message.array_at(at + 4)?;
    put!(cx, " #", number, " protoid=", NameOrNumber(PROTOCOLS, protocol.into()));
    put!(cx, " transform=", count, " len=", item.length);
    // tcpdump counts half of the header only: what is left seems four octets longer than it is.
    let mut remaining = item.length - HEADER_LENGTH;
    let mut transforms = at + 8;
    let spi_length = usize::from(spi_length);
    if spi_length > remaining {
        put_cut_off(cx, PROPOSAL);
        return Ok(Some(transforms + remaining));
    }
    if spi_length > 0 {
        put!(cx, " spi=");
        put_hex(cx, message, transforms, spi_length)?;
        transforms += spi_length;
        remaining -= spi_length;
    }
    let list = List { at: transforms, length: remaining, first: TRANSFORM, cut_off: PROPOSAL, depth: item.depth };
    print_list(cx, message, list, |cx, message, item, number| {
        let outcome = print_transform(cx, message, item, number);
        settle(cx, outcome, TRANSFORM)
    })
}

fn print_transform(cx: &mut Context, message: &Cursor, item: Payload, number: u32) -> Result<Next, Stop> {
    let at = item.at;
    need(message, at, 8)?;
    put!(cx, "t");
    put_critical(cx, message, at)?;
    let (kind, id) = (message.u8_at(at + 4)?, message.be16_at(at + 6)?);
    put!(cx, " #", number, " type=", NameOrNumber(TRANSFORM_TYPES, kind.into()), " id=");
    let names = match kind {
        ENCRYPTION => Some(TRANSFORMS_ESP),
        2 => Some(RANDOM_FUNCTIONS),
        3 => Some(INTEGRITIES),
        4 => Some(GROUPS),
        5 => Some(SEQUENCE_NUMBERS),
        _ => None,
    };
    match names {
        Some(names) => put!(cx, NameOrNumber(names, id.into()), " "),
        None => put!(cx, id, " "),
    }
    let known: &[Attribute] = if kind == ENCRYPTION { CIPHER } else { &[] };
    put_attributes(cx, message, at + 8, item.end(), known).map(Some)
}
