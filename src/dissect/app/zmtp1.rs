//! ZeroMQ Message Transport Protocol 1.0 (<https://rfc.zeromq.org/spec/13/>), where `-T zmtp1` says so.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

/// The length that says that the length follows in 8 octets.
const LONG: u8 = 0xff;
const LONG_LENGTH: usize = 9;

const FLAGS: &[Name] =
    &[(0x01, "MORE"), (0x02, "R1"), (0x04, "R2"), (0x08, "R3"), (0x10, "R4"), (0x20, "R5"), (0x40, "R6"), (0x80, "R7")];

/// The offset of a packet in which no frame starts.
const NO_FRAME: u16 = 0xffff;

/// Octets of a frame's body that one `-v` shows.
const BODY_SHOWN_MAX: u64 = 128;

/// Prints the frames that a segment holds.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "zmtp1";
    put!(cx, ": ZMTP/1.0");
    print_frames(cx, data)
}

/// Prints what a PGM packet with data holds (<https://rfc.zeromq.org/spec/33/>): where its first frame
/// starts, the end of the frame before, and further frames.
pub fn print_datagram(cx: &mut Context, mut data: Cursor) -> Outcome {
    cx.protocol = "zmtp1";
    let length = data.length();
    let offset = data.be16()?;
    put!(cx, "\n\t frame offset 0x", Hex0(offset, 4));
    let part = if offset == NO_FRAME {
        length.wrapping_sub(2)
    } else if 2 + u32::from(offset) > length {
        put!(cx, " (exceeds datagram declared length)");
        return Err(Truncated);
    } else {
        u32::from(offset)
    };
    if part != 0 {
        put_part(cx, &data, part);
    }
    print_frames(cx, data.with_length(length.saturating_sub(2)).skip(part as usize))
}

/// The end of a frame that an earlier packet began.
fn put_part(cx: &mut Context, data: &Cursor, length: u32) {
    let captured = data.captured();
    put!(cx, "\n\t frame intermediate part, ", length, " bytes");
    if length as usize > captured.len() {
        put!(cx, " (", captured.len(), " captured)");
    }
    if cx.style.verbose > 0 {
        let mut shown = captured.len().min(length as usize);
        if cx.style.verbose == 1 {
            shown = shown.min(BODY_SHOWN_MAX as usize);
        }
        if shown > 1 {
            put!(cx, ", first ", shown, " byte(s):");
            dump::hex_ascii_indented(&mut cx.out, "\n\t ", captured.get(..shown).unwrap_or_default());
        }
    }
}

fn print_frames(cx: &mut Context, mut frames: Cursor) -> Outcome {
    while frames.length() > 0 && frames.has(1) {
        frames = print_frame(cx, frames)?;
    }
    Ok(())
}

/// Prints the frame that starts here; the result starts behind it.
fn print_frame<'p>(cx: &mut Context, mut frame: Cursor<'p>) -> Outcome<Cursor<'p>> {
    put!(cx, "\n\t frame flags+body");
    let length = match frame.u8_at(0)? {
        LONG => {
            put!(cx, " (64-bit) length");
            frame.need(LONG_LENGTH)?;
            frame = frame.skip(1);
            let length = frame.be64()?;
            put!(cx, " ", length);
            length
        }
        length => {
            frame = frame.skip(1);
            put!(cx, "  (8-bit) length ", length);
            u64::from(length)
        }
    };
    if length == 0 {
        return Ok(frame);
    }
    let flags = frame.u8_at(0)?;
    let captured = frame.limit(frame.length()).captured().len() as u64;
    if length > captured {
        put!(cx, " (", captured, " captured)");
    }
    put!(cx, ", flags 0x", Hex0(flags, 2));
    if cx.style.verbose > 0 {
        put!(cx, " (");
        put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
        put!(cx, ")");
        put_body(cx, &frame.skip(1), length.min(captured).saturating_sub(1));
    }
    frame.bytes(usize::try_from(length).unwrap_or(usize::MAX))?;
    Ok(frame)
}

/// The first octets of a body of `length` octets, all of them at `-vv`.
fn put_body(cx: &mut Context, body: &Cursor, length: u64) {
    let shown = if cx.style.verbose == 1 { length.min(BODY_SHOWN_MAX) } else { length };
    if shown > 0 {
        put!(cx, ", first ", shown, " byte(s) of body:");
        let octets = body.captured();
        dump::hex_ascii_indented(&mut cx.out, "\n\t ", octets.get(..shown as usize).unwrap_or(octets));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_length_near_the_end_of_numbers_does_not_wrap_around() {
        let mut cx = Context::new(Style::default(), Names::numeric());
        let frame = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf7, 0, 0];
        assert!(print(&mut cx, Cursor::new(&frame, 11)).is_err());
        let expected = ": ZMTP/1.0\n\t frame flags+body (64-bit) length 18446744073709551607 (2 captured), flags 0x00";
        assert_eq!(String::from_utf8_lossy(&cx.out), expected);
    }
}
