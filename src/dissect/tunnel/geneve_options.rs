//! Options of Geneve (RFC 8926 section 3.5).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const HEADER_LENGTH: u32 = 4;
/// The receiver has to understand the option or drop the packet.
const CRITICAL: u8 = 0x80;

/// Who defines the options of a class (IANA "Geneve Option Class").
fn class_name(class: u16) -> &'static str {
    match class {
        0x0000..=0x00ff => "Standard",
        0x0100 => "Linux",
        0x0101 => "Open vSwitch",
        0x0102 => "Open Virtual Networking (OVN)",
        0x0103 => "In-band Network Telemetry (INT)",
        0x0104 => "VMware",
        0x0106 | 0x0130 | 0x0131 => "Cisco",
        0x0107 => "Oracle",
        0x0105 | 0x0108..=0x0110 => "Amazon",
        0x0111..=0x0118 => "IBM",
        0x0119..=0x0128 => "Ericsson",
        0x0129 => "Oxide",
        0x0132..=0x0135 => "Google",
        0x0136 => "InfoQuick",
        0xfff0..=0xffff => "Experimental",
        _ => "Unknown",
    }
}

/// Prints the options; `false` when one contradicts their common length.
pub(super) fn print(cx: &mut Context, options: Cursor) -> Outcome<bool> {
    let mut rest = options;
    let mut separator = "";
    while rest.length() > 0 {
        if rest.length() < HEADER_LENGTH {
            put!(cx, " [remaining options length ", rest.length(), " < ", HEADER_LENGTH, "]");
            rest.need(rest.length() as usize)?;
            return Ok(false);
        }
        put!(cx, separator);
        separator = ", ";
        let (class, kind) = (rest.be16_at(0)?, rest.u8_at(2)?);
        let length = HEADER_LENGTH + u32::from(rest.u8_at(3)? & 0x1f) * 4;
        put!(cx, "class ", class_name(class), " (0x", Hex(class), ") type 0x", Hex(kind));
        put!(cx, if kind & CRITICAL != 0 { "(C)" } else { "" }, " len ", length);
        if length > rest.length() {
            put!(cx, " [bad length]");
            rest.need(rest.length() as usize)?;
            return Ok(false);
        }
        put_data(cx, rest.with_length(length))?;
        rest = rest.skip(length as usize);
    }
    Ok(true)
}

/// An option's data, word by word at `-vv`.
fn put_data(cx: &mut Context, option: Cursor) -> Outcome {
    if cx.style.verbose < 2 || option.length() == HEADER_LENGTH {
        return option.need(option.length() as usize);
    }
    put!(cx, " data");
    let mut data = option.skip(HEADER_LENGTH as usize);
    while data.length() > 0 {
        put!(cx, " ", Hex0(data.be32()?, 8));
    }
    Ok(())
}
