//! Addresses and prefixes of Babel, which leave out what was said before (RFC 8966 section 4.1.4).

use super::{Step, Stop};
use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// Encodings of addresses.
const WILDCARD: u8 = 0;
pub(super) const IPV4: u8 = 1;
const IPV6: u8 = 2;
const LINK_LOCAL: u8 = 3;

/// What stands in front of an IPv4 address in one of IPv6.
const MAPPED: [u8; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const MAPPED_BITS: u8 = 96;

/// The prefixes that later ones may begin with.
pub(super) struct Prefixes {
    v4: [u8; 16],
    v6: [u8; 16],
}

impl Default for Prefixes {
    fn default() -> Self {
        Prefixes { v4: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0], v6: [0; 16] }
    }
}

impl Prefixes {
    /// The prefix of this encoding.
    pub(super) fn of(&mut self, encoding: u8) -> &mut [u8; 16] {
        if encoding == IPV4 { &mut self.v4 } else { &mut self.v6 }
    }
}

/// An address or a prefix, IPv4 in its IPv6 form.
#[derive(Clone, Copy)]
pub(super) struct Prefix {
    encoding: u8,
    pub(super) octets: [u8; 16],
    bits: u8,
}

/// Takes a prefix of `bits` bits. Its first `omitted` octets are those of `before`.
pub(super) fn take_prefix(
    data: &mut Cursor,
    encoding: u8,
    bits: u8,
    omitted: u8,
    before: Option<&[u8; 16]>,
) -> Step<Prefix> {
    let octets = take(data, encoding, usize::from(bits).div_ceil(8), omitted.into(), before).ok_or(Stop::Invalid)?;
    let bits = if encoding == IPV4 { bits.wrapping_add(MAPPED_BITS) } else { bits };
    Ok(Prefix { encoding, octets, bits })
}

/// Takes a whole address; nothing where there is no such encoding, or the data is too short.
pub(super) fn take_address(data: &mut Cursor, encoding: u8) -> Option<Prefix> {
    let length = if encoding == IPV4 { 4 } else { 16 };
    let octets = take(data, encoding, length, 0, None)?;
    Some(Prefix { encoding, octets, bits: 0 })
}

fn take(data: &mut Cursor, encoding: u8, length: usize, omitted: usize, before: Option<&[u8; 16]>) -> Option<[u8; 16]> {
    if length > 16 {
        return None;
    }
    let mut octets = [0; 16];
    // Where the octets that are there go, and how many they are.
    let (at, count) = match encoding {
        WILDCARD => return Some(octets),
        IPV4 if omitted > 4 || length > 4 => return None,
        IPV4 => (12 + omitted, length.saturating_sub(omitted)),
        IPV6 if omitted > 16 => return None,
        IPV6 => (omitted, length.saturating_sub(omitted)),
        LINK_LOCAL => (8, length.saturating_sub(8)),
        _ => return None,
    };
    let present = data.bytes_at(0, count).ok()?;
    if count > data.length() as usize {
        return None;
    }
    if encoding == IPV4 {
        octets.get_mut(..12)?.copy_from_slice(&MAPPED);
    }
    if encoding == LINK_LOCAL {
        octets.get_mut(..2)?.copy_from_slice(&[0xfe, 0x80]);
    } else if omitted > 0 {
        octets.get_mut(..at)?.copy_from_slice(before?.get(..at)?);
    }
    octets.get_mut(at..at + count)?.copy_from_slice(present);
    *data = data.skip(count);
    Some(octets)
}

impl Prefix {
    /// Whether it stands for all.
    pub(super) fn is_wildcard(&self) -> bool {
        self.encoding == WILDCARD
    }

    /// The address; an IPv4 one is shown as such.
    pub(super) fn put_address(&self, cx: &mut Context) {
        cx.host(match self.octets {
            [head @ .., a, b, c, d] if head == MAPPED => IpAddress::V4(Ipv4([a, b, c, d])),
            octets => IpAddress::V6(Ipv6(octets)),
        });
    }

    /// The prefix with its length.
    pub(super) fn put(&self, cx: &mut Context) {
        match self.octets {
            [head @ .., a, b, c, d] if head == MAPPED && self.bits >= MAPPED_BITS => {
                cx.host(IpAddress::V4(Ipv4([a, b, c, d])));
                put!(cx, "/", self.bits - MAPPED_BITS);
            }
            octets => {
                cx.host(IpAddress::V6(Ipv6(octets)));
                put!(cx, "/", self.bits);
            }
        }
    }

    /// The prefix with its length, or `wildcard` where it stands for all.
    pub(super) fn put_or(&self, cx: &mut Context, wildcard: &str) {
        if self.is_wildcard() { put!(cx, wildcard) } else { self.put(cx) }
    }
}
