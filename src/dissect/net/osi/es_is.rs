//! End System to Intermediate System (ISO 9542): who is on a subnetwork, and the better way.

use super::{Dissected, checksum, expect, put_nsap, put_protocols, put_short_header, separator};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::named::{name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::octets::Colons;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 1;
/// The fixed part.
const HEADER_LENGTH: u8 = 9;
const CHECKSUM_OFFSET: usize = 7;
/// With an address, however short.
const HEADER_LENGTH_MIN: u8 = HEADER_LENGTH + 2;

const TYPE_MASK: u8 = 0x1f;
const END_SYSTEM_HELLO: u8 = 2;
const INTERMEDIATE_SYSTEM_HELLO: u8 = 4;
const REDIRECT: u8 = 6;
const TYPES: &[Name] =
    &[(REDIRECT as u32, "redirect"), (END_SYSTEM_HELLO as u32, "ESH"), (INTERMEDIATE_SYSTEM_HELLO as u32, "ISH")];

const PROTOCOLS: u8 = 129;
const CONFIGURATION_TIME: u8 = 198;
const OPTIONS: &[Name] = &[
    (PROTOCOLS as u32, "Protocols supported"),
    (195, "QoS Maintenance"),
    (197, "Security"),
    (CONFIGURATION_TIME as u32, "ES Configuration Time"),
    (205, "Priority"),
    (225, "Address Mask"),
    (226, "SNPA Mask"),
];

/// Prints a packet.
pub(super) fn print(cx: &mut Context, packet: Cursor) -> Dissected {
    cx.protocol = "esis";
    put!(cx, if cx.style.link_header { "" } else { "ES-IS" });
    let length = packet.length();
    if length <= 2 {
        put!(cx, if cx.style.quiet > 0 { "bad pkt!" } else { "no header at all!" });
        return Ok(());
    }
    expect(&packet, HEADER_LENGTH.into())?;
    let (header_length, version) = (packet.u8_at(1)?, packet.u8_at(2)?);
    if version != VERSION {
        put!(cx, " version ", version, " packet not supported");
        return Ok(());
    }
    if u32::from(header_length) > length {
        put!(cx, " length indicator(", header_length, ") > PDU size (", length, ")!");
        return Ok(());
    }
    if header_length < HEADER_LENGTH_MIN {
        put_short_header(cx, header_length, &packet);
        return Ok(());
    }
    let kind = packet.u8_at(4)? & TYPE_MASK;
    put!(cx, separator(cx));
    if cx.style.verbose == 0 {
        put!(cx, name_or_number(TYPES, kind, "unknown type (", ")"), ", length ", length);
        return Ok(());
    }
    put!(cx, "length ", length, "\n\t", name_or_number(TYPES, kind, "unknown type: ", ""), " (", kind, ")");
    put_fixed_part(cx, &packet, header_length)?;
    // What is left of the packet, as far as the header's length goes.
    let mut header = packet.skip(HEADER_LENGTH.into()).with_length((header_length - HEADER_LENGTH).into());
    let complete = match kind {
        REDIRECT => put_redirect(cx, &mut header)?,
        END_SYSTEM_HELLO => put_end_system(cx, &mut header)?,
        INTERMEDIATE_SYSTEM_HELLO => put_entity(cx, &mut header, "ish")?,
        _ => {
            if cx.style.verbose <= 1 {
                put_hex_lines(cx, "\n\t  ", &header, u32::MAX);
            }
            false
        }
    };
    while complete && header.length() > 0 && put_option(cx, &mut header)? {}
    Ok(())
}

fn put_fixed_part(cx: &mut Context, packet: &Cursor, header_length: u8) -> Dissected {
    let checksum = packet.be16_at(CHECKSUM_OFFSET)?;
    put!(cx, ", v: ", VERSION, ", checksum: 0x", Hex0(checksum, 4));
    checksum::put_verdict(cx, packet, checksum, CHECKSUM_OFFSET, header_length.into());
    put!(cx, ", holding time: ", packet.be16_at(5)?, "s, length indicator: ", header_length);
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t", packet, HEADER_LENGTH.into());
    }
    Ok(())
}

/// Takes one octet; nothing where the header ends before it.
fn octet(cx: &mut Context, header: &mut Cursor, message: &str) -> Dissected<Option<u8>> {
    expect(header, 1)?;
    if header.length() < 1 {
        put!(cx, ", bad ", message, "/li");
        return Ok(None);
    }
    Ok(Some(header.u8()?))
}

/// Takes an address: where it starts, and its length; nothing where the header ends in it.
fn address<'p>(cx: &mut Context, header: &mut Cursor<'p>, message: &str) -> Dissected<Option<(Cursor<'p>, u8)>> {
    let Some(length) = octet(cx, header, message)? else { return Ok(None) };
    let address = octets(cx, header, length, message)?;
    Ok(address.map(|address| (address, length)))
}

/// Takes `length` octets: where they start; nothing where the header ends in them.
fn octets<'p>(cx: &mut Context, header: &mut Cursor<'p>, length: u8, message: &str) -> Dissected<Option<Cursor<'p>>> {
    expect(header, length.into())?;
    if header.length() < length.into() {
        put!(cx, ", bad ", message, "/li");
        return Ok(None);
    }
    let octets = *header;
    *header = header.skip(length.into());
    Ok(Some(octets))
}

/// A destination, and where on the subnetwork the better way starts. `false` where the header ends too soon.
fn put_redirect(cx: &mut Context, header: &mut Cursor) -> Dissected<bool> {
    let message = "redirect";
    let Some((destination, length)) = address(cx, header, message)? else { return Ok(false) };
    put!(cx, "\n\t  ");
    put_nsap(cx, &destination, length)?;
    let Some((station, station_length)) = address(cx, header, message)? else { return Ok(false) };
    let before = header.length();
    let Some(entity_length) = octet(cx, header, message)? else { return Ok(false) };
    // tcpdump forgets to count the octet with the length of the last address.
    *header = header.with_length(before);
    let Some(entity) = octets(cx, header, entity_length, message)? else { return Ok(false) };
    put!(cx, "\n\t  SNPA (length: ", station_length, "): ");
    put_station(cx, &station, station_length)?;
    if entity_length != 0 {
        put!(cx, "\n\t  NET (length: ", entity_length, ") ");
        put_nsap(cx, &entity, entity_length)?;
    }
    Ok(true)
}

/// The address of a station on its subnetwork.
fn put_station(cx: &mut Context, station: &Cursor, length: u8) -> Dissected {
    match station.bytes_at(0, length.into())? {
        &[a, b, c, d, e, f] => cx.mac(Mac([a, b, c, d, e, f])),
        octets => put!(cx, Colons(octets)),
    }
    Ok(())
}

/// The addresses of an end system.
fn put_end_system(cx: &mut Context, header: &mut Cursor) -> Dissected<bool> {
    let Some(count) = octet(cx, header, "esh")? else { return Ok(false) };
    put!(cx, "\n\t  Number of Source Addresses: ", count);
    for _ in 0..count {
        if !put_entity(cx, header, "esh")? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The title of a network entity.
fn put_entity(cx: &mut Context, header: &mut Cursor, message: &str) -> Dissected<bool> {
    let Some((title, length)) = address(cx, header, message)? else { return Ok(false) };
    put!(cx, "\n\t  NET (length: ", length, "): ");
    put_nsap(cx, &title, length)?;
    Ok(true)
}

/// Takes an option; `false` where the header ends in it.
fn put_option(cx: &mut Context, header: &mut Cursor) -> Dissected<bool> {
    if header.length() < 2 {
        put!(cx, ", bad opts/li");
        return Ok(false);
    }
    let (option, length) = (header.u8()?, header.u8()?);
    if u32::from(length) > header.length() {
        put!(cx, ", opt (", option, ") too long");
        return Ok(false);
    }
    put!(cx, "\n\t  ", name_or(OPTIONS, option, "Unknown"), " Option #", option, ", length ", length, ", value: ");
    match (option, length) {
        (CONFIGURATION_TIME, 2) => {
            expect(header, 2)?;
            put!(cx, header.be16_at(0)?, "s");
        }
        (CONFIGURATION_TIME, _) => put!(cx, "(bad length)"),
        (PROTOCOLS, _) => put_protocols(cx, header, length)?,
        _ => put_hex_lines(cx, "\n\t  ", header, length.into()),
    }
    // tcpdump has counted the list of protocols down to nothing by now, and takes it for options again.
    let stepped = if option == PROTOCOLS { 0 } else { length };
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t  ", header, stepped.into());
    }
    *header = header.skip(stepped.into()).with_length(header.length() - u32::from(length));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    fn text(length: &str, kind: &str, rest: &str) -> String {
        let text = ethernet(1, &["0050 fefe03 82", length, "0100", kind, "0010 0000", rest].concat());
        text.split_once("length indicator").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    #[test]
    fn a_list_of_protocols_is_read_twice() {
        assert_eq!(
            text("11", "04", "0249 00 8102 81cc 0101"),
            ": 17\n\t  NET (length: 2): 49.00\n\t  Protocols supported Option #129, length 2, \
             value: CLNP (0x81), IPv4 (0xcc), bad opts/li"
        );
    }

    #[test]
    fn a_redirect_names_a_station_by_the_length_of_its_address() {
        assert_eq!(
            text("15", "06", "0149 06 001122334455 02 4900"),
            ": 21\n\t  49\n\t  SNPA (length: 6): 00:11:22:33:44:55\n\t  NET (length: 2) 49.00, bad opts/li"
        );
        assert_eq!(text("0c", "06", "01 49 01 00"), ": 12\n\t  49, bad redirect/li");
    }
}
