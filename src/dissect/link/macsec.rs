//! MAC security (IEEE 802.1AE section 9): the security tag between the stations and the real type field.

use super::Stations;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of the tag, without and with a secure channel identifier.
const TAG_LENGTH: usize = 6;
const TAG_LENGTH_WITH_CHANNEL: usize = 14;
/// Octets of the integrity check value behind the payload.
const CHECK_VALUE_LENGTH: usize = 16;

const VERSION: u8 = 0x80;
const CHANNEL_PRESENT: u8 = 0x20;
const ENCRYPTED: u8 = 0x08;
const CHANGED: u8 = 0x04;
const FLAGS: &[Name] =
    &[(ENCRYPTED as u32, "E"), (CHANGED as u32, "C"), (0x40, "S"), (0x10, "B"), (CHANNEL_PRESENT as u32, "I")];
const ASSOCIATION_NUMBER: u8 = 0x03;
/// The field that gives the length of short payloads.
const SHORT_LENGTH: u8 = 0x3f;

/// What stands behind a security tag.
pub enum Payload<'p> {
    /// The real type field and what it announces.
    Clear(Cursor<'p>),
    /// What nobody without the key can read.
    Encrypted(Cursor<'p>),
    /// Nothing to print: the tag was not good.
    Nothing,
}

/// A frame behind its security tag.
pub struct Secured<'p> {
    /// Octets of the tag.
    pub header_length: usize,
    /// What follows.
    pub payload: Payload<'p>,
}

/// Prints the tag: with `-e`, or when nothing else can be told of the frame.
pub fn print<'p>(cx: &mut Context, packet: Cursor<'p>, stations: &Stations) -> Outcome<Secured<'p>> {
    let around = std::mem::replace(&mut cx.protocol, "macsec");
    let secured = print_tag(cx, packet, stations)?;
    cx.protocol = around;
    Ok(secured)
}

fn print_tag<'p>(cx: &mut Context, packet: Cursor<'p>, stations: &Stations) -> Outcome<Secured<'p>> {
    let nothing = Secured { header_length: 0, payload: Payload::Nothing };
    if !is_there(&packet, TAG_LENGTH) {
        cx.truncated();
        return Ok(nothing);
    }
    let (control, short_length) = (packet.u8_at(0)?, packet.u8_at(1)?);
    let header_length = if control & CHANNEL_PRESENT != 0 { TAG_LENGTH_WITH_CHANNEL } else { TAG_LENGTH };
    if !is_there(&packet, header_length) {
        cx.truncated();
        return Ok(nothing);
    }
    if short_length > SHORT_LENGTH || control & VERSION != 0 {
        cx.invalid()?;
        return Ok(nothing);
    }
    if cx.style.link_header {
        put_tag(cx, &packet)?;
    }
    let data = packet.skip(header_length);
    if control & (ENCRYPTED | CHANGED) != 0 {
        if !cx.style.link_header {
            stations.source.put(cx);
            put!(cx, " > ");
            stations.destination.put(cx);
            put!(cx, " 802.1AE MACsec, ");
            put_tag(cx, &packet)?;
        }
        return Ok(Secured { header_length, payload: Payload::Encrypted(data) });
    }
    match without_check_value(data, short_length) {
        Some(data) => Ok(Secured { header_length, payload: Payload::Clear(data) }),
        None => {
            cx.truncated();
            Ok(nothing)
        }
    }
}

fn is_there(packet: &Cursor, octets: usize) -> bool {
    packet.has(octets) && packet.length() as usize >= octets
}

/// The payload that the tag announces; `None` when there is less.
fn without_check_value(data: Cursor<'_>, short_length: u8) -> Option<Cursor<'_>> {
    let captured = data.captured().len().checked_sub(CHECK_VALUE_LENGTH)?;
    let length = data.length().checked_sub(CHECK_VALUE_LENGTH as u32)?;
    let data = data.limit(captured as u32).with_length(length);
    match short_length {
        0 => Some(data),
        short if is_there(&data, short.into()) => Some(data.with_length(short.into())),
        _ => None,
    }
}

fn put_tag(cx: &mut Context, packet: &Cursor) -> Outcome {
    let (control, short_length) = (packet.u8_at(0)?, packet.u8_at(1)?);
    put!(cx, "an ", control & ASSOCIATION_NUMBER, ", pn ", packet.be32_at(2)?, ", flags ");
    put_bits(&mut cx.out, FLAGS, control.into(), "", "none");
    if short_length != 0 {
        put!(cx, ", sl ", short_length);
    }
    if control & CHANNEL_PRESENT != 0 {
        put!(cx, ", sci ", Hex0(packet.be64_at(6)?, 16));
    }
    put!(cx, ", ");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{STATIONS, ethernet, styled};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn a_short_payload_ends_before_its_padding() {
        let style = Style { link_header: true, ..Style::default() };
        let frame = "88e5 00 06 00000001 9000 0000 0300 ffffffff 00000000000000000000000000000000";
        assert_eq!(
            styled(style, LinkType::ETHERNET, &[STATIONS, frame].concat()),
            "00:11:22:33:44:55 > 01:80:c2:00:00:00, ethertype 802.1AE MACsec (0x88e5), length 46: an 0, pn 1, \
             flags none, sl 6, ethertype Loopback (0x9000), Loopback, skipCount 0,  invalid (3)"
        );
    }

    #[test]
    fn what_is_encrypted_is_shown_as_it_is() {
        assert!(ethernet(0, "88e5 0c 00 00000001 000000").starts_with(
            "00:11:22:33:44:55 > 01:80:c2:00:00:00 802.1AE MACsec, an 0, pn 1, flags EC, \n\t0x0000:  0000 00"
        ));
    }
}
