//! NBMA Next Hop Resolution Protocol (RFC 2332).

use crate::dissect::address::Mac;
use crate::dissect::address_family;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethertype;
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::octets::Colons;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 1;
/// Octets of the fixed header, which are also the least size of a packet.
const FIXED_HEADER_LENGTH: u16 = 20;
/// Octets of the mandatory part in front of its addresses.
const MANDATORY_HEADER_LENGTH: u16 = 8;
/// Octets of a client's entry in front of its addresses.
const CLIENT_HEADER_LENGTH: u16 = 12;

const ERROR: u8 = 7;
const TRAFFIC: u8 = 8;
const TYPES: &[Name] = &[
    (1, "res request"),
    (2, "res reply"),
    (3, "reg request"),
    (4, "reg reply"),
    (5, "purge request"),
    (6, "purge reply"),
    (ERROR as u32, "error indication"),
    (TRAFFIC as u32, "traffic indication"),
];

const ERRORS: &[Name] = &[
    (1, "unrecognized extension"),
    (3, "NHRP loop detected"),
    (6, "protocol address unreachable"),
    (7, "protocol error"),
    (8, "NHRP SDU size exceeded"),
    (9, "invalid extension"),
    (10, "invalid NHRP resolution reply received"),
    (11, "authentication failure"),
    (15, "hop count exceeded"),
];

/// Why traffic is told of (draft-detienne-dmvpn).
const TRAFFIC_CODES: &[Name] = &[(0, "NHRP traffic redirect/indirection")];

/// Bits of the type and length of a link-layer address.
const RESERVED: u8 = 0x80;
const E_164: u8 = 0x40;

/// What kinds of addresses a packet speaks of.
#[derive(Clone, Copy)]
struct Families {
    /// The link layer's, an address family.
    link: u16,
    /// The network layer's, an EtherType.
    network: u16,
}

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "nhrp";
    cx.protocol_caps();
    put!(cx, ": ");
    if packet.length() < FIXED_HEADER_LENGTH.into() {
        return cx.invalid_because("length", packet.length(), "<", FIXED_HEADER_LENGTH.into());
    }
    let version = packet.u8_at(16)?;
    if version != VERSION {
        put!(cx, "unknown-version-", Hex0(version, 2));
        return Ok(());
    }
    let families = Families { link: packet.be16_at(0)?, network: packet.be16_at(2)? };
    let size = packet.be16_at(10)?;
    if size < FIXED_HEADER_LENGTH {
        return cx.invalid_because("pktsz", size.into(), "<", FIXED_HEADER_LENGTH.into());
    }
    let extensions = packet.be16_at(14)?;
    let kind = packet.u8_at(17)?;
    match lookup(TYPES, kind) {
        Some(name) => put!(cx, name),
        None => put!(cx, "unknown-op-type-", Hex0(kind, 4)),
    }
    let end = match extensions {
        0 => size,
        _ if extensions > size => return cx.invalid_because("extoff", extensions.into(), ">", size.into()),
        _ if extensions < FIXED_HEADER_LENGTH => {
            return cx.invalid_because("extoff", extensions.into(), "<", FIXED_HEADER_LENGTH.into());
        }
        _ => extensions,
    };
    let part = packet.skip(FIXED_HEADER_LENGTH.into());
    let length = part.length().min(u32::from(end - FIXED_HEADER_LENGTH)) as u16;
    packet.need(FIXED_HEADER_LENGTH.into())?;
    if length < MANDATORY_HEADER_LENGTH {
        return cx.invalid_because("mand_part_len", length.into(), "<", MANDATORY_HEADER_LENGTH.into());
    }
    put_mandatory_part(cx, &packet, Part { data: part, length }, kind, families)
}

/// What is left of the mandatory part. Its length is on its own: it may come to contradict the data.
struct Part<'p> {
    data: Cursor<'p>,
    length: u16,
}

impl Part<'_> {
    fn skip(&mut self, count: u16) {
        self.data = self.data.skip(count.into());
        self.length = self.length.wrapping_sub(count);
    }
}

fn put_mandatory_part(cx: &mut Context, packet: &Cursor, mut part: Part, kind: u8, families: Families) -> Outcome {
    part.data.need(MANDATORY_HEADER_LENGTH.into())?;
    match kind {
        ERROR => put!(cx, ", error <", name_or_number(ERRORS, part.data.be16_at(4)?, "unknown-err-code-", ""), ">"),
        TRAFFIC => {
            put!(
                cx,
                ", code <",
                name_or_number(TRAFFIC_CODES, part.data.be16_at(4)?, "unknown-traffic-code-", ""),
                ">"
            );
        }
        _ if has_clients(kind) => put!(cx, ", id ", part.data.be32_at(4)?),
        _ => {}
    }
    let [link_length, link_sub_length] = packet.array_at(18)?;
    if cx.style.verbose > 0 {
        put!(cx, ", hopcnt ", packet.u8_at(9)?);
        put!(cx, if link_length & RESERVED != 0 { " (shtl bit 7 set)" } else { "" });
        put!(cx, if link_length & E_164 != 0 { " (nbma E.154)" } else { "" });
    }
    let [source_length, destination_length] = part.data.array_at(0)?;
    part.skip(MANDATORY_HEADER_LENGTH);
    if part.length < link_length.into() {
        return put_too_short(cx, part.length, link_length);
    }
    if link_length != 0 {
        put_link_address(cx, &part.data, link_length, families, ", src nbma ")?;
    }
    part.skip(link_length.into());
    if part.length < link_sub_length.into() {
        return put_too_short(cx, part.length, link_sub_length);
    }
    part.data.need(link_sub_length.into())?;
    part.skip(link_sub_length.into());
    put_network_addresses(cx, &mut part, source_length, destination_length, families)
        .and_then(|fits| if fits && has_clients(kind) { put_clients(cx, &mut part, families) } else { Ok(()) })
}

/// The addresses of the source and the destination; `false` where the packet is too short for them.
fn put_network_addresses(
    cx: &mut Context,
    part: &mut Part,
    source_length: u8,
    destination_length: u8,
    families: Families,
) -> Outcome<bool> {
    put!(cx, ", ");
    if source_length != 0 {
        if part.length < source_length.into() {
            return put_too_short(cx, part.length, source_length).map(|()| false);
        }
        if !is_ip(families.network) {
            put!(cx, "proto type ", Hex0(families.network, 4), " ");
        }
        part.data.need(source_length.into())?;
        put_network_address(cx, &part.data, source_length, families)?;
        put!(cx, " ");
        part.skip(source_length.into());
    }
    put!(cx, "->");
    if destination_length != 0 {
        if part.length < destination_length.into() {
            return put_too_short(cx, part.length, destination_length).map(|()| false);
        }
        part.data.need(destination_length.into())?;
        put!(cx, " ");
        put_network_address(cx, &part.data, destination_length, families)?;
        part.skip(destination_length.into());
    }
    Ok(true)
}

/// Whether entries of clients follow the addresses.
fn has_clients(kind: u8) -> bool {
    matches!(kind, 1..=6)
}

fn put_too_short(cx: &mut Context, length: u16, needed: u8) -> Outcome {
    cx.invalid_because("mand_part_len", length.into(), "<", needed.into())
}

fn put_clients(cx: &mut Context, part: &mut Part, families: Families) -> Outcome {
    while part.length != 0 {
        put_client(cx, part, families)?;
    }
    Ok(())
}

/// A client's entry (RFC 2332 section 5.2.0.1). One that does not fit is the last.
fn put_client(cx: &mut Context, part: &mut Part, families: Families) -> Outcome {
    const REMAINING: &str = "remaining mandatory part length";
    if part.length < CLIENT_HEADER_LENGTH {
        cx.invalid_because(REMAINING, part.length.into(), "<", CLIENT_HEADER_LENGTH.into())?;
        part.length = 0;
        return Ok(());
    }
    let data = part.data;
    put!(cx, " (code ", data.u8_at(0)?);
    if cx.style.verbose > 0 {
        data.need(CLIENT_HEADER_LENGTH.into())?;
        put!(cx, ", pl ", data.u8_at(1)?, ", mtu ", data.be16_at(4)?, ", htime ", data.be16_at(6)?);
        put!(cx, ", pref ", data.u8_at(11)?);
    }
    let [link_length, link_sub_length, network_length] = data.array_at(8)?;
    put!(cx, if link_length & E_164 != 0 { ", nbma E.154" } else { "" });
    part.skip(CLIENT_HEADER_LENGTH);
    // tcpdump looks whether there is room for the address where it comes to the sub-address.
    let lengths = [(link_length, link_length), (link_sub_length, link_length), (network_length, network_length)];
    for (which, (length, needed)) in lengths.into_iter().enumerate() {
        if length == 0 {
            continue;
        }
        if part.length < needed.into() {
            cx.invalid_because(REMAINING, part.length.into(), "<", needed.into())?;
            part.length = 0;
            return Ok(());
        }
        match which {
            0 => put_link_address(cx, &part.data, length, families, ", nbma ")?,
            1 => {
                put!(cx, ", unknown-nbma-saddr-family");
                part.data.need(length.into())?;
            }
            _ => put_client_network_address(cx, &part.data, length, families)?,
        }
        part.skip(length.into());
    }
    put!(cx, ")");
    Ok(())
}

fn put_client_network_address(cx: &mut Context, data: &Cursor, length: u8, families: Families) -> Outcome {
    data.need(length.into())?;
    if is_ip(families.network) {
        put!(cx, ", proto ");
        return put_network_address(cx, data, length, families);
    }
    put!(cx, ", unknown-proto-family-", Hex0(families.network, 4), " (");
    put_network_address(cx, data, length, families)?;
    put!(cx, ")");
    Ok(())
}

/// Whether an EtherType is one of IP.
fn is_ip(network: u16) -> bool {
    matches!(network, ethertype::IPV4 | ethertype::IPV6)
}

/// A link-layer address behind `label`, if its family is known.
fn put_link_address(cx: &mut Context, data: &Cursor, length: u8, families: Families, label: &str) -> Outcome {
    let octets = data.bytes_at(0, length.into())?;
    if !matches!(families.link, address_family::IPV4 | address_family::IPV6 | address_family::IEEE_802) {
        put!(cx, ", unknown-nbma-addr-family-", Hex0(families.link, 4), " (", Colons(octets), ")");
        return Ok(());
    }
    put!(cx, label);
    match (families.link, length) {
        (address_family::IPV4, 4) => cx.ipv4_at(data, 0)?,
        (address_family::IPV6, 16) => cx.ipv6_at(data, 0)?,
        (address_family::IEEE_802, 6) => cx.mac(Mac(data.array_at(0)?)),
        _ => put!(cx, Colons(octets)),
    }
    Ok(())
}

fn put_network_address(cx: &mut Context, data: &Cursor, length: u8, families: Families) -> Outcome {
    match (families.network, length) {
        (ethertype::IPV4, 4) => cx.ipv4_at(data, 0)?,
        (ethertype::IPV6, 16) => cx.ipv6_at(data, 0)?,
        _ => put!(cx, Colons(data.bytes_at(0, length.into())?)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn a_sub_address_longer_than_the_packet_ends_it() {
        assert_eq!(
            payload_text(
                1,
                54,
                &octets(
                    "0001 0800 0000000000 ff 0034 0000 0000 01 01 04 00 04 04 8000 00000001 \
                     0a000001 c0a80001 c0a80002 00 20 0000 1194 1c20 00 05 00 00 0102"
                )
            )
            .split_once("NHRP: ")
            .map(|(_, text)| text),
            Some(
                "res request, id 1, hopcnt 255, src nbma 10.0.0.1, 192.168.0.1 -> 192.168.0.2 \
                 (code 0, pl 32, mtu 4500, htime 7200, pref 0, unknown-nbma-saddr-family [|nhrp]"
            )
        );
    }
}
