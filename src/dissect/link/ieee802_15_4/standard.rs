//! Beacons, data, acknowledgements and commands (IEEE 802.15.4-2015 section 7.3.1 to 7.3.4).

use std::ops::ControlFlow;

use super::check::Check;
use super::{Mode, Parsed, address_modes, beacon, command, go_on, put_end, put_middle, stop_truncated};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::payload::put_unknown;
use crate::dissect::put::Hex0;
use crate::put;

const KIND_MASK: u16 = 7;
const BEACON: u16 = 0;
const COMMAND: u16 = 3;
const SECURED: u16 = 0x0008;
const NETWORK_COMPRESSED: u16 = 0x0040;
const NUMBER_SUPPRESSED: u16 = 0x0100;
const HAS_ELEMENTS: u16 = 0x0200;
const FLAGS: &[(u16, &str)] = &[
    (SECURED, "Security Enabled, "),
    (0x0010, "Frame Pending, "),
    (0x0020, "AR, "),
    (NETWORK_COMPRESSED, "PAN ID Compression, "),
    (NUMBER_SUPPRESSED, "Sequence Number Suppression, "),
    (HAS_ELEMENTS, "IE present, "),
];
/// From this version on, the rules of section 7.2.1.5 hold.
const VERSION_2015: u16 = 2;

/// Prints a frame.
pub(super) fn print(cx: &mut Context, mut frame: Cursor, control: u16) -> Parsed {
    let may_have_check = frame.length() >= 4;
    let check = Check::take(&mut frame, may_have_check, may_have_check)?;
    let version = control >> 12 & 3;
    put!(cx, "v", version, " ");
    if cx.style.verbose > 2 {
        for (flag, name) in FLAGS {
            put!(cx, if control & flag != 0 { name } else { "" });
        }
    }
    let header_length = if control & NUMBER_SUPPRESSED != 0 {
        if version < VERSION_2015 {
            put!(cx, "[ERROR: Sequence number suppressed on frames where version < 2]");
        }
        put!(cx, if cx.style.verbose > 0 { "seq suppressed " } else { "" });
        2
    } else {
        let number = frame.u8_at(2)?;
        if cx.style.verbose > 0 {
            put!(cx, "seq ", Hex0(number, 2), " ");
        }
        3
    };
    if frame.length() < header_length {
        return stop_truncated(cx);
    }
    let mut rest = frame.skip(header_length as usize);
    let (destination, source) = match address_modes(cx, control >> 10, control >> 14)? {
        ControlFlow::Continue(modes) => modes,
        ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
    };
    let compressed = control & NETWORK_COMPRESSED != 0;
    if version < VERSION_2015 && compressed && (destination == Mode::None || source == Mode::None) {
        put!(cx, "[ERROR: PAN ID Compression != 0, and only one address with frame version < 2]");
    }
    let (destination_network, source_network) = networks(version, compressed, destination, source);
    if put_end(cx, &mut rest, destination_network, destination)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    put!(cx, " < ");
    if put_end(cx, &mut rest, source_network, source)?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    put!(cx, " ");
    match put_middle(cx, rest, control & SECURED != 0, control & HAS_ELEMENTS != 0, &check)? {
        ControlFlow::Continue(payload) => put_payload(cx, payload, control & KIND_MASK, version),
        stopped @ ControlFlow::Break(()) => Ok(stopped.map_continue(drop)),
    }
}

/// Whether the frame gives the networks of destination and source.
fn networks(version: u16, compressed: bool, destination: Mode, source: Mode) -> (bool, bool) {
    let old = (destination != Mode::None, source != Mode::None && !compressed);
    if version < VERSION_2015 {
        return old;
    }
    match (compressed, destination, source) {
        (true, Mode::None, Mode::None) => (true, false),
        (true, Mode::None, _) | (true, _, Mode::None) => (false, false),
        (true, Mode::Extended, Mode::Extended) => (false, false),
        (false, Mode::Extended, Mode::Extended) => (true, false),
        // What 6TiSCH has, against the rules.
        (false, Mode::Short, Mode::Extended) => (true, false),
        _ => old,
    }
}

fn put_payload(cx: &mut Context, mut payload: Cursor, kind: u16, version: u16) -> Parsed {
    if kind == BEACON && version < VERSION_2015 && beacon::print(cx, &mut payload)?.is_break() {
        return go_on(());
    }
    if kind == COMMAND {
        command::print(cx, &mut payload)?;
    }
    put_unknown(cx, &payload)?;
    go_on(())
}
