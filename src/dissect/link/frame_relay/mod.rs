//! Frame relay (ITU-T Q.922 annex A): the address, and what RFC 2427 puts behind it.

mod address;
pub mod multilink;
pub mod q933;

pub use address::{Address, Parsed};

use super::{ethertype, ppp, snap};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::dissect::net::{ipv4, ipv6, osi};
use crate::dissect::nlpid;
use crate::dissect::payload::{put_dump, put_unknown};
use crate::dissect::put::Hex0;
use crate::dissect::style::Dump;
use crate::put;

const HEADER_LENGTH_MIN: usize = 4;
/// Unnumbered information.
const UI: u8 = 0x03;
/// The flags of FRF.12, FRF.15 and FRF.16: which fragment of a frame it is.
const FRAGMENT_FLAGS: &[Name] =
    &[(FRAGMENT_BEGIN as u32, "Begin"), (FRAGMENT_END as u32, "End"), (FRAGMENT_CONTROL as u32, "Control")];
const FRAGMENT_BEGIN: u8 = 0x80;
const FRAGMENT_END: u8 = 0x40;
const FRAGMENT_CONTROL: u8 = 0x20;
const FRAGMENT_FLAGS_MASK: u8 = FRAGMENT_BEGIN | FRAGMENT_END | FRAGMENT_CONTROL;
/// FRF.12: fragments of an interface, not of a circuit.
const FRAGMENT_INTERFACE: u8 = 0x01;

/// Prints a frame of a capture; returns the length of its header.
pub fn frame(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "fr";
    if !frame.has(HEADER_LENGTH_MIN) {
        cx.truncated();
        return Ok(frame.captured().len());
    }
    print(cx, frame)
}

/// Prints a frame; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "fr";
    let address = match Address::parse(&frame) {
        Parsed::Address(address) => address,
        Parsed::Invalid => {
            put!(cx, "Q.922, invalid address");
            return Ok(0);
        }
        Parsed::Truncated => return truncated(cx),
    };
    let behind = frame.skip(address.length);
    if !is_there(&behind, 1) {
        return truncated(cx);
    }
    let control = behind.u8_at(0)?;
    if control != UI && address.circuit != 0 {
        if cisco(cx, &address, &frame, behind)? {
            return Ok(address.length + 2);
        }
        put!(cx, "UI ", Hex0(control, 2), "! ");
    }
    if !is_there(&behind, 2) {
        return truncated(cx);
    }
    let padding = usize::from(behind.u8_at(1)? == 0);
    match (padding, address.length) {
        (0, 3) => put!(cx, "No pad! "),
        (1, length) if length != 3 => put!(cx, "Pad! "),
        _ => {}
    }
    if !is_there(&behind, 2 + padding) {
        return truncated(cx);
    }
    let protocol = behind.u8_at(1 + padding)?;
    if cx.style.link_header {
        put_header(cx, frame.length(), address.length, &address, protocol.into());
    }
    let header_length = address.length + 2 + padding;
    payload(cx, protocol, &frame, header_length, &address)?;
    Ok(header_length)
}

/// Whether `count` octets are there, and were on the wire.
fn is_there(data: &Cursor, count: usize) -> bool {
    data.has(count) && data.length() as usize >= count
}

fn truncated(cx: &mut Context) -> Outcome<usize> {
    cx.truncated();
    Ok(0)
}

/// Cisco's encapsulation, if it is one: an EtherType behind the address.
fn cisco(cx: &mut Context, address: &Address, frame: &Cursor, behind: Cursor) -> Outcome<bool> {
    if !is_there(&behind, 2) {
        return Ok(false);
    }
    let ethertype = behind.be16_at(0)?;
    if cx.style.link_header {
        put_header(cx, frame.length(), address.length, address, ethertype);
    }
    ethertype::print(cx, ethertype, behind.skip(2), None)
}

fn payload(cx: &mut Context, protocol: u8, frame: &Cursor, header_length: usize, address: &Address) -> Outcome {
    let data = frame.skip(header_length);
    match protocol {
        nlpid::IPV4 => ipv4::print(cx, data),
        nlpid::IPV6 => ipv6::print(cx, data),
        nlpid::CLNP | nlpid::ES_IS | nlpid::IS_IS => osi::print(cx, frame.skip(header_length - 1)),
        nlpid::SNAP => {
            if !snap::print(cx, data, None, 0)? {
                if !cx.style.link_header {
                    put_header(cx, frame.length(), header_length, address, protocol.into());
                }
                put_unknown(cx, frame)?;
            }
            Ok(())
        }
        nlpid::Q933 => q933::print(cx, data),
        nlpid::FRAGMENT => fragment(cx, &data),
        nlpid::PPP => cx.nested(|cx| ppp::print(cx, data).map(drop)),
        _ => {
            if !cx.style.link_header {
                put_header(cx, frame.length(), address.length, address, protocol.into());
            }
            if matches!(cx.style.dump, Dump::Hex { .. }) {
                return Ok(());
            }
            put_dump(cx, &data)
        }
    }
}

/// The header; `protocol` is an NLPID or, where it takes two octets, an EtherType.
fn put_header(cx: &mut Context, length: u32, header_length: usize, address: &Address, protocol: u16) {
    if cx.style.quiet > 0 {
        put!(cx, "Q.922, DLCI ", address.circuit, ", length ", length, ": ");
        return;
    }
    put!(cx, "Q.922, hdr-len ", header_length, ", DLCI ", address.circuit);
    put!(cx, ", Flags [", flags(address::FLAGS, address.flags, "none"), "], ");
    if protocol <= 0xff {
        put!(cx, "NLPID ", name_or(nlpid::NAMES, protocol, "unknown"), " (0x", Hex0(protocol, 2), ")");
    } else {
        let name = name_or(ethertype::NAMES, protocol, "unknown");
        put!(cx, "cisco-ethertype ", name, " (0x", Hex0(protocol, 4), ")");
    }
    put!(cx, ", length ", length, ": ");
}

/// A fragment of a frame (FRF.15).
fn fragment(cx: &mut Context, data: &Cursor) -> Outcome {
    if data.length() < 2 {
        cx.truncated();
        return Ok(());
    }
    let first = data.u8_at(0)?;
    put!(cx, "FRF.15, seq 0x", Hex0(sequence_number(data)?, 3));
    put!(cx, ", Flags [", flags(FRAGMENT_FLAGS, first & FRAGMENT_FLAGS_MASK, "none"), "],");
    put!(cx, if first & FRAGMENT_INTERFACE != 0 { "Interface" } else { "End-to-End" });
    put!(cx, " Fragmentation, length ", data.length());
    Ok(())
}

/// The number of a fragment: four bits of the first octet and all of the second.
fn sequence_number(data: &Cursor) -> Outcome<u16> {
    let [high, low]: [u8; 2] = data.array_at(0)?;
    Ok(u16::from(high & 0x1e) << 7 | u16::from(low))
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn an_unknown_protocol_is_shown_even_when_quiet() {
        let style = Style { quiet: 1, ..Style::default() };
        assert_eq!(
            styled(style, LinkType::FRAME_RELAY, "1851 03 99 4142"),
            "Q.922, DLCI 101, length 6: \n\t0x0000:  4142                                     AB"
        );
    }

    #[test]
    fn a_pad_belongs_to_an_address_of_three_octets() {
        let header = |hex| text(0, LinkType::FRAME_RELAY, hex);
        assert_eq!(
            header("1851 0300 b1 c0 01"),
            "Pad! FRF.15, seq 0x001, Flags [Begin, End],End-to-End Fragmentation, length 2"
        );
        assert_eq!(
            header("1850 05 0300 b1 1f 01"),
            "FRF.15, seq 0xf01, Flags [none],Interface Fragmentation, length 2"
        );
        assert!(header("1850 05 03b1 1f 01").starts_with("No pad! "));
        assert_eq!(header("1950 05 03b1 1f 01"), "Q.922, invalid address");
    }
}
