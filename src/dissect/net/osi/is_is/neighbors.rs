//! Neighbors and how far they are: with four narrow metrics (ISO 10589 section 9.8), or with a wide one and
//! what traffic engineering wants to know of the link (RFC 5305 section 3, RFC 4205, RFC 8667 section 2.2).

use super::super::{Dissected, End, expect};
use super::id::{NODE_ID_LENGTH, SYSTEM_ID_LENGTH, id_at};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::gmpls::{
    CONSTRAINT_MODELS, ENCODINGS, PACKET_SWITCHING_LAST, PROTECTIONS, SWITCHINGS, TIME_DIVISION,
    TIME_DIVISION_INDICATIONS, megabits, put_bandwidths,
};
use crate::dissect::named::{flags, name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of the narrow metrics: default, delay, expense, error.
pub(super) const METRICS_LENGTH: usize = 4;
const METRIC_MASK: u8 = 0x3f;
const METRIC_EXTERNAL: u8 = 0x40;
const METRIC_UNSUPPORTED: u8 = 0x80;

const ADMINISTRATIVE_GROUP: u8 = 3;
const LINK_IDS: u8 = 4;
const REMOTE_LINK_ID: u8 = 5;
const LOCAL_ADDRESS: u8 = 6;
const REMOTE_ADDRESS: u8 = 8;
const BANDWIDTH: u8 = 9;
const RESERVABLE_BANDWIDTH: u8 = 10;
const UNRESERVED_BANDWIDTH: u8 = 11;
const CONSTRAINTS_OLD: u8 = 12;
const METRIC: u8 = 18;
const ATTRIBUTES: u8 = 19;
const PROTECTION: u8 = 20;
const SWITCHING: u8 = 21;
const CONSTRAINTS: u8 = 22;
const BRIDGING_METRIC: u8 = 29;
const LAN_SEGMENT: u8 = 32;
const VALUES: &[Name] = &[
    (ADMINISTRATIVE_GROUP as u32, "Administrative groups"),
    (LINK_IDS as u32, "Link Local/Remote Identifier"),
    (REMOTE_LINK_ID as u32, "Link Remote Identifier"),
    (LOCAL_ADDRESS as u32, "IPv4 interface address"),
    (REMOTE_ADDRESS as u32, "IPv4 neighbor address"),
    (BANDWIDTH as u32, "Maximum link bandwidth"),
    (RESERVABLE_BANDWIDTH as u32, "Reservable link bandwidth"),
    (UNRESERVED_BANDWIDTH as u32, "Unreserved bandwidth"),
    (METRIC as u32, "Traffic Engineering Metric"),
    (ATTRIBUTES as u32, "Link Attribute"),
    (PROTECTION as u32, "Link Protection Type"),
    (SWITCHING as u32, "Interface Switching Capability"),
    (CONSTRAINTS_OLD as u32, "Bandwidth Constraints (old)"),
    (CONSTRAINTS as u32, "Bandwidth Constraints"),
    (LAN_SEGMENT as u32, "LAN Adjacency Segment Identifier"),
    (BRIDGING_METRIC as u32, "SPB Metric"),
    (250, "Reserved for cisco specific extensions"),
    (251, "Reserved for cisco specific extensions"),
    (252, "Reserved for cisco specific extensions"),
    (253, "Reserved for cisco specific extensions"),
    (254, "Reserved for cisco specific extensions"),
    (255, "Reserved for future expansion"),
];

const LINK_ATTRIBUTES: &[Name] = &[
    (0x01, "Local Protection Available"),
    (0x02, "Link excluded from local protection path"),
    (0x04, "Local maintenance required"),
];
const SEGMENT_VALUE: u8 = 0x20;
const SEGMENT_LOCAL: u8 = 0x10;
const SEGMENT_FLAGS: &[Name] = &[
    (0x80, "Address family IPv6"),
    (0x40, "Backup"),
    (SEGMENT_VALUE as u32, "Value"),
    (SEGMENT_LOCAL as u32, "Local significance"),
    (0x08, "Set of adjacencies"),
    (0x04, "Persistent"),
];

/// The indent of a neighbor's values, and of what they consist of.
const INDENT: &str = "\n\t        ";
const INNER: &str = "\n\t          ";

/// `name: metric, Internal`.
pub(super) fn put_metric(cx: &mut Context, name: &str, metric: u8) {
    let kind = if metric & METRIC_EXTERNAL != 0 { "External" } else { "Internal" };
    put!(cx, name, ": ", metric & METRIC_MASK, ", ", kind);
}

/// The narrow metrics behind the default one, those that are in use.
pub(super) fn put_other_metrics(cx: &mut Context, indent: &str, metrics: &Cursor) -> Outcome {
    for (at, name) in [(1, "Delay Metric"), (2, "Expense Metric"), (3, "Error Metric")] {
        let metric = metrics.u8_at(at)?;
        if metric & METRIC_UNSUPPORTED == 0 {
            put!(cx, indent);
            put_metric(cx, name, metric);
        }
    }
    Ok(())
}

/// All four narrow metrics.
pub(super) fn put_metrics(cx: &mut Context, metrics: &Cursor) -> Outcome {
    let default = metrics.u8_at(0)?;
    put!(cx, ", ");
    put_metric(cx, "Default Metric", default);
    put_other_metrics(cx, "\n\t\t  ", metrics)
}

/// Neighbors with narrow metrics (TLV 2 and 3), each with an identifier of `id_length` octets.
pub(super) fn print_narrow(cx: &mut Context, mut rest: Cursor, name: &str, id_length: usize) -> Dissected {
    let length = METRICS_LENGTH + id_length;
    while rest.length() as usize >= length {
        expect(&rest, length)?;
        put!(cx, "\n\t      ", name, " Neighbor: ", id_at(&rest, METRICS_LENGTH, id_length)?);
        put_metrics(cx, &rest)?;
        rest = rest.skip(length);
    }
    Ok(())
}

/// Neighbors with wide metrics (TLV 22 and 222), or other names of a system (TLV 24), which have none.
pub(super) fn print_wide(cx: &mut Context, mut rest: Cursor, has_metric: bool) -> Dissected {
    while rest.length() > 0 {
        let length = put_wide(cx, rest, has_metric)?;
        if rest.length() < length {
            put!(cx, " [remaining tlv length ", rest.length(), " < ", length, "]");
            cx.invalid()?;
            return Ok(());
        }
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// Looks ahead: are `count` octets there, captured and in the TLV?
fn expect_both(data: &Cursor, count: usize) -> Dissected {
    expect(data, count)?;
    if (data.length() as usize) < count { Err(End::Incomplete) } else { Ok(()) }
}

/// A neighbor. Returns how many octets it takes, which may be more than there are.
fn put_wide(cx: &mut Context, mut rest: Cursor, has_metric: bool) -> Dissected<u32> {
    expect_both(&rest, NODE_ID_LENGTH)?;
    put!(cx, "\n\t      IS Neighbor: ", id_at(&rest, 0, NODE_ID_LENGTH)?);
    rest = rest.skip(NODE_ID_LENGTH);
    let mut length = NODE_ID_LENGTH as u32 + 1;
    if has_metric {
        expect_both(&rest, 3)?;
        put!(cx, ", Metric: ", rest.be24()?);
        length += 3;
    }
    expect_both(&rest, 1)?;
    let mut remaining = u32::from(rest.u8()?);
    put!(cx, ", ", if remaining == 0 { "no " } else { "" }, "sub-TLVs present");
    if remaining == 0 {
        return Ok(length);
    }
    put!(cx, " (", remaining, ")");
    while remaining > 0 {
        expect(&rest, 2)?;
        if rest.length() < 2 {
            put!(cx, INDENT, "Remaining data in TLV shorter than a subTLV header");
            return Ok(length + rest.length());
        }
        if remaining < 2 {
            put!(cx, INDENT, "Remaining data in subTLVs shorter than a subTLV header");
            return Ok(length + remaining);
        }
        let (kind, value_length) = (rest.u8()?, u32::from(rest.u8()?));
        remaining -= 2;
        length += 2;
        put!(cx, INDENT, name_or(VALUES, kind, "unknown"), " subTLV #", kind, ", length: ", value_length);
        if remaining < value_length {
            put!(cx, " (remaining data in subTLVs shorter than the current subTLV)");
            return Ok(length + remaining);
        }
        if rest.length() < value_length {
            put!(cx, " (> remaining tlv length)");
            return Ok(length + rest.length());
        }
        expect(&rest, value_length as usize)?;
        let uncounted = put_value(cx, kind, &rest.with_length(value_length))?;
        // tcpdump forgets to take some fields from the TLV's length.
        let left = rest.length() - (value_length - uncounted);
        rest = rest.skip(value_length as usize).with_length(left);
        remaining -= value_length;
        length += value_length;
    }
    Ok(length)
}

/// What is told of a link. Returns how many of the value's octets are not taken from the TLV's length.
fn put_value(cx: &mut Context, kind: u8, value: &Cursor) -> Dissected<u32> {
    let length = value.length();
    match (kind, length) {
        (ADMINISTRATIVE_GROUP | LINK_IDS | REMOTE_LINK_ID, 4..) => {
            put!(cx, ", 0x", Hex0(value.be32_at(0)?, 8));
            if length == 8 {
                put!(cx, ", 0x", Hex0(value.be32_at(4)?, 8));
            }
        }
        (LOCAL_ADDRESS | REMOTE_ADDRESS, 4..) => {
            put!(cx, ", ");
            cx.ipv4_at(value, 0)?;
        }
        (BANDWIDTH | RESERVABLE_BANDWIDTH, 4..) => put!(cx, ", ", megabits(value, 0)?, " Mbps"),
        (UNRESERVED_BANDWIDTH, 32..) => {
            put_bandwidths(cx, INNER, "TE-Class ", value, 8)?;
            return Ok(32);
        }
        (CONSTRAINTS | CONSTRAINTS_OLD, 1..) => return put_constraints(cx, value),
        (METRIC, 3..) => put!(cx, ", ", value.be24_at(0)?),
        (ATTRIBUTES, 2) => {
            let attributes = value.be16_at(0)?;
            put!(cx, ", [ ", flags(LINK_ATTRIBUTES, attributes, "Unknown"), " ] (0x", Hex0(attributes, 4), ")");
        }
        (PROTECTION, 2..) => {
            put!(cx, ", ", flags(PROTECTIONS, value.u8_at(0)?, "none"), ", Priority ", value.u8_at(1)?);
        }
        (BRIDGING_METRIC, 6..) => {
            put!(cx, ", LM: ", value.be24_at(0)?, ", P: ", value.u8_at(3)?, ", P-ID: ", value.be16_at(4)?);
            return Ok(4);
        }
        (SWITCHING, 36..) => return put_switching(cx, value),
        (LAN_SEGMENT, 8..) => return put_segment(cx, value),
        (ADMINISTRATIVE_GROUP..=METRIC | ATTRIBUTES..=CONSTRAINTS | BRIDGING_METRIC | LAN_SEGMENT, _)
            if VALUES.iter().any(|&(number, _)| number == u32::from(kind)) => {}
        _ => put_hex_lines(cx, "\n\t\t    ", value, length),
    }
    Ok(0)
}

fn put_constraints(cx: &mut Context, value: &Cursor) -> Dissected<u32> {
    let model = value.u8_at(0)?;
    put!(
        cx,
        INDENT,
        "Bandwidth Constraints Model ID: ",
        name_or(CONSTRAINT_MODELS, model, "unknown"),
        " (",
        model,
        ")"
    );
    let count = (value.length() - 1) / 4;
    put_bandwidths(cx, INNER, "Bandwidth constraint CT", &value.skip(1), count as usize)?;
    Ok(1 + 4 * count)
}

/// What a link switches, and the bandwidth it has for each priority (RFC 4205 section 1.3).
fn put_switching(cx: &mut Context, value: &Cursor) -> Dissected<u32> {
    let [switching, encoding]: [u8; 2] = value.array_at(0)?;
    put!(cx, INNER, "Interface Switching Capability:", name_or(SWITCHINGS, switching, "Unknown"));
    put!(cx, ", LSP Encoding: ", name_or(ENCODINGS, encoding, "Unknown"), INNER, "Max LSP Bandwidth:");
    put_bandwidths(cx, INNER, "  priority level ", &value.skip(4), 8)?;
    let more = value.skip(36);
    match (switching, more.length()) {
        (1..=PACKET_SWITCHING_LAST, 6..) => {
            put!(cx, INNER, "Min LSP Bandwidth: ", megabits(&more, 0)?, " Mbps");
            put!(cx, INNER, "Interface MTU: ", more.be16_at(4)?);
        }
        (TIME_DIVISION, 8..) => {
            let indication = name_or_number(TIME_DIVISION_INDICATIONS, more.u8_at(4)?, "Unknown (", ")");
            put!(cx, INNER, "Min LSP Bandwidth: ", megabits(&more, 0)?, " Mbps", INNER, "Indication ", indication);
        }
        (1..=PACKET_SWITCHING_LAST | TIME_DIVISION, _) => {}
        _ => put_hex_lines(cx, "\n\t\t    ", &more, more.length()),
    }
    Ok(36)
}

/// The segment to a neighbor on a LAN (RFC 8667 section 2.2.2).
fn put_segment(cx: &mut Context, value: &Cursor) -> Dissected<u32> {
    let [bits, weight]: [u8; 2] = value.array_at(0)?;
    put!(cx, INNER, "Flags: [", flags(SEGMENT_FLAGS, bits, "none"), "]", INNER, "Weight: ", weight);
    put!(cx, INNER, "Neighbor System-ID: ", id_at(value, 2, SYSTEM_ID_LENGTH)?);
    match (bits & SEGMENT_VALUE != 0, bits & SEGMENT_LOCAL != 0) {
        (true, true) => put!(cx, INNER, "Label: ", value.be24_at(8)?),
        (false, false) => put!(cx, INNER, "Index: ", value.be32_at(8)?),
        _ => cx.invalid()?,
    }
    Ok(2)
}
