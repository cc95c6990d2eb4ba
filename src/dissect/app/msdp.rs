//! Multicast Source Discovery Protocol (RFC 3618), also as earlier drafts had it.

use crate::dissect::address::IpAddress;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::ipv4;
use crate::put;

const SOURCE_ACTIVE: u8 = 1;
const SOURCE_ACTIVE_REQUEST: u8 = 2;
const SOURCE_ACTIVE_RESPONSE: u8 = 3;
const KEEPALIVE: u8 = 4;
const NOTIFICATION: u8 = 5;
const TYPE_MAX: u8 = 7;

/// Octets of a type and a length; the length counts them.
const HEADER_LENGTH: u32 = 3;
/// The longest first message by which the protocol is recognized.
const LENGTH_MAX: u32 = 1500;
/// Above this a message's length is printed without `-v` too.
const LENGTH_USUAL: u32 = 1400;

/// Octets in front of the entries of an active source: the header, how many entries, the rendezvous point.
const ENTRIES: u32 = 8;
const ENTRY_LENGTH: u32 = 12;

/// What breaks a bound: a field's name, its value, the comparison and the bound.
type Invalid = (&'static str, u32, &'static str, u32);

/// Prints the messages of a segment, if it starts with one.
pub fn print(cx: &mut Context, segment: Cursor) -> Outcome {
    cx.protocol = "msdp";
    put!(cx, ": msdp");
    let (kind, length) = (segment.u8_at(0)?, segment.be16_at(1)?);
    let start = [
        ("len", u32::from(length), ">", LENGTH_MAX),
        ("len", length.into(), "<", HEADER_LENGTH),
        ("type", kind.into(), "==", 0),
        ("type", kind.into(), ">", TYPE_MAX.into()),
    ];
    if let Some((field, value, operator, bound)) = start.into_iter().find(breaks) {
        return cx.invalid_because(field, value, operator, bound);
    }
    let mut rest = segment;
    while rest.length() > 0 {
        match print_message(cx, &rest)? {
            Ok(length) => rest = rest.skip(length as usize),
            Err((field, value, operator, bound)) => return cx.invalid_because(field, value, operator, bound),
        }
    }
    Ok(())
}

fn breaks(&(_, value, operator, bound): &Invalid) -> bool {
    match operator {
        "<" => value < bound,
        ">" => value > bound,
        _ => value == bound,
    }
}

/// Prints a message. The result is its length, or what is wrong with it.
fn print_message(cx: &mut Context, rest: &Cursor) -> Outcome<Result<u32, Invalid>> {
    let available = rest.length();
    if available < HEADER_LENGTH {
        return Ok(Err(("length", available, "<", HEADER_LENGTH)));
    }
    let (kind, length) = (rest.u8_at(0)?, u32::from(rest.be16_at(1)?));
    if length > LENGTH_USUAL || cx.style.verbose > 0 {
        put!(cx, " [len ", length, "]");
    }
    if length < HEADER_LENGTH {
        return Ok(Err(("len", length, "<", HEADER_LENGTH)));
    }
    if available < length {
        return Ok(Err(("length", available, "<", length)));
    }
    let message = rest.with_length(length);
    let too_short = match kind {
        SOURCE_ACTIVE | SOURCE_ACTIVE_RESPONSE => print_sources(cx, kind, &message)?,
        SOURCE_ACTIVE_REQUEST => print_request(cx, &message)?,
        KEEPALIVE => {
            put!(cx, " Keepalive");
            put_unusual_length(cx, length, HEADER_LENGTH);
            None
        }
        NOTIFICATION => {
            put!(cx, " Notification");
            None
        }
        _ => {
            put!(cx, " [type=", kind, " len=", length, "]");
            None
        }
    };
    if let Some(needed) = too_short {
        return Ok(Err(("len", length, "<", needed)));
    }
    message.need(length as usize)?;
    Ok(Ok(length))
}

fn put_unusual_length(cx: &mut Context, length: u32, usual: u32) {
    if length != usual {
        put!(cx, "[len=", length, "] ");
    }
}

/// Active sources, and the packet of one of them. The result is the length that the message has not.
fn print_sources(cx: &mut Context, kind: u8, message: &Cursor) -> Outcome<Option<u32>> {
    put!(cx, if kind == SOURCE_ACTIVE { " SA" } else { " SA-Response" });
    if message.length() < 4 {
        return Ok(Some(4));
    }
    let count = message.u8_at(3)?;
    put!(cx, " ", count, " entries");
    if message.length() < ENTRIES {
        return Ok(Some(ENTRIES));
    }
    let end = ENTRIES + u32::from(count) * ENTRY_LENGTH;
    message.need(end as usize)?;
    if message.length() > end {
        put!(cx, " [w/data]");
        if cx.style.verbose > 1 {
            put!(cx, " ");
            ipv4::print(cx, message.skip(end as usize))?;
        }
    }
    Ok(None)
}

/// A question for a group's sources. The result is the length that the message has not.
fn print_request(cx: &mut Context, message: &Cursor) -> Outcome<Option<u32>> {
    put!(cx, " SA-Request");
    if message.length() < 4 {
        return Ok(Some(4));
    }
    message.need(4)?;
    if message.length() < 8 {
        return Ok(Some(8));
    }
    put_unusual_length(cx, message.length(), 8);
    let group = IpAddress::v4_at(message, 4)?;
    put!(cx, " for ");
    cx.host(group);
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, segment: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(segment, segment.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }
    #[test]
    fn messages_follow_each_other_until_one_is_invalid() {
        let sources = b"\x01\0\x14\x01\x0a\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\x04\0\x04";
        assert_eq!(text(0, sources), ": msdp SA 1 entries [length 3 < 4] (invalid)");
        let request = b"\x02\0\x08\0\xe0\x01\x02\x03\x04\0\x03";
        assert_eq!(text(1, request), ": msdp [len 8] SA-Request for 224.1.2.3 [len 3] Keepalive");
        assert_eq!(text(1, b"\x09\0\x08\0\xe0\x01\x02\x03"), ": msdp [type 9 > 7] (invalid)");
    }
}
