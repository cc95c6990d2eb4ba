//! Routes by source and destination in Babel (draft-boutier-babel-source-specific-01).

use super::messages::{UPDATE_LENGTH_MIN, put_route, start};
use super::prefix::{Prefixes, take_prefix};
use super::{Step, sub_tlvs};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::octets::Colons;
use crate::put;

/// Numbers of these TLVs.
pub(super) const UPDATE: u8 = 13;
pub(super) const REQUEST: u8 = 14;
pub(super) const MULTIHOP_REQUEST: u8 = 15;

/// Prints a route.
pub(super) fn put_update(cx: &mut Context, value: Cursor, prefixes: &mut Prefixes) -> Step {
    let value = start(cx, "\n\tSS-Update", &value, UPDATE_LENGTH_MIN)?;
    let [encoding, source_bits, bits, omitted] = value.array_at(0)?;
    let mut rest = value.skip(UPDATE_LENGTH_MIN as usize);
    let prefix = take_prefix(&mut rest, encoding, bits, omitted, Some(prefixes.of(encoding)))?;
    let source = take_prefix(&mut rest, encoding, source_bits, 0, None)?;
    put!(cx, " ");
    prefix.put(cx);
    put!(cx, " from ");
    source.put(cx);
    put_route(cx, &value)?;
    Ok(sub_tlvs::put(cx, UPDATE, rest)?)
}

/// Prints what a neighbour is asked for.
pub(super) fn put_request(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tSS-Request ", &value, 3)?;
    let [encoding, bits, source_bits] = value.array_at(0)?;
    let mut rest = value.skip(3);
    let prefix = take_prefix(&mut rest, encoding, bits, 0, None)?;
    let source = take_prefix(&mut rest, encoding, source_bits, 0, None)?;
    if prefix.is_wildcard() {
        put!(cx, "for any");
        return Ok(());
    }
    put!(cx, "for (");
    prefix.put(cx);
    put!(cx, ", ");
    source.put(cx);
    put!(cx, ")");
    Ok(())
}

/// Prints what a router further away is asked for.
pub(super) fn put_multihop_request(cx: &mut Context, value: Cursor) -> Step {
    let value = start(cx, "\n\tSS-MH-Request ", &value, 14)?;
    let ([encoding, bits], [hops, source_bits]) = (value.array_at(0)?, value.array_at(4)?);
    let mut rest = value.skip(14);
    let prefix = take_prefix(&mut rest, encoding, bits, 0, None)?;
    let source = take_prefix(&mut rest, encoding, source_bits, 0, None)?;
    put!(cx, "(", hops, " hops) for (");
    prefix.put(cx);
    put!(cx, ", ");
    source.put(cx);
    put!(cx, ") seqno ", value.be16_at(2)?, " id ", Colons(value.bytes_at(6, 8)?));
    Ok(())
}
