//! Options of DHCP (RFC 2132 and IANA's "BOOTP Vendor Extensions and DHCP Options").

use super::names::{Format, MESSAGE_TYPES, OPTIONS};
use super::special;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::put;

const PAD: u8 = 0;
const MESSAGE_TYPE: u8 = 53;
const PARAMETER_REQUEST: u8 = 55;
const END: u8 = 255;

/// Parameters that are named on a line.
const PARAMETERS_PER_LINE: usize = 4;

/// Prints the options up to the end, or all that was captured at `-vvv`.
pub(super) fn print(cx: &mut Context, options: Cursor) -> Outcome {
    let everything = cx.style.verbose > 2;
    let mut rest = options;
    while let Ok(tag) = rest.u8() {
        match tag {
            PAD if everything => put_padding(cx, &mut rest),
            PAD => {}
            END if everything => put_title(cx, END, 0),
            END => return Ok(()),
            _ => print_option(cx, tag, &mut rest)?,
        }
    }
    Ok(())
}

/// The option's name, number and length.
fn put_title(cx: &mut Context, tag: u8, length: u8) {
    put!(cx, "\n\t    ", name(tag), " (", tag, "), length ", length, if length > 0 { ": " } else { "" });
}

fn name(tag: u8) -> &'static str {
    find(tag).map_or("Unknown", |(_, name)| name)
}

fn find(tag: u8) -> Option<(Format, &'static str)> {
    OPTIONS.iter().find(|(number, ..)| *number == tag).map(|(_, format, name)| (*format, *name))
}

/// Padding, all of it at once.
fn put_padding(cx: &mut Context, rest: &mut Cursor) {
    put_title(cx, PAD, 0);
    let more = rest.captured().iter().take_while(|&&octet| octet == PAD).count();
    *rest = rest.skip(more);
    if more > 0 {
        put!(cx, ", occurs ", more + 1);
    }
}

/// Takes an option that has a length from behind its tag, and prints it.
fn print_option(cx: &mut Context, tag: u8, rest: &mut Cursor) -> Outcome {
    let length = rest.u8()?;
    put_title(cx, tag, length);
    let mut value = Cursor::new(rest.bytes(length.into())?, length.into());
    match tag {
        MESSAGE_TYPE if length == 1 => return put_message_type(cx, &value),
        PARAMETER_REQUEST => return put_parameters(cx, value.captured()),
        _ => {}
    }
    let format = find(tag).map_or_else(|| Format::by_length(length), |(format, _)| format);
    put_value(cx, tag, format, &mut value)?;
    if value.length() > 0 {
        put!(cx, "\n\t  trailing data length ", value.length());
    }
    Ok(())
}

fn put_message_type(cx: &mut Context, value: &Cursor) -> Outcome {
    let kind = value.u8_at(0)?;
    match lookup(MESSAGE_TYPES, kind) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Unknown (", kind, ")"),
    }
    Ok(())
}

/// The options that a client asks for.
fn put_parameters(cx: &mut Context, tags: &[u8]) -> Outcome {
    for (index, &tag) in tags.iter().enumerate() {
        put!(cx, if index % PARAMETERS_PER_LINE == 0 { "\n\t      " } else { ", " });
        put!(cx, name(tag), " (", tag, ")");
    }
    Ok(())
}

/// Prints a value and takes what it printed; what remains is told by the caller.
fn put_value(cx: &mut Context, tag: u8, format: Format, value: &mut Cursor) -> Outcome {
    match format {
        Format::Text => {
            put_quoted(cx, value.captured());
            *value = value.skip(value.captured().len());
        }
        Format::Addresses => put_list(cx, value, 4, |cx, item| cx.ipv4_at(item, 0))?,
        Format::Words => put_list(cx, value, 4, |cx, item| {
            put!(cx, item.be32_at(0)?);
            Ok(())
        })?,
        Format::SignedWords => put_list(cx, value, 4, |cx, item| {
            put!(cx, item.be32_at(0)? as i32);
            Ok(())
        })?,
        Format::Shorts => put_list(cx, value, 2, |cx, item| {
            put!(cx, item.be16_at(0)?);
            Ok(())
        })?,
        Format::AddressPairs => put_pairs(cx, value)?,
        Format::Boolean => put_boolean(cx, value)?,
        Format::Octets => put_octets(cx, value),
        Format::Special => special::print(cx, tag, value)?,
    }
    Ok(())
}

/// Text in quotes.
pub(super) fn put_quoted(cx: &mut Context, text: &[u8]) {
    put!(cx, "\"");
    cx.escaped(text);
    put!(cx, "\"");
}

/// Takes items of one width from the front, commas between them.
fn put_list(
    cx: &mut Context,
    value: &mut Cursor,
    width: usize,
    put_item: fn(&mut Context, &Cursor) -> Outcome,
) -> Outcome {
    let mut separator = "";
    while value.has(width) {
        put!(cx, separator);
        put_item(cx, value)?;
        *value = value.skip(width);
        separator = ",";
    }
    Ok(())
}

fn put_pairs(cx: &mut Context, value: &mut Cursor) -> Outcome {
    if value.length() == 0 || !value.length().is_multiple_of(8) {
        put!(cx, if value.length() == 0 { " " } else { "" }, "[length != N x 8 bytes]");
        *value = value.skip(value.captured().len());
    }
    put_list(cx, value, 8, |cx, pair| {
        put!(cx, "(");
        cx.ipv4_at(pair, 0)?;
        put!(cx, ":");
        cx.ipv4_at(pair, 4)?;
        put!(cx, ")");
        Ok(())
    })
}

fn put_boolean(cx: &mut Context, value: &mut Cursor) -> Outcome {
    match value.captured() {
        [0] => put!(cx, "N"),
        [1] => put!(cx, "Y"),
        [number] => put!(cx, *number, "?"),
        _ => {
            put!(cx, "[length != 1 byte]");
            cx.invalid()?;
        }
    }
    *value = value.skip(value.captured().len());
    Ok(())
}

fn put_octets(cx: &mut Context, value: &mut Cursor) {
    let mut separator = "";
    for &octet in value.captured() {
        put!(cx, separator, octet);
        separator = ".";
    }
    *value = value.skip(value.captured().len());
}
