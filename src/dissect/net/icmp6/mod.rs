//! Internet Control Message Protocol for IPv6 (RFC 4443) and the protocols that travel in its
//! messages, each in a file of its own.

mod domain_name;
mod error;
mod multicast;
mod neighbor;
mod neighbor_options;
mod node_information;
mod renumbering;
mod rpl;

use super::{IpHeader, icmp_extensions, protocol};
use crate::dissect::address::{IpAddress, Ipv6};
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const UNREACHABLE: u8 = 1;
const PACKET_TOO_BIG: u8 = 2;
const TIME_EXCEEDED: u8 = 3;
const PARAMETER_PROBLEM: u8 = 4;
const ECHO_REQUEST: u8 = 128;
const ECHO_REPLY: u8 = 129;
const LISTENER_QUERY: u8 = 130;
const LISTENER_REPORT: u8 = 131;
const LISTENER_DONE: u8 = 132;
const ROUTER_SOLICITATION: u8 = 133;
const ROUTER_ADVERTISEMENT: u8 = 134;
const NEIGHBOR_SOLICITATION: u8 = 135;
const NEIGHBOR_ADVERTISEMENT: u8 = 136;
const REDIRECT: u8 = 137;
const ROUTER_RENUMBERING: u8 = 138;
const NODE_QUERY: u8 = 139;
const NODE_REPLY: u8 = 140;
const INVERSE_SOLICITATION: u8 = 141;
const INVERSE_ADVERTISEMENT: u8 = 142;
const LISTENER_REPORT_V2: u8 = 143;
const HOME_AGENT_REQUEST: u8 = 144;
const HOME_AGENT_REPLY: u8 = 145;
const MOBILE_PREFIX_SOLICITATION: u8 = 146;
const MOBILE_PREFIX_ADVERTISEMENT: u8 = 147;
const RPL: u8 = 155;
const EXTENDED_ECHO_REQUEST: u8 = 160;
const EXTENDED_ECHO_REPLY: u8 = 161;
const NAMES: &[Name] = &[
    (UNREACHABLE as u32, "destination unreachable"),
    (PACKET_TOO_BIG as u32, "packet too big"),
    (TIME_EXCEEDED as u32, "time exceeded in-transit"),
    (PARAMETER_PROBLEM as u32, "parameter problem"),
    (ECHO_REQUEST as u32, "echo request"),
    (ECHO_REPLY as u32, "echo reply"),
    (LISTENER_QUERY as u32, "multicast listener query"),
    (LISTENER_REPORT as u32, "multicast listener report"),
    (LISTENER_DONE as u32, "multicast listener done"),
    (ROUTER_SOLICITATION as u32, "router solicitation"),
    (ROUTER_ADVERTISEMENT as u32, "router advertisement"),
    (NEIGHBOR_SOLICITATION as u32, "neighbor solicitation"),
    (NEIGHBOR_ADVERTISEMENT as u32, "neighbor advertisement"),
    (REDIRECT as u32, "redirect"),
    (ROUTER_RENUMBERING as u32, "router renumbering"),
    (INVERSE_SOLICITATION as u32, "inverse neighbor solicitation"),
    (INVERSE_ADVERTISEMENT as u32, "inverse neighbor advertisement"),
    (LISTENER_REPORT_V2 as u32, "multicast listener report v2"),
    (HOME_AGENT_REQUEST as u32, "ha discovery request"),
    (HOME_AGENT_REPLY as u32, "ha discovery reply"),
    (MOBILE_PREFIX_SOLICITATION as u32, "mobile router solicitation"),
    (MOBILE_PREFIX_ADVERTISEMENT as u32, "mobile router advertisement"),
    (NODE_QUERY as u32, "node information query"),
    (NODE_REPLY as u32, "node information reply"),
    (201, "mtrace message"),
    (200, "mtrace response"),
    (RPL as u32, "RPL"),
    (EXTENDED_ECHO_REQUEST as u32, "extended echo request"),
    (EXTENDED_ECHO_REPLY as u32, "extended echo reply"),
];

/// Octets of the header that all messages share, and of the word behind it.
const HEADER_LENGTH: usize = 8;

/// How far a message was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Printed {
    /// To its end; without `-v` its length follows.
    Whole,
    /// To its end, with all that there is to say.
    WithLength,
    /// To where it, or the capture, is cut.
    Cut,
}

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "icmp6";
    let length = message.length();
    if length == 0 {
        put!(cx, "ICMP6, length 0");
        return cx.invalid();
    }
    if cx.style.verbose > 0 && !ip.fragmented {
        put_checksum(cx, &message, ip)?;
    }
    let kind = message.u8_at(0)?;
    match lookup(NAMES, kind) {
        Some(name) => put!(cx, "ICMP6, ", name),
        None => put!(cx, "ICMP6, unknown icmp6 type (", kind, ")"),
    }
    if cx.style.verbose > 0 && has_verbose_lines(kind) {
        put!(cx, ", length ", length);
    }
    match print_body(cx, &message, kind)? {
        Printed::Whole if cx.style.verbose == 0 => put!(cx, ", length ", length),
        Printed::Whole | Printed::WithLength => {}
        Printed::Cut => cx.truncated(),
    }
    Ok(())
}

/// Whether `-v` adds lines to a message of this type, so that its length comes first.
fn has_verbose_lines(kind: u8) -> bool {
    matches!(kind, ROUTER_SOLICITATION..=REDIRECT | HOME_AGENT_REPLY | MOBILE_PREFIX_ADVERTISEMENT)
}

/// What the checksum is worth, if the whole message was captured.
fn put_checksum(cx: &mut Context, message: &Cursor, ip: &IpHeader) -> Outcome {
    let length = message.length();
    let Ok(octets) = message.bytes_at(0, length as usize) else { return Ok(()) };
    let found = message.be16_at(2)?;
    match checksum::verify(ip.pseudo_header(protocol::ICMPV6, length)?, octets, found) {
        Verdict::Correct => put!(cx, "[icmp6 sum ok] "),
        Verdict::ShouldBe(right) => {
            put!(cx, "[bad icmp6 cksum 0x", Hex0(found, 4), " -> 0x", Hex0(right, 4), "!] ");
        }
    }
    Ok(())
}

/// What follows the name of the message.
fn print_body(cx: &mut Context, message: &Cursor, kind: u8) -> Outcome<Printed> {
    let code = message.u8_at(1)?;
    let verbose = cx.style.verbose > 0;
    match kind {
        UNREACHABLE => return error::put_unreachable(cx, message, code),
        PACKET_TOO_BIG => put!(cx, ", mtu ", message.be32_at(4)?),
        TIME_EXCEEDED => error::put_time_exceeded(cx, message, code)?,
        PARAMETER_PROBLEM => return error::put_parameter_problem(cx, message, code),
        ECHO_REQUEST | ECHO_REPLY => put!(cx, ", id ", message.be16_at(4)?, ", seq ", message.be16_at(6)?),
        LISTENER_QUERY => multicast::put_query(cx, message)?,
        LISTENER_REPORT | LISTENER_DONE => multicast::put_listener(cx, message)?,
        LISTENER_REPORT_V2 => multicast::put_report(cx, message)?,
        ROUTER_SOLICITATION => return neighbor::put_router_solicitation(cx, message),
        ROUTER_ADVERTISEMENT => return neighbor::put_router_advertisement(cx, message),
        NEIGHBOR_SOLICITATION => return neighbor::put_neighbor_solicitation(cx, message),
        NEIGHBOR_ADVERTISEMENT => return neighbor::put_neighbor_advertisement(cx, message),
        REDIRECT => return neighbor::put_redirect(cx, message),
        ROUTER_RENUMBERING => renumbering::print(cx, message, code)?,
        NODE_QUERY => node_information::put_query(cx, message, code)?,
        NODE_REPLY => node_information::put_reply(cx, message, code)?,
        INVERSE_SOLICITATION | INVERSE_ADVERTISEMENT => {}
        HOME_AGENT_REQUEST | MOBILE_PREFIX_SOLICITATION => put!(cx, ", id 0x", Hex0(message.be16_at(4)?, 4)),
        HOME_AGENT_REPLY if verbose => put_home_agents(cx, message)?,
        MOBILE_PREFIX_ADVERTISEMENT if verbose => return neighbor::put_mobile_prefix(cx, message),
        HOME_AGENT_REPLY | MOBILE_PREFIX_ADVERTISEMENT => {}
        RPL => rpl::print(cx, message, code)?,
        EXTENDED_ECHO_REQUEST | EXTENDED_ECHO_REPLY => {
            put!(cx, ", id ", message.be16_at(4)?, ", seq ", message.u8_at(6)?);
            match kind {
                _ if !verbose => {}
                EXTENDED_ECHO_REQUEST => icmp_extensions::print_extended_request(cx, message)?,
                _ => icmp_extensions::print_extended_reply(cx, message)?,
            }
        }
        _ => {
            put!(cx, ", length ", message.length());
            put_unknown(cx, message);
            return Ok(Printed::WithLength);
        }
    }
    Ok(Printed::Whole)
}

/// A message that nothing is known about, unless `-vv` dumps it in another way.
fn put_unknown(cx: &mut Context, message: &Cursor) {
    if cx.style.verbose <= 1 {
        let octets = message.limit(message.length()).captured();
        dump::hex_at(&mut cx.out, "\n\t", octets, 0);
    }
}

/// Home agents' addresses (RFC 6275 section 6.6).
fn put_home_agents(cx: &mut Context, message: &Cursor) -> Outcome {
    put!(cx, ", id 0x", Hex0(message.be16_at(4)?, 4));
    let end = message.limit(message.length()).captured().len();
    for at in (HEADER_LENGTH..end).step_by(16) {
        put_address(cx, ", ", message, at)?;
    }
    Ok(())
}

/// Words and an address, or neither where the address was not captured.
fn put_address(cx: &mut Context, words: &str, data: &Cursor, offset: usize) -> Outcome {
    let address = IpAddress::V6(Ipv6(data.array_at(offset)?));
    put!(cx, words);
    cx.host(address);
    Ok(())
}

#[cfg(test)]
mod tests;
