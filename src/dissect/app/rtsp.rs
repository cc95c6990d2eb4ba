//! Real-Time Streaming Protocol (RFC 2326).

use super::text::{self, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const REQUESTS: &[&str] = &[
    "DESCRIBE",
    "ANNOUNCE",
    "GET_PARAMETER",
    "OPTIONS",
    "PAUSE",
    "PLAY",
    "RECORD",
    "REDIRECT",
    "SETUP",
    "SET_PARAMETER",
    "TEARDOWN",
];

/// Prints a request or response; of anything else, the protocol's name.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    put!(cx, ": ");
    text::print(cx, "rtsp", data, &Shown::Messages(REQUESTS))
}
