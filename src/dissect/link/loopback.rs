//! Configuration Testing Protocol, the EtherType "Loopback" (Ethernet version 2.0 section 8).

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const REPLY: u16 = 1;
const FORWARD_DATA: u16 = 2;

/// Prints the message that is next, behind the octets to skip.
pub fn print(cx: &mut Context, mut packet: Cursor) -> Outcome {
    cx.protocol = "loopback";
    put!(cx, "Loopback");
    if packet.length() < 2 {
        return invalid(cx, &packet, 2);
    }
    let skip = packet.le16()?;
    put!(cx, ", skipCount ", skip);
    if !skip.is_multiple_of(8) {
        put!(cx, " (bogus)");
    }
    if packet.length() < skip.into() {
        return invalid(cx, &packet, skip.into());
    }
    packet.need(skip.into())?;
    message(cx, packet.skip(skip.into()))
}

fn message(cx: &mut Context, mut message: Cursor) -> Outcome {
    if message.length() < 2 {
        return invalid(cx, &message, 2);
    }
    match message.le16()? {
        REPLY => {
            put!(cx, ", Reply");
            if message.length() < 2 {
                return invalid(cx, &message, 2);
            }
            put!(cx, ", receipt number ", message.le16()?);
            put!(cx, ", data (", message.length(), " octets)");
        }
        FORWARD_DATA => {
            put!(cx, ", Forward Data");
            if message.length() < 6 {
                return invalid(cx, &message, 6);
            }
            let address = Mac(message.array()?);
            put!(cx, ", forwarding address ");
            cx.mac(address);
            put!(cx, ", data (", message.length(), " octets)");
        }
        other => put!(cx, ",  invalid (", other, ")"),
    }
    message.need(message.length() as usize)
}

/// The rest is too short for a field of `needed` octets.
fn invalid(cx: &mut Context, rest: &Cursor, needed: u32) -> Outcome {
    cx.invalid_because("length", rest.length(), "<", needed)?;
    rest.need(rest.length() as usize)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn an_address_that_does_not_fit_is_invalid() {
        assert_eq!(
            ethernet(0, "9000 0300 000000 0200 0211"),
            "Loopback, skipCount 3 (bogus), Forward Data [length 2 < 6] (invalid)"
        );
    }
}
