//! SNMP version 3: the message's header (RFC 3412 section 6), the user-based security model
//! (RFC 3414 section 2.4), and the scoped PDU.

use super::{Kind, Version, asn1_text, pdu, put_bracket, take, take_integer};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const AUTHENTICATED: u8 = 0x01;
const PRIVATE: u8 = 0x02;
const REPORTABLE: u8 = 0x04;

const USER_BASED_SECURITY: i32 = 3;

/// Prints a message from behind its version.
pub(super) fn print(cx: &mut Context, mut message: Cursor) -> Outcome {
    let mut behind_header = message;
    let Some(header) = take(cx, &mut behind_header, Kind::Sequence, "[!message]")? else { return Ok(()) };
    let Some((model, unread)) = print_header(cx, header.contents)? else { return Ok(()) };
    // What is unread of the header counts as the parameters' beginning.
    let header_length = message.length() - behind_header.length() - unread;
    message = message.skip(header_length as usize);
    put_bracket(cx, "} ");
    if model != USER_BASED_SECURITY {
        put!(cx, "[security model ", model, "]");
        return Ok(());
    }
    put_bracket(cx, "{ USM ");
    let complaint = "[msgSecurityParameters!=STR]";
    let Some(parameters) = take(cx, &mut message, Kind::String, complaint)? else { return Ok(()) };
    print_user_based_security(cx, parameters.contents)?;
    put_bracket(cx, "} ");
    put_bracket(cx, "{ ScopedPDU ");
    print_scoped_pdu(cx, message)?;
    put_bracket(cx, "} ");
    Ok(())
}

/// The header; the result is the security model, and how many octets are unread.
fn print_header(cx: &mut Context, mut rest: Cursor) -> Outcome<Option<(i32, u32)>> {
    put_bracket(cx, "{ ");
    for complaint in ["[msgID!=INT]", "[msgMaxSize!=INT]"] {
        if take_integer(cx, &mut rest, complaint)?.is_none() {
            return Ok(None);
        }
    }
    let Some(flags) = take(cx, &mut rest, Kind::String, "[msgFlags!=STR]")? else { return Ok(None) };
    let &[flags] = flags.contents.captured() else {
        put!(cx, "[msgFlags size ", flags.contents.length(), "]");
        return Ok(None);
    };
    let is_private_only = flags & (AUTHENTICATED | PRIVATE) == PRIVATE;
    if flags & !(AUTHENTICATED | PRIVATE | REPORTABLE) != 0 || is_private_only {
        put!(cx, "[msgFlags=0x");
        for digit in [flags >> 4, flags & 0xf] {
            put!(cx, char::from_digit(digit.into(), 16).unwrap_or_default().to_ascii_uppercase());
        }
        put!(cx, "]");
        return Ok(None);
    }
    put!(cx, "F=");
    for (flag, letter) in [(AUTHENTICATED, "a"), (PRIVATE, "p"), (REPORTABLE, "r")] {
        put!(cx, if flags & flag != 0 { letter } else { "" });
    }
    put!(cx, " ");
    let before = rest.length();
    let Some(model) = take_integer(cx, &mut rest, "[msgSecurityModel!=INT]")? else { return Ok(None) };
    put_more_than_last(cx, before, rest.length(), "message SEQ");
    Ok(Some((model, rest.length())))
}

/// Says how many octets are left over, which tcpdump counts from the length of the last element on.
fn put_more_than_last(cx: &mut Context, before: u32, left: u32, after: &str) {
    let last = before - left;
    if last < left {
        put!(cx, "[", left - last, " extra after ", after, "]");
    }
}

fn print_user_based_security(cx: &mut Context, mut parameters: Cursor) -> Outcome {
    let Some(sequence) = take(cx, &mut parameters, Kind::Sequence, "[!usm]")? else { return Ok(()) };
    let mut rest = sequence.contents;
    if take(cx, &mut rest, Kind::String, "[msgAuthoritativeEngineID!=STR]")?.is_none() {
        return Ok(());
    }
    for (label, complaint) in
        [("B=", "[msgAuthoritativeEngineBoots!=INT]"), ("T=", "[msgAuthoritativeEngineTime!=INT]")]
    {
        let Some(number) = take_integer(cx, &mut rest, complaint)? else { return Ok(()) };
        if cx.style.verbose > 0 {
            put!(cx, label, number, " ");
        }
    }
    let Some(user) = take(cx, &mut rest, Kind::String, "[msgUserName!=STR]")? else { return Ok(()) };
    put!(cx, "U=");
    asn1_text::put_string(cx, user.contents.captured());
    put!(cx, " ");
    if take(cx, &mut rest, Kind::String, "[msgAuthenticationParameters!=STR]")?.is_none() {
        return Ok(());
    }
    let before = rest.length();
    if take(cx, &mut rest, Kind::String, "[msgPrivacyParameters!=STR]")?.is_none() {
        return Ok(());
    }
    put_more_than_last(cx, before, rest.length(), "usm SEQ");
    Ok(())
}

fn print_scoped_pdu(cx: &mut Context, mut message: Cursor) -> Outcome {
    let Some(sequence) = take(cx, &mut message, Kind::Sequence, "[!scoped PDU]")? else { return Ok(()) };
    let mut rest = sequence.contents;
    let Some(engine) = take(cx, &mut rest, Kind::String, "[contextEngineID!=STR]")? else { return Ok(()) };
    put!(cx, "E=");
    asn1_text::put_octets(cx, engine.contents.captured());
    put!(cx, " ");
    let Some(name) = take(cx, &mut rest, Kind::String, "[contextName!=STR]")? else { return Ok(()) };
    put!(cx, "C=");
    asn1_text::put_string(cx, name.contents.captured());
    put!(cx, " ");
    pdu::print(cx, rest, Version::Three)
}
