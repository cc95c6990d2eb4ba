//! Virtual Router Redundancy Protocol, versions 2 (RFC 2338) and 3 (RFC 5798).

use etherparse::checksum::Sum16BitWords;

use super::{IpHeader, protocol};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const VERSION_2: u8 = 2;
const VERSION_3: u8 = 3;

const ADVERTISEMENT: u8 = 1;

const AUTHENTICATION_PASSWORD: u8 = 1;
const AUTHENTICATIONS: &[Name] = &[(0, "none"), (AUTHENTICATION_PASSWORD as u32, "simple"), (2, "ah")];

/// Octets in front of the addresses.
const HEADER_LENGTH: usize = 8;
/// Octets of the password of version 2.
const PASSWORD_LENGTH: usize = 8;

/// Prints an advertisement.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "vrrp";
    cx.protocol_caps();
    let first = message.u8_at(0)?;
    let (version, kind) = (first >> 4, first & 0xf);
    put!(cx, "v", version, ", ");
    match kind {
        ADVERTISEMENT => put!(cx, "Advertisement"),
        _ => put!(cx, "unknown type (", kind, ")"),
    }
    if ip.hop_limit != 255 {
        put!(cx, ", (ttl ", ip.hop_limit, ")");
    }
    if !matches!(version, VERSION_2 | VERSION_3) || kind != ADVERTISEMENT {
        return Ok(());
    }
    put!(cx, ", vrid ", message.u8_at(1)?, ", prio ", message.u8_at(2)?);
    put_interval(cx, &message, version)?;
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let count = message.u8_at(3)?;
    put_checksum(cx, &message, version, ip)?;
    let rest = put_addresses(cx, message.skip(HEADER_LENGTH), count, ip.version())?;
    if version == VERSION_2 && message.u8_at(4)? == AUTHENTICATION_PASSWORD {
        put!(cx, " auth \"");
        cx.escaped_padded_field(&rest, PASSWORD_LENGTH)?;
        put!(cx, "\"");
    }
    Ok(())
}

/// The interval between advertisements, which took the place of the authentication's type in version 3.
fn put_interval(cx: &mut Context, message: &Cursor, version: u8) -> Outcome {
    if version == VERSION_2 {
        let authentication = message.u8_at(4)?;
        put!(cx, ", authtype ");
        match lookup(AUTHENTICATIONS, authentication) {
            Some(name) => put!(cx, name),
            None => put!(cx, "#", authentication),
        }
        put!(cx, ", intvl ", message.u8_at(5)?, "s");
    } else {
        put!(cx, ", intvl ", message.be16_at(4)? & 0x0fff, "cs");
    }
    put!(cx, ", length ", message.length());
    Ok(())
}

/// Says when the checksum is wrong. Only that of version 3 covers addresses of IP.
fn put_checksum(cx: &mut Context, message: &Cursor, version: u8, ip: &IpHeader) -> Outcome {
    let Ok(octets) = message.bytes_at(0, message.length() as usize) else { return Ok(()) };
    let pseudo_header = match version {
        VERSION_2 => Sum16BitWords::new(),
        _ => ip.pseudo_header(protocol::VRRP, message.length())?,
    };
    if checksum::verify(pseudo_header, octets, 0) != Verdict::Correct {
        put!(cx, ", (bad vrrp cksum ", Hex(message.be16_at(6)?), ")");
    }
    Ok(())
}

/// The virtual router's addresses. What is behind them is the result.
fn put_addresses<'p>(cx: &mut Context, mut rest: Cursor<'p>, count: u8, ip_version: u8) -> Outcome<Cursor<'p>> {
    put!(cx, ", addrs");
    if count > 1 {
        put!(cx, "(", count, ")");
    }
    put!(cx, ":");
    let mut separator = " ";
    for _ in 0..count {
        let width = if ip_version == 4 { 4 } else { 16 };
        rest.need(width)?;
        put!(cx, separator);
        if ip_version == 4 {
            cx.ipv4_at(&rest, 0)?
        } else {
            cx.ipv6_at(&rest, 0)?
        }
        rest = rest.skip(width);
        separator = ",";
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    fn text(verbose: u8, message: &str) -> String {
        payload_text(verbose, 112, &octets(message))
    }

    #[test]
    fn a_password_follows_the_addresses_of_version_2_only() {
        assert_eq!(
            text(1, "21 05 64 02 01 03 a18f 0a000001 0a000002 6162630000000000"),
            "VRRPv2, Advertisement, (ttl 64), vrid 5, prio 100, authtype simple, intvl 3s, length 24, \
             addrs(2): 10.0.0.1,10.0.0.2 auth \"abc\""
        );
        assert_eq!(
            text(1, "31 05 64 01 01 03 0000 0a000001"),
            "VRRPv3, Advertisement, (ttl 64), vrid 5, prio 100, intvl 259cs, length 12, (bad vrrp cksum 0), addrs: 10.0.0.1"
        );
    }

    #[test]
    fn an_unknown_type_or_version_ends_the_line() {
        assert_eq!(text(0, "22 05 64"), "VRRPv2, unknown type (2), (ttl 64)");
        assert_eq!(text(0, "41 05 64"), "VRRPv4, Advertisement, (ttl 64)");
        assert_eq!(
            text(0, "21 05 64 01 07 01"),
            "VRRPv2, Advertisement, (ttl 64), vrid 5, prio 100, authtype #7, intvl 1s, length 6"
        );
    }

    #[test]
    fn an_address_that_is_cut_off_has_no_separator() {
        assert!(text(1, "21 05 64 02 00 03 0000 0a000001 0a00").ends_with(", addrs(2): 10.0.0.1 [|vrrp]"));
    }
}
