//! The log of BSD's packet filter (`DLT_PFLOG`): which rule did what with a packet, and the packet. What
//! the numbers mean depends on the system; the header's length tells which one it was, more or less.

use crate::dissect::address::{Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::{ipv4, ipv6};
use crate::put;

const HEADER_LENGTH_MIN: u32 = 61;
const HEADER_LENGTH_MAX: u32 = 100;

/// Where the fields are that all systems have.
const FAMILY: usize = 1;
const ACTION: usize = 2;
const REASON: usize = 3;
const INTERFACE: usize = 4;
const RULE_SET: usize = 20;
const RULE: usize = 36;
const SUBRULE: usize = 40;
const USER: usize = 44;
const DIRECTION: usize = 60;
const NAME_LENGTH: usize = 16;

/// FreeBSD: the rule's identifier.
const FREEBSD_RULE_IDENTIFIER: usize = 64;

/// OpenBSD: the packet was rewritten; the family and addresses it had.
const OPENBSD_REWRITTEN: usize = 61;
const OPENBSD_FAMILY: usize = 62;
const OPENBSD_SOURCE: (usize, usize) = (64, 96);
const OPENBSD_DESTINATION: (usize, usize) = (80, 98);

/// A rule, subrule or user that there is none of; and the latter on NetBSD and Darwin.
const NONE: u32 = u32::MAX;
const NO_USER: u32 = i32::MAX as u32;

const IPV4: u8 = 2;
/// IPv6 on NetBSD and OpenBSD, on FreeBSD, on Darwin.
const IPV6: u8 = 24;
const IPV6_FREEBSD: u8 = 28;
const IPV6_DARWIN: u8 = 30;

const REASONS: &[Name] = &[
    (0, "0(match)"),
    (1, "1(bad-offset)"),
    (2, "2(fragment)"),
    (3, "3(short)"),
    (4, "4(normalize)"),
    (5, "5(memory)"),
    (6, "6(bad-timestamp)"),
    (7, "7(congestion)"),
    (8, "8(ip-option)"),
    (9, "9(proto-cksum)"),
    (10, "10(state-mismatch)"),
    (11, "11(state-insert)"),
    (12, "12(state-limit)"),
    (13, "13(src-limit)"),
    (14, "14(synproxy)"),
];
const REASONS_FREEBSD: &[Name] = &[(15, "15(map-failed)")];
const REASONS_OPENBSD: &[Name] = &[(15, "15(translate)"), (16, "16(no-route)")];
const REASONS_OTHER: &[Name] = &[(15, "15(state-locked (NetBSD)/dummynet(Darwin)"), (16, "16(invalid-port (Darwin))")];

const ACTIONS: &[Name] = &[
    (0, "pass"),
    (1, "block"),
    (2, "scrub"),
    (3, "noscrub"),
    (4, "nat"),
    (5, "nonat"),
    (6, "binat"),
    (7, "nobinat"),
    (8, "rdr"),
    (9, "nordr"),
    (10, "synproxy-drop"),
];
const ACTIONS_FREEBSD: &[Name] = &[(11, "defer"), (12, "match")];
const ACTIONS_OPENBSD: &[Name] = &[(11, "defer"), (12, "match"), (13, "divert"), (14, "rt"), (15, "afrt")];
const ACTIONS_OTHER: &[Name] =
    &[(11, "dummynet (Darwin)"), (12, "nodummynet (Darwin)"), (13, "nat64 (Darwin)"), (14, "nonat64 (Darwin)")];

const DIRECTIONS: &[Name] = &[(0, "in/out"), (1, "in"), (2, "out")];
const DIRECTIONS_OPENBSD: &[Name] = &[(3, "fwd")];

/// A system, and what its numbers mean beyond those that all share.
struct System {
    header_length: u8,
    reasons: &'static [Name],
    actions: &'static [Name],
    directions: &'static [Name],
}

const FREEBSD: System =
    System { header_length: 69, reasons: REASONS_FREEBSD, actions: ACTIONS_FREEBSD, directions: &[] };
const OPENBSD: System =
    System { header_length: 100, reasons: REASONS_OPENBSD, actions: ACTIONS_OPENBSD, directions: DIRECTIONS_OPENBSD };
/// NetBSD, DragonFly BSD and Darwin.
const OTHER: System = System { header_length: 61, reasons: REASONS_OTHER, actions: ACTIONS_OTHER, directions: &[] };

/// Prints the header with `-e`, and the packet; returns the header's length.
pub fn print(cx: &mut Context, log: Cursor) -> Outcome<usize> {
    cx.protocol = "pflog";
    if log.length() < HEADER_LENGTH_MIN {
        return cx.invalid_because("length", log.length(), "<", HEADER_LENGTH_MIN).map(|()| 0);
    }
    let length = u32::from(log.u8_at(0)?);
    if length < HEADER_LENGTH_MIN {
        return cx.invalid_because("hdrlen", length, "<", HEADER_LENGTH_MIN).map(|()| 0);
    }
    if length > HEADER_LENGTH_MAX {
        return cx.invalid_because("hdrlen", length, ">", HEADER_LENGTH_MAX).map(|()| 0);
    }
    let header_length = length.next_multiple_of(4) as usize;
    log.need(header_length)?;
    if cx.style.link_header {
        put_header(cx, &log)?;
    }
    let packet = log.skip(header_length);
    match log.u8_at(FAMILY)? {
        IPV4 => ipv4::print(cx, packet)?,
        IPV6 | IPV6_FREEBSD | IPV6_DARWIN => ipv6::print(cx, packet)?,
        _ => {
            if !cx.style.link_header {
                put_header(cx, &log)?;
            }
            cx.unknown_payload(packet);
        }
    }
    Ok(header_length)
}

fn put_header(cx: &mut Context, log: &Cursor) -> Outcome {
    cx.protocol = "pflog";
    let length = log.u8_at(0)?;
    let system = [FREEBSD, OPENBSD].into_iter().find(|system| system.header_length == length).unwrap_or(OTHER);
    put_rule(cx, log)?;
    put_either(cx, REASONS, system.reasons, log.u8_at(REASON)?);
    let user = log.be32_at(USER)?;
    if user != NONE && (user != NO_USER || system.header_length != OTHER.header_length) {
        put!(cx, " [uid ", user, "]");
    }
    if system.header_length == FREEBSD.header_length {
        let identifier = log.be32_at(FREEBSD_RULE_IDENTIFIER)?;
        if identifier != 0 {
            put!(cx, " [ridentifier ", identifier, "]");
        }
    }
    put!(cx, ": ");
    put_either(cx, ACTIONS, system.actions, log.u8_at(ACTION)?);
    put!(cx, " ");
    put_either(cx, DIRECTIONS, system.directions, log.u8_at(DIRECTION)?);
    put!(cx, " on ");
    cx.escaped_padded_field(&log.skip(INTERFACE), NAME_LENGTH)?;
    put!(cx, ": ");
    if system.header_length == OPENBSD.header_length && cx.style.verbose > 0 && log.u8_at(OPENBSD_REWRITTEN)? != 0 {
        put!(cx, "[rewritten: ");
        put_original(cx, log, OPENBSD_SOURCE)?;
        put!(cx, ", ");
        put_original(cx, log, OPENBSD_DESTINATION)?;
        put!(cx, "; ");
    }
    Ok(())
}

/// The number of the rule, with its rule set and subrule if it has them.
fn put_rule(cx: &mut Context, log: &Cursor) -> Outcome {
    put!(cx, "rule ");
    let (rule, subrule) = (log.be32_at(RULE)?, log.be32_at(SUBRULE)?);
    if rule != NONE {
        put!(cx, rule);
        if log.u8_at(RULE_SET)? != 0 {
            put!(cx, ".");
            cx.escaped_padded_field(&log.skip(RULE_SET), NAME_LENGTH)?;
        }
        if subrule != NONE {
            put!(cx, ".", subrule);
        }
    }
    put!(cx, "/");
    Ok(())
}

/// The name that all systems or this one gives to a number.
fn put_either(cx: &mut Context, shared: &[Name], own: &[Name], number: u8) {
    match lookup(shared, number).or_else(|| lookup(own, number)) {
        Some(name) => put!(cx, name),
        None => put!(cx, "unkn(", number, ")"),
    }
}

/// An address and port before the rewriting. tcpdump calls the destination a source too.
fn put_original(cx: &mut Context, log: &Cursor, (address, port): (usize, usize)) -> Outcome {
    put!(cx, "src ");
    match log.u8_at(OPENBSD_FAMILY)? {
        IPV4 => put!(cx, Ipv4(log.array_at(address)?)),
        IPV6 => put!(cx, Ipv6(log.array_at(address)?)),
        _ => put!(cx, "?"),
    }
    put!(cx, ":", log.be16_at(port)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::styled;
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn numbers_mean_what_the_system_of_that_header_length_means() {
        let text =
            |header: &str| styled(Style { link_header: true, verbose: 1, ..Style::default() }, LinkType::PFLOG, header);
        let names = "656e3000000000000000000000000000 72756c65730000000000000000000000";
        let numbers = "00000003 ffffffff 7fffffff 00000000 00000000 00000000 03";
        let addresses = "01 02 00 c0a80001000000000000000000000000 c0a80002000000000000000000000000 0050 1f90";
        assert!(text(&["64 02 0b 10", names, numbers, addresses].concat()).starts_with(
            "rule 3.rules/16(no-route) [uid 2147483647]: defer fwd on en0: \
             [rewritten: src 192.168.0.1:80, src 192.168.0.2:8080; "
        ));
        assert!(
            text(&["45 02 0c 0f", names, numbers, "000000 00000007 00000000"].concat())
                .starts_with("rule 3.rules/15(map-failed) [uid 2147483647] [ridentifier 7]: match unkn(3) on en0: ")
        );
        assert!(text(&["3d 02 0c 0f", names, numbers, "000000"].concat()).starts_with(
            "rule 3.rules/15(state-locked (NetBSD)/dummynet(Darwin): nodummynet (Darwin) unkn(3) on en0: "
        ));
    }
}
