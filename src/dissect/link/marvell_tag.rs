//! Ethernet frames with the tag of a Marvell switch (distributed switch architecture), of four octets or of eight
//! with an EtherType in front.

use super::ethernet::{self, SwitchTag};
use super::ethertype;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::put::Hex0;
use crate::put;

const TAG_LENGTH: usize = 4;
/// An EtherType, and two octets that are reserved.
const TYPE_LENGTH: usize = 4;

const TO_CPU: u8 = 0;
const FROM_CPU: u8 = 1;
const TO_SNIFFER: u8 = 2;
const MODES: &[Name] =
    &[(TO_CPU as u32, "To CPU"), (FROM_CPU as u32, "From CPU"), (TO_SNIFFER as u32, "To Sniffer"), (3, "Forward")];
const CODES: &[Name] = &[
    (0, "BPDU (MGMT) Trap"),
    (1, "Frame2Reg"),
    (2, "IGMP/MLD Trap"),
    (3, "Policy Trap"),
    (4, "ARP Mirror"),
    (5, "Policy Mirror"),
];

/// Prints a frame with the short tag; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "dsa";
    ethernet::print_tagged(cx, frame, SwitchTag { length: TAG_LENGTH, print: put_short })
}

/// Prints a frame with the long tag; returns the length of its header.
pub fn print_long(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "edsa";
    ethernet::print_tagged(cx, frame, SwitchTag { length: TYPE_LENGTH + TAG_LENGTH, print: put_long })
}

fn put_short(cx: &mut Context, data: &Cursor) -> Outcome {
    put!(cx, if cx.style.link_header { "Marvell DSA " } else { "DSA " });
    put_tag(cx, data)
}

fn put_long(cx: &mut Context, data: &Cursor) -> Outcome {
    let ethertype = data.be16_at(0)?;
    if cx.style.link_header {
        let name = name_or(ethertype::NAMES, ethertype, "Unknown");
        put!(cx, "Marvell EDSA ethertype 0x", Hex0(ethertype, 4), " (", name, "), ");
        put!(cx, "rsvd ", data.u8_at(2)?, " ", data.u8_at(3)?, ", ");
    } else {
        put!(cx, "EDSA 0x", Hex0(ethertype, 4), ", ");
    }
    put_tag(cx, &data.skip(TYPE_LENGTH))
}

/// The fields of a tag.
struct Tag {
    mode: u8,
    tagged: bool,
    device: u8,
    port: u8,
    /// A trunk, or what goes into the switch.
    third_flag: bool,
    canonical: bool,
    code: u8,
    priority: u8,
    vlan: u16,
}

impl Tag {
    fn read(data: &Cursor) -> Outcome<Self> {
        let [first, second, third, fourth]: [u8; TAG_LENGTH] = data.array_at(0)?;
        Ok(Tag {
            mode: first >> 6,
            tagged: first & 0x20 != 0,
            device: first & 0x1f,
            port: second >> 3,
            third_flag: second & 0x04 != 0,
            canonical: second & 0x01 != 0,
            code: (second & 0x06) | (third >> 4 & 1),
            priority: third >> 5,
            vlan: u16::from_be_bytes([third & 0x0f, fourth]),
        })
    }
}

fn put_tag(cx: &mut Context, data: &Cursor) -> Outcome {
    let tag = Tag::read(data)?;
    if cx.style.link_header {
        put_all(cx, &tag);
    } else {
        put_brief(cx, &tag);
    }
    Ok(())
}

fn put_all(cx: &mut Context, tag: &Tag) {
    put!(cx, "mode ", name_or(MODES, tag.mode, "unknown"), ", ");
    let (side, port) = match tag.mode {
        FROM_CPU => ("target ", "port"),
        TO_CPU | TO_SNIFFER => ("source ", "port"),
        _ if tag.third_flag => ("", "trunk"),
        _ => ("", "port"),
    };
    put!(cx, side, "dev ", tag.device, ", ", port, " ", tag.port, ", ");
    match tag.mode {
        TO_CPU => put!(cx, "code ", name_or(CODES, tag.code, "reserved"), ", "),
        TO_SNIFFER => put!(cx, if tag.third_flag { "ingress" } else { "egress" }, " sniff, "),
        _ => {}
    }
    put!(cx, if tag.tagged { "tagged, " } else { "untagged, " }, if tag.canonical { "CFI, " } else { "" });
    put!(cx, "VID ", tag.vlan, ", FPri ", tag.priority, ", ");
}

fn put_brief(cx: &mut Context, tag: &Tag) {
    let (before, after) = match tag.mode {
        FROM_CPU => ("CPU > port ", ""),
        TO_CPU => ("port ", " > CPU"),
        TO_SNIFFER if tag.third_flag => ("port ", " > Rx Sniffer"),
        TO_SNIFFER => ("port ", " > Tx Sniffer"),
        _ if tag.third_flag => ("Forward trunk ", ""),
        _ => ("Forward port ", ""),
    };
    put!(cx, before, tag.device, ".", tag.port, after, ", ");
    put!(cx, "VLAN ", tag.vlan, if tag.tagged { "t, " } else { "u, " });
}
