//! The TLVs of Babel, with what they say (RFC 8966 section 4.6, RFC 8967 section 4, RFC 7298).

use super::prefix::{Prefixes, take_address, take_prefix};
use super::{Step, Stop, source_specific, sub_tlvs};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::octets::Colons;
use crate::dissect::put::{Hex0, Pad0, Put, hex_octet};
use crate::put;

const PAD_N: u8 = 1;
const ACKNOWLEDGMENT_REQUEST: u8 = 2;
const ACKNOWLEDGMENT: u8 = 3;
pub(super) const HELLO: u8 = 4;
pub(super) const I_HEARD_YOU: u8 = 5;
const ROUTER: u8 = 6;
const NEXT_HOP: u8 = 7;
pub(super) const UPDATE: u8 = 8;
const ROUTE_REQUEST: u8 = 9;
const SEQUENCE_REQUEST: u8 = 10;
const TIME_STAMP_AND_COUNTER: u8 = 11;
const HMAC: u8 = 12;
const MAC: u8 = 16;
const PACKET_COUNTER: u8 = 17;
const CHALLENGE_REQUEST: u8 = 18;
const CHALLENGE_REPLY: u8 = 19;

/// Octets of an update without its prefix.
pub(super) const UPDATE_LENGTH_MIN: u32 = 10;
/// The most octets of a challenge.
const CHALLENGE_LENGTH_MAX: u32 = 192;
/// The flag of a Hello that is for one neighbour.
const UNICAST: u16 = 0x8000;
/// Flags of an update: later prefixes begin with this one; the prefix holds the router's number.
const FOR_LATER: u8 = 0x80;
const HAS_ROUTER: u8 = 0x40;

/// Prints a TLV.
pub(super) fn put(cx: &mut Context, kind: u8, value: Cursor, prefixes: &mut Prefixes) -> Step {
    match kind {
        PAD_N => put!(cx, "\n\tPad ", value.length() + 2),
        ACKNOWLEDGMENT_REQUEST => {
            let value = start(cx, "\n\tAcknowledgment Request ", &value, 6)?;
            put!(cx, Hex0(value.be16_at(2)?, 4), " ", Interval(value.be16_at(4)?));
        }
        ACKNOWLEDGMENT => {
            let value = start(cx, "\n\tAcknowledgment ", &value, 2)?;
            put!(cx, Hex0(value.be16_at(0)?, 4));
        }
        HELLO => put_hello(cx, value)?,
        I_HEARD_YOU => put_i_heard_you(cx, value)?,
        ROUTER => {
            let value = start(cx, "\n\tRouter Id", &value, 10)?;
            put!(cx, " ", Colons(value.bytes_at(2, 8)?));
        }
        NEXT_HOP => put_next_hop(cx, value)?,
        UPDATE => put_update(cx, value, prefixes)?,
        ROUTE_REQUEST => put_route_request(cx, value)?,
        SEQUENCE_REQUEST => put_sequence_request(cx, value)?,
        TIME_STAMP_AND_COUNTER => {
            let value = start(cx, "\n\tTS/PC ", &value, 6)?;
            put!(cx, "timestamp ", value.be32_at(2)?, " packetcounter ", value.be16_at(0)?);
        }
        HMAC => {
            let value = start(cx, "\n\tHMAC ", &value, 18)?;
            let digest = value.skip(2);
            put!(cx, "key-id ", value.be16_at(0)?, " digest-", digest.length(), " ");
            for &octet in digest.captured() {
                cx.out.extend(hex_octet(octet).map(|digit| digit.to_ascii_uppercase()));
            }
        }
        source_specific::UPDATE => source_specific::put_update(cx, value, prefixes)?,
        source_specific::REQUEST => source_specific::put_request(cx, value)?,
        source_specific::MULTIHOP_REQUEST => source_specific::put_multihop_request(cx, value)?,
        MAC => put!(cx, "\n\tMAC len ", value.length()),
        PACKET_COUNTER => {
            let value = start(cx, "\n\tPC", &value, 4)?;
            put!(cx, " value ", value.be32_at(0)?, " index len ", value.length() - 4);
        }
        CHALLENGE_REQUEST => put_challenge(cx, "\n\tChallenge Request", &value)?,
        CHALLENGE_REPLY => put_challenge(cx, "\n\tChallenge Reply", &value)?,
        _ => put!(cx, "\n\tUnknown message type ", kind),
    }
    Ok(())
}

/// Prints what a TLV is; stops where it is shorter than its fields.
pub(super) fn start<'p>(cx: &mut Context, name: &str, value: &Cursor<'p>, minimum: u32) -> Step<Cursor<'p>> {
    put!(cx, name);
    if value.length() < minimum { Err(Stop::Invalid) } else { Ok(*value) }
}

/// A time in hundredths of a second.
struct Interval(u16);

impl Put for Interval {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0 == 0 {
            return "0.0s (bogus)".put(out);
        }
        (self.0 / 100).put(out);
        '.'.put(out);
        Pad0(self.0 % 100, 2).put(out);
        's'.put(out);
    }
}

/// The metric and the rest of a route, which ends an update.
pub(super) fn put_route(cx: &mut Context, value: &Cursor) -> Outcome {
    const INFINITE: u16 = 0xffff;
    let (interval, sequence, metric) = (value.be16_at(4)?, value.be16_at(6)?, value.be16_at(8)?);
    put!(cx, " metric ", metric, " seqno ", sequence, " interval ");
    if interval == INFINITE {
        put!(cx, "infinity")
    } else {
        put!(cx, Interval(interval))
    }
    Ok(())
}

fn put_hello(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tHello ", &value, 6)?;
    let interval = value.be16_at(4)?;
    put!(cx, if value.be16_at(0)? & UNICAST != 0 { "(Unicast) " } else { "" });
    put!(cx, "seqno ", value.be16_at(2)?, " ");
    if interval == 0 {
        put!(cx, "unscheduled")
    } else {
        put!(cx, "interval ", Interval(interval))
    }
    Ok(sub_tlvs::put(cx, HELLO, value.skip(6))?)
}

fn put_i_heard_you(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tIHU ", &value, 6)?;
    let mut rest = value.skip(6);
    let Some(address) = take_address(&mut rest, value.u8_at(0)?) else {
        // The packet goes on all the same.
        cx.truncated();
        return Ok(());
    };
    if address.is_wildcard() {
        put!(cx, "any")
    } else {
        address.put_address(cx)
    }
    put!(cx, " rxcost ", value.be16_at(2)?, " interval ", Interval(value.be16_at(4)?));
    Ok(sub_tlvs::put(cx, I_HEARD_YOU, rest)?)
}

fn put_next_hop(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tNext Hop", &value, 2)?;
    let address = take_address(&mut value.skip(2), value.u8_at(0)?).ok_or(Stop::Invalid)?;
    put!(cx, " ");
    if address.is_wildcard() {
        put!(cx, "invalid AE 0")
    } else {
        address.put_address(cx)
    }
    Ok(())
}

/// The flags of an update.
pub(super) fn put_update_flags(cx: &mut Context, flags: u8) {
    put!(cx, if flags & FOR_LATER != 0 { "/prefix" } else { "" });
    put!(cx, if flags & HAS_ROUTER != 0 { "/id" } else { "" });
    put!(cx, if flags & !(FOR_LATER | HAS_ROUTER) != 0 { "/unknown" } else { "" });
}

fn put_update(cx: &mut Context, value: Cursor, prefixes: &mut Prefixes) -> Step {
    let value = start(cx, "\n\tUpdate", &value, UPDATE_LENGTH_MIN)?;
    let [encoding, flags, bits, omitted] = value.array_at(0)?;
    let mut rest = value.skip(UPDATE_LENGTH_MIN as usize);
    let prefix = take_prefix(&mut rest, encoding, bits, omitted, Some(prefixes.of(encoding)))?;
    put_update_flags(cx, flags);
    put!(cx, " ");
    prefix.put_or(cx, "any");
    put_route(cx, &value)?;
    if flags & FOR_LATER != 0 {
        *prefixes.of(encoding) = prefix.octets;
    }
    Ok(sub_tlvs::put(cx, UPDATE, rest)?)
}

fn put_route_request(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tRoute Request ", &value, 2)?;
    let [encoding, bits] = value.array_at(0)?;
    let prefix = take_prefix(&mut value.skip(2), encoding, bits, 0, None)?;
    put!(cx, "for ");
    prefix.put_or(cx, "any");
    Ok(())
}

fn put_sequence_request(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tSeqno Request ", &value, 14)?;
    let [encoding, bits] = value.array_at(0)?;
    let prefix = take_prefix(&mut value.skip(14), encoding, bits, 0, None)?;
    put!(cx, "(", value.u8_at(4)?, " hops) for ");
    prefix.put_or(cx, "invalid AE 0");
    put!(cx, " seqno ", value.be16_at(2)?, " id ", Colons(value.bytes_at(6, 8)?));
    Ok(())
}

fn put_challenge(cx: &mut Context, name: &str, value: &Cursor) -> Step {
    put!(cx, name);
    if value.length() > CHALLENGE_LENGTH_MAX {
        return Err(Stop::Invalid);
    }
    put!(cx, " len ", value.length());
    Ok(())
}
