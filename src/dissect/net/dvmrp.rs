//! Distance Vector Multicast Routing Protocol (RFC 1075, draft-ietf-idmr-dvmrp-v3), in IGMP messages.

use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const PROBE: u8 = 1;
const REPORT: u8 = 2;
const NEIGHBORS: u8 = 4;
const NEIGHBORS_2: u8 = 6;
const PRUNE: u8 = 7;
const GRAFT: u8 = 8;
const GRAFT_ACK: u8 = 9;
const NAMES: &[Name] = &[
    (PROBE as u32, "Probe"),
    (REPORT as u32, "Report"),
    (3, "Ask-neighbors(old)"),
    (NEIGHBORS as u32, "Neighbors(old)"),
    (5, "Ask-neighbors2"),
    (NEIGHBORS_2 as u32, "Neighbors2"),
    (PRUNE as u32, "Prune"),
    (GRAFT as u32, "Graft"),
    (GRAFT_ACK as u32, "Graft-ACK"),
];

/// What is said of an interface towards a neighbor, in the order in which it is printed.
const NEIGHBOR_FLAGS: [(u8, &str); 5] =
    [(0x01, "/tunnel"), (0x02, "/srcrt"), (0x40, "/querier"), (0x20, "/disabled"), (0x10, "/down")];

/// Octets of the IGMP header.
const HEADER_LENGTH: usize = 8;

/// Prints a message from its IGMP header on.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "dvmrp";
    let kind = message.u8_at(1)?;
    match lookup(NAMES, kind) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " [type ", kind, "]"),
    }
    let data = message.skip(HEADER_LENGTH);
    match kind {
        PROBE if cx.style.verbose > 0 => put_probe(cx, data),
        REPORT if cx.style.verbose > 1 => put_report(cx, data),
        NEIGHBORS => put_neighbors(cx, data),
        NEIGHBORS_2 => {
            put!(cx, " (v ", message.u8_at(7)?, ".", message.u8_at(6)?, "):");
            put_neighbors_2(cx, data)
        }
        PRUNE => {
            put_source_and_group(cx, &data)?;
            put!(cx, " timer ");
            put!(cx, Seconds(data.be32_at(8)?));
            Ok(())
        }
        GRAFT | GRAFT_ACK => put_source_and_group(cx, &data),
        _ => Ok(()),
    }
}

fn put_source_and_group(cx: &mut Context, data: &Cursor) -> Outcome {
    data.need(8)?;
    put!(cx, " src ");
    cx.ipv4_at(data, 0)?;
    put!(cx, " grp ");
    cx.ipv4_at(data, 4)
}

/// Says that something is shorter than it can be.
fn too_short(cx: &mut Context, what: &str, length: u32, least: u32) -> Outcome {
    put!(cx, what, " ", length, " < ", least, "]");
    cx.invalid()
}

fn put_probe(cx: &mut Context, mut data: Cursor) -> Outcome {
    if data.length() < 4 {
        return too_short(cx, " [full length", data.length(), 4);
    }
    put!(cx, if cx.style.verbose > 1 { "\n\t" } else { " " });
    put!(cx, "genid ", data.be32()?);
    while cx.style.verbose > 1 && data.length() > 0 {
        if data.length() < 4 {
            return too_short(cx, "[remaining length", data.length(), 4);
        }
        data.need(4)?;
        put!(cx, "\n\tneighbor ");
        cx.ipv4_at(&data, 0)?;
        data = data.skip(4);
    }
    Ok(())
}

/// Routes, grouped by netmask; of an origin only the octets that the mask covers are there.
fn put_report(cx: &mut Context, mut data: Cursor) -> Outcome {
    while data.length() > 0 {
        if data.length() < 3 {
            return too_short(cx, " [length", data.length(), 3);
        }
        let [second, third, fourth] = data.array()?;
        let width = match (second, third, fourth) {
            (.., 1..) => 4,
            (_, 1.., _) => 3,
            (1.., ..) => 2,
            _ => 1,
        };
        put!(cx, "\n\tMask ", Ipv4([255, second, third, fourth]));
        loop {
            if data.length() < width + 1 {
                put!(cx, "\n\t  [Truncated Report]");
                return cx.invalid();
            }
            let mut origin = [0; 4];
            for (octet, &found) in origin.iter_mut().zip(data.bytes(width as usize)?) {
                *octet = found;
            }
            let metric = data.u8()?;
            put!(cx, "\n\t  ", Ipv4(origin), " metric ", metric & 0x7f);
            if metric & 0x80 != 0 {
                break;
            }
        }
    }
    Ok(())
}

/// Neighbors of each interface, in the old format.
fn put_neighbors(cx: &mut Context, mut data: Cursor) -> Outcome {
    while data.length() > 0 {
        if data.length() < 7 {
            return too_short(cx, " [length", data.length(), 7);
        }
        let interface = IpAddress::V4(Ipv4(data.array()?));
        let (metric, threshold, count) = (data.u8()?, data.u8()?, data.u8()?);
        for _ in 0..count {
            if data.length() < 4 {
                return too_short(cx, " [length", data.length(), 4);
            }
            put!(cx, " [");
            cx.host(interface);
            put!(cx, " ->");
            let neighbor = IpAddress::V4(Ipv4(data.array()?));
            put!(cx, " ");
            cx.host(neighbor);
            put!(cx, ", (", metric, "/", threshold, ")]");
        }
    }
    Ok(())
}

/// Neighbors of each interface, with what is said of the interface.
fn put_neighbors_2(cx: &mut Context, mut data: Cursor) -> Outcome {
    while data.length() > 0 {
        if data.length() < 8 {
            return too_short(cx, " [length", data.length(), 8);
        }
        let interface = IpAddress::V4(Ipv4(data.array()?));
        let (metric, threshold, flags, mut count) = (data.u8()?, data.u8()?, data.u8()?, data.u8()?);
        while count > 0 && data.length() > 0 {
            if data.length() < 4 {
                return too_short(cx, " [length", data.length(), 4);
            }
            put!(cx, " [");
            cx.host(interface);
            put!(cx, " -> ");
            let neighbor = IpAddress::V4(Ipv4(data.array()?));
            cx.host(neighbor);
            put!(cx, " (", metric, "/", threshold);
            for (_, name) in NEIGHBOR_FLAGS.iter().filter(|(flag, _)| flags & flag != 0) {
                put!(cx, name);
            }
            put!(cx, ")]");
            count -= 1;
        }
        if count > 0 {
            put!(cx, " [ncount ", count - 1, "]");
            return cx.invalid();
        }
    }
    Ok(())
}
