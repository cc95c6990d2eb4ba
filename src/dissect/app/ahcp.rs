//! Ad Hoc Configuration Protocol (draft-chroboczek-ahcp-00).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::dissect::octets::Colons;
use crate::dissect::put::Hex0;
use crate::dissect::utc::UtcSeconds;
use crate::put;

const MAGIC: u8 = 43;
const VERSION: u8 = 1;
/// Octets of the header behind its version, and of what stands in front of the options.
const HEADER_LENGTH: u32 = 22;
const BODY_LENGTH_MIN: u32 = 4;

const MESSAGES: &[Name] = &[(0, "Discover"), (1, "Offer"), (2, "Request"), (3, "Ack"), (4, "Nack"), (5, "Release")];

const PAD: u8 = 0;
const MANDATORY: u8 = 1;
const ORIGIN_TIME: u8 = 2;
const EXPIRES: u8 = 3;
const MY_IPV4_ADDRESS: u8 = 5;
const IPV4_ADDRESS: u8 = 9;
const IPV4_DELEGATION: u8 = 11;
const OPTIONS: &[Name] = &[
    (PAD as u32, "Pad"),
    (MANDATORY as u32, "Mandatory"),
    (ORIGIN_TIME as u32, "Origin Time"),
    (EXPIRES as u32, "Expires"),
    (4, "My-IPv6-Address"),
    (MY_IPV4_ADDRESS as u32, "My-IPv4-Address"),
    (6, "IPv6 Prefix"),
    (7, "IPv4 Prefix"),
    (8, "IPv6 Address"),
    (IPV4_ADDRESS as u32, "IPv4 Address"),
    (10, "IPv6 Prefix Delegation"),
    (IPV4_DELEGATION as u32, "IPv4 Prefix Delegation"),
    (12, "Name Server"),
    (13, "NTP Server"),
];

/// Prints a message.
pub fn print(cx: &mut Context, mut message: Cursor) -> Outcome {
    cx.protocol = "ahcp";
    cx.protocol_caps();
    if message.length() < 2 || message.u8_at(0)? != MAGIC {
        return cx.invalid_rest(&message);
    }
    let version = message.u8_at(1)?;
    message = message.skip(2);
    if version != VERSION {
        put!(cx, " Version ", version, " (unknown)");
        return message.need(message.length() as usize);
    }
    put!(cx, " Version ", VERSION);
    if message.length() < HEADER_LENGTH {
        return cx.invalid_rest(&message);
    }
    if cx.style.verbose == 0 {
        message.need(HEADER_LENGTH as usize)?;
    } else {
        put!(cx, "\n\tHopcount ", message.u8_at(0)?);
        put!(cx, ", Original Hopcount ", message.u8_at(1)?);
        put!(cx, ", Nonce 0x", Hex0(message.be32_at(2)?, 8));
        put!(cx, ", Source Id ", Colons(message.bytes_at(6, 8)?));
        put!(cx, ", Destination Id ", Colons(message.bytes_at(14, 8)?));
    }
    print_body(cx, message.skip(HEADER_LENGTH as usize))
}

fn print_body(cx: &mut Context, mut body: Cursor) -> Outcome {
    if body.length() < BODY_LENGTH_MIN {
        return cx.invalid_rest(&body);
    }
    let (kind, zero, length) = (body.u8()?, body.u8()?, body.be16()?);
    if cx.style.verbose > 0 {
        put!(cx, "\n\t", name_or_number(MESSAGES, kind, "Unknown-", ""));
        if zero != 0 {
            put!(cx, ", MBZ ", zero);
        }
        put!(cx, ", Length ", length);
    }
    if u32::from(length) > body.length() {
        return cx.invalid_rest(&body);
    }
    if cx.style.verbose > 1 { print_options(cx, body.with_length(length.into())) } else { body.need(length.into()) }
}

fn print_options(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        let kind = rest.u8()?;
        put!(cx, "\n\t ", name_or_number(OPTIONS, kind, "Unknown-", ""));
        if matches!(kind, PAD | MANDATORY) {
            continue;
        }
        if rest.length() == 0 {
            return cx.invalid_rest(&rest);
        }
        let length = rest.u8()?;
        if u32::from(length) > rest.length() {
            return cx.invalid_rest(&rest);
        }
        put_option(cx, kind, rest.with_length(length.into()))?;
        rest = rest.skip(length.into());
    }
    Ok(())
}

fn put_option(cx: &mut Context, kind: u8, value: Cursor) -> Outcome {
    match kind {
        ORIGIN_TIME | EXPIRES if value.length() != 4 => return cx.invalid_rest(&value),
        ORIGIN_TIME => put!(cx, ": ", UtcSeconds(value.be32_at(0)?.into()), " UTC"),
        EXPIRES => put!(cx, ": ", value.be32_at(0)?, "s"),
        MY_IPV4_ADDRESS | IPV4_ADDRESS => return put_addresses(cx, value, 4, false),
        IPV4_DELEGATION => return put_addresses(cx, value, 4, true),
        4 | 8 | 12 | 13 => return put_addresses(cx, value, 16, false),
        6 | 10 => return put_addresses(cx, value, 16, true),
        _ => {
            put!(cx, " (Length ", value.length(), ")");
            return value.need(value.length() as usize);
        }
    }
    Ok(())
}

/// Addresses of so many octets, each with the length of a prefix where they are prefixes.
fn put_addresses(cx: &mut Context, mut rest: Cursor, width: usize, are_prefixes: bool) -> Outcome {
    let whole = width + usize::from(are_prefixes);
    let mut separator = ": ";
    while rest.length() > 0 {
        if rest.length() < whole as u32 {
            return cx.invalid_rest(&rest);
        }
        rest.need(whole)?;
        put!(cx, separator);
        if width == 4 {
            cx.ipv4_at(&rest, 0)?
        } else {
            cx.ipv6_at(&rest, 0)?
        }
        if are_prefixes {
            put!(cx, "/", rest.u8_at(width)?);
        }
        rest = rest.skip(whole);
        separator = ", ";
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn an_option_of_another_length_is_not_read() {
        let message = "03e8 14ef 002f 0000 2b01 0102030405060102030405060708 0102030405060708 \
                       0100 000b 0204 4d9e1a2c 0305 000e10";
        assert_eq!(
            payload_text(2, 17, &octets(message)),
            "AHCP Version 1\n\tHopcount 1, Original Hopcount 2, Nonce 0x03040506\
             , Source Id 01:02:03:04:05:06:07:08, Destination Id 01:02:03:04:05:06:07:08\
             \n\tOffer, Length 11\n\t Origin Time: 2011-04-07 20:10:20 UTC\n\t Expires (invalid)"
        );
    }
}
