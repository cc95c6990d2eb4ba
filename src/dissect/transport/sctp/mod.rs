//! Stream Control Transmission Protocol (RFC 9260 section 3): a header and chunks.

mod chunk;

use super::put_numeric_endpoints;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::IpHeader;
use crate::put;

const HEADER_LENGTH: u32 = 12;
const CHUNK_HEADER_LENGTH: u32 = 4;

/// The ports of ForCES's channels (RFC 5811).
const FORCES_CHANNELS: &[Name] = &[(6704, "ForCES HP"), (6705, "ForCES MP"), (6706, "ForCES LP")];

/// Prints a packet and its chunks.
pub fn print(cx: &mut Context, packet: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "sctp";
    let length = packet.length();
    if length < HEADER_LENGTH {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH);
    }
    packet.need(HEADER_LENGTH as usize)?;
    let ports = (packet.be16_at(0)?, packet.be16_at(2)?);
    put_numeric_endpoints(cx, ip, ports);
    put!(cx, "sctp");
    let mut is_forces = false;
    for port in [ports.0, ports.1] {
        if let Some(channel) = lookup(FORCES_CHANNELS, port) {
            put!(cx, "[", channel, "]");
            is_forces = true;
        }
    }
    put_chunks(cx, packet.skip(HEADER_LENGTH as usize), is_forces)
}

fn put_chunks(cx: &mut Context, chunks: Cursor, mut is_forces: bool) -> Outcome {
    let one_line = cx.style.verbose < 2;
    let mut separator = if one_line { " (" } else { "\n\t" };
    let mut rest = chunks;
    let mut number = 0u32;
    while rest.length() > 0 {
        number += 1;
        let remaining = rest.length();
        if remaining < CHUNK_HEADER_LENGTH {
            put!(cx, separator, number, ") [chunk descriptor cut off at end of packet]");
            break;
        }
        rest.need(CHUNK_HEADER_LENGTH as usize)?;
        let length = rest.be16_at(2)?;
        if u32::from(length) < CHUNK_HEADER_LENGTH {
            put!(cx, separator, number, ") [Bad chunk length ", length, ", < size of chunk descriptor]");
            break;
        }
        let padding = usize::from(length.wrapping_neg() % 4);
        if (remaining as usize) < padding {
            put!(cx, separator, number, ") [Bad chunk length ", length, ", > remaining data in packet]");
            break;
        }
        rest.need(length.into())?;
        put!(cx, separator, number, ") ");
        if !chunk::print(cx, &rest.with_length(length.into()), &mut is_forces)? {
            return cx.invalid();
        }
        rest = rest.skip(length.into());
        if one_line {
            separator = ", (";
        }
        rest.need(padding)?;
        rest = rest.skip(padding);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    fn text(verbose: u8, chunks: &str) -> String {
        let packet = octets(&format!("0001 0002 00000000 00000000 {chunks}"));
        let text = payload_text(verbose, 132, &packet);
        text.strip_prefix("sctp").unwrap_or(&text).to_owned()
    }

    #[test]
    fn gaps_count_from_the_cumulative_tsn() {
        assert_eq!(
            text(0, "03000018 00000064 00000001 0001 0001 0002 0003 00000009"),
            " (1) [SACK] [cum ack 100] [a_rwnd 1] [#gap acks 1] [#dup tsns 1] \
             \n\t\t[gap ack block #1: start = 102, end = 103] \n\t\t[dup TSN #1: 9] "
        );
    }

    #[test]
    fn a_chunk_starts_behind_the_padding_of_the_one_before() {
        assert_eq!(
            text(0, "00030011 00000001 0002 0003 00000004 61 000000 0b000004"),
            " (1) [DATA] (B)(E) [TSN: 1] [SID: 2] [SSEQ 3] [PPID SUA] , (2) [COOKIE ACK] "
        );
    }

    #[test]
    fn chunks_that_do_not_fit_end_the_text() {
        assert_eq!(text(0, "0b000003"), " (1) [Bad chunk length 3, < size of chunk descriptor]");
        assert_eq!(text(0, "0b00"), " (1) [chunk descriptor cut off at end of packet]");
        assert_eq!(text(0, "03000008 00000000"), " (1) [SACK]  [chunk length 4 < 12] (invalid)");
        assert!(
            text(0, "00030010 00000000 0000 0000 00000000").ends_with("[PPID 0x0]  [chunk length 0 == 0] (invalid)")
        );
        assert_eq!(text(0, "0b000008"), " [|sctp]");
    }

    #[test]
    fn m3ua_is_shown_at_vv() {
        let message = "01000101 0000001c 0006000800000005 021000060102ffff 00990004";
        let text = text(2, &format!("0003002c 00000001 0002 0003 00000003 {message}"));
        let (_, message) = text.split_once("[PPID M3UA] ").unwrap_or_default();
        assert_eq!(
            message,
            "\n\t\tTransfer Data Message\n\t\t\tRouting Context: 0x00060008\
             \n\t\t\tProtocol Data: (length 6)\n\t\t\tUnknown Parameter (0x0099): (length 4)"
        );
    }
}
