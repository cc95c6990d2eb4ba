//! Bidirectional Forwarding Detection (RFC 5880), over one hop (RFC 5881), several (RFC 5883), the members
//! of an aggregated link (RFC 7130) and seamless (RFC 7880); also its version 0 (draft-ietf-bfd-base-01).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex0, HexBytes, Pad};
use crate::put;

/// Octets of a control packet without authentication.
const HEADER_LENGTH: usize = 24;

const DIAGNOSTICS: &[Name] = &[
    (0, "No Diagnostic"),
    (1, "Control Detection Time Expired"),
    (2, "Echo Function Failed"),
    (3, "Neighbor Signaled Session Down"),
    (4, "Forwarding Plane Reset"),
    (5, "Path Down"),
    (6, "Concatenated Path Down"),
    (7, "Administratively Down"),
    (8, "Reverse Concatenated Path Down"),
];
const AUTHENTICATED: u8 = 0x04;
const FLAGS_V0: &[Name] = &[
    (0x80, "I Hear You"),
    (0x40, "Demand"),
    (0x20, "Poll"),
    (0x10, "Final"),
    (0x08, "Control Plane Independent"),
    (AUTHENTICATED as u32, "Authentication Present"),
    (0x02, "Reserved"),
    (0x01, "Reserved"),
];
const FLAGS_V1: &[Name] = &[
    (0x20, "Poll"),
    (0x10, "Final"),
    (0x08, "Control Plane Independent"),
    (AUTHENTICATED as u32, "Authentication Present"),
    (0x02, "Demand"),
    (0x01, "Multipoint"),
];
const STATES: [&str; 4] = ["AdminDown", "Down", "Init", "Up"];

const PASSWORD: u8 = 1;
const MD5: u8 = 2;
const METICULOUS_MD5: u8 = 3;
const SHA1: u8 = 4;
const METICULOUS_SHA1: u8 = 5;
const AUTHENTICATIONS: &[Name] = &[
    (PASSWORD as u32, "Simple Password"),
    (MD5 as u32, "Keyed MD5"),
    (METICULOUS_MD5 as u32, "Meticulous Keyed MD5"),
    (SHA1 as u32, "Keyed SHA1"),
    (METICULOUS_SHA1 as u32, "Meticulous Keyed SHA1"),
];

/// Prints a control packet between neighbors.
pub fn print_single_hop(cx: &mut Context, packet: Cursor) -> Outcome {
    print_control(cx, packet, "Control")
}

/// Prints a control packet over several hops.
pub fn print_multihop(cx: &mut Context, packet: Cursor) -> Outcome {
    print_control(cx, packet, "Multihop")
}

/// Prints a control packet on a member of an aggregated link.
pub fn print_aggregated_link(cx: &mut Context, packet: Cursor) -> Outcome {
    print_control(cx, packet, "LAG")
}

/// Prints a control packet of a session that needs no setting up.
pub fn print_seamless(cx: &mut Context, packet: Cursor) -> Outcome {
    print_control(cx, packet, "S-BFD")
}

/// Prints a packet that the neighbor sends back as it is.
pub fn print_echo(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "bfd";
    put!(cx, "BFD, Echo, length: ", packet.length());
    put_octets(cx, &packet);
    Ok(())
}

/// What nothing is known about, at `-v`.
fn put_octets(cx: &mut Context, packet: &Cursor) {
    if cx.style.verbose > 0 {
        dump::hex_at(&mut cx.out, "\n\t", packet.limit(packet.length()).captured(), 0);
    }
}

fn print_control(cx: &mut Context, packet: Cursor, session: &str) -> Outcome {
    cx.protocol = "bfd";
    packet.need(HEADER_LENGTH)?;
    let version = packet.u8_at(0)? >> 5;
    if version > 1 {
        put!(cx, "BFDv", version, ", Control, length: ", packet.length());
        put_octets(cx, &packet);
        return Ok(());
    }
    put!(cx, "BFDv", version);
    if cx.style.verbose == 0 {
        put!(cx, ", ");
        put_state(cx, &packet, version, session)?;
        put!(cx, ", length: ", packet.length());
        return Ok(());
    }
    put!(cx, ", length: ", packet.length(), "\n\t");
    put_state(cx, &packet, version, session)?;
    put_fields(cx, &packet)?;
    if packet.u8_at(1)? & AUTHENTICATED != 0 {
        put_authentication(cx, &packet.skip(HEADER_LENGTH))?;
    }
    Ok(())
}

/// What kind of session, its state and flags. Version 0 has no states.
fn put_state(cx: &mut Context, packet: &Cursor, version: u8, session: &str) -> Outcome {
    let flags = packet.u8_at(1)?;
    if version == 0 {
        put!(cx, "Control, Flags: [");
        put_bits(&mut cx.out, FLAGS_V0, flags.into(), ", ", "none");
    } else {
        let state = STATES.get(usize::from(flags >> 6)).copied().unwrap_or_default();
        put!(cx, session, ", State ", state, ", Flags: [");
        put_bits(&mut cx.out, FLAGS_V1, flags.into(), ", ", "none");
    }
    put!(cx, "]");
    Ok(())
}

/// The lines of `-v`. Intervals are microseconds on the wire.
fn put_fields(cx: &mut Context, packet: &Cursor) -> Outcome {
    let diagnostic = packet.u8_at(0)? & 0x1f;
    let name = lookup(DIAGNOSTICS, diagnostic).unwrap_or("unknown");
    put!(cx, ", Diagnostic: ", name, " (0x", Hex0(diagnostic, 2), ")");
    let multiplier = packet.u8_at(2)?;
    // The product has 32 bits, whatever they hold.
    let detection = u32::from(multiplier).wrapping_mul(packet.be32_at(12)?) / 1000;
    put!(cx, "\n\tDetection Timer Multiplier: ", multiplier, " (", detection, " ms Detection time), BFD Length: ");
    put!(cx, packet.u8_at(3)?, "\n\tMy Discriminator: 0x", Hex0(packet.be32_at(4)?, 8));
    put!(cx, ", Your Discriminator: 0x", Hex0(packet.be32_at(8)?, 8));
    put!(cx, "\n\t  Desired min Tx Interval:    ", Pad(packet.be32_at(12)? / 1000, 4), " ms");
    put!(cx, "\n\t  Required min Rx Interval:   ", Pad(packet.be32_at(16)? / 1000, 4), " ms");
    put!(cx, "\n\t  Required min Echo Interval: ", Pad(packet.be32_at(20)? / 1000, 4), " ms");
    Ok(())
}

/// The authentication section (RFC 5880 section 4.1).
fn put_authentication(cx: &mut Context, section: &Cursor) -> Outcome {
    section.need(4)?;
    let (kind, length) = (section.u8_at(0)?, section.u8_at(1)?);
    let name = lookup(AUTHENTICATIONS, kind).unwrap_or("Unknown");
    put!(cx, "\n\tAuthentication: ", name, " (", kind, "), length: ", length);
    put!(cx, "\n\t  Auth Key ID: ", section.u8_at(2)?);
    match (kind, length) {
        (PASSWORD, 4..=19) => {
            put!(cx, ", Password: ");
            cx.escaped_field(&section.skip(3), usize::from(length) - 3)
        }
        (MD5 | METICULOUS_MD5, 24) => put_digest(cx, section, "Digest", 16),
        (SHA1 | METICULOUS_SHA1, 28) => put_digest(cx, section, "Hash", 20),
        (PASSWORD..=METICULOUS_SHA1, _) => {
            put!(cx, "[invalid length ", length, "]");
            Ok(())
        }
        _ => Ok(()),
    }
}

fn put_digest(cx: &mut Context, section: &Cursor, name: &str, length: usize) -> Outcome {
    put!(cx, ", Sequence Number: 0x", Hex0(section.be32_at(4)?, 8));
    put!(cx, "\n\t  ", name, ": ", HexBytes(section.bytes_at(8, length)?));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_detection_time_beyond_32_bits_wraps() {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        let packet = b"\x20\xc0\xff\x18\0\0\0\x01\0\0\0\0\xff\xff\xff\xff\0\0\x27\x10\0\0\0\0";
        assert_eq!(print_single_hop(&mut cx, Cursor::new(packet, 24)), Ok(()));
        assert_eq!(
            String::from_utf8_lossy(&cx.out),
            "BFDv1, length: 24\n\tControl, State Up, Flags: [none], Diagnostic: No Diagnostic (0x00)\
             \n\tDetection Timer Multiplier: 255 (4294967 ms Detection time), BFD Length: 24\
             \n\tMy Discriminator: 0x00000001, Your Discriminator: 0x00000000\
             \n\t  Desired min Tx Interval:    4294967 ms\
             \n\t  Required min Rx Interval:     10 ms\
             \n\t  Required min Echo Interval:    0 ms"
        );
    }
}
