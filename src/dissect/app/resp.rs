//! RESP, the Redis serialization protocol
//! (<https://redis.io/docs/latest/develop/reference/protocol-spec/>).

use super::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const SIMPLE_STRING: u8 = b'+';
const ERROR: u8 = b'-';
const INTEGER: u8 = b':';
const BULK_STRING: u8 = b'$';
const ARRAY: u8 = b'*';

/// What stands where a string or an array says how long it is.
enum Length {
    Value(u32),
    Null,
    TooLarge,
    Negative,
    Invalid,
}

/// Prints all values that a segment holds.
///
/// An array prints nothing but its elements, so it suffices to count how many of them are still to
/// come: arrays in arrays need no recursion.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "resp";
    put!(cx, ": RESP");
    let mut rest = data.limit(data.length());
    let mut elements: u64 = 0;
    while rest.length() > 0 || elements > 0 {
        elements = elements.saturating_sub(1);
        match print_value(cx, &mut rest) {
            Ok(more) => elements += u64::from(more),
            Err(stop) => return stop.settle(cx),
        }
    }
    Ok(())
}

/// Prints the value in front, up to the elements of an array. The result is their number.
fn print_value(cx: &mut Context, rest: &mut Cursor) -> Result<u32, Stop> {
    match octet_at(rest)? {
        SIMPLE_STRING | ERROR | INTEGER => {
            *rest = rest.skip(1);
            let line = take_line(rest)?;
            put_quoted(cx, line);
        }
        BULK_STRING => {
            *rest = rest.skip(1);
            match take_length(rest)? {
                Length::Value(length) => put_bulk_string(cx, rest, length)?,
                length => put_length(cx, &length),
            }
        }
        ARRAY => {
            *rest = rest.skip(1);
            match take_length(rest)? {
                Length::Value(0) => put!(cx, " empty"),
                Length::Value(elements) => return Ok(elements),
                length => put_length(cx, &length),
            }
        }
        _ => put_inline_command(cx, rest)?,
    }
    Ok(0)
}

/// Why there is no value.
fn put_length(cx: &mut Context, length: &Length) {
    match length {
        Length::Value(_) => {}
        Length::Null => put!(cx, " null"),
        Length::TooLarge => put!(cx, " length too large"),
        Length::Negative => put!(cx, " length negative and not -1"),
        Length::Invalid => put!(cx, " invalid"),
    }
}

fn put_quoted(cx: &mut Context, octets: &[u8]) {
    put!(cx, " \"");
    cx.escaped(octets);
    put!(cx, "\"");
}

/// A string whose length was announced. Whatever stands between it and the end of the line is skipped.
fn put_bulk_string(cx: &mut Context, rest: &mut Cursor, length: u32) -> Result<(), Stop> {
    if length == 0 {
        put!(cx, " empty");
    } else {
        put_quoted(cx, rest.bytes(length as usize).map_err(|_| Stop::Incomplete)?);
    }
    take_line(rest).map(drop)
}

/// A command as a person types it, between line ends of any kind.
fn put_inline_command(cx: &mut Context, rest: &mut Cursor) -> Result<(), Stop> {
    skip_line_ends(rest);
    let start = *rest;
    while !is_line_end(octet_at(rest)?) {
        *rest = rest.skip(1);
    }
    put_quoted(cx, start.bytes_at(0, start.captured().len() - rest.captured().len())?);
    skip_line_ends(rest);
    Ok(())
}

fn is_line_end(octet: u8) -> bool {
    matches!(octet, b'\r' | b'\n')
}

fn skip_line_ends(rest: &mut Cursor) {
    *rest = rest.skip(rest.captured().iter().take_while(|&&octet| is_line_end(octet)).count());
}

/// The octet in front, which the segment must hold and the capture too.
fn octet_at(rest: &Cursor) -> Result<u8, Stop> {
    if rest.length() == 0 { Err(Stop::Incomplete) } else { Ok(rest.u8_at(0)?) }
}

/// Takes the octet in front.
fn take_octet(rest: &mut Cursor) -> Result<u8, Stop> {
    let octet = octet_at(rest)?;
    *rest = rest.skip(1);
    Ok(octet)
}

/// Takes what stands in front of a carriage return and line feed, and these with it.
fn take_line<'p>(rest: &mut Cursor<'p>) -> Result<&'p [u8], Stop> {
    let octets = rest.captured();
    let end = octets.windows(2).position(|pair| pair == b"\r\n").ok_or(Stop::Incomplete)?;
    let line = rest.bytes(end)?;
    *rest = rest.skip(2);
    Ok(line)
}

/// Takes a length and the end of its line. The octet at which it turns out to be none is gone too.
fn take_length(rest: &mut Cursor) -> Result<Length, Stop> {
    let negative = octet_at(rest)? == b'-';
    if negative {
        *rest = rest.skip(1);
    }
    let mut value: u32 = 0;
    let mut has_digits = false;
    let mut octet = take_octet(rest)?;
    while octet.is_ascii_digit() {
        value = value.saturating_mul(10).saturating_add(u32::from(octet - b'0'));
        has_digits = true;
        octet = take_octet(rest)?;
    }
    if !has_digits || octet != b'\r' || take_octet(rest)? != b'\n' {
        return Ok(Length::Invalid);
    }
    Ok(match (negative, value) {
        (true, 1) => Length::Null,
        (true, _) => Length::Negative,
        (false, value) if value > i32::MAX as u32 => Length::TooLarge,
        (false, value) => Length::Value(value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(data: &[u8]) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        if print(&mut cx, Cursor::new(data, data.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn nested_arrays_neither_recurse_nor_end_early() {
        assert_eq!(text(b"*2\r\n*1\r\n$1\r\nz\r\n:7\r\n+OK\r\n"), ": RESP \"z\" \"7\" \"OK\"");
        assert_eq!(text(b"*2\r\n:7\r\n"), ": RESP \"7\" [|resp]");
        assert_eq!(text(&b"*1\r\n".repeat(10_000)), ": RESP [|resp]");
        assert_eq!(text(b"*2147483647\r\n*0\r\n"), ": RESP empty [|resp]");
    }

    #[test]
    fn lengths_that_are_none() {
        assert_eq!(text(b"$-1\r\n$-2\r\n$2147483648\r\n"), ": RESP null length negative and not -1 length too large");
        assert_eq!(text(b"$2x\r\n"), ": RESP invalid [|resp]");
        assert_eq!(text(b"$99\r\nabc\r\n"), ": RESP [|resp]");
    }

    #[test]
    fn commands_typed_by_hand() {
        assert_eq!(text(b"\nPING a\r\n\r\nGET\x1b b\n"), ": RESP \"PING a\" \"GET^[ b\"");
        assert_eq!(text(b"\r\n"), ": RESP [|resp]");
    }
}
