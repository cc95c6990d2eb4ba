//! EAP over LANs (IEEE 802.1X section 11.3).

use super::eap;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const HEADER_LENGTH: usize = 4;

const EAP_PACKET: u8 = 0;
const TYPES: &[Name] = &[
    (EAP_PACKET as u32, "EAP packet"),
    (1, "EAPOL start"),
    (2, "EAPOL logoff"),
    (3, "EAPOL key"),
    (4, "Encapsulated ASF alert"),
];

/// Prints a frame; what it carries with `-v`.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.protocol = "eap";
    let (version, kind, length) = (frame.u8_at(0)?, frame.u8_at(1)?, frame.be16_at(2)?);
    put!(cx, lookup(TYPES, kind).unwrap_or("unknown"), " (", kind, ") v", version, ", len ", length);
    if cx.style.verbose == 0 || kind != EAP_PACKET {
        return Ok(());
    }
    if length == 0 {
        return cx.invalid();
    }
    put!(cx, ", ");
    eap::print(cx, frame.skip(HEADER_LENGTH).with_length(length.into()))
}
