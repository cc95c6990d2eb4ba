//! OpenFlow 1.3 ("OpenFlow Switch Specification 1.3.5", section 7).

mod names;
mod ports;

use super::parts::{contradict, name_or_plain, put_bitmap, put_bits, put_data, put_error, vendor_name};
use super::{Length, Message};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::dissect::put::Hex0;
use crate::put;
use names::{
    CAPABILITIES, ERRORS, FRAGMENTS, HELLO_ELEMENTS, MISS_LENGTHS, PACKET_IN_MASK, PORT_STATUS_MASK, PORTS, ROLES,
    TABLES, VERSIONS,
};

/// Messages by their type. Those without a printer show their header only.
pub(super) const MESSAGES: &[Message] = &[
    ("HELLO", Length::Any, Some(put_hello)),
    ("ERROR", Length::AtLeast(4), Some(|cx, body| put_error(cx, body, ERRORS, names::error_codes))),
    ("ECHO_REQUEST", Length::Any, Some(put_data)),
    ("ECHO_REPLY", Length::Any, Some(put_data)),
    ("EXPERIMENTER", Length::AtLeast(8), Some(put_experimenter)),
    ("FEATURES_REQUEST", Length::Exactly(0), None),
    ("FEATURES_REPLY", Length::Exactly(24), Some(put_features)),
    ("GET_CONFIG_REQUEST", Length::Exactly(0), None),
    ("GET_CONFIG_REPLY", Length::Exactly(4), Some(put_configuration)),
    ("SET_CONFIG", Length::Exactly(4), Some(put_configuration)),
    ("PACKET_IN", Length::Any, None),
    ("FLOW_REMOVED", Length::Any, None),
    ("PORT_STATUS", Length::Exactly(72), Some(ports::put_status)),
    ("PACKET_OUT", Length::Any, None),
    ("FLOW_MOD", Length::Any, None),
    ("GROUP_MOD", Length::Any, None),
    ("PORT_MOD", Length::Exactly(32), Some(ports::put_modification)),
    ("TABLE_MOD", Length::Exactly(8), Some(put_table)),
    ("MULTIPART_REQUEST", Length::Any, None),
    ("MULTIPART_REPLY", Length::Any, None),
    ("BARRIER_REQUEST", Length::Exactly(0), None),
    ("BARRIER_REPLY", Length::Exactly(0), None),
    ("QUEUE_GET_CONFIG_REQUEST", Length::Exactly(8), Some(put_queues_request)),
    ("QUEUE_GET_CONFIG_REPLY", Length::Any, None),
    ("ROLE_REQUEST", Length::Exactly(16), Some(put_role)),
    ("ROLE_REPLY", Length::Exactly(16), Some(put_role)),
    ("GET_ASYNC_REQUEST", Length::Exactly(0), None),
    ("GET_ASYNC_REPLY", Length::Exactly(24), Some(put_asynchronous)),
    ("SET_ASYNC", Length::Exactly(24), Some(put_asynchronous)),
    ("METER_MOD", Length::Any, None),
];

/// Octets of an element's type and length.
const ELEMENT_HEADER_LENGTH: u16 = 4;
const VERSION_BITMAP: u16 = 1;

/// Which versions a side speaks (section 7.5.1).
fn put_hello(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        put!(cx, "\n\t");
        if rest.length() < ELEMENT_HEADER_LENGTH.into() {
            return contradict(cx, "remaining length", rest.length(), "<", ELEMENT_HEADER_LENGTH.into(), &rest);
        }
        let kind = rest.be16()?;
        put!(cx, " type ", name_or_hex(HELLO_ELEMENTS, kind, "unknown (0x", 4, ")"));
        let length = rest.be16()?;
        put!(cx, ", length ", length);
        if length < ELEMENT_HEADER_LENGTH {
            return contradict(cx, "bitmap length", length.into(), "<", ELEMENT_HEADER_LENGTH.into(), &rest);
        }
        let room = rest.length() + u32::from(ELEMENT_HEADER_LENGTH);
        if u32::from(length) > room {
            return contradict(cx, "bitmap length", length.into(), ">", room, &rest);
        }
        let length = usize::from(length - ELEMENT_HEADER_LENGTH);
        match (kind, length) {
            (VERSION_BITMAP, 4) => {
                let bitmap = rest.be32_at(0)?;
                put!(cx, ", bitmap 0x", Hex0(bitmap, 8));
                put_bits(cx, bitmap, VERSIONS);
            }
            (VERSION_BITMAP, _) => put!(cx, " (bogus)"),
            _ => {}
        }
        rest.need(length)?;
        rest = rest.skip(length);
    }
    Ok(())
}

fn put_experimenter(cx: &mut Context, mut body: Cursor) -> Outcome {
    let experimenter = body.be32()?;
    put!(cx, "\n\t experimenter 0x", Hex0(experimenter, 8), " (", vendor_name(experimenter), ")");
    put!(cx, ", exp_type 0x", Hex0(body.be32()?, 8));
    put_data(cx, body)
}

/// What a switch is like (section 7.3.1).
fn put_features(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t dpid 0x", Hex0(body.be64_at(0)?, 16));
    put!(cx, ", n_buffers ", body.be32_at(8)?);
    put!(cx, ", n_tables ", body.u8_at(12)?);
    put!(cx, ", auxiliary_id ", body.u8_at(13)?);
    put_bitmap(cx, "\n\t capabilities ", body.be32_at(16)?, CAPABILITIES);
    body.need(24)
}

/// What a switch does with fragments, and with packets that match nothing (section 7.3.2).
fn put_configuration(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t flags ", name_or_hex(FRAGMENTS, body.be16_at(0)?, "invalid (0x", 4, ")"));
    put!(cx, ", miss_send_len ", name_or_plain(MISS_LENGTHS, body.be16_at(2)?));
    Ok(())
}

fn put_table(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t table_id ", name_or_plain(TABLES, body.u8_at(0)?));
    put!(cx, ", config 0x", Hex0(body.be32_at(4)?, 8));
    Ok(())
}

/// What the controller may do (section 7.3.9).
fn put_role(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t role ", name_or_hex(ROLES, body.be32_at(0)?, "invalid (0x", 8, ")"));
    put!(cx, ", generation_id 0x", Hex0(body.be64_at(8)?, 16));
    Ok(())
}

/// Which messages the switch sends of its own accord, to an equal or a master and to a slave (section 7.3.10).
fn put_asynchronous(cx: &mut Context, mut body: Cursor) -> Outcome {
    let masks = [
        ("\n\t packet_in_mask[EM] ", PACKET_IN_MASK),
        ("\n\t packet_in_mask[S] ", PACKET_IN_MASK),
        ("\n\t port_status_mask[EM] ", PORT_STATUS_MASK),
        ("\n\t port_status_mask[S] ", PORT_STATUS_MASK),
        ("\n\t flow_removed_mask[EM] ", PORT_STATUS_MASK),
        ("\n\t flow_removed_mask[S] ", PORT_STATUS_MASK),
    ];
    for (label, bitmap) in masks {
        put_bitmap(cx, label, body.be32()?, bitmap);
    }
    Ok(())
}

fn put_queues_request(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t port ", name_or_plain(PORTS, body.be32_at(0)?));
    body.need(8)
}
