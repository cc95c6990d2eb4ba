//! Multicast listener discovery, version 1 (RFC 2710) and 2 (RFC 3810).

use super::put_address;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::igmp::put_record_type;
use crate::put;

/// Octets of a version 1 message, and of a version 2 query without sources.
const LENGTH_V1: u32 = 24;
const QUERY_LENGTH_V2: u32 = 28;
/// Octets of a group record without sources.
const RECORD_LENGTH: u32 = 20;
const ADDRESS_LENGTH: u32 = 16;

/// A query; its length tells the versions apart (RFC 3810 section 8.1).
pub fn put_query(cx: &mut Context, message: &Cursor) -> Outcome {
    match message.length() {
        LENGTH_V1 => put_listener(cx, message),
        QUERY_LENGTH_V2.. => {
            put!(cx, " v2");
            put_query_v2(cx, message)
        }
        length => {
            put!(cx, " unknown-version (len ", length, ") ");
            Ok(())
        }
    }
}

/// A version 1 message: a group, and how long its listeners may take to answer.
pub fn put_listener(cx: &mut Context, message: &Cursor) -> Outcome {
    if !message.has(LENGTH_V1 as usize) {
        return Ok(());
    }
    put!(cx, "max resp delay: ", message.be16_at(4)?, " ");
    put_address(cx, "addr: ", message, 8)
}

fn put_query_v2(cx: &mut Context, message: &Cursor) -> Outcome {
    let verbose = cx.style.verbose > 0;
    let delay = message.be16_at(4)?;
    if verbose {
        put!(cx, " [max resp delay=", response_delay(delay), "]");
    }
    put_address(cx, " [gaddr ", message, 8)?;
    if verbose {
        put_querier(cx, message.u8_at(24)?, message.u8_at(25))?;
    }
    let count = u32::from(message.be16_at(26)?);
    if count > 0 && message.length() < QUERY_LENGTH_V2 + count * ADDRESS_LENGTH {
        put!(cx, " [invalid number of sources]");
    } else if count > 0 {
        put_sources(cx, &message.skip(QUERY_LENGTH_V2 as usize), count)?;
    }
    put!(cx, "]");
    Ok(())
}

/// The time to answer in, in milliseconds; from 32768 on a floating-point number.
fn response_delay(code: u16) -> u32 {
    match code {
        0..0x8000 => u32::from(code),
        _ => u32::from(code & 0xfff | 0x1000) << ((code >> 12 & 7) + 3),
    }
}

/// The querier's variables: whether to suppress processing, robustness and query interval.
fn put_querier(cx: &mut Context, flags: u8, interval: Outcome<u8>) -> Outcome {
    if flags & 8 != 0 {
        put!(cx, " sflag");
    }
    if flags & 7 != 0 {
        put!(cx, " robustness=", flags & 7);
    }
    let interval = match interval? {
        code @ 0..128 => u32::from(code),
        code => u32::from(code & 0xf | 0x10) << ((code >> 4 & 7) + 3),
    };
    put!(cx, " qqi=", interval);
    Ok(())
}

/// How many sources, or at `-vv` which.
fn put_sources(cx: &mut Context, sources: &Cursor, count: u32) -> Outcome {
    if cx.style.verbose <= 1 {
        put!(cx, ", ", count, " source(s)");
        return Ok(());
    }
    put!(cx, " {");
    for source in 0..count {
        put_address(cx, " ", sources, (source * ADDRESS_LENGTH) as usize)?;
    }
    put!(cx, " }");
    Ok(())
}

/// A version 2 report: a record a group.
pub fn put_report(cx: &mut Context, message: &Cursor) -> Outcome {
    if message.length() < 8 {
        put!(cx, " [invalid len ", message.length(), "]");
        return Ok(());
    }
    let count = message.be16_at(6)?;
    put!(cx, ", ", count, " group record(s)");
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let mut records = message.skip(8);
    for _ in 0..count {
        if records.length() < RECORD_LENGTH {
            put!(cx, " [invalid number of groups]");
            return Ok(());
        }
        put_address(cx, " [gaddr ", &records, 4)?;
        put_record_type(cx, records.u8_at(0)?, "v2");
        let sources = u32::from(records.be16_at(2)?);
        let length = RECORD_LENGTH + sources * ADDRESS_LENGTH;
        if records.length() < length {
            put!(cx, " [invalid number of sources ", sources, "]");
            return Ok(());
        }
        put_sources(cx, &records.skip(RECORD_LENGTH as usize), sources)?;
        records = records.skip(length as usize);
        put!(cx, "]");
    }
    Ok(())
}
