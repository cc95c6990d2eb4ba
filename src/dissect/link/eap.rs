//! Extensible Authentication Protocol (RFC 3748), with the first fields of TLS (RFC 5216), TTLS (RFC 5281),
//! FAST (RFC 4851), SIM (RFC 4186) and AKA (RFC 4187).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_padded_string;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 4;

const REQUEST: u8 = 1;
const RESPONSE: u8 = 2;
const CODES: &[Name] = &[(REQUEST as u32, "Request"), (RESPONSE as u32, "Response"), (3, "Success"), (4, "Failure")];

const IDENTITY: u8 = 1;
const NOTIFICATION: u8 = 2;
const NAK: u8 = 3;
const TLS: u8 = 13;
const SIM: u8 = 18;
const TTLS: u8 = 21;
const AKA: u8 = 23;
const FAST: u8 = 43;
const METHODS: &[Name] = &[
    (0, "No proposed"),
    (IDENTITY as u32, "Identity"),
    (NOTIFICATION as u32, "Notification"),
    (NAK as u32, "Nak"),
    (4, "MD5-challenge"),
    (5, "OTP"),
    (6, "GTC"),
    (TLS as u32, "TLS"),
    (SIM as u32, "SIM"),
    (TTLS as u32, "TTLS"),
    (AKA as u32, "AKA"),
    (FAST as u32, "FAST"),
    (254, "Expanded types"),
    (255, "Experimental"),
];

const LENGTH_INCLUDED: u8 = 0x80;
const TLS_FLAGS: &[Name] = &[(LENGTH_INCLUDED as u32, "L bit"), (0x40, "More fragments bit"), (0x20, "Start bit")];
const TLS_VERSION: u8 = 0x07;

const AKA_SUBTYPES: &[Name] = &[
    (1, "Challenge"),
    (2, "Auth reject"),
    (4, "Sync failure"),
    (5, "Identity"),
    (10, "Start"),
    (11, "Challenge"),
    (12, "Notification"),
    (13, "Reauth"),
    (14, "Client error"),
];

/// Prints a packet that fills the cursor's length.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "eap";
    let (code, length) = (packet.u8_at(0)?, u32::from(packet.be16_at(2)?));
    if length < HEADER_LENGTH {
        return cx.invalid_because("len", length, "<", HEADER_LENGTH);
    }
    if length != packet.length() {
        put!(cx, "EAP fragment?");
        return Ok(());
    }
    let identifier = packet.u8_at(1)?;
    put!(cx, lookup(CODES, code).unwrap_or("unknown"), " (", code, "), id ", identifier, ", len ", length);
    packet.need(length as usize)?;
    if !matches!(code, REQUEST | RESPONSE) {
        return Ok(());
    }
    if length < 5 {
        return cx.invalid_because("len", length, "<", 5);
    }
    put!(cx, "\n\t\t Type ");
    let method = packet.u8_at(4)?;
    put_method(cx, method);
    if matches!(method, NOTIFICATION | NAK | TLS | SIM | TTLS | AKA | FAST) && length < 6 {
        return cx.invalid_because("len", length, "<", 6);
    }
    put_data(cx, method, length, &packet.skip(5).limit(length - 5))
}

fn put_method(cx: &mut Context, method: u8) {
    put!(cx, lookup(METHODS, method).unwrap_or("unknown"), " (", method, ")");
}

/// What the method says; `length` is the packet's.
fn put_data(cx: &mut Context, method: u8, length: u32, data: &Cursor) -> Outcome {
    match method {
        IDENTITY | NOTIFICATION if length > 5 => {
            put!(cx, if method == IDENTITY { ", Identity: " } else { ", Notification: " });
            put_padded_string(cx, data, data.length() as usize)
        }
        NAK => {
            for (index, &wanted) in data.captured().iter().enumerate() {
                put!(cx, if index > 0 { ", " } else { " " });
                put_method(cx, wanted);
            }
            Ok(())
        }
        TLS | TTLS | FAST => put_tls(cx, method, length, data),
        AKA | SIM => {
            let subtype = data.u8_at(0)?;
            let name = lookup(AKA_SUBTYPES, subtype).unwrap_or("unknown");
            put!(cx, " subtype [", name, "] 0x", Hex0(subtype, 2));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn put_tls(cx: &mut Context, method: u8, length: u32, data: &Cursor) -> Outcome {
    let flags = data.u8_at(0)?;
    match method {
        TTLS => put!(cx, " TTLSv", flags & TLS_VERSION),
        FAST => put!(cx, " FASTv", flags & TLS_VERSION),
        _ => {}
    }
    put!(cx, " flags [");
    put_bits(&mut cx.out, TLS_FLAGS, flags.into(), ", ", "none");
    put!(cx, "] 0x", Hex0(flags, 2));
    if flags & LENGTH_INCLUDED == 0 {
        return Ok(());
    }
    if length < 10 {
        return cx.invalid_because("len", length, "<", 10);
    }
    put!(cx, ", len ", data.be32_at(1)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn methods_show_their_first_fields() {
        assert_eq!(
            ethernet(1, "888e 01 00 000a 02 05 000a 0d 80 12345678"),
            "EAP packet (0) v1, len 10, Response (2), id 5, len 10\
             \n\t\t Type TLS (13) flags [L bit] 0x80, len 305419896"
        );
        assert_eq!(
            ethernet(1, "888e 01 00 0007 02 05 0007 03 04 15"),
            "EAP packet (0) v1, len 7, Response (2), id 5, len 7\n\t\t Type Nak (3) MD5-challenge (4), TTLS (21)"
        );
    }
}
