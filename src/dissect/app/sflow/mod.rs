//! sFlow, version 5 (sflow.org "sFlow Version 5").

mod counters;
mod fields;
mod flows;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::put;

const VERSION: u32 = 5;
const AGENT_IPV4: u32 = 1;
const AGENT_IPV6: u32 = 2;

/// Octets of the header, which an address of this length is part of.
const HEADER_LENGTH_IPV4: u32 = 28;
const HEADER_LENGTH_IPV6: u32 = 40;

/// A format's low bits; the others are an enterprise.
const FORMAT_MASK: u32 = 0xfff;
const FLOW: u32 = 1;
const COUNTERS: u32 = 2;
const FLOW_EXPANDED: u32 = 3;
const COUNTERS_EXPANDED: u32 = 4;
const FORMATS: &[Name] = &[
    (FLOW, "flow sample"),
    (COUNTERS, "counter sample"),
    (FLOW_EXPANDED, "expanded flow sample"),
    (COUNTERS_EXPANDED, "expanded counter sample"),
];
/// Octets of the format and length of a sample or a record.
const TAG_LENGTH: u32 = 8;

/// Prints a datagram.
pub fn print(cx: &mut Context, datagram: Cursor) -> Outcome {
    cx.protocol = "sflow";
    let agent = datagram.be32_at(4)?;
    let length = datagram.length();
    if agent == AGENT_IPV4 && length < HEADER_LENGTH_IPV4 || agent == AGENT_IPV6 && length < HEADER_LENGTH_IPV6 {
        put!(cx, "sFlowv", datagram.be32_at(0)?);
        // tcpdump names the shorter header's length in either case.
        return cx.invalid_because("length", length, "<", HEADER_LENGTH_IPV4);
    }
    datagram.need(HEADER_LENGTH_IPV4 as usize)?;
    let version = datagram.be32_at(0)?;
    if version != VERSION {
        put!(cx, "sFlow version ", version, " packet not supported");
        return Ok(());
    }
    let header_length = if agent == AGENT_IPV4 { HEADER_LENGTH_IPV4 } else { HEADER_LENGTH_IPV6 };
    if cx.style.verbose == 0 {
        return put_header(cx, &datagram, header_length);
    }
    datagram.need(header_length as usize)?;
    put_header(cx, &datagram, header_length)?;
    if length < header_length {
        cx.invalid_because("tlen", length, "<", header_length)?;
        return datagram.need(length as usize);
    }
    let count = datagram.be32_at(header_length as usize - 4)?;
    let mut rest = datagram.skip(header_length as usize);
    if print_samples(cx, &mut rest, count)? {
        return Ok(());
    }
    cx.invalid()?;
    rest.need(rest.length() as usize)
}

fn put_header(cx: &mut Context, datagram: &Cursor, length: u32) -> Outcome {
    let ipv4 = length == HEADER_LENGTH_IPV4;
    let rest = datagram.skip(if ipv4 { 12 } else { 24 });
    let agent_number = rest.be32_at(0)?;
    put!(cx, "sFlowv", datagram.be32_at(0)?, if ipv4 { ", IPv4 agent " } else { ", IPv6 agent " });
    if ipv4 {
        cx.ipv4_at(datagram, 8)?
    } else {
        cx.ipv6_at(datagram, 8)?
    }
    put!(cx, ", agent-id ", agent_number);
    if cx.style.verbose > 0 {
        put!(cx, ", seqnum ", rest.be32_at(4)?, ", uptime ", rest.be32_at(8)?, ", samples ", rest.be32_at(12)?);
    }
    put!(cx, ", length ", datagram.length());
    Ok(())
}

/// Takes the samples; `false` where one contradicts the datagram.
fn print_samples(cx: &mut Context, rest: &mut Cursor, count: u32) -> Outcome<bool> {
    for _ in 0..count {
        if rest.length() == 0 {
            break;
        }
        let (format, length) = (rest.be32_at(0)? & FORMAT_MASK, rest.be32_at(4)?);
        if rest.length() < TAG_LENGTH {
            return Ok(false);
        }
        *rest = rest.skip(TAG_LENGTH as usize);
        put!(cx, "\n\t", lookup(FORMATS, format).unwrap_or("Unknown"), " (", format, "), length ", length, ",");
        if format == 0 || length == 0 {
            break;
        }
        if rest.length() < length {
            return Ok(false);
        }
        rest.need(length as usize)?;
        if !print_sample(cx, *rest, format, length)? {
            return Ok(false);
        }
        *rest = rest.skip(length as usize);
    }
    Ok(true)
}

fn print_sample(cx: &mut Context, sample: Cursor, format: u32, length: u32) -> Outcome<bool> {
    match format {
        FLOW => flows::print(cx, sample),
        FLOW_EXPANDED => flows::print_expanded(cx, sample),
        COUNTERS => counters::print(cx, sample),
        COUNTERS_EXPANDED => counters::print_expanded(cx, sample),
        _ => {
            put_unknown(cx, "\n\t    ", &sample, length);
            Ok(true)
        }
    }
}

/// What has no dissector, in hexadecimal; `-vv` leaves it to `-x`.
fn put_unknown(cx: &mut Context, indent: &str, data: &Cursor, length: u32) {
    if cx.style.verbose <= 1 {
        put_hex_lines(cx, indent, data, length);
    }
}

/// A sample's records, each handed to `print`; `false` where one does not fit in what is left.
///
/// A record may run on behind its sample, as far as the datagram goes.
fn print_records(
    cx: &mut Context,
    mut rest: Cursor,
    count: u32,
    print: fn(&mut Context, Cursor, u32, u32) -> Outcome<Option<bool>>,
) -> Outcome<bool> {
    for _ in 0..count {
        if rest.length() < TAG_LENGTH {
            return Ok(false);
        }
        let (format, length) = (rest.be32()?, rest.be32()?);
        match print(cx, rest, format, length)? {
            Some(true) => {}
            Some(false) => return Ok(false),
            None => put_unknown(cx, "\n\t\t", &rest, length),
        }
        rest = rest.skip(length as usize);
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
