//! GRE version 1: the enhanced header of PPTP (RFC 2637 section 4.1), and MikroTik's Ethernet over IP,
//! which borrows it.

use super::gre::{ACKNOWLEDGMENT, KEY, SEQUENCE, VERSION_MASK, end_header, put_number, start_header};
use super::{falls_short, print_frame, print_ppp, put_separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const PPP: u16 = 0x880b;
const ETHERNET_OVER_IP: u16 = 0x6400;

/// Prints the packet from its flags on.
pub(super) fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    let Some((flags, protocol, mut rest)) = start_header(cx, packet)? else { return Ok(()) };
    let is_ethernet = protocol == ETHERNET_OVER_IP;
    if is_ethernet && flags & !VERSION_MASK != KEY {
        put!(cx, " unknown-eoip-flags-", Hex0(flags, 4), "!");
        return Ok(());
    }
    if !put_key(cx, flags, is_ethernet, &mut rest)?
        || !put_number(cx, flags & SEQUENCE != 0, ", seq ", &mut rest)?
        || !put_number(cx, flags & ACKNOWLEDGMENT != 0, ", ack ", &mut rest)?
    {
        return Ok(());
    }
    // A packet without a sequence number only acknowledges.
    let has_payload = is_ethernet || flags & SEQUENCE != 0;
    if !has_payload {
        put!(cx, ", no-payload");
    }
    end_header(cx, protocol, packet.length());
    if !has_payload {
        return Ok(());
    }
    put_separator(cx, "\n\t");
    match protocol {
        PPP => return print_ppp(cx, rest),
        ETHERNET_OVER_IP if rest.length() == 0 => put!(cx, "keepalive"),
        ETHERNET_OVER_IP => return print_frame(cx, rest),
        _ => put!(cx, "gre-proto-0x", Hex(protocol)),
    }
    Ok(())
}

/// The key, whose halves are the payload's length and the call; `false` when the packet is too short.
fn put_key(cx: &mut Context, flags: u16, is_ethernet: bool, rest: &mut Cursor) -> Outcome<bool> {
    if flags & KEY == 0 {
        put!(cx, ", (ERROR: K flag not set)");
        return Ok(true);
    }
    if falls_short(cx, rest, 2)? {
        return Ok(false);
    }
    rest.be16()?;
    if falls_short(cx, rest, 2)? {
        return Ok(false);
    }
    put!(cx, if is_ethernet { ", tunnel-id " } else { ", call " }, rest.be16()?);
    Ok(true)
}
