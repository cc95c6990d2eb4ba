//! Routing headers: type 0 (RFC 2460 section 4.4, deprecated by RFC 5095), type 2 (RFC 6275
//! section 6.4) and type 4, segment routing (RFC 8754).

use super::length_in_units;
use crate::dissect::address::Ipv6;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

const SOURCE_ROUTE: u8 = 0;
const MOBILITY: u8 = 2;
const SEGMENT_ROUTING: u8 = 4;

/// Octets in front of the list of addresses, in all types alike.
const FIXED_LENGTH: usize = 8;
const ADDRESS_LENGTH: usize = 16;

const TLV_PAD1: u8 = 0;
const TLV_PADN: u8 = 4;
const TLV_HMAC: u8 = 5;
const TLV_NAMES: &[Name] = &[(TLV_PAD1 as u32, "Pad1"), (TLV_PADN as u32, "PadN"), (TLV_HMAC as u32, "HMAC")];
/// The most padding that is ever needed (RFC 8754 section 2.1.1.2).
const PADN_LENGTH_MAX: u8 = 5;
/// Octets of an HMAC TLV's flag and key number.
const HMAC_FIXED_LENGTH: u32 = 6;

/// The destination that this header gives the packet in the end.
pub fn final_destination(header: &Cursor) -> Outcome<Option<Ipv6>> {
    if !header.has(4) || header.u8_at(1)? % 2 == 1 {
        return Ok(None);
    }
    let mut addresses = header.skip(FIXED_LENGTH).captured().chunks_exact(ADDRESS_LENGTH);
    let address = match header.u8_at(2)? {
        SOURCE_ROUTE | MOBILITY => addresses.take(usize::from(header.u8_at(1)?) / 2).next_back(),
        // The segments are listed from the last to the first.
        SEGMENT_ROUTING => addresses.next(),
        _ => None,
    };
    Ok(address.and_then(|octets| octets.first_chunk()).map(|octets| Ipv6(*octets)))
}

/// Prints the header. The result is its length, or `None` after a format error.
pub fn print(cx: &mut Context, header: &Cursor) -> Outcome<Option<u32>> {
    cx.protocol = "rt6";
    cx.protocol_caps();
    put!(cx, " (len=", header.u8_at(1)?);
    let kind = header.u8_at(2)?;
    put!(cx, ", type=", kind);
    if kind == SOURCE_ROUTE {
        put!(cx, " [Deprecated]");
    }
    put!(cx, ", segleft=", header.u8_at(3)?);
    let valid = match kind {
        SOURCE_ROUTE | MOBILITY => put_addresses_of_source_route(cx, header)?,
        SEGMENT_ROUTING => put_segment_routing(cx, header)?,
        _ => {
            put!(cx, " (unknown type)");
            false
        }
    };
    if !valid {
        cx.invalid()?;
        return Ok(None);
    }
    put!(cx, ") ");
    length_in_units(header).map(Some)
}

/// Types 0 and 2: a list of addresses that fills the header.
fn put_addresses_of_source_route(cx: &mut Context, header: &Cursor) -> Outcome<bool> {
    let reserved = header.be32_at(4)?;
    if reserved != 0 || cx.style.verbose > 0 {
        put!(cx, ", rsv=0x", Hex(reserved));
    }
    let length = header.u8_at(1)?;
    if length % 2 == 1 {
        put!(cx, " [length ", length, "]");
        return Ok(false);
    }
    put_addresses(cx, header, u32::from(length / 2))?;
    Ok(true)
}

/// Type 4: a list of segments, of the length that the header tells apart, and then perhaps TLVs.
fn put_segment_routing(cx: &mut Context, header: &Cursor) -> Outcome<bool> {
    let last_entry = u32::from(header.u8_at(4)?);
    put!(cx, ", last-entry=", last_entry);
    let flags = header.u8_at(5)?;
    if flags != 0 || cx.style.verbose > 0 {
        put!(cx, ", flags=0x", Hex(flags));
    }
    put!(cx, ", tag=", Hex(header.be16_at(6)?));
    put_addresses(cx, header, last_entry + 1)?;
    let list_length = (last_entry + 1) * ADDRESS_LENGTH as u32;
    let tlvs_length = (u32::from(header.u8_at(1)?) * 8).saturating_sub(list_length);
    put_tlvs(cx, header.skip(FIXED_LENGTH + list_length as usize).with_length(tlvs_length))
}

fn put_addresses(cx: &mut Context, header: &Cursor, count: u32) -> Outcome {
    for index in 0..count {
        let at = FIXED_LENGTH + index as usize * ADDRESS_LENGTH;
        header.array_at::<ADDRESS_LENGTH>(at)?;
        put!(cx, ", [", index, "]");
        cx.ipv6_at(header, at)?;
    }
    Ok(())
}

/// The TLVs behind the segments. `false` means that one contradicts its format.
fn put_tlvs(cx: &mut Context, tlvs: Cursor) -> Outcome<bool> {
    let mut rest = tlvs;
    while rest.length() > 0 {
        let kind = rest.u8()?;
        put!(cx, ", TLV-type=", lookup(TLV_NAMES, kind).unwrap_or("Unknown"), "(", kind, ")");
        if rest.length() == 0 {
            break;
        }
        if kind == TLV_PAD1 {
            continue;
        }
        let length = rest.u8()?;
        put!(cx, ", TLV-len=", length);
        let valid = match kind {
            TLV_PADN => skip_padding(cx, &mut rest, length)?,
            TLV_HMAC => put_hmac(cx, &mut rest, length)?,
            _ => put_unknown_tlv(cx, &mut rest, length)?,
        };
        if !valid {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether `minimum` octets are left of the TLVs; says if not.
fn remain(cx: &mut Context, rest: &Cursor, minimum: u32) -> bool {
    let enough = rest.length() >= minimum;
    if !enough {
        put!(cx, " [remaining length ", rest.length(), " < ", minimum, "]");
    }
    enough
}

fn skip_padding(cx: &mut Context, rest: &mut Cursor, length: u8) -> Outcome<bool> {
    if length > PADN_LENGTH_MAX {
        put!(cx, " [PadN length ", length, " > ", PADN_LENGTH_MAX, "]");
        return Ok(false);
    }
    if !remain(cx, rest, length.into()) {
        return Ok(false);
    }
    rest.bytes(length.into())?;
    Ok(true)
}

/// A message authentication code. tcpdump takes the length for that of the code alone.
fn put_hmac(cx: &mut Context, rest: &mut Cursor, length: u8) -> Outcome<bool> {
    if !remain(cx, rest, HMAC_FIXED_LENGTH) {
        return Ok(false);
    }
    let verbose = cx.style.verbose > 0;
    let flags = rest.be16()?;
    if verbose {
        put!(cx, ", D=", flags >> 15);
        if flags & 0x7fff != 0 {
            put!(cx, ", reserved MBZ ", flags & 0x7fff);
        }
    }
    let key = rest.be32()?;
    if verbose {
        put!(cx, ", HMAC-key-ID=0x", Hex0(key, 2), ", HMAC=0x");
    }
    for _ in 0..length {
        let octet = rest.array_at::<1>(0)?;
        if !remain(cx, rest, 1) {
            return Ok(false);
        }
        *rest = rest.skip(1);
        if verbose {
            put!(cx, HexBytes(&octet));
        }
    }
    Ok(true)
}

fn put_unknown_tlv(cx: &mut Context, rest: &mut Cursor, length: u8) -> Outcome<bool> {
    let verbose = cx.style.verbose > 0;
    if verbose {
        put!(cx, ", TLV-value=0x");
    }
    if !remain(cx, rest, length.into()) {
        return Ok(false);
    }
    if verbose {
        let captured = rest.captured();
        put!(cx, HexBytes(captured.get(..length.into()).unwrap_or(captured)));
    }
    rest.bytes(length.into())?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::tests::text;

    /// A segment routing header with one segment, ::3, and these TLVs.
    fn segment_routing(tlvs: &[u8]) -> Vec<u8> {
        let mut header = vec![59, 2 + (tlvs.len() / 8) as u8, 4, 0, 0, 0, 0, 0];
        header.extend([0; 15]);
        header.push(3);
        header.extend(tlvs);
        header
    }

    const START: &str = "::1 > ::2: RT6 (len=3, type=4, segleft=0, last-entry=0, flags=0x0, tag=0, [0]::3";

    fn with_tlvs(tlvs: [u8; 8]) -> String {
        let text = text(1, 43, &segment_routing(&tlvs));
        let (_, text) = text.split_once(") ").unwrap_or_default();
        text.strip_prefix(START).unwrap_or(text).to_owned()
    }

    #[test]
    fn tlvs_are_walked_to_the_end_of_the_header() {
        let end = ") no next header";
        assert_eq!(
            with_tlvs([0, 4, 1, 0, 7, 1, 0xab, 0]),
            [
                ", TLV-type=Pad1(0), TLV-type=PadN(4), TLV-len=1",
                ", TLV-type=Unknown(7), TLV-len=1, TLV-value=0xab, TLV-type=Pad1(0)",
                end
            ]
            .concat()
        );
        assert_eq!(
            with_tlvs([5, 0, 0x80, 1, 0, 0, 0, 9]),
            [", TLV-type=HMAC(5), TLV-len=0, D=1, reserved MBZ 1, HMAC-key-ID=0x09, HMAC=0x", end].concat()
        );
    }

    #[test]
    fn a_tlv_longer_than_the_header_is_invalid() {
        assert_eq!(with_tlvs([4, 6, 0, 0, 0, 0, 0, 0]), ", TLV-type=PadN(4), TLV-len=6 [PadN length 6 > 5] (invalid)");
        assert_eq!(
            with_tlvs([0, 0, 0, 4, 5, 0, 0, 0]),
            [
                ", TLV-type=Pad1(0), TLV-type=Pad1(0), TLV-type=Pad1(0), TLV-type=PadN(4), TLV-len=5",
                " [remaining length 3 < 5] (invalid)"
            ]
            .concat()
        );
    }
}
