//! Lightweight resolver protocol of BIND 9 (lib/lwres).

use super::dns::names::{class_name, put_type};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex, HexBytes};
use crate::put;

/// Octets of the header.
const HEADER_LENGTH: usize = 28;

const RESPONSE: u16 = 0x0001;

const NOOP: u32 = 0;
const ADDRESSES_BY_NAME: u32 = 0x0001_0001;
const NAME_BY_ADDRESS: u32 = 0x0001_0002;
const RDATA_BY_NAME: u32 = 0x0001_0003;
const OPCODES: &[Name] = &[
    (NOOP, "noop"),
    (ADDRESSES_BY_NAME, "getaddrsbyname"),
    (NAME_BY_ADDRESS, "getnamebyaddr"),
    (RDATA_BY_NAME, "getrdatabyname"),
];

const IPV4: u32 = 1;
const IPV6: u32 = 2;
/// Both families, as bits of what is asked for.
const FAMILIES: u32 = IPV4 | IPV6;

const CLASS_IN: u16 = 1;

/// What a message's body turned out to be.
enum Body<'p> {
    /// It has been printed; this is behind it.
    Known(Cursor<'p>),
    Unknown,
    Invalid,
}

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "lwres";
    message.need(HEADER_LENGTH)?;
    put!(cx, " lwres");
    let length = message.be32_at(0)?;
    let version = message.be16_at(4)?;
    if cx.style.verbose > 0 || version != 0 {
        put!(cx, " v", version);
    }
    if version != 0 {
        message.need(length as usize)?;
        put_length(cx, length, message.length());
        return Ok(());
    }
    put_header(cx, &message)?;
    let body = message.skip(HEADER_LENGTH);
    let response = message.be16_at(6)? & RESPONSE != 0;
    let body = match (message.be32_at(8 + 4)?, response) {
        (NOOP, _) => Body::Known(body),
        (ADDRESSES_BY_NAME, false) => put_addresses_query(cx, body)?,
        (ADDRESSES_BY_NAME, true) => put_addresses_response(cx, body)?,
        (NAME_BY_ADDRESS, false) => put_name_query(cx, body)?,
        (NAME_BY_ADDRESS, true) => put_name_response(cx, body)?,
        (RDATA_BY_NAME, false) => put_rdata_query(cx, body)?,
        (RDATA_BY_NAME, true) => put_rdata_response(cx, body)?,
        _ => Body::Unknown,
    };
    if matches!(body, Body::Invalid) {
        return cx.invalid();
    }
    put_length(cx, length, message.length());
    if let Body::Known(rest) = body {
        let printed = message.captured().len() - rest.captured().len();
        if printed < length as usize {
            put!(cx, "[extra]");
        }
    }
    Ok(())
}

fn put_header(cx: &mut Context, message: &Cursor) -> Outcome {
    let (flags, opcode) = (message.be16_at(6)?, message.be32_at(12)?);
    put!(cx, " ");
    match lookup(OPCODES, opcode) {
        Some(name) => put!(cx, name),
        None => put!(cx, "#0x", Hex(opcode)),
    }
    put!(cx, if flags & RESPONSE == 0 { "?" } else { "" });
    if flags & !RESPONSE != 0 {
        put!(cx, "[0x", Hex(flags), "]");
    }
    if cx.style.verbose > 1 {
        put!(cx, " (serial:0x", Hex(message.be32_at(8)?), " result:0x", Hex(message.be32_at(16)?));
        put!(cx, " recvlen:", message.be32_at(20)?);
        if cx.style.verbose > 2 {
            put!(cx, " authtype:0x", Hex(message.be16_at(24)?), " authlen:", message.be16_at(26)?);
        }
        put!(cx, ")");
    }
    Ok(())
}

/// Says when the message is not as long as it claims.
fn put_length(cx: &mut Context, claimed: u32, length: u32) {
    if claimed != length {
        put!(cx, " [len: ", claimed, " != ", length, "]");
    }
}

fn put_flags(cx: &mut Context, body: &Cursor) -> Outcome {
    if cx.style.verbose > 2 {
        put!(cx, " flags:0x", Hex(body.be32_at(0)?));
    }
    Ok(())
}

fn put_addresses_query<'p>(cx: &mut Context, body: Cursor<'p>) -> Outcome<Body<'p>> {
    let length = body.be16_at(8)?;
    put_flags(cx, &body)?;
    let families = body.be32_at(4)?;
    match families & FAMILIES {
        IPV4 => put!(cx, " IPv4"),
        IPV6 => put!(cx, " IPv6"),
        FAMILIES => put!(cx, " IPv4/6"),
        _ => {}
    }
    if families & !FAMILIES != 0 {
        put!(cx, "[0x", Hex(families), "]");
    }
    Ok(Body::Known(put_name(cx, body.skip(10), length)?))
}

fn put_addresses_response<'p>(cx: &mut Context, body: Cursor<'p>) -> Outcome<Body<'p>> {
    let length = body.be16_at(8)?;
    put_flags(cx, &body)?;
    let (aliases, addresses) = (body.be16_at(4)?, body.be16_at(6)?);
    put!(cx, " ", aliases, "/", addresses);
    let mut rest = put_name(cx, body.skip(10), length)?;
    rest = put_names(cx, rest, aliases)?;
    for _ in 0..addresses {
        match put_address(cx, rest)? {
            Body::Known(behind) => rest = behind,
            body => return Ok(body),
        }
    }
    Ok(Body::Known(rest))
}

fn put_name_query<'p>(cx: &mut Context, body: Cursor<'p>) -> Outcome<Body<'p>> {
    body.need(4)?;
    put_flags(cx, &body)?;
    put_address(cx, body.skip(4))
}

fn put_name_response<'p>(cx: &mut Context, body: Cursor<'p>) -> Outcome<Body<'p>> {
    let length = body.be16_at(6)?;
    put_flags(cx, &body)?;
    let aliases = body.be16_at(4)?;
    put!(cx, " ", aliases);
    let rest = put_name(cx, body.skip(8), length)?;
    Ok(Body::Known(put_names(cx, rest, aliases)?))
}

fn put_rdata_query<'p>(cx: &mut Context, body: Cursor<'p>) -> Outcome<Body<'p>> {
    let length = body.be16_at(8)?;
    put_flags(cx, &body)?;
    put_type_and_class(cx, &body)?;
    Ok(Body::Known(put_name(cx, body.skip(10), length)?))
}

fn put_rdata_response<'p>(cx: &mut Context, body: Cursor<'p>) -> Outcome<Body<'p>> {
    body.need(16)?;
    put_flags(cx, &body)?;
    put_type_and_class(cx, &body)?;
    let (records, signatures) = (body.be16_at(12)?, body.be16_at(14)?);
    put!(cx, " TTL ", Seconds(body.be32_at(8)?), " ", records, "/", signatures);
    let mut rest = put_names(cx, body.skip(16), 1)?;
    for _ in 0..u32::from(records) + u32::from(signatures) {
        let length = usize::from(rest.be16()?);
        let captured = rest.captured();
        put!(cx, HexBytes(captured.get(..length).unwrap_or(captured)));
        rest.bytes(length)?;
    }
    Ok(Body::Known(rest))
}

fn put_type_and_class(cx: &mut Context, body: &Cursor) -> Outcome {
    put!(cx, " ");
    put_type(cx, body.be16_at(6)?);
    let class = body.be16_at(4)?;
    match class_name(class) {
        _ if class == CLASS_IN => {}
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " Class", class),
    }
    Ok(())
}

/// Names with their lengths in front. What is behind them is the result.
fn put_names<'p>(cx: &mut Context, mut rest: Cursor<'p>, count: u16) -> Outcome<Cursor<'p>> {
    for _ in 0..count {
        let length = rest.be16()?;
        rest = put_name(cx, rest, length)?;
    }
    Ok(rest)
}

/// A name, which a NUL follows. What is behind that is the result.
fn put_name<'p>(cx: &mut Context, name: Cursor<'p>, length: u16) -> Outcome<Cursor<'p>> {
    put!(cx, " ");
    cx.escaped_field(&name, length.into())?;
    let mut rest = name.skip(length.into());
    if rest.u8()? != 0 {
        put!(cx, " (not NUL-terminated!)");
    }
    Ok(rest)
}

/// An address with its family and length in front.
fn put_address<'p>(cx: &mut Context, mut rest: Cursor<'p>) -> Outcome<Body<'p>> {
    let length = usize::from(rest.be16_at(4)?);
    let family = rest.be32_at(0)?;
    rest = rest.skip(6);
    rest.need(length)?;
    let width = match family {
        IPV4 => 4,
        IPV6 => 16,
        _ => length,
    };
    if length < width {
        return Ok(Body::Invalid);
    }
    put!(cx, " ");
    match family {
        IPV4 => cx.ipv4_at(&rest, 0)?,
        IPV6 => cx.ipv6_at(&rest, 0)?,
        _ => put!(cx, family, "/", HexBytes(rest.bytes_at(0, length)?)),
    }
    Ok(Body::Known(rest.skip(width)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, flags: &str, opcode: &str, body: &str) -> String {
        let body = octets(body);
        let length = 28 + body.len() as u8;
        let header = octets(&format!("000000{length:02x} 0000 {flags} 00000007 {opcode} 00000000 00004000 0000 0000"));
        let message = [header, body].concat();
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(&message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn queries_and_responses_have_bodies_of_their_own() {
        assert_eq!(text(0, "0000", "00010001", "00000001 00000007 0001 6100"), " lwres getaddrsbyname? IPv4/6[0x7] a");
        assert_eq!(
            text(
                0,
                "0001",
                "00010001",
                "00000000 0001 0002 0001 6100 0001 6262 00000001 0004 01020304 00000009 0001 ff"
            ),
            " lwres getaddrsbyname 1/2 a b (not NUL-terminated!) 1.2.3.4 9/ff"
        );
        assert_eq!(
            text(3, "0003", "00010003", "00000000 0003 0010 0000000a 0001 0000 0001 6100 0002 abcd"),
            " lwres v0 getrdatabyname[0x3] (serial:0x7 result:0x0 recvlen:16384 authtype:0x0 authlen:0) \
             flags:0x0 TXT CHAOS TTL 10s 1/0 aabcd"
        );
        assert_eq!(text(0, "0000", "00000009", "00"), " lwres #0x9?");
        assert_eq!(text(0, "0000", "00000000", "00"), " lwres noop?[extra]");
    }

    #[test]
    fn an_address_shorter_than_its_family_is_invalid() {
        assert_eq!(text(0, "0000", "00010002", "00000000 00000001 0003 010203"), " lwres getnamebyaddr? (invalid)");
    }
}
