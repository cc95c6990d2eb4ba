//! Linux's netfilter log (`DLT_NFLOG`): attributes of a packet, the last of which is the packet.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv4, ipv6};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 4;
/// An attribute's length, which counts these octets too, and its type.
const ATTRIBUTE_HEADER_LENGTH: u16 = 4;
const PACKET: u16 = 9;

/// Address families as Linux numbers them, whatever this machine does.
const IPV4: u8 = 2;
const IPV6: u8 = 10;
const FAMILIES: &[Name] = &[(IPV4 as u32, "IPv4"), (IPV6 as u32, "IPv6")];

/// Prints the header with `-e`, and the packet; returns the length of what stands in front of it.
pub fn print(cx: &mut Context, log: Cursor) -> Outcome<usize> {
    cx.protocol = "nflog";
    if log.length() < HEADER_LENGTH {
        return cx.invalid_because("length", log.length(), "<", HEADER_LENGTH).map(|()| 0);
    }
    log.need(HEADER_LENGTH as usize)?;
    let version = log.u8_at(1)?;
    if version != 0 {
        put!(cx, "version ", version, " (unknown)");
        return Ok(HEADER_LENGTH as usize);
    }
    if cx.style.link_header {
        put_header(cx, &log, log.length())?;
    }
    let Some(packet) = find_packet(cx, log.skip(HEADER_LENGTH as usize))? else {
        return Ok(HEADER_LENGTH as usize);
    };
    match log.u8_at(0)? {
        IPV4 => ipv4::print(cx, packet)?,
        IPV6 => ipv6::print(cx, packet)?,
        _ => {
            if !cx.style.link_header {
                // As tcpdump counts it: without the attributes.
                put_header(cx, &log, packet.length().saturating_add(HEADER_LENGTH))?;
            }
            cx.unknown_payload(packet);
        }
    }
    // tcpdump counts them with 16 bits.
    let header_length = log.length().saturating_sub(packet.length());
    Ok((header_length & u32::from(u16::MAX)) as usize)
}

/// What follows the attributes in front of the packet; `None` where they are invalid, which is printed.
fn find_packet<'p>(cx: &mut Context, mut attributes: Cursor<'p>) -> Outcome<Option<Cursor<'p>>> {
    while attributes.length() > 0 {
        let length = attributes.length();
        if length < ATTRIBUTE_HEADER_LENGTH.into() {
            return cx.invalid_because("length", length, "<", ATTRIBUTE_HEADER_LENGTH.into()).map(|()| None);
        }
        attributes.need(ATTRIBUTE_HEADER_LENGTH.into())?;
        // Padded to four octets, which makes the largest sizes overflow to zero.
        let size = u16::from_ne_bytes(attributes.array_at(0)?).checked_next_multiple_of(4).unwrap_or(0);
        if size < ATTRIBUTE_HEADER_LENGTH {
            return cx.invalid_because("size", size.into(), "<", ATTRIBUTE_HEADER_LENGTH.into()).map(|()| None);
        }
        if length < size.into() {
            return cx.invalid_because("length", length, "<", size.into()).map(|()| None);
        }
        attributes.need(size.into())?;
        if u16::from_ne_bytes(attributes.array_at(2)?) == PACKET {
            return Ok(Some(attributes.skip(ATTRIBUTE_HEADER_LENGTH.into())));
        }
        attributes = attributes.skip(size.into());
    }
    Ok(Some(attributes))
}

fn put_header(cx: &mut Context, log: &Cursor, length: u32) -> Outcome {
    let family = log.u8_at(0)?;
    put!(cx, "version ", log.u8_at(1)?, ", resource ID ", log.be16_at(2)?, ", ");
    match (lookup(FAMILIES, family), cx.style.quiet) {
        (name, 0) => put!(cx, "family ", name.unwrap_or("Unknown"), " (", family, ")"),
        (Some(name), _) => put!(cx, name),
        (None, _) => put!(cx, "Unknown NFLOG (0x", Hex0(family, 2), ")"),
    }
    put!(cx, ", length ", length, ": ");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    #[cfg(target_endian = "little")]
    fn an_attribute_longer_than_16_bits_is_invalid() {
        assert_eq!(text(0, LinkType::NFLOG, "02000000 fdff0100"), " [size 0 < 4] (invalid)");
        assert_eq!(text(0, LinkType::NFLOG, "02000000 04000100"), "IP  [length 0 < 20] (invalid)");
        assert_eq!(text(0, LinkType::NFLOG, "02000000 09000100 00000000"), " [length 8 < 12] (invalid)");
        assert_eq!(text(0, LinkType::NFLOG, "02010000"), "version 1 (unknown)");
    }
}
