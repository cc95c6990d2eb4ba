//! Neighbours: who is heard (RFC 3626 section 6.1) and who is told of to all (section 9.1).

use super::{Family, Part, Time};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::put::{Hex0, Pad0, Put};
use crate::put;

/// Octets in front of the links of a Hello, of a link's header, and in front of neighbours of all.
const HELLO_LENGTH: u32 = 4;
const LINK_LENGTH: u32 = 4;
const TOPOLOGY_LENGTH: u32 = 4;
/// Octets behind an address with the quality of its link.
const QUALITY_LENGTH: u32 = 4;

const LINKS: &[Name] = &[(0, "Unspecified"), (1, "Asymmetric"), (2, "Symmetric"), (3, "Lost")];
const NEIGHBORS: &[Name] = &[(0, "Not-Neighbor"), (1, "Symmetric"), (2, "Symmetric-MPR")];

/// Prints the links of a Hello.
pub(super) fn put_hello(cx: &mut Context, mut rest: Cursor, with_quality: bool, family: Family) -> Outcome<Part> {
    if rest.length() < HELLO_LENGTH {
        return Part::too_short(cx, "message length", rest.length(), HELLO_LENGTH);
    }
    let [interval, willingness] = rest.array_at(2)?;
    put!(cx, "\n\t  hello-time ", Time(interval), ", MPR willingness ", willingness);
    rest = rest.skip(HELLO_LENGTH as usize);
    while rest.length() >= LINK_LENGTH {
        rest.need(LINK_LENGTH as usize)?;
        let (code, length) = (rest.u8_at(0)?, u32::from(rest.be16_at(2)?));
        let fits = (LINK_LENGTH..=rest.length()).contains(&length);
        put!(cx, "\n\t    link-type ", name_or(LINKS, code & 3, "Unknown"));
        put!(cx, ", neighbor-type ", name_or(NEIGHBORS, code >> 2, "Unknown"), ", len ", length);
        if !fits {
            put!(cx, " (invalid)");
            break;
        }
        let link = rest.skip(LINK_LENGTH as usize).with_length(length - LINK_LENGTH);
        link.need(link.length() as usize)?;
        put_neighbors(cx, link, with_quality, family)?;
        rest = rest.skip(length as usize);
    }
    Ok(Part::Whole)
}

/// Prints the neighbours that all are told of.
pub(super) fn put_topology(cx: &mut Context, rest: Cursor, with_quality: bool, family: Family) -> Outcome<Part> {
    if rest.length() < TOPOLOGY_LENGTH {
        return Part::too_short(cx, "message length", rest.length(), TOPOLOGY_LENGTH);
    }
    rest.need(TOPOLOGY_LENGTH as usize)?;
    put!(cx, "\n\t    advertised neighbor seq 0x", Hex0(rest.be16_at(0)?, 4));
    put_neighbors(cx, rest.skip(TOPOLOGY_LENGTH as usize), with_quality, family)?;
    Ok(Part::Whole)
}

fn put_neighbors(cx: &mut Context, mut rest: Cursor, with_quality: bool, family: Family) -> Outcome {
    if !with_quality {
        // All of them as IPv4 addresses, whatever they are, as tcpdump has it.
        put!(cx, "\n\t      neighbor\n\t\t");
        while rest.length() >= 4 {
            cx.ipv4_at(&rest, 0)?;
            put!(cx, " ");
            rest = rest.skip(4);
        }
        return Ok(());
    }
    let length = family.width() + QUALITY_LENGTH;
    while rest.length() >= length {
        rest.need(length as usize)?;
        let [own, other] = rest.array_at(family.width() as usize)?;
        put!(cx, "\n\t      neighbor ");
        family.put_host(cx, &rest, 0)?;
        put!(cx, ", link-quality ", Quality(own), ", neighbor-link-quality ", Quality(other));
        rest = rest.skip(length as usize);
    }
    Ok(())
}

/// A quality of 255 parts, in percent.
struct Quality(u8);

impl Put for Quality {
    fn put(&self, out: &mut Vec<u8>) {
        let hundredths = (u32::from(self.0) * 20_000 + 255) / 510;
        (hundredths / 100).put(out);
        '.'.put(out);
        Pad0(hundredths % 100, 2).put(out);
        '%'.put(out);
    }
}
