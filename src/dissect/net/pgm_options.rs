//! Options of PGM (RFC 3208 section 9, draft-ietf-rmt-bb-pgmcc).

use super::pgm::take_address;
use crate::dissect::address_family;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Put, hex_octet};
use crate::put;

/// Octets of an option's kind, length and flags.
const LENGTH_MIN: u8 = 4;
/// The bit of the kind that marks the last option.
const LAST: u8 = 0x80;

const TOTAL_LENGTH: u8 = 0x00;
const FRAGMENT: u8 = 0x01;
const NAK_LIST: u8 = 0x02;
const JOIN: u8 = 0x03;
const BACK_OFF_INTERVAL: u8 = 0x04;
const BACK_OFF_RANGE: u8 = 0x05;
const REDIRECT: u8 = 0x07;
const PARITY_PARAMETERS: u8 = 0x08;
const PARITY_GROUP: u8 = 0x09;
const GROUP_SIZE: u8 = 0x0a;
const NEIGHBOR_UNREACHABLE: u8 = 0x0b;
const PATH: u8 = 0x0c;
const SYN: u8 = 0x0d;
const FIN: u8 = 0x0e;
const RST: u8 = 0x0f;
const CONGESTION_REPORT: u8 = 0x10;
const CONGESTION_REQUEST: u8 = 0x11;
const PGMCC_DATA: u8 = 0x12;
const PGMCC_FEEDBACK: u8 = 0x13;

/// How the options ended.
pub(super) enum End {
    /// As they should, or with one too short for its header.
    Proper,
    /// With one that cannot be, which has been said.
    Early,
    /// With one that makes the packet invalid.
    Invalid,
}

/// Prints the options and steps over them.
pub(super) fn print(cx: &mut Context, data: &mut Cursor) -> Outcome<End> {
    data.need(LENGTH_MIN.into())?;
    let ([kind, length], total) = (data.array_at(0)?, data.be16_at(2)?);
    let kind = kind & !LAST;
    if kind != TOTAL_LENGTH {
        put!(cx, "[First option bad, should be PGM_OPT_LENGTH, is ", kind, "]");
        return Ok(End::Early);
    }
    if length != LENGTH_MIN {
        put_bad_length(cx, "OPT_LENGTH", length, LENGTH_MIN, "");
        return Ok(End::Early);
    }
    if total < 4 {
        put!(cx, "[Bad total option length ", total, " < 4]");
        return Ok(End::Early);
    }
    put!(cx, " OPTS LEN ", total);
    *data = data.skip(4);
    let mut rest = u32::from(total) - 4;
    while rest > 0 {
        if rest < LENGTH_MIN.into() {
            return Ok(put_no_room(cx));
        }
        let [kind, length]: [u8; 2] = data.array()?;
        if length < LENGTH_MIN {
            put!(cx, "[Bad option, length ", length, " < ", LENGTH_MIN, "]");
            break;
        }
        if rest < length.into() {
            return Ok(put_no_room(cx));
        }
        let mut value = Cursor::new(data.bytes(usize::from(length) - 2)?, length.into());
        match print_option(cx, kind, length, &mut value)? {
            End::Proper => {}
            end => return Ok(end),
        }
        // tcpdump does not count the header of a list.
        rest -= u32::from(if kind & !LAST == NAK_LIST { length - LENGTH_MIN } else { length });
        if kind & LAST != 0 {
            break;
        }
    }
    Ok(End::Proper)
}

fn put_no_room(cx: &mut Context) -> End {
    put!(cx, "[Total option length leaves no room for final option]");
    End::Early
}

fn put_bad_length(cx: &mut Context, name: &str, length: u8, expected: u8, more: &str) {
    put!(cx, "[Bad ", name, " option, length ", length, " != ", expected, more, "]");
}

/// The name and length of an option whose length is fixed.
fn fixed_length(kind: u8) -> Option<(&'static str, u8)> {
    Some(match kind {
        TOTAL_LENGTH => ("OPT_LENGTH", 4),
        FRAGMENT => ("OPT_FRAGMENT", 16),
        JOIN => ("OPT_JOIN", 8),
        BACK_OFF_INTERVAL => ("OPT_NAK_BO_IVL", 12),
        BACK_OFF_RANGE => ("OPT_NAK_BO_RNG", 12),
        PARITY_PARAMETERS => ("OPT_PARITY_PRM", 8),
        PARITY_GROUP => ("OPT_PARITY_GRP", 8),
        GROUP_SIZE => ("OPT_CURR_TGSIZE", 8),
        NEIGHBOR_UNREACHABLE => ("OPT_NBR_UNREACH", 4),
        SYN => ("OPT_SYN", 4),
        FIN => ("OPT_FIN", 4),
        RST => ("OPT_RST", 4),
        CONGESTION_REQUEST => ("OPT_CRQST", 4),
        _ => return None,
    })
}

/// Prints one option; `value` starts behind its length.
fn print_option(cx: &mut Context, kind: u8, length: u8, value: &mut Cursor) -> Outcome<End> {
    let known = kind & !LAST;
    if let Some((name, expected)) = fixed_length(known)
        && length != expected
    {
        put_bad_length(cx, name, length, expected, "");
        return Ok(End::Early);
    }
    match known {
        TOTAL_LENGTH => put!(cx, " OPTS LEN (extra?) ", value.be16()?),
        NAK_LIST => return put_list(cx, value.skip(2).captured()),
        NEIGHBOR_UNREACHABLE => put!(cx, " NBR_UNREACH"),
        PATH => put!(cx, " PATH_NLA [", length, "]"),
        SYN => put!(cx, " SYN"),
        FIN => put!(cx, " FIN"),
        RST => put!(cx, " RST"),
        CONGESTION_REPORT => put!(cx, " CR"),
        CONGESTION_REQUEST => put!(cx, " CRQST"),
        REDIRECT | PGMCC_DATA | PGMCC_FEEDBACK => return put_address(cx, known, length, value),
        _ => {
            *value = value.skip(2);
            return put_numbers(cx, kind, length, value);
        }
    }
    Ok(End::Proper)
}

/// Options that hold a number or two.
fn put_numbers(cx: &mut Context, kind: u8, length: u8, value: &mut Cursor) -> Outcome<End> {
    match kind & !LAST {
        FRAGMENT => put!(cx, " FRAG seq ", value.be32()?, " off ", value.be32()?, " len ", value.be32()?),
        JOIN => put!(cx, " JOIN ", value.be32()?),
        BACK_OFF_INTERVAL => put!(cx, " BACKOFF ivl ", value.be32()?, " ivlseq ", value.be32()?),
        BACK_OFF_RANGE => put!(cx, " BACKOFF max ", value.be32()?, " min ", value.be32()?),
        PARITY_PARAMETERS => put!(cx, " PARITY MAXTGS ", value.be32()?),
        PARITY_GROUP => put!(cx, " PARITY GROUP ", value.be32()?),
        GROUP_SIZE => put!(cx, " PARITY ATGS ", value.be32()?),
        _ => put!(cx, " OPT_", HexCaps(kind), " [", length, "] "),
    }
    Ok(End::Proper)
}

/// Further packets that are missing.
fn put_list(cx: &mut Context, list: &[u8]) -> Outcome<End> {
    put!(cx, " NAK LIST");
    let numbers = list.chunks_exact(4);
    let rest = numbers.remainder();
    for number in numbers {
        put!(cx, " ", Cursor::new(number, 4).be32_at(0)?);
    }
    if rest.is_empty() {
        return Ok(End::Proper);
    }
    put!(cx, "[Option length not a multiple of 4]");
    Ok(End::Early)
}

/// Where the path leads elsewhere, or what congestion control knows: a family and an address of it.
fn put_address(cx: &mut Context, kind: u8, length: u8, value: &mut Cursor) -> Outcome<End> {
    let (name, text, fixed) = match kind {
        REDIRECT => ("OPT_REDIRECT", " REDIRECT ", 8),
        PGMCC_DATA => ("OPT_PGMCC_DATA", " PGMCC DATA ", 12),
        _ => ("OPT_PGMCC_FEEDBACK", " PGMCC FEEDBACK ", 12),
    };
    if length < fixed {
        put!(cx, "[Bad ", if kind == PGMCC_FEEDBACK { "PGM_" } else { "" }, name, " option");
        put!(cx, ", length ", length, " < ", fixed, "]");
        return Ok(End::Early);
    }
    *value = value.skip(2);
    let time_stamp = if kind == REDIRECT { None } else { Some(value.be32()?) };
    let family = value.be16()?;
    *value = value.skip(2);
    let address_length = match family {
        address_family::IPV4 => 4,
        address_family::IPV6 => 16,
        _ => return Ok(End::Invalid),
    };
    if length != fixed + address_length {
        put_bad_length(cx, name, length, fixed, " + address size");
        return Ok(End::Early);
    }
    let Some(address) = take_address(value, family)? else { return Ok(End::Invalid) };
    put!(cx, text);
    if let Some(time_stamp) = time_stamp {
        put!(cx, time_stamp, " ");
    }
    put!(cx, address);
    Ok(End::Proper)
}

/// An octet in capital hexadecimal digits.
struct HexCaps(u8);

impl Put for HexCaps {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(hex_octet(self.0).map(|digit| digit.to_ascii_uppercase()));
    }
}
