//! Connectionless Network Protocol (ISO 8473-1 section 7).

use super::{Dissected, End, checksum, expect, put_nsap, put_short_header, separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::nlpid;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const VERSION: u8 = 1;
/// The fixed part.
const HEADER_LENGTH: u8 = 9;
const CHECKSUM_OFFSET: usize = 7;
const SEGMENTATION_LENGTH: u8 = 6;

const TYPE_MASK: u8 = 0x1f;
const ERROR_REPORT: u8 = 1;
const ECHO_RESPONSE: u8 = 31;
const TYPES: &[Name] = &[
    (ERROR_REPORT as u32, "Error Report"),
    (29, "MD"),
    (28, "Data"),
    (30, "Echo Request"),
    (ECHO_RESPONSE as u32, "Echo Response"),
];

const SEGMENTATION_PERMITTED: u8 = 0x80;
const FLAGS: &[Name] = &[
    (SEGMENTATION_PERMITTED as u32, "Segmentation permitted"),
    (0x40, "more Segments"),
    (0x20, "request Error Report"),
];

const DISCARD_REASON: u8 = 193;
const QUALITY_OF_SERVICE: u8 = 195;
const SECURITY: u8 = 197;
const SOURCE_ROUTING: u8 = 200;
const ROUTE_RECORDING: u8 = 203;
const PADDING: u8 = 204;
const PRIORITY: u8 = 205;
const OPTIONS: &[Name] = &[
    (DISCARD_REASON as u32, "Discard Reason"),
    (PRIORITY as u32, "Priority"),
    (QUALITY_OF_SERVICE as u32, "QoS Maintenance"),
    (SECURITY as u32, "Security"),
    (SOURCE_ROUTING as u32, "Source Routing"),
    (ROUTE_RECORDING as u32, "Route Recording"),
    (PADDING as u32, "Padding"),
];

const SCOPE_MASK: u8 = 0xc0;
const SCOPE_GLOBAL: u8 = 0xc0;
const SCOPES: &[Name] = &[
    (0x40, "Source Address Specific"),
    (0x80, "Destination Address Specific"),
    (SCOPE_GLOBAL as u32, "Globally unique"),
];
const QUALITIES: &[Name] = &[
    (0x20, "reserved"),
    (0x10, "sequencing vs. delay"),
    (0x08, "congested"),
    (0x04, "delay vs. cost"),
    (0x02, "error vs. delay"),
    (0x01, "error vs. cost"),
];
const ROUTE_KINDS: &[Name] = &[(0, "partial"), (1, "complete")];

/// ISO 8473-1 table 9: the class of an error, its name, and those of its members.
const REASONS: &[(u8, &str, &[&str])] = &[
    (
        0,
        "General",
        &[
            "Reason not specified",
            "Protocol procedure error",
            "Incorrect checksum",
            "PDU discarded due to congestion",
            "Header syntax error (cannot be parsed)",
            "Segmentation needed but not permitted",
            "Incomplete PDU received",
            "Duplicate option",
        ],
    ),
    (8, "Address", &["Destination address unreachable", "Destination address unknown"]),
    (
        9,
        "Source Routeing",
        &[
            "Unspecified source routeing error",
            "Syntax error in source routeing field",
            "Unknown address in source routeing field",
            "Path not acceptable",
        ],
    ),
    (10, "Lifetime", &["Lifetime expired while data unit in transit", "Lifetime expired during reassembly"]),
    (
        11,
        "PDU Discarded",
        &[
            "Unsupported option not specified",
            "Unsupported protocol version",
            "Unsupported security option",
            "Unsupported source routeing option",
            "Unsupported recording of route option",
        ],
    ),
    (12, "Reassembly", &["Reassembly interference"]),
];

const ADDRESSES_MISSING: &str = "li < size of fixed part of CLNP header and addresses";

/// Prints a packet.
pub(super) fn print(cx: &mut Context, packet: Cursor) -> Dissected {
    cx.protocol = "clnp";
    expect(&packet, HEADER_LENGTH.into())?;
    let (header_length, version, kind) = (packet.u8_at(1)?, packet.u8_at(2)?, packet.u8_at(4)?);
    let length = packet.length();
    if !cx.style.link_header {
        cx.protocol_caps();
    }
    if version != VERSION {
        put!(cx, "version ", version, " packet not supported");
        return Err(End::Undecodable);
    }
    if u32::from(header_length) > length {
        put!(cx, " length indicator(", header_length, ") > PDU size (", length, ")!");
        return Err(End::Undecodable);
    }
    if header_length < HEADER_LENGTH {
        put_short_header(cx, header_length, &packet);
        return Err(End::Undecodable);
    }
    // What is left of the header, as far as its length goes.
    let mut header = packet.skip(HEADER_LENGTH.into()).with_length((header_length - HEADER_LENGTH).into());
    let destination = address(cx, &mut header)?;
    let source = address(cx, &mut header)?;
    let number = kind & TYPE_MASK;
    if cx.style.verbose == 0 {
        put!(cx, separator(cx));
        put_nsap(cx, &source.0, source.1)?;
        put!(cx, " > ");
        put_nsap(cx, &destination.0, destination.1)?;
        put!(cx, ", ", name_or_number(TYPES, number, "unknown (", ")"), ", length ", length);
        return Ok(());
    }
    put!(cx, separator(cx), "length ", length);
    put_fixed_part(cx, &packet, kind)?;
    put!(cx, "\n\tsource address (length ", source.1, "): ");
    put_nsap(cx, &source.0, source.1)?;
    put!(cx, "\n\tdest   address (length ", destination.1, "): ");
    put_nsap(cx, &destination.0, destination.1)?;
    if kind & SEGMENTATION_PERMITTED != 0 {
        put_segmentation(cx, &mut header)?;
    }
    while header.length() > 0 {
        put_option(cx, &mut header)?;
    }
    put_data(cx, number, packet.skip(header_length.into()))
}

/// Takes an address: where it starts, and its length.
fn address<'p>(cx: &mut Context, header: &mut Cursor<'p>) -> Dissected<(Cursor<'p>, u8)> {
    if header.length() < 1 {
        put!(cx, ADDRESSES_MISSING);
        return Err(End::Undecodable);
    }
    let length = header.u8()?;
    if header.length() < length.into() {
        put!(cx, ADDRESSES_MISSING);
        return Err(End::Undecodable);
    }
    expect(header, length.into())?;
    let address = *header;
    *header = header.skip(length.into());
    Ok((address, length))
}

fn put_fixed_part(cx: &mut Context, packet: &Cursor, kind: u8) -> Dissected {
    let (length, lifetime, checksum) = (packet.u8_at(1)?, packet.u8_at(3)?, packet.be16_at(CHECKSUM_OFFSET)?);
    put!(cx, "\n\t", name_or_number(TYPES, kind & TYPE_MASK, "unknown (", ")"), " PDU, hlen: ", length);
    // The lifetime counts half seconds.
    put!(cx, ", v: ", VERSION, ", lifetime: ", lifetime / 2, ".", lifetime % 2 * 5, "s");
    put!(cx, ", Segment PDU length: ", packet.be16_at(5)?, ", checksum: 0x", Hex0(checksum, 4));
    checksum::put_verdict(cx, packet, checksum, CHECKSUM_OFFSET, length.into());
    put!(cx, "\n\tFlags [", flags(FLAGS, kind & !TYPE_MASK, "none"), "]");
    Ok(())
}

fn put_segmentation(cx: &mut Context, header: &mut Cursor) -> Dissected {
    if header.length() < SEGMENTATION_LENGTH.into() {
        put!(cx, "li < size of fixed part of CLNP header, addresses, and segment part");
        return Err(End::Undecodable);
    }
    expect(header, SEGMENTATION_LENGTH.into())?;
    put!(cx, "\n\tData Unit ID: 0x", Hex0(header.be16()?, 4), ", Segment Offset: ", header.be16()?);
    put!(cx, ", Total PDU Length: ", header.be16()?);
    Ok(())
}

/// Takes an option.
fn put_option(cx: &mut Context, header: &mut Cursor) -> Dissected {
    if header.length() < 2 {
        put!(cx, ", bad opts/li");
        return Err(End::Undecodable);
    }
    let (option, length) = (header.u8()?, header.u8()?);
    if u32::from(length) > header.length() {
        put!(cx, ", opt (", option, ") too long");
        return Err(End::Undecodable);
    }
    expect(header, length.into())?;
    put!(cx, "\n\t  ", name_or(OPTIONS, option, "Unknown"), " Option #", option, ", length ", length, ", value: ");
    let value = header.limit(length.into());
    put_option_value(cx, option, &value)?;
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t  ", &value, length.into());
    }
    *header = header.skip(length.into());
    Ok(())
}

fn put_option_value(cx: &mut Context, option: u8, value: &Cursor) -> Dissected {
    let least = match option {
        ROUTE_RECORDING | SOURCE_ROUTING | SECURITY => 2,
        PRIORITY | QUALITY_OF_SERVICE | DISCARD_REASON => 1,
        _ => 0,
    };
    if value.length() < least {
        put!(cx, ", bad opt len");
        return Err(End::Undecodable);
    }
    match option {
        ROUTE_RECORDING | SOURCE_ROUTING => put_route(cx, option, value)?,
        PRIORITY => put!(cx, "0x", Hex(value.u8_at(0)? & 0x0f)),
        QUALITY_OF_SERVICE => {
            let scope = value.u8_at(0)?;
            put!(cx, "\n\t    Format Code: ", name_or(SCOPES, scope & SCOPE_MASK, "Reserved"));
            if scope & SCOPE_MASK == SCOPE_GLOBAL {
                put!(cx, "\n\t    QoS Flags [", flags(QUALITIES, scope & !SCOPE_MASK, "none"), "]");
            }
        }
        SECURITY => {
            let scope = name_or(SCOPES, value.u8_at(0)? & SCOPE_MASK, "Reserved");
            put!(cx, "\n\t    Format Code: ", scope, ", Security-Level ", value.u8_at(1)?);
        }
        DISCARD_REASON => put_discard_reason(cx, value.u8_at(0)?),
        PADDING => put!(cx, "padding data"),
        _ => put_hex_lines(cx, "\n\t  ", value, value.length()),
    }
    Ok(())
}

/// A route that was taken, or is to be taken.
fn put_route(cx: &mut Context, option: u8, value: &Cursor) -> Dissected {
    let what = if option == SOURCE_ROUTING { "source routing" } else { "recording of route in progress" };
    put!(cx, name_or(ROUTE_KINDS, value.u8_at(0)?, "Unknown"), " ", what);
    let offset = value.u8_at(1)?;
    if offset == 0 {
        put!(cx, " Bad NSAP offset (0)");
        return Ok(());
    }
    if u32::from(offset) - 1 > value.length() {
        put!(cx, " Bad NSAP offset (past end of option)");
        return Ok(());
    }
    let route = value.skip(usize::from(offset) - 1);
    let mut remaining = route.length();
    while remaining > 0 {
        // tcpdump shows the first address as often as it would fit into what is left.
        let length = route.u8_at(0)?;
        if remaining < u32::from(length) + 1 {
            put!(cx, "\n\t    NSAP address goes past end of option");
            break;
        }
        if length > 0 {
            put!(cx, "\n\t    NSAP address (length ", length, "): ");
            put_nsap(cx, &route.skip(1), length)?;
        }
        remaining -= u32::from(length) + 1;
    }
    Ok(())
}

fn put_discard_reason(cx: &mut Context, reason: u8) {
    let (class, member) = (reason >> 4, reason & 0x0f);
    let (name, members) = match REASONS.iter().find(|(number, ..)| *number == class) {
        Some((_, name, members)) => (*name, *members),
        None => ("Unknown", &[][..]),
    };
    let error = members.get(usize::from(member)).copied().unwrap_or("Unknown");
    put!(cx, "\n\t    Class: ", name, " Error (0x", Hex(class), "), ", error, " (0x", Hex(member), ")");
}

/// What the packet carries: in a report, the packet that was discarded.
fn put_data(cx: &mut Context, kind: u8, data: Cursor) -> Dissected {
    if matches!(kind, ERROR_REPORT | ECHO_RESPONSE) && data.u8_at(0)? == nlpid::CLNP {
        put!(cx, "\n\t-----original packet-----\n\t");
        let mut outcome = Ok(());
        cx.nested(|cx| {
            outcome = print(cx, data);
            Ok(())
        })?;
        return match outcome {
            Err(End::Undecodable) => Ok(()),
            outcome => outcome,
        };
    }
    if data.length() > 0 {
        put!(cx, "\n\t  undecoded non-header data, length ", data.length());
        put_hex_lines(cx, "\n\t  ", &data, data.length());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    /// An LLC header, and the fixed part of a CLNP header of `length` octets.
    fn text(verbose: u8, length: &str, kind: &str, rest: &str) -> String {
        let frame = ["0050 fefe03 81", length, "0140", kind, "0000 0000", rest].concat();
        let text = ethernet(verbose, &frame);
        text.rsplit_once("dest   address").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    #[test]
    fn a_header_that_ends_in_its_addresses_is_dumped() {
        let dump = "\n\t0x0000:  810b 0140 1c00 0000 0002 4900 0133";
        assert_eq!(
            text(0, "0b", "1c", "0249000133"),
            format!("CLNPli < size of fixed part of CLNP header and addresses{dump}")
        );
        assert_eq!(text(0, "0e", "1c", "0249000133"), "CLNP, 33 > 49.00, Data, length 14");
    }

    #[test]
    fn a_route_repeats_its_first_address() {
        assert_eq!(
            text(1, "16", "1c", "02490001 33 cb06 0003 0249 0002 99"),
            " (length 2): 49.00\n\t  Route Recording Option #203, length 6, value: partial recording of route in \
             progress\n\t    NSAP address (length 2): 49.00\n\t    NSAP address goes past end of option\
             \n\t  undecoded non-header data, length 1\n\t  0x0000:  99"
        );
    }

    #[test]
    fn an_error_report_shows_the_packet_it_holds() {
        let inner = "81 0e 0140 1c00 0000 00 02 4900 01 33";
        let report = ["0050 fefe03 81 11 0140 01 0000 0000 02490001 33 c101 b1", inner].concat();
        assert!(ethernet(1, &report).contains("\n\t-----original packet-----\n\tCLNP, length 14\n\tData PDU"));
    }
}
