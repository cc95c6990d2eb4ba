//! Network Time Protocol (RFC 5905, extension fields by RFC 7822) and its control messages (RFC 9327).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::ntp_time::NtpTime;
use crate::dissect::put::{Hex, Hex0, HexBytes, Pad0};
use crate::put;

const MODE_CONTROL: u8 = 6;
const MODE_RESERVED: u8 = 7;
const MODES: &[Name] = &[
    (0, "unspecified"),
    (1, "symmetric active"),
    (2, "symmetric passive"),
    (3, "Client"),
    (4, "Server"),
    (5, "Broadcast"),
    (MODE_CONTROL as u32, "Control Message"),
    (MODE_RESERVED as u32, "Reserved"),
];
/// The leap indicator where it stands, in the top bits of the first octet.
const LEAP_MASK: u8 = 0xc0;
const LEAP_INDICATORS: &[Name] = &[(0x00, ""), (0x40, "+1s"), (0x80, "-1s"), (0xc0, "clock unsynchronized")];

const STRATUM_UNSPECIFIED: u8 = 0;
const STRATUM_PRIMARY: u8 = 1;
/// Strata that an old implementation used for queries about itself.
const STRATUM_INFO_QUERY: u8 = 62;
const STRATUM_INFO_REPLY: u8 = 63;

/// Octets of a time message without extension fields and digest.
const TIME_LENGTH: u32 = 48;
/// Octets of a control message without data.
const CONTROL_LENGTH: u32 = 12;
/// Octets from which on what follows is an extension field, not a digest (RFC 7822 section 7.5.1.4).
const EXTENSION_LENGTH_MIN: u32 = 28;
const EXTENSION_TYPES: &[Name] = &[
    (0x0104, "Unique Identifier"),
    (0x0204, "NTS Cookie"),
    (0x0304, "NTS Cookie Placeholder"),
    (0x0404, "NTS Authenticator and Encrypted Extension Fields"),
    (0x2005, "Checksum Complement"),
];

/// Prints a message: in one line, or all of it at `-v`.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "ntp";
    cx.protocol_caps();
    let first = data.u8_at(0)?;
    let (version, mode) = (first >> 3 & 7, first & 7);
    put!(cx, "v", version, ", ", lookup(MODES, mode).unwrap_or_default(), ", length ", data.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let leap = first & LEAP_MASK;
    put!(cx, "\n\tLeap indicator: ", lookup(LEAP_INDICATORS, leap).unwrap_or_default(), " (", leap, ")");
    match mode {
        MODE_CONTROL => print_control(cx, data),
        MODE_RESERVED => Ok(()),
        _ => print_time(cx, data, version),
    }
}

/// A request for the time, or an answer.
fn print_time(cx: &mut Context, message: Cursor, version: u8) -> Outcome {
    let length = message.length();
    if length < TIME_LENGTH {
        cx.invalid_because("length", length, "<", TIME_LENGTH)?;
        return message.need(length as usize);
    }
    let stratum = message.u8_at(1)?;
    put!(cx, ", Stratum ", stratum, " (", stratum_name(stratum), ")");
    let poll = message.u8_at(2)? as i8;
    put!(cx, ", poll ", poll);
    put_interval(cx, poll);
    put!(cx, ", precision ", message.u8_at(3)? as i8);
    put!(cx, "\n\tRoot Delay: ");
    put_short(cx, &message, 4)?;
    put!(cx, ", Root dispersion: ");
    put_short(cx, &message, 8)?;
    put!(cx, ", Reference-ID: ");
    put_reference(cx, &message, stratum)?;
    if matches!(stratum, STRATUM_INFO_QUERY | STRATUM_INFO_REPLY) {
        return Ok(());
    }
    put_times(cx, &message)?;
    let after = message.skip(TIME_LENGTH as usize);
    let digest = if version == 4 { put_extensions(cx, after)? } else { after };
    put_digest(cx, &digest)
}

fn stratum_name(stratum: u8) -> &'static str {
    match stratum {
        STRATUM_UNSPECIFIED => "unspecified",
        STRATUM_PRIMARY => "primary reference",
        2..=15 => "secondary reference",
        _ => "reserved",
    }
}

/// The poll interval's exponent of 2, as seconds.
fn put_interval(cx: &mut Context, exponent: i8) {
    match exponent {
        0..=31 => put!(cx, " (", 1u32 << exponent, "s)"),
        -31..=-1 => put!(cx, " (1/", 1u32 << -exponent, "s)"),
        _ => {}
    }
}

/// A short number: 16 bits of seconds and 16 of fraction, in microseconds.
fn put_short(cx: &mut Context, message: &Cursor, at: usize) -> Outcome {
    let (seconds, fraction) = (message.be16_at(at)?, message.be16_at(at + 2)?);
    put!(cx, seconds, ".", Pad0((u64::from(fraction) * 1_000_000 / 65_536) as u32, 6));
    Ok(())
}

/// Where the server has its time from; what this holds depends on the stratum.
fn put_reference(cx: &mut Context, message: &Cursor, stratum: u8) -> Outcome {
    const AT: usize = 12;
    match stratum {
        STRATUM_UNSPECIFIED if !matches!(message.u8_at(AT)?, b' '..=b'~') => {
            put!(cx, "(unspec)");
            message.skip(AT).need(4)?;
        }
        STRATUM_UNSPECIFIED | STRATUM_PRIMARY => cx.escaped_field(&message.skip(AT), 4)?,
        STRATUM_INFO_QUERY => {
            cx.ipv4_at(message, AT)?;
            put!(cx, " INFO_QUERY");
        }
        STRATUM_INFO_REPLY => {
            cx.ipv4_at(message, AT)?;
            put!(cx, " INFO_REPLY");
        }
        _ => put!(cx, "0x", Hex0(message.be32_at(AT)?, 8)),
    }
    Ok(())
}

fn put_times(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, "\n\t  Reference Timestamp:  ");
    put!(cx, NtpTime::read(message, 16)?);
    put!(cx, "\n\t  Origin Timestamp:     ");
    let origin = NtpTime::read(message, 24)?;
    put!(cx, origin, "\n\t  Receive Timestamp:    ");
    let receive = NtpTime::read(message, 32)?;
    put!(cx, receive, "\n\t  Transmit Timestamp:   ");
    let transmit = NtpTime::read(message, 40)?;
    put!(cx, transmit, "\n\t    Originator - Receive Timestamp:  ");
    put_difference(cx, origin, receive);
    put!(cx, "\n\t    Originator - Transmit Timestamp: ");
    put_difference(cx, origin, transmit);
    Ok(())
}

/// How much later than `origin` a time is; the time itself where there is no origin.
fn put_difference(cx: &mut Context, origin: NtpTime, time: NtpTime) {
    let fixed = |time: NtpTime| u64::from(time.seconds) << 32 | u64::from(time.fraction);
    if fixed(origin) == 0 {
        return put!(cx, time);
    }
    // A difference of nothing is negative.
    put!(cx, if fixed(time) > fixed(origin) { "+" } else { "-" });
    let amount = fixed(time).abs_diff(fixed(origin));
    NtpTime { seconds: (amount >> 32) as u32, fraction: amount as u32 }.put_number(&mut cx.out);
}

/// Extension fields of NTPv4; returns what is behind them.
fn put_extensions<'p>(cx: &mut Context, fields: Cursor<'p>) -> Outcome<Cursor<'p>> {
    let mut rest = fields;
    let mut title = "\n\tExtension fields:";
    while rest.length() >= EXTENSION_LENGTH_MIN {
        let (kind, length) = (rest.be16_at(0)?, rest.be16_at(2)?);
        if u32::from(length) > rest.length() || length < 4 || length % 4 != 0 {
            cx.invalid()?;
            break;
        }
        put!(cx, title, "\n\t  ", lookup(EXTENSION_TYPES, kind).unwrap_or("Unknown type"));
        put!(cx, " (0x", Hex0(kind, 4), "), length ", length);
        title = "";
        let body = rest.limit(length.into()).skip(4);
        if cx.style.verbose > 2 {
            dump::hex_at(&mut cx.out, "\n\t    ", body.captured(), 0);
        }
        rest.need(length.into())?;
        rest = rest.skip(length.into());
    }
    Ok(rest)
}

/// The key's number and the digest, by their length.
fn put_digest(cx: &mut Context, rest: &Cursor) -> Outcome {
    let length = rest.length();
    match length {
        0 => {}
        4 | 20 | 24 => {
            put!(cx, "\n\tKey id: ", rest.be32_at(0)?);
            if length > 4 {
                put!(cx, "\n\tAuthentication: ", HexBytes(rest.bytes_at(4, length as usize - 4)?));
            }
        }
        _ => put!(cx, "\n\t(", length, " more bytes after the header and extension fields)"),
    }
    Ok(())
}

/// A control message, whose data is not shown.
fn print_control(cx: &mut Context, message: Cursor) -> Outcome {
    let length = message.length();
    if length < CONTROL_LENGTH {
        cx.invalid_because("length", length, "<", CONTROL_LENGTH)?;
        return message.need(length as usize);
    }
    let control = message.u8_at(1)?;
    put!(cx, if control & 0x80 != 0 { ", Response" } else { ", Request" });
    put!(cx, if control & 0x40 != 0 { ", Error" } else { ", OK" });
    put!(cx, if control & 0x20 != 0 { ", More" } else { ", Last" });
    put!(cx, ", OpCode=", control & 0x1f, "\n");
    put!(cx, "\tSequence=", message.be16_at(2)?);
    let status = message.be16_at(4)?;
    put!(cx, ", Status=", if status == 0 { "" } else { "0x" }, Hex(status));
    put!(cx, ", Assoc.=", message.be16_at(6)?);
    put!(cx, ", Offset=", message.be16_at(8)?);
    let count = message.be16_at(10)?;
    put!(cx, ", Count=", count);
    let wanted = CONTROL_LENGTH + u32::from(count);
    if length < wanted {
        cx.invalid_because("length", length, "<", wanted)?;
        return message.need(length as usize);
    }
    if count > 0 {
        message.need(wanted as usize)?;
        put!(cx, "\n\tTO-BE-DONE: data not interpreted");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, captured: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        assert_eq!(print(&mut cx, Cursor::new(captured, captured.len() as u32)), Ok(()));
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    /// An answer whose times are these in 2023, and what follows it.
    fn answer(rest: &[u8]) -> Vec<u8> {
        let times = [3_900_000_000u32, 1 << 31, 3_900_000_010, 0, 3_900_000_009, 0, 3_900_000_010, 0];
        let mut message = b"\x24\x01\x0a\xfa\0\0\x80\0\0\x01\0\0GPS\0".to_vec();
        message.extend(times.into_iter().flat_map(u32::to_be_bytes));
        message.extend_from_slice(rest);
        message
    }

    #[test]
    fn differences_have_a_sign_and_none_is_negative() {
        assert_eq!(
            text(1, &answer(&[])),
            "NTPv4, Server, length 48\n\tLeap indicator:  (0), Stratum 1 (primary reference), poll 10 (1024s), \
             precision -6\n\tRoot Delay: 0.500000, Root dispersion: 1.000000, Reference-ID: GPS^@\
             \n\t  Reference Timestamp:  3900000000.500000000 (2023-08-02T21:20:00Z)\
             \n\t  Origin Timestamp:     3900000010.000000000 (2023-08-02T21:20:10Z)\
             \n\t  Receive Timestamp:    3900000009.000000000 (2023-08-02T21:20:09Z)\
             \n\t  Transmit Timestamp:   3900000010.000000000 (2023-08-02T21:20:10Z)\
             \n\t    Originator - Receive Timestamp:  -1.000000000\
             \n\t    Originator - Transmit Timestamp: -0.000000000"
        );
    }

    #[test]
    fn what_follows_the_times_is_told_apart_by_its_length() {
        let end = |rest: &[u8]| text(3, &answer(rest)).split_once("-0.000000000").unwrap().1.to_owned();
        let digest = [&[0, 0, 0, 9][..], &[0xab; 16]].concat();
        assert_eq!(end(&digest), format!("\n\tKey id: 9\n\tAuthentication: {}", "ab".repeat(16)));
        let field = [&[1, 4, 0, 28][..], &[0; 24], &[0, 0, 0, 5]].concat();
        assert_eq!(
            end(&field),
            "\n\tExtension fields:\n\t  Unique Identifier (0x0104), length 28\
             \n\t    0x0000:  0000 0000 0000 0000 0000 0000 0000 0000\
             \n\t    0x0010:  0000 0000 0000 0000\n\tKey id: 5"
        );
    }

    #[test]
    fn a_control_message_shorter_than_it_says_is_invalid() {
        assert_eq!(
            text(1, b"\x26\xc2\0\x01\0\0\0\x02\0\x03\0\x04\0\x05"),
            "NTPv4, Control Message, length 14\n\tLeap indicator:  (0), Response, Error, Last, OpCode=2\
             \n\tSequence=1, Status=0, Assoc.=2, Offset=3, Count=4 [length 14 < 16] (invalid)"
        );
    }
}
