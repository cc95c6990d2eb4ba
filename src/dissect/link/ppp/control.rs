//! Control protocols of PPP (RFC 1661 section 5): one form of packet for the link, the networks and
//! compression.

use super::{NAMES, ccp, ipcp, lcp, options, protocol};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::oui;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of code, identifier and length.
const HEADER_LENGTH: u32 = 4;
/// Octets of the protocol field in front.
const PROTOCOL_LENGTH: u32 = 2;

const VENDOR_EXTENSION: u8 = 0;
const CONFIGURE_REQUEST: u8 = 1;
const CONFIGURE_REJECT: u8 = 4;
const TERMINATE_REQUEST: u8 = 5;
const CODE_REJECT: u8 = 7;
const PROTOCOL_REJECT: u8 = 8;
const ECHO_REQUEST: u8 = 9;
const DISCARD_REQUEST: u8 = 11;
const IDENTIFICATION: u8 = 12;
const TIME_REMAINING: u8 = 13;
const CODES: &[Name] = &[
    (VENDOR_EXTENSION as u32, "Vendor-Extension"),
    (CONFIGURE_REQUEST as u32, "Conf-Request"),
    (2, "Conf-Ack"),
    (3, "Conf-Nack"),
    (CONFIGURE_REJECT as u32, "Conf-Reject"),
    (TERMINATE_REQUEST as u32, "Term-Request"),
    (6, "Term-Ack"),
    (CODE_REJECT as u32, "Code-Reject"),
    (PROTOCOL_REJECT as u32, "Prot-Reject"),
    (ECHO_REQUEST as u32, "Echo-Request"),
    (10, "Echo-Reply"),
    (DISCARD_REQUEST as u32, "Disc-Req"),
    (IDENTIFICATION as u32, "Ident"),
    (TIME_REMAINING as u32, "Time-Rem"),
    (14, "Reset-Req"),
    (15, "Reset-Ack"),
];

/// Prints a packet of a control protocol; the frame starts with the protocol field.
pub fn print(cx: &mut Context, protocol: u16, frame: Cursor) -> Outcome {
    let name = lookup(NAMES, protocol).unwrap_or_default();
    put!(cx, name, ", ");
    let packet = frame.skip(PROTOCOL_LENGTH as usize);
    if packet.length() < HEADER_LENGTH || !packet.has(2) {
        put!(cx, "[|", name, "]");
        return Ok(());
    }
    let code = packet.u8_at(0)?;
    put!(cx, lookup(CODES, code).unwrap_or("Unknown Opcode"), " (0x", Hex0(code, 2), "), id ", packet.u8_at(1)?);
    put!(cx, ", length ", packet.length() + PROTOCOL_LENGTH);
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let length = u32::from(packet.be16_at(2)?);
    put!(cx, "\n\tencoded length ", length);
    if length < HEADER_LENGTH {
        put!(cx, " (< 4))");
        return Ok(());
    }
    if length > packet.length() {
        put!(cx, " (> packet length ", packet.length(), "))");
        return Ok(());
    }
    put!(cx, " (=Option(s) length ", length - HEADER_LENGTH, ")");
    if length == HEADER_LENGTH {
        return Ok(());
    }
    if cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t", &frame, PROTOCOL_LENGTH + HEADER_LENGTH);
    }
    if !put_data(cx, protocol, code, &frame, length)? {
        put!(cx, "[|", name, "]");
    }
    Ok(())
}

/// What the code brings, of `length` octets with the header; `false` when the capture cuts it short.
fn put_data(cx: &mut Context, protocol: u16, code: u8, frame: &Cursor, length: u32) -> Outcome<bool> {
    let data = frame.skip((PROTOCOL_LENGTH + HEADER_LENGTH) as usize);
    match code {
        VENDOR_EXTENSION if length >= 11 => {
            put_magic(cx, &data)?;
            let vendor = data.be24_at(4)?;
            put!(cx, " Vendor: ", lookup(oui::NAMES, vendor).unwrap_or("Unknown"), " (", vendor, ")");
        }
        CONFIGURE_REQUEST..=CONFIGURE_REJECT => put_options(cx, protocol, data, length)?,
        PROTOCOL_REJECT if length >= 6 => {
            let rejected = data.be16_at(0)?;
            let name = lookup(NAMES, rejected).unwrap_or("unknown");
            put!(cx, "\n\t  Rejected ", name, " Protocol (0x", Hex0(rejected, 4), ")");
            if length > 6 {
                put!(cx, "\n\t  Rejected Packet");
                put_hex_lines(cx, "\n\t    ", &data.skip(2), length - 2);
            }
        }
        ECHO_REQUEST..=DISCARD_REQUEST if length >= 8 => {
            put_magic(cx, &data)?;
            if length > 8 {
                put!(cx, "\n\t  -----trailing data-----");
                let trailing = data.skip(4);
                if !trailing.has(length as usize - 8) {
                    return Ok(false);
                }
                put_hex_lines(cx, "\n\t  ", &trailing, length - 8);
            }
        }
        IDENTIFICATION if length >= 8 => {
            put_magic(cx, &data)?;
            if length > 8 {
                put!(cx, "\n\t  Message\n\t    ");
                // tcpdump counts the magic number twice.
                return Ok(cx.escaped_field(&data.skip(4), length as usize - 4).is_ok());
            }
        }
        TIME_REMAINING if length >= 12 => {
            put_magic(cx, &data)?;
            put!(cx, ", Seconds-Remaining ", data.be32_at(4)?, "s");
        }
        0..=TIME_REMAINING => {}
        _ if cx.style.verbose == 1 => put_hex_lines(cx, "\n\t  ", frame, length + PROTOCOL_LENGTH),
        _ => {}
    }
    Ok(true)
}

fn put_magic(cx: &mut Context, data: &Cursor) -> Outcome {
    put!(cx, "\n\t  Magic-Num 0x", Hex0(data.be32_at(0)?, 8));
    Ok(())
}

/// The options of a configuration packet of `length` octets.
fn put_options(cx: &mut Context, protocol: u16, mut data: Cursor, length: u32) -> Outcome {
    let family = match protocol {
        protocol::LCP => &lcp::OPTIONS,
        protocol::IPCP => &ipcp::OPTIONS,
        protocol::IPV6CP => &ipcp::OPTIONS_IPV6,
        protocol::CCP => &ccp::OPTIONS,
        protocol::BACP => &ccp::OPTIONS_BACP,
        _ => return Ok(()),
    };
    let mut remaining = length - HEADER_LENGTH;
    while remaining > 0 {
        let advance = options::print(cx, family, &data, length)?;
        if advance == 0 {
            break;
        }
        if remaining < advance {
            put!(cx, " [remaining options length ", remaining, " < ", advance, "]");
            return cx.invalid();
        }
        remaining -= advance;
        data = data.skip(advance as usize);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn an_option_longer_than_what_remains_is_invalid() {
        assert_eq!(
            text(1, LinkType::PPP, "ff03 c021 01 01 000c 0104 05dc 0706 4142"),
            "LCP, Conf-Request (0x01), id 1, length 14\n\tencoded length 12 (=Option(s) length 8)\
             \n\t  MRU Option (0x01), length 4: 1500\
             \n\t  PFC Option (0x07), length 6 [remaining options length 4 < 6] (invalid)"
        );
    }
}
