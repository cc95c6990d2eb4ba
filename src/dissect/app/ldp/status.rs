//! How a session goes: status (RFC 5036 section 3.4.6), and what survives a restart (RFC 3479 section 8.1).

use super::MESSAGES;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const FATAL: u32 = 0x8000_0000;
const FORWARD: u32 = 0x4000_0000;
const CODES: &[Name] = &[
    (0x00, "Success"),
    (0x01, "Bad LDP Identifier"),
    (0x02, "Bad Protocol Version"),
    (0x03, "Bad PDU Length"),
    (0x04, "Unknown Message Type"),
    (0x05, "Bad Message Length"),
    (0x06, "Unknown TLV"),
    (0x07, "Bad TLV Length"),
    (0x08, "Malformted TLV Value"),
    (0x09, "Hold Timer Expired"),
    (0x0a, "Shutdown"),
    (0x0b, "Loop Detected"),
    (0x0c, "Unknown FEC"),
    (0x0d, "No Route"),
    (0x0e, "No Label Resources"),
    (0x0f, "Label Resources/Available"),
    (0x10, "Session Rejected/No Hello"),
    (0x11, "Session Rejected/Parameters Advertisement Mode"),
    (0x12, "Session Rejected/Parameters Max PDU Length"),
    (0x13, "Session Rejected/Parameters Label Range"),
    (0x14, "KeepAlive Timer Expired"),
    (0x15, "Label Request Aborted"),
    (0x16, "Missing Message Parameters"),
    (0x17, "Unsupported Address Family"),
    (0x18, "Session Rejected/Bad KeepAlive Time"),
    (0x19, "Internal Error"),
];

const RECONNECT: u16 = 0x8000;
const SAVE_STATE: u16 = 0x0008;
const ALL_LABEL_PROTECTION: u16 = 0x0004;
const SEQUENCE_NUMBERED_LABEL: u16 = 0x0002;
const RE_LEARN_STATE: u16 = 0x0001;

/// Prints a status, and the message that caused it.
pub fn print(cx: &mut Context, value: &Cursor) -> Outcome {
    let code = value.be32_at(0)?;
    let name = lookup(CODES, code & !(FATAL | FORWARD)).unwrap_or("Unknown");
    put!(cx, "\n\t      Status Code: ", name, ", Flags: [");
    put!(cx, if code & FATAL != 0 { "Fatal error" } else { "Advisory Notification" }, " and ");
    put!(cx, if code & FORWARD != 0 { "do" } else { "don't" }, " forward]");
    let message = value.be32_at(4)?;
    if message != 0 {
        put!(cx, ", causing Message ID: 0x", Hex0(message, 8));
    }
    let kind = value.be16_at(8)?;
    if kind != 0 {
        put!(cx, ", Message Type: ", lookup(MESSAGES, kind).unwrap_or("Unknown"));
    }
    Ok(())
}

/// Prints what a speaker keeps when its session is lost, and for how long.
pub fn print_fault_tolerance(cx: &mut Context, value: &Cursor) -> Outcome {
    let flags = value.be16_at(0)?;
    let choose = |bit, set, unset| if flags & bit != 0 { set } else { unset };
    put!(cx, "\n\t      Flags: [", choose(RECONNECT, "", "No "), "Reconnect, ");
    put!(cx, choose(SAVE_STATE, "", "Don't "), "Save State, ");
    put!(cx, choose(ALL_LABEL_PROTECTION, "", "No "), "All-Label Protection, ");
    put!(cx, choose(SEQUENCE_NUMBERED_LABEL, "Sequence Numbered Label", "All Labels"), " Checkpoint, ");
    put!(cx, choose(RE_LEARN_STATE, "", "Don't "), "Re-Learn State]");
    for (name, offset) in [(", Reconnect Timeout: ", 4), (", Recovery Time: ", 8)] {
        let milliseconds = value.be32_at(offset)?;
        if milliseconds != 0 {
            put!(cx, name, milliseconds, "ms");
        }
    }
    Ok(())
}
