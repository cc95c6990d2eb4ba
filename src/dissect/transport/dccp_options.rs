//! Options of DCCP (RFC 4340 section 5.8 and those that it refers to).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::HexBytes;
use crate::put;

const CHANGE_L: u8 = 32;
const CONFIRM_L: u8 = 33;
const CHANGE_R: u8 = 34;
const CONFIRM_R: u8 = 35;
const INIT_COOKIE: u8 = 36;
const NDP_COUNT: u8 = 37;
const ACK_VECTOR_0: u8 = 38;
const ACK_VECTOR_1: u8 = 39;
const DATA_DROPPED: u8 = 40;
const TIMESTAMP: u8 = 41;
const TIMESTAMP_ECHO: u8 = 42;
const ELAPSED_TIME: u8 = 43;
const DATA_CHECKSUM: u8 = 44;
/// Options below this are a lone octet, those from here on have a length.
const FIRST_WITH_LENGTH: u8 = 32;
/// Options from here on belong to the congestion control in use.
const FIRST_OF_CCID: u8 = 128;
const NAMES: &[Name] = &[
    (0, "nop"),
    (1, "mandatory"),
    (2, "slowreceiver"),
    (CHANGE_L as u32, "change_l"),
    (CONFIRM_L as u32, "confirm_l"),
    (CHANGE_R as u32, "change_r"),
    (CONFIRM_R as u32, "confirm_r"),
    (INIT_COOKIE as u32, "initcookie"),
    (NDP_COUNT as u32, "ndp_count"),
    (ACK_VECTOR_0 as u32, "ack_vector0"),
    (ACK_VECTOR_1 as u32, "ack_vector1"),
    (DATA_DROPPED as u32, "data_dropped"),
    (TIMESTAMP as u32, "timestamp"),
    (TIMESTAMP_ECHO as u32, "timestamp_echo"),
    (ELAPSED_TIME as u32, "elapsed_time"),
    (DATA_CHECKSUM as u32, "data_checksum"),
];
const FEATURES: &[Name] = &[
    (0, "reserved"),
    (1, "ccid"),
    (2, "allow_short_seqno"),
    (3, "sequence_window"),
    (4, "ecn_incapable"),
    (5, "ack_ratio"),
    (6, "send_ack_vector"),
    (7, "send_ndp_count"),
    (8, "minimum_checksum_coverage"),
    (9, "check_data_checksum"),
];

/// Prints the options, of which `options` claims as many octets as the header has for them.
pub fn print(cx: &mut Context, options: Cursor) -> Outcome {
    put!(cx, " <");
    let mut rest = options;
    loop {
        let Some(length) = put_option(cx, &rest)? else { return cx.invalid() };
        if rest.length() <= length {
            break;
        }
        rest = rest.skip(length as usize);
        put!(cx, ", ");
    }
    put!(cx, ">");
    Ok(())
}

/// Prints the option that `rest` starts with; the result is its length, or `None` when it is wrong.
fn put_option(cx: &mut Context, rest: &Cursor) -> Outcome<Option<u32>> {
    let kind = rest.u8_at(0)?;
    match lookup(NAMES, kind) {
        _ if kind >= FIRST_OF_CCID => put!(cx, "CCID option ", kind),
        Some(name) => put!(cx, name),
        None => put!(cx, "option-type-", kind),
    }
    let mut length = 1;
    if kind >= FIRST_WITH_LENGTH {
        length = u32::from(rest.u8_at(1)?);
        if !check(cx, "optlen", length, "<", 2, length >= 2) {
            return Ok(None);
        }
    }
    if !check(cx, "remaining length", rest.length(), "<", length, rest.length() >= length) {
        return Ok(None);
    }
    let value = rest.skip(2).with_length(length.saturating_sub(2));
    Ok(put_value(cx, kind, length, &value)?.then_some(length))
}

/// Passes on whether a field is `right`; prints how it breaks its bound if not.
fn check(cx: &mut Context, field: &str, value: u32, operator: &str, bound: u32, right: bool) -> bool {
    if !right {
        put!(cx, " [", field, " ", value, " ", operator, " ", bound, "]");
    }
    right
}

fn at_least(cx: &mut Context, length: u32, minimum: u32) -> bool {
    check(cx, "optlen", length, "<", minimum, length >= minimum)
}

/// Prints what stands behind type and length; `false` when the length is wrong for the type.
fn put_value(cx: &mut Context, kind: u8, length: u32, value: &Cursor) -> Outcome<bool> {
    let valid = match kind {
        0..=2 => true,
        FIRST_OF_CCID.. => match length {
            4 | 6 => put_number(cx, value)?,
            _ => put_hex(cx, value)?,
        },
        CHANGE_L | CHANGE_R => at_least(cx, length, 4) && put_feature(cx, value)?,
        CONFIRM_L | CONFIRM_R => at_least(cx, length, 3) && put_feature(cx, value)?,
        INIT_COOKIE | ACK_VECTOR_0 | ACK_VECTOR_1 | DATA_DROPPED => at_least(cx, length, 3) && put_hex(cx, value)?,
        NDP_COUNT => {
            at_least(cx, length, 3) && check(cx, "optlen", length, ">", 8, length <= 8) && put_octets(cx, value)?
        }
        TIMESTAMP => check(cx, "optlen", length, "!=", 6, length == 6) && put_number(cx, value)?,
        DATA_CHECKSUM => check(cx, "optlen", length, "!=", 6, length == 6) && put_hex(cx, value)?,
        TIMESTAMP_ECHO => put_timestamp_echo(cx, length, value)?,
        ELAPSED_TIME => match length {
            4 | 6 => put_number(cx, value)?,
            _ => {
                put!(cx, " [optlen != 4 or 6]");
                false
            }
        },
        _ => false,
    };
    Ok(valid)
}

/// A number as wide as the option has room for, 2 or 4 octets.
fn put_number(cx: &mut Context, value: &Cursor) -> Outcome<bool> {
    let number = if value.length() == 2 { u32::from(value.be16_at(0)?) } else { value.be32_at(0)? };
    put!(cx, " ", number);
    Ok(true)
}

/// The octets in hexadecimal, as far as they were captured.
fn put_hex(cx: &mut Context, value: &Cursor) -> Outcome<bool> {
    let count = value.length() as usize;
    put!(cx, " 0x", HexBytes(value.limit(value.length()).captured()));
    value.need(count)?;
    Ok(true)
}

/// The octets as so many numbers.
fn put_octets(cx: &mut Context, value: &Cursor) -> Outcome<bool> {
    for at in 0..value.length() as usize {
        put!(cx, " ", value.u8_at(at)?);
    }
    Ok(true)
}

/// A feature and the values that are proposed or confirmed for it.
fn put_feature(cx: &mut Context, value: &Cursor) -> Outcome<bool> {
    let feature = value.u8_at(0)?;
    match lookup(FEATURES, feature) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " feature-number-", feature, " (invalid)"),
    }
    put_octets(cx, &value.skip(1))
}

fn put_timestamp_echo(cx: &mut Context, length: u32, value: &Cursor) -> Outcome<bool> {
    if !matches!(length, 6 | 8 | 10) {
        put!(cx, " [optlen != 6 or 8 or 10]");
        return Ok(false);
    }
    put!(cx, " ", value.be32_at(0)?);
    match length {
        8 => put!(cx, " (elapsed time ", value.be16_at(4)?, ")"),
        10 => put!(cx, " (elapsed time ", value.be32_at(4)?, ")"),
        _ => {}
    }
    Ok(true)
}
