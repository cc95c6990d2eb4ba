//! Small texts that many protocols share: octets as they are, strings in fields of fixed width, numbers
//! with decimals.

use super::context::{Context, put_visible};
use super::cursor::{Cursor, Outcome, Truncated};
use super::dump;
use super::put::Pad0;
use crate::put;

/// The first `length` octets in hexadecimal, as far as they were captured, each line behind `indent`.
pub fn put_hex_lines(cx: &mut Context, indent: &str, data: &Cursor, length: u32) {
    dump::hex_at(&mut cx.out, indent, data.limit(length).captured(), 0);
}

/// Payload that no dissector knows, unless it is left out; the capture may end before it does.
pub fn put_unknown(cx: &mut Context, payload: &Cursor) -> Outcome {
    if cx.style.leaves_out_unknown_payload() { Ok(()) } else { put_dump(cx, payload) }
}

/// Payload in hexadecimal and ASCII; the capture may end before it does.
pub fn put_dump(cx: &mut Context, payload: &Cursor) -> Outcome {
    dump::hex_ascii(&mut cx.out, payload.limit(payload.length()).captured());
    payload.need(payload.length() as usize)
}

/// A string in a field of `width` octets that zeros fill up, control characters made visible.
pub fn put_padded_string(cx: &mut Context, field: &Cursor, width: usize) -> Outcome {
    for &octet in field.captured().iter().take(width) {
        if octet == 0 {
            return Ok(());
        }
        put_visible(octet, &mut cx.out);
    }
    if field.has(width) { Ok(()) } else { Err(Truncated) }
}

/// Time in units of 1/256 s, with two decimals; halves go to the even digit, as C's `%.2f` has it.
pub fn put_seconds_256(cx: &mut Context, time: u16) {
    let scaled = u32::from(time) * 100;
    let (quotient, remainder) = (scaled / 256, scaled % 256);
    let up = remainder > 128 || (remainder == 128 && quotient % 2 == 1);
    let hundredths = quotient + u32::from(up);
    put!(cx, hundredths / 100, ".", Pad0(hundredths % 100, 2), "s");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn halves_of_hundredths_round_to_even() {
        let text = |time| {
            let mut cx = Context::new(Style::default(), Names::numeric());
            put_seconds_256(&mut cx, time);
            String::from_utf8_lossy(&cx.out).into_owned()
        };
        assert_eq!([text(32), text(96), text(5120), text(65535)], ["0.12s", "0.38s", "20.00s", "256.00s"]);
    }

    #[test]
    fn a_string_ends_at_a_zero_or_is_truncated() {
        let mut cx = Context::new(Style::default(), Names::numeric());
        assert_eq!(put_padded_string(&mut cx, &Cursor::new(b"ab\0c", 4), 8), Ok(()));
        assert_eq!(put_padded_string(&mut cx, &Cursor::new(b"\x01d", 2), 3), Err(Truncated));
        assert_eq!(cx.out, b"ab^Ad");
    }
}
