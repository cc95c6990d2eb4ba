//! Network Service Header (RFC 8300 section 2).

use super::{print_frame, put_separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv4, ipv6};
use crate::dissect::put::{Hex, Hex0, Pad0};
use crate::put;

/// The base header and the service path header.
const HEADERS_LENGTH: u32 = 8;
const WORD: u32 = 4;

const METADATA_FIXED: u32 = 1;
const METADATA_VARIABLE: u32 = 2;
const METADATA_TYPES: &[Name] =
    &[(0, "reserved"), (METADATA_FIXED, "1"), (METADATA_VARIABLE, "2"), (15, "experimental")];
/// A header's length, in words, whose context is the fixed one.
const FIXED_WORDS: u32 = 6;

const IPV4: u32 = 1;
const IPV6: u32 = 2;
const ETHERNET: u32 = 3;
const NEXT_PROTOCOLS: &[Name] = &[
    (IPV4, "IPv4"),
    (IPV6, "IPv6"),
    (ETHERNET, "Ethernet"),
    (4, "NSH"),
    (5, "MPLS"),
    (0xfe, "Experiment 1"),
    (0xff, "Experiment 2"),
];

/// The base header's word.
struct Base(u32);

impl Base {
    fn version(&self) -> u32 {
        self.0 >> 30
    }
    fn is_operations(&self) -> bool {
        self.0 & 0x2000_0000 != 0
    }
    fn time_to_live(&self) -> u32 {
        self.0 >> 22 & 0x3f
    }
    /// The length of all headers, in words.
    fn words(&self) -> u32 {
        self.0 >> 16 & 0x3f
    }
    fn metadata_type(&self) -> u32 {
        self.0 >> 8 & 0xf
    }
    fn next_protocol(&self) -> u32 {
        self.0 & 0xff
    }
}

/// Prints a packet and what it carries.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "nsh";
    let length = packet.length();
    if length < HEADERS_LENGTH {
        put!(cx, " (packet length ", length, " < ", HEADERS_LENGTH, ")");
        return cx.invalid();
    }
    let base = Base(packet.be32_at(0)?);
    put_base(cx, &base);
    if base.version() != 0 {
        return Ok(());
    }
    let headers_length = base.words() * WORD;
    if length < headers_length {
        put!(cx, " (too many headers for packet length ", length, ")");
        return cx.invalid();
    }
    put!(cx, "service-path-id 0x", Hex0(packet.be24_at(4)?, 6), ", ");
    put!(cx, "service-index 0x", Hex(packet.u8_at(7)?));
    if headers_length < HEADERS_LENGTH {
        put!(cx, " (less than two headers)");
        return cx.invalid();
    }
    let context = packet.skip(HEADERS_LENGTH as usize).with_length(headers_length - HEADERS_LENGTH);
    if !put_context(cx, &base, context)? {
        return cx.invalid();
    }
    put_separator(cx, "\n    ");
    payload(cx, base.next_protocol(), packet.skip(headers_length as usize))
}

fn put_base(cx: &mut Context, base: &Base) {
    put!(cx, "NSH, ");
    let verbose = cx.style.verbose;
    if verbose > 1 {
        put!(cx, "ver ", base.version(), ", ");
    }
    if base.version() != 0 {
        return;
    }
    put!(cx, "flags [", if base.is_operations() { "O" } else { "none" }, "], ");
    if verbose > 2 {
        put!(cx, "TTL ", base.time_to_live(), ", length ", base.words(), ", md type ");
        put_name(cx, METADATA_TYPES, base.metadata_type());
    }
    if verbose > 1 {
        put!(cx, "next-protocol ");
        put_name(cx, NEXT_PROTOCOLS, base.next_protocol());
    }
}

fn put_name(cx: &mut Context, names: &[Name], value: u32) {
    match lookup(names, value) {
        Some(name) => put!(cx, name, ", "),
        None => put!(cx, "unknown (0x", Hex0(value, 2), "), "),
    }
}

/// The context headers at `-vvv`; `false` when they contradict their common length.
fn put_context(cx: &mut Context, base: &Base, context: Cursor) -> Outcome<bool> {
    match base.metadata_type() {
        METADATA_FIXED if cx.style.verbose > 2 => put_fixed_context(cx, base, context),
        METADATA_VARIABLE if cx.style.verbose > 2 => put_variable_context(cx, context),
        _ => context.need(context.length() as usize).map(|()| true),
    }
}

fn put_fixed_context(cx: &mut Context, base: &Base, mut context: Cursor) -> Outcome<bool> {
    if base.words() != FIXED_WORDS {
        put!(cx, " (length for the MD type)");
        return Ok(false);
    }
    for number in 0..context.length() / WORD {
        put!(cx, "\n        Context[", Pad0(number, 2), "]: 0x", Hex0(context.be32()?, 8));
    }
    Ok(true)
}

/// RFC 8300 section 2.5.1: type, length and value, the value padded to words.
fn put_variable_context(cx: &mut Context, mut context: Cursor) -> Outcome<bool> {
    while context.length() > 0 {
        let (class, kind, length) = (context.be16()?, context.u8()?, context.u8()? & 0x7f);
        put!(cx, "\n        TLV Class ", class, ", Type ", kind, ", Len ", length);
        let padded = u32::from(length).next_multiple_of(WORD);
        if context.length() < padded {
            put!(cx, " (length too big)");
            return Ok(false);
        }
        if length > 0 {
            put!(cx, "\n            Value: ");
            let mut value = context;
            for number in 0..length {
                put!(cx, if number == 0 { "0x" } else { ":" }, Hex0(value.u8()?, 2));
            }
        }
        context.need(padded as usize)?;
        context = context.skip(padded as usize);
    }
    Ok(true)
}

fn payload(cx: &mut Context, protocol: u32, data: Cursor) -> Outcome {
    match protocol {
        IPV4 => ipv4::print(cx, data),
        IPV6 => ipv6::print(cx, data),
        ETHERNET => print_frame(cx, data),
        _ => {
            put!(cx, "ERROR: unknown-next-protocol");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_value_that_its_context_cannot_hold_is_invalid() {
        let bytes = [0x0f, 0xc3, 2, 0xff, 0, 0, 1, 0xff, 0, 1, 2, 1];
        assert_eq!(
            text(3, &bytes),
            "NSH, ver 0, flags [none], TTL 63, length 3, md type 2, next-protocol Experiment 2, \
             service-path-id 0x000001, service-index 0xff\n        TLV Class 1, Type 2, Len 1 (length too big) (invalid)"
        );
    }

    #[test]
    fn frames_in_frames_end() {
        let level = [0x00, 0x02, 1, 3, 0, 0, 1, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x89, 0x4f];
        assert!(text(0, &level.repeat(10_000)).ends_with(" [nested more than 64 deep]"));
    }
}
