//! What routing protocols say of links for traffic engineering (RFC 3471, RFC 4124) in common.

use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::decimal::Decimals3;
use super::names_table::Name;
use crate::put;

/// How a link is protected (RFC 3471 section 7.1).
pub const PROTECTIONS: &[Name] = &[
    (0x01, "Extra Traffic"),
    (0x02, "Unprotected"),
    (0x04, "Shared"),
    (0x08, "Dedicated 1:1"),
    (0x10, "Dedicated 1+1"),
    (0x20, "Enhanced"),
    (0x40, "Reserved"),
    (0x80, "Reserved"),
];

/// The last of the four kinds of packet switching; they are numbered from 1.
pub const PACKET_SWITCHING_LAST: u8 = 4;
/// Switching of time slots.
pub const TIME_DIVISION: u8 = 100;
/// What a link switches (RFC 3471 section 3.1.1).
pub const SWITCHINGS: &[Name] = &[
    (1, "Packet-Switch Capable-1"),
    (2, "Packet-Switch Capable-2"),
    (3, "Packet-Switch Capable-3"),
    (PACKET_SWITCHING_LAST as u32, "Packet-Switch Capable-4"),
    (51, "Layer-2 Switch Capable"),
    (TIME_DIVISION as u32, "Time-Division-Multiplex"),
    (150, "Lambda-Switch Capable"),
    (200, "Fiber-Switch Capable"),
];
/// What a switch of time slots supports (RFC 4205).
pub const TIME_DIVISION_INDICATIONS: &[Name] = &[(0, "Standard SONET/SDH"), (1, "Arbitrary SONET/SDH")];

/// How a label switched path is encoded (RFC 3471 section 3.1.1).
pub const ENCODINGS: &[Name] = &[
    (1, "Packet"),
    (2, "Ethernet V2/DIX"),
    (3, "ANSI/ETSI PDH"),
    (4, "Reserved"),
    (5, "SDH ITU-T G.707/SONET ANSI T1.105"),
    (6, "Reserved"),
    (7, "Digital Wrapper"),
    (8, "Lambda (photonic)"),
    (9, "Fiber"),
    (10, "Reserved"),
    (11, "FiberChannel"),
];

/// Models of bandwidth constraints (RFC 4124 section 5.1).
pub const CONSTRAINT_MODELS: &[Name] =
    &[(0, "Russian dolls"), (1, "Maximum allocation"), (254, "Maximum allocation with E-LSP support")];

/// Octets a second in floating point, as megabits.
pub fn megabits(value: &Cursor, at: usize) -> Outcome<Decimals3> {
    Ok(Decimals3(f32::from_bits(value.be32_at(at)?) * 8.0 / 1_000_000.0))
}

/// Bandwidths in lines of their own, which are numbered behind `indent` and `name`.
pub fn put_bandwidths(cx: &mut Context, indent: &str, name: &str, value: &Cursor, count: usize) -> Outcome {
    for number in 0..count {
        put!(cx, indent, name, number, ": ", megabits(value, 4 * number)?, " Mbps");
    }
    Ok(())
}
