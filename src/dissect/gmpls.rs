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

/// What a label switched path carries (RFC 3471 section 3.1.1, RFC 4328 section 3.1.3).
pub const PAYLOADS: &[Name] = &[
    (0, "Unknown"),
    (1, "Reserved"),
    (2, "Reserved"),
    (3, "Reserved"),
    (4, "Reserved"),
    (5, "Asynchronous mapping of E4"),
    (6, "Asynchronous mapping of DS3/T3"),
    (7, "Asynchronous mapping of E3"),
    (8, "Bit synchronous mapping of E3"),
    (9, "Byte synchronous mapping of E3"),
    (10, "Asynchronous mapping of DS2/T2"),
    (11, "Bit synchronous mapping of DS2/T2"),
    (12, "Reserved"),
    (13, "Asynchronous mapping of E1"),
    (14, "Byte synchronous mapping of E1"),
    (15, "Byte synchronous mapping of 31 * DS0"),
    (16, "Asynchronous mapping of DS1/T1"),
    (17, "Bit synchronous mapping of DS1/T1"),
    (18, "Byte synchronous mapping of DS1/T1"),
    (19, "VC-11 in VC-12"),
    (20, "Reserved"),
    (21, "Reserved"),
    (22, "DS1 SF Asynchronous"),
    (23, "DS1 ESF Asynchronous"),
    (24, "DS3 M23 Asynchronous"),
    (25, "DS3 C-Bit Parity Asynchronous"),
    (26, "VT/LOVC"),
    (27, "STS SPE/HOVC"),
    (28, "POS - No Scrambling, 16 bit CRC"),
    (29, "POS - No Scrambling, 32 bit CRC"),
    (30, "POS - Scrambling, 16 bit CRC"),
    (31, "POS - Scrambling, 32 bit CRC"),
    (32, "ATM mapping"),
    (33, "Ethernet PHY"),
    (34, "SONET/SDH"),
    (35, "Reserved (SONET deprecated)"),
    (36, "Digital Wrapper"),
    (37, "Lambda"),
    (38, "ANSI/ETSI PDH"),
    (39, "Reserved"),
    (40, "Link Access Protocol SDH (X.85 and X.86)"),
    (41, "FDDI"),
    (42, "DQDB (ETSI ETS 300 216)"),
    (43, "FiberChannel-3 (Services)"),
    (44, "HDLC"),
    (45, "Ethernet V2/DIX (only)"),
    (46, "Ethernet 802.3 (only)"),
    (47, "G.709 ODUj"),
    (48, "G.709 OTUk(v)"),
    (49, "CBR/CBRa"),
    (50, "CBRb"),
    (51, "BSOT"),
    (52, "BSNT"),
    (53, "IP/PPP (GFP)"),
    (54, "Ethernet MAC (framed GFP)"),
    (55, "Ethernet PHY (transparent GFP)"),
    (56, "ESCON"),
    (57, "FICON"),
    (58, "Fiber Channel"),
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
