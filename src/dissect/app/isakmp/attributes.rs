//! Attributes of transforms (RFC 2408 section 3.3).

use super::super::stop::Stop;
use super::names::{GROUPS, NameOrNumber, Names};
use super::payload::put_hex;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// In the type: the value is in the length's place.
const SHORT: u8 = 0x80;

/// An attribute's name, and the names of its values.
pub(super) type Attribute = (&'static str, Names);

/// Groups as tcpdump knows them in attributes: one less.
const GROUPS_IN_ATTRIBUTES: Names = match GROUPS.split_last() {
    Some((_, groups)) => groups,
    None => &[],
};

/// Attributes of the security associations that IPsec uses (RFC 2407 section 4.5).
pub(super) const IPSEC: &[Attribute] = &[
    ("", &[]),
    ("lifetype", &["", "sec", "kb"]),
    ("life", &[]),
    ("group desc", GROUPS_IN_ATTRIBUTES),
    ("enc mode", &["", "tunnel", "transport"]),
    ("auth", &["", "hmac-md5", "hmac-sha1", "1des-mac", "keyed"]),
    ("keylen", &[]),
    ("rounds", &[]),
    ("dictsize", &[]),
    ("privalg", &[]),
];

/// Attributes of IKE's own (RFC 2409 appendix A).
pub(super) const OAKLEY: &[Attribute] = &[
    ("", &[]),
    ("enc", &["", "1des", "idea", "blowfish", "rc5", "3des", "cast", "aes"]),
    ("hash", &["", "md5", "sha1", "tiger", "sha2-256", "sha2-384", "sha2-512"]),
    ("auth", &["", "preshared", "dss", "rsa sig", "rsa enc", "rsa enc revised"]),
    ("group desc", GROUPS_IN_ATTRIBUTES),
    ("group type", &["", "MODP", "ECP", "EC2N"]),
    ("group prime", &[]),
    ("group gen1", &[]),
    ("group gen2", &[]),
    ("group curve A", &[]),
    ("group curve B", &[]),
    ("lifetype", &["", "sec", "kb"]),
    ("lifeduration", &[]),
    ("prf", &[]),
    ("keylen", &[]),
    ("field", &[]),
    ("order", &[]),
];

/// Attributes of the ciphers of version 2 (RFC 7296 section 3.3.5).
const NONE: Attribute = ("", &[]);
pub(super) const CIPHER: &[Attribute] =
    &[NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, ("keylen", &[])];

/// Prints the attributes from `at` to `end`. The result is where they end, one further if one leads behind.
pub(super) fn put_attributes(
    cx: &mut Context,
    message: &Cursor,
    mut at: usize,
    end: usize,
    known: &[Attribute],
) -> Result<usize, Stop> {
    while at < end && message.captured().len() > at {
        at = put_attribute(cx, message, at, end, known)?;
    }
    Ok(at)
}

fn put_attribute(
    cx: &mut Context,
    message: &Cursor,
    at: usize,
    end: usize,
    known: &[Attribute],
) -> Result<usize, Stop> {
    let short = message.u8_at(at)? & SHORT != 0;
    let length = if short { 0 } else { usize::from(message.be16_at(at + 2)?) };
    if end < at + 4 + length {
        put!(cx, "[|attr]");
        return Ok(end + 1);
    }
    put!(cx, "(");
    let kind = message.be16_at(at)? & 0x7fff;
    let attribute = known.get(usize::from(kind)).filter(|(name, _)| !name.is_empty());
    match attribute {
        Some((name, _)) => put!(cx, "type=", *name, " "),
        None => put!(cx, "type=#", kind, " "),
    }
    let outcome = if short {
        put_short_value(cx, message, at + 2, attribute)
    } else {
        put!(cx, "len=", length, " value=");
        put_hex(cx, message, at + 4, length)
    };
    if !matches!(outcome, Err(Stop::Truncated)) {
        put!(cx, ")");
    }
    outcome.map(|()| at + 4 + length)
}

fn put_short_value(cx: &mut Context, message: &Cursor, at: usize, attribute: Option<&Attribute>) -> Result<(), Stop> {
    put!(cx, "value=");
    let value = message.be16_at(at)?;
    match attribute.and_then(|(_, names)| names.get(usize::from(value))) {
        None | Some(&"") => put_hex(cx, message, at, 2)?,
        Some(_) => put!(cx, NameOrNumber(attribute.map(|(_, names)| *names).unwrap_or_default(), value.into())),
    }
    Ok(())
}
