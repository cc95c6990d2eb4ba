//! Ad hoc On-Demand Distance Vector routing (RFC 3561), and its form for IPv6 (draft-perkins-aodv6).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::dissect::net::IpHeader;
use crate::dissect::put::Hex0;
use crate::put;

const REQUEST: u8 = 1;
const REPLY: u8 = 2;
const ERROR: u8 = 3;
const TYPES: &[Name] = &[(REQUEST as u32, "rreq"), (REPLY as u32, "rrep"), (ERROR as u32, "rerr"), (4, "rrep-ack")];

/// An extension that says when the next Hello is due.
const HELLO_INTERVAL: u8 = 1;
const EXTENSION_HEADER_LENGTH: u32 = 2;
const HELLO_LENGTH: u32 = 6;

/// The flag of an error that the link is not to be forgotten.
const NO_DELETE: u8 = 0x80;
const PREFIX_SIZE: u8 = 0x1f;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "aodv";
    put!(cx, " aodv");
    let kind = message.u8_at(0)?;
    put!(cx, " ", name_or_number(TYPES, kind, "type ", ""));
    let width = if ip.version() == 6 { 16 } else { 4 };
    match kind {
        REQUEST => put_request(cx, &message, width),
        REPLY => put_reply(cx, &message, width),
        ERROR => put_error(cx, &message, width),
        _ => {
            put!(cx, " ", message.length());
            Ok(())
        }
    }
}

/// The host at `offset`, whose address is so many octets wide.
fn put_host(cx: &mut Context, data: &Cursor, offset: usize, width: usize) -> Outcome {
    if width == 16 { cx.ipv6_at(data, offset) } else { cx.ipv4_at(data, offset) }
}

/// Who is looked for (section 5.1).
fn put_request(cx: &mut Context, message: &Cursor, width: usize) -> Outcome {
    let length = 16 + 2 * width;
    if message.length() < length as u32 {
        return cx.invalid_because("message length", message.length(), "<", length as u32);
    }
    message.need(length)?;
    // tcpdump looks for the flags of requests and replies in the type, which has none of their bits.
    put!(cx, " ", message.length(), "  hops ", message.u8_at(3)?, " id 0x", Hex0(message.be32_at(4)?, 8));
    put!(cx, "\n\tdst ");
    put_host(cx, message, 8, width)?;
    put!(cx, " seq ", message.be32_at(8 + width)?, " src ");
    put_host(cx, message, 12 + width, width)?;
    put!(cx, " seq ", message.be32_at(12 + 2 * width)?);
    put_extension(cx, &message.skip(length))
}

/// The way to it (section 5.2).
fn put_reply(cx: &mut Context, message: &Cursor, width: usize) -> Outcome {
    let length = 12 + 2 * width;
    if message.length() < length as u32 {
        return cx.invalid_because("message length", message.length(), "<", length as u32);
    }
    message.need(length)?;
    let [size, hops] = message.array_at(2)?;
    put!(cx, " ", message.length(), "  prefix ", size & PREFIX_SIZE, " hops ", hops);
    put!(cx, "\n\tdst ");
    put_host(cx, message, 4, width)?;
    put!(cx, " dseq ", message.be32_at(4 + width)?, " src ");
    put_host(cx, message, 8 + width, width)?;
    put!(cx, " ", message.be32_at(8 + 2 * width)?, " ms");
    put_extension(cx, &message.skip(length))
}

/// Who cannot be reached any more (section 5.3).
fn put_error(cx: &mut Context, message: &Cursor, width: usize) -> Outcome {
    const HEADER_LENGTH: u32 = 4;
    if message.length() < HEADER_LENGTH {
        return cx.invalid_because("message length", message.length(), "<", HEADER_LENGTH);
    }
    let ([_, flags], count) = (message.array_at(0)?, message.u8_at(3)?);
    put!(cx, if flags & NO_DELETE != 0 { " [D]" } else { " " }, " [items ", count, "] [", message.length(), "]:");
    let mut rest = message.skip(HEADER_LENGTH as usize);
    for _ in 0..count {
        let length = width + 4;
        if rest.length() < length as u32 {
            return cx.invalid_because("remaining length", rest.length(), "<", length as u32);
        }
        rest.need(length)?;
        put!(cx, " {");
        put_host(cx, &rest, 0, width)?;
        put!(cx, "}(", rest.be32_at(width)?, ")");
        rest = rest.skip(length);
    }
    Ok(())
}

/// The extension behind a message, if there is one (section 9).
fn put_extension(cx: &mut Context, extension: &Cursor) -> Outcome {
    if extension.length() < EXTENSION_HEADER_LENGTH {
        return Ok(());
    }
    let [kind, length] = extension.array_at(0)?;
    if kind != HELLO_INTERVAL {
        put!(cx, "\n\text ", kind, " ", length);
        return Ok(());
    }
    if extension.length() < HELLO_LENGTH {
        return cx.invalid_because("ext data length", extension.length(), "<", HELLO_LENGTH);
    }
    if length < 4 {
        put!(cx, "\n\text HELLO - bad length ", length);
        return cx.invalid();
    }
    put!(cx, "\n\text HELLO ", extension.be32_at(2)?, " ms");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn what_is_not_there_is_not_listed() {
        let text =
            |length: &str, message: &str| payload_text(0, 17, &octets(&format!("03e8 028e {length} 0000 {message}")));
        assert_eq!(
            text("0018", "03 80 00 02 0a000001 00000005 0a000002"),
            " aodv rerr [D] [items 2] [16]: {10.0.0.1}(5) [remaining length 4 < 8] (invalid)"
        );
        assert_eq!(
            text("0020", "02 00 00 02 0a000001 00000005 0a000002 00000bb8 01 03 0000"),
            " aodv rrep 24  prefix 0 hops 2\n\tdst 10.0.0.1 dseq 5 src 10.0.0.2 3000 ms \
             [ext data length 4 < 6] (invalid)"
        );
    }
}
