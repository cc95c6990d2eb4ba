//! WHOIS (RFC 3912).

use super::text::{self, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Prints the query and the answer.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    put!(cx, ": ");
    text::print(cx, "whois", data, &Shown::Every)
}
