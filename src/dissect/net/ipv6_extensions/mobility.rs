//! The mobility header (RFC 6275 section 6.1) and its options (section 6.2).

use super::length_in_units;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::net::protocol;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const BINDING_REFRESH_REQUEST: u8 = 0;
const HOME_TEST_INIT: u8 = 1;
const CARE_OF_TEST_INIT: u8 = 2;
const HOME_TEST: u8 = 3;
const CARE_OF_TEST: u8 = 4;
const BINDING_UPDATE: u8 = 5;
const BINDING_ACKNOWLEDGEMENT: u8 = 6;
const BINDING_ERROR: u8 = 7;
const MESSAGE_NAMES: &[Name] = &[
    (BINDING_REFRESH_REQUEST as u32, "BRR"),
    (HOME_TEST_INIT as u32, "HoTI"),
    (CARE_OF_TEST_INIT as u32, "CoTI"),
    (HOME_TEST as u32, "HoT"),
    (CARE_OF_TEST as u32, "CoT"),
    (BINDING_UPDATE as u32, "BU"),
    (BINDING_ACKNOWLEDGEMENT as u32, "BA"),
    (BINDING_ERROR as u32, "BE"),
];
const BINDING_UPDATE_FLAGS: &[Name] = &[(0x08, "A"), (0x04, "H"), (0x02, "L"), (0x01, "K")];

/// Where the data of every message starts.
const DATA: usize = 8;

const PAD1: u8 = 0;
const PADN: u8 = 1;
const REFRESH_ADVICE: u8 = 2;
const ALTERNATE_CARE_OF_ADDRESS: u8 = 3;
const NONCE_INDICES: u8 = 4;
const AUTHORIZATION_DATA: u8 = 5;

/// Prints the header, with which the packet's text ends.
pub fn print(cx: &mut Context, header: &Cursor) -> Outcome {
    cx.protocol = "mobility";
    put!(cx, "mobility: ");
    let next = header.u8_at(0)?;
    if next != protocol::NONE {
        put!(cx, "(payload protocol ", next, " should be ", protocol::NONE, ") ");
    }
    let length = length_in_units(header)?;
    let kind = header.u8_at(2)?;
    match lookup(MESSAGE_NAMES, kind) {
        Some(name) => put!(cx, name),
        None => put!(cx, "type-#", kind),
    }
    let minimum = length_min(kind);
    if length < minimum {
        put!(cx, " (header length ", length, " < ", minimum, ")");
        return cx.invalid();
    }
    let options_start = match kind {
        BINDING_REFRESH_REQUEST => DATA,
        HOME_TEST_INIT | CARE_OF_TEST_INIT => put_test_init(cx, header, kind)?,
        HOME_TEST | CARE_OF_TEST => put_test(cx, header, kind)?,
        BINDING_UPDATE => put_binding_update(cx, header)?,
        BINDING_ACKNOWLEDGEMENT => put_binding_acknowledgement(cx, header)?,
        BINDING_ERROR => put_binding_error(cx, header)?,
        _ => {
            put!(cx, " len=", header.u8_at(1)?);
            return Ok(());
        }
    };
    if cx.style.verbose > 0 {
        let options = header.skip(options_start).with_length(length - options_start as u32);
        if !put_options(cx, options)? {
            return cx.invalid();
        }
    }
    Ok(())
}

/// The least length of a message, its options left out.
fn length_min(kind: u8) -> u32 {
    match kind {
        BINDING_REFRESH_REQUEST => 8,
        HOME_TEST_INIT | CARE_OF_TEST_INIT | BINDING_UPDATE | BINDING_ACKNOWLEDGEMENT => 16,
        HOME_TEST | CARE_OF_TEST | BINDING_ERROR => 24,
        _ => 0,
    }
}

/// A value of two words, of the home or the care-of test.
fn put_test_value(cx: &mut Context, header: &Cursor, home: bool, name: &str, at: usize) -> Outcome {
    if cx.style.verbose > 0 {
        let (high, low) = (header.be32_at(at)?, header.be32_at(at + 4)?);
        put!(cx, if home { " Home " } else { " Care-of " }, name, "=", Hex0(high, 8), ":", Hex0(low, 8));
    }
    Ok(())
}

fn put_test_init(cx: &mut Context, header: &Cursor, kind: u8) -> Outcome<usize> {
    put_test_value(cx, header, kind == HOME_TEST_INIT, "Init Cookie", DATA)?;
    Ok(DATA + 8)
}

fn put_test(cx: &mut Context, header: &Cursor, kind: u8) -> Outcome<usize> {
    put!(cx, " nonce id=0x", Hex(header.be16_at(6)?));
    put_test_value(cx, header, kind == HOME_TEST, "Init Cookie", DATA)?;
    put_test_value(cx, header, kind == HOME_TEST, "Keygen Token", DATA + 8)?;
    Ok(DATA + 16)
}

/// Lifetimes count units of 4 seconds.
fn seconds(units: u16) -> u32 {
    u32::from(units) * 4
}

fn put_binding_update(cx: &mut Context, header: &Cursor) -> Outcome<usize> {
    put!(cx, " seq#=", header.be16_at(6)?);
    let flags = header.u8_at(DATA)? >> 4;
    if flags != 0 {
        put!(cx, " ");
        put_bits(&mut cx.out, BINDING_UPDATE_FLAGS, flags.into(), "", "");
    }
    put!(cx, " lifetime=", seconds(header.be16_at(DATA + 2)?));
    Ok(DATA + 4)
}

fn put_binding_acknowledgement(cx: &mut Context, header: &Cursor) -> Outcome<usize> {
    put!(cx, " status=", header.u8_at(6)?);
    if header.u8_at(7)? & 0x80 != 0 {
        put!(cx, " K");
    }
    put!(cx, " seq#=", header.be16_at(DATA)?);
    put!(cx, " lifetime=", seconds(header.be16_at(DATA + 2)?));
    Ok(DATA + 4)
}

fn put_binding_error(cx: &mut Context, header: &Cursor) -> Outcome<usize> {
    put!(cx, " status=", header.u8_at(6)?);
    header.need(DATA + 16)?;
    put!(cx, " homeaddr ");
    cx.ipv6_at(header, DATA)?;
    Ok(DATA + 16)
}

/// Whether `length` octets are left for an option; says if not.
fn remain(cx: &mut Context, options: &Cursor, length: u32) -> bool {
    let enough = options.length() >= length;
    if !enough {
        put!(cx, " [remaining length ", options.length(), " < ", length, "]");
    }
    enough
}

/// Prints the options; `false` when one does not fit.
fn put_options(cx: &mut Context, options: Cursor) -> Outcome<bool> {
    let mut rest = options;
    while rest.length() > 0 {
        let kind = rest.u8_at(0)?;
        let mut length = 1;
        if kind != PAD1 {
            if !remain(cx, &rest, 2) {
                return Ok(false);
            }
            length = u32::from(rest.u8_at(1)?) + 2;
        }
        if !remain(cx, &rest, length) {
            return Ok(false);
        }
        rest.need(length as usize)?;
        if !put_option(cx, kind, length, &rest)? {
            return Ok(false);
        }
        rest = rest.skip(length as usize);
    }
    Ok(true)
}

/// Prints one option. `rest` starts with it and has the others behind it, into which an option that
/// is too short for its kind reaches, as it does in tcpdump.
fn put_option(cx: &mut Context, kind: u8, length: u32, rest: &Cursor) -> Outcome<bool> {
    let (name, minimum) = match kind {
        PAD1 => ("(pad1)", 1),
        PADN => ("(padn)", 2),
        REFRESH_ADVICE => ("(refresh: ", 4),
        ALTERNATE_CARE_OF_ADDRESS => ("(alt-CoA: ", 18),
        NONCE_INDICES => ("(ni: ", 6),
        AUTHORIZATION_DATA => ("(auth)", 12),
        _ => ("(unknown: ", 2),
    };
    put!(cx, name);
    if !remain(cx, rest, minimum) {
        return Ok(false);
    }
    match kind {
        PAD1 | PADN | AUTHORIZATION_DATA => {}
        REFRESH_ADVICE => put!(cx, seconds(rest.be16_at(2)?), ")"),
        ALTERNATE_CARE_OF_ADDRESS => {
            cx.ipv6_at(rest, 2)?;
            put!(cx, ")");
        }
        NONCE_INDICES => put!(cx, "ho=0x", Hex0(rest.be16_at(2)?, 4), " co=0x", Hex0(rest.be16_at(4)?, 4), ")"),
        _ => put!(cx, "type-#", kind, " len=", length - 2, ")"),
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::tests::text;

    #[test]
    fn an_option_that_does_not_fit_is_invalid_and_ends_the_text() {
        let start = "::1 > ::2: mobility: BRR";
        let without_header = |text: String| text.split_once(") ").map(|(_, text)| text.to_owned()).unwrap_or_default();
        let with_options = |options: [u8; 8]| {
            let header = [&[59, 1, 0, 0, 0, 0, 0, 0], &options[..]].concat();
            without_header(text(1, 135, &header))
        };
        assert_eq!(with_options([0, 1, 1, 0, 2, 2, 0, 5]), format!("{start}(pad1)(padn)(refresh: 20)"));
        assert_eq!(with_options([0, 0, 4, 4, 0, 1, 0, 2]), format!("{start}(pad1)(pad1)(ni: ho=0x0001 co=0x0002)"));
        assert_eq!(
            with_options([9, 1, 0, 0, 0, 0, 3, 1]),
            format!("{start}(unknown: type-#9 len=1)(pad1)(pad1)(pad1) [remaining length 2 < 3] (invalid)")
        );
    }
}
