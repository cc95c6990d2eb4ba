//! GeoNetworking (ETSI TS 102 636-4-1) and the transport on it (ETSI TS 102 636-5-1): packets for where vehicles
//! are.

use super::Stations;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::dissect::octets::Colons;
use crate::dissect::payload::put_dump;
use crate::put;

const COMMON_LENGTH: u32 = 36;
const TRANSPORT_LENGTH: u32 = 4;
/// What a packet over several hops has more.
const MULTIPLE_HOPS_LENGTH: u32 = 32;

const NEXT_HEADERS: [&str; 4] = ["Any", "BTP-A", "BTP-B", "IPv6"];
const BTP_A: u8 = 1;
const BTP_B: u8 = 2;

const MESSAGES: &[Name] = &[
    (0, "CAM"),
    (1, "DENM"),
    (101, "TPEGM"),
    (102, "TSPDM"),
    (103, "VPM"),
    (104, "SRM"),
    (105, "SLAM"),
    (106, "ecoCAM"),
    (107, "ITM"),
    (150, "SA"),
];

/// A header's type by its number and sub-number.
fn type_name(kind: u8, subtype: u8) -> &'static str {
    match (kind, subtype) {
        (0, _) => "Any",
        (1, _) => "Beacon",
        (2, _) => "GeoUnicast",
        (3, 0) => "GeoAnycastCircle",
        (3, 1) => "GeoAnycastRect",
        (3, 2) => "GeoAnycastElipse",
        (4, 0) => "GeoBroadcastCircle",
        (4, 1) => "GeoBroadcastRect",
        (4, 2) => "GeoBroadcastElipse",
        (5, 0) => "TopoScopeBcast-SH",
        (5, 1) => "TopoScopeBcast-MH",
        (6, 0) => "LocService-Request",
        (6, 1) => "LocService-Reply",
        _ => "Unknown",
    }
}

/// How long the header is behind the common one, where tcpdump knows that.
fn extended_length(kind: u8, subtype: u8) -> Option<u32> {
    match (kind, subtype) {
        (0 | 1, _) | (5, 0) => Some(0),
        (5, 1) => Some(MULTIPLE_HOPS_LENGTH),
        _ => None,
    }
}

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor, stations: Option<&Stations>) -> Outcome {
    cx.protocol = "geonet";
    put!(cx, "GeoNet ");
    if let Some(stations) = stations {
        put!(cx, "src:");
        stations.source.put(cx);
    }
    put!(cx, "; ");
    if packet.length() < COMMON_LENGTH {
        put!(cx, " (common header length ", packet.length(), " < ", COMMON_LENGTH, ")");
        return cx.invalid();
    }
    let (first, second) = (packet.u8_at(0)?, packet.u8_at(1)?);
    let (next, kind, subtype) = (first & 0x0f, second >> 4, second & 0x0f);
    let (length, hops) = (packet.be16_at(4)?, packet.u8_at(7)?);
    let next_name = NEXT_HEADERS.get(usize::from(next)).copied().unwrap_or("Unknown");
    put!(cx, "v:", first >> 4, " NH:", next, "-", next_name);
    put!(cx, " HT:", kind, "-", subtype, "-", type_name(kind, subtype), " HopLim:", hops, " Payload:", length, " ");
    put!(cx, "GN_ADDR:", Colons(packet.bytes_at(8, 8)?), " ");
    put!(cx, "lat:", packet.be32_at(20)?, " ");
    put!(cx, "lon:", packet.be32_at(24)?);
    packet.need(COMMON_LENGTH as usize)?;
    let mut rest = packet.skip(COMMON_LENGTH as usize);
    if let Some(length) = extended_length(kind, subtype) {
        if rest.length() < length {
            put!(cx, " (header size ", length, " > ", rest.length(), ")");
            return cx.invalid();
        }
        rest.need(length as usize)?;
        rest = rest.skip(length as usize);
        if matches!(next, BTP_A | BTP_B) {
            if rest.length() < TRANSPORT_LENGTH {
                put!(cx, " (BTP length ", rest.length(), " < ", TRANSPORT_LENGTH, ")");
                return cx.invalid();
            }
            put_transport(cx, &mut rest)?;
        }
    }
    if cx.style.verbose > 0 { put_dump(cx, &rest) } else { Ok(()) }
}

/// Takes the ports; what stands behind them says which message it is.
fn put_transport(cx: &mut Context, rest: &mut Cursor) -> Outcome {
    put!(cx, "; BTP Dst:", rest.be16()?);
    put!(cx, " Src:", rest.be16()?);
    if rest.length() >= 2 {
        put!(cx, "; ItsPduHeader v:", rest.u8_at(0)?);
        let message = rest.u8_at(1)?;
        put!(cx, " t:", message, "-", name_or_number(MESSAGES, message, "unknown (", ")"));
    }
    Ok(())
}
