//! Router renumbering (RFC 2894).

use crate::dissect::address::Ipv6;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex;
use crate::put;

const COMMAND: u8 = 0;
const CODES: &[Name] = &[(COMMAND as u32, "command"), (1, "result"), (255, "sequence number reset")];
const FLAGS: &[Name] = &[(0x80, "T"), (0x40, "R"), (0x20, "A"), (0x10, "S"), (0x08, "P")];
const OPERATIONS: &[Name] = &[(1, "add"), (2, "change"), (3, "setglobal")];

const HEADER_LENGTH: usize = 16;
const MATCH_LENGTH: usize = 24;
const USE_LENGTH: usize = 32;

/// Prints a message.
pub fn print(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    if !message.has(HEADER_LENGTH) {
        cx.truncated();
        return Ok(());
    }
    match lookup(CODES, code) {
        Some(name) => put!(cx, ", ", name),
        None => put!(cx, ", code-#", code),
    }
    put!(cx, ", seq=", message.be32_at(4)?);
    if cx.style.verbose > 0 {
        put_header(cx, message)?;
    }
    if code == COMMAND { put_command(cx, message.skip(HEADER_LENGTH)) } else { Ok(()) }
}

fn put_header(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, "[");
    let flags = message.u8_at(9)?;
    if flags != 0 {
        put_bits(&mut cx.out, FLAGS, flags.into(), "", "none");
        put!(cx, ",");
    }
    put!(cx, "seg=", message.u8_at(8)?, ",maxdelay=", message.be16_at(10)?);
    match message.be32_at(12)? {
        0 => {}
        reserved => put!(cx, "rsvd=0x", Hex(reserved)),
    }
    put!(cx, "]");
    Ok(())
}

/// Which prefixes to change, and what to make of each.
fn put_command(cx: &mut Context, matching: Cursor) -> Outcome {
    if !matching.has(MATCH_LENGTH) {
        cx.truncated();
        return Ok(());
    }
    let separator = if cx.style.verbose > 1 { "\n\t" } else { " " };
    put!(cx, separator, "match(");
    let operation = matching.u8_at(0)?;
    match lookup(OPERATIONS, operation) {
        Some(name) => put!(cx, name),
        None => put!(cx, "#", operation),
    }
    if cx.style.verbose > 0 {
        put!(cx, ",ord=", matching.u8_at(2)?, ",min=", matching.u8_at(4)?, ",max=", matching.u8_at(5)?);
    }
    put!(cx, ",", Ipv6(matching.array_at(8)?), "/", matching.u8_at(3)?, ")");
    // The length counts words of four octets: three for the match, four for each use.
    let words = i32::from(matching.u8_at(1)?) - 3;
    if words % 4 != 0 {
        cx.truncated();
        return Ok(());
    }
    let mut uses = matching.skip(MATCH_LENGTH);
    for _ in 0..words / 4 {
        if !uses.has(USE_LENGTH) {
            cx.truncated();
            return Ok(());
        }
        put!(cx, separator, "use(");
        put_use(cx, &uses)?;
        uses = uses.skip(USE_LENGTH);
    }
    Ok(())
}

/// A prefix to use in the place of those that matched.
fn put_use(cx: &mut Context, part: &Cursor) -> Outcome {
    let flags = part.u8_at(12)?;
    if flags != 0 {
        put!(cx, if flags & 0x80 != 0 { "V" } else { "" }, if flags & 0x40 != 0 { "P" } else { "" }, ",");
    }
    if cx.style.verbose > 0 {
        put!(cx, "mask=0x", Hex(part.u8_at(2)?), ",raflags=0x", Hex(part.u8_at(3)?), ",");
        for (name, at) in [("vltime=", 4), ("pltime=", 8)] {
            match part.be32_at(at)? {
                u32::MAX => put!(cx, name, "infty,"),
                time => put!(cx, name, time, ","),
            }
        }
    }
    put!(cx, Ipv6(part.array_at(16)?), "/", part.u8_at(0)?, "/", part.u8_at(1)?, ")");
    Ok(())
}
