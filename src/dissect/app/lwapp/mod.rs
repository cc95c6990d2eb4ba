//! Lightweight Access Point Protocol in UDP (RFC 5412).

mod names;

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;
use names::{ELEMENTS, EXPECTED, MESSAGES};

const VERSION: u8 = 0;
/// Octets of the transport header, of a control message's and of an element's.
const HEADER_LENGTH: u32 = 6;
const CONTROL_HEADER_LENGTH: u32 = 8;
const ELEMENT_HEADER_LENGTH: u32 = 3;
/// Octets of the access point's address, which stands in front of messages to the controller.
const IDENTITY_LENGTH: u32 = 6;

const NOT_LAST: u8 = 0x01;
const FRAGMENT: u8 = 0x02;
const CONTROL: u8 = 0x04;
const FLAGS: &[Name] = &[(NOT_LAST as u32, "Not Last"), (FRAGMENT as u32, "Fragment"), (CONTROL as u32, "Control")];

/// Prints a frame for the controller's control port, with the access point's address in front.
pub fn print_to_controller(cx: &mut Context, packet: Cursor) -> Outcome {
    print_frame(cx, packet, IDENTITY_LENGTH)
}

/// Prints another frame.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    print_frame(cx, packet, 0)
}

fn print_frame(cx: &mut Context, packet: Cursor, identity_length: u32) -> Outcome {
    cx.protocol = "lwapp";
    cx.protocol_caps();
    let header_length = HEADER_LENGTH + identity_length;
    if packet.length() < header_length {
        return cx.invalid_because("UDP payload length", packet.length(), "<", header_length);
    }
    let frame = packet.skip(identity_length as usize);
    let first = frame.u8_at(0)?;
    let (version, radio, bits) = (first >> 6, first >> 3 & 7, first & 7);
    if version != VERSION {
        return cx.invalid_because("version", version.into(), "!=", VERSION.into());
    }
    let verbose = cx.style.verbose > 0;
    let is_control = bits & CONTROL != 0;
    put!(cx, "v", version, if is_control { ", Control frame" } else { ", Data frame" });
    if verbose {
        put!(cx, ", Radio-id ", radio);
    }
    // UDP's datagrams are not cut into fragments (section 3.3.3).
    let bogus = bits & (NOT_LAST | FRAGMENT) != 0;
    put!(cx, ", Flags [", flags(FLAGS, bits, "none"), "]", if bogus { " (bogus)" } else { "" });
    if verbose {
        let fragment = frame.u8_at(1)?;
        put!(cx, ", Frag-id ", fragment, if fragment != 0 { " (MBZ!)" } else { "" });
    }
    let length = u32::from(frame.be16_at(2)?);
    put!(cx, ", length ", length);
    let payload = frame.skip(HEADER_LENGTH as usize);
    if length != payload.length() {
        return cx.invalid_because("LWAPP payload length", length, "!=", payload.length());
    }
    if !verbose || length == 0 {
        return Ok(());
    }
    if identity_length > 0 {
        let address = Mac(packet.array_at(0)?);
        put!(cx, "\n\tAP identity: ");
        cx.mac(address);
    }
    frame.need(HEADER_LENGTH as usize)?;
    if is_control {
        return print_control(cx, payload);
    }
    put_hex_lines(cx, "\n\t", &payload, length);
    Ok(())
}

/// A message between access point and controller, and its elements.
fn print_control(cx: &mut Context, message: Cursor) -> Outcome {
    if message.length() < CONTROL_HEADER_LENGTH {
        return cx.invalid_because("transport payload length", message.length(), "<", CONTROL_HEADER_LENGTH);
    }
    let kind = message.u8_at(0)?;
    put!(cx, "\n\t  Msg type: ", name_or(MESSAGES, kind, "Unknown"), " (", kind, ")");
    put!(cx, ", Seqnum: ", message.u8_at(1)?);
    let length = u32::from(message.be16_at(2)?);
    put!(cx, ", Msg len: ", length);
    let mut rest = message.skip(CONTROL_HEADER_LENGTH as usize);
    if length != rest.length() {
        return cx.invalid_because("msg_elem_len", length, "!=", rest.length());
    }
    put!(cx, ", Session: 0x", Hex0(message.be32_at(4)?, 8));
    let mut number = 0u32;
    while rest.length() > 0 {
        if rest.length() < ELEMENT_HEADER_LENGTH {
            return cx.invalid_because("remaining length", rest.length(), "<", ELEMENT_HEADER_LENGTH);
        }
        let element = rest.u8_at(0)?;
        let (name, minimum) = describe(element);
        put!(cx, "\n\t  Msg Elem ", number, " Type: ", element, " (", name, ")");
        put!(cx, if is_expected(kind, element) { "" } else { " [unexpected!]" });
        let length = rest.be16_at(1)?;
        put!(cx, ", Length: ", length, if length < minimum { " [too short!]" } else { "" });
        let room = rest.length() - ELEMENT_HEADER_LENGTH;
        if u32::from(length) > room {
            return cx.invalid_because("elem_len", length.into(), ">", room);
        }
        rest = rest.skip(ELEMENT_HEADER_LENGTH as usize);
        rest.bytes(length.into())?;
        number += 1;
    }
    Ok(())
}

/// An element's name and the least octets of its value.
fn describe(element: u8) -> (&'static str, u16) {
    ELEMENTS
        .iter()
        .find(|(number, ..)| *number == element)
        .map_or(("Unknown", 0), |(_, name, minimum)| (*name, *minimum))
}

fn is_expected(message: u8, element: u8) -> bool {
    EXPECTED.iter().any(|(messages, elements)| messages.contains(&message) && elements.contains(&element))
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn elements_are_checked_against_their_message_and_length() {
        let datagram = "03e8 2fbf 002c 0000 0a0000000001 04 00 0018 0000 \
                        03 00 0010 00000000 02 0007 00c0a80001000a 2d 0001 00 03 00";
        assert_eq!(
            payload_text(1, 17, &octets(datagram)),
            "LWAPPv0, Control frame, Radio-id 0, Flags [Control], Frag-id 0, length 24\
             \n\tAP identity: 0a:00:00:00:00:01\
             \n\t  Msg type: Join req (3), Seqnum: 0, Msg len: 16, Session: 0x00000000\
             \n\t  Msg Elem 0 Type: 2 (AC Address), Length: 7\
             \n\t  Msg Elem 1 Type: 45 (Session ID), Length: 1 [too short!] [remaining length 2 < 3] (invalid)"
        );
    }
}
