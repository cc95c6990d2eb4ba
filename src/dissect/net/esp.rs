//! IP Encapsulating Security Payload (RFC 4303 section 2): the header, which is not encrypted.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

/// Prints the header and the length.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "esp";
    cx.protocol_caps();
    put!(cx, "(spi=0x", Hex0(data.be32_at(0)?, 8));
    put!(cx, ",seq=0x", Hex(data.be32_at(4)?), "), length ", data.length());
    Ok(())
}
