//! Enhanced Interior Gateway Routing Protocol, version 2 (RFC 7868).

use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 2;
/// Octets of the header.
const HEADER_LENGTH: u32 = 20;
/// Octets of a TLV's kind and length.
const TLV_HEADER_LENGTH: u16 = 4;

const OPCODES: &[Name] = &[(1, "Update"), (3, "Query"), (4, "Reply"), (5, "Hello"), (6, "IPX SAP"), (7, "Probe")];
const FLAGS: &[Name] = &[(0x01, "Init"), (0x02, "Conditionally Received"), (0x04, "Restart"), (0x08, "End-of-Table")];

const PARAMETERS: u16 = 0x0001;
const SOFTWARE_VERSION: u16 = 0x0004;
const IP_INTERNAL: u16 = 0x0102;
const IP_EXTERNAL: u16 = 0x0103;
const APPLETALK_INTERNAL: u16 = 0x0202;
const APPLETALK_EXTERNAL: u16 = 0x0203;
const APPLETALK_CABLE_SETUP: u16 = 0x0204;
const TLVS: &[Name] = &[
    (PARAMETERS as u32, "General Parameters"),
    (0x0002, "Authentication"),
    (0x0003, "Sequence"),
    (SOFTWARE_VERSION as u32, "Software Version"),
    (0x0005, "Next Multicast Sequence"),
    (IP_INTERNAL as u32, "IP Internal routes"),
    (IP_EXTERNAL as u32, "IP External routes"),
    (APPLETALK_INTERNAL as u32, "AppleTalk Internal routes"),
    (APPLETALK_EXTERNAL as u32, "AppleTalk External routes"),
    (APPLETALK_CABLE_SETUP as u32, "AppleTalk Cable setup"),
    (0x0302, "IPX Internal routes"),
    (0x0303, "IPX External routes"),
];

/// Who told of an external route.
const ORIGINS: &[Name] = &[
    (0x01, "IGRP"),
    (0x02, "EIGRP"),
    (0x03, "Static"),
    (0x04, "RIP"),
    (0x05, "Hello"),
    (0x06, "OSPF"),
    (0x07, "IS-IS"),
    (0x08, "EGP"),
    (0x09, "BGP"),
    (0x0a, "IDRP"),
    (0x0b, "Connected"),
];

const INDENT: &str = "\n\t    ";

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "eigrp";
    let length = packet.length();
    if length < HEADER_LENGTH {
        put!(cx, "EIGRP ", name_or_number(OPCODES, packet.u8_at(1)?, "unknown (", ")"), ", length: ", length);
        put!(cx, " (too short, < ", HEADER_LENGTH, ")");
        return packet.need(length as usize);
    }
    match packet.u8_at(0)? {
        VERSION => {}
        version => {
            put!(cx, "EIGRP version ", version, " packet not supported");
            return packet.need(length as usize);
        }
    }
    if cx.style.verbose == 0 {
        put!(cx, "EIGRP ", name_or_number(OPCODES, packet.u8_at(1)?, "unknown (", ")"), ", length: ", length);
        return packet.need(length as usize);
    }
    put_header(cx, &packet)?;
    let mut rest = packet.skip(HEADER_LENGTH as usize);
    while rest.length() > 0 {
        if rest.length() < TLV_HEADER_LENGTH.into() {
            put!(cx, "\n\t  (only ", rest.length(), " bytes of data)");
            return cx.invalid_rest(&rest);
        }
        let (kind, length) = (rest.be16_at(0)?, rest.be16_at(2)?);
        put!(cx, "\n\t  ", name_or(TLVS, kind, "Unknown"), " TLV (0x", Hex0(kind, 4), "), length: ", length);
        if length < TLV_HEADER_LENGTH || u32::from(length) > rest.length() {
            return cx.invalid_rest(&rest);
        }
        rest.need(length.into())?;
        let value = rest.skip(TLV_HEADER_LENGTH.into()).with_length(u32::from(length - TLV_HEADER_LENGTH));
        put_tlv(cx, kind, &value)?;
        if cx.style.verbose > 1 {
            put_hex_lines(cx, INDENT, &value, value.length());
        }
        rest = rest.skip(length.into());
    }
    Ok(())
}

fn put_header(cx: &mut Context, packet: &Cursor) -> Outcome {
    packet.need(HEADER_LENGTH as usize)?;
    let [version, opcode] = packet.array_at(0)?;
    put!(cx, "\n\tEIGRP v", version, ", opcode: ", name_or_number(OPCODES, opcode, "unknown, type: ", ""));
    put!(cx, " (", opcode, "), chksum: 0x", Hex0(packet.be16_at(2)?, 4));
    put!(cx, ", Flags: [", flags(FLAGS, packet.be32_at(4)?, "none"), "]");
    put!(cx, "\n\tseq: 0x", Hex0(packet.be32_at(8)?, 8), ", ack: 0x", Hex0(packet.be32_at(12)?, 8));
    put!(cx, ", VRID: ", packet.be16_at(16)?, ", AS: ", packet.be16_at(18)?);
    put!(cx, ", length: ", packet.length() - HEADER_LENGTH);
    Ok(())
}

/// The least octets of a TLV's value.
fn length_min(kind: u16) -> u32 {
    match kind {
        PARAMETERS | APPLETALK_CABLE_SETUP => 8,
        SOFTWARE_VERSION => 4,
        IP_INTERNAL => 22,
        IP_EXTERNAL => 42,
        APPLETALK_INTERNAL => 24,
        APPLETALK_EXTERNAL => 40,
        _ => 0,
    }
}

fn put_tlv(cx: &mut Context, kind: u16, value: &Cursor) -> Outcome {
    let minimum = length_min(kind);
    if value.length() < minimum {
        put!(cx, " (too short, < ", minimum + u32::from(TLV_HEADER_LENGTH), ")");
        return Ok(());
    }
    match kind {
        PARAMETERS => {
            let [k1, k2, k3, k4, k5] = value.array_at(0)?;
            put!(cx, INDENT, "holdtime: ", value.be16_at(6)?, "s, k1 ", k1, ", k2 ", k2, ", k3 ", k3);
            put!(cx, ", k4 ", k4, ", k5 ", k5);
        }
        SOFTWARE_VERSION => {
            let [major, minor, eigrp_major, eigrp_minor] = value.array_at(0)?;
            put!(cx, INDENT, "IOS version: ", major, ".", minor);
            put!(cx, ", EIGRP version ", eigrp_major, ".", eigrp_minor);
        }
        IP_INTERNAL => {
            if put_prefix(cx, value, 20)? {
                put_metrics(cx, value, 4)?;
            }
        }
        IP_EXTERNAL => {
            if put_prefix(cx, value, 40)? {
                put!(cx, "\n\t      origin-router ");
                cx.ipv4_at(value, 4)?;
                put_origin(cx, value, value.u8_at(22)?, value.u8_at(23)?, value.be32_at(16)?)?;
                put_metrics(cx, value, 24)?;
            }
        }
        APPLETALK_CABLE_SETUP => {
            put!(cx, INDENT, "Cable-range: ", value.be16_at(0)?, "-", value.be16_at(2)?);
            put!(cx, ", Router-ID ", value.be32_at(4)?);
        }
        APPLETALK_INTERNAL => {
            put_cable(cx, value, 20)?;
            put_metrics(cx, value, 4)?;
        }
        APPLETALK_EXTERNAL => {
            put_cable(cx, value, 36)?;
            put!(cx, "\n\t      origin-router ", value.be32_at(4)?);
            put_origin(cx, value, value.u8_at(16)?, value.u8_at(17)?, value.be16_at(18)?.into())?;
            put_metrics(cx, value, 20)?;
        }
        _ if cx.style.verbose <= 1 => put_hex_lines(cx, INDENT, value, value.length()),
        _ => {}
    }
    Ok(())
}

/// An IPv4 route's destination, at this offset, and its next hop; `false` where it cannot be.
fn put_prefix(cx: &mut Context, value: &Cursor, offset: usize) -> Outcome<bool> {
    let bits = value.u8_at(offset)?;
    if bits > 32 {
        put!(cx, INDENT, "illegal prefix length ", bits);
        return Ok(false);
    }
    let mut prefix = [0; 4];
    let octets = value.bytes_at(offset + 1, usize::from(bits).div_ceil(8))?;
    for (octet, &captured) in prefix.iter_mut().zip(octets) {
        *octet = captured;
    }
    put!(cx, INDENT, "IPv4 prefix: ");
    let start = cx.out.len();
    cx.host(IpAddress::V4(Ipv4(prefix)));
    put_blanks_in_front(cx, start);
    put!(cx, "/", bits, ", nexthop: ");
    match value.be32_at(0)? {
        0 => put!(cx, "self"),
        _ => cx.ipv4_at(value, 0)?,
    }
    Ok(true)
}

/// Makes what was printed from `start` on as wide as the widest address.
fn put_blanks_in_front(cx: &mut Context, start: usize) {
    const WIDTH: usize = 15;
    let end = cx.out.len();
    let blanks = (start + WIDTH).saturating_sub(end);
    cx.out.resize(end + blanks, b' ');
    if let Some(text) = cx.out.get_mut(start..) {
        text.rotate_right(blanks);
    }
}

/// An AppleTalk route's networks, at this offset, and its next hop.
fn put_cable(cx: &mut Context, value: &Cursor, offset: usize) -> Outcome {
    put!(cx, "\n\t     Cable-Range: ", value.be16_at(offset)?, "-", value.be16_at(offset + 2)?, ", nexthop: ");
    match (value.be16_at(0)?, value.be16_at(2)?) {
        (0, 0) => put!(cx, "self"),
        (network, node) => put!(cx, network, ".", node),
    }
    Ok(())
}

fn put_origin(cx: &mut Context, value: &Cursor, protocol: u8, flags: u8, metric: u32) -> Outcome {
    put!(cx, ", origin-as ", value.be32_at(8)?, ", origin-proto ", name_or(ORIGINS, protocol, "unknown"));
    put!(cx, ", flags [0x", Hex0(flags, 2), "], tag 0x", Hex0(value.be32_at(12)?, 8), ", metric ", metric);
    Ok(())
}

fn put_metrics(cx: &mut Context, value: &Cursor, offset: usize) -> Outcome {
    let [hops, reliability, load] = value.array_at(offset + 11)?;
    put!(cx, "\n\t      delay ", value.be32_at(offset)? / 100, " ms, bandwidth ", value.be32_at(offset + 4)?, " Kbps");
    put!(cx, ", mtu ", value.be24_at(offset + 8)?, ", hop ", hops, ", reliability ", reliability, ", load ", load);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    /// The text of a packet with this TLV, behind the header's.
    fn tlv(digits: &str) -> String {
        let packet = octets(&format!("02 05 0000 00000000 00000000 00000000 0000 0001 {digits}"));
        let text = payload_text(1, 88, &packet);
        text.split_once("\n\t  ").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    #[test]
    fn a_prefix_is_as_wide_as_its_bits_say() {
        assert_eq!(
            tlv("0102 001a 00000000 00006400 00000100 0005dc 00 ff 01 0000 11 c0a800"),
            "IP Internal routes TLV (0x0102), length: 26\n\t    IPv4 prefix:     192.168.0.0/17, nexthop: self\
             \n\t      delay 256 ms, bandwidth 256 Kbps, mtu 1500, hop 0, reliability 255, load 1\
             \n\t  (only 2 bytes of data) (invalid)"
        );
        assert_eq!(
            tlv("0102 001a 00000000 00006400 00000100 0005dc 00 ff 01 0000 21 c0"),
            "IP Internal routes TLV (0x0102), length: 26\n\t    illegal prefix length 33"
        );
    }

    #[test]
    fn a_value_shorter_than_its_fields_is_not_read() {
        assert_eq!(tlv("0001 0006 0100"), "General Parameters TLV (0x0001), length: 6 (too short, < 12)");
    }
}
