//! Transmission Control Protocol (RFC 9293).

use super::tcp_flags::{self, ACK, FIN, Flags, RST, SYN, URG};
use super::{ports, put_endpoints, tcp_options};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{IpHeader, protocol, put_hosts};
use crate::dissect::put::Hex0;
use crate::put;
use crate::tcp::relative::Endpoints;

/// Octets of the header without options.
pub const HEADER_LENGTH_MIN: u32 = 20;

/// Octets of text in a reset that are shown (RFC 9293 section 3.5.3 allows text).
const RESET_DATA_MAX: u32 = 30;
/// A reset's diagnostic payload starts with this (draft-ietf-tcpm-rst-diagnostic-payload).
const RESET_DIAGNOSTIC: u16 = 0x33aa;
const RESET_CAUSES: &[Name] = &[
    (0, "Reserved"),
    (1, "Illegal option length"),
    (2, "Desynchronized state"),
    (3, "New data is received after CLOSE is called"),
    (4, "ABORT process"),
    (5, "Unexpected ACK received by non-synchronized state connection"),
    (6, "Unexpected SYN in the window"),
    (7, "Unexpected security compartment"),
    (8, "Malformed message"),
    (9, "Not authorized"),
    (10, "Resource exceeded"),
    (11, "Network failure"),
    (12, "Reset received from the peer"),
    (13, "Destination unreachable"),
    (14, "Connection timeout"),
    (15, "Too much outstanding data"),
    (16, "Unacceptable performance"),
    (17, "Middlebox interference"),
];

/// The header's fields, and its numbers as they are printed.
struct Header {
    flags: u16,
    sequence: u32,
    acknowledgement: u32,
    window: u16,
    urgent: u16,
    /// What the edges of SACK blocks count from.
    sack_origin: u32,
}

/// Prints a segment and what it carries.
pub fn print(cx: &mut Context, segment: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "tcp";
    cx.segment_at = Some(cx.out.len());
    if !segment.has(4) {
        put_hosts(cx, ip, ":");
        return Err(Truncated);
    }
    let ports = (segment.be16_at(0)?, segment.be16_at(2)?);
    put_endpoints(cx, ip, protocol::TCP, ports, Context::tcp_port);
    let length = segment.length();
    let header_length = u32::from(segment.u8_at(12)? >> 4) * 4;
    if header_length < HEADER_LENGTH_MIN {
        return put_too_short(cx, header_length, length);
    }
    let mut header = read_header(&segment)?;
    if cx.style.quiet > 0 {
        put!(cx, "tcp ", length.wrapping_sub(header_length));
        return if header_length > length { put_too_long(cx, header_length, length) } else { Ok(()) };
    }
    put!(cx, Flags(header.flags));
    if header.flags & ACK != 0 && !cx.style.absolute_sequence_numbers {
        make_relative(cx, &mut header, ip, ports);
    }
    if header_length > length {
        return put_too_long(cx, header_length, length);
    }
    if cx.style.verbose > 0 && !cx.style.leave_checksums && !ip.fragmented {
        put_checksum(cx, &segment, ip)?;
    }
    let data_length = length - header_length;
    put_numbers(cx, &header, data_length);
    if header_length > HEADER_LENGTH_MIN {
        let options = segment.skip(HEADER_LENGTH_MIN as usize).with_length(header_length - HEADER_LENGTH_MIN);
        if !tcp_options::print(cx, options, &segment, header.flags, header.sack_origin, ip)? {
            return Ok(());
        }
    }
    put!(cx, ", length ", data_length);
    if data_length == 0 {
        return Ok(());
    }
    if !segment.has(header_length as usize) {
        return put_cut_header(cx, &segment, header_length);
    }
    let data = segment.skip(header_length as usize);
    if header.flags & RST == 0 { ports::tcp(cx, data, ports.0, ports.1, ip) } else { print_reset_data(cx, &data) }
}

#[inline]
fn read_header(segment: &Cursor) -> Outcome<Header> {
    Ok(Header {
        sequence: segment.be32_at(4)?,
        acknowledgement: segment.be32_at(8)?,
        flags: segment.be16_at(12)? & tcp_flags::MASK,
        window: segment.be16_at(14)?,
        urgent: segment.be16_at(18)?,
        sack_origin: 0,
    })
}

/// Says that the header does not fit in the segment.
#[cold]
fn put_too_long(cx: &mut Context, header_length: u32, length: u32) -> Outcome {
    put!(cx, " [bad hdr length ", header_length, " - too long, > ", length, "]");
    cx.invalid()
}

/// Says that the header is shorter than any.
#[cold]
fn put_too_short(cx: &mut Context, header_length: u32, length: u32) -> Outcome {
    put!(cx, " tcp ", length.wrapping_sub(header_length), " [bad hdr length ", header_length);
    put!(cx, " - too short, < ", HEADER_LENGTH_MIN, "]");
    cx.invalid()
}

#[inline]
fn make_relative(cx: &mut Context, header: &mut Header, ip: &IpHeader, ports: (u16, u16)) {
    let ends = Endpoints { source: (ip.source, ports.0), destination: (ip.destination, ports.1) };
    let syn = header.flags & SYN != 0;
    let numbers = cx.relative.numbers(&ends, syn, header.sequence, header.acknowledgement);
    header.sequence = numbers.sequence;
    header.acknowledgement = numbers.acknowledgement;
    header.sack_origin = numbers.sack_origin;
}

/// What the checksum is worth, if the whole segment was captured.
fn put_checksum(cx: &mut Context, segment: &Cursor, ip: &IpHeader) -> Outcome {
    let Ok(octets) = segment.bytes_at(0, segment.length() as usize) else { return Ok(()) };
    let found = segment.be16_at(16)?;
    put!(cx, ", cksum 0x", Hex0(found, 4));
    match checksum::verify(ip.pseudo_header(protocol::TCP, segment.length())?, octets, found) {
        Verdict::Correct => put!(cx, " (correct)"),
        Verdict::ShouldBe(right) => put!(cx, " (incorrect -> 0x", Hex0(right, 4), ")"),
    }
    Ok(())
}

/// Sequence and acknowledgement number, window and urgent pointer, where they mean something.
#[inline]
fn put_numbers(cx: &mut Context, header: &Header, data_length: u32) {
    let very_verbose = cx.style.verbose > 1;
    if very_verbose || data_length > 0 || header.flags & (SYN | FIN | RST) != 0 {
        put!(cx, ", seq ", header.sequence);
        if data_length > 0 {
            put!(cx, ":", header.sequence.wrapping_add(data_length));
        }
    }
    if header.flags & ACK != 0 {
        put!(cx, ", ack ", header.acknowledgement);
    } else if very_verbose && header.acknowledgement != 0 {
        put!(cx, ", [ack ", header.acknowledgement, " != 0 while ACK flag not set]");
    }
    put!(cx, ", win ", header.window);
    if header.flags & URG != 0 {
        put!(cx, ", urg ", header.urgent);
    } else if very_verbose && header.urgent != 0 {
        put!(cx, ", [urg ", header.urgent, " != 0 while URG flag not set]");
    }
}

/// Says that the capture ends in the options.
#[cold]
fn put_cut_header(cx: &mut Context, segment: &Cursor, header_length: u32) -> Outcome {
    let remaining = segment.captured().len();
    put!(cx, " [remaining caplen(", remaining, ") < header length(", header_length, ")]");
    Err(Truncated)
}

/// What a reset carries.
#[cold]
fn print_reset_data(cx: &mut Context, data: &Cursor) -> Outcome {
    if cx.style.verbose > 0 {
        put_reset_data(cx, data)?;
    }
    data.need(data.length() as usize)
}

/// The text or the diagnostic payload of a reset.
fn put_reset_data(cx: &mut Context, data: &Cursor) -> Outcome {
    let length = data.length();
    put!(cx, " [RST", if length > RESET_DATA_MAX { "+" } else { "" });
    if length == 8 && data.be16_at(0)? == RESET_DIAGNOSTIC {
        put!(cx, ": ");
        let (code, enterprise) = (data.be16_at(2)?, data.be32_at(4)?);
        match lookup(RESET_CAUSES, code) {
            Some(cause) if cx.style.verbose > 1 && enterprise == 0 => put!(cx, cause),
            _ => put!(cx, "code ", code, ", pen ", enterprise),
        }
    } else {
        put!(cx, " ");
        cx.escaped_field(data, length.min(RESET_DATA_MAX) as usize)?;
    }
    put!(cx, "]");
    Ok(())
}
