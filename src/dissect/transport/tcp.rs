//! Transmission Control Protocol (RFC 9293).

use super::tcp_flags::{self, ACK, FIN, Flags, RST, SYN, URG};
use super::{begin_line, ports, tcp_options};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::line::{Append, Line};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{IpHeader, protocol, put_hosts};
use crate::dissect::put::Hex0;
use crate::dissect::short::Short;
use crate::put;
use crate::tcp::ends::Key;
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
pub struct Header {
    flags: u16,
    sequence: u32,
    acknowledgement: u32,
    window: u16,
    urgent: u16,
    /// What the edges of SACK blocks count from.
    sack_origin: u32,
    /// Octets behind the header.
    data_length: u32,
}

/// Prints a segment and what it carries.
pub fn print(cx: &mut Context, segment: Cursor, ip: &IpHeader) -> Outcome {
    if !segment.has(4) {
        cx.protocol = "tcp";
        cx.segment_at = Some(cx.out.len());
        put_hosts(cx, ip, ":");
        return Err(Truncated);
    }
    let ports = (segment.be16_at(0)?, segment.be16_at(2)?);
    let mut room = cx.take_room();
    let mut line = room.begin();
    let header = append_header(cx, &mut line, &segment, ip, ports, None);
    cx.give_back(room);
    print_rest(cx, &segment, header, ports, ip)
}

/// Appends ends and header of a segment to a line, which goes out then. The key of its connection, if it is known.
#[inline(always)]
pub fn append_header(
    cx: &mut Context,
    line: &mut Line,
    segment: &Cursor,
    ip: &IpHeader,
    ports: (u16, u16),
    key: Option<Key>,
) -> Outcome<Option<Header>> {
    cx.protocol = "tcp";
    cx.segment_at = Some(cx.out.len() + line.length());
    begin_line(cx, line, ip, protocol::TCP, ports, Context::tcp_port);
    let header = print_header(cx, line, segment, ip, (ports, key));
    line.flush(&mut cx.out);
    header
}

/// Prints what is behind the header that was appended.
#[inline(always)]
pub fn print_rest(
    cx: &mut Context,
    segment: &Cursor,
    header: Outcome<Option<Header>>,
    ports: (u16, u16),
    ip: &IpHeader,
) -> Outcome {
    match header? {
        Some(header) if header.data_length > 0 => print_data(cx, segment, &header, ports, ip),
        _ => Ok(()),
    }
}

/// Prints the header, its last part into the line. `None` where nothing is to follow.
#[inline(always)]
fn print_header(
    cx: &mut Context,
    line: &mut Line,
    segment: &Cursor,
    ip: &IpHeader,
    (ports, key): ((u16, u16), Option<Key>),
) -> Outcome<Option<Header>> {
    let length = segment.length();
    let header_length = u32::from(segment.u8_at(12)? >> 4) * 4;
    if header_length < HEADER_LENGTH_MIN {
        return put_too_short(cx, line, header_length, length);
    }
    let mut header = read_header(segment)?;
    if cx.style.quiet > 0 {
        return put_length_only(cx, line, header_length, length);
    }
    Flags(header.flags).append(line);
    if header.flags & ACK != 0 && !cx.style.absolute_sequence_numbers {
        let key = key.unwrap_or_else(|| key_of(cx, ip, ports));
        make_relative(cx, &mut header, key);
    }
    if header_length > length {
        return put_too_long(cx, line, header_length, length);
    }
    if cx.style.verbose > 0 && !cx.style.leave_checksums && !ip.fragmented {
        line.flush(&mut cx.out);
        put_checksum(cx, segment, ip)?;
    }
    header.data_length = length - header_length;
    append_numbers(line, &header, cx.style.verbose > 1);
    if header_length > HEADER_LENGTH_MIN {
        let options = segment.skip(HEADER_LENGTH_MIN as usize).with_length(header_length - HEADER_LENGTH_MIN);
        if !tcp_options::print(cx, line, options, segment, header.flags, header.sack_origin, ip)? {
            return Ok(None);
        }
    }
    line.text(b", length ");
    line.number(header.data_length);
    Ok(Some(header))
}

/// Prints data.
#[inline(always)]
fn print_data(cx: &mut Context, segment: &Cursor, header: &Header, ports: (u16, u16), ip: &IpHeader) -> Outcome {
    let header_length = segment.length() - header.data_length;
    if !segment.has(header_length as usize) {
        return put_cut_header(cx, segment, header_length);
    }
    let data = segment.skip(header_length as usize);
    if header.flags & RST == 0 { ports::tcp(cx, data, ports.0, ports.1, ip) } else { print_reset_data(cx, &data) }
}

#[inline]
fn read_header(segment: &Cursor) -> Outcome<Header> {
    let fields: [u8; HEADER_LENGTH_MIN as usize] = segment.array_at(0)?;
    let [_, _, _, _, s1, s2, s3, s4, a1, a2, a3, a4, f1, f2, w1, w2, _, _, u1, u2] = fields;
    Ok(Header {
        sequence: u32::from_be_bytes([s1, s2, s3, s4]),
        acknowledgement: u32::from_be_bytes([a1, a2, a3, a4]),
        flags: u16::from_be_bytes([f1, f2]) & tcp_flags::MASK,
        window: u16::from_be_bytes([w1, w2]),
        urgent: u16::from_be_bytes([u1, u2]),
        sack_origin: 0,
        data_length: 0,
    })
}

/// With `-q`, there is little to say of a segment.
#[cold]
fn put_length_only(cx: &mut Context, line: &mut Line, header_length: u32, length: u32) -> Outcome<Option<Header>> {
    line.flush(&mut cx.out);
    put!(cx, "tcp ", length.wrapping_sub(header_length));
    if header_length > length { put_too_long(cx, line, header_length, length) } else { Ok(None) }
}

/// Says that the header does not fit in the segment.
#[cold]
fn put_too_long(cx: &mut Context, line: &mut Line, header_length: u32, length: u32) -> Outcome<Option<Header>> {
    line.flush(&mut cx.out);
    put!(cx, " [bad hdr length ", header_length, " - too long, > ", length, "]");
    cx.invalid()?;
    Ok(None)
}

/// Says that the header is shorter than any.
#[cold]
fn put_too_short(cx: &mut Context, line: &mut Line, header_length: u32, length: u32) -> Outcome<Option<Header>> {
    line.flush(&mut cx.out);
    put!(cx, " tcp ", length.wrapping_sub(header_length), " [bad hdr length ", header_length);
    put!(cx, " - too short, < ", HEADER_LENGTH_MIN, "]");
    cx.invalid()?;
    Ok(None)
}

#[inline(always)]
fn key_of(cx: &Context, ip: &IpHeader, ports: (u16, u16)) -> Key {
    cx.relative.key(&Endpoints { source: (ip.source, ports.0), destination: (ip.destination, ports.1) })
}

#[inline]
fn make_relative(cx: &mut Context, header: &mut Header, key: Key) {
    let syn = header.flags & SYN != 0;
    let numbers = cx.relative.numbers(key, syn, header.sequence, header.acknowledgement);
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
#[inline(always)]
fn append_numbers(line: &mut Line, header: &Header, very_verbose: bool) {
    let Header { flags, sequence, acknowledgement, window, urgent, data_length, .. } = *header;
    if very_verbose || data_length > 0 || flags & (SYN | FIN | RST) != 0 {
        line.text(b", seq ");
        line.number(sequence);
        if data_length > 0 {
            line.text(b":");
            line.number(sequence.wrapping_add(data_length));
        }
    }
    if flags & ACK != 0 {
        line.text(b", ack ");
        line.number(acknowledgement);
    } else if very_verbose && acknowledgement != 0 {
        line.text(b", [ack ");
        line.number(acknowledgement);
        line.text(b" != 0 while ACK flag not set]");
    }
    line.text(b", win ");
    line.short(Short::decimal(window.into()));
    if flags & URG != 0 {
        line.text(b", urg ");
        line.number(urgent.into());
    } else if very_verbose && urgent != 0 {
        line.text(b", [urg ");
        line.number(urgent.into());
        line.text(b" != 0 while URG flag not set]");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::{IpAddress, Ipv6};
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn the_longest_header_is_printed_in_full() {
        let mut octets = vec![0xff; 20];
        // A header of 32 octets; all flags but RST, ACK and URG.
        (octets[12], octets[13]) = (0x81, 0xcb);
        octets.extend([1, 1, 8, 10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        let segment = Cursor::new(&octets, u32::MAX);
        let [source, destination] = [1, 2].map(|last| {
            let mut address = [0xab; 16];
            address[15] = last;
            IpAddress::V6(Ipv6(address))
        });
        let (packet, hop_limit) = (Cursor::new(&[], u32::MAX), 64);
        let ip = IpHeader { source, destination, protocol: protocol::TCP, hop_limit, fragmented: false, packet };
        let style = Style { verbose: 2, leave_checksums: true, ..Style::default() };
        let mut cx = Context::new(style, Names::numeric());
        assert_eq!(print(&mut cx, segment, &ip), Ok(()));
        assert_eq!(
            String::from_utf8_lossy(&cx.out),
            "abab:abab:abab:abab:abab:abab:abab:ab01.65535 > abab:abab:abab:abab:abab:abab:abab:ab02.65535: \
             Flags [FSPEWe], seq 4294967295:4294967262, [ack 4294967295 != 0 while ACK flag not set], win 65535, \
             [urg 65535 != 0 while URG flag not set], options [nop,nop,TS val 4294967295 ecr 4294967295], \
             length 4294967263"
        );
    }
}
