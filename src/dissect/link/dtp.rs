//! Dynamic Trunking Protocol (Cisco): whether a port becomes a trunk.

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const DOMAIN: u16 = 1;
const STATUS: u16 = 2;
const TRUNK_TYPE: u16 = 3;
const NEIGHBOR: u16 = 4;
const FIELDS: &[Name] = &[
    (DOMAIN as u32, "Domain"),
    (STATUS as u32, "Status"),
    (TRUNK_TYPE as u32, "DTP type"),
    (NEIGHBOR as u32, "Neighbor"),
];

/// Octets of a field's type and length, which the length includes.
const FIELD_HEADER_LENGTH: u32 = 4;

/// Prints a message: its version, and with `-v` its fields.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "dtp";
    cx.protocol_caps();
    if message.length() < 1 {
        put!(cx, "[zero packet length]");
        return cx.invalid_rest(&message);
    }
    put!(cx, "v", message.u8_at(0)?, ", length ", message.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let mut rest = message.skip(1);
    while rest.length() > 0 {
        if rest.length() < FIELD_HEADER_LENGTH {
            put!(cx, "[", rest.length(), " bytes remaining]");
            return cx.invalid_rest(&rest);
        }
        let (kind, length) = (rest.be16_at(0)?, rest.be16_at(2)?);
        // Some devices pad with zeros.
        if kind == 0 {
            return Ok(());
        }
        put!(cx, "\n\t", name_or(FIELDS, kind, "Unknown"), " (0x", Hex0(kind, 4), ") TLV, length ", length);
        let length = u32::from(length);
        if length < FIELD_HEADER_LENGTH || length > rest.length() {
            put!(cx, "[TLV length ", length, "]");
            return cx.invalid_rest(&rest);
        }
        if !print_value(cx, kind, rest.skip(4).with_length(length - FIELD_HEADER_LENGTH))? {
            return cx.invalid_rest(&rest);
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// Prints a field's value; `false` when it is of the wrong length.
fn print_value(cx: &mut Context, kind: u16, value: Cursor) -> Outcome<bool> {
    match (kind, value.length()) {
        (DOMAIN, length) => {
            put!(cx, ", ");
            cx.escaped_padded_field(&value, length as usize)?;
        }
        (STATUS | TRUNK_TYPE, 1) => put!(cx, ", 0x", Hex(value.u8_at(0)?)),
        (NEIGHBOR, 6) => {
            let address = value.array_at(0)?;
            put!(cx, ", ");
            cx.mac(Mac(address));
        }
        (STATUS | TRUNK_TYPE | NEIGHBOR, _) => return Ok(false),
        (_, length) => value.need(length as usize)?,
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn fields_are_decoded_until_one_has_the_wrong_length() {
        assert_eq!(
            ethernet(1, "0024 aaaa03 00000c 2004 01 0001 0006 6100 0002 0005 83 0004 000a 000102030405 0003 0006 0101"),
            "DTPv1, length 28\n\tDomain (0x0001) TLV, length 6, a\n\tStatus (0x0002) TLV, length 5, 0x83\
             \n\tNeighbor (0x0004) TLV, length 10, 00:01:02:03:04:05\
             \n\tDTP type (0x0003) TLV, length 6 (invalid)"
        );
    }
}
