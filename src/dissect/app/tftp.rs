//! Trivial File Transfer Protocol (RFC 1350) and its options (RFC 2347).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const READ: u16 = 1;
const WRITE: u16 = 2;
const DATA: u16 = 3;
const ACKNOWLEDGEMENT: u16 = 4;
const ERROR: u16 = 5;
const OPTIONS_ACKNOWLEDGEMENT: u16 = 6;
const OPCODES: &[Name] = &[
    (READ as u32, "RRQ"),
    (WRITE as u32, "WRQ"),
    (DATA as u32, "DATA"),
    (ACKNOWLEDGEMENT as u32, "ACK"),
    (ERROR as u32, "ERROR"),
    (OPTIONS_ACKNOWLEDGEMENT as u32, "OACK"),
];

const ERRORS: &[Name] = &[
    (0, "EUNDEF"),
    (1, "ENOTFOUND"),
    (2, "EACCESS"),
    (3, "ENOSPACE"),
    (4, "EBADOP"),
    (5, "EBADID"),
    (6, "EEXISTS"),
    (7, "ENOUSER"),
];

/// Prints a packet.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "tftp";
    cx.protocol_caps();
    put!(cx, ", length ", data.length());
    if !print_packet(cx, data.limit(data.length()))? {
        cx.truncated();
    }
    Ok(())
}

/// Prints the packet's fields; `false` when it ends too early.
fn print_packet(cx: &mut Context, packet: Cursor) -> Outcome<bool> {
    let mut rest = packet;
    if rest.length() < 2 {
        return Ok(false);
    }
    let opcode = rest.be16()?;
    let Some(name) = lookup(OPCODES, opcode) else {
        put!(cx, ", tftp-#", opcode);
        return Ok(true);
    };
    put!(cx, ", ", name);
    match opcode {
        READ | WRITE => put_request(cx, rest),
        OPTIONS_ACKNOWLEDGEMENT => put_options(cx, rest),
        ERROR => put_error(cx, rest),
        _ if rest.length() < 2 => Ok(false),
        _ => {
            put!(cx, " block ", rest.be16()?);
            Ok(true)
        }
    }
}

/// File name, mode and options.
fn put_request(cx: &mut Context, request: Cursor) -> Outcome<bool> {
    let mut rest = request;
    if rest.length() == 0 || !put_quoted(cx, &mut rest) || rest.length() == 0 {
        return Ok(false);
    }
    put!(cx, " ");
    Ok(take_string(cx, &mut rest) && put_options(cx, rest)?)
}

/// Names and values of options, in turn.
fn put_options(cx: &mut Context, options: Cursor) -> Outcome<bool> {
    let mut rest = options;
    while rest.length() > 0 {
        if rest.u8_at(0)? != 0 {
            put!(cx, " ");
        }
        if !take_string(cx, &mut rest) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The error's code and message.
fn put_error(cx: &mut Context, error: Cursor) -> Outcome<bool> {
    let mut rest = error;
    if rest.length() < 2 {
        return Ok(false);
    }
    let code = rest.be16()?;
    match lookup(ERRORS, code) {
        Some(name) => put!(cx, " ", name),
        // The stray quote is tcpdump's.
        None => put!(cx, " tftp-err-#", code, " \""),
    }
    Ok(rest.length() > 0 && put_quoted(cx, &mut rest))
}

/// Takes a string and prints it in quotes; `false` when it does not end.
fn put_quoted(cx: &mut Context, rest: &mut Cursor) -> bool {
    put!(cx, " \"");
    let complete = take_string(cx, rest);
    put!(cx, "\"");
    complete
}

/// Takes a string and prints it; `false` when it does not end.
fn take_string(cx: &mut Context, rest: &mut Cursor) -> bool {
    let length = cx.escaped_terminated(rest, rest.length() as usize);
    *rest = rest.skip(length.unwrap_or_default());
    length.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(captured: &[u8]) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        assert_eq!(print(&mut cx, Cursor::new(captured, captured.len() as u32)), Ok(()));
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn strings_are_made_visible_and_must_end() {
        assert_eq!(text(b"\0\x01f\x1b\0octet\0tsize\x000\0"), "TFTP, length 19, RRQ \"f^[\" octet tsize 0");
        assert_eq!(text(b"\0\x01f"), "TFTP, length 3, RRQ \"f\" [|tftp]");
    }

    #[test]
    fn codes_without_a_name_are_numbers() {
        assert_eq!(text(b"\0\x05\0\x63no\0"), "TFTP, length 7, ERROR tftp-err-#99 \" \"no\"");
        assert_eq!(text(b"\0\x09"), "TFTP, length 2, tftp-#9");
    }
}
