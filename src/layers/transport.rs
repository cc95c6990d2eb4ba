//! TCP and UDP, and what they are seen to carry.

use super::protocol::Protocol;
use super::{Next, Walk};
use crate::dissect::cursor::{Cursor, Outcome};

const UDP_HEADER_LENGTH: usize = 8;
const TCP_HEADER_LENGTH_MIN: u32 = 20;

const SSH_PORT: u16 = 22;
const DNS_PORT: u16 = 53;
const DHCP_PORTS: [u16; 2] = [67, 68];
const NTP_PORT: u16 = 123;

/// A TLS record's type and major version (RFC 8446 section 5.1).
const TLS_RECORDS: std::ops::RangeInclusive<u8> = 20..=23;
const TLS_MAJOR_VERSION: u8 = 3;

/// How an HTTP message may start.
const HTTP_WORDS: &[&[u8]] =
    &[b"HTTP/1.", b"GET ", b"POST ", b"HEAD ", b"PUT ", b"DELETE ", b"OPTIONS ", b"PATCH ", b"CONNECT ", b"TRACE "];

/// A header behind which nothing is looked for.
pub(super) fn end<'f>(
    walk: &mut Walk<'f, '_>,
    protocol: Protocol,
    data: Cursor<'f>,
    header_length: u32,
) -> Outcome<Next<'f>> {
    walk.push(protocol, data, header_length)?;
    Ok(Next::Nothing)
}

/// A segment.
#[inline]
pub(super) fn tcp<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (source, destination) = (data.be16_at(0)?, data.be16_at(2)?);
    let header_length = data.u8_at(12).map_or(TCP_HEADER_LENGTH_MIN, |offset| u32::from(offset >> 4) * 4);
    walk.push(Protocol::Tcp, data, header_length)?;
    let payload = data.skip(header_length as usize);
    if let Some(protocol) = application_over_tcp(source, destination, payload.captured()) {
        walk.push(protocol, payload, 0)?;
    }
    Ok(Next::Nothing)
}

#[inline]
fn application_over_tcp(source: u16, destination: u16, payload: &[u8]) -> Option<Protocol> {
    let [first, second, ..] = payload else { return None };
    let has_port = |port| source == port || destination == port;
    if TLS_RECORDS.contains(first) && *second == TLS_MAJOR_VERSION {
        Some(Protocol::Tls)
    } else if first.is_ascii_uppercase() && HTTP_WORDS.iter().any(|word| payload.starts_with(word)) {
        Some(Protocol::Http)
    } else if has_port(SSH_PORT) {
        Some(Protocol::Ssh)
    } else if has_port(DNS_PORT) {
        Some(Protocol::Dns)
    } else {
        None
    }
}

/// A datagram.
pub(super) fn udp<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (source, destination, length) = (data.be16_at(0)?, data.be16_at(2)?, data.be16_at(4)?);
    // Zero: a jumbogram.
    let data = if usize::from(length) < UDP_HEADER_LENGTH { data } else { data.limit(length.into()) };
    walk.push(Protocol::Udp, data, UDP_HEADER_LENGTH as u32)?;
    let payload = data.skip(UDP_HEADER_LENGTH);
    let has_port = |port| source == port || destination == port;
    let application = if has_port(DNS_PORT) {
        Protocol::Dns
    } else if DHCP_PORTS.into_iter().any(has_port) {
        Protocol::Dhcp
    } else if has_port(NTP_PORT) {
        Protocol::Ntp
    } else {
        return Ok(Next::UdpPayload(source, destination, payload));
    };
    end(walk, application, payload, 0)
}
