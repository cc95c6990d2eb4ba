//! Networks outside that a node leads to (RFC 3626 section 12.1), and olsr.org's smart gateways among them.

use super::{Family, Part};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::Name;
use crate::put;

/// Networks in a line.
const LINE: u32 = 4;

const HAS_SPEED: u8 = 0x01;
const GATEWAY_FLAGS: &[Name] =
    &[(HAS_SPEED as u32, " LINKSPEED"), (0x02, " IPV4"), (0x04, " IPV4-NAT"), (0x08, " IPV6"), (0x10, " IPv6-PREFIX")];
/// The speed that stands for all above, in kbit/s.
const SPEED_MAX: u32 = 320_000_000;

/// Prints the networks.
pub(super) fn put(cx: &mut Context, mut rest: Cursor, family: Family) -> Outcome<Part> {
    let width = family.width() as usize;
    put!(cx, "\n\t  Advertised networks (total ", rest.length() / (2 * family.width()), ")");
    let mut column = 0;
    while rest.length() >= 2 * family.width() {
        rest.need(2 * width)?;
        match family {
            Family::V6 => {
                put!(cx, "\n\t    #0: ");
                cx.ipv6_at(&rest, 0)?;
                put!(cx, "/", prefix_length_v6(rest.bytes_at(width, width)?));
            }
            Family::V4 => {
                put!(cx, if column == 0 { "\n\t    " } else { ", " });
                put_network_v4(cx, &rest)?;
                column = (column + 1) % LINE;
            }
        }
        rest = rest.skip(2 * width);
    }
    Ok(Part::Whole)
}

/// A network, or a gateway where the network is none and the mask has its flags.
fn put_network_v4(cx: &mut Context, data: &Cursor) -> Outcome {
    let (network, mask) = (data.be32_at(0)?, data.be32_at(4)?);
    let [zero, bits, up, down] = mask.to_be_bytes();
    if network == 0 && zero == 0 && bits != 0 {
        put!(cx, "Smart-Gateway:");
        for &(flag, name) in GATEWAY_FLAGS {
            put!(cx, if u32::from(bits) & flag != 0 { name } else { "" });
        }
        let has_speed = bits & HAS_SPEED != 0;
        let speed_of = |octet| if has_speed { speed(octet) } else { 0 };
        put!(cx, " ", speed_of(up), "/", speed_of(down));
        return Ok(());
    }
    cx.ipv4_at(data, 0)?;
    // A mask with holes has the length -1, which tcpdump takes for a number without a sign.
    let length = if mask.leading_ones() == mask.count_ones() { mask.count_ones() } else { u32::MAX };
    put!(cx, "/", length);
    Ok(())
}

/// A speed as a mantissa and a power of ten.
fn speed(octet: u8) -> u32 {
    match octet {
        0 => 0,
        u8::MAX => SPEED_MAX,
        _ => (u32::from(octet >> 3) + 1) * 10u32.pow(u32::from(octet & 7)),
    }
}

/// How many bits of a mask are set up to its first octet that is not full.
fn prefix_length_v6(mask: &[u8]) -> u32 {
    let full = mask.iter().take_while(|&&octet| octet == u8::MAX).count() as u32;
    let next = mask.get(full as usize).copied().unwrap_or(0);
    let bits = if next.leading_ones() == next.count_ones() { next.count_ones() } else { 0 };
    full * 8 + bits
}
