//! The encrypted payload of IKEv2, in which all others are (RFC 7296 section 3.14).

use super::super::stop::Stop;
use super::ikev2::put_name;
use super::payload::{Chain, HEADER_LENGTH, Next, Payload, Sender, Version, need, print_chain, put_all};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::put;
use crate::report;
use crate::secrets::keys::Sealed;

/// The payload's number.
pub(super) const KIND: u8 = 46;

/// Prints the payload, and those inside if a key of the user's opens it. Nothing follows it.
pub(super) fn print(
    cx: &mut Context,
    message: &Cursor,
    payload: Payload,
    sender: Option<Sender>,
) -> Result<Next, Stop> {
    put_name(cx, message, &payload, payload.kind)?;
    let length = payload.length - HEADER_LENGTH;
    put!(cx, " len=", length);
    if length > 4 {
        put_all(cx, message, &payload)?;
    }
    need(message, payload.at, payload.length)?;
    // Nothing is encrypted twice; tcpdump gives the packet up.
    let sender = sender.ok_or(Truncated)?;
    if !cx.keys.is_empty() {
        print_inside(cx, message, &payload, sender)?;
    }
    Ok(None)
}

fn print_inside(cx: &mut Context, message: &Cursor, payload: &Payload, sender: Sender) -> Outcome {
    let kind = message.u8_at(payload.at)?;
    let sealed = message.bytes_at(payload.at + HEADER_LENGTH, payload.length - HEADER_LENGTH)?;
    cx.with_scratch(|cx, plain| {
        match cx.keys.open_ike(sender.is_initiator, sender.cookies, sealed, plain) {
            Ok(()) if !plain.is_empty() => {
                let chain = Chain {
                    kind,
                    at: 0,
                    protocol: payload.protocol,
                    depth: payload.depth + 1,
                    version: Version::Two(None),
                };
                return print_chain(cx, &Cursor::new(plain, plain.len() as u32), chain).map(drop);
            }
            Err(Sealed::NotBlocks { length, block }) => {
                report::not_blocks("esp_decrypt_buffer_by_ikev2_print", length, block);
            }
            Ok(()) | Err(Sealed::NoKey | Sealed::TooShort) => {}
        }
        Ok(())
    })
}
