//! DECnet's network services: connections between programs (DNA NSP Functional Specification).

use super::contradiction;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::dissect::put::Hex;
use crate::put;

const HEADER_LENGTH: u32 = 5;

const KIND_MASK: u8 = 0x0c;
const DATA: u8 = 0x00;
const ACKNOWLEDGEMENT: u8 = 0x04;
const CONTROL: u8 = 0x08;
const SUBKIND_MASK: u8 = 0x70;

/// Of data: the middle, beginning, end and whole of a message; flow control; out of band.
const MIDDLE: u8 = 0x00;
const BEGINNING: u8 = 0x20;
const END: u8 = 0x40;
const WHOLE: u8 = 0x60;
const LINK_SERVICE: u8 = 0x10;
const INTERRUPT: u8 = 0x30;
/// Of acknowledgements: for data, for link services, for a connection.
const FOR_DATA: u8 = 0x00;
const FOR_LINK_SERVICE: u8 = 0x10;
const FOR_CONNECTION: u8 = 0x20;
/// Of control.
const CONNECT: u8 = 0x10;
const CONFIRM: u8 = 0x20;
const DISCONNECT: u8 = 0x30;
const DISCONNECT_CONFIRM: u8 = 0x40;
const CONNECT_AGAIN: u8 = 0x60;

/// Numbers: those with the highest bit acknowledge, this channel or the other one.
const ACKNOWLEDGES: u16 = 0x8000;
const ACKNOWLEDGES_NOT: u16 = 0x9000;
const OTHER_ACKNOWLEDGES: u16 = 0xa000;
const OTHER_ACKNOWLEDGES_NOT: u16 = 0xb000;
const NUMBER_MASK: u16 = 0x0fff;
const NUMBERS_OFFSET: usize = 5;

const REASONS: &[Name] = &[
    (0, "object rejected connect"),
    (1, "insufficient resources"),
    (2, "unrecognized node name"),
    (3, "node is shutting down"),
    (4, "unrecognized object"),
    (5, "invalid object name format"),
    (6, "object too busy"),
    (7, "protocol error discovered"),
    (8, "third party abort"),
    (9, "user abort"),
    (10, "invalid node name format"),
    (11, "local node shutting down"),
    (32, "insufficient local resources"),
    (33, "insufficient remote user resources"),
    (34, "invalid access control information"),
    (36, "bad ACCOUNT information"),
    (38, "no response from object"),
    (39, "node unreachable"),
    (41, "no link terminate"),
    (42, "disconnect complete"),
    (43, "bad image data in connect"),
    (54, "cryptographic service mismatch"),
];
const VERSIONS: [&str; 4] = ["ver 3.2 ", "ver 3.1 ", "ver 4.0 ", "ver 4.1 "];

/// What an acknowledgement of the other channel is called.
#[derive(Clone, Copy)]
struct Other {
    acknowledges: &'static str,
    acknowledges_not: &'static str,
}

const OTHER: Other = Other { acknowledges: "oack ", acknowledges_not: "onak " };
const OTHER_DATA: Other = Other { acknowledges: "ackdat ", acknowledges_not: "nakdat " };

/// Prints a message.
pub(super) fn print(cx: &mut Context, message: Cursor) -> Outcome {
    if message.length() < HEADER_LENGTH {
        return contradiction(cx, "nsplen", message.length(), '<', HEADER_LENGTH);
    }
    let (flags, destination, source) = (message.u8_at(0)?, message.le16_at(1)?, message.le16_at(3)?);
    let ends = |cx: &mut Context, name: &str| put!(cx, name, source, ">", destination, " ");
    let valid = match (flags & KIND_MASK, flags & SUBKIND_MASK) {
        (DATA, BEGINNING | MIDDLE | END | WHOLE) => {
            ends(cx, "data ");
            put_segment(cx, &message, OTHER)?
        }
        (DATA, INTERRUPT) => {
            put!(cx, "intr ");
            put_segment(cx, &message, OTHER_DATA)?
        }
        (DATA, LINK_SERVICE) => {
            ends(cx, "link-service ");
            message.length() >= 13 && put_segment(cx, &message, OTHER_DATA)? && put_link_service(cx, &message)?
        }
        (ACKNOWLEDGEMENT, FOR_DATA) => {
            ends(cx, "data-ack ");
            put_acknowledgement(cx, &message, OTHER)?
        }
        (ACKNOWLEDGEMENT, FOR_LINK_SERVICE) => {
            ends(cx, "ils-ack ");
            put_acknowledgement(cx, &message, OTHER_DATA)?
        }
        (ACKNOWLEDGEMENT, FOR_CONNECTION) => {
            put!(cx, "conn-ack ", destination);
            true
        }
        (CONTROL, kind @ (CONNECT | CONNECT_AGAIN)) => {
            ends(cx, if kind == CONNECT { "conn-initiate " } else { "retrans-conn-initiate " });
            message.length() >= 9 && put_connection(cx, &message)?
        }
        (CONTROL, CONFIRM) => {
            ends(cx, "conn-confirm ");
            message.length() >= 10 && put_confirmation(cx, &message)?
        }
        (CONTROL, DISCONNECT) => {
            ends(cx, "disconn-initiate ");
            message.length() >= 8 && put_disconnection(cx, &message)?
        }
        (CONTROL, DISCONNECT_CONFIRM) => {
            ends(cx, "disconn-confirm ");
            put_reason(cx, &message)?;
            true
        }
        (kind, _) => {
            let what = match kind {
                DATA => "reserved-subtype? ",
                ACKNOWLEDGEMENT => "reserved-acktype? ",
                CONTROL => "reserved-ctltype? ",
                _ => "reserved-type? ",
            };
            put!(cx, what, Hex(flags), " ", source, " > ", destination);
            true
        }
    };
    if valid { Ok(()) } else { cx.invalid() }
}

fn put_own(cx: &mut Context, number: u16) {
    let refused = number & ACKNOWLEDGES_NOT == ACKNOWLEDGES_NOT;
    put!(cx, if refused { "nak " } else { "ack " }, number & NUMBER_MASK, " ");
}

fn put_other(cx: &mut Context, number: u16, other: Other) {
    let refused = number & OTHER_ACKNOWLEDGES_NOT == OTHER_ACKNOWLEDGES_NOT;
    let name = if refused { other.acknowledges_not } else { other.acknowledges };
    put!(cx, name, number & NUMBER_MASK, " ");
}

/// Acknowledgements, if there are any, and the segment's number; `false` where the message ends before it.
fn put_segment(cx: &mut Context, message: &Cursor, other: Other) -> Outcome<bool> {
    let is_there = |count: u32| message.length() >= HEADER_LENGTH + 2 * count;
    if !is_there(1) {
        return Ok(false);
    }
    let mut number = message.le16_at(NUMBERS_OFFSET)?;
    if number & ACKNOWLEDGES != 0 {
        put_own(cx, number);
        if !is_there(2) {
            return Ok(false);
        }
        number = message.le16_at(NUMBERS_OFFSET + 2)?;
        if number & OTHER_ACKNOWLEDGES != 0 {
            put_other(cx, number, other);
            if !is_there(3) {
                return Ok(false);
            }
            number = message.le16_at(NUMBERS_OFFSET + 4)?;
        }
    }
    put!(cx, "seg ", number & NUMBER_MASK, " ");
    Ok(true)
}

/// One acknowledgement or two; `false` where the message is too short.
fn put_acknowledgement(cx: &mut Context, message: &Cursor, other: Other) -> Outcome<bool> {
    if message.length() < 9 {
        return Ok(false);
    }
    message.need(9)?;
    let (own, second) = (message.le16_at(NUMBERS_OFFSET)?, message.le16_at(NUMBERS_OFFSET + 2)?);
    if own & ACKNOWLEDGES != 0 {
        put_own(cx, own);
        if second & OTHER_ACKNOWLEDGES != 0 {
            put_other(cx, second, other);
        }
    }
    Ok(true)
}

/// How much may be sent.
fn put_link_service(cx: &mut Context, message: &Cursor) -> Outcome<bool> {
    let [flags, count]: [u8; 2] = message.array_at(11)?;
    match (flags >> 2 & 3, flags & 3) {
        (0, modifier) => {
            put!(cx, "dat seg count ", count, " ");
            match modifier {
                0 => {}
                1 => put!(cx, "donotsend-data "),
                2 => put!(cx, "send-data "),
                _ => put!(cx, "reserved-fcmod? ", Hex(flags)),
            }
        }
        (1, _) => put!(cx, "intr req count ", count, " "),
        _ => put!(cx, "reserved-fcval-int? ", Hex(flags)),
    }
    Ok(true)
}

/// Flow control, version and the size of segments.
fn put_connection(cx: &mut Context, message: &Cursor) -> Outcome<bool> {
    let ([services, info], size) = (message.array_at(5)?, message.le16_at(7)?);
    match services >> 2 & 3 {
        1 => put!(cx, "seg "),
        2 => put!(cx, "msg "),
        _ => {}
    }
    put!(cx, VERSIONS.get(usize::from(info & 3)).copied().unwrap_or_default(), "segsize ", size, " ");
    Ok(true)
}

fn put_confirmation(cx: &mut Context, message: &Cursor) -> Outcome<bool> {
    let length = message.u8_at(9)?;
    put_connection(cx, message)?;
    put_optional_length(cx, length);
    Ok(true)
}

fn put_disconnection(cx: &mut Context, message: &Cursor) -> Outcome<bool> {
    let length = message.u8_at(7)?;
    put_reason(cx, message)?;
    put_optional_length(cx, length);
    Ok(true)
}

fn put_reason(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, name_or_number(REASONS, message.le16_at(5)?, "reason-", ""), " ");
    Ok(())
}

fn put_optional_length(cx: &mut Context, length: u8) {
    if length > 0 {
        put!(cx, "optlen ", length, " ");
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    /// The text of a message from 1.2 to 1.1.
    fn text(message: &str) -> String {
        let length = 6 + message.chars().filter(|digit| digit.is_ascii_hexdigit()).count() / 2;
        let packet = format!("6003 {length:02x}00 02 0104 0204 00 {message}");
        ethernet(0, &packet).strip_prefix(&format!("1.2 > 1.1 {length} ")).unwrap().to_owned()
    }

    #[test]
    fn acknowledgements_stand_in_front_of_a_segment_s_number() {
        assert_eq!(text("60 0100 0200 0580 06b0 0700"), "data 2>1 ack 5 onak 6 seg 7 ");
        assert_eq!(text("30 0100 0200 0590 0700"), "intr nak 5 seg 7 ");
        assert_eq!(text("60 0100 0200 0580"), "data 2>1 ack 5  (invalid)");
        assert_eq!(
            text("10 0100 0200 0580 06a0 0700 02 09"),
            "link-service 2>1 ack 5 ackdat 6 seg 7 dat seg count 9 send-data "
        );
    }

    #[test]
    fn a_connection_comes_and_goes() {
        assert_eq!(text("18 0000 0200 0502 0004"), "conn-initiate 2>0 seg ver 4.0 segsize 1024 ");
        assert_eq!(text("38 0100 0200 2700 03"), "disconn-initiate 2>1 node unreachable optlen 3 ");
        assert_eq!(text("48 0100 0200 2a01"), "disconn-confirm 2>1 reason-298 ");
        assert_eq!(text("78 0100 0200"), "reserved-ctltype? 78 2 > 1");
    }
}
