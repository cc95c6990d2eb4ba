//! Generic Protocol Extension for VXLAN (draft-ietf-nvo3-vxlan-gpe-12 section 3).

use super::{nsh, print_frame, put_separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::net::{ipv4, ipv6};
use crate::dissect::put::Hex;
use crate::put;

const HEADER_LENGTH: u32 = 8;

const INSTANCE: u8 = 0x08;
const NEXT_PROTOCOL: u8 = 0x04;
const BROADCAST: u8 = 0x02;
const OPERATIONS: u8 = 0x01;
const FLAGS: &[Name] =
    &[(INSTANCE as u32, "I"), (NEXT_PROTOCOL as u32, "P"), (BROADCAST as u32, "B"), (OPERATIONS as u32, "O")];

const IPV4: u8 = 1;
const IPV6: u8 = 2;
const ETHERNET: u8 = 3;
const NSH: u8 = 4;

/// Prints a packet and what it carries.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "vxlan_gpe";
    put!(cx, "VXLAN-GPE, ");
    let length = packet.length();
    if length < HEADER_LENGTH {
        put!(cx, " (len ", length, " < ", HEADER_LENGTH, ")");
        return cx.invalid();
    }
    let flags = packet.u8_at(0)?;
    let version = flags >> 4 & 3;
    if version != 0 {
        put!(cx, "unknown version ", version);
        return cx.invalid();
    }
    put!(cx, "flags [");
    put_bits(&mut cx.out, FLAGS, flags.into(), "", "none");
    put!(cx, "], ");
    // Without the flag this is plain VXLAN, whose payload is Ethernet.
    let protocol = if flags & NEXT_PROTOCOL != 0 { packet.u8_at(3)? } else { ETHERNET };
    if flags & INSTANCE != 0 {
        put!(cx, "vni ", packet.be24_at(4)?);
    } else {
        put!(cx, "ERROR: I flag not set");
    }
    if flags & BROADCAST != 0 {
        put!(cx, ", BUM");
    }
    if flags & OPERATIONS != 0 {
        let length = length - (HEADER_LENGTH - 1);
        put!(cx, ", OAM (proto 0x", Hex(protocol), ", len ", length, ")");
        return Ok(());
    }
    packet.need(HEADER_LENGTH as usize)?;
    put_separator(cx, "\n    ");
    payload(cx, protocol, packet.skip(HEADER_LENGTH as usize))
}

fn payload(cx: &mut Context, protocol: u8, data: Cursor) -> Outcome {
    match protocol {
        IPV4 => ipv4::print(cx, data),
        IPV6 => ipv6::print(cx, data),
        ETHERNET => print_frame(cx, data),
        NSH => nsh::print(cx, data),
        _ => {
            put!(cx, "ERROR: unknown-next-protocol");
            cx.invalid()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(bytes: &[u8]) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        assert_eq!(print(&mut cx, Cursor::new(bytes, bytes.len() as u32)), Ok(()));
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn an_operations_packet_counts_its_length_from_the_reserved_octet() {
        let expected = "VXLAN-GPE, flags [IPO], vni 5, OAM (proto 0x7, len 3)";
        assert_eq!(text(&[0x0d, 0, 0, 7, 0, 0, 5, 0, 1, 2]), expected);
    }

    #[test]
    fn an_unknown_version_or_protocol_is_invalid() {
        assert_eq!(text(&[0x10, 0, 0, 0, 0, 0, 0, 0]), "VXLAN-GPE, unknown version 1 (invalid)");
        let expected = "VXLAN-GPE, flags [P], ERROR: I flag not set: ERROR: unknown-next-protocol (invalid)";
        assert_eq!(text(&[0x04, 0, 0, 9, 0, 0, 0, 0]), expected);
    }
}
