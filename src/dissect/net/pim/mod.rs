//! Protocol Independent Multicast, version 2: sparse mode (RFC 7761), dense mode (RFC 3973), bidirectional
//! (RFC 5015).

mod address;
mod bootstrap;
mod hello;
mod joins;

use etherparse::checksum::Sum16BitWords;

use super::{IpHeader, ipv4, ipv6, protocol};
use crate::dissect::app::stop::Stop;
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;
use address::{Encoding, Reader};

const VERSION: u8 = 2;

const HELLO: u8 = 0;
const REGISTER: u8 = 1;
const REGISTER_STOP: u8 = 2;
const JOIN_PRUNE: u8 = 3;
const BOOTSTRAP: u8 = 4;
const ASSERT: u8 = 5;
const GRAFT: u8 = 6;
const GRAFT_ACK: u8 = 7;
const CANDIDATE_RP: u8 = 8;
const STATE_REFRESH: u8 = 9;
const DF_ELECTION: u8 = 10;
const TYPES: &[Name] = &[
    (HELLO as u32, "Hello"),
    (REGISTER as u32, "Register"),
    (REGISTER_STOP as u32, "Register Stop"),
    (JOIN_PRUNE as u32, "Join / Prune"),
    (BOOTSTRAP as u32, "Bootstrap"),
    (ASSERT as u32, "Assert"),
    (GRAFT as u32, "Graft"),
    (GRAFT_ACK as u32, "Graft Acknowledgement"),
    (CANDIDATE_RP as u32, "Candidate RP Advertisement"),
    (STATE_REFRESH as u32, "Prune Refresh"),
    (DF_ELECTION as u32, "DF Election"),
    (11, "ECMP Redirect"),
];

/// Octets of the header.
const HEADER_LENGTH: u32 = 4;
/// Octets of a Register that the checksum covers; some routers sum the packet inside too.
const REGISTER_SUMMED: u32 = 8;

const REGISTER_FLAGS: &[Name] = &[(0x8000_0000, "Border"), (0x4000_0000, "Null")];

const BACKOFF: u8 = 3;
const PASS: u8 = 4;
/// What a message of the designated forwarder's election says (RFC 5015 section 3.7).
const ELECTION_MESSAGES: &[Name] = &[(1, "Offer"), (2, "Winner"), (BACKOFF as u32, "Backoff"), (PASS as u32, "Pass")];

/// How far a part of a message came.
type Step<T = ()> = Result<T, Stop>;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "pim";
    let first = message.u8_at(0)?;
    let (version, kind) = (first >> 4, first & 0xf);
    let name = lookup(TYPES, kind).unwrap_or("Unknown Type");
    put!(cx, "PIMv", version);
    match version {
        VERSION if cx.style.verbose == 0 => put!(cx, ", ", name, ", length ", message.length()),
        VERSION => {
            put!(cx, ", length ", message.length(), "\n\t", name);
            print_version_2(cx, message, kind, ip)?;
        }
        _ => put!(cx, ", length ", message.length()),
    }
    Ok(())
}

fn print_version_2(cx: &mut Context, message: Cursor, kind: u8, ip: &IpHeader) -> Outcome {
    cx.protocol = "pimv2";
    if message.length() < 2 {
        return put_short(cx, message.length(), 2);
    }
    let second = message.u8_at(1)?;
    let encoding = Encoding::of_header(second);
    if encoding != Encoding::WithFamily {
        put!(cx, ", RFC2117-encoding");
    }
    if message.length() < HEADER_LENGTH {
        return put_short(cx, message.length(), HEADER_LENGTH);
    }
    put_checksum(cx, &message, kind, ip)?;
    let body = Reader { data: message.skip(HEADER_LENGTH as usize), encoding };
    match put_body(cx, body, kind, second >> 4) {
        Ok(()) => Ok(()),
        Err(stop) => stop.settle(cx),
    }
}

fn put_short(cx: &mut Context, length: u32, minimum: u32) -> Outcome {
    put!(cx, "[length ", length, " < ", minimum, "]");
    cx.invalid()
}

fn put_checksum(cx: &mut Context, message: &Cursor, kind: u8, ip: &IpHeader) -> Outcome {
    let found = message.be16_at(2)?;
    put!(cx, ", cksum 0x", Hex0(found, 4), " ");
    let mut verdict = None;
    if found != 0 {
        if kind == REGISTER {
            verdict = verify(message, REGISTER_SUMMED, ip)?;
        }
        if kind != REGISTER || verdict == Some(false) {
            verdict = verify(message, message.length(), ip)?;
        }
    }
    put!(
        cx,
        match verdict {
            Some(true) => "(correct)",
            Some(false) => "(incorrect)",
            None => "(unverified)",
        }
    );
    Ok(())
}

/// Whether the checksum over the first `length` octets is right; nothing if they were not all captured.
fn verify(message: &Cursor, length: u32, ip: &IpHeader) -> Outcome<Option<bool>> {
    let Ok(octets) = message.bytes_at(0, length as usize) else { return Ok(None) };
    let pseudo_header = match ip.version() {
        4 => Sum16BitWords::new(),
        _ => ip.pseudo_header(protocol::PIM, length)?,
    };
    Ok(Some(checksum::verify(pseudo_header, octets, 0) == Verdict::Correct))
}

fn put_body(cx: &mut Context, mut body: Reader, kind: u8, subtype: u8) -> Step {
    match kind {
        HELLO => hello::put(cx, body),
        REGISTER => put_register(cx, body.data),
        REGISTER_STOP => {
            body.put_group(cx, " group=")?;
            body.put_host(cx, " source=")
        }
        JOIN_PRUNE | GRAFT => joins::put(cx, body, true),
        GRAFT_ACK => joins::put(cx, body, false),
        BOOTSTRAP => bootstrap::put(cx, body),
        ASSERT => put_assert(cx, body),
        CANDIDATE_RP => bootstrap::put_candidate(cx, body),
        STATE_REFRESH => put_state_refresh(cx, body),
        DF_ELECTION => put_election(cx, body, subtype),
        _ => {
            put!(cx, " [type ", kind, "]");
            Ok(())
        }
    }
}

/// A multicast packet on its way to the rendezvous point (RFC 7761 section 4.9.3).
fn put_register(cx: &mut Context, mut data: Cursor) -> Step {
    if data.length() < 4 || !data.has(4) {
        return Err(Stop::Incomplete);
    }
    put!(cx, ", Flags [ ", lookup(REGISTER_FLAGS, data.be32()?).unwrap_or("none"), " ]\n\t");
    if data.length() == 0 {
        return Err(Stop::Incomplete);
    }
    match data.u8_at(0)? >> 4 {
        0 => {
            data.need(20)?;
            put!(cx, "IP-Null-header ");
            cx.ipv4_at(&data, 12)?;
            put!(cx, " > ");
            cx.ipv4_at(&data, 16)?;
        }
        4 => ipv4::print(cx, data)?,
        6 => ipv6::print(cx, data)?,
        version => put!(cx, "IP ver ", version),
    }
    Ok(())
}

fn put_assert(cx: &mut Context, mut body: Reader) -> Step {
    body.put_group(cx, " group=")?;
    body.put_host(cx, " src=")?;
    body.need(8)?;
    let (preference, metric) = (body.data.be32()?, body.data.be32()?);
    put!(cx, if preference >> 31 != 0 { " RPT" } else { "" });
    put!(cx, " pref=", preference & 0x7fff_ffff, " metric=", metric);
    Ok(())
}

/// Keeps pruned branches pruned (RFC 3973 section 4.7.10).
fn put_state_refresh(cx: &mut Context, mut body: Reader) -> Step {
    body.put_host(cx, " src=")?;
    body.put_group(cx, " grp=")?;
    body.put_host(cx, " forwarder=")?;
    body.need_claimed(2)?;
    put!(cx, " TUNR ");
    put!(cx, Seconds(body.data.be16()?.into()));
    Ok(())
}

/// Who forwards on a link of a bidirectional tree (RFC 5015 section 3.7).
fn put_election(cx: &mut Context, mut body: Reader, subtype: u8) -> Step {
    put!(cx, "\n\t  ", lookup(ELECTION_MESSAGES, subtype).unwrap_or("Unknown"), ",");
    body.put_host(cx, " rpa=")?;
    put!(cx, " sender pref=", body.data.be32()?);
    put!(cx, " sender metric=", body.data.be32()?);
    let whose = match subtype {
        BACKOFF => "offer",
        PASS => "new winner",
        _ => return Ok(()),
    };
    put!(cx, "\n\t  ", whose);
    body.put_host(cx, " addr=")?;
    put!(cx, " ", whose, " pref=", body.data.be32()?);
    put!(cx, " ", whose, " metric=", body.data.be32()?);
    if subtype == BACKOFF {
        put!(cx, " interval ", body.data.be16()?, "ms");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
