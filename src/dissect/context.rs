//! What every dissector is handed: the output, the options and what outlives a packet.

use super::address::{IpAddress, Ipv4, Ipv6, Mac};
use super::app::isakmp::Initiators;
use super::app::nfs::Calls;
use super::app::quic_connections::Connections;
use super::app::rx;
use super::cursor::{Cursor, Outcome, Truncated};
use super::dump;
use super::line::Room;
use super::link::slip;
use super::put::{Caps, Put};
use super::style::Style;
use super::time::Clock;
use crate::error::Error;
use crate::os::interfaces::Interfaces;
use crate::os::names::Names;
use crate::put;
use crate::report;
use crate::secrets::keys::Keys;
use crate::tcp::relative::{Endpoints, Relative};
use crate::tcp::segment::{Flags, Header, Segment};

/// How many protocols may be wrapped in each other. Real stacks hold under ten; a crafted packet
/// could otherwise nest IP in IP until the stack is gone.
const MAX_NESTING: u8 = 64;

/// The state of the text under construction.
pub struct Context {
    /// The text so far; dissectors append, the sink takes it away.
    pub out: Vec<u8>,
    /// Room for a line, unless one is being made.
    room: Option<Room>,
    /// What the user asked for.
    pub style: Style,
    /// The protocol being dissected, for ` [|protocol]` where the capture ends.
    pub protocol: &'static str,
    /// Relative TCP sequence numbers.
    pub relative: Relative,
    /// Who began the key exchanges seen so far.
    pub(super) ike_initiators: Initiators,
    /// NFS calls whose replies are still to come.
    pub(super) nfs_calls: Calls,
    /// Calls of AFS whose replies are still to come.
    pub(super) rx_calls: rx::Calls,
    /// The QUIC connections seen so far.
    pub quic_connections: Connections,
    /// The compressed connections of serial lines.
    pub(super) slip_connections: slip::Connections,
    /// Names of hosts, ports and the rest; numbers where `-n` was given.
    pub names: Names,
    /// Names of this machine's network interfaces.
    pub interfaces: Interfaces,
    /// Whether each packet is printed with the interface it was captured on.
    pub names_interfaces: bool,
    pub(super) clock: Clock,
    /// Keys for what is encrypted.
    pub(super) keys: Keys,
    /// Why no text can be made any more; whoever prints packets has to stop.
    pub failure: Option<Error>,
    /// Room for octets that no capture holds, used again for each packet.
    scratch: Vec<Vec<u8>>,
    /// Where the text of the latest TCP segment begins; who wants to know it of one packet clears it before.
    pub segment_at: Option<usize>,
    nesting: u8,
    is_plain: bool,
}

impl Context {
    /// A context without text, for lines in this style.
    pub fn new(style: Style, names: Names) -> Self {
        Context {
            out: Vec::new(),
            room: None,
            clock: Clock::new(style.time, style.nanoseconds),
            keys: Keys::unread(style.esp_keys.as_deref()),
            is_plain: style.is_plain(),
            style,
            protocol: "",
            relative: Relative::default(),
            ike_initiators: Initiators::default(),
            nfs_calls: Calls::default(),
            rx_calls: rx::Calls::default(),
            quic_connections: Connections::default(),
            slip_connections: slip::Connections::default(),
            names,
            interfaces: Interfaces::default(),
            names_interfaces: false,
            failure: None,
            scratch: Vec::new(),
            segment_at: None,
            nesting: 0,
        }
    }

    /// Whether a usual frame has a usual line: the style that it was made with is a plain one.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.is_plain && !self.names_interfaces
    }

    /// Makes ready for the next packet.
    #[inline]
    pub(super) fn begin_packet(&mut self) {
        self.protocol = "";
        self.nesting = 0;
    }

    /// Lends room for a line, which is to be given back.
    #[inline]
    pub(super) fn take_room(&mut self) -> Room {
        self.room.take().unwrap_or_default()
    }

    /// Takes the room back.
    #[inline]
    pub(super) fn give_back(&mut self, room: Room) {
        self.room = Some(room);
    }

    /// Notes where the numbers of a segment's connection count from, as printing the segment would.
    #[inline]
    pub fn pass_over(&mut self, segment: &Segment) {
        if segment.flags.any(Flags::ACK) && segment.header != Header::TooShort && !self.style.absolute_sequence_numbers
        {
            let ends = Endpoints { source: segment.source, destination: segment.destination };
            let syn = segment.flags.any(Flags::SYN);
            let key = self.relative.key(&ends);
            self.relative.numbers(key, syn, segment.sequence.0, segment.acknowledgement.0);
        }
    }

    /// Runs a dissector that may contain itself, such as IP in IP, to a bounded depth.
    #[inline]
    pub fn nested(&mut self, dissect: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        if self.nesting == MAX_NESTING {
            return self.too_deep();
        }
        self.nesting += 1;
        let outcome = dissect(self);
        self.nesting -= 1;
        outcome
    }

    #[cold]
    fn too_deep(&mut self) -> Outcome {
        put!(self, " [nested more than ", MAX_NESTING, " deep]");
        Ok(())
    }

    /// Runs a dissector of octets that no capture holds, such as decrypted ones: it finds an empty buffer to
    /// fill. Nested ones have a buffer each.
    pub fn with_scratch(&mut self, dissect: impl FnOnce(&mut Self, &mut Vec<u8>) -> Outcome) -> Outcome {
        let mut buffer = self.scratch.pop().unwrap_or_default();
        buffer.clear();
        let outcome = dissect(self, &mut buffer);
        self.scratch.push(buffer);
        outcome
    }

    /// Reads the keys that the user handed over, before the first packet that may need one.
    #[inline]
    pub fn read_keys(&mut self) {
        if let Err(error) = self.keys.read(&mut report::warning) {
            self.failure = Some(error);
        }
    }

    /// The packet contradicts its protocol.
    pub fn invalid(&mut self) -> Outcome {
        put!(self, " (invalid)");
        Ok(())
    }

    /// A header field breaks a bound: prints which, as ` [field value op bound] (invalid)`.
    pub fn invalid_because(&mut self, field: &str, value: u32, operator: &str, bound: u32) -> Outcome {
        put!(self, " [", field, " ", value, " ", operator, " ", bound, "]");
        self.invalid()
    }

    /// The mark of a packet that the capture cut short.
    pub fn truncated(&mut self) {
        put!(self, " [|", self.protocol, "]");
    }

    /// The protocol's name in capitals, as IP puts it in front of its line.
    pub fn protocol_caps(&mut self) {
        put!(self, Caps(self.protocol));
    }

    /// Payload that no dissector knows: hexadecimal and ASCII, unless
    /// `-q` was given or `-x` or `-X` shows it anyway.
    pub fn unknown_payload(&mut self, payload: Cursor) {
        if !self.style.leaves_out_unknown_payload() {
            dump::hex_ascii(&mut self.out, payload.captured());
        }
    }

    /// A host's name or address.
    #[inline]
    pub fn host(&mut self, address: IpAddress) {
        match self.names.host(address) {
            Some(name) => name.put(&mut self.out),
            None => address.put(&mut self.out),
        }
    }

    /// The host at `offset` of a cursor, as an IPv4 address.
    pub fn ipv4_at(&mut self, data: &Cursor, offset: usize) -> Outcome {
        let address = data.array_at(offset)?;
        self.host(IpAddress::V4(Ipv4(address)));
        Ok(())
    }

    /// The host at `offset` of a cursor, as an IPv6 address.
    pub fn ipv6_at(&mut self, data: &Cursor, offset: usize) -> Outcome {
        let address = data.array_at(offset)?;
        self.host(IpAddress::V6(Ipv6(address)));
        Ok(())
    }

    /// A TCP port's service name or number.
    #[inline]
    pub fn tcp_port(&mut self, port: u16) {
        match self.names.tcp_port(port) {
            Some(name) => name.put(&mut self.out),
            None => port.put(&mut self.out),
        }
    }

    /// A UDP port's service name or number.
    #[inline]
    pub fn udp_port(&mut self, port: u16) {
        match self.names.udp_port(port) {
            Some(name) => name.put(&mut self.out),
            None => port.put(&mut self.out),
        }
    }

    /// A station's name or MAC address, with its maker unless `-n` was given.
    pub fn mac(&mut self, address: Mac) {
        if let Some(name) = self.names.ethernet(address) {
            return name.put(&mut self.out);
        }
        address.put(&mut self.out);
        if let Some(maker) = self.names.maker(address) {
            put!(self, " (oui ", maker, ")");
        }
    }

    /// A string of octets with control characters made visible: `^M` for a carriage return, `M-` in
    /// front of what is not ASCII. Nothing from the wire reaches a terminal in any other way.
    pub fn escaped(&mut self, octets: &[u8]) {
        for &octet in octets {
            put_visible(octet, &mut self.out);
        }
    }

    /// The first `count` octets of a cursor made visible, as far as they were captured.
    pub fn escaped_field(&mut self, data: &Cursor, count: usize) -> Outcome {
        let captured = data.captured();
        self.escaped(captured.get(..count).unwrap_or(captured));
        if captured.len() < count { Err(Truncated) } else { Ok(()) }
    }

    /// The first `count` octets of a cursor made visible, up to the zeros that pad them.
    pub fn escaped_padded_field(&mut self, data: &Cursor, count: usize) -> Outcome {
        let captured = data.captured();
        let field = captured.get(..count).unwrap_or(captured);
        let length = field.iter().position(|&octet| octet == 0);
        self.escaped_field(data, length.unwrap_or(count))
    }
}

/// One octet as caret and meta notation, the way `cat -v` shows it.
pub fn put_visible(octet: u8, out: &mut Vec<u8>) {
    let mut character = octet;
    if character >= 0x80 {
        character &= 0x7f;
        out.extend_from_slice(b"M-");
    }
    if !(0x20..0x7f).contains(&character) {
        character ^= 0x40;
        out.push(b'^');
    }
    out.push(character);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_gets_through() {
        let mut out = Vec::new();
        for octet in 0..=255 {
            put_visible(octet, &mut out);
        }
        assert!(out.iter().all(|octet| (0x20..0x7f).contains(octet)));
        out.clear();
        for octet in [b'a', b'\n', 0x7f, 0x80, 0xe9] {
            put_visible(octet, &mut out);
        }
        assert_eq!(out, b"a^J^?M-^@M-i");
    }

    #[test]
    fn nesting_is_bounded() {
        fn forever(cx: &mut Context) -> Outcome {
            cx.nested(forever)
        }
        let mut cx = Context::new(Style::default(), Names::numeric());
        assert_eq!(forever(&mut cx), Ok(()));
        assert_eq!(cx.out, b" [nested more than 64 deep]");
    }
}
