//! From bytes to tcpdump's text, one protocol a file.
//!
//! A dissector is a function `print(cx, data) -> Outcome` in a file named after its protocol. It reads
//! [`cursor::Cursor`]s, whose reads are checked, and writes with [`put!`]; what nearly every TCP segment has goes
//! through a [`line::Line`], which is quicker. A read past the capture unwinds with `?` to [`frame`], which prints
//! ` [|protocol]`; text that is out already stays. A packet that contradicts its protocol is marked ` (invalid)` on
//! the spot, by [`context::Context::invalid`].
//!
//! A file reads from top to bottom: summary and RFC; constants; name tables; `print`; tests on bytes.
//! To add a protocol, write its file and enter it in the table that dispatches to it:
//! [`link::printer`] by link type, [`link::ethertype`], [`net::payload`] by IP protocol number,
//! [`transport::ports`] by port.

pub mod address;
pub mod address_family;
pub mod app;
mod captured_on;
pub mod checksum;
pub mod context;
pub mod cursor;
pub mod decimal;
pub mod dump;
pub mod duration;
pub mod enterprise;
pub mod gmpls;
mod hexadecimal;
pub mod line;
pub mod link;
pub mod local_time;
pub mod named;
pub mod names_table;
pub mod net;
pub mod nlpid;
pub mod nsap;
pub mod ntp_time;
pub mod octets;
pub mod oui;
pub mod packet_type;
pub mod payload;
pub mod put;
pub mod short;
pub mod signature;
pub mod style;
mod terminated;
pub mod time;
pub mod transport;
pub mod tunnel;
pub mod usual;
pub mod utc;

use crate::layers::usual::Usual;
use crate::put;
use crate::source::Frame;
use context::Context;
use cursor::{Cursor, Outcome};
use put::Pad;
use style::Dump;

/// The longest frame that tcpdump takes for real, in octets.
pub const SNAPSHOT_LENGTH_MAX: u32 = 262_144;

/// Appends one frame's text, line end included, to `cx.out`. `number` counts from 1.
#[inline]
pub fn frame(cx: &mut Context, frame: &Frame, number: u64) {
    let usual = if cx.is_plain() {
        Usual::of(frame.link_type, Cursor::new(frame.bytes, frame.wire_length), cx.relative.keys())
    } else {
        None
    };
    frame_with(cx, frame, number, usual.as_ref());
}

/// The same where it has been looked whether the frame is a usual one.
#[inline]
pub fn frame_with(cx: &mut Context, frame: &Frame, number: u64, usual: Option<&Usual>) {
    match usual {
        Some(usual) if cx.is_plain() && lengths_are_plausible(frame) => usual::put(cx, frame.timestamp, usual),
        _ => any_frame(cx, frame, number),
    }
}

/// Any frame, in any style.
#[inline(never)]
fn any_frame(cx: &mut Context, frame: &Frame, number: u64) {
    if cx.style.sampling > 1 && !number.is_multiple_of(cx.style.sampling) {
        return;
    }
    if cx.style.packet_number || cx.style.lengths {
        put_counts(cx, frame, number);
    }
    if lengths_are_plausible(frame) {
        packet(cx, frame);
    } else {
        put_implausible_lengths(cx, frame);
    }
    cx.out.push(b'\n');
}

/// `-#` and `--lengths`: the packet's number and lengths.
#[cold]
fn put_counts(cx: &mut Context, frame: &Frame, number: u64) {
    if cx.style.packet_number {
        put!(cx, Pad(number, 5), "  ");
    }
    if cx.style.lengths {
        put!(cx, "caplen ", frame.bytes.len(), " len ", frame.wire_length, " ");
    }
}

/// Checks the record's lengths against each other.
#[inline]
fn lengths_are_plausible(frame: &Frame) -> bool {
    let captured = frame.bytes.len() as u32;
    let wire = frame.wire_length;
    let plausible = 1..=SNAPSHOT_LENGTH_MAX;
    plausible.contains(&captured) && plausible.contains(&wire) && captured <= wire
}

/// Says what is wrong with the record's lengths.
#[cold]
fn put_implausible_lengths(cx: &mut Context, frame: &Frame) {
    let captured = frame.bytes.len() as u32;
    let wire = frame.wire_length;
    put!(cx, "[Invalid header:");
    let mut separator = "";
    let mut complain = |cx: &mut Context, text: &dyn Fn(&mut Context)| {
        put!(cx, separator, " ");
        text(cx);
        separator = ",";
    };
    if captured == 0 {
        complain(cx, &|cx| put!(cx, "caplen==0"));
    }
    if wire == 0 {
        complain(cx, &|cx| put!(cx, "len==0"));
    } else if wire < captured {
        complain(cx, &|cx| put!(cx, "len(", wire, ") < caplen(", captured, ")"));
    }
    for (name, length) in [("caplen", captured), ("len", wire)] {
        if length > SNAPSHOT_LENGTH_MAX {
            complain(cx, &|cx| put!(cx, name, "(", length, ") > ", SNAPSHOT_LENGTH_MAX));
        }
    }
    put!(cx, "]");
}

/// The time stamp, the packet's text and its dump.
fn packet(cx: &mut Context, frame: &Frame) {
    cx.begin_packet();
    cx.clock.put(frame.timestamp, &mut cx.out);
    captured_on::put(cx, frame);
    let data = Cursor::new(frame.bytes, frame.wire_length);
    let outcome: Outcome<usize> = link::print(cx, frame.link_type, data);
    let link_header = outcome.unwrap_or_else(|_| {
        cx.truncated();
        0
    });
    if cx.style.dump != Dump::None {
        dump_frame(cx, frame.bytes, link_header);
    }
}

/// One way to dump octets.
type WriteDump = fn(&mut Vec<u8>, &[u8]);

/// `-x`, `-X`, `-A`: the packet's bytes, from behind the link-layer header unless it was asked for.
#[inline(never)]
fn dump_frame(cx: &mut Context, bytes: &[u8], link_header_length: usize) {
    let (with_link_header, write): (bool, WriteDump) = match cx.style.dump {
        Dump::None => return,
        Dump::Hex { link_header } => (link_header, dump::hex),
        Dump::HexAscii { link_header } => (link_header, dump::hex_ascii),
        Dump::Ascii { link_header } => (link_header, dump::ascii),
    };
    let from = if with_link_header { 0 } else { link_header_length };
    let bytes = bytes.get(from..).unwrap_or_default();
    if !bytes.is_empty() {
        write(&mut cx.out, bytes);
    }
}
