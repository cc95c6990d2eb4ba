//! ARCNET (ANSI 878.1), with the headers of RFC 1051 and RFC 1201.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{appletalk, arp, ipv4, ipv6, ipx};
use crate::dissect::put::Hex0;
use crate::put;

/// Source, destination and type.
const HEADER_LENGTH: usize = 3;
/// With what tells the fragments of a packet apart (RFC 1201 section 2.1).
const LONG_HEADER_LENGTH: usize = 6;
/// With a copy of that behind a flag that says so.
const EXCEPTION_HEADER_LENGTH: usize = 10;
const EXCEPTION: u8 = 0xff;
/// What Linux' headers have more: an offset in front of the type.
const LINUX_OFFSET_LENGTH: usize = 2;

const IPV4_OLD: u8 = 240;
const ARP_OLD: u8 = 241;
const IPV4: u8 = 212;
const ARP: u8 = 213;
const REVERSE_ARP: u8 = 214;
const APPLETALK: u8 = 221;
const IPX: u8 = 250;
const IPV6: u8 = 0xc4;
const DIAGNOSE: u8 = 0x80;
const TYPES: &[Name] = &[
    (IPV4_OLD as u32, "oldip"),
    (ARP_OLD as u32, "oldarp"),
    (IPV4 as u32, "ip"),
    (ARP as u32, "arp"),
    (REVERSE_ARP as u32, "rarp"),
    (APPLETALK as u32, "atalk"),
    (247, "banyan"),
    (IPX as u32, "ipx"),
    (IPV6 as u32, "ipv6"),
    (DIAGNOSE as u32, "diag"),
];

/// Which part of a packet a frame has.
#[derive(Clone, Copy)]
struct Fragment {
    flag: u8,
    sequence: u16,
}

impl Fragment {
    /// Whether it is a fragment, but not the first.
    fn is_later(self) -> bool {
        self.flag != 0 && self.flag & 1 == 0
    }
}

/// Whether frames of this type have the short header.
fn has_short_header(kind: u8) -> bool {
    matches!(kind, IPV4_OLD | ARP_OLD | DIAGNOSE)
}

/// Prints a frame as BSD has it; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "arcnet";
    frame.need(HEADER_LENGTH)?;
    let kind = frame.u8_at(2)?;
    let (header_length, fragment) = if has_short_header(kind) { (HEADER_LENGTH, None) } else { fragment(cx, &frame)? };
    if cx.style.link_header {
        put_header(cx, &frame, fragment)?;
    }
    if !fragment.is_some_and(Fragment::is_later) {
        payload(cx, kind, frame.skip(header_length))?;
    }
    Ok(header_length)
}

/// What the long header says, and its length.
fn fragment(cx: &mut Context, frame: &Cursor) -> Outcome<(usize, Option<Fragment>)> {
    let (length, cut) = match frame.u8_at(3) {
        Ok(EXCEPTION) if frame.has(LONG_HEADER_LENGTH) => (EXCEPTION_HEADER_LENGTH, " phds extended"),
        _ => (LONG_HEADER_LENGTH, " phds"),
    };
    if !frame.has(length) {
        put_header(cx, frame, None)?;
        put!(cx, cut);
        return Err(Truncated);
    }
    let flag = frame.u8_at(length - 3)?;
    Ok((length, Some(Fragment { flag, sequence: frame.be16_at(length - 2)? })))
}

/// Prints a frame as Linux has it: packets are whole. Returns the length of its header.
pub fn print_linux(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "arcnet_linux";
    frame.need(HEADER_LENGTH + LINUX_OFFSET_LENGTH)?;
    let kind = frame.u8_at(2 + LINUX_OFFSET_LENGTH)?;
    let header_length = LINUX_OFFSET_LENGTH + if has_short_header(kind) { HEADER_LENGTH } else { LONG_HEADER_LENGTH };
    frame.need(header_length)?;
    if cx.style.link_header {
        // tcpdump takes the offset for the type here.
        put_header(cx, &frame, None)?;
    }
    payload(cx, kind, frame.skip(header_length))?;
    Ok(header_length)
}

fn put_header(cx: &mut Context, frame: &Cursor, fragment: Option<Fragment>) -> Outcome {
    cx.protocol = "arcnet";
    let [source, destination, kind]: [u8; 3] = frame.array_at(0)?;
    put!(cx, Hex0(source, 2), " ", Hex0(destination, 2), " ");
    if cx.style.quiet == 0 {
        match lookup(TYPES, kind) {
            Some(name) => put!(cx, name, " "),
            None => put!(cx, Hex0(kind, 2), " "),
        }
        if let Some(Fragment { flag, sequence }) = fragment {
            put!(cx, "seqid ", Hex0(sequence, 4), " ");
            match flag {
                0 => {}
                _ if flag & 1 != 0 => put!(cx, "(first of ", (u16::from(flag) + 3) / 2, " fragments) "),
                _ => put!(cx, "(fragment ", flag / 2 + 1, ") "),
            }
        }
    }
    put!(cx, frame.length(), ": ");
    Ok(())
}

fn payload(cx: &mut Context, kind: u8, data: Cursor) -> Outcome {
    match kind {
        IPV4_OLD | IPV4 => ipv4::print(cx, data),
        IPV6 => ipv6::print(cx, data),
        ARP_OLD | ARP | REVERSE_ARP => arp::print(cx, data),
        APPLETALK => {
            put!(cx, if cx.style.verbose > 0 { "et1 " } else { "" });
            appletalk::print(cx, data)
        }
        IPX => ipx::print(cx, data),
        _ => {
            dump::hex_ascii(&mut cx.out, data.captured());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn a_header_may_be_an_exception_and_then_has_its_fields_again() {
        let style = || Style { link_header: true, ..Style::default() };
        assert_eq!(
            styled(style(), LinkType::ARCNET, "0102 d4 ff ffff d4 02 0005 4500"),
            "01 02 ip seqid 0005 (fragment 2) 12: "
        );
        assert_eq!(text(0, LinkType::ARCNET, "0102 d4 ff ffff d4 02"), "01 02 ip 8:  phds extended [|arcnet]");
        assert_eq!(text(0, LinkType::ARCNET, "0102 d4 ff"), "01 02 ip 4:  phds [|arcnet]");
        assert_eq!(
            styled(style(), LinkType::ARCNET, "0102 f7 05 0007"),
            "01 02 banyan seqid 0007 (first of 4 fragments) 6: "
        );
    }
}
