//! What is done with packets of a flow, in OpenFlow 1.0 (section 5.2.4).

use super::super::parts::{contradict, name_or_plain};
use super::names::{ACTIONS, PORTS, QUEUES};
use super::{flow_match, vendor};
use crate::dissect::address::{IpAddress, Mac};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_hex;
use crate::dissect::put::Hex0;
use crate::put;

const OUTPUT: u16 = 0;
const SET_VLAN: u16 = 1;
const SET_VLAN_PRIORITY: u16 = 2;
const STRIP_VLAN: u16 = 3;
const SET_SOURCE_MAC: u16 = 4;
const SET_DESTINATION_MAC: u16 = 5;
const SET_SOURCE: u16 = 6;
const SET_DESTINATION: u16 = 7;
const SET_TYPE_OF_SERVICE: u16 = 8;
const SET_SOURCE_PORT: u16 = 9;
const SET_DESTINATION_PORT: u16 = 10;
const ENQUEUE: u16 = 11;
const VENDOR: u16 = 0xffff;

/// Octets of the smallest action.
const LENGTH_MIN: u16 = 8;
/// Octets of an action's kind and length.
const HEADER_LENGTH: u16 = 4;
/// The port for which a length is given too.
const CONTROLLER: u16 = 0xfffd;

/// Prints the actions to the end of `rest`, each behind `indent`.
pub(super) fn put(cx: &mut Context, indent: &str, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        put!(cx, indent, "action");
        if rest.length() < LENGTH_MIN.into() {
            return contradict(cx, "remaining length", rest.length(), "<", LENGTH_MIN.into(), &rest);
        }
        let kind = rest.be16()?;
        put!(cx, " type ", name_or_hex(ACTIONS, kind, "invalid (0x", 4, ")"));
        let length = rest.be16()?;
        put!(cx, ", len ", length);
        if length < LENGTH_MIN {
            return contradict(cx, "alen", length.into(), "<", LENGTH_MIN.into(), &rest);
        }
        let room = rest.length() + u32::from(HEADER_LENGTH);
        if u32::from(length) > room {
            return contradict(cx, "alen", length.into(), ">", room, &rest);
        }
        let body = rest.with_length(u32::from(length - HEADER_LENGTH));
        match length_fits(kind, length) {
            Some(true) => put_action(cx, kind, &body)?,
            Some(false) => put!(cx, " (bogus)"),
            None => {}
        }
        rest.bytes(usize::from(length - HEADER_LENGTH))?;
    }
    Ok(())
}

/// Whether an action may be this long; nothing for an unknown kind.
fn length_fits(kind: u16, length: u16) -> Option<bool> {
    match kind {
        SET_SOURCE_MAC | SET_DESTINATION_MAC | ENQUEUE => Some(length == 16),
        OUTPUT..=ENQUEUE => Some(length == 8),
        VENDOR => Some(length.is_multiple_of(8)),
        _ => None,
    }
}

fn put_action(cx: &mut Context, kind: u16, body: &Cursor) -> Outcome {
    match kind {
        OUTPUT => {
            let port = body.be16_at(0)?;
            put!(cx, ", port ", name_or_plain(PORTS, port));
            if port == CONTROLLER {
                put!(cx, ", max_len ", body.be16_at(2)?);
            }
        }
        SET_VLAN => flow_match::put_vlan(cx, ", ", "vlan_vid ", body.be16_at(0)?),
        SET_VLAN_PRIORITY => flow_match::put_priority(cx, ", ", "vlan_pcp ", body.u8_at(0)?),
        SET_SOURCE_MAC | SET_DESTINATION_MAC => {
            let address = Mac(body.array_at(0)?);
            put!(cx, ", dl_addr ");
            cx.mac(address);
        }
        SET_SOURCE | SET_DESTINATION => {
            let address = IpAddress::v4_at(body, 0)?;
            put!(cx, ", nw_addr ");
            cx.host(address);
        }
        SET_TYPE_OF_SERVICE => put!(cx, ", nw_tos 0x", Hex0(body.u8_at(0)?, 2)),
        SET_SOURCE_PORT | SET_DESTINATION_PORT => put!(cx, ", tp_port ", body.be16_at(0)?),
        ENQUEUE => {
            put!(cx, ", port ", name_or_plain(PORTS, body.be16_at(0)?));
            put!(cx, ", queue_id ", name_or_plain(QUEUES, body.be32_at(8)?));
        }
        VENDOR => vendor::put_action(cx, *body)?,
        STRIP_VLAN => {}
        _ => {}
    }
    Ok(())
}
