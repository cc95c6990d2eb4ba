//! VLAN Query Protocol (Cisco), over UDP: which VLAN a station belongs to.

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{name_or, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 1;
const HEADER_LENGTH: u32 = 8;

const MESSAGES: &[Name] =
    &[(1, "Request, Join Port"), (2, "Response, VLAN"), (3, "Request, Reconfirm"), (4, "Response, Reconfirm")];
const ERRORS: &[Name] = &[(0, "No error"), (3, "Access denied"), (4, "Shutdown port"), (5, "Wrong VTP domain")];

/// Octets of an object's type and length.
const OBJECT_HEADER_LENGTH: u32 = 6;
const CLIENT_ADDRESS: u32 = 0x0c01;
const PORT_NAME: u32 = 0x0c02;
const VLAN_NAME: u32 = 0x0c03;
const VTP_DOMAIN: u32 = 0x0c04;
const ETHERNET_PACKET: u32 = 0x0c05;
const MAC_NULL: u32 = 0x0c06;
const MAC_ADDRESS: u32 = 0x0c08;
const OBJECTS: &[Name] = &[
    (CLIENT_ADDRESS, "Client IP Address"),
    (PORT_NAME, "Port Name"),
    (VLAN_NAME, "VLAN Name"),
    (VTP_DOMAIN, "VTP Domain"),
    (ETHERNET_PACKET, "Ethernet Packet"),
    (MAC_NULL, "MAC Null"),
    (MAC_ADDRESS, "MAC Address"),
];

/// Prints a message, and with `-v` its objects.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "vqp";
    message.need(HEADER_LENGTH as usize)?;
    let length = message.length();
    if length < HEADER_LENGTH {
        return cx.invalid();
    }
    let [version, kind, error, count] = message.array_at(0)?;
    if version != VERSION {
        put!(cx, "VQP version ", version, " packet not supported");
        return Ok(());
    }
    let verbose = cx.style.verbose > 0;
    put!(cx, if verbose { "\n\tVQPv" } else { "VQPv" }, version, if verbose { ", " } else { " " });
    put!(cx, name_or_number(MESSAGES, kind, "unknown (", ")"), " Message");
    put!(cx, ", error-code ", name_or(ERRORS, error, "unknown"), " (", error, ")");
    if !verbose {
        put!(cx, ", length ", length);
        return Ok(());
    }
    put!(cx, ", seq 0x", Hex0(message.be32_at(4)?, 8), ", items ", count, ", length ", length);
    let mut rest = message.skip(HEADER_LENGTH as usize);
    for _ in 0..count {
        if rest.length() == 0 || !print_object(cx, &mut rest)? {
            break;
        }
    }
    Ok(())
}

/// Prints an object and steps over it; `false` when nothing can follow.
fn print_object(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    rest.need(OBJECT_HEADER_LENGTH as usize)?;
    if rest.length() < OBJECT_HEADER_LENGTH {
        return cx.invalid().map(|()| false);
    }
    let (kind, length) = (rest.be32()?, rest.be16()?);
    put!(
        cx,
        "\n\t  ",
        name_or(OBJECTS, kind, "Unknown"),
        " Object (0x",
        Hex0(kind, 8),
        "), length ",
        length,
        ", value: "
    );
    if kind == 0 || length == 0 {
        return Ok(false);
    }
    let octets = usize::from(length);
    rest.need(octets)?;
    if rest.length() < length.into() {
        return cx.invalid().map(|()| false);
    }
    match (kind, length) {
        (CLIENT_ADDRESS, 4) => {
            cx.ipv4_at(rest, 0)?;
            put!(cx, " (0x", Hex0(rest.be32_at(0)?, 8), ")");
        }
        (PORT_NAME | VLAN_NAME | VTP_DOMAIN | ETHERNET_PACKET, _) => cx.escaped_padded_field(rest, octets)?,
        (MAC_ADDRESS | MAC_NULL, 6) => cx.mac(Mac(rest.array_at(0)?)),
        (CLIENT_ADDRESS | MAC_ADDRESS | MAC_NULL, _) => return cx.invalid().map(|()| false),
        _ if cx.style.verbose <= 1 => put_hex_lines(cx, "\n\t    ", rest, length.into()),
        _ => {}
    }
    *rest = rest.skip(octets);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::link::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn objects_end_where_one_has_the_wrong_length() {
        let message = octets("01 01 00 03 00000007 00000c02 0003 666130 00000c01 0003 010203 00000c08 0000");
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        assert_eq!(print(&mut cx, Cursor::new(&message, message.len() as u32)), Ok(()));
        assert_eq!(
            String::from_utf8_lossy(&cx.out),
            "\n\tVQPv1, Request, Join Port Message, error-code No error (0), seq 0x00000007, items 3, length 32\
             \n\t  Port Name Object (0x00000c02), length 3, value: fa0\
             \n\t  Client IP Address Object (0x00000c01), length 3, value:  (invalid)"
        );
    }
}
