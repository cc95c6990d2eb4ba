//! Layer Two Tunneling Protocol, version 2 (RFC 2661 section 3.1).

use super::{l2tp_attributes, print_ppp};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::put;

const VERSION_MASK: u16 = 0x000f;
const VERSION_L2F: u16 = 1;
const VERSION_L2TP: u16 = 2;

const CONTROL: u16 = 0x8000;
const LENGTH: u16 = 0x4000;
const SEQUENCE: u16 = 0x0800;
const OFFSET: u16 = 0x0200;
const FLAGS: &[Name] =
    &[(CONTROL as u32, "T"), (LENGTH as u32, "L"), (SEQUENCE as u32, "S"), (OFFSET as u32, "O"), (0x0100, "P")];

/// Prints a control message, or a data message and the PPP frame in it.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "l2tp";
    let mut rest = packet;
    let flags = rest.be16()?;
    match flags & VERSION_MASK {
        VERSION_L2TP => put!(cx, " l2tp:"),
        VERSION_L2F => {
            put!(cx, " l2f:");
            return Ok(());
        }
        _ => {
            put!(cx, " Unknown Version, neither L2F(1) nor L2TP(2)");
            return Ok(());
        }
    }
    put!(cx, "[");
    put_bits(&mut cx.out, FLAGS, flags.into(), "", "");
    put!(cx, "]");
    let length = put_header(cx, flags, &mut rest)?.unwrap_or(packet.length());
    if packet.length() < length {
        put!(cx, " Length ", length, " larger than packet");
        return cx.invalid();
    }
    let header_length = (packet.captured().len() - rest.captured().len()) as u32;
    if length < header_length {
        put!(cx, " Length ", length, " smaller than header length");
        return cx.invalid();
    }
    let rest = rest.with_length(length - header_length);
    if flags & CONTROL != 0 {
        return print_control(cx, flags, rest);
    }
    put!(cx, " {");
    print_ppp(cx, rest)?;
    put!(cx, "}");
    Ok(())
}

/// The header's fields behind the flags; the result is the message's length if it says so.
fn put_header(cx: &mut Context, flags: u16, rest: &mut Cursor) -> Outcome<Option<u32>> {
    let length = if flags & LENGTH != 0 { Some(u32::from(rest.be16()?)) } else { None };
    put!(cx, "(", rest.be16()?, "/");
    put!(cx, rest.be16()?, ")");
    if flags & SEQUENCE != 0 {
        put!(cx, "Ns=", rest.be16()?, ",");
        put!(cx, "Nr=", rest.be16()?);
    }
    if flags & OFFSET != 0 {
        let padding = rest.be16()?;
        rest.bytes(padding.into())?;
    }
    Ok(length)
}

/// The attribute-value pairs of a control message; without any it only acknowledges.
fn print_control(cx: &mut Context, flags: u16, mut rest: Cursor) -> Outcome {
    if flags & LENGTH == 0 {
        put!(cx, " No length");
        return cx.invalid();
    }
    if rest.length() == 0 {
        put!(cx, " ZLB");
    }
    while rest.length() > 0 {
        match l2tp_attributes::print(cx, rest)? {
            Some(length) => rest = rest.skip(length),
            None => return cx.invalid(),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(bytes: &[u8], length: u32) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        if print(&mut cx, Cursor::new(bytes, length)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn the_lengths_of_message_header_and_packet_have_to_agree() {
        let bytes = [0xc8, 2, 0, 12, 0, 1, 0, 2, 0, 3, 0, 4];
        assert_eq!(text(&bytes, 12), " l2tp:[TLS](1/2)Ns=3,Nr=4 ZLB");
        assert_eq!(text(&bytes, 11), " l2tp:[TLS](1/2)Ns=3,Nr=4 Length 12 larger than packet (invalid)");
        assert_eq!(
            text(&[0x40, 2, 0, 7, 0, 1, 0, 2], 8),
            " l2tp:[L](1/2) Length 7 smaller than header length (invalid)"
        );
        assert_eq!(text(&[0x80, 2, 0, 1, 0, 2], 6), " l2tp:[T](1/2) No length (invalid)");
    }

    #[test]
    fn an_attribute_too_short_for_its_value_is_said() {
        let bytes = [0xc0, 2, 0, 22, 0, 1, 0, 2, 0x80, 6, 0, 0, 0, 5, 0x40, 8, 0, 9, 0, 1, 0xab, 0xcd];
        assert_eq!(text(&bytes, 22), " l2tp:[TL](1/2) *TIE_BREAKER(AVP too short) ?VENDOR0009:ATTR0001(abcd)");
        let bytes = [0xc0, 2, 0, 14, 0, 1, 0, 2, 0, 5, 0, 0, 0, 0];
        assert_eq!(text(&bytes, 14), " l2tp:[TL](1/2)  [AVP length 5 < 6] (invalid)");
    }
}
