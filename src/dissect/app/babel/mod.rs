//! Babel routing protocol (RFC 8966), with what its extensions and its drafts added.

mod messages;
mod prefix;
mod source_specific;
mod sub_tlvs;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::put;
use prefix::Prefixes;

const MAGIC: u8 = 42;
const VERSION: u8 = 2;
/// Octets of the header, and of a TLV's kind and length.
const HEADER_LENGTH: usize = 4;
const TLV_HEADER_LENGTH: usize = 2;
/// One octet that fills up.
const PAD_1: u8 = 0;

/// Why a packet is not read to its end.
enum Stop {
    /// A read ran past the capture.
    Truncated,
    /// It was seen in time that something is not all there.
    Incomplete,
    /// It contradicts the protocol.
    Invalid,
}

impl From<Truncated> for Stop {
    fn from(_: Truncated) -> Self {
        Stop::Truncated
    }
}

/// How far a part of a packet came.
type Step<T = ()> = Result<T, Stop>;

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "babel";
    put!(cx, "babel");
    match put_packet(cx, packet) {
        Ok(()) => Ok(()),
        Err(Stop::Truncated) => Err(Truncated),
        Err(Stop::Invalid) => cx.invalid(),
        Err(Stop::Incomplete) => {
            cx.truncated();
            Ok(())
        }
    }
}

fn put_packet(cx: &mut Context, packet: Cursor) -> Step {
    if !packet.has(HEADER_LENGTH) {
        return Err(Stop::Incomplete);
    }
    let [magic, version] = packet.array_at(0)?;
    if magic != MAGIC {
        put!(cx, " invalid header");
        return Ok(());
    }
    put!(cx, " ", version);
    if version != VERSION {
        put!(cx, " unknown version");
        return Ok(());
    }
    if packet.length() < HEADER_LENGTH as u32 {
        return Err(Stop::Invalid);
    }
    let length = u32::from(packet.be16_at(2)?);
    put!(cx, " (", length, ")");
    let body = packet.skip(HEADER_LENGTH);
    if body.length() < length {
        return Err(Stop::Invalid);
    }
    put_tlvs(cx, body.with_length(length))?;
    let trailer = body.skip(length as usize);
    if trailer.length() > 0 {
        put!(cx, if cx.style.verbose > 0 { "\n\t----" } else { " |" });
        put_tlvs(cx, trailer)?;
    }
    Ok(())
}

fn put_tlvs(cx: &mut Context, mut rest: Cursor) -> Step {
    let verbose = cx.style.verbose > 0;
    let mut prefixes = Prefixes::default();
    while rest.length() > 0 {
        let kind = rest.u8_at(0)?;
        if kind == PAD_1 {
            put!(cx, if verbose { "\n\tPad 1" } else { " pad1" });
            rest = rest.skip(1);
            continue;
        }
        if rest.length() < TLV_HEADER_LENGTH as u32 {
            return Err(Stop::Invalid);
        }
        if !rest.has(TLV_HEADER_LENGTH) {
            return Err(Stop::Incomplete);
        }
        let length = usize::from(rest.u8_at(1)?);
        let whole = TLV_HEADER_LENGTH + length;
        if rest.length() < whole as u32 {
            return Err(Stop::Invalid);
        }
        let octets = rest.bytes_at(TLV_HEADER_LENGTH, length).map_err(|_| Stop::Incomplete)?;
        let value = Cursor::new(octets, length as u32);
        if verbose {
            messages::put(cx, kind, value, &mut prefixes)?;
        } else {
            put_name(cx, kind, &value)?;
        }
        rest = rest.skip(whole);
    }
    Ok(())
}

/// What a TLV is, in a word.
fn put_name(cx: &mut Context, kind: u8, value: &Cursor) -> Step {
    const NAMES: [&str; 20] = [
        " pad1",
        " padN",
        " ack-req",
        " ack",
        " hello",
        " ihu",
        " router-id",
        " nh",
        " update",
        " route-request",
        " seqno-request",
        " tspc",
        " hmac",
        " ss-update",
        " ss-request",
        " ss-mh-request",
        " mac",
        " pc",
        " challenge_request",
        " challenge_reply",
    ];
    put!(cx, NAMES.get(usize::from(kind)).copied().unwrap_or(" unknown"));
    if kind == messages::UPDATE {
        if value.length() < messages::UPDATE_LENGTH_MIN {
            return Err(Stop::Invalid);
        }
        messages::put_update_flags(cx, value.u8_at(1)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
