//! IP Payload Compression Protocol (RFC 3173 section 3): the header, which is not compressed.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

/// Prints which compression parameters apply.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "ipcomp";
    put!(cx, "IPComp(cpi=0x", Hex0(data.be16_at(2)?, 4), ")");
    Ok(())
}
