//! Pragmatic General Multicast (RFC 3208).

use super::pgm_options::{self, End};
use super::{IpHeader, protocol, put_hosts};
use crate::dissect::address::IpAddress;
use crate::dissect::address_family;
use crate::dissect::app::zmtp1;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::packet_type::PacketType;
use crate::dissect::put::{Hex0, HexBytes};
use crate::dissect::transport::put_endpoints;
use crate::put;

/// Octets of the header.
const HEADER_LENGTH: usize = 16;
/// The header's flag that options follow.
const HAS_OPTIONS: u8 = 0x01;

const SOURCE_PATH: u8 = 0x00;
const POLL: u8 = 0x01;
const POLL_RESPONSE: u8 = 0x02;
const ORIGINAL_DATA: u8 = 0x04;
const REPAIR_DATA: u8 = 0x05;
const NAK: u8 = 0x08;
const NULL_NAK: u8 = 0x09;
const NAK_CONFIRMATION: u8 = 0x0a;
/// The congestion control of PGMCC has this number in its draft, and the other in what is out there.
const ACK: u8 = 0x0b;
const SOURCE_PATH_REQUEST: u8 = 0x0c;
const ACK_IN_PRACTICE: u8 = 0x0d;

/// Prints a packet, in IP or in UDP.
pub fn print(cx: &mut Context, packet: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "pgm";
    if !packet.has(4) {
        put_hosts(cx, ip, ":");
        return Err(Truncated);
    }
    let ports = (packet.be16_at(0)?, packet.be16_at(2)?);
    put_endpoints(cx, ip, protocol::PGM, ports, Context::tcp_port);
    packet.need(HEADER_LENGTH)?;
    let length = packet.be16_at(14)?;
    put!(cx, "PGM, length ", length);
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let [kind, flags] = packet.array_at(4)?;
    put!(cx, " 0x", HexBytes(packet.bytes_at(8, 6)?), " ");
    let Some(mut rest) = print_message(cx, packet.skip(HEADER_LENGTH), kind)? else { return cx.invalid() };
    if flags & HAS_OPTIONS != 0 {
        match pgm_options::print(cx, &mut rest)? {
            End::Proper => {}
            End::Early => return Ok(()),
            End::Invalid => return cx.invalid(),
        }
    }
    put!(cx, " [", packet.length(), "]");
    if cx.style.packet_type == Some(PacketType::PgmZmtp1) && matches!(kind, ORIGINAL_DATA | REPAIR_DATA) {
        zmtp1::print_datagram(cx, rest.with_length(length.into()))?;
    }
    Ok(())
}

/// Prints what stands in front of the options and returns the rest; nothing for an unknown kind of address.
fn print_message<'p>(cx: &mut Context, mut data: Cursor<'p>, kind: u8) -> Outcome<Option<Cursor<'p>>> {
    match kind {
        SOURCE_PATH => return put_source_path(cx, data),
        POLL => return put_poll(cx, data),
        POLL_RESPONSE => {
            data.need(8)?;
            put!(cx, "POLR seq ", data.be32()?, " round ", data.be16()?);
            data = data.skip(2);
        }
        ORIGINAL_DATA | REPAIR_DATA => {
            let (sequence, trail) = (data.be32()?, data.be32()?);
            put!(cx, if kind == ORIGINAL_DATA { "ODATA" } else { "RDATA" }, " trail ", trail, " seq ", sequence);
        }
        NAK => return put_nak(cx, data, "NAK "),
        NULL_NAK => return put_nak(cx, data, "NNAK "),
        NAK_CONFIRMATION => return put_nak(cx, data, "NCF "),
        ACK | ACK_IN_PRACTICE => {
            data.need(8)?;
            put!(cx, "ACK seq ", data.be32()?);
            data = data.skip(4);
        }
        SOURCE_PATH_REQUEST => put!(cx, "SPMR"),
        _ => put!(cx, "UNKNOWN type 0x", Hex0(kind, 2)),
    }
    Ok(Some(data))
}

/// Takes an address of this family; nothing where the family is unknown.
pub(super) fn take_address(data: &mut Cursor, family: u16) -> Outcome<Option<IpAddress>> {
    let (address, length) = match family {
        address_family::IPV4 => (IpAddress::v4_at(data, 0)?, 4),
        address_family::IPV6 => (IpAddress::v6_at(data, 0)?, 16),
        _ => return Ok(None),
    };
    *data = data.skip(length);
    Ok(Some(address))
}

fn put_source_path<'p>(cx: &mut Context, mut data: Cursor<'p>) -> Outcome<Option<Cursor<'p>>> {
    data.need(16)?;
    let (sequence, trail, lead) = (data.be32()?, data.be32()?, data.be32()?);
    let family = data.be16()?;
    data = data.skip(2);
    let Some(address) = take_address(&mut data, family)? else { return Ok(None) };
    put!(cx, "SPM seq ", sequence, " trail ", trail, " lead ", lead, " nla ", address);
    Ok(Some(data))
}

fn put_poll<'p>(cx: &mut Context, mut data: Cursor<'p>) -> Outcome<Option<Cursor<'p>>> {
    data.need(12)?;
    let (sequence, round) = (data.be32()?, data.be16()?);
    let family = data.be16_at(2)?;
    data = data.skip(6);
    let Some(address) = take_address(&mut data, family)? else { return Ok(None) };
    let (interval, random, mask) = (data.be32()?, data.be32()?, data.be32()?);
    put!(cx, "POLL seq ", sequence, " round ", round, " nla ", address, " ivl ", interval);
    put!(cx, " rnd 0x", Hex0(random, 8), " mask 0x", Hex0(mask, 8));
    Ok(Some(data))
}

fn put_nak<'p>(cx: &mut Context, mut data: Cursor<'p>, name: &str) -> Outcome<Option<Cursor<'p>>> {
    data.need(8)?;
    let (sequence, family) = (data.be32()?, data.be16()?);
    data = data.skip(2);
    let Some(source) = take_address(&mut data, family)? else { return Ok(None) };
    // tcpdump takes the group's family from the group itself, and the group from there.
    data = data.skip(4);
    let family = data.be16_at(0)?;
    let Some(group) = take_address(&mut data, family)? else { return Ok(None) };
    put!(cx, name, "(", source, " -> ", group, "), seq ", sequence);
    Ok(Some(data))
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    const HEADER: &str = "1388 1389 04 01 0000 010203040506 0004";

    #[test]
    fn options_up_to_the_one_that_says_it_is_the_last() {
        let packet = octets(&format!("{HEADER} 00000007 00000005 0000 0010 8c 0c 0000 0a000001 0a000002 11223344"));
        assert_eq!(
            payload_text(1, 113, &packet).split_once("PGM").map(|(_, text)| text),
            Some(", length 4 0x010203040506 ODATA trail 5 seq 7[Bad OPT_LENGTH option, length 0 != 4]")
        );
        let packet = octets(&format!("{HEADER} 00000007 00000005 0004 0010 8c 0c 0000 0a000001 0a000002 11223344"));
        assert_eq!(
            payload_text(1, 113, &packet).split_once("PGM").map(|(_, text)| text),
            Some(", length 4 0x010203040506 ODATA trail 5 seq 7 OPTS LEN 16 PATH_NLA [12] [44]")
        );
    }
}
