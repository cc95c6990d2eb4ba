//! Hot Standby Router Protocol (RFC 2281 section 5.1).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const OPERATIONS: &[Name] = &[(0, "hello"), (1, "coup"), (2, "resign")];
const STATES: &[Name] = &[(0, "initial"), (1, "learn"), (2, "listen"), (4, "speak"), (8, "standby"), (16, "active")];

/// Octets of the authentication data.
const AUTHENTICATION_LENGTH: usize = 8;

/// Prints a message. Of other versions than 0, only the version.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "hsrp";
    cx.protocol_caps();
    let version = message.u8_at(0)?;
    put!(cx, "v", version);
    if version != 0 {
        return Ok(());
    }
    put!(cx, "-");
    let operation = message.u8_at(1)?;
    match lookup(OPERATIONS, operation) {
        Some(name) => put!(cx, name),
        None => put!(cx, "unknown (", operation, ")"),
    }
    put!(cx, " ", message.length(), ": ");
    let state = message.u8_at(2)?;
    match lookup(STATES, state) {
        Some(name) => put!(cx, "state=", name),
        None => put!(cx, "state=Unknown (", state, ")"),
    }
    put!(cx, " ");
    put!(cx, "group=", message.u8_at(6)?, " ");
    match message.u8_at(7)? {
        0 => {}
        reserved => put!(cx, "[reserved=", reserved, "!] "),
    }
    message.need(20)?;
    put!(cx, "addr=");
    cx.ipv4_at(&message, 16)?;
    if cx.style.verbose == 0 {
        return Ok(());
    }
    put!(cx, " hellotime=", Seconds(message.u8_at(3)?.into()), " holdtime=", Seconds(message.u8_at(4)?.into()));
    put!(cx, " priority=", message.u8_at(5)?, " auth=\"");
    cx.escaped_padded_field(&message.skip(8), AUTHENTICATION_LENGTH)?;
    put!(cx, "\"");
    Ok(())
}
