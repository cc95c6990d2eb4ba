//! Point-to-Point Protocol (RFC 1661): the header, and what the protocol field announces.

pub mod authentication;
pub mod ccp;
pub mod control;
pub mod ipcp;
pub mod lcp;
pub mod options;
pub mod pppoe;
pub mod serial;

use super::ethertype;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::net::{ipv4, ipv6, ipx, osi};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of address, control and protocol, when none is left out.
const HEADER_LENGTH: usize = 4;

/// All stations, unnumbered information (RFC 1662 section 3.1).
const ADDRESS_CONTROL: u16 = 0xff03;
/// What pppd's captures have instead: the direction.
const INBOUND: u16 = 0x0003;
const OUTBOUND: u16 = 0x0103;

/// Protocol numbers (IANA "PPP DLL Protocol Numbers").
pub mod protocol {
    #![allow(missing_docs)]
    pub const IPV4: u16 = 0x0021;
    pub const OSI: u16 = 0x0023;
    pub const IPX: u16 = 0x002b;
    pub const VJ_COMPRESSED: u16 = 0x002d;
    pub const VJ_UNCOMPRESSED: u16 = 0x002f;
    pub const MULTILINK: u16 = 0x003d;
    pub const IPV6: u16 = 0x0057;
    pub const COMPRESSED: u16 = 0x00fd;
    pub const MPLS_UNICAST: u16 = 0x0281;
    pub const MPLS_MULTICAST: u16 = 0x0283;
    pub const IPCP: u16 = 0x8021;
    pub const OSICP: u16 = 0x8023;
    pub const IPV6CP: u16 = 0x8057;
    pub const CCP: u16 = 0x80fd;
    pub const MPLSCP: u16 = 0x8281;
    pub const LCP: u16 = 0xc021;
    pub const PAP: u16 = 0xc023;
    pub const LQM: u16 = 0xc025;
    pub const SPAP: u16 = 0xc027;
    pub const BACP: u16 = 0xc02b;
    pub const BAP: u16 = 0xc02d;
    pub const OLD_SPAP: u16 = 0xc123;
    pub const CHAP: u16 = 0xc223;
    pub const EAP: u16 = 0xc227;
}

/// Protocols as tcpdump names them.
pub const NAMES: &[Name] = &[
    (protocol::IPV4 as u32, "IP"),
    (protocol::OSI as u32, "OSI"),
    (0x0025, "NS"),
    (0x0027, "DECNET"),
    (0x0029, "APPLE"),
    (protocol::IPX as u32, "IPX"),
    (protocol::VJ_COMPRESSED as u32, "VJC IP"),
    (protocol::VJ_UNCOMPRESSED as u32, "VJNC IP"),
    (0x0031, "BRPDU"),
    (0x0033, "STII"),
    (0x0035, "VINES"),
    (protocol::MPLS_UNICAST as u32, "MPLS"),
    (protocol::MPLS_MULTICAST as u32, "MPLS"),
    (protocol::COMPRESSED as u32, "Compressed"),
    (protocol::MULTILINK as u32, "MLPPP"),
    (protocol::IPV6 as u32, "IP6"),
    (0x0201, "HELLO"),
    (0x0231, "LUXCOM"),
    (0x0233, "SNS"),
    (protocol::IPCP as u32, "IPCP"),
    (protocol::OSICP as u32, "OSICP"),
    (0x8025, "NSCP"),
    (0x8027, "DECNETCP"),
    (0x8029, "APPLECP"),
    (0x802b, "IPXCP"),
    (0x8033, "STIICP"),
    (0x8035, "VINESCP"),
    (protocol::IPV6CP as u32, "IP6CP"),
    (protocol::MPLSCP as u32, "MPLSCP"),
    (protocol::LCP as u32, "LCP"),
    (protocol::PAP as u32, "PAP"),
    (protocol::LQM as u32, "LQM"),
    (protocol::CHAP as u32, "CHAP"),
    (protocol::EAP as u32, "EAP"),
    (protocol::SPAP as u32, "SPAP"),
    (protocol::OLD_SPAP as u32, "Old-SPAP"),
    (protocol::BACP as u32, "BACP"),
    (protocol::BAP as u32, "BAP"),
    (0xc03d, "MLPPP-CP"),
    (protocol::CCP as u32, "CCP"),
];

const MULTILINK_FLAGS: &[Name] = &[(0x80, "begin"), (0x40, "end")];
/// The short form of a multilink sequence number (RFC 1990 section 3).
const MULTILINK_SEQUENCE: u16 = 0x0fff;

/// Prints a frame of a capture; returns the length of the header.
pub fn frame(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    if !frame.has(HEADER_LENGTH) {
        cx.protocol = "ppp";
        cx.truncated();
        return Ok(frame.captured().len());
    }
    print(cx, frame)?;
    Ok(HEADER_LENGTH)
}

/// Prints a frame; address, control and the protocol's first octet may be left out (RFC 1661 section 6.5
/// and 6.6). Returns the length of the header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "ppp";
    if frame.length() < 2 {
        cx.truncated();
        return Ok(0);
    }
    let direction = match frame.be16_at(0)? {
        INBOUND => Some("In  "),
        OUTBOUND => Some("Out "),
        ADDRESS_CONTROL => Some(""),
        _ => None,
    };
    if cx.style.link_header {
        put!(cx, direction.unwrap_or_default());
    }
    let prefix = if direction.is_some() { 2 } else { 0 };
    let inner = frame.skip(prefix);
    if inner.length() < 2 {
        cx.truncated();
        return Ok(0);
    }
    let first = inner.u8_at(0)?;
    let (protocol, field) = if first & 1 != 0 { (first.into(), 1) } else { (inner.be16_at(0)?, 2) };
    if cx.style.link_header {
        let name = lookup(NAMES, protocol);
        put!(cx, name.unwrap_or("unknown"), " (0x", Hex0(protocol, 4), "), length ", frame.length());
        if name.is_none() {
            return Ok(prefix + field);
        }
        put!(cx, ": ");
    }
    payload(cx, protocol, inner, field)?;
    Ok(prefix + field)
}

/// Prints what stands behind a protocol field of `field` octets, where the cursor is.
pub fn payload(cx: &mut Context, protocol: u16, frame: Cursor, field: usize) -> Outcome {
    if serial::starts_with_flag(protocol) {
        return serial::print_escaped(cx, frame.skip(1).with_length(frame.skip(field).length()));
    }
    let data = frame.skip(field);
    match protocol {
        protocol::LCP
        | protocol::IPCP
        | protocol::OSICP
        | protocol::MPLSCP
        | protocol::IPV6CP
        | protocol::CCP
        | protocol::BACP => control::print(cx, protocol, frame),
        protocol::MULTILINK => multilink(cx, &data),
        protocol::CHAP => authentication::chap(cx, data),
        protocol::PAP => authentication::pap(cx, data),
        protocol::BAP => Ok(()),
        protocol::IPV4 | protocol::VJ_UNCOMPRESSED | ethertype::IPV4 => ipv4::print(cx, data),
        protocol::IPV6 | ethertype::IPV6 => ipv6::print(cx, data),
        protocol::IPX | ethertype::IPX => ipx::print(cx, data),
        protocol::OSI => osi::print(cx, data),
        protocol::COMPRESSED => {
            put!(cx, "compressed PPP data");
            Ok(())
        }
        protocol::MPLS_UNICAST | protocol::MPLS_MULTICAST => {
            if !ethertype::print(cx, ethertype::MPLS, data, None)? {
                unknown(cx, protocol, &data);
            }
            Ok(())
        }
        _ => {
            unknown(cx, protocol, &data);
            Ok(())
        }
    }
}

fn unknown(cx: &mut Context, protocol: u16, data: &Cursor) {
    put_name(cx, protocol);
    put!(cx, " ");
    put_hex_lines(cx, "\n\t", data, data.length());
}

/// The protocol's name or that it is unknown.
fn put_name(cx: &mut Context, protocol: u16) {
    match lookup(NAMES, protocol) {
        Some(name) => put!(cx, name),
        None => put!(cx, "unknown PPP protocol (0x", Hex0(protocol, 4), ")"),
    }
}

/// A fragment of a multilink bundle (RFC 1990), with short sequence numbers.
fn multilink(cx: &mut Context, data: &Cursor) -> Outcome {
    if !cx.style.link_header {
        put!(cx, "MLPPP, ");
    }
    if data.length() < 2 || !data.has(2) {
        put!(cx, "[|mlppp]");
        return Ok(());
    }
    let (flags, sequence) = (data.u8_at(0)?, data.be16_at(0)? & MULTILINK_SEQUENCE);
    put!(cx, "seq 0x", Hex0(sequence, 3), ", Flags [");
    put_bits(&mut cx.out, MULTILINK_FLAGS, flags.into(), ", ", "none");
    put!(cx, "], length ", data.length());
    Ok(())
}
