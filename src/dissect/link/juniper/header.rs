//! What Junos puts in front of the packets it captures: direction, interface, and a cookie of the card (PIC) that
//! the packet came through.

use super::Card;
use super::names::{ENCAPSULATIONS, MEDIA};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

/// "MGC".
const MAGIC: u32 = 0x4d_4743;
/// Magic number and flags.
const FIXED_LENGTH: usize = 4;
/// What stands between the header and a packet whose link-layer header was taken off.
const FAMILY_LENGTH: usize = 4;

/// The packet came in.
const INCOMING: u8 = 0x01;
const NO_LINK_HEADER: u8 = 0x02;
const EXTENSIONS: u8 = 0x80;
const FLAGS: &[Name] = &[
    (EXTENSIONS as u32, "Ext"),
    (0x40, "Filter"),
    (0x04, "IIF"),
    (NO_LINK_HEADER as u32, "no-L2"),
    (INCOMING as u32, "In"),
];

const DEVICE_NAME: u8 = 2;
const DEVICE_MEDIA: u8 = 3;
const ENCAPSULATION: u8 = 6;
const TUNNEL_MEDIA: u8 = 7;
const TUNNEL_ENCAPSULATION: u8 = 8;
const EXTENSION_NAMES: &[Name] = &[
    (1, "Device Interface Index"),
    (DEVICE_NAME as u32, "Device Interface Name"),
    (DEVICE_MEDIA as u32, "Device Media Type"),
    (4, "Logical Interface Index"),
    (5, "Logical Unit Number"),
    (ENCAPSULATION as u32, "Logical Interface Encapsulation"),
    (TUNNEL_MEDIA as u32, "TTP derived Device Media Type"),
    (TUNNEL_ENCAPSULATION as u32, "TTP derived Logical Interface Encapsulation"),
];
/// An extension's type and length.
const EXTENSION_OVERHEAD: u32 = 2;
/// From this type on, numbers are in network order.
const EXTENSION_BIG_ENDIAN: u8 = 128;

const COOKIE_LENGTH_MAX: u32 = 8;
/// The first octet of the cookies of link services and of adaptive services.
const LINK_SERVICES: u8 = 0x54;
const ADAPTIVE_SERVICES: u8 = 0x47;
/// The first bits of a fragment's header, where a link of a bundle has no cookie.
const FRAGMENT_BITS: u8 = 0xc0;
/// The bits of a cookie that name the network layer's protocol.
const PROTOCOL_BITS: u8 = 0x70;
/// The bits of an ATM cookie that tell cells from packets.
pub(super) const CELL_BITS: u8 = 0x70;
/// Words in front of a cell that belong to the header.
const CONTROL_WORDS: [u32; 3] = [0, 0x0800_0000, 0x0838_0000];

/// The header, and what it says of the packet behind it.
pub(super) struct Header<'p> {
    /// Octets.
    pub(super) length: usize,
    /// The packet. Its length is four octets too much where a control word was passed over.
    pub(super) packet: Cursor<'p>,
    /// What stands directly in front of it.
    pub(super) around: Cursor<'p>,
    pub(super) incoming: bool,
    pub(super) cookie: [u8; 8],
    pub(super) cookie_length: usize,
    pub(super) bundle: u16,
    pub(super) protocol: u16,
}

/// What a header leads to.
pub(super) enum Parsed<'p> {
    /// A packet.
    Packet(Header<'p>),
    /// Nothing, or what has been printed already, behind this many octets.
    Done(usize),
}

/// Reads and prints a header.
pub(super) fn parse<'p>(cx: &mut Context, frame: Cursor<'p>, card: Card) -> Outcome<Parsed<'p>> {
    let bits = frame.u8_at(3)?;
    if frame.be24_at(0)? != MAGIC {
        put!(cx, "no magic-number found!");
        return Ok(Parsed::Done(0));
    }
    let incoming = bits & INCOMING != 0;
    if cx.style.link_header {
        put!(cx, if incoming { " In " } else { "Out " });
    }
    if cx.style.verbose > 1 {
        put!(cx, "\n\tJuniper PCAP Flags [", flags(FLAGS, bits, "none"), "]");
    }
    let mut length = FIXED_LENGTH;
    if bits & EXTENSIONS != 0 {
        let extensions = frame.be16_at(FIXED_LENGTH)?;
        length += 2 + usize::from(extensions);
        if !put_extensions(cx, &frame.skip(FIXED_LENGTH + 2), extensions)? {
            return Ok(Parsed::Done(0));
        }
    }
    if bits & NO_LINK_HEADER != 0 {
        put!(cx, if cx.style.link_header { "no-L2-hdr, " } else { "" });
        let packet = frame.skip(length + FAMILY_LENGTH);
        packet.need(1)?;
        if !super::guess_ip(cx, packet)? {
            put!(cx, "no IP-hdr found!");
        }
        return Ok(Parsed::Done(length + FAMILY_LENGTH));
    }
    let mut header = Header {
        length,
        packet: frame.skip(length),
        around: frame,
        incoming,
        cookie: [0; 8],
        cookie_length: 0,
        bundle: 0,
        protocol: 0,
    };
    if !header.read_cookie(cx, card)? {
        return Ok(Parsed::Done(header.length));
    }
    header.packet = frame.skip(header.length);
    header.interpret_cookie(cx, card)?;
    header.around = frame;
    if cx.style.link_header {
        put!(cx, "hlen ", header.length, ", proto 0x", Hex0(header.protocol, 4), ", ");
    }
    Ok(Parsed::Packet(header))
}

/// Prints the extensions with `-vv`; `false` where one is longer than they are.
fn put_extensions(cx: &mut Context, extensions: &Cursor, length: u16) -> Outcome<bool> {
    let verbose = cx.style.verbose > 1;
    if verbose {
        put!(cx, ", PCAP Extension(s) total length ", length);
    }
    extensions.need(length.into())?;
    let mut rest = extensions.with_length(length.into());
    while rest.length() > EXTENSION_OVERHEAD {
        let [kind, value_length]: [u8; 2] = rest.array_at(0)?;
        if kind == 0 || value_length == 0 {
            break;
        }
        let taken = u32::from(value_length) + EXTENSION_OVERHEAD;
        if rest.length() < taken {
            cx.invalid_because("extension_length", rest.length(), "<", taken)?;
            return Ok(false);
        }
        let value = rest.skip(EXTENSION_OVERHEAD as usize);
        let number = extension_number(kind, value_length, &value)?;
        if verbose {
            put!(cx, "\n\t  ", name_or(EXTENSION_NAMES, kind, "Unknown"), " Extension TLV #", kind);
            put!(cx, ", length ", value_length, ", value ");
            put_extension(cx, kind, number);
        }
        rest = rest.skip(taken as usize);
    }
    if verbose {
        put!(cx, "\n\t-----original packet-----\n\t");
    }
    Ok(true)
}

/// The number in an extension, if it is one of up to four octets. tcpdump takes all ones for none.
fn extension_number(kind: u8, length: u8, value: &Cursor) -> Outcome<Option<u32>> {
    if length > 4 {
        return Ok(None);
    }
    let octets = value.bytes_at(0, length.into())?;
    let add = |number: u32, octet: &u8| number << 8 | u32::from(*octet);
    let number =
        if kind < EXTENSION_BIG_ENDIAN { octets.iter().rev().fold(0, add) } else { octets.iter().fold(0, add) };
    Ok(Some(number).filter(|&number| number != u32::MAX))
}

fn put_extension(cx: &mut Context, kind: u8, number: Option<u32>) {
    match (kind, number) {
        (DEVICE_NAME, _) | (_, None) => {}
        (DEVICE_MEDIA | TUNNEL_MEDIA, Some(number)) => {
            put!(cx, name_or(MEDIA, number, "Unknown"), " (", number, ")");
        }
        (ENCAPSULATION | TUNNEL_ENCAPSULATION, Some(number)) => {
            put!(cx, name_or(ENCAPSULATIONS, number, "Unknown"), " (", number, ")");
        }
        (_, Some(number)) => put!(cx, number),
    }
}

impl Header<'_> {
    /// Takes the cookie and what names the protocol behind it; `false` where there cannot be such a cookie.
    fn read_cookie(&mut self, cx: &mut Context, card: Card) -> Outcome<bool> {
        let Some((name, usual_length)) = card.cookie() else { return Ok(true) };
        let first = self.packet.u8_at(0)?;
        let length = match first {
            _ if card == Card::MultilinkFrameRelay && first & FRAGMENT_BITS == FRAGMENT_BITS => 0,
            LINK_SERVICES => usual_length + 2,
            ADAPTIVE_SERVICES => COOKIE_LENGTH_MAX,
            _ => usual_length,
        };
        self.cookie_length = length as usize;
        self.length += self.cookie_length;
        if cx.style.link_header {
            put!(cx, name, "-PIC, cookie-len ", length);
        }
        if length > COOKIE_LENGTH_MAX {
            cx.invalid_because("cookie length", length, ">", COOKIE_LENGTH_MAX)?;
            return Ok(false);
        }
        let cookie = self.packet.bytes_at(0, self.cookie_length)?;
        for (to, from) in self.cookie.iter_mut().zip(cookie) {
            *to = *from;
        }
        if cx.style.link_header {
            put!(cx, if length > 0 { ", cookie 0x" } else { "" }, HexBytes(cookie), ": ");
        }
        self.protocol = self.packet.be16_at(self.cookie_length)?;
        Ok(true)
    }

    /// What the card's cookies say: the bundle of links, and often the protocol.
    fn interpret_cookie(&mut self, cx: &mut Context, card: Card) -> Outcome {
        let [first, second, _, _, _, sixth, seventh, eighth] = self.cookie;
        match card {
            Card::MultilinkPpp | Card::MultilinkFrameRelay | Card::MultilinkFrameRelayEnd => match first {
                ADAPTIVE_SERVICES => {
                    self.bundle = u16::from_be_bytes([seventh, eighth]) >> 3 & 0xfff;
                    self.protocol = u16::from(sixth & PROTOCOL_BITS);
                }
                LINK_SERVICES => {
                    self.bundle = second.into();
                    if card != Card::MultilinkPpp {
                        self.protocol = self.packet.be16_at(0)?;
                        self.step(2);
                    }
                }
                _ => {
                    self.bundle = first.into();
                    if card == Card::MultilinkFrameRelayEnd {
                        self.step(2);
                    }
                }
            },
            Card::Atm2 => {
                let word = self.packet.be32_at(0)?;
                if eighth & CELL_BITS != 0 {
                    if CONTROL_WORDS.contains(&word) {
                        let length = self.packet.length();
                        self.step(4);
                        self.packet = self.packet.with_length(length);
                    }
                    if cx.style.link_header {
                        put!(cx, "control-word 0x", Hex0(word, 8), " ");
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Counts octets in front of the packet as header.
    fn step(&mut self, octets: usize) {
        self.length += octets;
        self.packet = self.packet.skip(octets);
    }

    /// The packet with the `octets` in front of it.
    pub(super) fn packet_from(&self, octets: usize) -> Cursor<'_> {
        let length = self.packet.length() + octets as u32;
        self.around.skip(self.length.saturating_sub(octets)).with_length(length)
    }

    /// The cookie's first two octets.
    pub(super) fn cookie_start(&self) -> u16 {
        let [first, second, ..] = self.cookie;
        u16::from_be_bytes([first, second])
    }

    /// The cookie's first four octets.
    pub(super) fn cookie_word(&self) -> u32 {
        let [first, second, third, fourth, ..] = self.cookie;
        u32::from_be_bytes([first, second, third, fourth])
    }
}
