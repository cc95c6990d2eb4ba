//! What is behind the header of a packet (RFC 2328 appendix A.3).

use super::advertisement::{self, LSA_HEADER_LENGTH, OPAQUE_TYPES, TYPES, is_opaque};
use super::tlv::put_address;
use super::{ACKNOWLEDGEMENT, DATABASE, HEADER_LENGTH, HELLO, REQUEST, UPDATE};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

/// The packet is followed by a block of local signaling.
pub(super) const OPTION_LOCAL_SIGNALING: u8 = 0x10;
const OPTIONS: &[Name] = &[
    (0x01, "MultiTopology"),
    (0x02, "External"),
    (0x04, "Multicast"),
    (0x08, "NSSA"),
    (OPTION_LOCAL_SIGNALING as u32, "LLS"),
    (0x20, "Demand Circuit"),
    (0x40, "Opaque"),
    (0x80, "Up/Down"),
];
const DATABASE_FLAGS: &[Name] = &[(0x04, "Init"), (0x02, "More"), (0x01, "Master"), (0x08, "OOBResync")];

/// Where the options stand, from the packet's start.
pub(super) const HELLO_OPTIONS_AT: usize = HEADER_LENGTH + 6;
pub(super) const DATABASE_OPTIONS_AT: usize = HEADER_LENGTH + 2;

/// Prints the body of a packet, which is over at `end`.
pub(super) fn print(cx: &mut Context, packet: &Cursor, kind: u8, end: usize) -> Outcome {
    match kind {
        HELLO => print_hello(cx, packet, end),
        DATABASE => print_database(cx, packet, end),
        REQUEST => print_requests(cx, packet, end),
        UPDATE => print_updates(cx, packet),
        ACKNOWLEDGEMENT => {
            for at in (HEADER_LENGTH..end).step_by(LSA_HEADER_LENGTH as usize) {
                advertisement::put_header(cx, packet, at)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The options behind their title.
pub(super) fn put_options(cx: &mut Context, title: &str, options: u8) {
    put!(cx, title, " [");
    put_bits(&mut cx.out, OPTIONS, options.into(), ", ", "none");
    put!(cx, "]");
}

fn print_hello(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome {
    put_options(cx, "\n\tOptions", packet.u8_at(HELLO_OPTIONS_AT)?);
    let (interval, priority, dead) = (packet.be16_at(28)?, packet.u8_at(31)?, packet.be32_at(32)?);
    put!(cx, "\n\t  Hello Timer ", interval, "s, Dead Timer ", dead, "s, Mask ");
    cx.ipv4_at(packet, 24)?;
    put!(cx, ", Priority ", priority);
    for (at, name) in [(36, "\n\t  Designated Router "), (40, ", Backup Designated Router ")] {
        if packet.be32_at(at)? != 0 {
            put_address(cx, name, packet, at)?;
        }
    }
    if 44 < end {
        put!(cx, "\n\t  Neighbor List:");
    }
    for at in (44..end).step_by(4) {
        put_address(cx, "\n\t    ", packet, at)?;
    }
    Ok(())
}

fn print_database(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome {
    put_options(cx, "\n\tOptions", packet.u8_at(DATABASE_OPTIONS_AT)?);
    let flags = packet.u8_at(27)?;
    put!(cx, ", DD Flags [");
    put_bits(&mut cx.out, DATABASE_FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    match packet.be16_at(24)? {
        0 => {}
        mtu => put!(cx, ", MTU: ", mtu),
    }
    put!(cx, ", Sequence: 0x", Hex0(packet.be32_at(28)?, 8));
    for at in (32..end).step_by(LSA_HEADER_LENGTH as usize) {
        if advertisement::put_header(cx, packet, at)?.is_none() {
            break;
        }
    }
    Ok(())
}

fn print_requests(cx: &mut Context, packet: &Cursor, end: usize) -> Outcome {
    for at in (HEADER_LENGTH..end).step_by(12) {
        packet.bytes_at(at, 12)?;
        let kind = packet.be32_at(at)?;
        put_address(cx, "\n\t  Advertising Router: ", packet, at + 8)?;
        put!(cx, ", ", lookup(TYPES, kind).unwrap_or("unknown"), " LSA (", kind, ")");
        if is_opaque(kind) {
            let opaque = packet.u8_at(at + 4)?;
            let name = lookup(OPAQUE_TYPES, opaque).unwrap_or("unknown");
            put!(cx, ", Opaque-Type: ", name, " LSA (", opaque, "), Opaque-ID: ", packet.be24_at(at + 5)?);
        } else {
            put_address(cx, ", LSA-ID: ", packet, at + 4)?;
        }
    }
    Ok(())
}

fn print_updates(cx: &mut Context, packet: &Cursor) -> Outcome {
    let count = packet.be32_at(HEADER_LENGTH)?;
    put!(cx, ", ", count, if count == 1 { " LSA" } else { " LSAs" });
    let mut at = HEADER_LENGTH + 4;
    for number in 1..=count {
        put!(cx, "\n\t  LSA #", number);
        at = advertisement::print(cx, packet, at)?;
    }
    Ok(())
}
