//! Session Initiation Protocol (RFC 3261) over UDP.

use super::text::{self, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};

const REQUESTS: &[&str] = &[
    "ACK",
    "BYE",
    "CANCEL",
    "DO",
    "INFO",
    "INVITE",
    "MESSAGE",
    "NOTIFY",
    "OPTIONS",
    "PRACK",
    "QAUTH",
    "REFER",
    "REGISTER",
    "SPRACK",
    "SUBSCRIBE",
    "UPDATE",
    "PUBLISH",
];

/// Prints a request or response; of anything else, the protocol's name.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    text::print(cx, "sip", data, &Shown::Messages(REQUESTS))
}
