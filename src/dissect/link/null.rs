//! BSD loopback: four octets with the address family, in the byte order of the machine that captured
//! (`DLT_NULL`) or of the network (`DLT_LOOP`).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{appletalk, ipv4, ipv6, ipx, osi};
use crate::put;

const HEADER_LENGTH: usize = 4;

const INET: u32 = 2;
const OSI: u32 = 7;
const APPLETALK: u32 = 16;
const IPX: u32 = 23;
const INET6_BSD: u32 = 24;
const INET6_FREEBSD: u32 = 28;
const INET6_DARWIN: u32 = 30;
const FAMILIES: &[Name] = &[
    (INET, "IPv4"),
    (6, "NS"),
    (OSI, "ISO"),
    (APPLETALK, "Appletalk"),
    (IPX, "IPX"),
    (INET6_BSD, "IPv6"),
    (INET6_FREEBSD, "IPv6"),
    (INET6_DARWIN, "IPv6"),
];

/// Prints a frame of either byte order; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "null";
    // Families are small numbers: one with high bits is in the other byte order.
    let family = match frame.le32_at(0)? {
        swapped if swapped >> 16 != 0 => swapped.swap_bytes(),
        family => family,
    };
    if cx.style.link_header {
        put_header(cx, family, frame.length());
    }
    let packet = frame.skip(HEADER_LENGTH);
    match family {
        INET => ipv4::print(cx, packet)?,
        INET6_BSD | INET6_FREEBSD | INET6_DARWIN => ipv6::print(cx, packet)?,
        APPLETALK => appletalk::print(cx, packet)?,
        IPX => ipx::print(cx, packet)?,
        OSI => osi::print(cx, packet)?,
        _ => {
            if !cx.style.link_header {
                put_header(cx, family, frame.length());
            }
            cx.unknown_payload(packet);
        }
    }
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, family: u32, length: u32) {
    match (lookup(FAMILIES, family), cx.style.quiet) {
        (name, 0) => put!(cx, "AF ", name.unwrap_or("Unknown"), " (", family, ")"),
        (Some(name), _) => put!(cx, name),
        (None, _) => put!(cx, "Unknown AF ", family),
    }
    put!(cx, ", length ", length, ": ");
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn either_byte_order_is_read_and_unknown_families_keep_their_number() {
        let style = Style { link_header: true, ..Style::default() };
        assert_eq!(styled(style, LinkType::NULL, "00000018 63"), "AF IPv6 (24), length 5:  [length 1 < 40] (invalid)");
        assert!(text(0, LinkType::LOOP, "00000063 63").starts_with("AF Unknown (99), length 5: "));
    }
}
