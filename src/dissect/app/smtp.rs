//! Simple Mail Transfer Protocol (RFC 5321).

use super::text::{self, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Prints commands, replies and the mail itself.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    put!(cx, ": ");
    text::print(cx, "smtp", data, &Shown::Every)
}
