//! Hop-by-hop and destination options (RFC 8200 sections 4.2, 4.3 and 4.6), among them the jumbo
//! payload (RFC 2675), the router alert (RFC 2711) and the home address (RFC 6275 section 6.3).

use super::{Walk, length_in_units};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

const PAD1: u8 = 0x00;
const PADN: u8 = 0x01;
const ROUTER_ALERT: u8 = 0x05;
const JUMBO_PAYLOAD: u8 = 0xc2;
const HOME_ADDRESS: u8 = 0xc9;

/// Octets of type and length.
const TYPE_AND_LENGTH: u32 = 2;
const ROUTER_ALERT_LENGTH: u32 = 4;
const JUMBO_PAYLOAD_LENGTH: u32 = 6;
/// An option inside the home address option may follow.
const HOME_ADDRESS_LENGTH_MIN: u32 = 18;
/// What fits the length field is no jumbogram.
const JUMBO_PAYLOAD_MIN: u32 = 65536;

/// Prints the hop-by-hop options, which may bring the payload length of a jumbogram.
pub fn print_hop_by_hop(cx: &mut Context, header: &Cursor, walk: &mut Walk) -> Outcome<Option<u32>> {
    cx.protocol = "hbh";
    let length = start(cx, header)?;
    let valid = put_options(cx, header.skip(2).with_length(length - 2), Some(&mut *walk))?;
    if !valid {
        cx.invalid()?;
    }
    if walk.payload_length == 0 && !walk.jumbo {
        put!(cx, "[No valid Jumbo Payload Hop-by-Hop option found]");
        cx.invalid()?;
        return Ok(None);
    }
    Ok(valid.then_some(length))
}

/// Prints the destination options.
pub fn print_destination(cx: &mut Context, header: &Cursor) -> Outcome<Option<u32>> {
    cx.protocol = "dstopt";
    let length = start(cx, header)?;
    if cx.style.verbose > 0 && !put_options(cx, header.skip(2).with_length(length - 2), None)? {
        cx.invalid()?;
        return Ok(None);
    }
    Ok(Some(length))
}

/// Prints the header's name; the result is its length, all of which was captured.
fn start(cx: &mut Context, header: &Cursor) -> Outcome<u32> {
    let length = length_in_units(header)?;
    header.need(length as usize)?;
    cx.protocol_caps();
    put!(cx, " ");
    Ok(length)
}

/// Cuts the next option off `rest`: its type and the whole of it. `None` when it does not fit.
fn next_option<'p>(cx: &mut Context, rest: &Cursor<'p>) -> Outcome<Option<(u8, Cursor<'p>)>> {
    let kind = rest.u8_at(0)?;
    let mut length = 1;
    if kind != PAD1 {
        if !at_least(cx, "remaining length", rest.length(), TYPE_AND_LENGTH) {
            return Ok(None);
        }
        length = u32::from(rest.u8_at(1)?) + TYPE_AND_LENGTH;
    }
    if !at_least(cx, "remaining length", rest.length(), length) {
        return Ok(None);
    }
    rest.need(length as usize)?;
    Ok(Some((kind, rest.limit(length))))
}

/// Whether `value` is large enough; says if not.
fn at_least(cx: &mut Context, field: &str, value: u32, minimum: u32) -> bool {
    if value < minimum {
        put!(cx, " [", field, " ", value, " < ", minimum, "]");
    }
    value >= minimum
}

/// Whether `value` is the length that the option must have; says if not.
fn exactly(cx: &mut Context, field: &str, value: u32, right: u32) -> bool {
    if value != right {
        put!(cx, " [", field, " ", value, " != ", right, "]");
    }
    value == right
}

/// Prints the options. Of the two headers only hop-by-hop hands in the walk, because only there may
/// a jumbo payload stand. `false` means that an option contradicts its format.
fn put_options(cx: &mut Context, options: Cursor, mut walk: Option<&mut Walk>) -> Outcome<bool> {
    let verbose = cx.style.verbose > 0;
    let mut jumbo_seen = false;
    let mut rest = options;
    while rest.length() > 0 {
        let Some((kind, option)) = next_option(cx, &rest)? else { return Ok(false) };
        let remaining = rest.length();
        rest = rest.skip(option.length() as usize);
        let valid = match kind {
            ROUTER_ALERT => put_router_alert(cx, &option, remaining)?,
            JUMBO_PAYLOAD => {
                let walk = walk.as_deref_mut();
                let valid = put_jumbo_payload(cx, &option, remaining, jumbo_seen, walk)?;
                jumbo_seen = true;
                valid
            }
            HOME_ADDRESS => put_home_address(cx, &option, remaining)?,
            _ if !verbose => true,
            PAD1 => {
                put!(cx, "(pad1)");
                true
            }
            PADN => {
                put!(cx, "(padn)");
                true
            }
            _ => {
                let length = option.length() - TYPE_AND_LENGTH;
                put!(cx, "(unknown opt-type 0x", Hex0(kind, 2), " len=", length, ")");
                true
            }
        };
        if !valid {
            return Ok(false);
        }
    }
    if verbose {
        put!(cx, " ");
    }
    Ok(true)
}

fn put_router_alert(cx: &mut Context, option: &Cursor, remaining: u32) -> Outcome<bool> {
    let length = option.length() - TYPE_AND_LENGTH;
    if !at_least(cx, "(rtalert) remaining length", remaining, ROUTER_ALERT_LENGTH)
        || !exactly(cx, "(rtalert) length", length, ROUTER_ALERT_LENGTH - TYPE_AND_LENGTH)
    {
        return Ok(false);
    }
    if cx.style.verbose > 0 {
        put!(cx, "(rtalert: 0x", Hex0(option.be16_at(2)?, 4), ") ");
    }
    Ok(true)
}

/// A jumbo payload counts when it is the first, in a hop-by-hop header, and the length field is 0.
fn put_jumbo_payload(
    cx: &mut Context,
    option: &Cursor,
    remaining: u32,
    seen: bool,
    walk: Option<&mut Walk>,
) -> Outcome<bool> {
    let length = option.length() - TYPE_AND_LENGTH;
    if !at_least(cx, "(jumbo) remaining length", remaining, JUMBO_PAYLOAD_LENGTH)
        || !exactly(cx, "(jumbo) length", length, JUMBO_PAYLOAD_LENGTH - TYPE_AND_LENGTH)
    {
        return Ok(false);
    }
    let payload_length = option.be32_at(2)?;
    let remark = match walk {
        _ if seen => " - already seen",
        None => " - not a hop-by-hop option",
        Some(walk) if walk.payload_length != 0 => " - payload len != 0",
        Some(_) if payload_length < JUMBO_PAYLOAD_MIN => " - < 65536",
        Some(walk) => {
            walk.jumbo = true;
            walk.payload_length = payload_length;
            ""
        }
    };
    if cx.style.verbose > 0 {
        put!(cx, "(jumbo: ", payload_length, remark, ") ");
    }
    Ok(true)
}

/// The mobile node's address at home, and the options inside this option.
fn put_home_address(cx: &mut Context, option: &Cursor, remaining: u32) -> Outcome<bool> {
    let length = option.length() - TYPE_AND_LENGTH;
    if !at_least(cx, "(homeaddr) remaining length", remaining, HOME_ADDRESS_LENGTH_MIN)
        || !at_least(cx, "(homeaddr) length", length, HOME_ADDRESS_LENGTH_MIN - TYPE_AND_LENGTH)
    {
        return Ok(false);
    }
    if cx.style.verbose == 0 {
        return Ok(true);
    }
    put!(cx, "(homeaddr: ");
    cx.ipv6_at(option, 2)?;
    let mut rest = option.skip(HOME_ADDRESS_LENGTH_MIN as usize);
    while rest.length() > 0 {
        let Some((kind, inner)) = next_option(cx, &rest)? else { return Ok(false) };
        match kind {
            PAD1 => put!(cx, ", pad1"),
            PADN => put!(cx, ", padn"),
            _ => {
                let length = inner.length() - TYPE_AND_LENGTH;
                put!(cx, ", unknown subopt-type 0x", Hex0(kind, 2), " len=", length);
            }
        }
        rest = rest.skip(inner.length() as usize);
    }
    put!(cx, ")");
    Ok(true)
}
