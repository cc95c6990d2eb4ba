//! Questions and resource records (RFC 1035 section 4.1), and the sections they stand in.

use super::names::{put_class, put_type};
use super::unreadable::{Read, Unreadable};
use super::{HEADER_LENGTH, Header, Message, name, rdata};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::duration::Seconds;
use crate::put;

/// Octets of a question behind its name: type and class.
pub(super) const QUESTION_LENGTH: usize = 4;
/// Octets of a record between its name and its data: type, class, time to live, length.
const RECORD_LENGTH: usize = 10;

const CLASS_INTERNET: u16 = 1;
/// Multicast DNS: in a question, an answer by unicast is welcome; in a record, caches are to be flushed.
const CLASS_TOP_BIT: u16 = 0x8000;

/// The top bit of an OPT record's flags: DNSSEC records are welcome (RFC 3225).
const DNSSEC_OK: u16 = 0x8000;

/// Prints a question and returns where it ends.
pub(super) fn print_question(cx: &mut Context, message: &Message, at: usize) -> Read<usize> {
    let data = &message.data;
    let fields = name::end(data, at)?;
    let (kind, class) = (data.be16_at(fields)?, data.be16_at(fields + 2)?);
    put!(cx, " ");
    put_type(cx, kind);
    put_class_unless_internet(cx, message.class(class));
    if message.multicast {
        put!(cx, if class & CLASS_TOP_BIT != 0 { " (QU)" } else { " (QM)" });
    }
    put!(cx, "? ");
    Ok(name::print(cx, data, at, 0)? + QUESTION_LENGTH)
}

/// Prints `count` records behind the section's label and returns where they end. A section without a
/// label is the answer's: it is begun even where the capture ends in front of it.
pub(super) fn print_section(cx: &mut Context, message: &Message, at: usize, label: &str, count: u16) -> Read<usize> {
    let mut at = at;
    for index in 0..count {
        let must_be_there = index > 0 || !label.is_empty();
        if must_be_there && !message.data.has(at + 1) {
            return Err(Unreadable::Message);
        }
        put!(cx, if index == 0 { label } else { "," });
        at = print_record(cx, message, at)?;
    }
    Ok(at)
}

/// Prints a record and returns where it ends.
fn print_record(cx: &mut Context, message: &Message, at: usize) -> Read<usize> {
    let data = &message.data;
    let name_end = if cx.style.verbose > 0 {
        put!(cx, " ");
        Some(name::print(cx, data, at, 0)?)
    } else {
        name::end(data, at).ok()
    };
    let Some(mut fields) = name_end.map(|end| data.skip(end)).filter(|fields| fields.has(RECORD_LENGTH)) else {
        return Ok(data.captured().len());
    };
    let (kind, class) = (fields.be16()?, fields.be16()?);
    if kind != rdata::OPT {
        put_class_unless_internet(cx, message.class(class));
    }
    if message.multicast && class & CLASS_TOP_BIT != 0 {
        put!(cx, " (Cache flush)");
    }
    let time_to_live = fields.be32()?;
    if kind != rdata::OPT && cx.style.verbose > 2 {
        put!(cx, " [", Seconds(time_to_live), "]");
    }
    let length = usize::from(fields.be16()?);
    put!(cx, " ");
    put_type(cx, kind);
    fields.need(length)?;
    let at = data.captured().len() - fields.captured().len();
    if kind == rdata::OPT {
        let dnssec_ok = time_to_live as u16 & DNSSEC_OK != 0;
        put!(cx, " UDPsize=", message.class(class), if dnssec_ok { " DO" } else { "" });
    }
    rdata::print(cx, data, kind, at, length)?;
    Ok(at + length)
}

fn put_class_unless_internet(cx: &mut Context, class: u16) {
    if class != CLASS_INTERNET {
        put!(cx, " ");
        put_class(cx, class);
    }
}

impl Message<'_> {
    /// A class without the bit that multicast DNS took of it.
    fn class(&self, field: u16) -> u16 {
        if self.multicast { field & !CLASS_TOP_BIT } else { field }
    }
}

/// The upper 8 bits of the response code (RFC 6891 section 6.1.3): 0 where there is no OPT record.
pub(super) fn extended_response_code(message: &Message, header: &Header) -> Outcome<u8> {
    let data = &message.data;
    let mut at = HEADER_LENGTH as usize;
    for _ in 0..header.questions {
        at = name::end(data, at)? + QUESTION_LENGTH;
    }
    let before = u32::from(header.answers) + u32::from(header.authorities);
    for index in 0..before + u32::from(header.additionals) {
        at = name::end(data, at)?;
        if index >= before && data.be16_at(at)? == rdata::OPT {
            return data.u8_at(at + 4);
        }
        at += RECORD_LENGTH + usize::from(data.be16_at(at + 8)?);
    }
    Ok(0)
}
