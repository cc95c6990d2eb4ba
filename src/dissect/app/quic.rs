//! QUIC's packet headers, as far as they are in the clear (RFC 9000 section 17).

use super::quic_connections::ID_LENGTH_MAX;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, HexBytes};
use crate::put;

const LONG_HEADER: u8 = 0x80;
/// Every packet but one that negotiates the version has this bit (RFC 9000 section 17.2).
const FIXED_BIT: u8 = 0x40;

const INITIAL: u8 = 0;
const RETRY: u8 = 3;
const LONG_HEADER_TYPES: [&str; 4] = [", initial", ", 0-rtt", ", handshake", ", retry"];
const VERSION_1: u32 = 1;

/// A token from here on is not believed.
const TOKEN_LENGTH_LIMIT: u64 = 1000;
/// Octets at the end of a retry that authenticate it, and that any protected packet is longer than.
const INTEGRITY_TAG_LENGTH: usize = 16;

/// Whether the first octet looks like QUIC's.
pub fn detect(data: &Cursor) -> Outcome<bool> {
    Ok(data.length() > 0 && data.u8_at(0)? & FIXED_BIT != 0)
}

/// Prints all packets of a datagram.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "quic";
    put!(cx, "quic");
    let mut rest = data;
    while rest.has(1) {
        print_packet(cx, &mut rest)?;
        // Zeros between packets are padding.
        let padding = rest.captured().iter().take_while(|octet| **octet == 0).count();
        rest = rest.skip(padding);
    }
    Ok(())
}

/// Prints a packet and steps over it.
fn print_packet(cx: &mut Context, rest: &mut Cursor) -> Outcome {
    let first = rest.u8()?;
    if first & LONG_HEADER == 0 {
        print_short_header(cx, rest);
        return Ok(());
    }
    let kind = first >> 4 & 3;
    let version = rest.be32()?;
    match LONG_HEADER_TYPES.get(usize::from(kind)) {
        Some(name) if version != 0 => put!(cx, name),
        _ => put!(cx, ", version negotiation"),
    }
    if version > VERSION_1 {
        put!(cx, ", v", Hex(version));
    }
    put_connection_id(cx, ", dcid ", rest)?;
    put_connection_id(cx, ", scid ", rest)?;
    if version == 0 {
        put_versions(cx, rest);
        return Ok(());
    }
    if kind == RETRY {
        put_retry_token(cx, rest);
        return Ok(());
    }
    if kind == INITIAL {
        put_token(cx, rest)?;
    }
    let length = variable_length_integer(rest)?;
    put!(cx, ", length ", length);
    match usize::try_from(length) {
        Ok(length) if rest.has(length) => *rest = rest.skip(length),
        _ => stop(cx, rest),
    }
    Ok(())
}

/// A packet whose connection identifier has no length: it is one that was seen in a long header.
fn print_short_header(cx: &mut Context, rest: &mut Cursor) {
    put!(cx, ", protected");
    let packet = rest.captured();
    if packet.len() <= INTEGRITY_TAG_LENGTH {
        return stop(cx, rest);
    }
    if let Some(id) = cx.quic_connections.find(packet) {
        put!(cx, ", dcid ", HexBytes(id.octets()));
    }
    *rest = rest.skip(packet.len());
}

/// A connection identifier behind its length; one longer than allowed is not stepped over.
fn put_connection_id(cx: &mut Context, label: &str, rest: &mut Cursor) -> Outcome {
    let length = usize::from(rest.u8()?);
    if (1..=ID_LENGTH_MAX).contains(&length) {
        let id = rest.bytes(length)?;
        put!(cx, label, HexBytes(id));
        cx.quic_connections.remember(id);
    }
    Ok(())
}

fn put_versions(cx: &mut Context, rest: &mut Cursor) {
    while rest.has(1) {
        match rest.be32() {
            Ok(version) => put!(cx, ", version 0x", Hex(version)),
            Err(_) => stop(cx, rest),
        }
    }
}

fn put_token(cx: &mut Context, rest: &mut Cursor) -> Outcome {
    let length = variable_length_integer(rest)?;
    if (1..TOKEN_LENGTH_LIMIT).contains(&length) {
        put!(cx, ", token ", HexBytes(rest.bytes(length as usize)?));
    }
    Ok(())
}

/// The token of a retry is all but the end of the packet.
fn put_retry_token(cx: &mut Context, rest: &mut Cursor) {
    put!(cx, ", token ");
    let packet = rest.captured();
    match packet.split_last_chunk::<INTEGRITY_TAG_LENGTH>() {
        Some((token, _)) if !token.is_empty() => {
            put!(cx, HexBytes(token));
            *rest = rest.skip(packet.len());
        }
        _ => stop(cx, rest),
    }
}

/// The packet is cut short: marks it, and leaves nothing to print.
fn stop(cx: &mut Context, rest: &mut Cursor) {
    cx.truncated();
    *rest = rest.skip(rest.captured().len());
}

/// RFC 9000 section 16: the first two bits say how long the number is.
fn variable_length_integer(rest: &mut Cursor) -> Outcome<u64> {
    let first = rest.u8()?;
    let mut value = u64::from(first & 0x3f);
    for _ in 1..1 << (first >> 6) {
        value = value << 8 | u64::from(rest.u8()?);
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn print_to_end(cx: &mut Context, bytes: &[u8]) -> String {
        cx.out.clear();
        if print(cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_short_header_is_matched_with_the_connections_seen_before() {
        let mut cx = Context::new(Style::default(), Names::numeric());
        let handshake = [0xe0, 0, 0, 0, 1, 2, 0xab, 0xcd, 0, 0x40, 1, 0xff];
        assert_eq!(print_to_end(&mut cx, &handshake), "quic, handshake, dcid abcd, length 1");
        let mut protected = [0x40; 20];
        assert_eq!(print_to_end(&mut cx, &protected), "quic, protected");
        protected[1..3].copy_from_slice(&[0xab, 0xcd]);
        assert_eq!(print_to_end(&mut cx, &protected), "quic, protected, dcid abcd");
    }

    #[test]
    fn a_length_beyond_the_capture_ends_the_datagram() {
        let mut cx = Context::new(Style::default(), Names::numeric());
        let initial = [0xc0, 0, 0, 0, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x40];
        assert_eq!(print_to_end(&mut cx, &initial), "quic, initial, v2, length 4611686018427387903 [|quic]");
    }
}
