//! Interfaces in extensions of ICMP messages (RFC 5837 section 4, RFC 8335 section 2.1).

use super::{Object, has};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const INTERFACE_ROLES: [&str; 4] =
    ["Incoming IP Interface", "Sub-IP Component of Incoming IP Interface", "Outgoing IP Interface", "IP Next hop"];

const FAMILY_IPV4: u16 = 1;
const FAMILY_IPV6: u16 = 2;

/// An interface's number; `false` when the object has no room for it.
pub fn put_index(cx: &mut Context, payload: &mut Cursor) -> Outcome<bool> {
    let whole = has(payload, 4)?;
    if whole {
        put!(cx, "\n\t    Interface Index: ", payload.be32()?);
    }
    Ok(whole)
}

/// The parts of an interface's description, each announced by a bit of the object's type.
pub fn put_information(cx: &mut Context, mut payload: Cursor, kind: u8) -> Outcome<Object> {
    let role = INTERFACE_ROLES.get(usize::from(kind >> 6)).copied().unwrap_or_default();
    put!(cx, "\n\t    Interface Role: ", role);
    if kind & 8 != 0 && !put_index(cx, &mut payload)? {
        return Ok(Object::Whole);
    }
    if kind & 4 != 0 {
        put!(cx, "\n\t    IP Address sub-object: ");
        if !has(&payload, 4)? {
            return Ok(Object::Whole);
        }
        let family = payload.be16()?;
        payload = payload.skip(2);
        let length = match family {
            FAMILY_IPV4 => 4,
            FAMILY_IPV6 => 16,
            _ => {
                put!(cx, "Unknown Address Family Identifier");
                return Ok(Object::Malformed);
            }
        };
        if !has(&payload, length)? {
            return Ok(Object::Whole);
        }
        put_address(cx, &payload, family)?;
        payload = payload.skip(length as usize);
    }
    if kind & 2 != 0 && !put_interface_name(cx, &mut payload)? {
        return Ok(Object::Whole);
    }
    if kind & 1 != 0 && has(&payload, 4)? {
        put!(cx, "\n\t    MTU: ", payload.be32_at(0)?);
    }
    Ok(Object::Whole)
}

/// An interface's name, padded to whole words; `false` when its length is wrong.
fn put_interface_name(cx: &mut Context, payload: &mut Cursor) -> Outcome<bool> {
    if !has(payload, 1)? {
        return Ok(false);
    }
    let length = payload.u8_at(0)?;
    put!(cx, "\n\t    Interface Name");
    if length > 0 && !has(payload, length.into())? {
        return Ok(false);
    }
    match length {
        0 => put!(cx, " [length ", length, "]"),
        _ if length % 4 != 0 => put!(cx, " [length ", length, " != N x 4]"),
        65.. => put!(cx, " [length ", length, " > 64]"),
        _ => {
            put!(cx, ", length ", length, ": ");
            cx.escaped_padded_field(&payload.skip(1), usize::from(length - 1))?;
            *payload = payload.skip(usize::from(length));
            return Ok(true);
        }
    }
    cx.invalid()?;
    Ok(false)
}

/// The address by which an extended echo request names an interface.
pub fn put_identified_address(cx: &mut Context, payload: Cursor) -> Outcome<Object> {
    put!(cx, "\n\t    IP Address sub-object: ");
    if !has(&payload, 4)? {
        return Ok(Object::Whole);
    }
    let (family, length) = (payload.be16_at(0)?, payload.u8_at(2)?);
    let address = payload.skip(4);
    // The address is looked for where the sub-object starts when its length is held against the capture.
    payload.need(length.into())?;
    if address.length() < u32::from(length) {
        return Ok(Object::Whole);
    }
    let expected = match family {
        FAMILY_IPV4 => 4,
        FAMILY_IPV6 => 16,
        _ => {
            put!(cx, "Unknown Address Family Identifier");
            return Ok(Object::Malformed);
        }
    };
    if length != expected {
        put!(cx, "[length ", length, " != ", expected, "] ");
    }
    put_address(cx, &address, family)?;
    Ok(Object::Whole)
}

fn put_address(cx: &mut Context, data: &Cursor, family: u16) -> Outcome {
    if family == FAMILY_IPV4 { cx.ipv4_at(data, 0) } else { cx.ipv6_at(data, 0) }
}
