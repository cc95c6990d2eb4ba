//! Continuity check messages (IEEE 802.1Q section 21.6): how often they come, and who sends them.

use super::Then;
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::{put_hex_lines, put_padded_string};
use crate::dissect::put::Hex0;
use crate::put;

/// Octets in front of the values: sequence number, end point, names, what ITU-T Y.1731 uses.
pub(super) const LENGTH: u8 = 70;
const NAMES: usize = 6;
const NAMES_LENGTH: u8 = 48;

const REMOTE_DEFECT: u8 = 0x80;
const INTERVAL: u8 = 0x07;
/// The interval, and the shortest and the longest time without a message before the path counts as
/// broken: 3.25 and 3.5 intervals.
const INTERVALS: [(&str, &str, &str); 7] = [
    ("0.003", "0.011", "0.012"),
    ("0.010", "0.032", "0.035"),
    ("0.100", "0.325", "0.350"),
    ("1.000", "3.250", "3.500"),
    ("10.000", "32.500", "35.000"),
    ("60.000", "195.000", "210.000"),
    ("600.000", "1950.000", "2100.000"),
];

const DOMAIN_NONE: u8 = 1;
const DOMAIN_DNS: u8 = 2;
const DOMAIN_MAC: u8 = 3;
const DOMAIN_TEXT: u8 = 4;
const DOMAIN_FORMATS: &[Name] = &[
    (0, "IEEE 802.1"),
    (DOMAIN_NONE as u32, "No MD Name present"),
    (DOMAIN_DNS as u32, "DNS string"),
    (DOMAIN_MAC as u32, "MAC + 16Bit Integer"),
    (DOMAIN_TEXT as u32, "Character string"),
];
const ASSOCIATION_TEXT: u8 = 2;
const ASSOCIATION_FORMATS: &[Name] = &[
    (0, "IEEE 802.1"),
    (1, "Primary VID"),
    (ASSOCIATION_TEXT as u32, "Character string"),
    (3, "16Bit Integer"),
    (4, "RFC2685 VPN-ID"),
];
/// What has to be left behind a domain's name: format, length and an octet of the association's.
const ASSOCIATION_LENGTH_MIN: u8 = 3;

/// Prints what stands in front of the values, which has been captured.
pub(super) fn put(cx: &mut Context, flags: u8, body: &Cursor) -> Outcome<Then> {
    let interval = flags & INTERVAL;
    put!(cx, ", Flags [CCM Interval ", interval, if flags & REMOTE_DEFECT != 0 { ", RDI]" } else { "]" });
    if let Some((interval, shortest, longest)) = INTERVALS.get(usize::from(interval).wrapping_sub(1)) {
        put!(cx, "\n\t  CCM Interval ", interval, "s, min CCM Lifetime ", shortest, "s");
        put!(cx, ", max CCM Lifetime ", longest, "s");
    }
    let (sequence, end_point) = (body.be32_at(0)?, body.be16_at(4)?);
    put!(cx, "\n\t  Sequence Number 0x", Hex0(sequence, 8), ", MA-End-Point-ID 0x", Hex0(end_point, 4));
    let mut names = body.skip(NAMES).with_length(NAMES_LENGTH.into());
    let format = names.u8()?;
    let name = lookup(DOMAIN_FORMATS, format).unwrap_or("Unknown");
    put!(cx, "\n\t  MD Name Format ", name, " (", format, ")");
    if format != DOMAIN_NONE {
        let length = names.u8()?;
        put!(cx, ", MD Name length ", length);
        let longest = names.length() - u32::from(ASSOCIATION_LENGTH_MIN);
        if u32::from(length) > longest {
            // tcpdump names one octet more than it takes.
            put!(cx, " (too large, must be <= ", longest + 1, ")");
            return Ok(Then::End);
        }
        put_domain(cx, format, &names, length)?;
        names = names.skip(length.into());
    }
    put_association(cx, names)
}

fn put_domain(cx: &mut Context, format: u8, name: &Cursor, length: u8) -> Outcome {
    put!(cx, "\n\t  MD Name: ");
    match format {
        DOMAIN_DNS | DOMAIN_TEXT => return put_padded_string(cx, name, length.into()),
        DOMAIN_MAC if length == 6 => {
            put!(cx, "\n\t  MAC ");
            cx.mac(Mac(name.array_at(0)?));
        }
        DOMAIN_MAC => put!(cx, "\n\t  MAC (length invalid)"),
        _ => put_hex_lines(cx, "\n\t    ", name, length.into()),
    }
    Ok(())
}

fn put_association(cx: &mut Context, mut names: Cursor) -> Outcome<Then> {
    let (format, length) = (names.u8()?, names.u8()?);
    let name = lookup(ASSOCIATION_FORMATS, format).unwrap_or("Unknown");
    put!(cx, "\n\t  MA Name-Format ", name, " (", format, "), MA name length ", length);
    if u32::from(length) > names.length() {
        put!(cx, " (too large, must be <= ", names.length(), ")");
        return Ok(Then::End);
    }
    put!(cx, "\n\t  MA Name: ");
    match format {
        ASSOCIATION_TEXT => put_padded_string(cx, &names, length.into())?,
        _ => put_hex_lines(cx, "\n\t    ", &names, length.into()),
    }
    Ok(Then::Continue)
}
