//! IPsec as OpenBSD's `enc` interface sees it: whether a packet was protected, and the packet.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::{ipv4, ipv6};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 12;

const INET: u32 = 2;
const INET6_BSD: u32 = 24;
const INET6_FREEBSD: u32 = 28;
const INET6_DARWIN: u32 = 30;

const CONFIDENTIAL: u32 = 0x0400;
const AUTHENTIC: u32 = 0x0800;

/// Prints a packet; returns the header's length.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "enc";
    packet.need(HEADER_LENGTH)?;
    let (mut family, mut flags) = (packet.le32_at(0)?, packet.le32_at(8)?);
    // Families are small numbers: one with high bits is in the other byte order.
    if family >> 16 != 0 {
        (family, flags) = (family.swap_bytes(), flags.swap_bytes());
    }
    put!(cx, if flags == 0 { "(unprotected): " } else { "(" });
    for (flag, name) in [(AUTHENTIC, "authentic"), (CONFIDENTIAL, "confidential")] {
        if flags & flag != 0 {
            put!(cx, name, if flags == flag { "): " } else { "," });
            flags &= !flag;
        }
    }
    put!(cx, "SPI 0x", Hex0(packet.be32_at(4)?, 8), ": ");
    let inner = packet.skip(HEADER_LENGTH);
    match family {
        INET => ipv4::print(cx, inner)?,
        INET6_BSD | INET6_FREEBSD | INET6_DARWIN => ipv6::print(cx, inner)?,
        _ => {}
    }
    Ok(HEADER_LENGTH)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn both_byte_orders_name_what_protects() {
        assert_eq!(text(0, LinkType::ENC, "01000000 00000007 000c0000"), "(authentic,confidential): SPI 0x00000007: ");
        assert_eq!(text(0, LinkType::ENC, "00000001 00000007 00000401"), "(confidential,SPI 0x00000007: ");
        assert_eq!(text(0, LinkType::ENC, "00000001 00000007 00000000"), "(unprotected): SPI 0x00000007: ");
    }
}
