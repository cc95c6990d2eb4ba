//! The network layer of OSI: what an NLPID announces (ISO/IEC TR 9577).

pub mod checksum;
mod clnp;
mod es_is;
mod is_is;

use super::{ipv4, ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::link::{frame_relay::q933, ppp};
use crate::dissect::names_table::lookup;
use crate::dissect::nlpid;
use crate::dissect::nsap::Nsap;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex0, hex_octet};
use crate::put;

/// Why a dissector stops before the end of its packet.
enum End {
    /// A read ran past the capture.
    Truncated,
    /// It was seen in time that something is not all there.
    Incomplete,
    /// What was said is all that can be said; the packet follows in hexadecimal.
    Undecodable,
    /// There is nothing more to say.
    Finished,
}

impl From<Truncated> for End {
    fn from(_: Truncated) -> Self {
        End::Truncated
    }
}

/// What the dissectors of this folder return.
type Dissected<T = ()> = Result<T, End>;

/// Looks ahead: are `count` octets there?
fn expect(data: &Cursor, count: usize) -> Dissected {
    if data.has(count) { Ok(()) } else { Err(End::Incomplete) }
}

/// Prints a packet from its NLPID on.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "isoclns";
    let protocol = packet.u8_at(0)?;
    if cx.style.link_header {
        put!(cx, "OSI NLPID ", lookup(nlpid::NAMES, protocol).unwrap_or("Unknown"), " (0x", Hex0(protocol, 2), "): ");
    }
    let behind = packet.skip(1).with_length(packet.length().wrapping_sub(1));
    match protocol {
        nlpid::CLNP => {
            let outcome = clnp::print(cx, packet);
            settle(cx, outcome, &packet)
        }
        nlpid::ES_IS => {
            let outcome = es_is::print(cx, packet);
            settle(cx, outcome, &packet)
        }
        nlpid::IS_IS => {
            let outcome = is_is::print(cx, packet);
            settle(cx, outcome, &packet)
        }
        nlpid::NULL => {
            put_length(cx, packet.length());
            Ok(())
        }
        nlpid::Q933 => q933::print(cx, behind),
        nlpid::IPV4 => ipv4::print(cx, behind),
        nlpid::IPV6 => ipv6::print(cx, behind),
        nlpid::PPP => cx.nested(|cx| ppp::print(cx, behind).map(drop)),
        _ => {
            if !cx.style.link_header {
                put!(cx, "OSI NLPID 0x", Hex0(protocol, 2), " unknown");
            }
            put_length(cx, packet.length());
            if packet.length() > 1 {
                put_hex_lines(cx, "\n\t", &packet, packet.length());
            }
            Ok(())
        }
    }
}

fn settle(cx: &mut Context, outcome: Dissected, packet: &Cursor) -> Outcome {
    match outcome {
        Ok(()) | Err(End::Finished) => {}
        Err(End::Truncated) => return Err(Truncated),
        Err(End::Incomplete) => cx.truncated(),
        Err(End::Undecodable) => put_hex_lines(cx, "\n\t", packet, packet.length()),
    }
    Ok(())
}

/// What stands behind the protocol's name, which `-e` has in front of it.
fn separator(cx: &Context) -> &'static str {
    if cx.style.link_header { "" } else { ", " }
}

fn put_length(cx: &mut Context, length: u32) {
    put!(cx, separator(cx), "length: ", length);
}

/// The address of `length` octets at the front.
fn put_nsap(cx: &mut Context, data: &Cursor, length: u8) -> Outcome {
    put!(cx, Nsap(data.bytes_at(0, length.into())?));
    Ok(())
}

/// A header whose length is below the least, and all octets from it on.
fn put_short_header(cx: &mut Context, length: u8, packet: &Cursor) {
    put!(cx, " length indicator ", length, " < min PDU size:");
    for &octet in packet.captured() {
        cx.out.extend_from_slice(&hex_octet(octet).map(|digit| digit.to_ascii_uppercase()));
    }
}

/// Protocols in a list of `count`, an octet each.
fn put_protocols(cx: &mut Context, list: &Cursor, count: u8) -> Outcome {
    for at in 0..usize::from(count) {
        let protocol = list.u8_at(at)?;
        put!(cx, lookup(nlpid::NAMES, protocol).unwrap_or("unknown"), " (0x", Hex0(protocol, 2), ")");
        put!(cx, if at + 1 < count.into() { ", " } else { "" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{STATIONS, ethernet, styled};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn an_unknown_protocol_is_named_by_the_link_header_or_by_the_text() {
        assert_eq!(ethernet(0, "0005 fefe03 9901"), "OSI NLPID 0x99 unknown, length: 2\n\t0x0000:  9901");
        let style = Style { link_header: true, quiet: 1, ..Style::default() };
        assert_eq!(
            styled(style, LinkType::ETHERNET, &[STATIONS, "0004 fefe03 99"].concat()).split_once("NLPID").unwrap().1,
            " Unknown (0x99): length: 1"
        );
    }
}
