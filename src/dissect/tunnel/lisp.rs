//! Locator/ID Separation Protocol, its control messages (RFC 6830 section 6.1); the registrations in full.

use super::lisp_records;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::put;

const HEADER_LENGTH: u32 = 16;
const MAP_REGISTER: u8 = 3;
const MAP_NOTIFY: u8 = 4;
const TYPES: &[Name] = &[
    (0, "Reserved"),
    (1, "Map-Request"),
    (2, "Map-Reply"),
    (MAP_REGISTER as u32, "Map-Register"),
    (MAP_NOTIFY as u32, "Map-Notify"),
    (8, "Encapsulated-Control-Message"),
];

/// Identifiers of the tunnel router and its site are behind the records.
const REGISTER_IDENTIFIED: u32 = 0x0200_0000;
const NOTIFY_IDENTIFIED: u32 = 0x0800_0000;
const REGISTER_FLAGS: &[Name] = &[
    (0x0800_0000, "P-Proxy-Map-Reply"),
    (0x0400_0000, "S-LISP-SEC-Capable"),
    (REGISTER_IDENTIFIED, "I-xTR-ID-Present"),
    (0x0100_0000, "R-Build-For-RTR"),
    (0x0000_0100, "M-Want-Map-Notify"),
];
const NOTIFY_FLAGS: &[Name] = &[(NOTIFY_IDENTIFIED, "I-xTR-ID-Present"), (0x0400_0000, "R-Build-For-RTR")];

const AUTHENTICATION: &[Name] = &[(0, "None"), (1, "SHA1"), (2, "SHA256")];
const ROUTER_ID_LENGTH: usize = 16;

/// Prints a control message.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "lisp";
    cx.protocol_caps();
    if packet.length() < HEADER_LENGTH {
        return cx.invalid_because("length", packet.length(), "<", HEADER_LENGTH);
    }
    let kind = packet.u8_at(0)? >> 4;
    match lookup(TYPES, kind) {
        Some(name) => put!(cx, "-", name, ","),
        None => put!(cx, "-unknown-type-", kind, ","),
    }
    let (flag_names, identified) = match kind {
        MAP_REGISTER => (REGISTER_FLAGS, REGISTER_IDENTIFIED),
        MAP_NOTIFY => (NOTIFY_FLAGS, NOTIFY_IDENTIFIED),
        _ => return packet.need(HEADER_LENGTH as usize),
    };
    let flags = packet.be32_at(0)?;
    if cx.style.verbose > 0 {
        put!(cx, " flags [");
        put_bits(&mut cx.out, flag_names, flags, ", ", "none");
        put!(cx, "],");
    }
    let Some((records, count)) = put_authentication(cx, packet)? else { return Ok(()) };
    if count == 0 {
        return cx.invalid_because("record count", 0, "==", 0);
    }
    match lisp_records::print(cx, records, count)? {
        Some(rest) if flags & identified != 0 => put_identifiers(cx, rest),
        Some(rest) => put_rest(cx, rest),
        None => Ok(()),
    }
}

/// The record count and how the records are authenticated; the result is the records and their count.
fn put_authentication<'p>(cx: &mut Context, packet: Cursor<'p>) -> Outcome<Option<(Cursor<'p>, u8)>> {
    let length = u32::from(packet.be16_at(14)?);
    let count = packet.u8_at(3)?;
    if cx.style.verbose > 0 {
        let algorithm = lookup(AUTHENTICATION, packet.be16_at(12)?).unwrap_or("unknown-type");
        put!(cx, "\n    ", count, " record(s), Authentication ", algorithm, ",");
    } else {
        put!(cx, " ", count, " record(s),");
    }
    let rest = packet.skip(HEADER_LENGTH as usize);
    if length > rest.length() {
        cx.invalid_because("authentication data length", length, ">", rest.length())?;
        return Ok(None);
    }
    if cx.style.verbose > 0 {
        put_hex(cx, "\n    Authentication-Data: ", &rest, length as usize)?;
    }
    Ok(Some((rest.skip(length as usize), count)))
}

fn put_identifiers(cx: &mut Context, data: Cursor) -> Outcome {
    put_hex(cx, "\n    xTR-ID: ", &data, ROUTER_ID_LENGTH)?;
    put!(cx, "\n    SITE-ID: ", data.be64_at(ROUTER_ID_LENGTH)?);
    Ok(())
}

/// Whatever is left, to the end of the capture.
fn put_rest(cx: &mut Context, data: Cursor) -> Outcome {
    put_hex(cx, "\n    Data: ", &data, data.captured().len())
}

/// Octets in hexadecimal, as far as they were captured.
fn put_hex(cx: &mut Context, indent: &str, data: &Cursor, count: usize) -> Outcome {
    let captured = data.captured();
    dump::hex_at(&mut cx.out, indent, captured.get(..count).unwrap_or(captured), 0);
    data.need(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_registration_without_records_is_invalid() {
        let bytes = [0x30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
        assert_eq!(text(0, &bytes), "LISP-Map-Register, 0 record(s), [record count 0 == 0] (invalid)");
    }

    #[test]
    fn authentication_data_longer_than_the_packet_is_invalid() {
        let bytes = [0x40, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 9];
        let expected = "LISP-Map-Notify, flags [none],\n    1 record(s), Authentication SHA1, \
                        [authentication data length 9 > 0] (invalid)";
        assert_eq!(text(1, &bytes), expected);
    }
}
