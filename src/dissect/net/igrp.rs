//! Cisco's Interior Gateway Routing Protocol ("An Introduction to IGRP", Rutgers, 1991).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of the header.
const HEADER_LENGTH: usize = 12;
/// Octets of a route.
const ROUTE_LENGTH: u32 = 14;

const OPERATIONS: &[Name] = &[(1, "update"), (2, "request")];

/// A route that cannot be used, and the greatest metric.
const METRIC_MAX: u32 = 0xff_ffff;

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "igrp";
    put!(cx, "igrp:");
    let mut interior = packet.be16_at(4)?;
    let mut system = packet.be16_at(6)?;
    let mut exterior = packet.be16_at(8)?;
    let [first, edition] = packet.array_at(0)?;
    put!(cx, " ", name_or_number(OPERATIONS, first & 0xf, "op-#", ""), " V", first >> 4, " edit=", edition);
    put!(cx, " AS=", packet.be16_at(2)?, " (", interior, "/", system, "/", exterior, ")");
    let checksum = packet.be16_at(10)?;
    if cx.style.verbose > 0 {
        put!(cx, " checksum=0x", Hex0(checksum, 4));
    }
    let mut rest = packet.skip(HEADER_LENGTH);
    while rest.length() >= ROUTE_LENGTH {
        let [a, b, c] = rest.array_at(0)?;
        // Each kind of network leaves out another octet of its number.
        if interior > 0 {
            put!(cx, " *.", a, ".", b, ".", c);
            interior -= 1;
        } else if system > 0 {
            put!(cx, " ", a, ".", b, ".", c, ".0");
            system -= 1;
        } else if exterior > 0 {
            put!(cx, " X", a, ".", b, ".", c, ".0");
            exterior -= 1;
        } else {
            put!(cx, " [extra bytes ", rest.length(), "]");
            break;
        }
        put_metrics(cx, &rest)?;
        rest = rest.skip(ROUTE_LENGTH as usize);
    }
    if interior > 0 || system > 0 || exterior > 0 || rest.length() > 0 { cx.invalid() } else { Ok(()) }
}

/// What is known of the way to a network.
fn put_metrics(cx: &mut Context, route: &Cursor) -> Outcome {
    let (delay, bandwidth) = (route.be24_at(3)?, route.be24_at(6)?);
    let (mtu, [reliability, load, hops]) = (route.be16_at(9)?, route.array_at(11)?);
    put!(cx, " d=", 10 * delay, " b=", 10_000_000u32.checked_div(bandwidth).unwrap_or(0), " r=", reliability);
    put!(cx, " l=", load, " M=", (bandwidth + delay).min(METRIC_MAX), " mtu=", mtu, " in ", hops, " hops");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn a_bandwidth_of_zero_is_not_divided_by() {
        let packet = octets("11 00 0001 0000 0001 0000 0000 0a0000 0007d0 000000 05dc ff 01 00");
        assert_eq!(
            payload_text(0, 9, &packet),
            "igrp: update V1 edit=0 AS=1 (0/1/0) 10.0.0.0 d=20000 b=0 r=255 l=1 M=2000 mtu=1500 in 0 hops"
        );
    }

    #[test]
    fn routes_that_the_header_does_not_count_are_invalid() {
        let packet = octets("11 00 0001 0000 0000 0000 0000 0a0000 0007d0 000001 05dc ff 01 00");
        assert_eq!(payload_text(0, 9, &packet), "igrp: update V1 edit=0 AS=1 (0/0/0) [extra bytes 14] (invalid)");
    }
}
