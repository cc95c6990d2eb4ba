//! Remote Authentication Dial In User Service (RFC 2865 section 3; the attributes of many later RFCs).

mod attributes;
mod locations;
mod names;
mod times;
mod values;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::lookup;
use crate::dissect::put::Hex0;
use crate::put;
use attributes::ATTRIBUTES;

/// Code, identifier, length and authenticator.
const HEADER_LENGTH: u32 = 20;
const AUTHENTICATOR_LENGTH: usize = 16;
/// RFC 2865 section 3.
const LENGTH_MAX: u32 = 4096;
/// Type and length.
const ATTRIBUTE_HEADER_LENGTH: u32 = 2;

/// Prints a packet, at `-v` with its attributes.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "radius";
    cx.protocol_caps();
    if packet.length() < HEADER_LENGTH {
        return cx.invalid_because("length", packet.length(), "<", HEADER_LENGTH);
    }
    let length = u32::from(packet.be16_at(2)?);
    if length < HEADER_LENGTH {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH);
    }
    for bound in [LENGTH_MAX, packet.length()] {
        if length > bound {
            return cx.invalid_because("length", length, ">", bound);
        }
    }
    let (code, identifier) = (packet.u8_at(0)?, packet.u8_at(1)?);
    let name = lookup(names::CODES, code).unwrap_or("Unknown Command");
    if cx.style.verbose == 0 {
        put!(cx, ", ", name, " (", code, "), id: 0x", Hex0(identifier, 2), ", length: ", length);
        return packet.need(HEADER_LENGTH as usize);
    }
    put!(cx, ", length: ", length, "\n\t", name, " (", code, "), id: 0x", Hex0(identifier, 2));
    put!(cx, ", Authenticator: ");
    let mut authenticator = packet.skip(4);
    for _ in 0..AUTHENTICATOR_LENGTH {
        put!(cx, Hex0(authenticator.u8()?, 2));
    }
    print_attributes(cx, packet.skip(HEADER_LENGTH as usize).with_length(length - HEADER_LENGTH))
}

fn print_attributes(cx: &mut Context, attributes: Cursor) -> Outcome {
    let mut rest = attributes;
    while rest.length() > 0 {
        if rest.length() < ATTRIBUTE_HEADER_LENGTH {
            return cx.invalid_because("length", rest.length(), "<", ATTRIBUTE_HEADER_LENGTH);
        }
        let (kind, length) = (rest.u8_at(0)?, u32::from(rest.u8_at(1)?));
        let known = ATTRIBUTES.get(usize::from(kind));
        put!(cx, "\n\t  ", known.map_or("Unknown", |(name, _)| name), " Attribute (", kind, "), length: ", length);
        if length < ATTRIBUTE_HEADER_LENGTH {
            return cx.invalid_because("length", length, "<", ATTRIBUTE_HEADER_LENGTH);
        }
        if length > rest.length() {
            return cx.invalid_because("length", length, ">", rest.length());
        }
        put!(cx, ", Value: ");
        let value = rest.skip(ATTRIBUTE_HEADER_LENGTH as usize).with_length(length - ATTRIBUTE_HEADER_LENGTH);
        if let Some((_, kind)) = known.filter(|_| value.length() > 0) {
            values::print(cx, kind, value)?;
        }
        if cx.style.verbose > 1 {
            dump::hex_at(&mut cx.out, "\n\t    ", value.limit(value.length()).captured(), 0);
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    /// The text of the attributes.
    fn text(attributes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        if print_attributes(&mut cx, Cursor::new(attributes, attributes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn an_attribute_longer_than_the_packet_ends_it() {
        assert_eq!(text(&[1, 9, b'a']), "\n\t  User-Name Attribute (1), length: 9 [length 9 > 3] (invalid)");
        assert_eq!(
            text(&[1, 3, b'a', 7]),
            "\n\t  User-Name Attribute (1), length: 3, Value: a [length 1 < 2] (invalid)"
        );
        assert_eq!(text(&[200, 1]), "\n\t  Unknown Attribute (200), length: 1 [length 1 < 2] (invalid)");
    }

    #[test]
    fn a_value_of_the_wrong_length_is_invalid_and_the_next_is_printed() {
        assert_eq!(
            text(&[5, 5, 1, 2, 3, 6, 6, 0, 0, 0, 99, 27, 6, 0, 0, 14, 17]),
            "\n\t  NAS-Port Attribute (5), length: 5, Value:  [length 3 != 4] (invalid)\
             \n\t  Service-Type Attribute (6), length: 6, Value: #99\
             \n\t  Session-Timeout Attribute (27), length: 6, Value: 01:00:01 hours"
        );
    }

    #[test]
    fn control_characters_of_texts_become_dots_and_a_nul_ends_them() {
        assert_eq!(text(&[1, 7, b'a', 0x1b, 0xe9, 0, b'b']), "\n\t  User-Name Attribute (1), length: 7, Value: a..");
    }
}
