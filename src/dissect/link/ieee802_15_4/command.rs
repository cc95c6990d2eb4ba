//! Commands (IEEE 802.15.4-2015 section 7.5).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const ASSOCIATION_REQUEST: u8 = 0x01;
const ASSOCIATION_RESPONSE: u8 = 0x02;
const DISASSOCIATION: u8 = 0x03;
const DATA_REQUEST: u8 = 0x04;
const BEACON_REQUEST: u8 = 0x07;
const REALIGNMENT: u8 = 0x08;
const TIME_SLOT_REQUEST: u8 = 0x09;
const NAMES: &[Name] = &[
    (ASSOCIATION_REQUEST as u32, "Association Request"),
    (ASSOCIATION_RESPONSE as u32, "Association Response"),
    (DISASSOCIATION as u32, "Disassociation Notification"),
    (DATA_REQUEST as u32, "Data Request"),
    (0x05, "PAN ID Conflict Notification"),
    (0x06, "Orphan Notification"),
    (BEACON_REQUEST as u32, "Beacon Request"),
    (REALIGNMENT as u32, "Coordinator realignment"),
    (TIME_SLOT_REQUEST as u32, "GTS request"),
    (0x0a, "TRLE Management Request"),
    (0x0b, "TRLE Management Response"),
    (0x13, "DSME Association Request"),
    (0x14, "DSME Association Response"),
    (0x15, "DSME GTS Request"),
    (0x16, "DSME GTS Response"),
    (0x17, "DSME GTS Notify"),
    (0x18, "DSME Information Request"),
    (0x19, "DSME Information Response"),
    (0x1a, "DSME Beacon Allocation Notification"),
    (0x1b, "DSME Beacon Collision Notification"),
    (0x1c, "DSME Link Report"),
    (0x20, "RIT Data Request"),
    (0x21, "DBS Request"),
    (0x22, "DBS Response"),
    (0x23, "RIT Data Response"),
    (0x24, "Vendor Specific"),
];

const CAPABILITIES: &[(u8, &str)] = &[
    (0x04, "AC powered, "),
    (0x08, "Receiver on when idle, "),
    (0x10, "Fast association, "),
    (0x40, "Security supported, "),
    (0x80, "Allocate address, "),
];
const FULL_FUNCTION: u8 = 0x02;
const STATUS: &[Name] = &[
    (0x00, ", Association successful"),
    (0x01, ", PAN at capacity"),
    (0x02, ", PAN access denied"),
    (0x03, ", Hooping sequence offset duplication"),
    (0x80, ", Fast association successful"),
];
const REASONS: &[Name] = &[
    (0x00, "Reserved"),
    (0x01, "Reason = The coordinator wishes the device to leave PAN"),
    (0x02, "Reason = The device wishes to leave the PAN"),
];

/// Takes a command; what is left then is shown as it is.
pub(super) fn print(cx: &mut Context, rest: &mut Cursor) -> Outcome {
    if rest.length() < 1 {
        put!(cx, "[ERROR: Truncated before Command ID]");
        return Ok(());
    }
    let command = rest.u8()?;
    match lookup(NAMES, command) {
        Some(name) => put!(cx, "Command ID = ", name, " command "),
        None => put!(cx, "Command ID = Reserved 0x", Hex0(command, 2), " "),
    }
    let length = rest.length();
    if length == 0 {
        return Ok(());
    }
    if let Some(error) = length_error(command, length) {
        put!(cx, "Invalid ", error, " command length");
        return Ok(());
    }
    match command {
        ASSOCIATION_REQUEST => {
            let capabilities = rest.u8_at(0)?;
            put!(cx, if capabilities & FULL_FUNCTION != 0 { "FFD, " } else { "RFD, " });
            for (bit, name) in CAPABILITIES {
                put!(cx, if capabilities & bit != 0 { name } else { "" });
            }
        }
        ASSOCIATION_RESPONSE => {
            put!(cx, "Short address = ");
            put!(cx, Hex0(rest.le16_at(0)?, 4));
            let status = rest.u8_at(2)?;
            match lookup(STATUS, status) {
                Some(name) => put!(cx, name),
                None => put!(cx, ", Status = 0x", Hex0(status, 2)),
            }
        }
        DISASSOCIATION => match lookup(REASONS, rest.u8_at(0)?) {
            Some(name) => put!(cx, name),
            // tcpdump shows another octet than the reason.
            None => put!(cx, "Reason = 0x", Hex0(rest.u8_at(2)?, 2)),
        },
        DATA_REQUEST..=BEACON_REQUEST => return Ok(()),
        REALIGNMENT => put_realignment(cx, rest)?,
        TIME_SLOT_REQUEST => {
            let slots = rest.u8_at(0)?;
            put!(cx, "GTS Length = ", slots & 0xf);
            put!(cx, if slots & 0x10 != 0 { ", Receive-only GTS" } else { ", Transmit-only GTS" });
            put!(cx, if slots & 0x20 != 0 { ", GTS allocation" } else { ", GTS deallocations" });
        }
        _ => {
            put!(cx, "Command Data = ");
            return super::put_octets(cx, rest, 0..length);
        }
    }
    *rest = rest.skip(length as usize);
    Ok(())
}

/// The name of a command that cannot have this length.
fn length_error(command: u8, length: u32) -> Option<&'static str> {
    let (right, name) = match command {
        ASSOCIATION_REQUEST => (length == 1, "Association request"),
        ASSOCIATION_RESPONSE => (length == 3, "Association response"),
        DISASSOCIATION => (length == 1, "Disassociation Notification"),
        REALIGNMENT => (length == 7 || length == 8, "Coordinator Realignment"),
        TIME_SLOT_REQUEST => (length == 1, "GTS Request"),
        _ => return None,
    };
    (!right).then_some(name)
}

fn put_realignment(cx: &mut Context, data: &Cursor) -> Outcome {
    put!(cx, "Pan ID = 0x", Hex0(data.le16_at(0)?, 4), ", Coordinator short address = ");
    put!(cx, Hex0(data.le16_at(2)?, 4));
    let channel = u16::from(data.u8_at(4)?);
    // Without a page, more of the channel may stand there.
    let page = if data.length() == 8 { data.u8_at(7)? } else { 0x80 };
    if page & 0x80 != 0 {
        put!(cx, ", Channel Number = ", channel | u16::from(page & 0x7f) << 8);
    } else {
        put!(cx, ", Channel Number = ", channel, ", page = ", page);
    }
    put!(cx, ", Short address = ");
    put!(cx, Hex0(data.le16_at(5)?, 4));
    Ok(())
}
