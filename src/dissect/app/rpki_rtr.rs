//! The protocol between a cache of the Resource Public Key Infrastructure and a router (RFC 6810).

use crate::dissect::app::prefix::Version;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const SERIAL_NOTIFY: u8 = 0;
const SERIAL_QUERY: u8 = 1;
const RESET_QUERY: u8 = 2;
const CACHE_RESPONSE: u8 = 3;
const IPV4_PREFIX: u8 = 4;
const IPV6_PREFIX: u8 = 6;
const END_OF_DATA: u8 = 7;
const CACHE_RESET: u8 = 8;
const ERROR_REPORT: u8 = 10;
const PDUS: &[Name] = &[
    (SERIAL_NOTIFY as u32, "Serial Notify"),
    (SERIAL_QUERY as u32, "Serial Query"),
    (RESET_QUERY as u32, "Reset Query"),
    (CACHE_RESPONSE as u32, "Cache Response"),
    (IPV4_PREFIX as u32, "IPV4 Prefix"),
    (IPV6_PREFIX as u32, "IPV6 Prefix"),
    (END_OF_DATA as u32, "End of Data"),
    (CACHE_RESET as u32, "Cache Reset"),
    (ERROR_REPORT as u32, "Error Report"),
];

const ERRORS: &[Name] = &[
    (0, "Corrupt Data"),
    (1, "Internal Error"),
    (2, "No Data Available"),
    (3, "Invalid Request"),
    (4, "Unsupported Protocol Version"),
    (5, "Unsupported PDU Type"),
    (6, "Withdrawal of Unknown Record"),
    (7, "Duplicate Announcement Received"),
];

/// Octets of the version, the type, a session or error code, and the length.
const HEADER_LENGTH: u32 = 8;
/// Where the session is, or the error code.
const SESSION: usize = 2;
const LENGTH: usize = 4;
const VALUE: usize = HEADER_LENGTH as usize;

/// Whether a PDU is itself, or in the report of an error. Errors in reports in reports are not followed up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outer,
    Reported,
}

impl Place {
    /// What stands in front of a PDU's fields.
    fn indent(self) -> &'static str {
        match self {
            Place::Outer => "\n\t  ",
            Place::Reported => "\n\t    ",
        }
    }
}

/// Prints the PDUs of a segment.
pub fn print(cx: &mut Context, segment: Cursor) -> Outcome {
    cx.protocol = "rpki_rtr";
    if cx.style.verbose == 0 {
        put!(cx, ", RPKI-RTR");
        return Ok(());
    }
    let mut rest = segment;
    while rest.length() > 0 {
        let length = print_pdu(cx, &rest, Place::Outer)?;
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// Prints a PDU. The result is how many octets it took: all there are, if where it ends is not known.
fn print_pdu(cx: &mut Context, pdu: &Cursor, place: Place) -> Outcome<u32> {
    let available = pdu.length();
    if available < HEADER_LENGTH {
        put!(cx, "(", available, " bytes is too few to decode)");
        return invalid(cx, pdu);
    }
    let version = pdu.u8_at(0)?;
    if version != 0 {
        put!(cx, "\n\tRPKI-RTRv", version, " (unknown)");
        return Ok(available);
    }
    let (kind, length) = (pdu.u8_at(1)?, pdu.be32_at(LENGTH)?);
    let name = lookup(PDUS, kind).unwrap_or("Unknown");
    put!(cx, "\n\tRPKI-RTRv", version, ", ", name, " PDU (", kind, "), length: ", length);
    if !(HEADER_LENGTH..=available).contains(&length) || !print_value(cx, kind, pdu, length, place)? {
        return invalid(cx, pdu);
    }
    if cx.style.verbose > 1 || lookup(PDUS, kind).is_none() {
        put_hex_lines(cx, "\n\t  ", pdu, length);
    }
    Ok(length)
}

/// What does not make sense takes all that is left, which has to be there.
fn invalid(cx: &mut Context, pdu: &Cursor) -> Outcome<u32> {
    cx.invalid()?;
    pdu.need(pdu.length() as usize)?;
    Ok(pdu.length())
}

/// Prints a PDU's fields; says whether it has the length that it needs.
fn print_value(cx: &mut Context, kind: u8, pdu: &Cursor, length: u32, place: Place) -> Outcome<bool> {
    let needed = match kind {
        SERIAL_NOTIFY | SERIAL_QUERY | END_OF_DATA => 12,
        RESET_QUERY | CACHE_RESET | CACHE_RESPONSE => HEADER_LENGTH,
        IPV4_PREFIX => 20,
        IPV6_PREFIX => 32,
        ERROR_REPORT => return print_error(cx, pdu, length, place),
        _ => return pdu.need(length as usize).map(|()| true),
    };
    if length != needed {
        return Ok(false);
    }
    match kind {
        SERIAL_NOTIFY | SERIAL_QUERY | END_OF_DATA => {
            let (session, serial) = (pdu.be16_at(SESSION)?, pdu.be32_at(VALUE)?);
            put!(cx, place.indent(), "Session ID: 0x", Hex0(session, 4), ", Serial: ", serial);
        }
        CACHE_RESPONSE => put!(cx, place.indent(), "Session ID: 0x", Hex0(pdu.be16_at(SESSION)?, 4)),
        IPV4_PREFIX => put_prefix(cx, pdu, Version::V4, "IPv4 Prefix ", place)?,
        IPV6_PREFIX => put_prefix(cx, pdu, Version::V6, "IPv6 Prefix ", place)?,
        _ => {}
    }
    Ok(true)
}

/// A prefix, how long a prefix in it may be, and the AS that it may originate from.
fn put_prefix(cx: &mut Context, pdu: &Cursor, version: Version, name: &str, place: Place) -> Outcome {
    let (flags, length, length_max) = (pdu.u8_at(VALUE)?, pdu.u8_at(VALUE + 1)?, pdu.u8_at(VALUE + 2)?);
    let address = version.address_at(pdu, VALUE + 4)?;
    let system = pdu.be32_at(VALUE + 4 + version.bits() / 8)?;
    put!(cx, place.indent(), name);
    cx.host(address);
    put!(cx, "/", length, "-", length_max, ", origin-as ", system, ", flags 0x", Hex0(flags, 2));
    Ok(())
}

/// The report of an error: the PDU that it is about, and a text (RFC 6810 section 5.10). Lengths are added up in
/// 32 bits, whatever they hold.
fn print_error(cx: &mut Context, pdu: &Cursor, length: u32, place: Place) -> Outcome<bool> {
    let mut offset = HEADER_LENGTH + 4;
    if length < offset {
        return Ok(false);
    }
    let (reported_length, code) = (pdu.be32_at(VALUE)?, pdu.be16_at(SESSION)?);
    put!(cx, place.indent(), "Error code: ", lookup(ERRORS, code).unwrap_or("Unknown"), " (", code, ")");
    put!(cx, ", Encapsulated PDU length: ", reported_length);
    if reported_length > 0 {
        let end = offset.wrapping_add(reported_length);
        if length < end {
            return Ok(false);
        }
        if place == Place::Reported {
            pdu.need(end as usize)?;
        } else {
            put!(cx, "\n\t    -----encapsulated PDU-----");
            let reported = pdu.skip(offset as usize).with_length(reported_length);
            print_pdu(cx, &reported, Place::Reported)?;
        }
        offset = end;
    }
    if length < offset.wrapping_add(4) {
        return Ok(false);
    }
    let text_length = pdu.be32_at(offset as usize)?;
    offset = offset.wrapping_add(4);
    if text_length > 0 {
        if length < offset.wrapping_add(text_length) {
            return Ok(false);
        }
        put!(cx, place.indent(), "Error text: ");
        cx.escaped_field(&pdu.skip(offset as usize), text_length as usize)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(segment: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(segment, segment.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }
    #[test]
    fn an_error_report_holds_the_pdu_and_a_text() {
        assert_eq!(
            text(b"\0\x0a\0\0\0\0\0\x1b\0\0\0\x08\0\x02\0\0\0\0\0\x08\0\0\0\x03bye"),
            "\n\tRPKI-RTRv0, Error Report PDU (10), length: 27\
             \n\t  Error code: Corrupt Data (0), Encapsulated PDU length: 8\
             \n\t    -----encapsulated PDU-----\n\tRPKI-RTRv0, Reset Query PDU (2), length: 8\
             \n\t  Error text: bye"
        );
    }

    #[test]
    fn lengths_that_overflow_end_in_a_truncation() {
        assert_eq!(
            text(b"\0\x0a\0\0\0\0\0\x14\xff\xff\xff\xfc\0\x02\0\0\0\0\0\x08"),
            "\n\tRPKI-RTRv0, Error Report PDU (10), length: 20\
             \n\t  Error code: Corrupt Data (0), Encapsulated PDU length: 4294967292\
             \n\t    -----encapsulated PDU-----\n\tRPKI-RTRv0, Reset Query PDU (2), length: 8\
             \n\t  Error text: ^@^B^@^@^@^@^@^H [|rpki_rtr]"
        );
    }

    #[test]
    fn a_pdu_of_another_length_than_its_type_has_is_invalid() {
        let pdu = b"\0\x04\0\0\0\0\0\x13\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(text(pdu), "\n\tRPKI-RTRv0, IPV4 Prefix PDU (4), length: 19 (invalid)");
    }
}
