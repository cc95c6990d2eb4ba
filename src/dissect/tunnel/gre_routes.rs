//! Source routes in a GRE header (RFC 1701, section "Routing"; how IPv4 uses them: RFC 1702).

use super::falls_short;
use crate::dissect::address::Ipv4;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

const FAMILY_IP: u16 = 0x0800;
const FAMILY_AS: u16 = 0xfffe;

/// Prints the routes and steps over them; `false` when they contradict themselves.
pub(super) fn print(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    loop {
        if falls_short(cx, rest, 4)? {
            return Ok(false);
        }
        let (family, offset, length) = (rest.be16()?, rest.u8()?, rest.u8()?);
        if family == 0 && length == 0 {
            return Ok(true);
        }
        if !print_route(cx, family, offset, length, *rest)? {
            cx.invalid()?;
            return Ok(false);
        }
        if falls_short(cx, rest, length.into())? {
            return Ok(false);
        }
        *rest = rest.skip(length.into());
    }
}

/// One list of hops; `offset` is the place of the next one in it.
fn print_route(cx: &mut Context, family: u16, offset: u8, length: u8, hops: Cursor) -> Outcome<bool> {
    let (name, width) = match family {
        FAMILY_IP => ("ip", 4),
        FAMILY_AS => ("asn", 2),
        _ => {
            put!(cx, ", (rtaf=0x", Hex(family), ")");
            return Ok(true);
        }
    };
    put!(cx, ", (rtaf=", name);
    let valid = print_hops(cx, width, offset, length, hops)?;
    put!(cx, ")");
    Ok(valid)
}

fn print_hops(cx: &mut Context, width: u8, offset: u8, length: u8, mut hops: Cursor) -> Outcome<bool> {
    if !offset.is_multiple_of(width) {
        put!(cx, ", badoffset=", offset);
        return Ok(false);
    }
    if !length.is_multiple_of(width) {
        put!(cx, ", badlength=", length);
        return Ok(false);
    }
    if offset >= length {
        put!(cx, ", badoff/len=", offset, "/", length);
        return Ok(false);
    }
    for at in (0..length).step_by(width.into()) {
        if hops.length() < u32::from(width) {
            put!(cx, " [len ", hops.length(), " < ", width, "]");
            return Ok(false);
        }
        let mark = if at == offset { " *" } else { " " };
        if width == 4 {
            put!(cx, mark, Ipv4(hops.array()?));
        } else {
            put!(cx, mark, Hex(hops.be16()?));
        }
    }
    Ok(true)
}
