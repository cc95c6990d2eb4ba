//! BSD syslog (RFC 3164) over UDP.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const FACILITIES: &[Name] = &[
    (0, "kernel"),
    (1, "user"),
    (2, "mail"),
    (3, "daemon"),
    (4, "auth"),
    (5, "syslog"),
    (6, "lpr"),
    (7, "news"),
    (8, "uucp"),
    (9, "cron"),
    (10, "authpriv"),
    (11, "ftp"),
    (12, "ntp"),
    (13, "security"),
    (14, "console"),
    (15, "cron"),
    (16, "local0"),
    (17, "local1"),
    (18, "local2"),
    (19, "local3"),
    (20, "local4"),
    (21, "local5"),
    (22, "local6"),
    (23, "local7"),
];
const SEVERITIES: &[Name] = &[
    (0, "emergency"),
    (1, "alert"),
    (2, "critical"),
    (3, "error"),
    (4, "warning"),
    (5, "notice"),
    (6, "info"),
    (7, "debug"),
];

/// Digits that the priority may have.
const PRIORITY_DIGITS_MAX: usize = 3;

/// Prints facility and severity, and the message at `-v`.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "syslog";
    let mut message = data;
    let Some(priority) = read_priority(&mut message)? else { return cx.invalid() };
    let (facility, severity) = (priority >> 3, priority & 7);
    if cx.style.verbose == 0 {
        put!(cx, "SYSLOG ");
        put_name(cx, FACILITIES, facility);
        put!(cx, ".");
        put_name(cx, SEVERITIES, severity);
        put!(cx, ", length: ", data.length());
        return Ok(());
    }
    put!(cx, "SYSLOG, length: ", data.length(), "\n\tFacility ");
    put_name(cx, FACILITIES, facility);
    put!(cx, " (", facility, "), Severity ");
    put_name(cx, SEVERITIES, severity);
    put!(cx, " (", severity, ")\n\tMsg: ");
    cx.escaped_field(&message, message.length() as usize)?;
    if cx.style.verbose > 1 {
        dump::hex(&mut cx.out, data.limit(data.length()).captured());
    }
    Ok(())
}

/// Takes `<priority>` from the front; nothing when it is not there.
fn read_priority(data: &mut Cursor) -> Outcome<Option<u16>> {
    if data.u8()? != b'<' {
        return Ok(None);
    }
    let mut priority = 0;
    for _ in 0..PRIORITY_DIGITS_MAX {
        let digit = data.u8_at(0)?;
        if !digit.is_ascii_digit() {
            break;
        }
        priority = priority * 10 + u16::from(digit - b'0');
        *data = data.skip(1);
    }
    Ok((data.u8()? == b'>').then_some(priority))
}

fn put_name(cx: &mut Context, names: &[Name], value: u16) {
    match lookup(names, value) {
        Some(name) => put!(cx, name),
        None => put!(cx, "unknown (", value, ")"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, message: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn the_priority_has_three_digits_at_most() {
        assert_eq!(text(0, b"<165>x"), "SYSLOG local4.notice, length: 6");
        assert_eq!(text(0, b"<999>x"), "SYSLOG unknown (124).debug, length: 6");
        assert_eq!(text(0, b"<0165>x"), " (invalid)");
        assert_eq!(text(0, b"<16"), " [|syslog]");
    }

    #[test]
    fn control_characters_in_a_message_are_made_visible() {
        let expected = "SYSLOG, length: 6\n\tFacility kernel (0), Severity debug (7)\n\tMsg: a^[b";
        assert_eq!(text(1, b"<7>a\x1bb"), expected);
    }
}
