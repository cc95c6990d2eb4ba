//! Multipath TCP (RFC 6824, RFC 8684), an option of TCP.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};

/// Prints the option from its kind on; `false` when its length or subtype is wrong.
pub fn print(_cx: &mut Context, _option: Cursor, _flags: u16) -> Outcome<bool> {
    Ok(false)
}
