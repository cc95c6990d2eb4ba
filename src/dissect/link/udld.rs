//! UniDirectional Link Detection (RFC 5171).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const HEADER_LENGTH: u32 = 4;
/// Octets of a field's type and length, which the length includes.
const FIELD_HEADER_LENGTH: u16 = 4;

const CODES: &[Name] = &[(0, "Reserved"), (1, "Probe message"), (2, "Echo message"), (3, "Flush message")];
const FLAGS: &[Name] = &[
    (0x01, "RT"),
    (0x02, "RSY"),
    (0x04, "MBZ-2"),
    (0x08, "MBZ-3"),
    (0x10, "MBZ-4"),
    (0x20, "MBZ-5"),
    (0x40, "MBZ-6"),
    (0x80, "MBZ-7"),
];

const DEVICE_ID: u16 = 1;
const PORT_ID: u16 = 2;
const ECHO: u16 = 3;
const MESSAGE_INTERVAL: u16 = 4;
const TIMEOUT_INTERVAL: u16 = 5;
const DEVICE_NAME: u16 = 6;
const SEQUENCE_NUMBER: u16 = 7;
const FIELDS: &[Name] = &[
    (DEVICE_ID as u32, "Device-ID TLV"),
    (PORT_ID as u32, "Port-ID TLV"),
    (ECHO as u32, "Echo TLV"),
    (MESSAGE_INTERVAL as u32, "Message Interval TLV"),
    (TIMEOUT_INTERVAL as u32, "Timeout Interval TLV"),
    (DEVICE_NAME as u32, "Device Name TLV"),
    (SEQUENCE_NUMBER as u32, "Sequence Number TLV"),
];

/// Prints a message: what it is, and with `-v` its fields.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "udld";
    cx.protocol_caps();
    let length = message.length();
    if length < HEADER_LENGTH {
        return cx.invalid_rest(&message);
    }
    let (version_code, bits) = (message.u8_at(0)?, message.u8_at(1)?);
    let code = version_code & 0x1f;
    put!(cx, "v", version_code >> 5, ", Code ", name_or(CODES, code, "Reserved"), " (", Hex(code));
    put!(cx, "), Flags [", flags(FLAGS, bits, "none"), "] (0x", Hex0(bits, 2), "), length ", length);
    let mut rest = message.skip(2);
    if cx.style.verbose == 0 {
        return rest.need(rest.length() as usize);
    }
    put!(cx, "\n\tChecksum 0x", Hex0(rest.be16()?, 4), " (unverified)");
    while rest.length() > 0 {
        if !print_field(cx, &mut rest)? {
            return cx.invalid_rest(&rest);
        }
    }
    Ok(())
}

/// Prints a field and steps over it; `false` when its length cannot be.
fn print_field(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    if rest.length() < FIELD_HEADER_LENGTH.into() {
        return Ok(false);
    }
    let (kind, length) = (rest.be16()?, rest.be16()?);
    put!(cx, "\n\t", name_or(FIELDS, kind, "Unknown"), " (0x", Hex0(kind, 4), ") TLV, length ", length);
    if length <= FIELD_HEADER_LENGTH {
        return Ok(false);
    }
    let length = usize::from(length - FIELD_HEADER_LENGTH);
    if (rest.length() as usize) < length {
        return Ok(false);
    }
    match (kind, length) {
        (DEVICE_ID | PORT_ID | DEVICE_NAME, _) => {
            put!(cx, ", ");
            cx.escaped_padded_field(rest, length)?;
        }
        (ECHO, _) => {
            put!(cx, ", ");
            cx.escaped_field(rest, length)?;
        }
        (MESSAGE_INTERVAL | TIMEOUT_INTERVAL, 1) => put!(cx, ", ", rest.u8_at(0)?, "s"),
        (SEQUENCE_NUMBER, 4) => put!(cx, ", ", rest.be32_at(0)?),
        (MESSAGE_INTERVAL | TIMEOUT_INTERVAL | SEQUENCE_NUMBER, _) => return Ok(false),
        _ => rest.need(length)?,
    }
    *rest = rest.skip(length);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_field_without_a_value_is_invalid() {
        assert_eq!(
            ethernet(1, "001a aaaa03 00000c 0111 21 03 abcd 0007 0008 00000009 0001 0004 0000"),
            "UDLDv1, Code Probe message (1), Flags [RT, RSY] (0x03), length 18\n\tChecksum 0xabcd (unverified)\
             \n\tSequence Number TLV (0x0007) TLV, length 8, 9\n\tDevice-ID TLV (0x0001) TLV, length 4 (invalid)"
        );
    }
}
