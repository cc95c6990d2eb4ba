//! The chain of payloads, each of which says what the next one is.

use super::super::stop::Stop;
use super::names::put_payload_name;
use super::{ikev1, ikev2, ikev2_encrypted};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::HexBytes;
use crate::put;

/// Octets of the header that all payloads have.
pub(super) const HEADER_LENGTH: usize = 4;

/// The version of IKE.
#[derive(Clone, Copy)]
pub(super) enum Version {
    One,
    /// Version 2, whose payloads may be encrypted with the sender's key; nobody's where they were already.
    Two(Option<Sender>),
}

/// Whose key a message of version 2 is encrypted with.
#[derive(Clone, Copy)]
pub(super) struct Sender {
    /// Whether it began the exchange.
    pub(super) is_initiator: bool,
    /// The initiator's SPI and the responder's.
    pub(super) cookies: [[u8; 8]; 2],
}

/// Payloads one after the other. Offsets count from the message's start.
#[derive(Clone, Copy)]
pub(super) struct Chain {
    /// What the first payload is.
    pub(super) kind: u8,
    /// Where it is.
    pub(super) at: usize,
    /// What a proposal around the chain is for.
    pub(super) protocol: u8,
    /// How many chains this one is in.
    pub(super) depth: usize,
    pub(super) version: Version,
}

/// One payload.
#[derive(Clone, Copy)]
pub(super) struct Payload {
    pub(super) kind: u8,
    pub(super) at: usize,
    /// Its octets with its header, more than that has.
    pub(super) length: usize,
    pub(super) protocol: u8,
    pub(super) depth: usize,
}

impl Payload {
    /// The payload's end.
    pub(super) fn end(&self) -> usize {
        self.at + self.length
    }
}

/// Where the next payload is; nothing when none can be found.
pub(super) type Next = Option<usize>;

/// Prints a chain.
pub(super) fn print_chain(cx: &mut Context, message: &Cursor, chain: Chain) -> Outcome<Next> {
    let mut next = Ok(None);
    cx.nested(|cx| {
        next = print_payloads(cx, message, chain);
        Ok(())
    })?;
    next
}

fn print_payloads(cx: &mut Context, message: &Cursor, chain: Chain) -> Outcome<Next> {
    let Chain { mut kind, mut at, protocol, depth, version } = chain;
    while kind != 0 {
        let Some(length) = length_of_captured(message, at) else {
            put_cut_off(cx, kind);
            return Ok(None);
        };
        put_line(cx, depth + 1);
        let payload = Payload { kind, at, length, protocol, depth: depth + 1 };
        let next = print_payload(cx, message, payload, version)?;
        put!(cx, ")");
        let Some(next) = next else { return Ok(None) };
        kind = message.u8_at(at)?;
        at = next;
    }
    Ok(Some(at))
}

/// The length of a payload that was captured as a whole.
pub(super) fn length_of_captured(message: &Cursor, at: usize) -> Option<usize> {
    let length = usize::from(message.be16_at(at + 2).ok()?);
    message.has(at + length).then_some(length)
}

/// Starts the line of a payload.
pub(super) fn put_line(cx: &mut Context, depth: usize) {
    put!(cx, "\n");
    for _ in 0..depth {
        put!(cx, "    ");
    }
    put!(cx, "(");
}

/// Says that a payload is not all there.
pub(super) fn put_cut_off(cx: &mut Context, kind: u8) {
    put!(cx, " [|");
    put_payload_name(cx, kind);
    put!(cx, "]");
}

fn print_payload(cx: &mut Context, message: &Cursor, payload: Payload, version: Version) -> Outcome<Next> {
    if payload.length <= HEADER_LENGTH {
        return Ok(None);
    }
    let outcome = match payload.kind {
        1..=13 => ikev1::print(cx, message, payload),
        ikev2_encrypted::KIND => match version {
            Version::One => print_unknown(cx, payload),
            Version::Two(sender) => ikev2_encrypted::print(cx, message, payload, sender),
        },
        33..=48 => ikev2::print(cx, message, payload),
        _ => print_unknown(cx, payload),
    };
    settle(cx, outcome, payload.kind)
}

fn print_unknown(cx: &mut Context, payload: Payload) -> Result<Next, Stop> {
    put_payload_name(cx, payload.kind);
    Ok(Some(payload.end()))
}

/// Marks a payload that turned out not to be all there; the chain ends with it.
pub(super) fn settle(cx: &mut Context, outcome: Result<Next, Stop>, kind: u8) -> Outcome<Next> {
    match outcome {
        Ok(next) => Ok(next),
        Err(Stop::Incomplete) => {
            put_cut_off(cx, kind);
            Ok(None)
        }
        Err(stop) => stop.settle(cx).map(|()| None),
    }
}

/// Stops unless `count` octets from `at` on were captured.
pub(super) fn need(message: &Cursor, at: usize, count: usize) -> Result<(), Stop> {
    if message.bytes_at(at, count).is_ok() { Ok(()) } else { Err(Stop::Incomplete) }
}

/// Octets in hexadecimal.
pub(super) fn put_hex(cx: &mut Context, message: &Cursor, at: usize, count: usize) -> Result<(), Stop> {
    let octets = message.bytes_at(at, count).map_err(|_| Stop::Incomplete)?;
    put!(cx, HexBytes(octets));
    Ok(())
}

/// A payload's octets behind its header at `-vvv`.
pub(super) fn put_all(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    if cx.style.verbose > 2 {
        put!(cx, " ");
        put_hex(cx, message, payload.at + HEADER_LENGTH, payload.length - HEADER_LENGTH)?;
    }
    Ok(())
}

/// The first of all octets from `at` on, and the last: what was captured, whatever the payload's length.
pub(super) fn put_some(cx: &mut Context, message: &Cursor, at: usize) {
    let octets = message.captured().get(at..).unwrap_or_default();
    let (first, rest) = octets.split_at(octets.len().min(10));
    let last = rest.get(rest.len().saturating_sub(20)..).unwrap_or_default();
    put!(cx, " data=(", HexBytes(first), "...", HexBytes(last), ")");
}
