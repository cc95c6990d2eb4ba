//! Internet Control Message Protocol (RFC 792, RFC 950, RFC 1191, RFC 1256, RFC 1812, RFC 8335).

use etherparse::checksum::Sum16BitWords;

mod error;

use super::{IpHeader, icmp_extensions};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex, Hex0, Pad0};
use crate::put;

const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const SOURCE_QUENCH: u8 = 4;
const REDIRECT: u8 = 5;
const ECHO_REQUEST: u8 = 8;
const ROUTER_ADVERTISEMENT: u8 = 9;
const TIME_EXCEEDED: u8 = 11;
const PARAMETER_PROBLEM: u8 = 12;
const TIMESTAMP_REQUEST: u8 = 13;
const TIMESTAMP_REPLY: u8 = 14;
const MASK_REPLY: u8 = 18;
const EXTENDED_ECHO_REQUEST: u8 = 42;
const EXTENDED_ECHO_REPLY: u8 = 43;
/// Types whose name is all there is to say.
const NAMES: &[Name] = &[
    (SOURCE_QUENCH as u32, "source quench"),
    (10, "router solicitation"),
    (15, "information request"),
    (16, "information reply"),
    (17, "address mask request"),
];

/// Octets in front of the quoted packet of an error message.
const HEADER_LENGTH: usize = 8;
/// Where the quoted packet holds its destination, from the message on.
const QUOTED_DESTINATION: usize = HEADER_LENGTH + 16;
/// tcpdump keeps no more of the line, which a router advertisement can exceed.
const TEXT_MAX: usize = 511;

/// Prints a message and, at `-v`, the packet it quotes and its extensions.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "icmp";
    let start = cx.out.len();
    put!(cx, "ICMP ");
    let text = cx.out.len();
    if let Err(truncated) = put_message(cx, &message) {
        cx.out.truncate(start);
        return Err(truncated);
    }
    cx.out.truncate(text + TEXT_MAX);
    put!(cx, ", length ", message.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    if !ip.fragmented {
        put_checksum(cx, &message)?;
    }
    let kind = message.u8_at(0)?;
    if matches!(kind, UNREACHABLE | SOURCE_QUENCH | REDIRECT | TIME_EXCEEDED | PARAMETER_PROBLEM) {
        error::print_quoted(cx, &message)?;
        cx.protocol = "icmp";
    }
    match kind {
        UNREACHABLE | TIME_EXCEEDED | PARAMETER_PROBLEM => icmp_extensions::print(cx, &message),
        EXTENDED_ECHO_REQUEST => icmp_extensions::print_extended_request(cx, &message),
        EXTENDED_ECHO_REPLY => icmp_extensions::print_extended_reply(cx, &message),
        _ => Ok(()),
    }
}

/// What the message says, in words.
fn put_message(cx: &mut Context, message: &Cursor) -> Outcome {
    let (kind, code) = (message.u8_at(0)?, message.u8_at(1)?);
    match kind {
        ECHO_REQUEST => put!(cx, "echo request, id ", message.be16_at(4)?, ", seq ", message.be16_at(6)?),
        ECHO_REPLY => put!(cx, "echo reply, id ", message.be16_at(4)?, ", seq ", message.be16_at(6)?),
        UNREACHABLE => error::put_unreachable(cx, message, code)?,
        REDIRECT => error::put_redirect(cx, message, code)?,
        ROUTER_ADVERTISEMENT => put_router_advertisement(cx, message)?,
        TIME_EXCEEDED => {
            message.need(QUOTED_DESTINATION + 4)?;
            match code {
                0 => put!(cx, "time exceeded in-transit"),
                1 => put!(cx, "ip reassembly time exceeded"),
                _ => put!(cx, "time exceeded-#", code),
            }
        }
        PARAMETER_PROBLEM if code == 0 => put!(cx, "parameter problem - octet ", message.u8_at(4)?),
        PARAMETER_PROBLEM => put!(cx, "parameter problem - code ", code),
        MASK_REPLY => put!(cx, "address mask is 0x", Hex0(message.be32_at(8)?, 8)),
        TIMESTAMP_REQUEST => {
            put!(cx, "time stamp query id ", message.be16_at(4)?, " seq ", message.be16_at(6)?);
        }
        TIMESTAMP_REPLY => put_timestamps(cx, message)?,
        EXTENDED_ECHO_REQUEST => {
            put!(cx, "extended echo request, id ", message.be16_at(4)?, ", seq ", message.u8_at(6)?);
        }
        EXTENDED_ECHO_REPLY => {
            put!(cx, "extended echo reply, id ", message.be16_at(4)?, ", seq ", message.u8_at(6)?);
        }
        _ => match lookup(NAMES, kind) {
            Some(name) => put!(cx, name),
            None => put!(cx, "type-#", kind),
        },
    }
    Ok(())
}

/// Routers and how much each is to be preferred (RFC 1256).
fn put_router_advertisement(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, "router advertisement lifetime ");
    let lifetime = message.be16_at(6)?;
    match lifetime {
        0..60 => put!(cx, lifetime),
        60..3600 => put!(cx, lifetime / 60, ":", Pad0(lifetime % 60, 2)),
        _ => put!(cx, lifetime / 3600, ":", Pad0(lifetime % 3600 / 60, 2), ":", Pad0(lifetime % 60, 2)),
    }
    let (count, words) = (message.u8_at(4)?, message.u8_at(5)?);
    put!(cx, " ", count, ":");
    if words != 2 {
        put!(cx, " [size ", words, "]");
        return Ok(());
    }
    for entry in 0..usize::from(count) {
        let at = HEADER_LENGTH + entry * 8;
        put!(cx, " {");
        cx.ipv4_at(message, at)?;
        put!(cx, " ", message.be32_at(at + 4)?, "}");
    }
    Ok(())
}

/// When a time stamp's request was sent and received, and its reply sent.
fn put_timestamps(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, "time stamp reply id ", message.be16_at(4)?, " seq ", message.be16_at(6)?);
    for (name, at) in [(": org ", 8), (", recv ", 12), (", xmit ", 16)] {
        let time = message.be32_at(at)?;
        let (seconds, milliseconds) = (time / 1000, time % 1000);
        put!(cx, name, Pad0(seconds / 3600, 2), ":", Pad0(seconds / 60 % 60, 2), ":");
        put!(cx, Pad0(seconds % 60, 2), ".", Pad0(milliseconds, 3));
    }
    Ok(())
}

/// Says when the checksum is wrong, if the whole message was captured.
fn put_checksum(cx: &mut Context, message: &Cursor) -> Outcome {
    let Ok(octets) = message.bytes_at(0, message.length() as usize) else { return Ok(()) };
    let found = message.be16_at(2)?;
    if let Verdict::ShouldBe(right) = checksum::verify(Sum16BitWords::new(), octets, found) {
        put!(cx, " (wrong icmp cksum ", Hex(found), " (->", Hex(right), ")!)");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::{IpAddress, Ipv4};
    use crate::dissect::net::protocol;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(message: &[u8], verbose: u8) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        let data = Cursor::new(message, message.len() as u32);
        let host = IpAddress::V4(Ipv4([10, 0, 0, 1]));
        let ip = IpHeader {
            source: host,
            destination: host,
            protocol: protocol::ICMP,
            hop_limit: 64,
            fragmented: true,
            packet: data,
        };
        if print(&mut cx, data, &ip).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    /// Port 53 of 10.0.0.2 is unreachable; the quoted datagram ends behind its ports.
    const PORT: [u8; 32] = [
        3, 3, 0, 0, 0, 0, 0, 0, 0x45, 0, 0, 60, 0, 1, 0, 0, 64, 17, 0x66, 0xae, 10, 0, 0, 1, 10, 0, 0, 2, 0x80, 0, 0,
        53,
    ];

    #[test]
    fn a_message_that_is_cut_leaves_no_words() {
        assert_eq!(text(&PORT, 0), "ICMP 10.0.0.2 udp port 53 unreachable, length 32");
        assert_eq!(text(&PORT[..31], 0), " [|icmp]");
        assert_eq!(text(&[8, 0, 0, 0, 0, 1, 0], 0), " [|icmp]");
    }

    #[test]
    fn a_quoted_packet_may_claim_more_than_is_quoted() {
        assert_eq!(
            text(&PORT, 1),
            "ICMP 10.0.0.2 udp port 53 unreachable, length 32\n\tIP (tos 0x0, ttl 64, id 1, offset 0, flags [none], \
             proto UDP (17), length 60)\n    10.0.0.1.32768 > 10.0.0.2.53:  [|udp]"
        );
    }

    #[test]
    fn a_long_router_advertisement_is_cut_where_tcpdump_cuts_it() {
        let mut message = vec![9, 0, 0, 0, 255, 2, 0x0e, 0x10];
        message.extend([255; 8 * 255]);
        let text = text(&message, 0);
        assert!(text.starts_with("ICMP router advertisement lifetime 1:00:00 255: {255.255.255.255 4294967295} {"));
        assert_eq!(text.len(), "ICMP ".len() + TEXT_MAX + ", length 2048".len());
    }
}
