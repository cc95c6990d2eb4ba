//! How HNCP shows what many of its TLVs hold.

use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::dissect::app::prefix::{self, Version};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Pad0, Put};
use crate::put;

/// What stands in front of an IPv4 address in one of IPv6.
const MAPPED: [u8; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const MAPPED_BITS: u8 = 96;

/// A time in milliseconds.
pub(super) struct Interval(pub(super) u32);

impl Put for Interval {
    fn put(&self, out: &mut Vec<u8>) {
        (self.0 / 1000).put(out);
        '.'.put(out);
        Pad0(self.0 % 1000, 3).put(out);
        's'.put(out);
    }
}

/// The host at `offset`; an IPv4 one is shown as such.
pub(super) fn put_host(cx: &mut Context, data: &Cursor, offset: usize) -> Outcome {
    cx.host(match data.array_at::<16>(offset)? {
        [head @ .., a, b, c, d] if head == MAPPED => IpAddress::V4(Ipv4([a, b, c, d])),
        octets => IpAddress::V6(Ipv6(octets)),
    });
    Ok(())
}

/// What stands where a prefix is expected.
pub(super) enum Prefix {
    /// One, and how many octets it took with its length.
    Shown(usize),
    /// More bits than an address has.
    TooLong,
    /// There are fewer octets than the length asks for.
    Incomplete,
}

/// Prints a prefix; one of IPv4 is shown as such.
pub(super) fn put_prefix(cx: &mut Context, data: &Cursor) -> Outcome<Prefix> {
    let is_mapped = data.length() > MAPPED.len() as u32 && data.array_at::<12>(1)? == MAPPED;
    let bits = data.u8_at(0)?;
    if !is_mapped || bits < MAPPED_BITS {
        return Ok(match prefix::read(data, Version::V6)? {
            prefix::Prefix::Network(network, length) => {
                network.put(cx);
                Prefix::Shown(length)
            }
            prefix::Prefix::TooLong => Prefix::TooLong,
            prefix::Prefix::Incomplete => Prefix::Incomplete,
        });
    }
    let bits = usize::from(bits - MAPPED_BITS);
    let length = 1 + MAPPED.len() + bits.div_ceil(8);
    if bits > 32 {
        return Ok(Prefix::TooLong);
    }
    if data.length() < length as u32 {
        return Ok(Prefix::Incomplete);
    }
    Version::V4.network_at(data, 1 + MAPPED.len(), bits)?.put(cx);
    Ok(Prefix::Shown(length))
}

/// Prints a domain name that is not compressed and returns how many octets it took; nothing where it has no end.
pub(super) fn put_labels(cx: &mut Context, data: &Cursor) -> Outcome<Option<usize>> {
    let mut rest = *data;
    let mut taken = 0;
    while rest.length() > 0 {
        let length = rest.u8()?;
        if length == 0 {
            return Ok(Some(taken + 1));
        }
        put!(cx, if taken > 0 { "." } else { "" });
        let room = rest.length();
        cx.escaped_padded_field(&rest, u32::from(length).min(room) as usize)?;
        if u32::from(length) > room {
            break;
        }
        rest = rest.skip(length.into());
        taken += 1 + usize::from(length);
    }
    put!(cx, "[|DNS]");
    Ok(None)
}
