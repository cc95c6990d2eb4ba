//! Values that IEEE 802.1 defines (IEEE 802.1Q annex D): VLANs, aggregation, data center bridging.

use super::{Value, put_subtype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::payload::put_padded_string;
use crate::dissect::put::Hex0;
use crate::put;

const PORT_VLAN: u8 = 1;
const PROTOCOL_VLAN: u8 = 2;
const VLAN_NAME: u8 = 3;
const PROTOCOL_IDENTITY: u8 = 4;
const LINK_AGGREGATION: u8 = 7;
const CONGESTION_NOTIFICATION: u8 = 8;
const ETS_CONFIGURATION: u8 = 9;
const ETS_RECOMMENDATION: u8 = 10;
const FLOW_CONTROL: u8 = 11;
const APPLICATION_PRIORITY: u8 = 12;
const EDGE_VIRTUAL_BRIDGING: u8 = 13;
const CHANNEL_DISCOVERY: u8 = 14;
const SUBTYPES: &[Name] = &[
    (PORT_VLAN as u32, "Port VLAN Id"),
    (PROTOCOL_VLAN as u32, "Port and Protocol VLAN ID"),
    (VLAN_NAME as u32, "VLAN name"),
    (PROTOCOL_IDENTITY as u32, "Protocol Identity"),
    (LINK_AGGREGATION as u32, "Link aggregation"),
    (CONGESTION_NOTIFICATION as u32, "Congestion Notification"),
    (ETS_CONFIGURATION as u32, "ETS Configuration"),
    (ETS_RECOMMENDATION as u32, "ETS Recommendation"),
    (FLOW_CONTROL as u32, "Priority Flow Control Configuration"),
    (APPLICATION_PRIORITY as u32, "Application Priority"),
    (EDGE_VIRTUAL_BRIDGING as u32, "EVB"),
    (CHANNEL_DISCOVERY as u32, "CDCP"),
];

const PROTOCOL_VLAN_FLAGS: &[Name] = &[(0x02, "supported"), (0x04, "enabled")];
const AGGREGATION_FLAGS: &[Name] = &[(0x01, "supported"), (0x02, "enabled")];
const BRIDGING_MODES: [&str; 4] = ["Not Supported", "EVB Bridge", "EVB Station", "Reserved for future Standardization"];

/// The least octets of each subtype's value; one that is shorter is left at its name.
fn least_length(subtype: u8) -> u32 {
    match subtype {
        PROTOCOL_IDENTITY | APPLICATION_PRIORITY => 5,
        PORT_VLAN | VLAN_NAME | CONGESTION_NOTIFICATION | FLOW_CONTROL => 6,
        PROTOCOL_VLAN => 7,
        CHANNEL_DISCOVERY => 8,
        LINK_AGGREGATION | EDGE_VIRTUAL_BRIDGING => 9,
        ETS_CONFIGURATION | ETS_RECOMMENDATION => 25,
        _ => 0,
    }
}

/// Prints a value, from the organization's identifier on.
pub(super) fn print(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    let Some(subtype) = put_subtype(cx, SUBTYPES, value, 4)? else { return Ok(Value::Printed) };
    if value.length() < least_length(subtype) {
        return Ok(Value::Printed);
    }
    let data = value.skip(4);
    match subtype {
        PORT_VLAN => put!(cx, "\n\t    port vlan id (PVID): ", data.be16_at(0)?),
        PROTOCOL_VLAN => {
            let flags = data.u8_at(0)?;
            put!(cx, "\n\t    port and protocol vlan id (PPVID): ", data.be16_at(1)?, ", flags [");
            put_bits(&mut cx.out, PROTOCOL_VLAN_FLAGS, flags.into(), ", ", "none");
            put!(cx, "] (0x", Hex0(flags, 2), ")");
        }
        VLAN_NAME => {
            put!(cx, "\n\t    vlan id (VID): ", data.be16_at(0)?);
            put_counted(cx, "\n\t    vlan name: ", &data.skip(2))?;
        }
        PROTOCOL_IDENTITY => put_counted(cx, "\n\t    protocol identity: ", &data)?,
        LINK_AGGREGATION => put_aggregation(cx, &data)?,
        CONGESTION_NOTIFICATION => {
            put!(cx, "\n\t    Pre-Priority CNPV Indicator");
            put_priorities(cx, data.u8_at(0)?);
            put!(cx, "\n\t    Pre-Priority Ready Indicator");
            put_priorities(cx, data.u8_at(1)?);
        }
        ETS_CONFIGURATION => {
            let bits = data.u8_at(0)?;
            // tcpdump masks the second bit of CBS where its first is.
            put!(cx, "\n\t    Willing:", bits >> 7, ", CBS:", bits >> 6 & 2);
            put!(cx, ", RES:", bits >> 3 & 7, ", Max TCs:", bits & 7);
            put_transmission_selection(cx, &data.skip(1))?;
        }
        ETS_RECOMMENDATION => {
            put!(cx, "\n\t    RES: ", data.u8_at(0)?);
            put_transmission_selection(cx, &data.skip(1))?;
        }
        FLOW_CONTROL => {
            let bits = data.u8_at(0)?;
            put!(cx, "\n\t    Willing: ", bits >> 7, ", MBC: ", bits >> 6 & 1, ", RES: ", bits >> 4 & 3);
            put!(cx, ", PFC cap:", bits & 15, " \n\t    PFC Enable");
            put_priorities(cx, data.u8_at(1)?);
        }
        APPLICATION_PRIORITY => put_applications(cx, data)?,
        EDGE_VIRTUAL_BRIDGING => put_bridging(cx, &data)?,
        CHANNEL_DISCOVERY => put_channels(cx, data)?,
        _ => return Ok(Value::Unknown),
    }
    Ok(Value::Printed)
}

/// A string behind its length, if it fits.
fn put_counted(cx: &mut Context, label: &str, data: &Cursor) -> Outcome {
    if data.length() < 1 {
        return Ok(());
    }
    let (length, text) = (data.u8_at(0)?, data.skip(1));
    if text.length() < length.into() {
        return Ok(());
    }
    put!(cx, label);
    put_padded_string(cx, &text, length.into())
}

/// The state of an aggregation and its port; IEEE 802.3 used to define it in the same form.
pub(super) fn put_aggregation(cx: &mut Context, data: &Cursor) -> Outcome {
    let (flags, port) = (data.u8_at(0)?, data.be32_at(1)?);
    put!(cx, "\n\t    aggregation status [");
    put_bits(&mut cx.out, AGGREGATION_FLAGS, flags.into(), ", ", "none");
    put!(cx, "], aggregation port ID ", port);
    Ok(())
}

/// A bit for each priority.
fn put_priorities(cx: &mut Context, bits: u8) {
    put!(cx, "\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ");
    for priority in 0..8 {
        put!(cx, bits >> priority & 1, "  ");
    }
}

/// The three tables of enhanced transmission selection.
fn put_transmission_selection(cx: &mut Context, data: &Cursor) -> Outcome {
    put!(cx, "\n\t    Priority Assignment Table\n\t     Priority : 0   1   2   3   4   5   6   7");
    put!(cx, "\n\t     Value    :");
    for &octet in data.bytes_at(0, 4)? {
        put_cell(cx, octet >> 4);
        put_cell(cx, octet & 0x0f);
    }
    put!(cx, "\n\t    TC Bandwidth Table\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     Value :");
    data.bytes_at(4, 8)?.iter().for_each(|&octet| put_cell(cx, octet));
    put!(cx, "\n\t    TSA Assignment Table\n\t     Traffic Class: 0   1   2   3   4   5   6   7");
    put!(cx, "\n\t     Value        :");
    data.bytes_at(12, 8)?.iter().for_each(|&octet| put_cell(cx, octet));
    Ok(())
}

/// A number in a column of three characters, left-aligned, a blank in front.
fn put_cell(cx: &mut Context, value: u8) {
    put!(cx, " ", value);
    put!(
        cx,
        if value < 10 {
            "  "
        } else if value < 100 {
            " "
        } else {
            ""
        }
    );
}

/// Which application gets which priority, in entries of three octets.
fn put_applications(cx: &mut Context, data: Cursor) -> Outcome {
    put!(cx, "\n\t    RES: ", data.u8_at(0)?);
    let mut table = data.skip(1);
    if table.length() == 0 || !table.length().is_multiple_of(3) {
        return Ok(());
    }
    put!(cx, "\n\t    Application Priority Table");
    while table.length() > 0 {
        let (bits, protocol) = (table.u8()?, table.be16()?);
        put!(cx, "\n\t      Priority: ", bits >> 5, ", RES: ", bits >> 3 & 3, ", Sel: ", bits & 7);
        put!(cx, ", Protocol ID: ", protocol);
    }
    Ok(())
}

/// The states of bridge and station in edge virtual bridging.
fn put_bridging(cx: &mut Context, data: &Cursor) -> Outcome {
    let [bridge, station, retry, mode, keepalive] = data.array_at(0)?;
    put!(cx, "\n\t    EVB Bridge Status\n\t      RES: ", bridge >> 3, ", BGID: ", bridge >> 2 & 1);
    put!(cx, ", RRCAP: ", bridge >> 1 & 1, ", RRCTR: ", bridge & 1);
    put!(cx, "\n\t    EVB Station Status\n\t      RES: ", station >> 4, ", SGID: ", station >> 3 & 1);
    put!(cx, ", RRREQ: ", station >> 2 & 1, ",RRSTAT: ", station & 3);
    put!(cx, "\n\t    R: ", retry >> 5, ", RTE: ", retry & 0x1f);
    let name = BRIDGING_MODES.get(usize::from(mode >> 6)).copied().unwrap_or("unknown");
    put!(cx, ", EVB Mode: ", name, " [", mode >> 6, "]");
    put!(cx, "\n\t    ROL: ", mode >> 5 & 1, ", RWD: ", mode & 0x1f);
    put!(cx, ", RES: ", keepalive >> 6, ", ROL: ", keepalive >> 5 & 1, ", RKA: ", keepalive & 0x1f);
    Ok(())
}

/// S-channels and their VLANs, in entries of three octets.
fn put_channels(cx: &mut Context, data: Cursor) -> Outcome {
    let bits = data.u8_at(0)?;
    put!(cx, "\n\t    Role: ", bits >> 7, ", RES: ", bits >> 4 & 7, ", Scomp: ", bits >> 3 & 1);
    put!(cx, " ChnCap: ", data.be16_at(2)? & 0x0fff);
    let mut table = data.skip(4);
    if !table.length().is_multiple_of(3) {
        return Ok(());
    }
    while table.length() > 0 {
        let entry = table.be24()?;
        put!(cx, "\n\t    SCID: ", entry >> 12, ", SVID: ", entry & 0x0fff);
    }
    Ok(())
}
