//! ATM's form of address resolution (RFC 2225 section 8.7): numbers and subaddresses with lengths of
//! their own.

use super::arp::{is_ip, operation, put_hardware, put_ip, put_operation_name, put_protocol};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::octets::Colons;
use crate::put;

const HEADER_LENGTH: usize = 12;
/// The bits of a type and length field that are length.
const LENGTH_MASK: u8 = 0x3f;

/// One end's addresses.
struct End<'p> {
    number: &'p [u8],
    subaddress: &'p [u8],
    protocol_address: &'p [u8],
}

/// Prints a packet.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    data.need(HEADER_LENGTH)?;
    let (hardware, protocol, operation) = (data.be16_at(0)?, data.be16_at(2)?, data.be16_at(6)?);
    let mut addresses = data.skip(HEADER_LENGTH);
    let sender = end(&mut addresses, data.u8_at(4)?, data.u8_at(5)?, data.u8_at(8)?)?;
    let target = end(&mut addresses, data.u8_at(9)?, data.u8_at(10)?, data.u8_at(11)?)?;
    if !cx.style.link_header {
        put!(cx, "ARP, ");
    }
    let readable = is_ip(protocol) && sender.protocol_address.len() == 4 && target.protocol_address.len() == 4;
    if !readable || cx.style.verbose > 0 {
        put_hardware(cx, hardware);
        put!(cx, ", ");
        put_protocol(cx, protocol);
        put!(cx, " (len ", sender.protocol_address.len(), "/", target.protocol_address.len(), ")");
    }
    if (readable || cx.style.verbose > 0) && !put_operation(cx, operation, protocol, &sender, &target) {
        dump::hex_ascii(&mut cx.out, data.captured());
        return Ok(());
    }
    put!(cx, ", length ", data.length());
    Ok(())
}

/// Takes one end's addresses: number, subaddress, protocol address.
fn end<'p>(addresses: &mut Cursor<'p>, number: u8, subaddress: u8, protocol_address: u8) -> Outcome<End<'p>> {
    Ok(End {
        number: addresses.bytes(usize::from(number & LENGTH_MASK))?,
        subaddress: addresses.bytes(usize::from(subaddress & LENGTH_MASK))?,
        protocol_address: addresses.bytes(usize::from(protocol_address))?,
    })
}

/// What is asked or answered; `false` when the operation is not known.
fn put_operation(cx: &mut Context, operation: u16, protocol: u16, sender: &End, target: &End) -> bool {
    put_operation_name(cx, operation);
    match operation {
        operation::REQUEST => {
            put!(cx, "who-has ");
            put_ip(cx, protocol, target.protocol_address, "<wrong tplen>");
            if !target.number.is_empty() {
                put!(cx, " (");
                put_number(cx, target);
                put!(cx, ")");
            }
            put!(cx, " tell ");
            put_ip(cx, protocol, sender.protocol_address, "<wrong splen>");
        }
        operation::REPLY => {
            put_ip(cx, protocol, sender.protocol_address, "<wrong splen>");
            put!(cx, " is-at ");
            put_number(cx, sender);
        }
        operation::INVERSE_REQUEST => {
            put!(cx, "who-is ");
            put_number(cx, target);
            put!(cx, " tell ");
            put_number(cx, sender);
        }
        operation::INVERSE_REPLY => {
            put_number(cx, sender);
            put!(cx, "at ");
            put_ip(cx, protocol, sender.protocol_address, "<wrong splen>");
        }
        operation::NAK => {
            put!(cx, "for ");
            put_ip(cx, protocol, sender.protocol_address, "<wrong splen>");
        }
        _ => return false,
    }
    true
}

/// An ATM number, and its subaddress if there is one.
fn put_number(cx: &mut Context, end: &End) {
    if end.number.is_empty() {
        return put!(cx, "<No address>");
    }
    put!(cx, Colons(end.number));
    if !end.subaddress.is_empty() {
        put!(cx, ",", Colons(end.subaddress));
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_subaddress_follows_its_number() {
        assert_eq!(
            ethernet(0, "0806 0013 0800 02 01 0008 04 02 00 04 aabb cc 0a000001 ddee 0a000002"),
            "ARP, Inverse Request who-is dd:ee tell aa:bb,cc, length 25"
        );
    }
}
