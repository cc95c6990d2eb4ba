//! Counter samples ("sFlow Version 5", section 5.3).

use super::fields::{Field, length, put_lines};
use super::{FORMAT_MASK, print_records};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const GENERIC: u32 = 1;
const ETHERNET: u32 = 2;
const TOKEN_RING: u32 = 3;
const BASE_VG: u32 = 4;
const VLAN: u32 = 5;
const PROCESSOR: u32 = 1001;
const NAMES: &[Name] = &[
    (GENERIC, "Generic counter"),
    (ETHERNET, "Ethernet counter"),
    (TOKEN_RING, "Token ring counter"),
    (BASE_VG, "100 BaseVG counter"),
    (VLAN, "Vlan counter"),
    (PROCESSOR, "Processor counter"),
];
const DIRECTIONS: &[Name] = &[(0, "unknown"), (1, "full-duplex"), (2, "half-duplex"), (3, "in"), (4, "out")];

/// Octets of an interface's description, in front of its counters.
const INTERFACE_LENGTH: u32 = 24;
const GENERIC_LINES: &[&[Field]] = &[
    &[
        ("In octets ", 8),
        (", unicast pkts ", 4),
        (", multicast pkts ", 4),
        (", broadcast pkts ", 4),
        (", discards ", 4),
    ],
    &[("In errors ", 4), (", unknown protos ", 4)],
    &[
        ("Out octets ", 8),
        (", unicast pkts ", 4),
        (", multicast pkts ", 4),
        (", broadcast pkts ", 4),
        (", discards ", 4),
    ],
    &[("Out errors ", 4), (", promisc mode ", 4)],
];
const ETHERNET_LINES: &[&[Field]] = &[
    &[
        ("align errors ", 4),
        (", fcs errors ", 4),
        (", single collision ", 4),
        (", multiple collision ", 4),
        (", test error ", 4),
    ],
    &[("deferred ", 4), (", late collision ", 4), (", excessive collision ", 4), (", mac trans error ", 4)],
    &[("carrier error ", 4), (", frames too long ", 4), (", mac receive errors ", 4), (", symbol errors ", 4)],
];
const BASE_VG_LINES: &[&[Field]] = &[
    &[("in high prio frames ", 4), (", in high prio octets ", 8)],
    &[("in norm prio frames ", 4), (", in norm prio octets ", 8)],
    &[("in ipm errors ", 4), (", oversized ", 4), (", in data errors ", 4), (", null addressed frames ", 4)],
    &[("out high prio frames ", 4), (", out high prio octets ", 8), (", trans into frames ", 4)],
    &[("in hc high prio octets ", 8), (", in hc norm prio octets ", 8), (", out hc high prio octets ", 8)],
];
const VLAN_LINES: &[&[Field]] = &[&[
    ("vlan_id ", 4),
    (", octets ", 8),
    (", unicast_pkt ", 4),
    (", multicast_pkt ", 4),
    (", broadcast_pkt ", 4),
    (", discards ", 4),
]];
const PROCESSOR_LINES: &[&[Field]] =
    &[&[("5sec ", 4), (", 1min ", 4), (", 5min ", 4), (", total_mem ", 8), (", total_mem ", 8)]];

/// Prints a sample; `false` where it contradicts the datagram.
pub(super) fn print(cx: &mut Context, sample: Cursor) -> Outcome<bool> {
    if sample.length() < 12 {
        return Ok(false);
    }
    let count = sample.be32_at(8)?;
    put!(cx, " seqnum ", sample.be32_at(0)?, ", type ", sample.u8_at(4)?, ", idx ", sample.be24_at(5)?);
    put!(cx, ", records ", count);
    print_records(cx, sample.skip(12), count, print_record)
}

/// The same with wider fields.
pub(super) fn print_expanded(cx: &mut Context, sample: Cursor) -> Outcome<bool> {
    if sample.length() < 16 {
        return Ok(false);
    }
    let count = sample.be32_at(12)?;
    put!(cx, " seqnum ", sample.be32_at(0)?, ", type ", sample.be32_at(4)?, ", idx ", sample.be32_at(8)?);
    put!(cx, ", records ", count);
    print_records(cx, sample.skip(16), count, print_record)
}

/// Prints a record; `None` where there is no dissector for it.
fn print_record(cx: &mut Context, mut record: Cursor, format: u32, record_length: u32) -> Outcome<Option<bool>> {
    // tcpdump leaves out the enterprise's low octet.
    let (enterprise, kind) = (format >> 20, format & FORMAT_MASK);
    let name = if enterprise == 0 { lookup(NAMES, kind) } else { None };
    put!(
        cx,
        "\n\t    enterprise ",
        enterprise,
        ", ",
        name.unwrap_or("Unknown"),
        " (",
        kind,
        ") length ",
        record_length
    );
    if record.length() < record_length {
        return Ok(Some(false));
    }
    if enterprise != 0 {
        return Ok(Some(true));
    }
    let (header_length, lines) = match kind {
        GENERIC => (INTERFACE_LENGTH, GENERIC_LINES),
        ETHERNET => (0, ETHERNET_LINES),
        TOKEN_RING => return Ok(Some(true)),
        BASE_VG => (0, BASE_VG_LINES),
        VLAN => (0, VLAN_LINES),
        PROCESSOR => (0, PROCESSOR_LINES),
        _ => return Ok(None),
    };
    if record.length() < header_length + length(lines) {
        return Ok(Some(false));
    }
    if kind == GENERIC {
        put_interface(cx, &record)?;
        record = record.skip(INTERFACE_LENGTH as usize);
    }
    put_lines(cx, &mut record, lines)?;
    Ok(Some(true))
}

fn put_interface(cx: &mut Context, record: &Cursor) -> Outcome {
    let direction = record.be32_at(16)?;
    put!(cx, "\n\t      ifindex ", record.be32_at(0)?, ", iftype ", record.be32_at(4)?);
    put!(cx, ", ifspeed ", record.be64_at(8)?, ", ifdirection ", direction);
    put!(cx, " (", lookup(DIRECTIONS, direction).unwrap_or("Unknown"), ")");
    let status = record.be32_at(20)?;
    let state = |bit: u8| if status >> bit & 1 != 0 { "up" } else { "down" };
    put!(cx, "\n\t      ifstatus ", status, ", adminstatus: ", state(0), ", operstatus: ", state(1));
    Ok(())
}
