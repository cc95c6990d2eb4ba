//! Serial Line IP (RFC 1055) with Van Jacobson's compressed headers (RFC 1144), behind the header that
//! BSD's packet filter puts in front: the direction, and the start of the packet before it was decompressed.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::{ipv4, ipv6};
use crate::put;

const HEADER_LENGTH: usize = 16;
/// Where the packet's start is in the header.
const COMPRESSED: usize = 1;

/// What a packet is: the high bits of its first octet.
const KIND: u8 = 0xf0;
const IP: u8 = 0x40;
const UNCOMPRESSED_TCP: u8 = 0x70;
const COMPRESSED_TCP: u8 = 0x80;

/// Which fields changed, in a compressed header.
const CONNECTION: u8 = 0x40;
const IDENTIFICATION: u8 = 0x20;
const SEQUENCE: u8 = 0x08;
const ACKNOWLEDGEMENT: u8 = 0x04;
const WINDOW: u8 = 0x02;
const URGENT: u8 = 0x01;
/// Two combinations stand for what is frequent: echoed characters, and data in one direction.
const SPECIAL: u8 = SEQUENCE | ACKNOWLEDGEMENT | WINDOW | URGENT;
const ECHOED: u8 = SEQUENCE | WINDOW | URGENT;
const ONE_WAY: u8 = SPECIAL;

/// What later packets leave out: the connection of the last one, and each connection's last data length.
pub struct Connections {
    last: u8,
    lengths: [Box<[u32; 256]>; 2],
}

impl Default for Connections {
    fn default() -> Self {
        Connections { last: 255, lengths: [Box::new([0; 256]), Box::new([0; 256])] }
    }
}

impl Connections {
    /// The data length of the last connection's packet before, in this direction.
    fn length(&mut self, direction: usize) -> Option<&mut u32> {
        self.lengths.get_mut(direction)?.get_mut(usize::from(self.last))
    }
}

/// Prints a packet; returns the header's length.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "slip";
    frame.need(HEADER_LENGTH)?;
    let packet = frame.skip(HEADER_LENGTH);
    if cx.style.link_header {
        put_header(cx, &frame, &packet)?;
    }
    match packet.u8_at(0)? >> 4 {
        4 => ipv4::print(cx, packet)?,
        6 => ipv6::print(cx, packet)?,
        version => put!(cx, "ip v", version),
    }
    Ok(HEADER_LENGTH)
}

/// Prints a packet of BSD/OS, whose header is not shown; returns its length.
pub fn bsd_os(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "slip_bsdos";
    frame.need(HEADER_LENGTH)?;
    ipv4::print(cx, frame.skip(HEADER_LENGTH))?;
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, frame: &Cursor, packet: &Cursor) -> Outcome {
    let direction = frame.u8_at(0)?;
    match direction {
        0 => put!(cx, "I "),
        1 => put!(cx, "O "),
        _ => put!(cx, "Invalid direction ", direction, " "),
    }
    let first = frame.u8_at(COMPRESSED)?;
    match first & KIND {
        IP => put!(cx, "ip ", frame.length(), ": "),
        UNCOMPRESSED_TCP => {
            // The connection's number stands where the protocol was.
            let connection = frame.u8_at(COMPRESSED + 9)?;
            cx.slip_connections.last = connection;
            put!(cx, "utcp ", connection, ": ");
            if direction <= 1 {
                let length = data_length(packet)?;
                set_length(cx, direction, length);
            }
        }
        _ if direction > 1 => {}
        _ if first & COMPRESSED_TCP != 0 => {
            put_compressed(cx, frame.skip(COMPRESSED), packet, direction)?;
            put!(cx, ": ");
        }
        _ => put!(cx, "slip-", first, "!: "),
    }
    Ok(())
}

fn set_length(cx: &mut Context, direction: u8, length: u32) {
    if let Some(last) = cx.slip_connections.length(direction.into()) {
        *last = length;
    }
}

/// Octets behind the headers of IPv4 and TCP. A crafted packet's headers are longer than itself; the number
/// then wraps.
fn data_length(packet: &Cursor) -> Outcome<u32> {
    let ip_words = packet.u8_at(0)? & 0xf;
    let tcp_words = packet.u8_at(usize::from(ip_words) * 4 + 12)? >> 4;
    Ok(packet.length().wrapping_sub(u32::from(ip_words + tcp_words) * 4))
}

fn put_compressed(cx: &mut Context, header: Cursor, packet: &Cursor, direction: u8) -> Outcome {
    let mut rest = header;
    let flags = rest.u8()?;
    if flags & CONNECTION != 0 {
        let connection = rest.u8()?;
        cx.slip_connections.last = connection;
        put!(cx, "ctcp ", connection);
    } else {
        put!(cx, "ctcp *");
    }
    // The TCP checksum.
    rest = rest.skip(2);
    let last_length = cx.slip_connections.length(direction.into()).map_or(0, |length| *length);
    match flags & SPECIAL {
        ECHOED => put!(cx, " *SA+", last_length),
        ONE_WAY => put!(cx, " *S+", last_length),
        _ => put_changes(cx, &mut rest, flags)?,
    }
    if flags & IDENTIFICATION != 0 {
        put!(cx, " I+", change(&mut rest)?);
    }
    let length = data_length(packet)?;
    set_length(cx, direction, length);
    let header_length = header.captured().len() - rest.captured().len();
    put!(cx, " ", length, " (", header_length, ")");
    Ok(())
}

/// The TCP header's fields that changed.
fn put_changes(cx: &mut Context, rest: &mut Cursor, flags: u8) -> Outcome {
    if flags & URGENT != 0 {
        put!(cx, " U=", change(rest)?);
    }
    if flags & WINDOW != 0 {
        let window = change(rest)?.cast_signed();
        put!(cx, if window >= 0 { " W+" } else { " W" }, window);
    }
    if flags & ACKNOWLEDGEMENT != 0 {
        put!(cx, " A+", change(rest)?);
    }
    if flags & SEQUENCE != 0 {
        put!(cx, " S+", change(rest)?);
    }
    Ok(())
}

/// A number in one octet, or in three of which the first is zero. tcpdump does not step over the number
/// in one octet: the next one starts there too.
fn change(rest: &mut Cursor) -> Outcome<u16> {
    match rest.u8_at(0)? {
        0 => {
            let number = rest.be16_at(1)?;
            *rest = rest.skip(3);
            Ok(number)
        }
        small => Ok(small.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::link::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    /// Four octets from 1.1.1.1 to 2.2.2.2.
    const PACKET: &str =
        "4500002c00000000 40060000 01010101 02020202 00010002 00000001 00000002 50100064 00000000 41424344";

    #[test]
    fn a_connections_length_is_remembered_and_other_connections_have_their_own() {
        let style = Style { link_header: true, quiet: 1, ..Style::default() };
        let mut cx = Context::new(style, Names::numeric());
        let mut header = |header: &str| {
            cx.out.clear();
            let frame = octets(&[header, PACKET].concat());
            assert_eq!(print(&mut cx, Cursor::new(&frame, frame.len() as u32)), Ok(HEADER_LENGTH));
            let text = String::from_utf8_lossy(&cx.out).into_owned();
            text.strip_suffix("1.1.1.1.1 > 2.2.2.2.2: tcp 4").unwrap_or_default().to_owned()
        };
        assert_eq!(header("00 75 0000000000000000 09 0000000000"), "I utcp 9: ");
        assert_eq!(header("00 8b 0000 000000000000000000000000"), "I ctcp * *SA+4 4 (3): ");
        assert_eq!(header("00 cf 07 0000 0000000000000000000000"), "I ctcp 7 *S+0 4 (4): ");
        assert_eq!(header("00 82 0000 00fff0 000000000000000000"), "I ctcp * W-16 4 (6): ");
    }

    #[test]
    fn a_direction_that_does_not_exist_is_told_and_not_looked_up() {
        let style = Style { link_header: true, quiet: 1, ..Style::default() };
        let mut cx = Context::new(style, Names::numeric());
        let frame = octets(&["02 75 0000000000000000 09 0000000000", PACKET].concat());
        assert!(print(&mut cx, Cursor::new(&frame, frame.len() as u32)).is_ok());
        assert!(cx.out.starts_with(b"Invalid direction 2 utcp 9: 1.1.1.1.1"));
    }
}
