//! Elements for the management of the network (IEEE 802.15.4-2015 section 7.4.4), above all of its time slots.

use super::header_elements::{put_plain, put_vendor};
use super::put_octets;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 2;
/// The bit of elements with a long length and a short number.
const LONG: u16 = 0x8000;
/// The last of the short numbers that are left to them.
const LONG_MAX: u8 = 0x0f;

const VENDOR: u8 = 0x08;
const CHANNEL_HOPPING: u8 = 0x09;
const SYNCHRONIZATION: u8 = 0x1a;
const SLOTFRAMES: u8 = 0x1b;
const TIME_SLOT: u8 = 0x1c;
const LONG_NAMES: &[Name] =
    &[(VENDOR as u32, "Vendor Specific MLME Nested IE"), (CHANNEL_HOPPING as u32, "Channel Hopping IE")];
const SHORT_NAMES: &[Name] = &[
    (SYNCHRONIZATION as u32, "TSCH Synchronization IE"),
    (SLOTFRAMES as u32, "TSCH Slotframe and Link IE"),
    (TIME_SLOT as u32, "TSCH Timeslot IE"),
    (0x1d, "Hopping timing IE"),
    (0x1e, "Enhanced Beacon Filter IE"),
    (0x1f, "MAC Metrics IE"),
    (0x20, "All MAC Metrics IE"),
    (0x21, "Coexistence Specification IE"),
    (0x22, "SUN Device Capabilities IE"),
    (0x23, "SUN FSK Generic PHY IE"),
    (0x24, "Mode Switch Parameter IE"),
    (0x25, "PHY Parameter Change IE"),
    (0x26, "O-QPSK PHY Mode IE"),
    (0x27, "PCA Allocation IE"),
    (0x28, "LECIM DSSS Operating Mode IE"),
    (0x29, "LECIM FSK Operating Mode IE"),
    (0x2b, "TVWS PHY Operating Mode Description IE"),
    (0x2c, "TVWS Device Capabilities IE"),
    (0x2d, "TVWS Device Category IE"),
    (0x2e, "TVWS Device Identification IE"),
    (0x2f, "TVWS Device Location IE"),
    (0x30, "TVWS Channel Information Query IE"),
    (0x31, "TVWS Channel Information Source IE"),
    (0x32, "CTM IE"),
    (0x33, "Timestamp IE"),
    (0x34, "Timestamp Difference IE"),
    (0x35, "TMCTP Specification IE"),
    (0x36, "RCC PHY Operating Mode IE"),
];

const LINK_OPTIONS: &[(u8, &str)] =
    &[(0x01, "TX "), (0x02, "RX "), (0x04, "Shared "), (0x08, "Timekeeping "), (0x10, "Priority ")];

/// The times of a slot in their order; the last two may have three octets.
const TIMES: [&str; 12] = [
    "CCA Offset",
    "CCA",
    "TX Offset",
    "RX Offset",
    "RX Ack Delay",
    "TX Ack Delay",
    "RX Wait",
    "Ack Wait",
    "RX TX",
    "Max Ack",
    "Max TX",
    "Time slot Length",
];
const TIME_SLOT_LENGTH: u32 = 25;
const TIME_SLOT_LENGTH_WIDE: u32 = 27;

/// Prints the elements.
pub(super) fn print(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        if rest.length() < HEADER_LENGTH {
            put!(cx, "[ERROR: Truncated MLME IE]");
            return Ok(());
        }
        let header = rest.le16()?;
        let (kind, length) = if header & LONG != 0 {
            let kind = (header >> 11 & 0x0f) as u8;
            match lookup(LONG_NAMES, kind) {
                Some(name) => put!(cx, "\n\t\t", name),
                None => put!(cx, "\n\t\tReserved 0x", Hex0(kind, 2)),
            }
            (kind, u32::from(header & 0x3ff))
        } else {
            let kind = (header >> 8 & 0x7f) as u8;
            match lookup(SHORT_NAMES, kind) {
                Some(name) => put!(cx, "\n\t\t", name),
                None if kind <= LONG_MAX => put!(cx, "\n\t\tReserved for long format 0x", Hex0(kind, 1)),
                None => put!(cx, "\n\t\tReserved 0x", Hex0(kind, 2)),
            }
            (kind, u32::from(header & 0xff))
        };
        put!(cx, " [ length = ", length, ", ");
        if rest.length() < length {
            put!(cx, "[ERROR: Truncated IE data]");
            return Ok(());
        }
        if length > 0 {
            put_value(cx, kind, rest.with_length(length))?;
        }
        put!(cx, "] ");
        rest = rest.skip(length as usize);
    }
    Ok(())
}

fn put_value(cx: &mut Context, kind: u8, value: Cursor) -> Outcome {
    let length = value.length();
    match kind {
        VENDOR if length < 3 => put!(cx, "[ERROR: Vendor OUI missing]"),
        VENDOR => put_vendor(cx, &value)?,
        CHANNEL_HOPPING => put_channel_hopping(cx, value)?,
        SYNCHRONIZATION => {
            put!(cx, if length < 6 { "[ERROR: Length != 6]" } else { "" });
            let slot = u64::from(value.le32_at(0)?) | u64::from(value.u8_at(4)?) << 32;
            put!(cx, "ASN = ", Hex0(slot, 10), ", Join Metric = ", value.u8_at(5)?, " ");
        }
        SLOTFRAMES => put_slotframes(cx, value)?,
        TIME_SLOT => put_time_slot(cx, &value)?,
        _ => put_plain(cx, &value)?,
    }
    Ok(())
}

/// The sequence of channels (section 7.4.4.31).
fn put_channel_hopping(cx: &mut Context, mut rest: Cursor) -> Outcome {
    const CUT: &str = "[ERROR: IE truncated]";
    put!(cx, "Hopping Sequence ID = ", rest.u8()?);
    if rest.length() == 0 {
        return Ok(());
    }
    if rest.length() < 7 {
        put!(cx, CUT);
        return Ok(());
    }
    let (page, channels) = (rest.u8_at(0)?, rest.le16_at(1)?);
    put!(cx, "Channel Page = ", page, ", Number of Channels = ", channels, ", ");
    put!(cx, "Phy Configuration = 0x", Hex0(rest.le32_at(3)?, 8), ", ");
    rest = rest.skip(7);
    if page == 9 || page == 10 {
        let length = u32::from(channels).div_ceil(8);
        if rest.length() < length {
            put!(cx, CUT);
            return Ok(());
        }
        put!(cx, "Extended bitmap = 0x");
        for at in 0..length as usize {
            put!(cx, Hex0(rest.u8_at(at)?, 2));
        }
        put!(cx, ", ");
        rest = rest.skip(length as usize);
    }
    if rest.length() < 2 {
        put!(cx, CUT);
        return Ok(());
    }
    let count = rest.le16()?;
    put!(cx, "Hopping Seq length = ", count, " [ ");
    if rest.length() < u32::from(count) * 2 {
        put!(cx, " ", CUT);
        return Ok(());
    }
    for _ in 0..count {
        put!(cx, Hex0(rest.le16()?, 2), " ");
    }
    put!(cx, "]");
    if rest.length() < 2 {
        put!(cx, CUT);
    } else {
        put!(cx, "Current hop = ", rest.le16()?);
    }
    Ok(())
}

/// Slotframes and the links in them (section 7.4.4.3).
fn put_slotframes(cx: &mut Context, mut rest: Cursor) -> Outcome {
    let count = rest.u8()?;
    put!(cx, "Slotframes = ", count, " ");
    for _ in 0..count {
        if rest.length() < 4 {
            put!(cx, "[ERROR: Truncated IE before slotframes]");
            break;
        }
        let (handle, size, links) = (rest.u8_at(0)?, rest.le16_at(1)?, rest.u8_at(3)?);
        put!(cx, "\n\t\t\t[ Handle ", handle, ", size = ", size, ", links = ", links, " ");
        rest = rest.skip(4);
        for _ in 0..links {
            if rest.length() < 5 {
                put!(cx, "[ERROR: Truncated IE links]");
                break;
            }
            let options = rest.u8_at(4)?;
            put!(cx, "\n\t\t\t\t[ Timeslot =  ", rest.le16_at(0)?, ", Offset = ", rest.le16_at(2)?, ", Options = ");
            for (bit, name) in LINK_OPTIONS {
                put!(cx, if options & bit != 0 { name } else { "" });
            }
            put!(cx, "] ");
            rest = rest.skip(5);
        }
        put!(cx, "] ");
    }
    Ok(())
}

/// The times of a slot (section 7.4.4.4).
fn put_time_slot(cx: &mut Context, value: &Cursor) -> Outcome {
    let length = value.length();
    if !matches!(length, 1 | TIME_SLOT_LENGTH | TIME_SLOT_LENGTH_WIDE) {
        put!(cx, "[ERROR: Length not 1, 25, or 27]", "\n\t\t\tIE Data = ");
        return put_octets(cx, value, 0..length);
    }
    value.need(length as usize)?;
    put!(cx, "Time slot ID = ", value.u8_at(0)?);
    let mut rest = value.skip(1);
    if length > 1 {
        for (number, name) in TIMES.iter().enumerate() {
            let wide = length == TIME_SLOT_LENGTH_WIDE && number >= 10;
            let low = u32::from(rest.le16()?);
            let time = if wide { u32::from(rest.u8()?) << 16 | low } else { low };
            put!(cx, ", ", name, " = ", time);
        }
    }
    put!(cx, " ");
    Ok(())
}
