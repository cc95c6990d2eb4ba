//! Graceful restart (RFC 3623 appendix B, RFC 5187).

use super::tlv::{put_bogus, put_unknown, read_tag};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const PERIOD: u16 = 1;
const REASON: u16 = 2;
const ADDRESS: u16 = 3;
const TYPES: &[Name] = &[
    (PERIOD as u32, "Grace Period"),
    (REASON as u32, "Graceful restart Reason"),
    (ADDRESS as u32, "IPv4 interface address"),
];
const REASONS: &[Name] =
    &[(0, "Unknown"), (1, "Software Restart"), (2, "Software Reload/Upgrade"), (3, "Control Processor Switch")];

/// Prints an advertisement's values; `false` where they contradict each other or are cut off.
pub(in crate::dissect::net) fn print(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    while rest.length() > 0 {
        if !rest.has(4) {
            cx.truncated();
            return Ok(false);
        }
        if rest.length() < 4 {
            put_bogus(cx, "Remaining LS length", rest.length(), "<", 4);
            return Ok(false);
        }
        let tag = read_tag(&mut rest)?;
        tag.put(cx, "\n\t    ", TYPES, " TLV");
        put!(cx, " ", tag.length, ", value: ");
        if tag.length > rest.length() {
            put_bogus(cx, "Bogus length", tag.length, ">", rest.length());
            return Ok(false);
        }
        if tag.is_empty() {
            cx.invalid()?;
            return Ok(false);
        }
        if !rest.has(tag.length as usize) {
            cx.truncated();
            return Ok(false);
        }
        if !put_value(cx, &rest, tag.kind, tag.length)? {
            return Ok(false);
        }
        if tag.padded() > rest.length() {
            put_bogus(cx, "Bogus padded length", tag.padded(), ">", rest.length());
            return Ok(false);
        }
        rest = rest.skip(tag.padded() as usize);
    }
    Ok(true)
}

fn put_value(cx: &mut Context, value: &Cursor, kind: u16, length: u32) -> Outcome<bool> {
    let right = match kind {
        PERIOD | ADDRESS => 4,
        REASON => 1,
        _ => length,
    };
    if length != right {
        put_bogus(cx, "Bogus length", length, "!=", right);
        return Ok(false);
    }
    match kind {
        PERIOD => put!(cx, value.be32_at(0)?, "s"),
        REASON => {
            let reason = value.u8_at(0)?;
            put!(cx, lookup(REASONS, reason).unwrap_or("Unknown"), " (", reason, ")");
        }
        ADDRESS => cx.ipv4_at(value, 0)?,
        _ => put_unknown(cx, "\n\t      ", value, length),
    }
    Ok(true)
}
