//! File Transfer Protocol (RFC 959), the control connection.

use super::text::{self, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Prints commands and replies.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    put!(cx, ": ");
    text::print(cx, "ftp", data, &Shown::Every)
}
