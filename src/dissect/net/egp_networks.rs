//! The networks that gateways of EGP tell of (RFC 904 appendix A.4).

use super::egp::HEADER_LENGTH;
use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// How many octets of an address of this class are the network's.
fn network_octets(address: u32) -> u32 {
    match address >> 28 {
        0..=7 => 1,
        8..=11 => 2,
        12..=13 => 3,
        _ => 0,
    }
}

/// Prints the gateways on the source's network and how far they have it to which networks.
///
/// tcpdump takes addresses for numbers of the machine it runs on, so that it swaps their octets on all
/// machines of today; its text is kept.
pub(super) fn print(cx: &mut Context, message: &Cursor) -> Outcome {
    let source = message.le32_at(12)?;
    let octets = network_octets(source);
    let network = if octets == 0 { 0 } else { source & (u32::MAX << (32 - 8 * octets)) };
    let (interior, exterior) = (message.u8_at(10)?, message.u8_at(11)?);
    let mut rest = message.skip(HEADER_LENGTH as usize);
    for gateway in 0..u32::from(interior) + u32::from(exterior) {
        if !has(cx, &rest, 4 - octets)? {
            return Ok(());
        }
        rest.need(4 - octets as usize)?;
        let mut address = network;
        let mut host = 0;
        if octets != 0 {
            for &octet in rest.bytes_at(0, 4 - octets as usize)? {
                host = host << 8 | u32::from(octet);
            }
            rest = rest.skip(4 - octets as usize);
        } else {
            // The class has no networks: the octets are counted and stay.
            rest = rest.with_length(rest.length() - 4);
        }
        address |= host;
        if !has(cx, &rest, 1)? {
            return Ok(());
        }
        let distances = rest.u8()?;
        put!(cx, if gateway < interior.into() { " int " } else { " ext " });
        cx.host(IpAddress::V4(Ipv4(address.to_le_bytes())));
        put!(cx, " (");
        if !put_distances(cx, &mut rest, distances)? {
            return Ok(());
        }
        put!(cx, ")");
    }
    Ok(())
}

/// Whether the message goes on for `count` octets; says so if not.
fn has(cx: &mut Context, rest: &Cursor, count: u32) -> Outcome<bool> {
    let long_enough = rest.length() >= count;
    if !long_enough {
        cx.invalid_because("length", rest.length(), "<", count)?;
    }
    Ok(long_enough)
}

/// The networks at each distance; `false` where the message ended.
fn put_distances(cx: &mut Context, rest: &mut Cursor, distances: u8) -> Outcome<bool> {
    for number in 0..distances {
        if !has(cx, rest, 2)? {
            return Ok(false);
        }
        put!(cx, if number > 0 { ", d" } else { "d" }, rest.u8()?, ":");
        for _ in 0..rest.u8()? {
            if !put_network(cx, rest)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// A network, without the octets that its class leaves to hosts; `false` where the message ended.
fn put_network(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    if !has(cx, rest, 1)? {
        return Ok(false);
    }
    let mut address = u32::from(rest.u8()?) << 24;
    let more = match network_octets(address) {
        1 => 0,
        2 => 1,
        _ => 2,
    };
    if more > 0 && !has(cx, rest, more)? {
        return Ok(false);
    }
    for index in 0..more {
        address |= u32::from(rest.u8()?) << (16 - 8 * index);
    }
    put!(cx, " ");
    cx.host(IpAddress::V4(Ipv4(address.to_le_bytes())));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    fn update(digits: &str) -> String {
        let text = payload_text(1, 8, &octets(&format!("02 01 00 01 0000 0001 0001 {digits}")));
        text.split_once("update state:up ").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    #[test]
    fn a_class_without_networks_does_not_use_up_what_it_counts() {
        assert_eq!(
            update("01 01 0a0000f0 00000107 01 02 0a 80 01 00"),
            "10.0.0.240 int 1 ext 1 int 0.0.0.0 () ext 0.0.0.0 ()"
        );
    }

    #[test]
    fn networks_are_as_long_as_their_class_says() {
        assert_eq!(
            update("01 01 0a000090 0107 01 02 0a 8001 c00001 0a"),
            "10.0.0.144 int 1 ext 1 int 7.1.0.144 (d2: 0.0.1.128 0.1.0.192 0.0.0.10 [length 0 < 1] (invalid)"
        );
    }
}
