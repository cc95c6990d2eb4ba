//! Options of the TCP header (RFC 9293 section 3.2 and those that IANA's table adds).

use super::{mptcp, tcp_signature};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::line::{Append, Line};
use crate::dissect::net::IpHeader;
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

const END: u8 = 0;
const NO_OPERATION: u8 = 1;
const MAXIMUM_SEGMENT_SIZE: u8 = 2;
const WINDOW_SCALE: u8 = 3;
const SACK_PERMITTED: u8 = 4;
const SACK: u8 = 5;
const ECHO: u8 = 6;
const ECHO_REPLY: u8 = 7;
const TIMESTAMPS: u8 = 8;
const CONNECTION_COUNT: u8 = 11;
const CONNECTION_COUNT_NEW: u8 = 12;
const CONNECTION_COUNT_ECHO: u8 = 13;
const MD5_SIGNATURE: u8 = 19;
const SCPS: u8 = 20;
const USER_TIMEOUT: u8 = 28;
const AUTHENTICATION: u8 = 29;
const MULTIPATH: u8 = 30;
const FAST_OPEN: u8 = 34;
const EXPERIMENT_2: u8 = 254;
/// Fast open's number among the experiments (RFC 6994, RFC 7413).
const EXPERIMENT_FAST_OPEN: u16 = 0xf989;

/// What the options of nearly every segment start with (RFC 7323 appendix A): time stamps, aligned by two fillers.
const ALIGNED_TIMESTAMPS: [u8; 4] = [NO_OPERATION, NO_OPERATION, TIMESTAMPS, 10];
const ALIGNED_TIMESTAMPS_LENGTH: usize = 12;

/// What became of an option.
enum Read {
    /// This many octets behind kind and length belong to it.
    Octets(u32),
    /// It is not long enough for its kind.
    Bad,
}

/// Prints `, options [...]`, the end of it into the line. `options` claims what the header has for them. The result is
/// `false` after a bad option: the rest of the segment is then not printed either.
#[inline(always)]
pub fn print(
    cx: &mut Context,
    line: &mut Line,
    options: Cursor,
    segment: &Cursor,
    flags: u16,
    sack_origin: u32,
    ip: &IpHeader,
) -> Outcome<bool> {
    let mut rest = options;
    line.text(b", options [");
    if let Some((value, echo)) = aligned_timestamps(&options) {
        line.text(b"nop,nop,TS val ");
        line.number(value);
        line.text(b" ecr ");
        line.number(echo);
        rest = options.skip(ALIGNED_TIMESTAMPS_LENGTH);
    }
    if rest.length() > 0 {
        line.flush(&mut cx.out);
        if !print_each(cx, rest, rest.length() == options.length(), segment, flags, sack_origin, ip)? {
            return Ok(false);
        }
    }
    line.text(b"]");
    Ok(true)
}

/// Prints options one by one; `false` after a bad one.
#[inline(never)]
fn print_each(
    cx: &mut Context,
    options: Cursor,
    mut first: bool,
    segment: &Cursor,
    flags: u16,
    sack_origin: u32,
    ip: &IpHeader,
) -> Outcome<bool> {
    let mut rest = options;
    while rest.length() > 0 {
        if !first {
            put!(cx, ",");
        }
        let option = rest;
        let kind = rest.u8()?;
        let mut length = 1;
        let has_length = !matches!(kind, END | NO_OPERATION);
        if has_length {
            length = u32::from(rest.u8()?);
            if length < 2 || length > option.length() {
                return bad(cx, first);
            }
        }
        put_kind(cx, kind);
        let read = match kind {
            MULTIPATH => put_multipath(cx, option, length, rest, flags)?,
            MD5_SIGNATURE => put_signature(cx, rest, segment, ip)?,
            _ => put_option(cx, kind, length, rest, sack_origin)?,
        };
        let Read::Octets(count) = read else { return bad(cx, first) };
        rest = rest.skip(count as usize);
        if count + 1 + u32::from(has_length) != length {
            put!(cx, "[len ", length, "]");
        }
        first = false;
        if kind == END {
            break;
        }
    }
    Ok(true)
}

/// Value and echo of time stamps that the options start with; those of others are read as any option is.
#[inline]
fn aligned_timestamps(options: &Cursor) -> Option<(u32, u32)> {
    let starts_so =
        options.length() as usize >= ALIGNED_TIMESTAMPS_LENGTH && options.array_at(0) == Ok(ALIGNED_TIMESTAMPS);
    if starts_so { options.be32_at(4).ok().zip(options.be32_at(8).ok()) } else { None }
}

#[cold]
fn bad(cx: &mut Context, first: bool) -> Outcome<bool> {
    put!(cx, "[bad opt]", if first { "" } else { "]" });
    Ok(false)
}

/// The option's name.
#[inline]
fn put_kind(cx: &mut Context, kind: u8) {
    match kind {
        END => put!(cx, "eol"),
        NO_OPERATION => put!(cx, "nop"),
        MAXIMUM_SEGMENT_SIZE => put!(cx, "mss"),
        WINDOW_SCALE => put!(cx, "wscale"),
        SACK_PERMITTED => put!(cx, "sackOK"),
        SACK => put!(cx, "sack"),
        ECHO => put!(cx, "echo"),
        ECHO_REPLY => put!(cx, "echoreply"),
        TIMESTAMPS => put!(cx, "TS"),
        CONNECTION_COUNT => put!(cx, "cc"),
        CONNECTION_COUNT_NEW => put!(cx, "ccnew"),
        CONNECTION_COUNT_ECHO => put!(cx, "ccecho"),
        MD5_SIGNATURE => put!(cx, "md5"),
        SCPS => put!(cx, "scps"),
        USER_TIMEOUT => put!(cx, "uto"),
        AUTHENTICATION => put!(cx, "tcp-ao"),
        MULTIPATH => put!(cx, "mptcp"),
        FAST_OPEN => put!(cx, "tfo"),
        EXPERIMENT_2 => put!(cx, "exp"),
        _ => put!(cx, "unknown-", kind),
    }
}

/// An option whose format depends on its kind alone. `rest` starts behind kind and length.
fn put_option(cx: &mut Context, kind: u8, length: u32, rest: Cursor, sack_origin: u32) -> Outcome<Read> {
    let count = match kind {
        END | NO_OPERATION | SACK_PERMITTED => 0,
        WINDOW_SCALE => 1,
        MAXIMUM_SEGMENT_SIZE | SCPS | USER_TIMEOUT => 2,
        ECHO | ECHO_REPLY | CONNECTION_COUNT | CONNECTION_COUNT_NEW | CONNECTION_COUNT_ECHO => 4,
        TIMESTAMPS => 8,
        _ => length - 2,
    };
    if count > rest.length() {
        return Ok(Read::Bad);
    }
    match kind {
        END | NO_OPERATION | SACK_PERMITTED => {}
        WINDOW_SCALE => put!(cx, " ", rest.u8_at(0)?),
        MAXIMUM_SEGMENT_SIZE => put!(cx, " ", rest.be16_at(0)?),
        TIMESTAMPS => put!(cx, " val ", rest.be32_at(0)?, " ecr ", rest.be32_at(4)?),
        ECHO | ECHO_REPLY | CONNECTION_COUNT | CONNECTION_COUNT_NEW | CONNECTION_COUNT_ECHO => {
            put!(cx, " ", rest.be32_at(0)?);
        }
        SCPS => put!(cx, " cap ", Hex0(rest.u8_at(0)?, 2), " id ", rest.u8_at(1)?),
        USER_TIMEOUT => put_user_timeout(cx, rest.be16_at(0)?),
        SACK => put_sack(cx, rest, count, sack_origin)?,
        AUTHENTICATION => put_authentication(cx, rest, count)?,
        FAST_OPEN => {
            rest.need(count as usize)?;
            put!(cx, " ");
            put_fast_open(cx, rest.bytes_at(0, count as usize)?)?;
        }
        EXPERIMENT_2 => return put_experiment(cx, rest, count),
        _ => {
            put!(cx, if count > 0 { " 0x" } else { "" });
            put_hex(cx, rest, count)?;
        }
    }
    Ok(Read::Octets(count))
}

/// Octets in hexadecimal, as far as they were captured.
fn put_hex(cx: &mut Context, data: Cursor, count: u32) -> Outcome {
    let captured = data.captured();
    put!(cx, HexBytes(captured.get(..count as usize).unwrap_or(captured)));
    data.need(count as usize)
}

/// Selective acknowledgement (RFC 2018): every block, relative like the other direction's data.
fn put_sack(cx: &mut Context, rest: Cursor, count: u32, origin: u32) -> Outcome {
    if !count.is_multiple_of(8) {
        put!(cx, " invalid sack");
        return Ok(());
    }
    put!(cx, " ", count / 8, " ");
    for at in (0..count as usize).step_by(8) {
        let (left, right) = (rest.be32_at(at)?, rest.be32_at(at + 4)?);
        put!(cx, "{", left.wrapping_sub(origin), ":", right.wrapping_sub(origin), "}");
    }
    Ok(())
}

/// User timeout (RFC 5482): the field and the seconds that it means.
fn put_user_timeout(cx: &mut Context, field: u16) {
    let value = u32::from(field >> 1);
    put!(cx, " 0x", Hex(field), " ", if field & 1 != 0 { value * 60 } else { value });
}

/// The signature, whose text depends on the whole segment.
fn put_signature(cx: &mut Context, rest: Cursor, segment: &Cursor, ip: &IpHeader) -> Outcome<Read> {
    if tcp_signature::DIGEST_LENGTH > rest.length() {
        return Ok(Read::Bad);
    }
    tcp_signature::print(cx, &rest, segment, ip)?;
    Ok(Read::Octets(tcp_signature::DIGEST_LENGTH))
}

/// The authentication option (RFC 5925 section 2.2).
fn put_authentication(cx: &mut Context, rest: Cursor, count: u32) -> Outcome {
    if count < 2 {
        return cx.invalid();
    }
    put!(cx, " keyid ", rest.u8_at(0)?);
    put!(cx, " rnextkeyid ", rest.u8_at(1)?);
    if count > 2 {
        put!(cx, " mac 0x");
        put_hex(cx, rest.skip(2), count - 2)?;
    }
    Ok(())
}

/// Fast open (RFC 7413 section 4.1.1): the request for a cookie, or the cookie.
fn put_fast_open(cx: &mut Context, cookie: &[u8]) -> Outcome {
    match cookie.len() {
        0 => put!(cx, " cookiereq"),
        4..=16 if cookie.len().is_multiple_of(2) => put!(cx, " cookie ", HexBytes(cookie)),
        _ => return cx.invalid(),
    }
    Ok(())
}

/// A shared option number (RFC 6994): the experiment's own number follows.
fn put_experiment(cx: &mut Context, rest: Cursor, count: u32) -> Outcome<Read> {
    rest.need(count as usize)?;
    if count < 2 {
        return Ok(Read::Bad);
    }
    match rest.be16_at(0)? {
        EXPERIMENT_FAST_OPEN => {
            put!(cx, "-tfo");
            put_fast_open(cx, rest.bytes_at(2, count as usize - 2)?)?;
        }
        experiment => put!(cx, "-", Hex0(experiment, 4)),
    }
    Ok(Read::Octets(count))
}

/// Multipath TCP, which has subtypes of its own.
fn put_multipath(cx: &mut Context, option: Cursor, length: u32, rest: Cursor, flags: u16) -> Outcome<Read> {
    let count = length - 2;
    if count > rest.length() {
        return Ok(Read::Bad);
    }
    rest.need(count as usize)?;
    let known = mptcp::print(cx, option.limit(length), flags)?;
    Ok(if known { Read::Octets(count) } else { Read::Bad })
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::options_text;
    use crate::dissect::transport::tcp_flags::SYN;

    fn check(options: &str, expected: &str) {
        assert_eq!(options_text(SYN as u8, options), expected, "{options}");
    }

    #[test]
    fn every_kind_has_its_text() {
        for (options, expected) in [
            ("02040578", "mss 1400"),
            ("03030700", "wscale 7,eol"),
            ("04020000", "sackOK,eol"),
            ("050affffff000000001000", "sack 1 {4294967040:16},eol"),
            ("0512 00000001 00000002 00000003 000000ff", "sack 2 {1:2}{3:255},eol"),
            ("0606 00000007", "echo 7,eol"),
            ("0706 00000007", "echoreply 7,eol"),
            ("080a 00000001 00000002", "TS val 1 ecr 2,eol"),
            ("0b06 00000009", "cc 9,eol"),
            ("0c06 00000009", "ccnew 9,eol"),
            ("0d06 00000009", "ccecho 9,eol"),
            ("14048105", "scps cap 81 id 5"),
            ("1c040005", "uto 0x5 120"),
            ("1c040004", "uto 0x4 2"),
            ("1d040102", "tcp-ao keyid 1 rnextkeyid 2"),
            ("1d080102 0a0b0c0d", "tcp-ao keyid 1 rnextkeyid 2 mac 0x0a0b0c0d"),
            ("2202", "tfo  cookiereq,eol"),
            ("2206 01020304", "tfo  cookie 01020304,eol"),
            ("fe04f989", "exp-tfo cookiereq"),
            ("fe08f989 01020304", "exp-tfo cookie 01020304"),
            ("fe081234 aaaaaaaa", "exp-1234"),
            ("fd041234", "unknown-253 0x1234"),
            ("4b02", "unknown-75,eol"),
            ("0101 030307", "nop,nop,wscale 7,eol"),
        ] {
            check(options, &format!("{expected}], length 0"));
        }
        let digest = "000102030405060708090a0b0c0d0e0f";
        let text = format!("md5 shared secret not supplied with -M, can't check - {digest},eol], length 0");
        check(&format!("1312 {digest}"), &text);
    }

    #[test]
    fn a_length_that_is_wrong_for_the_kind_is_told() {
        check("050b 00000001 00000002 aa", "sack invalid sack,eol], length 0");
        check("1d0301", "tcp-ao (invalid),eol], length 0");
        check("2205 010203", "tfo  (invalid),eol], length 0");
        check("0203 0578 01", "mss 1400[len 3],nop,eol], length 0");
    }

    #[test]
    fn a_length_that_leaves_the_header_ends_the_segments_text() {
        check("0201", "[bad opt]");
        check("02080578", "[bad opt]");
        check("02040578 02", "mss 1400,[bad opt]]");
        check("fe03f9", "exp[bad opt]");
        check("01010102", "nop,nop,nop, [|tcp]");
    }
}
