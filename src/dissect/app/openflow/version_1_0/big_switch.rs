//! Big Switch Networks' additions to OpenFlow 1.0.

use super::super::parts::contradict;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{name_or_hex, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::put::Hex0;
use crate::put;

/// The vendor's number.
pub(super) const VENDOR: u32 = 0x5c16c7;

const SET_IP_MASK: u32 = 0;
const GET_IP_MASK_REQUEST: u32 = 1;
const GET_IP_MASK_REPLY: u32 = 2;
const SET_MIRRORING: u32 = 3;
const GET_MIRRORING_REQUEST: u32 = 4;
const GET_MIRRORING_REPLY: u32 = 5;
const SHELL_COMMAND: u32 = 6;
const SHELL_OUTPUT: u32 = 7;
const SHELL_STATUS: u32 = 8;
const GET_INTERFACES_REQUEST: u32 = 9;
const GET_L2_TABLE_REQUEST: u32 = 13;
const VIRTUAL_PORT_REMOVE_REQUEST: u32 = 17;
const BANDWIDTH_ENABLE_GET_REQUEST: u32 = 19;
const BANDWIDTH_CLEAR_DATA_REQUEST: u32 = 21;
const HYBRID_GET_REQUEST: u32 = 27;
const MESSAGES: &[Name] = &[
    (0, "SET_IP_MASK"),
    (1, "GET_IP_MASK_REQUEST"),
    (2, "GET_IP_MASK_REPLY"),
    (3, "SET_MIRRORING"),
    (4, "GET_MIRRORING_REQUEST"),
    (5, "GET_MIRRORING_REPLY"),
    (6, "SHELL_COMMAND"),
    (7, "SHELL_OUTPUT"),
    (8, "SHELL_STATUS"),
    (9, "GET_INTERFACES_REQUEST"),
    (10, "GET_INTERFACES_REPLY"),
    (11, "SET_PKTIN_SUPPRESSION_REQUEST"),
    (12, "SET_L2_TABLE_REQUEST"),
    (13, "GET_L2_TABLE_REQUEST"),
    (14, "GET_L2_TABLE_REPLY"),
    (15, "VIRTUAL_PORT_CREATE_REQUEST"),
    (16, "VIRTUAL_PORT_CREATE_REPLY"),
    (17, "VIRTUAL_PORT_REMOVE_REQUEST"),
    (18, "BW_ENABLE_SET_REQUEST"),
    (19, "BW_ENABLE_GET_REQUEST"),
    (20, "BW_ENABLE_GET_REPLY"),
    (21, "BW_CLEAR_DATA_REQUEST"),
    (22, "BW_CLEAR_DATA_REPLY"),
    (23, "BW_ENABLE_SET_REPLY"),
    (24, "SET_L2_TABLE_REPLY"),
    (25, "SET_PKTIN_SUPPRESSION_REPLY"),
    (26, "VIRTUAL_PORT_REMOVE_REPLY"),
    (27, "HYBRID_GET_REQUEST"),
    (28, "HYBRID_GET_REPLY"),
    (31, "PDU_TX_REQUEST"),
    (32, "PDU_TX_REPLY"),
    (33, "PDU_RX_REQUEST"),
    (34, "PDU_RX_REPLY"),
    (35, "PDU_RX_TIMEOUT"),
];

const MIRROR: u32 = 1;
const ACTIONS: &[Name] = &[(MIRROR, "MIRROR"), (2, "SET_TUNNEL_DST"), (4, "CHECKSUM")];
const STAGES: &[Name] = &[(0, "INGRESS"), (1, "EGRESS")];
const SWITCH: &[Name] = &[(0, "OFF"), (1, "ON")];
const VLAN_TAG: u32 = 0x8100;

/// Prints a message behind its vendor.
pub(super) fn put_message(cx: &mut Context, mut body: Cursor) -> Outcome {
    put!(cx, "\n\t");
    if body.length() < 4 {
        return contradict(cx, "len", body.length(), "<", 4, &body);
    }
    let kind = body.be32()?;
    put!(cx, " subtype ", name_or_hex(MESSAGES, kind, "unknown (0x", 8, ")"));
    if let Some(expected) = length_expected(kind)
        && body.length() != expected
    {
        return contradict(cx, "len", body.length(), "!=", expected, &body);
    }
    match kind {
        GET_IP_MASK_REQUEST => put!(cx, ", index ", body.u8_at(0)?),
        SET_IP_MASK | GET_IP_MASK_REPLY => {
            put!(cx, ", index ", body.u8_at(0)?);
            body.need(8)?;
            put!(cx, ", mask ");
            cx.ipv4_at(&body, 4)?;
        }
        SET_MIRRORING | GET_MIRRORING_REQUEST | GET_MIRRORING_REPLY => {
            put!(cx, ", report_mirror_ports ", name_or_number(SWITCH, body.u8_at(0)?, "bogus (", ")"));
        }
        VIRTUAL_PORT_REMOVE_REQUEST => put!(cx, ", vport_no ", body.be32_at(0)?),
        SHELL_COMMAND => {
            if body.length() < 4 {
                return contradict(cx, "len", body.length(), "<", 4, &body);
            }
            put!(cx, ", service ", body.be32()?);
            return put_text(cx, &body);
        }
        SHELL_OUTPUT => return put_text(cx, &body),
        SHELL_STATUS => put!(cx, ", status 0x", Hex0(body.be32_at(0)?, 8)),
        _ => {}
    }
    body.need(body.length() as usize)
}

/// The length of a message whose length is fixed.
fn length_expected(kind: u32) -> Option<u32> {
    Some(match kind {
        GET_IP_MASK_REQUEST | SET_IP_MASK | GET_IP_MASK_REPLY => 8,
        SET_MIRRORING | GET_MIRRORING_REQUEST | GET_MIRRORING_REPLY | VIRTUAL_PORT_REMOVE_REQUEST | SHELL_STATUS => 4,
        GET_INTERFACES_REQUEST
        | GET_L2_TABLE_REQUEST
        | BANDWIDTH_ENABLE_GET_REQUEST
        | BANDWIDTH_CLEAR_DATA_REQUEST
        | HYBRID_GET_REQUEST => 0,
        _ => return None,
    })
}

/// What is typed into a shell, or what it says.
fn put_text(cx: &mut Context, text: &Cursor) -> Outcome {
    put!(cx, ", data '");
    cx.escaped_field(text, text.length() as usize)?;
    put!(cx, "'");
    Ok(())
}

/// Prints an action behind its vendor.
pub(super) fn put_action(cx: &mut Context, mut body: Cursor) -> Outcome {
    const MIRROR_LENGTH: u32 = 12;
    put!(cx, "\n\t ");
    if body.length() < 4 {
        return contradict(cx, "len", body.length(), "<", 4, &body);
    }
    let kind = body.be32()?;
    put!(cx, " subtype ", name_or_hex(ACTIONS, kind, "unknown (0x", 8, ")"));
    if kind == MIRROR {
        if body.length() != MIRROR_LENGTH {
            return contradict(cx, "len", body.length(), "!=", MIRROR_LENGTH, &body);
        }
        put!(cx, ", dest_port ", body.be32_at(0)?);
        put_tag(cx, body.be32_at(4)?);
        put!(cx, ", copy_stage ", name_or_number(STAGES, body.u8_at(8)?, "unknown (", ")"));
    }
    body.need(body.length() as usize)
}

/// The VLAN that a copy is sent in.
fn put_tag(cx: &mut Context, tag: u32) {
    match tag >> 16 {
        0 => put!(cx, ", vlan_tag none"),
        VLAN_TAG => {
            put!(cx, ", vlan_tag 802.1Q (vlan ", tag & 0xfff, ", p ", tag >> 13 & 7);
            put!(cx, if tag & 0x1000 != 0 { ", DEI" } else { "" }, ")");
        }
        kind => put!(cx, ", vlan_tag unknown (0x", Hex0(kind, 4), ")"),
    }
}
