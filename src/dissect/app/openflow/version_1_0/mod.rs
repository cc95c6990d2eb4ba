//! OpenFlow 1.0 ("OpenFlow Switch Specification 1.0.0", section 5).

mod actions;
mod big_switch;
mod flow_match;
mod flows;
mod names;
mod packets;
mod ports;
mod queues;
mod statistics;
mod vendor;

use super::parts::{contradict, name_or_plain, put_bitmap, put_data, put_error};
use super::{Length, Message};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::dissect::put::Hex0;
use crate::put;
use names::{ACTION_BITS, CAPABILITIES, ERRORS, FRAGMENTS, PORTS};

/// Messages by their type. Those without a printer have no body.
pub(super) const MESSAGES: &[Message] = &[
    ("HELLO", Length::Any, Some(put_data)),
    ("ERROR", Length::AtLeast(4), Some(|cx, body| put_error(cx, body, ERRORS, names::error_codes))),
    ("ECHO_REQUEST", Length::Any, Some(put_data)),
    ("ECHO_REPLY", Length::Any, Some(put_data)),
    ("VENDOR", Length::AtLeast(4), Some(vendor::put_message)),
    ("FEATURES_REQUEST", Length::Exactly(0), None),
    ("FEATURES_REPLY", Length::AtLeast(24), Some(put_features)),
    ("GET_CONFIG_REQUEST", Length::Exactly(0), None),
    ("GET_CONFIG_REPLY", Length::Exactly(4), Some(put_configuration)),
    ("SET_CONFIG", Length::Exactly(4), Some(put_configuration)),
    ("PACKET_IN", Length::AtLeast(10), Some(packets::put_in)),
    ("FLOW_REMOVED", Length::Exactly(80), Some(flows::put_removal)),
    ("PORT_STATUS", Length::Exactly(56), Some(ports::put_status)),
    ("PACKET_OUT", Length::AtLeast(8), Some(packets::put_out)),
    ("FLOW_MOD", Length::AtLeast(64), Some(flows::put_modification)),
    ("PORT_MOD", Length::Exactly(24), Some(ports::put_modification)),
    ("STATS_REQUEST", Length::AtLeast(4), Some(statistics::put_request)),
    ("STATS_REPLY", Length::AtLeast(4), Some(statistics::put_reply)),
    ("BARRIER_REQUEST", Length::Exactly(0), None),
    ("BARRIER_REPLY", Length::Exactly(0), None),
    ("QUEUE_GET_CONFIG_REQUEST", Length::Exactly(4), Some(put_queues_request)),
    ("QUEUE_GET_CONFIG_REPLY", Length::AtLeast(8), Some(queues::put_reply)),
];

/// What a switch is like, and its ports (section 5.3.1).
fn put_features(cx: &mut Context, mut rest: Cursor) -> Outcome {
    put!(cx, "\n\t dpid 0x", Hex0(rest.be64()?, 16));
    put!(cx, ", n_buffers ", rest.be32()?);
    put!(cx, ", n_tables ", rest.u8()?);
    rest = rest.skip(3);
    put_bitmap(cx, "\n\t capabilities ", rest.be32()?, CAPABILITIES);
    put_bitmap(cx, "\n\t actions ", rest.be32()?, ACTION_BITS);
    while rest.length() > 0 {
        if rest.length() < ports::LENGTH {
            return contradict(cx, "\n\t  port def. length", rest.length(), "<", ports::LENGTH, &rest);
        }
        ports::put_port(cx, &rest)?;
        rest = rest.skip(ports::LENGTH as usize);
    }
    Ok(())
}

/// What a switch does with fragments, and with packets that match nothing (section 5.3.2).
fn put_configuration(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t flags ", name_or_hex(FRAGMENTS, body.be16_at(0)?, "invalid (0x", 4, ")"));
    put!(cx, ", miss_send_len ", body.be16_at(2)?);
    Ok(())
}

fn put_queues_request(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t port ", name_or_plain(PORTS, body.be16_at(0)?));
    body.need(4)
}
