//! Statistics in OpenFlow 1.0 (section 5.3.5).

use super::super::parts::{contradict, name_or_plain, put_bitmap, put_bits, put_string};
use super::names::{PORTS, QUEUES, REPLY_FLAGS, STATISTICS, TABLES, WILDCARDS};
use super::{actions, flow_match, vendor};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::dissect::put::Hex0;
use crate::put;

const DESCRIPTION: u16 = 0;
const FLOW: u16 = 1;
const AGGREGATE: u16 = 2;
const TABLE: u16 = 3;
const PORT: u16 = 4;
const QUEUE: u16 = 5;
const VENDOR: u16 = 0xffff;

/// Octets of requests.
const FLOW_REQUEST_LENGTH: u32 = 44;
const PORT_REQUEST_LENGTH: u32 = 8;
/// Octets of replies, or of each entry.
const DESCRIPTION_LENGTH: u32 = 1056;
const FLOW_LENGTH_MIN: u32 = 88;
const AGGREGATE_LENGTH: u32 = 24;
const TABLE_LENGTH: u32 = 64;
const PORT_LENGTH: u32 = 104;
const QUEUE_LENGTH: u32 = 32;

/// Octets of strings.
const TEXT_LENGTH: usize = 256;
const SERIAL_NUMBER_LENGTH: usize = 32;
const TABLE_NAME_LENGTH: usize = 32;

/// What is counted of a port, each in 8 octets.
const PORT_COUNTERS: [&str; 12] = [
    ", rx_packets ",
    ", tx_packets ",
    ", rx_bytes ",
    ", tx_bytes ",
    ", rx_dropped ",
    ", tx_dropped ",
    ", rx_errors ",
    ", tx_errors ",
    ", rx_frame_err ",
    ", rx_over_err ",
    ", rx_crc_err ",
    ", collisions ",
];

/// Prints what is asked for.
pub(super) fn put_request(cx: &mut Context, mut body: Cursor) -> Outcome {
    let kind = body.be16()?;
    put!(cx, "\n\t type ", name_or_hex(STATISTICS, kind, "invalid (0x", 4, ")"));
    let flags = body.be16()?;
    put!(cx, ", flags 0x", Hex0(flags, 4), if flags != 0 { " (bogus)" } else { "" });
    let expected = match kind {
        DESCRIPTION | TABLE => 0,
        FLOW | AGGREGATE => FLOW_REQUEST_LENGTH,
        PORT | QUEUE => PORT_REQUEST_LENGTH,
        VENDOR => return vendor::put_statistics(cx, body),
        _ => return Ok(()),
    };
    if body.length() != expected {
        return contradict(cx, "len", body.length(), "!=", expected, &body);
    }
    match kind {
        FLOW | AGGREGATE => {
            flow_match::put(cx, "\n\t ", &body)?;
            let data = body.skip(flow_match::LENGTH);
            put!(cx, "\n\t table_id ", name_or_plain(TABLES, data.u8_at(0)?));
            put!(cx, ", out_port ", name_or_plain(PORTS, data.be16_at(2)?));
        }
        PORT => {
            put!(cx, "\n\t port_no ", name_or_plain(PORTS, body.be16_at(0)?));
            body.need(PORT_REQUEST_LENGTH as usize)?;
        }
        QUEUE => {
            put!(cx, "\n\t port_no ", name_or_plain(PORTS, body.be16_at(0)?));
            put!(cx, ", queue_id ", name_or_plain(QUEUES, body.be32_at(4)?));
        }
        _ => {}
    }
    Ok(())
}

/// Prints what was asked for.
pub(super) fn put_reply(cx: &mut Context, mut body: Cursor) -> Outcome {
    let kind = body.be16()?;
    put!(cx, "\n\t type ", name_or_hex(STATISTICS, kind, "invalid (0x", 4, ")"));
    let flags = body.be16()?;
    put!(cx, ", flags 0x", Hex0(flags, 4));
    put_bits(cx, flags.into(), REPLY_FLAGS);
    match kind {
        DESCRIPTION => put_description(cx, body),
        FLOW => put_flows(cx, body),
        AGGREGATE => put_aggregate(cx, body),
        TABLE => put_entries(cx, body, "\n\t", TABLE_LENGTH, put_table),
        PORT => put_entries(cx, body, "\n\t ", PORT_LENGTH, put_port),
        QUEUE => put_entries(cx, body, "\n\t ", QUEUE_LENGTH, put_queue),
        VENDOR => vendor::put_statistics(cx, body),
        _ => body.need(body.length() as usize),
    }
}

/// What the switch is, in its vendor's words.
fn put_description(cx: &mut Context, mut body: Cursor) -> Outcome {
    put!(cx, "\n\t ");
    if body.length() != DESCRIPTION_LENGTH {
        return contradict(cx, "len", body.length(), "!=", DESCRIPTION_LENGTH, &body);
    }
    put_string(cx, " mfr_desc ", &mut body, TEXT_LENGTH)?;
    put_string(cx, "\n\t  hw_desc ", &mut body, TEXT_LENGTH)?;
    put_string(cx, "\n\t  sw_desc ", &mut body, TEXT_LENGTH)?;
    put_string(cx, "\n\t  serial_num ", &mut body, SERIAL_NUMBER_LENGTH)?;
    put_string(cx, "\n\t  dp_desc ", &mut body, TEXT_LENGTH)
}

fn put_flows(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        put!(cx, "\n\t");
        if rest.length() < FLOW_LENGTH_MIN {
            return contradict(cx, "remaining length", rest.length(), "<", FLOW_LENGTH_MIN, &rest);
        }
        let length = u32::from(rest.be16_at(0)?);
        put!(cx, " length ", length);
        if length < FLOW_LENGTH_MIN {
            return contradict(cx, "entry_len", length, "<", FLOW_LENGTH_MIN, &rest);
        }
        if length > rest.length() {
            return contradict(cx, "entry_len", length, ">", rest.length(), &rest);
        }
        put_flow(cx, &rest)?;
        actions::put(cx, "\n\t  ", rest.skip(FLOW_LENGTH_MIN as usize).with_length(length - FLOW_LENGTH_MIN))?;
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// A flow without its actions.
fn put_flow(cx: &mut Context, entry: &Cursor) -> Outcome {
    put!(cx, ", table_id ", name_or_plain(TABLES, entry.u8_at(2)?));
    flow_match::put(cx, "\n\t  ", &entry.skip(4))?;
    let data = entry.skip(4 + flow_match::LENGTH);
    put!(cx, "\n\t  duration_sec ", data.be32_at(0)?);
    put!(cx, ", duration_nsec ", data.be32_at(4)?);
    put!(cx, ", priority ", data.be16_at(8)?);
    put!(cx, ", idle_timeout ", data.be16_at(10)?);
    put!(cx, ", hard_timeout ", data.be16_at(12)?);
    put!(cx, ", cookie 0x", Hex0(data.be64_at(20)?, 16));
    put!(cx, ", packet_count ", data.be64_at(28)?);
    put!(cx, ", byte_count ", data.be64_at(36)?);
    Ok(())
}

fn put_aggregate(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t");
    if body.length() != AGGREGATE_LENGTH {
        return contradict(cx, "remaining length", body.length(), "!=", AGGREGATE_LENGTH, &body);
    }
    put!(cx, " packet_count ", body.be64_at(0)?);
    put!(cx, ", byte_count ", body.be64_at(8)?);
    put!(cx, ", flow_count ", body.be32_at(16)?);
    body.need(AGGREGATE_LENGTH as usize)
}

/// Entries of a fixed length, each behind `indent`.
fn put_entries(
    cx: &mut Context,
    mut rest: Cursor,
    indent: &str,
    length: u32,
    put_entry: fn(&mut Context, Cursor) -> Outcome,
) -> Outcome {
    while rest.length() > 0 {
        put!(cx, indent);
        if rest.length() < length {
            return contradict(cx, "remaining length", rest.length(), "<", length, &rest);
        }
        put_entry(cx, rest)?;
        rest = rest.skip(length as usize);
    }
    Ok(())
}

fn put_table(cx: &mut Context, mut data: Cursor) -> Outcome {
    put!(cx, " table_id ", name_or_plain(TABLES, data.u8()?));
    data = data.skip(3);
    put_string(cx, ", name ", &mut data, TABLE_NAME_LENGTH)?;
    put_bitmap(cx, "\n\t  wildcards ", data.be32()?, WILDCARDS);
    put!(cx, "\n\t  max_entries ", data.be32()?);
    put!(cx, ", active_count ", data.be32()?);
    put!(cx, ", lookup_count ", data.be64()?);
    put!(cx, ", matched_count ", data.be64()?);
    Ok(())
}

fn put_port(cx: &mut Context, mut data: Cursor) -> Outcome {
    put!(cx, " port_no ", name_or_plain(PORTS, data.be16_at(0)?));
    if cx.style.verbose < 2 {
        return data.need(PORT_LENGTH as usize);
    }
    data = data.skip(8);
    for label in PORT_COUNTERS {
        put!(cx, label, data.be64()?);
    }
    Ok(())
}

fn put_queue(cx: &mut Context, data: Cursor) -> Outcome {
    put!(cx, " port_no ", name_or_plain(PORTS, data.be16_at(0)?));
    put!(cx, ", queue_id ", data.be32_at(4)?);
    put!(cx, ", tx_bytes ", data.be64_at(8)?);
    put!(cx, ", tx_packets ", data.be64_at(16)?);
    put!(cx, ", tx_errors ", data.be64_at(24)?);
    Ok(())
}
