//! Payloads of IKEv1 (RFC 2408 section 3).

use super::super::stop::Stop;
use super::attributes::{IPSEC, OAKLEY, put_attributes};
use super::names::{
    CERTIFICATES, NameOrNumber, PROTOCOLS, TRANSFORMS_AH, TRANSFORMS_ESP, TRANSFORMS_IKE, TRANSFORMS_IPCOMP,
    put_payload_name,
};
use super::payload::{Chain, HEADER_LENGTH, Next, Payload, Version, need, print_chain, put_all, put_hex, put_some};
use super::{ikev1_identity, ikev1_notification};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

const SECURITY_ASSOCIATION: u8 = 1;
const PROPOSAL: u8 = 2;
const TRANSFORM: u8 = 3;
const KEY_EXCHANGE: u8 = 4;
const IDENTITY: u8 = 5;
const CERTIFICATE: u8 = 6;
const CERTIFICATE_REQUEST: u8 = 7;
const NONCE: u8 = 10;
const NOTIFICATION: u8 = 11;
const DELETE: u8 = 12;

/// The domain of interpretation that IPsec is (RFC 2407).
pub(super) const DOMAIN_IPSEC: u32 = 1;

/// What is to be done: nothing but to name the parties, secrecy, integrity.
const SITUATIONS: [(u32, &str); 3] = [(1, "identity"), (2, "secrecy"), (4, "integrity")];

/// Prints a payload.
pub(super) fn print(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    put_payload_name(cx, payload.kind);
    put!(cx, ":");
    match payload.kind {
        SECURITY_ASSOCIATION => return print_security_association(cx, message, payload),
        PROPOSAL => return print_proposal(cx, message, payload),
        TRANSFORM => return print_transform(cx, message, payload),
        NOTIFICATION => return ikev1_notification::print(cx, message, payload),
        DELETE => return print_delete(cx, message, payload),
        IDENTITY => ikev1_identity::print(cx, message, payload)?,
        CERTIFICATE | CERTIFICATE_REQUEST => {
            need(message, payload.at, 6)?;
            put!(cx, " len=", payload.length - HEADER_LENGTH);
            put!(cx, " type=", NameOrNumber(CERTIFICATES, message.u8_at(payload.at + 4)?.into()));
            put_all(cx, message, &payload)?;
        }
        NONCE => {
            put!(cx, " n len=", payload.length - HEADER_LENGTH);
            put_all(cx, message, &payload)?;
            if cx.style.verbose == 2 {
                put!(cx, " ");
                put_some(cx, message, payload.at + HEADER_LENGTH);
            }
        }
        kind => {
            put!(cx, if kind == KEY_EXCHANGE { " key len=" } else { " len=" }, payload.length - HEADER_LENGTH);
            put_all(cx, message, &payload)?;
        }
    }
    Ok(Some(payload.end()))
}

fn print_security_association(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    let Payload { at, protocol, depth, .. } = payload;
    need(message, at, 12)?;
    let (domain, situation) = (message.be32_at(at + 4)?, message.be32_at(at + 8)?);
    if domain != DOMAIN_IPSEC {
        put!(cx, " doi=", domain, " situation=", situation);
        return Ok(Some(at + 12));
    }
    put!(cx, " doi=ipsec situation=");
    let mut separator = "";
    for (_, name) in SITUATIONS.iter().filter(|(bit, _)| situation & bit != 0) {
        put!(cx, separator, *name);
        separator = "+";
    }
    let mut proposals = at + 12;
    if situation != 1 {
        // tcpdump shows the domain where the label is meant.
        put!(cx, " ident=", domain);
        proposals += 4;
    }
    need(message, proposals, HEADER_LENGTH)?;
    let chain = Chain { kind: PROPOSAL, at: proposals, protocol, depth, version: Version::One };
    Ok(print_chain(cx, message, chain)?)
}

fn print_proposal(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    let at = payload.at;
    need(message, at, 8)?;
    let [number, protocol, spi_length, count] = message.array_at(at + 4)?;
    put!(cx, " #", number, " protoid=", NameOrNumber(PROTOCOLS, protocol.into()), " transform=", count);
    let spi_length = usize::from(spi_length);
    if spi_length > 0 {
        put!(cx, " spi=");
        put_hex(cx, message, at + 8, spi_length)?;
    }
    let transforms = at + 8 + spi_length;
    need(message, transforms, HEADER_LENGTH)?;
    let chain = Chain { kind: TRANSFORM, at: transforms, protocol, depth: payload.depth, version: Version::One };
    Ok(print_chain(cx, message, chain)?)
}

fn print_transform(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    let at = payload.at;
    need(message, at, 8)?;
    let [number, id] = message.array_at(at + 4)?;
    let (names, attributes) = match payload.protocol {
        1 => (Some(TRANSFORMS_IKE), OAKLEY),
        2 => (Some(TRANSFORMS_AH), IPSEC),
        3 => (Some(TRANSFORMS_ESP), IPSEC),
        4 => (Some(TRANSFORMS_IPCOMP), IPSEC),
        _ => (None, &[][..]),
    };
    match names {
        Some(names) => put!(cx, " #", number, " id=", NameOrNumber(names, id.into()), " "),
        None => put!(cx, " #", number, " id=", id, " "),
    }
    put_attributes(cx, message, at + 8, payload.end(), attributes).map(Some)
}

fn print_delete(cx: &mut Context, message: &Cursor, payload: Payload) -> Result<Next, Stop> {
    let at = payload.at;
    need(message, at, 12)?;
    put_domain_and_protocol(cx, message, at)?;
    let (spi_length, count) = (message.u8_at(at + 9)?, message.be16_at(at + 10)?);
    put!(cx, " spilen=", spi_length, " nspi=", count);
    let (mut next, spi_length) = (at + 12, usize::from(spi_length));
    if spi_length > 0 {
        put!(cx, " spi=");
        for number in 0..count {
            put!(cx, if number > 0 { "," } else { "" });
            put_hex(cx, message, next, spi_length)?;
            next += spi_length;
        }
    }
    Ok(Some(next))
}

/// The domain of interpretation and the protocol, which has a name only in IPsec's. Returns the domain.
pub(super) fn put_domain_and_protocol(cx: &mut Context, message: &Cursor, at: usize) -> Result<u32, Stop> {
    let (domain, protocol) = (message.be32_at(at + 4)?, message.u8_at(at + 8)?);
    match domain {
        DOMAIN_IPSEC => put!(cx, " doi=ipsec proto=", NameOrNumber(PROTOCOLS, protocol.into())),
        _ => put!(cx, " doi=", domain, " proto=", protocol),
    }
    Ok(domain)
}
