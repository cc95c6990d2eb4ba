//! IP over FireWire (RFC 2734) as Apple captures it: two EUI-64 addresses and an EtherType.

use super::{ethernet, ethertype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::octets::Colons;
use crate::put;

const ADDRESS_LENGTH: usize = 8;
const HEADER_LENGTH: usize = 2 * ADDRESS_LENGTH + 2;

/// Prints a frame; returns the header's length.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ap1394";
    frame.need(HEADER_LENGTH)?;
    let ethertype = frame.be16_at(2 * ADDRESS_LENGTH)?;
    if cx.style.link_header {
        put_header(cx, &frame, ethertype)?;
    }
    let data = frame.skip(HEADER_LENGTH);
    if !ethertype::print(cx, ethertype, data, None)? {
        if !cx.style.link_header {
            put_header(cx, &frame, ethertype)?;
        }
        cx.unknown_payload(data);
    }
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, frame: &Cursor, ethertype: u16) -> Outcome {
    let [destination, source] = [0, ADDRESS_LENGTH].map(|at| frame.bytes_at(at, ADDRESS_LENGTH));
    put!(cx, Colons(source?), " > ", Colons(destination?), ", ");
    ethernet::put_type(cx, ethertype);
    put!(cx, ", length ", frame.length(), ": ");
    Ok(())
}
