//! Networks that can be reached: narrow metrics (RFC 1195 section 5.3), wide metrics (RFC 5305 section 4), IPv6
//! (RFC 5308), and several topologies (RFC 5120).

use super::super::{Dissected, End, expect};
use super::neighbors::{put_metric, put_other_metrics};
use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const NARROW_LENGTH: usize = 12;
/// A metric's highest bit here: the network comes down from a higher level.
const DOWN: u8 = 0x80;
/// Characters of an IPv4 address in a column.
const ADDRESS_WIDTH: usize = 15;

const BITS_MAX_4: u8 = 32;
const BITS_MASK_4: u8 = 0x3f;
const BITS_MAX_6: u8 = 128;
const VALUES_PRESENT_4: u8 = 0x40;
const VALUES_PRESENT_6: u8 = 0x20;
const EXTERNAL_6: u8 = 0x40;

const TAG_32: u8 = 1;
const TAG_64: u8 = 2;
const SEGMENT_ID: u8 = 3;
const COLOR: u8 = 117;
const VALUES: &[Name] = &[
    (TAG_32 as u32, "32-Bit Administrative tag"),
    (TAG_64 as u32, "64-Bit Administrative tag"),
    (SEGMENT_ID as u32, "Prefix SID"),
    (COLOR as u32, "Management Prefix Color"),
];
/// RFC 8667 section 2.1: a label, not an index.
const SEGMENT_VALUE: u8 = 0x08;
const SEGMENT_FLAGS: &[Name] = &[
    (0x80, "Readvertisement"),
    (0x40, "Node"),
    (0x20, "No-PHP"),
    (0x10, "Explicit NULL"),
    (SEGMENT_VALUE as u32, "Value"),
    (0x04, "Local"),
];
const ALGORITHMS: &[Name] = &[(0, "SPF"), (1, "strict-SPF")];

/// Which addresses prefixes are of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    V4,
    V6,
}

/// Networks with narrow metrics and masks (TLV 128 and 130). What is cut off ends the text.
pub(super) fn print_narrow(cx: &mut Context, mut rest: Cursor) -> Dissected {
    let indent = "\n\t      ";
    while rest.length() > 0 {
        if (rest.length() as usize) < NARROW_LENGTH {
            put!(cx, "short IPv4 Reachability (", rest.length(), " vs ", NARROW_LENGTH, ")");
            return Err(End::Finished);
        }
        expect(&rest, NARROW_LENGTH).map_err(|_| End::Finished)?;
        let mask = rest.be32_at(8)?;
        put!(cx, indent, "IPv4 prefix: ");
        if mask.leading_ones() + mask.trailing_zeros() >= 32 {
            put_padded_address(cx, IpAddress::v4_at(&rest, 4)?);
            put!(cx, "/", mask.leading_ones());
        } else {
            cx.ipv4_at(&rest, 4)?;
            put!(cx, " mask ");
            cx.ipv4_at(&rest, 8)?;
        }
        let metric = rest.u8_at(0)?;
        put!(cx, ", Distribution: ", if metric & DOWN != 0 { "down" } else { "up" }, ", ");
        put_metric(cx, "Metric", metric);
        put_other_metrics(cx, "\n\t        ", &rest)?;
        rest = rest.skip(NARROW_LENGTH);
    }
    Ok(())
}

/// An address at the right end of its column.
fn put_padded_address(cx: &mut Context, address: IpAddress) {
    let start = cx.out.len();
    cx.host(address);
    let missing = ADDRESS_WIDTH.saturating_sub(cx.out.len() - start);
    cx.out.extend(std::iter::repeat_n(b' ', missing));
    if let Some(column) = cx.out.get_mut(start..) {
        column.rotate_right(missing);
    }
}

/// Networks with wide metrics (TLV 135, 235, 236 and 237).
pub(super) fn print_wide(cx: &mut Context, mut rest: Cursor, family: Family) -> Dissected {
    while rest.length() > 0 {
        let length = put_wide(cx, &rest, family)?;
        if rest.length() < length {
            put!(cx, " [remaining tlv length ", rest.length(), " < ", length, "]");
            cx.invalid()?;
            return Ok(());
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// The prefix, how far it is, and more about it. Returns how many octets that takes, which may be more
/// than there are.
fn put_wide(cx: &mut Context, entry: &Cursor, family: Family) -> Dissected<u32> {
    let metric = entry.be32_at(0)?;
    let status = entry.u8_at(4)?;
    let (name, bits, most, fixed) = match family {
        Family::V4 => ("IPv4", status & BITS_MASK_4, BITS_MAX_4, 5),
        Family::V6 => ("IPv6", entry.u8_at(5)?, BITS_MAX_6, 6),
    };
    if bits > most {
        put!(cx, "\n\t      ", name, " prefix: bad bit length ", bits);
        return Err(End::Incomplete);
    }
    let octets = usize::from(bits).div_ceil(8);
    let prefix = prefix(entry.bytes_at(fixed, octets)?);
    put!(cx, "\n\t      ", name, " prefix: ");
    match (family, prefix) {
        (Family::V4, [a, b, c, d, ..]) => put_padded_address(cx, IpAddress::V4(Ipv4([a, b, c, d]))),
        (Family::V6, prefix) => cx.host(IpAddress::V6(Ipv6(prefix))),
    }
    let distribution = if status & DOWN != 0 { "down" } else { "up" };
    put!(cx, "/", bits, ", Distribution: ", distribution, ", Metric: ", metric);
    if family == Family::V6 {
        put!(cx, if status & EXTERNAL_6 != 0 { ", External" } else { ", Internal" });
    }
    let present = if family == Family::V6 { VALUES_PRESENT_6 } else { VALUES_PRESENT_4 };
    let length = fixed + octets;
    if status & present == 0 {
        return Ok(length as u32);
    }
    put!(cx, ", sub-TLVs present");
    let mut rest = entry.skip(length);
    let all = rest.u8()?;
    put!(cx, " (", all, ")");
    let mut remaining = u32::from(all);
    while remaining != 0 {
        let (kind, length) = (rest.u8()?, rest.u8()?);
        put_value(cx, kind, length, &rest)?;
        rest = rest.skip(length.into());
        // Values that go beyond their sum make tcpdump go on to the end of the capture.
        remaining = remaining.wrapping_sub(u32::from(length) + 2);
    }
    Ok(length as u32 + 1 + u32::from(all))
}

/// A prefix with zeros for what is left out.
fn prefix(octets: &[u8]) -> [u8; 16] {
    let mut prefix = [0; 16];
    for (to, from) in prefix.iter_mut().zip(octets) {
        *to = *from;
    }
    prefix
}

fn put_value(cx: &mut Context, kind: u8, length: u8, rest: &Cursor) -> Dissected {
    put!(cx, "\n\t        ", name_or(VALUES, kind, "unknown"), " subTLV #", kind, ", length: ", length);
    let value = rest.limit(length.into()).captured();
    // tcpdump marks a value that is cut off, and then the packet.
    if value.len() < length.into() {
        cx.truncated();
        return Err(End::Incomplete);
    }
    let value = Cursor::new(value, length.into());
    match kind {
        COLOR | TAG_32 => {
            for at in (0..usize::from(length / 4 * 4)).step_by(4) {
                let tag = value.be32_at(at)?;
                put!(cx, ", 0x", Hex0(tag, 8), " (=", tag, ")");
            }
        }
        TAG_64 => {
            for at in (0..usize::from(length / 8 * 8)).step_by(8) {
                put!(cx, ", 0x", Hex0(value.be64_at(at)?, 16));
            }
        }
        SEGMENT_ID => put_segment(cx, length, rest)?,
        _ => put_hex_lines(cx, "\n\t\t    ", &value, length.into()),
    }
    Ok(())
}

/// The identifier of the segment to a prefix (RFC 8667 section 2.1).
fn put_segment(cx: &mut Context, length: u8, value: &Cursor) -> Dissected {
    let [bits, algorithm]: [u8; 2] = value.array_at(0)?;
    let is_label = bits & SEGMENT_VALUE != 0;
    if length < if is_label { 5 } else { 6 } {
        cx.truncated();
        return Err(End::Incomplete);
    }
    let (kind, id) = if is_label { ("label", value.be24_at(2)?) } else { ("index", value.be32_at(2)?) };
    put!(cx, ", Flags [", flags(SEGMENT_FLAGS, bits, "None"), "], Algo ", name_or(ALGORITHMS, algorithm, "Unknown"));
    put!(cx, " (", algorithm, "), ", kind, " ", id);
    Ok(())
}

/// IPv4 addresses, or IPv6 addresses, in a list; a rest that is none is passed over.
pub(super) fn print_addresses(cx: &mut Context, mut rest: Cursor, family: Family) -> Outcome {
    let width = if family == Family::V4 { 4 } else { 16 };
    while rest.length() >= width {
        rest.need(width as usize)?;
        match family {
            Family::V4 => {
                put!(cx, "\n\t      IPv4 interface address: ");
                cx.ipv4_at(&rest, 0)?;
            }
            Family::V6 => {
                put!(cx, "\n\t      IPv6 interface address: ");
                cx.ipv6_at(&rest, 0)?;
            }
        }
        rest = rest.skip(width as usize);
    }
    Ok(())
}
