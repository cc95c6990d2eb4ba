//! Internet Group Management Protocol (RFC 1112, RFC 2236, RFC 3376) and what travels in its messages:
//! DVMRP, PIM version 1 and multicast traceroute (draft-ietf-idmr-traceroute-ipm).

use etherparse::checksum::Sum16BitWords;

use super::{dvmrp, pimv1};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const QUERY: u8 = 0x11;
const REPORT_V1: u8 = 0x12;
const DVMRP: u8 = 0x13;
const PIM_V1: u8 = 0x14;
const REPORT_V2: u8 = 0x16;
const LEAVE: u8 = 0x17;
const TRACEROUTE_RESPONSE: u8 = 0x1e;
const TRACEROUTE: u8 = 0x1f;
const REPORT_V3: u8 = 0x22;

/// Octets of a message before version 3.
const LENGTH: u32 = 8;
/// Octets of a version 3 query without sources.
const QUERY_LENGTH: u32 = 12;
/// Octets of a version 3 report with one group record without sources.
const REPORT_LENGTH_MIN: u32 = 16;
/// Octets of a group record without sources.
const RECORD_LENGTH: u32 = 8;
/// The response time that goes without saying, in tenths of a second.
const RESPONSE_TIME_DEFAULT: u8 = 100;
/// Octets of a traceroute request.
const TRACEROUTE_LENGTH: u32 = 24;

/// What a group record says of its sources; multicast listener discovery uses the same numbers.
pub const RECORD_TYPES: &[Name] = &[(1, "is_in"), (2, "is_ex"), (3, "to_in"), (4, "to_ex"), (5, "allow"), (6, "block")];

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "igmp";
    if cx.style.quiet > 0 {
        put!(cx, "igmp");
        return Ok(());
    }
    let length = message.length();
    match message.u8_at(0)? {
        QUERY => put_query(cx, &message)?,
        REPORT_V1 => {
            put_group(cx, "igmp v1 report ", &message)?;
            put_odd_length(cx, length);
        }
        REPORT_V2 => put_group(cx, "igmp v2 report ", &message)?,
        REPORT_V3 => {
            put!(cx, "igmp v3 report");
            put_report(cx, &message)?;
        }
        LEAVE => put_group(cx, "igmp leave ", &message)?,
        DVMRP => {
            put!(cx, "igmp dvmrp");
            if length < LENGTH { put_odd_length(cx, length) } else { dvmrp::print(cx, message)? }
        }
        PIM_V1 => {
            put!(cx, "igmp pimv1");
            pimv1::print(cx, message)?;
        }
        TRACEROUTE_RESPONSE => put_traceroute(cx, "mresp", &message)?,
        TRACEROUTE => put_traceroute(cx, "mtrace", &message)?,
        kind => put!(cx, "igmp-", kind),
    }
    if cx.style.verbose > 0 { put_checksum(cx, &message) } else { Ok(()) }
}

fn put_group(cx: &mut Context, name: &str, message: &Cursor) -> Outcome {
    message.need(LENGTH as usize)?;
    put!(cx, name);
    cx.ipv4_at(message, 4)
}

fn put_odd_length(cx: &mut Context, length: u32) {
    if length != LENGTH {
        put!(cx, " [len ", length, "]");
    }
}

/// A query; its length and its response time tell the versions apart (RFC 3376 section 7.1).
fn put_query(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, "igmp query");
    if message.length() >= QUERY_LENGTH {
        return put_query_v3(cx, message);
    }
    match message.u8_at(1)? {
        0 => put!(cx, " v1"),
        RESPONSE_TIME_DEFAULT => put!(cx, " v2"),
        time => put!(cx, " v2 [max resp time ", time, "]"),
    }
    if message.be32_at(4)? != 0 {
        put!(cx, " [gaddr ");
        cx.ipv4_at(message, 4)?;
        put!(cx, "]");
    }
    put_odd_length(cx, message.length());
    Ok(())
}

fn put_query_v3(cx: &mut Context, message: &Cursor) -> Outcome {
    let length = message.length();
    put!(cx, " v3");
    if !length.is_multiple_of(4) {
        put!(cx, " [invalid len ", length, "]");
        return Ok(());
    }
    put_response_time(cx, message.u8_at(1)?);
    if message.be32_at(4)? == 0 {
        return Ok(());
    }
    put!(cx, " [gaddr ");
    cx.ipv4_at(message, 4)?;
    let count = u32::from(message.be16_at(10)?);
    if count > 0 && length < QUERY_LENGTH + count * 4 {
        put!(cx, " [invalid number of sources]");
    } else if count > 0 {
        put_sources(cx, &message.skip(QUERY_LENGTH as usize), count)?;
    }
    put!(cx, "]");
    Ok(())
}

/// The time to respond in, in tenths of a second; from 128 on a floating-point number.
fn put_response_time(cx: &mut Context, code: u8) {
    if code == RESPONSE_TIME_DEFAULT {
        return;
    }
    let time = if code < 128 { u32::from(code) } else { u32::from(code & 0xf | 0x10) << ((code >> 4 & 7) + 3) };
    put!(cx, " [max resp time ");
    if time < 600 {
        put!(cx, time / 10, ".", time % 10, "s]");
    } else {
        put!(cx, Seconds(time / 10), "]");
    }
}

/// How many sources, or at `-vv` which.
fn put_sources(cx: &mut Context, sources: &Cursor, count: u32) -> Outcome {
    if cx.style.verbose <= 1 {
        put!(cx, ", ", count, " source(s)");
        return Ok(());
    }
    put!(cx, " {");
    for source in 0..count as usize {
        sources.need(source * 4 + 4)?;
        put!(cx, " ");
        cx.ipv4_at(sources, source * 4)?;
    }
    put!(cx, " }");
    Ok(())
}

/// A version 3 report: a record a group.
fn put_report(cx: &mut Context, message: &Cursor) -> Outcome {
    let length = message.length();
    if length < REPORT_LENGTH_MIN || !length.is_multiple_of(4) {
        put!(cx, " [invalid len ", length, "]");
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
        records.need(RECORD_LENGTH as usize)?;
        put!(cx, " [gaddr ");
        cx.ipv4_at(&records, 4)?;
        put_record_type(cx, records.u8_at(0)?, "v3");
        let sources = u32::from(records.be16_at(2)?);
        if records.length() < RECORD_LENGTH + sources * 4 {
            put!(cx, " [invalid number of sources ", sources, "]");
            return Ok(());
        }
        put_sources(cx, &records.skip(RECORD_LENGTH as usize), sources)?;
        records = records.skip((RECORD_LENGTH + sources * 4) as usize);
        put!(cx, "]");
    }
    Ok(())
}

/// A group record's type, of this version of the protocol.
pub fn put_record_type(cx: &mut Context, kind: u8, version: &str) {
    match lookup(RECORD_TYPES, kind) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, "  [", version, "-report-#", kind, "]"),
    }
}

/// A multicast traceroute's question: from where to where, and who is to be told.
fn put_traceroute(cx: &mut Context, name: &str, message: &Cursor) -> Outcome {
    if message.length() < TRACEROUTE_LENGTH {
        put!(cx, " [invalid len ", message.length(), "]");
        return Ok(());
    }
    put!(cx, name, " ", message.be24_at(21)?, ": ");
    cx.ipv4_at(message, 8)?;
    put!(cx, " to ");
    cx.ipv4_at(message, 12)?;
    put!(cx, " reply-to ");
    cx.ipv4_at(message, 16)?;
    if message.u8_at(16)? >> 4 == 0xe {
        put!(cx, " with-ttl ", message.u8_at(20)?);
    }
    Ok(())
}

/// Says when the checksum is wrong, if the whole message was captured.
fn put_checksum(cx: &mut Context, message: &Cursor) -> Outcome {
    if message.length() < 4 {
        return Ok(());
    }
    let Ok(octets) = message.bytes_at(0, message.length() as usize) else { return Ok(()) };
    let found = message.be16_at(2)?;
    if checksum::verify(Sum16BitWords::new(), octets, found) != Verdict::Correct {
        put!(cx, " bad igmp cksum ", Hex(found), "!");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(message: &[u8], verbose: u8) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_large_response_time_is_a_floating_point_number() {
        assert_eq!(
            text(b"\x11\x94\0\0\xe0\0\0\x05\0\0\0\x01\x0a\0\0\x01", 2),
            "igmp query v3 [max resp time 32.0s] [gaddr 224.0.0.5 { 10.0.0.1 }] bad igmp cksum 0!"
        );
    }

    #[test]
    fn records_that_the_report_has_no_room_for_are_missed() {
        assert_eq!(
            text(b"\x22\0\0\0\0\0\0\x02\x09\0\0\0\xe0\0\0\x05", 2),
            "igmp v3 report, 2 group record(s) [gaddr 224.0.0.5  [v3-report-#9] { }] [invalid number of groups] \
             bad igmp cksum 0!"
        );
    }

    #[test]
    fn a_neighbor_that_is_missing_is_counted() {
        assert_eq!(
            text(b"\x13\x06\0\0\0\0\x0b\x03\x0a\0\0\x01\x01\x02\x61\x02\x0a\0\0\x02", 1),
            "igmp dvmrp Neighbors2 (v 3.11): [10.0.0.1 -> 10.0.0.2 (1/2/tunnel/querier/disabled)] [ncount 0] \
             (invalid) bad igmp cksum 0!"
        );
    }

    #[test]
    fn one_source_of_one_group_stands_on_the_line() {
        let mut message = b"\x14\x03\0\0\x10\0\0\0\x0a\0\0\x01\0\0\0\x3c\0\0\0\x01\xe0\0\0\x05".to_vec();
        message.extend(b"\xff\xff\xff\xff\0\x01\0\0\x01\xa0\x0a\0\0\x09");
        assert_eq!(
            text(&message, 1),
            "igmp pimv1 Join/Prune RPF 10.0.0.1 Hold 1mJoin (10.0.0.9/32, 224.0.0.5) Sparse WC SPT \
             bad igmp cksum 0!"
        );
    }
}
