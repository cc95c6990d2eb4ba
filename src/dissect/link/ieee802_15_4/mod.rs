//! Low-rate wireless networks (IEEE 802.15.4-2015 section 7), as they are or behind a capture's header.

mod beacon;
mod check;
mod command;
mod header_elements;
mod management;
mod multipurpose;
mod payload_elements;
mod security;
mod standard;

use std::ops::ControlFlow;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::octets::Colons;
use crate::dissect::put::Hex0;
use crate::put;
use check::Check;

const TYPES: [&str; 8] = ["Beacon", "Data", "ACK", "Command", "Reserved", "Multipurpose", "Fragment", "Extended"];
const COMMAND: u16 = 3;
const MULTIPURPOSE: u16 = 5;

/// The header of captures: version, an octet that is reserved, and a length with that of the fields behind it.
const TAP_HEADER_LENGTH: u16 = 4;

/// A frame's text goes on, or stops at something wrong that has been told.
type Parsed<T = ()> = Outcome<ControlFlow<(), T>>;

/// Goes on.
fn go_on<T>(value: T) -> Parsed<T> {
    Ok(ControlFlow::Continue(value))
}

/// Says what is wrong, and stops.
fn stop<T>(cx: &mut Context, error: &str) -> Parsed<T> {
    put!(cx, error);
    Ok(ControlFlow::Break(()))
}

/// Stops where the frame is cut off.
fn stop_truncated<T>(cx: &mut Context) -> Parsed<T> {
    cx.truncated();
    Ok(ControlFlow::Break(()))
}

/// Prints a frame; returns how much of it `-x` leaves out.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print_captured(cx, frame.with_length(frame.captured().len() as u32))
}

/// Prints a frame behind the header of a capture; returns how much `-x` leaves out.
pub fn print_tap(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "802.15.4_tap";
    let captured = packet.captured().len();
    if captured < TAP_HEADER_LENGTH.into() {
        cx.truncated();
        return Ok(captured);
    }
    let (version, length) = (packet.u8_at(0)?, packet.le16_at(2)?);
    if version != 0 || length < TAP_HEADER_LENGTH {
        cx.invalid()?;
        return Ok(0);
    }
    if captured < length.into() {
        cx.truncated();
        return Ok(captured);
    }
    Ok(usize::from(length) + print(cx, packet.skip(length.into()))?)
}

/// Prints a frame whose length is that of what was captured; returns how much of it `-x` leaves out, which is
/// nothing where something is wrong.
pub fn print_captured(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "802.15.4";
    if frame.length() < 2 {
        cx.truncated();
        return Ok(frame.length() as usize);
    }
    let control = frame.le16_at(0)?;
    let kind = control & 7;
    put!(cx, "IEEE 802.15.4 ", TYPES.get(usize::from(kind)).copied().unwrap_or_default(), " packet ");
    let outcome = match kind {
        0..=COMMAND => standard::print(cx, frame, control)?,
        MULTIPURPOSE => multipurpose::print(cx, frame, control)?,
        _ => ControlFlow::Break(()),
    };
    // tcpdump takes its yes for a length.
    Ok(usize::from(outcome.is_continue()))
}

/// How a frame gives an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    None,
    Short,
    Extended,
}

impl Mode {
    /// The mode of two bits of the control field; nothing where they are reserved.
    fn of(bits: u16) -> Option<Self> {
        match bits & 3 {
            0 => Some(Mode::None),
            2 => Some(Mode::Short),
            3 => Some(Mode::Extended),
            _ => None,
        }
    }

    fn length(self) -> u32 {
        match self {
            Mode::None => 0,
            Mode::Short => 2,
            Mode::Extended => 8,
        }
    }
}

/// The modes of both addresses, destination first.
fn address_modes(cx: &mut Context, destination: u16, source: u16) -> Parsed<(Mode, Mode)> {
    match (Mode::of(destination), Mode::of(source)) {
        (_, None) => stop(cx, "[ERROR: Invalid src address mode]"),
        (None, _) => stop(cx, "[ERROR: Invalid dst address mode]"),
        (Some(destination), Some(source)) => go_on((destination, source)),
    }
}

/// Takes a PAN's identifier, if there is one, and an address.
fn put_end(cx: &mut Context, rest: &mut Cursor, has_network: bool, mode: Mode) -> Parsed {
    if has_network {
        if rest.length() < 2 {
            return stop(cx, "[ERROR: Truncated before dst_pan]");
        }
        put!(cx, Hex0(rest.le16()?, 4), ":");
    } else {
        put!(cx, "-:");
    }
    if rest.length() < mode.length() {
        return stop(cx, "[ERROR: Truncated before dst_addr]");
    }
    match mode {
        Mode::None => put!(cx, "none"),
        Mode::Short => put!(cx, Hex0(rest.le16_at(0)?, 4)),
        Mode::Extended => put_extended(cx, rest, 0)?,
    }
    *rest = rest.skip(mode.length() as usize);
    go_on(())
}

/// An extended address, whose last octet comes first.
fn put_extended(cx: &mut Context, data: &Cursor, at: usize) -> Outcome {
    let mut address: [u8; 8] = data.array_at(at)?;
    address.reverse();
    put!(cx, Colons(&address));
    Ok(())
}

/// Octets with a blank behind each.
fn put_octets(cx: &mut Context, data: &Cursor, range: std::ops::Range<u32>) -> Outcome {
    for at in range {
        put!(cx, Hex0(data.u8_at(at as usize)?, 2), " ");
    }
    Ok(())
}

/// Takes what stands between the addresses and the payload: security, information elements. Then prints the
/// integrity code and the check of the frame, and returns the payload.
fn put_middle<'p>(
    cx: &mut Context,
    mut rest: Cursor<'p>,
    secured: bool,
    has_elements: bool,
    check: &Check,
) -> Parsed<Cursor<'p>> {
    let mut level = 0;
    if secured {
        level = match security::put_header(cx, &mut rest)? {
            ControlFlow::Continue(level) => level,
            ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
        };
    }
    let code_length = security::code_length(level);
    if rest.length() < code_length {
        return stop(cx, "[ERROR: Truncated before MIC]");
    }
    rest = rest.with_length(rest.length() - code_length);
    let code = rest.skip(rest.length() as usize);
    let mut has_payload_elements = false;
    if has_elements {
        has_payload_elements = match header_elements::print(cx, &mut rest)? {
            ControlFlow::Continue(found) => found,
            ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
        };
    }
    if has_payload_elements {
        if level >= security::ENCRYPTED {
            put!(cx, "Payload IEs present, but encrypted, cannot print ");
        } else if payload_elements::print(cx, &mut rest)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if cx.style.verbose > 2 {
        security::put_code(cx, &code, code_length)?;
        check.put(cx);
    }
    go_on(rest)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    fn frame(verbose: u8, hex: &str) -> String {
        text(verbose, LinkType::IEEE802_15_4_NO_FCS, hex)
    }

    #[test]
    fn addresses_stand_behind_the_networks_they_are_in() {
        assert_eq!(
            frame(1, "4188 05 3412 ffff 0100 41"),
            "IEEE 802.15.4 Data packet v0 seq 05 1234:ffff < -:0001 \n\t0x0000:  41                                       A"
        );
        assert_eq!(
            frame(0, "01cc 05 3412 0807060504030201 1817161514131211"),
            "IEEE 802.15.4 Data packet v0 1234:01:02:03:04:05:06:07:08 < 1718:[ERROR: Truncated before dst_addr]"
        );
        assert_eq!(frame(0, "0144 05 00"), "IEEE 802.15.4 Data packet v0 [ERROR: Invalid src address mode]");
    }

    #[test]
    fn a_header_of_the_capture_is_checked() {
        assert_eq!(text(0, LinkType::IEEE802_15_4_TAP, "01000400"), " (invalid)");
        assert_eq!(text(0, LinkType::IEEE802_15_4_TAP, "00000500"), " [|802.15.4_tap]");
        assert_eq!(text(0, LinkType::IEEE802_15_4_TAP, "00000400 0700"), "IEEE 802.15.4 Extended packet ");
    }
}
