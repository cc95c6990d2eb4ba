//! Authentication on PPP links: passwords (PAP, RFC 1334) and challenges (CHAP, RFC 1994).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

/// Octets of code, identifier and length.
const HEADER_LENGTH: u32 = 4;

const CHALLENGE: u8 = 1;
const RESPONSE: u8 = 2;
const SUCCESS: u8 = 3;
const FAILURE: u8 = 4;
const CHAP_CODES: &[Name] = &[
    (CHALLENGE as u32, "Challenge"),
    (RESPONSE as u32, "Response"),
    (SUCCESS as u32, "Success"),
    (FAILURE as u32, "Fail"),
];

const AUTHENTICATE_REQUEST: u8 = 1;
const AUTHENTICATE_ACK: u8 = 2;
const AUTHENTICATE_NAK: u8 = 3;
const PAP_CODES: &[Name] = &[
    (AUTHENTICATE_REQUEST as u32, "Auth-Req"),
    (AUTHENTICATE_ACK as u32, "Auth-ACK"),
    (AUTHENTICATE_NAK as u32, "Auth-NACK"),
];

/// Code and length field of either protocol, printed as far as they are there.
fn header(cx: &mut Context, packet: &Cursor, names: &[Name], caps: &str, lower: &str) -> Outcome<Option<(u8, u32)>> {
    if packet.length() < 1 {
        put!(cx, "[|", lower, "]");
        return Ok(None);
    }
    let code = packet.u8_at(0)?;
    if packet.length() < HEADER_LENGTH {
        put!(cx, "[|", lower, " 0x", Hex0(code, 2), "]");
        return Ok(None);
    }
    put!(cx, caps, ", ", lookup(names, code).unwrap_or("unknown"), " (0x", Hex0(code, 2), ")");
    put!(cx, ", id ", packet.u8_at(1)?);
    Ok(Some((code, packet.be16_at(2)?.into())))
}

/// Prints a challenge, what answers it or what comes of it.
pub fn chap(cx: &mut Context, packet: Cursor) -> Outcome {
    let Some((code, length)) = header(cx, &packet, CHAP_CODES, "CHAP", "chap")? else { return Ok(()) };
    let mut data = packet.skip(HEADER_LENGTH as usize);
    // The length field is taken at its word: a name that it makes negative fills the rest.
    match code {
        CHALLENGE | RESPONSE => {
            if data.length() < 1 {
                return Ok(());
            }
            let size = data.u8()?;
            if data.length() < size.into() {
                return Ok(());
            }
            put!(cx, ", Value ");
            for index in 0..size.into() {
                put!(cx, HexBytes(data.bytes_at(index, 1)?));
            }
            put!(cx, ", Name ");
            let used = HEADER_LENGTH + 1 + u32::from(size);
            cx.escaped_field(&data.skip(size.into()), length.wrapping_sub(used) as usize)
        }
        SUCCESS | FAILURE => {
            put!(cx, ", Msg ");
            cx.escaped_field(&data, length.wrapping_sub(HEADER_LENGTH) as usize)
        }
        _ => Ok(()),
    }
}

/// Prints a request to be let in, or its answer.
pub fn pap(cx: &mut Context, packet: Cursor) -> Outcome {
    let Some((code, length)) = header(cx, &packet, PAP_CODES, "PAP", "pap")? else { return Ok(()) };
    if length > packet.length() {
        put!(cx, ", length ", length, " > packet size");
        return Ok(());
    }
    if length < HEADER_LENGTH {
        put!(cx, ", length ", length, " < PAP header length");
        return Ok(());
    }
    let data = packet.skip(HEADER_LENGTH as usize).with_length(length - HEADER_LENGTH);
    match code {
        AUTHENTICATE_REQUEST if length < 6 => put!(cx, "[|pap]"),
        AUTHENTICATE_REQUEST => {
            if let Some(rest) = put_counted(cx, ", Peer ", data)? {
                put_counted(cx, ", Name ", rest)?;
            }
        }
        AUTHENTICATE_ACK | AUTHENTICATE_NAK if length < 5 => put!(cx, "[|pap]"),
        AUTHENTICATE_ACK | AUTHENTICATE_NAK => {
            put_counted(cx, ", Msg ", data)?;
        }
        _ => {}
    }
    Ok(())
}

/// A string behind its length; returns what follows, if the string fits.
fn put_counted<'p>(cx: &mut Context, label: &str, mut data: Cursor<'p>) -> Outcome<Option<Cursor<'p>>> {
    if data.length() < 1 {
        return Ok(None);
    }
    let size = data.u8()?;
    if data.length() < size.into() {
        return Ok(None);
    }
    put!(cx, label);
    cx.escaped_field(&data, size.into())?;
    Ok(Some(data.skip(size.into())))
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn names_are_made_visible() {
        assert_eq!(
            text(0, LinkType::PPP, "ff03 c023 01 01 000c 03626f62 020a21 78"),
            "PAP, Auth-Req (0x01), id 1, Peer bob, Name ^J!"
        );
    }

    #[test]
    fn a_length_that_makes_the_name_negative_prints_to_the_end_of_the_capture() {
        assert_eq!(
            text(0, LinkType::PPP, "ff03 c223 01 01 0002 02beef 6162"),
            "CHAP, Challenge (0x01), id 1, Value beef, Name ab [|ppp]"
        );
    }
}
