//! Linux cooked capture, versions 1 and 2 (`DLT_LINUX_SLL`, `DLT_LINUX_SLL2`): what the kernel says of a
//! packet from an interface without a link layer of its own, or from all interfaces at once.

use super::wifi::radiotap;
use super::{ethernet, ethertype, llc};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::ipx;
use crate::dissect::put::{Hex0, Put};
use crate::put;

const HEADER_LENGTH: usize = 16;
const HEADER_LENGTH_2: usize = 20;
const VLAN: u16 = 0x8100;
const TAG_LENGTH: usize = 4;

/// The direction's column: `In`, `Out` and one letter for what was not for us alone.
const DIRECTIONS: &[Name] = &[(0, "In"), (1, "B"), (2, "M"), (3, "P"), (4, "Out")];

/// Type fields up to this are Linux's own numbers.
const OWN_PROTOCOL_MAX: u16 = 1500;
const NOVELL_802_3: u16 = 0x0001;
const LLC: u16 = 0x0004;

/// A device whose frames start with a radiotap header (`ARPHRD_IEEE80211_RADIOTAP`).
const RADIOTAP_DEVICE: u16 = 803;

/// The fields of either version's header.
struct Header {
    /// The interface's index; version 2 only.
    interface: Option<u32>,
    direction: &'static str,
    station: Option<Mac>,
    device: u16,
    protocol: u16,
}

/// Prints a frame of version 1; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "sll";
    frame.need(HEADER_LENGTH)?;
    let header = Header {
        interface: None,
        direction: lookup(DIRECTIONS, frame.be16_at(0)?).unwrap_or("?"),
        device: frame.be16_at(2)?,
        station: station(&frame, 6, frame.be16_at(4)?)?,
        protocol: frame.be16_at(14)?,
    };
    if cx.style.link_header {
        put_header(cx, &header, frame.length());
    }
    payload(cx, &header, &frame, HEADER_LENGTH)
}

/// Prints a frame of version 2; returns the length of its header.
pub fn print_2(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "sll2";
    frame.need(HEADER_LENGTH_2)?;
    let interface = frame.be32_at(4)?;
    let header = Header {
        interface: Some(interface),
        direction: lookup(DIRECTIONS, frame.u8_at(10)?).unwrap_or("?"),
        device: frame.be16_at(8)?,
        station: station(&frame, 12, frame.u8_at(11)?.into())?,
        protocol: frame.be16_at(0)?,
    };
    // The name is this machine's, even if another one captured.
    put_columns(&mut cx.out, cx.interfaces.name(interface).unwrap_or("?"), header.direction);
    if cx.style.link_header {
        put_header(cx, &header, frame.length());
    }
    payload(cx, &header, &frame, HEADER_LENGTH_2)
}

/// The sender's address, when it is a MAC address.
fn station(frame: &Cursor, offset: usize, length: u16) -> Outcome<Option<Mac>> {
    if length == 6 { Ok(Some(Mac(frame.array_at(offset)?))) } else { Ok(None) }
}

/// Interface and direction in front of a packet.
pub fn put_columns(out: &mut Vec<u8>, interface: &str, direction: &str) {
    put_column(out, interface, 5);
    put_column(out, direction, 3);
}

/// A column of at least `width` characters.
fn put_column(out: &mut Vec<u8>, text: &str, width: usize) {
    text.put(out);
    for _ in text.len()..width {
        out.push(b' ');
    }
    out.push(b' ');
}

/// The header's fields, as `-e` shows them.
fn put_header(cx: &mut Context, header: &Header, length: u32) {
    match header.interface {
        Some(index) => {
            cx.protocol = "sll2";
            put!(cx, "ifindex ", index, " ");
        }
        None => {
            cx.protocol = "sll";
            for _ in header.direction.len()..3 {
                put!(cx, " ");
            }
            put!(cx, header.direction, " ");
        }
    }
    if let Some(station) = header.station {
        cx.mac(station);
        put!(cx, " ");
    }
    if cx.style.quiet > 0 {
        return;
    }
    match header.protocol {
        NOVELL_802_3 => put!(cx, "802.3"),
        LLC => put!(cx, "802.2"),
        number => {
            let name = if number > OWN_PROTOCOL_MAX { lookup(ethertype::NAMES, number) } else { None };
            put!(cx, "ethertype ", name.unwrap_or("Unknown"), " (0x", Hex0(number, 4), ")");
        }
    }
    put!(cx, ", length ", length, ": ");
}

/// VLAN tags and what is behind them; returns the length of all headers.
fn payload(cx: &mut Context, header: &Header, frame: &Cursor, mut length: usize) -> Outcome<usize> {
    let mut data = frame.skip(length);
    if header.device == RADIOTAP_DEVICE {
        return Ok(length + radiotap::print(cx, data)?);
    }
    let mut protocol = header.protocol;
    while protocol == VLAN {
        if !data.has(TAG_LENGTH) {
            cx.protocol = "vlan";
            cx.truncated();
            return Ok(frame.captured().len());
        }
        if cx.style.link_header {
            ethernet::put_tag(cx, data.be16_at(0)?);
        }
        protocol = match data.be16_at(2)? {
            0..=OWN_PROTOCOL_MAX => LLC,
            ethertype => ethertype,
        };
        if cx.style.quiet == 0 {
            let name = lookup(ethertype::NAMES, protocol).unwrap_or("Unknown");
            put!(cx, "ethertype ", name, ", ");
        }
        data = data.skip(TAG_LENGTH);
        length += TAG_LENGTH;
    }
    if protocol == LLC {
        let printed = llc::print(cx, data, None)?;
        if printed.known {
            return Ok(length + printed.header_length);
        }
        cx.unknown_payload(data);
    } else if protocol == NOVELL_802_3 {
        ipx::print(cx, data)?;
    } else if protocol <= OWN_PROTOCOL_MAX {
        cx.unknown_payload(data);
    } else if !ethertype::print(cx, protocol, data, None)? {
        if !cx.style.link_header {
            // As tcpdump counts it: without the tags.
            let tags = length - if header.interface.is_some() { HEADER_LENGTH_2 } else { HEADER_LENGTH };
            put_header(cx, header, frame.length().saturating_sub(tags as u32));
        }
        cx.unknown_payload(data);
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    const OUTGOING_VLAN: &str = "0004 0001 0006 0211223344550000 8100";

    #[test]
    fn a_tag_is_not_part_of_the_length_behind_it() {
        assert_eq!(
            text(0, LinkType::LINUX_SLL, &[OUTGOING_VLAN, "0005 1234 beef"].concat()),
            "ethertype Unknown, Out 02:11:22:33:44:55 ethertype 802.1Q (0x8100), length 18: \
             \n\t0x0000:  beef                                     .."
        );
    }

    #[test]
    fn the_link_layer_header_stands_in_front_of_the_tag() {
        let style = Style { link_header: true, ..Style::default() };
        assert_eq!(
            styled(style, LinkType::LINUX_SLL, &[OUTGOING_VLAN, "0005 0806 45"].concat()),
            "Out 02:11:22:33:44:55 ethertype 802.1Q (0x8100), length 21: vlan 5, p 0, ethertype ARP,  [|arp]"
        );
    }

    #[test]
    fn an_interface_that_this_machine_lacks_is_a_question_mark_in_its_column() {
        let arp = "0001 0800 06 04 0002 021122334455 0a000001 021122334466 0a000002";
        assert_eq!(
            text(0, LinkType::LINUX_SLL2, &["0806 0000 ffffffff 0001 01 06 0211223344550000", arp].concat()),
            "?     B   ARP, Reply 10.0.0.1 is-at 02:11:22:33:44:55, length 28"
        );
    }
}
