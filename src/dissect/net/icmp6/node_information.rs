//! Node information queries (RFC 4620) and their predecessor, the KAME project's who-are-you request.

use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::put;

const NOTHING: u16 = 0;
const NODE_NAME: u16 = 2;
const NODE_ADDRESSES: u16 = 3;
const IPV4_ADDRESSES: u16 = 4;

const SUBJECT_IPV6: u8 = 0;
const SUBJECT_NAME: u8 = 1;
const SUBJECT_IPV4: u8 = 2;

const SUCCESS: u8 = 0;
const REFUSED: u8 = 1;
const UNKNOWN: u8 = 2;

/// Not all addresses had room in the reply.
const TRUNCATED: u16 = 1;
const NODE_ADDRESS_FLAGS: &[Name] = &[(TRUNCATED as u32, "T"), (2, "A"), (4, "C"), (8, "L"), (0x10, "S"), (0x20, "G")];
const IPV4_ADDRESS_FLAGS: &[Name] = &[(TRUNCATED as u32, "T"), (2, "A")];

/// Octets in front of a query's subject or of a reply's data.
const HEADER_LENGTH: usize = 16;
/// Octets of a who-are-you request.
const WHO_ARE_YOU_LENGTH: usize = 12;

/// What is asked, and of whom.
pub fn put_query(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    let captured = message.captured().len();
    if captured == WHO_ARE_YOU_LENGTH {
        put!(cx, " who-are-you request");
        return Ok(());
    }
    if captured < HEADER_LENGTH {
        cx.truncated();
        return Ok(());
    }
    let (question, flags) = (message.be16_at(4)?, message.be16_at(6)?);
    match question {
        NOTHING => {
            put!(cx, " (noop");
            put_wrong_length(cx, message, HEADER_LENGTH, ", invalid len");
            put!(cx, ")");
            return Ok(());
        }
        NODE_NAME => put!(cx, " (node name"),
        NODE_ADDRESSES => put_query_flags(cx, " (node addresses", NODE_ADDRESS_FLAGS, flags),
        IPV4_ADDRESSES => put_query_flags(cx, " (ipv4 addresses", IPV4_ADDRESS_FLAGS, flags),
        _ => put!(cx, " (unknown"),
    }
    put_subject(cx, message, code)?;
    put!(cx, ")");
    Ok(())
}

/// What is asked for, and the flags that narrow it.
fn put_query_flags(cx: &mut Context, question: &str, names: &[Name], flags: u16) {
    put_flags(cx, question, names, flags);
    if flags & TRUNCATED != 0 {
        put!(cx, " [invalid flag Truncate present]");
    }
}

fn put_flags(cx: &mut Context, question: &str, names: &[Name], flags: u16) {
    put!(cx, question);
    if flags != 0 {
        put!(cx, " [");
        put_bits(&mut cx.out, names, flags.into(), "", "none");
        put!(cx, "]");
    }
}

/// At `-v`, says that the message is longer or shorter than it should be; whether it is.
fn put_wrong_length(cx: &mut Context, message: &Cursor, expected: usize, words: &str) -> bool {
    let wrong = message.captured().len() != expected;
    if wrong && cx.style.verbose > 0 {
        put!(cx, words);
    }
    wrong
}

/// Whom the question is about.
fn put_subject(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    let subject = message.skip(HEADER_LENGTH);
    let length = match code {
        SUBJECT_IPV6 => 16,
        SUBJECT_IPV4 => 4,
        SUBJECT_NAME => {
            put!(cx, ", subject=DNS name");
            return put_name(cx, subject);
        }
        _ => {
            put!(cx, ", unknown subject");
            return Ok(());
        }
    };
    if !subject.has(length) || put_wrong_length(cx, message, HEADER_LENGTH + length, ", invalid subject len") {
        return Ok(());
    }
    put!(cx, ", subject=");
    if code == SUBJECT_IPV6 { cx.ipv6_at(&subject, 0) } else { cx.ipv4_at(&subject, 0) }
}

/// A domain name without pointers. Two empty labels end one that is not fully qualified.
fn put_name(cx: &mut Context, mut data: Cursor) -> Outcome {
    put!(cx, ", \"");
    while data.has(1) {
        let length = usize::from(data.u8()?);
        let rest = data.captured();
        if length == 0 {
            match rest {
                [] => put!(cx, "."),
                [0] => {}
                _ => put!(cx, "???"),
            }
            break;
        }
        if length > rest.len() {
            put!(cx, "???");
            break;
        }
        cx.escaped(data.bytes(length)?);
        if data.has(2) && data.u8_at(0)? != 0 {
            put!(cx, ".");
        }
    }
    put!(cx, "\"");
    Ok(())
}

/// The answer.
pub fn put_reply(cx: &mut Context, message: &Cursor, code: u8) -> Outcome {
    let captured = message.captured().len();
    if message.length() as usize > captured || captured < HEADER_LENGTH {
        cx.truncated();
        return Ok(());
    }
    put!(cx, " (");
    match code {
        SUCCESS => put_answer(cx, message)?,
        REFUSED | UNKNOWN => {
            put!(cx, if code == REFUSED { "refused" } else { "unknown" });
            put_wrong_length(cx, message, HEADER_LENGTH, ", invalid length");
        }
        _ => {}
    }
    put!(cx, ")");
    Ok(())
}

fn put_answer(cx: &mut Context, message: &Cursor) -> Outcome {
    if cx.style.verbose > 0 {
        put!(cx, "success, ");
    }
    let data = message.skip(HEADER_LENGTH);
    let (question, flags) = (message.be16_at(4)?, message.be16_at(6)?);
    match question {
        NOTHING => {
            put!(cx, "noop");
            put_wrong_length(cx, message, HEADER_LENGTH, ", invalid length");
        }
        NODE_NAME => {
            put!(cx, "node name");
            put_name(cx, data.skip(4))?;
            if flags & 1 != 0 {
                put!(cx, " [TTL=", data.be32_at(0)?, "]");
            }
        }
        NODE_ADDRESSES => {
            put_flags(cx, "node addresses", NODE_ADDRESS_FLAGS, flags);
            put_node_addresses(cx, data)?;
        }
        IPV4_ADDRESSES => {
            put_flags(cx, "ipv4 addresses", NODE_ADDRESS_FLAGS, flags);
            put_ipv4_addresses(cx, data)?;
        }
        _ => put!(cx, "unknown"),
    }
    Ok(())
}

/// Addresses with their times to live; what is left over behind the last is not looked at.
fn put_node_addresses(cx: &mut Context, mut data: Cursor) -> Outcome {
    while data.has(20) {
        let time_to_live = data.be32()?;
        put!(cx, " ");
        cx.host(IpAddress::V6(Ipv6(data.array()?)));
        put!(cx, "(", time_to_live, ")");
    }
    Ok(())
}

fn put_ipv4_addresses(cx: &mut Context, mut data: Cursor) -> Outcome {
    while data.has(1) {
        let time_to_live = data.be32()?;
        let address = IpAddress::V4(Ipv4(data.array()?));
        put!(cx, " ");
        cx.host(address);
        put!(cx, "(", time_to_live, ")");
    }
    Ok(())
}
