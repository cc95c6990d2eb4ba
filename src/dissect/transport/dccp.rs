//! Datagram Congestion Control Protocol (RFC 4340).

use super::{dccp_options, put_numeric_endpoints};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{IpHeader, protocol};
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of the generic header with a sequence number of 24 bits, and with one of 48.
const HEADER_LENGTH_SHORT: u32 = 12;
const HEADER_LENGTH_LONG: u32 = 16;

const REQUEST: u8 = 0;
const RESPONSE: u8 = 1;
const DATA: u8 = 2;
const RESET: u8 = 7;
const TYPE_NAMES: &[Name] = &[
    (REQUEST as u32, "DCCP-Request"),
    (RESPONSE as u32, "DCCP-Response"),
    (DATA as u32, "DCCP-Data"),
    (3, "DCCP-Ack"),
    (4, "DCCP-DataAck"),
    (5, "DCCP-CloseReq"),
    (6, "DCCP-Close"),
    (RESET as u32, "DCCP-Reset"),
    (8, "DCCP-Sync"),
    (9, "DCCP-SyncAck"),
];
const RESET_CODES: &[Name] = &[
    (0, "unspecified"),
    (1, "closed"),
    (2, "aborted"),
    (3, "no_connection"),
    (4, "packet_error"),
    (5, "option_error"),
    (6, "mandatory_error"),
    (7, "connection_refused"),
    (8, "bad_service_code"),
    (9, "too_busy"),
    (10, "bad_init_cookie"),
    (11, "aggression_penalty"),
];

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "dccp";
    let length = packet.length();
    if length < HEADER_LENGTH_SHORT {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH_SHORT);
    }
    let generic_length = if is_long(&packet)? { HEADER_LENGTH_LONG } else { HEADER_LENGTH_SHORT };
    if length < generic_length {
        return cx.invalid_because("length", length, "<", generic_length);
    }
    packet.need(generic_length as usize)?;
    put_numeric_endpoints(cx, ip, (packet.be16_at(0)?, packet.be16_at(2)?));
    cx.protocol_caps();
    let header_length = u32::from(packet.u8_at(4)?) * 4;
    if cx.style.quiet > 0 {
        if length < header_length {
            return cx.invalid_because("length", length, "<", header_length);
        }
        put!(cx, " ", length - header_length);
        return Ok(());
    }
    if cx.style.verbose > 0 {
        put_coverage_and_checksum(cx, &packet, ip)?;
    }
    let kind = packet.u8_at(8)? >> 1 & 0xf;
    match lookup(TYPE_NAMES, kind) {
        Some(name) => put!(cx, " ", name, " "),
        None => {
            put!(cx, " packet-type-", kind, " ");
            return cx.invalid();
        }
    }
    let fixed_length = generic_length + type_specific_length(kind);
    if length < fixed_length {
        return cx.invalid_because("length", length, "<", fixed_length);
    }
    put_type_specific(cx, &packet, kind, generic_length as usize)?;
    if cx.style.verbose < 2 {
        return Ok(());
    }
    put!(cx, "seq ", sequence_number(&packet, 9)?);
    if header_length <= fixed_length {
        return Ok(());
    }
    let options = packet.skip(fixed_length as usize).with_length(header_length - fixed_length);
    dccp_options::print(cx, options)
}

/// Whether sequence numbers have 48 bits instead of 24 (the X bit).
fn is_long(packet: &Cursor) -> Outcome<bool> {
    Ok(packet.u8_at(8)? & 1 != 0)
}

/// A sequence number behind the octet at `at`, which is reserved or something else.
fn sequence_number(packet: &Cursor, at: usize) -> Outcome<u64> {
    if !is_long(packet)? {
        return packet.be24_at(at).map(u64::from);
    }
    let [a, b, c, d, e, f] = packet.array_at(at + 1)?;
    Ok(u64::from_be_bytes([0, 0, a, b, c, d, e, f]))
}

/// Octets between the generic header and the options. tcpdump reckons with long acknowledgement
/// numbers in any case.
fn type_specific_length(kind: u8) -> u32 {
    match kind {
        REQUEST => 4,
        DATA => 0,
        RESPONSE | RESET => 12,
        _ => 8,
    }
}

/// What a packet of this type has behind the generic header of `at` octets.
fn put_type_specific(cx: &mut Context, packet: &Cursor, kind: u8, at: usize) -> Outcome {
    match kind {
        REQUEST => put!(cx, "(service=", packet.be32_at(at)?, ") "),
        RESPONSE => put!(cx, "(service=", packet.be32_at(at + 8)?, ") "),
        RESET => {
            packet.need(at + 12)?;
            let code = packet.u8_at(at + 8)?;
            match lookup(RESET_CODES, code) {
                Some(name) => put!(cx, "(code=", name, ") "),
                None => put!(cx, "(code=reset-code-", code, " (invalid)) "),
            }
        }
        _ => {}
    }
    if !matches!(kind, REQUEST | DATA) {
        put!(cx, "(ack=", sequence_number(packet, at + 1)?, ") ");
    }
    Ok(())
}

/// The window counter, the checksum's coverage and what the checksum is worth.
fn put_coverage_and_checksum(cx: &mut Context, packet: &Cursor, ip: &IpHeader) -> Outcome {
    let octet = packet.u8_at(5)?;
    let coverage = octet & 0xf;
    put!(cx, " (CCVal ", octet >> 4, ", CsCov ", coverage);
    let length = packet.length();
    if packet.has(length as usize) {
        let found = packet.be16_at(6)?;
        put!(cx, ", cksum 0x", Hex0(found, 4), " ");
        let mut covered = length;
        if coverage != 0 {
            covered = length.min((u32::from(packet.u8_at(4)?) + u32::from(coverage) - 1) * 4);
        }
        let octets = packet.bytes_at(0, covered as usize)?;
        match checksum::verify(ip.pseudo_header(protocol::DCCP, length)?, octets, found) {
            Verdict::Correct => put!(cx, "(correct)"),
            Verdict::ShouldBe(right) => put!(cx, "(incorrect -> 0x", Hex0(right, 4), ")"),
        }
    }
    put!(cx, ")");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    /// A packet with the long header and sequence number 7. `words` counts its header's words.
    fn text(verbose: u8, words: u8, kind: u8, rest: &str) -> String {
        let mut packet = octets("0001 0002 00 21 0000 00 00000000000007");
        packet[4] = words;
        packet[8] = kind << 1 | 1;
        packet.extend(octets(rest));
        let text = payload_text(verbose, 33, &packet);
        text.split_once(") DCCP-").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    #[test]
    fn options_are_listed_at_vv() {
        assert_eq!(
            text(2, 14, 0, "0000002a 20040103 20050a0b0c 00 290600000005 2a08000000060007 800631323334 26030100 0000"),
            "Request (service=42) seq 7 <change_l ccid 3, change_l feature-number-10 (invalid) 11 12, nop, timestamp 5, \
             timestamp_echo 6 (elapsed time 7), CCID option 128 825373492, ack_vector0 0x01, nop, nop, nop>"
        );
        assert_eq!(
            text(2, 7, 0, "0000002a 2001 2206 01020304"),
            "Request (service=42) seq 7 <change_l [optlen 1 < 2] (invalid)"
        );
    }

    #[test]
    fn what_is_behind_the_generic_header_depends_on_the_type() {
        assert_eq!(text(1, 7, 7, "0000000000000005 02000000"), "Reset (code=aborted) (ack=5) ");
        assert_eq!(text(1, 7, 7, "0000000000000005 63000000"), "Reset (code=reset-code-99 (invalid)) (ack=5) ");
        assert_eq!(text(1, 4, 3, ""), "Ack  [length 16 < 24] (invalid)");
        assert!(text(1, 4, 12, "").ends_with(" packet-type-12  (invalid)"));
    }
}
