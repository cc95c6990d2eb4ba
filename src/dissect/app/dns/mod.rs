//! Domain Name System (RFC 1035), over UDP, over TCP and by multicast (RFC 6762).

mod edns;
pub mod name;
pub(super) mod names;
mod rdata;
mod records;
mod unreadable;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;
use names::{OPCODES, RESPONSE_CODES};
use unreadable::Read;

pub use unreadable::Unreadable;

/// Octets of a message's header.
const HEADER_LENGTH: u32 = 12;

const RESPONSE: u16 = 0x8000;
const AUTHORITATIVE: u16 = 0x0400;
const TRUNCATION: u16 = 0x0200;
const RECURSION_DESIRED: u16 = 0x0100;
const RECURSION_AVAILABLE: u16 = 0x0080;
const AUTHENTIC_DATA: u16 = 0x0020;
const CHECKING_DISABLED: u16 = 0x0010;
/// Flags that mean something in a response only, and a bit that is reserved.
const NOT_IN_QUERIES: u16 = 0x06cf;

const INVERSE_QUERY: u16 = 1;

/// A message and what its transport says about it.
#[derive(Clone, Copy)]
struct Message<'p> {
    data: Cursor<'p>,
    /// Multicast DNS gives the top bit of a class a meaning.
    multicast: bool,
}

struct Header {
    id: u16,
    flags: u16,
    questions: u16,
    answers: u16,
    authorities: u16,
    additionals: u16,
}

/// Prints a message in a datagram.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "domain";
    print_message(cx, Message { data, multicast: false })
}

/// Prints a message of multicast DNS.
pub fn print_multicast(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "domain";
    print_message(cx, Message { data, multicast: true })
}

/// Prints a message in a TCP segment, behind its length (RFC 1035 section 4.2.2).
pub fn print_segment(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "domain";
    let length = data.length();
    if length < 2 {
        put!(cx, " [DNS over TCP: length ", length, " < 2]");
        return cx.invalid();
    }
    let (prefix, length) = (data.be16_at(0)?, length - 2);
    if u32::from(prefix) != length {
        put!(cx, " [prefix length(", prefix, ") != length(", length, ")]");
        return cx.invalid();
    }
    put!(cx, " ");
    print_message(cx, Message { data: data.skip(2), multicast: false })
}

fn print_message(cx: &mut Context, message: Message) -> Outcome {
    let length = message.data.length();
    if length < HEADER_LENGTH {
        put!(cx, cx.protocol, " [length ", length, " < ", HEADER_LENGTH, "]");
        return cx.invalid();
    }
    match put_message(cx, &message) {
        Ok(()) => {
            put!(cx, " (", length, ")");
            Ok(())
        }
        Err(unreadable) => unreadable.settle(cx),
    }
}

fn put_message(cx: &mut Context, message: &Message) -> Read {
    let header = read_header(&message.data)?;
    if header.flags & RESPONSE != 0 { put_response(cx, message, &header) } else { put_query(cx, message, &header) }
}

fn read_header(data: &Cursor) -> Outcome<Header> {
    Ok(Header {
        additionals: data.be16_at(10)?,
        authorities: data.be16_at(8)?,
        answers: data.be16_at(6)?,
        questions: data.be16_at(4)?,
        flags: data.be16_at(2)?,
        id: data.be16_at(0)?,
    })
}

fn put_response(cx: &mut Context, message: &Message, header: &Header) -> Read {
    let flags = header.flags;
    put!(cx, header.id);
    put_opcode(cx, flags);
    // What keeps the OPT record from being found is told when it is printed, so not here.
    let extension = records::extended_response_code(message, header).unwrap_or(0);
    put_response_code(cx, flags & 0xf | u16::from(extension) << 4);
    put!(
        cx,
        if flags & AUTHORITATIVE != 0 { "*" } else { "" },
        if flags & RECURSION_AVAILABLE != 0 { "" } else { "-" },
        if flags & TRUNCATION != 0 { "|" } else { "" },
        if flags & AUTHENTIC_DATA != 0 { "$" } else { "" },
    );
    if header.questions != 1 {
        put!(cx, " [", header.questions, "q]");
    }
    let mut at = HEADER_LENGTH as usize;
    for index in 0..header.questions {
        if index > 0 {
            put!(cx, ",");
        }
        if cx.style.verbose > 1 {
            put!(cx, " q:");
            at = records::print_question(cx, message, at)?;
        } else {
            at = name::end(&message.data, at)? + records::QUESTION_LENGTH;
        }
    }
    put!(cx, " ", header.answers, "/", header.authorities, "/", header.additionals);
    let at = records::print_section(cx, message, at, "", header.answers)?;
    if cx.style.verbose > 1 {
        let at = records::print_section(cx, message, at, " ns:", header.authorities)?;
        records::print_section(cx, message, at, " ar:", header.additionals)?;
    }
    Ok(())
}

fn put_query(cx: &mut Context, message: &Message, header: &Header) -> Read {
    put!(cx, header.id);
    put_opcode(cx, header.flags);
    put!(cx, if header.flags & RECURSION_DESIRED != 0 { "+" } else { "" });
    put!(cx, if header.flags & CHECKING_DISABLED != 0 { "%" } else { "" });
    put_query_oddities(cx, header);
    let mut at = HEADER_LENGTH as usize;
    for _ in 0..header.questions {
        at = records::print_question(cx, message, at)?;
    }
    if cx.style.verbose > 1 {
        let at = records::print_section(cx, message, at, "", header.answers)?;
        let at = records::print_section(cx, message, at, " ns:", header.authorities)?;
        records::print_section(cx, message, at, " ar:", header.additionals)?;
    }
    Ok(())
}

/// Flags and counts that a query should not have.
fn put_query_oddities(cx: &mut Context, header: &Header) {
    if header.flags & NOT_IN_QUERIES != 0 {
        put!(cx, " [b2&3=0x", Hex(header.flags), "]");
    }
    let &Header { questions, answers, authorities, additionals, .. } = header;
    if opcode(header.flags) == INVERSE_QUERY {
        put_count(cx, questions, 0, "q");
        put_count(cx, answers, 1, "a");
    } else {
        put_count(cx, answers, 0, "a");
        put_count(cx, questions, 1, "q");
    }
    put_count(cx, authorities, 0, "n");
    put_count(cx, additionals, 0, "au");
}

fn put_count(cx: &mut Context, count: u16, expected: u16, section: &str) {
    if count != expected {
        put!(cx, " [", count, section, "]");
    }
}

fn opcode(flags: u16) -> u16 {
    flags >> 11 & 0xf
}

fn put_opcode(cx: &mut Context, flags: u16) {
    put!(cx, OPCODES.get(usize::from(opcode(flags))).copied().unwrap_or_default());
}

fn put_response_code(cx: &mut Context, code: u16) {
    match RESPONSE_CODES.get(usize::from(code)) {
        Some(name) => put!(cx, name),
        None => put!(cx, " Resp", code),
    }
}

#[cfg(test)]
mod tests;
