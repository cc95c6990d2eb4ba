//! Token ring (IEEE 802.5), with source routes.

use super::{Station, Stations, ethernet, llc};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const HEADER_LENGTH: usize = 14;

/// Frame control: what kind of frame it is.
const KIND_SHIFT: u8 = 6;
const LLC: u8 = 1;
/// The highest bit of the source address: a route follows.
const ROUTED: u8 = 0x80;

const BROADCASTS: [&str; 8] = [
    "Non-Broadcast",
    "Non-Broadcast",
    "Non-Broadcast",
    "Non-Broadcast",
    "All-routes",
    "All-routes",
    "Single-route",
    "Single-route",
];
const LARGEST_FRAMES: [&str; 8] = ["516", "1500", "2052", "4472", "8144", "11407", "17800", "??"];

/// Prints a frame; returns the length of its headers.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "token-ring";
    if !frame.has(HEADER_LENGTH) {
        cx.truncated();
        return Ok(HEADER_LENGTH);
    }
    let [first, rest @ ..]: [u8; 6] = frame.array_at(8)?;
    let [a, b, c, d, e] = rest;
    let source = Station::Mac(Mac([first & !ROUTED, a, b, c, d, e]));
    let stations = Stations { destination: Station::Mac(Mac(frame.array_at(2)?)), source };
    if cx.style.link_header {
        put_header(cx, &frame, &stations)?;
    }
    let mut header_length = HEADER_LENGTH;
    if first & ROUTED != 0 {
        if !frame.has(HEADER_LENGTH + 2) {
            cx.truncated();
            return Ok(header_length);
        }
        header_length += usize::from(frame.u8_at(HEADER_LENGTH)? & 0x1f);
        if !frame.has(header_length) {
            cx.truncated();
            return Ok(header_length);
        }
        put_route(cx, &frame.limit(header_length as u32).skip(HEADER_LENGTH), &frame.skip(HEADER_LENGTH))?;
    }
    let data = frame.skip(header_length);
    if frame.u8_at(1)? >> KIND_SHIFT == LLC {
        return Ok(header_length + llc::payload(cx, data, Some(&stations))?);
    }
    if !cx.style.link_header {
        put_header(cx, &frame, &stations)?;
    }
    cx.unknown_payload(data);
    Ok(header_length)
}

fn put_header(cx: &mut Context, frame: &Cursor, stations: &Stations) -> Outcome {
    if cx.style.quiet == 0 {
        put!(cx, Hex0(frame.u8_at(0)?, 2), " ", Hex0(frame.u8_at(1)?, 2), " ");
    }
    ethernet::put_stations(cx, stations);
    put!(cx, "length ", frame.length(), ": ");
    Ok(())
}

/// The rings and bridges on the way; the control field may say that it is not part of the route itself.
fn put_route(cx: &mut Context, route: &Cursor, control: &Cursor) -> Outcome {
    let control = control.be16_at(0)?;
    let verbose = cx.style.verbose > 0;
    if verbose {
        put!(cx, BROADCASTS.get(usize::from(control >> 13)).copied().unwrap_or_default(), " ");
        put!(cx, if control & 0x80 != 0 { "Backward" } else { "Forward" });
    } else {
        put!(cx, "rt = ", Hex(control));
    }
    let mut segments = route.skip(2);
    while segments.has(2) {
        let segment = segments.be16()?;
        if verbose {
            put!(cx, " [", segment >> 4, ":", segment & 0x0f, "]");
        } else {
            put!(cx, ":", Hex(segment));
        }
    }
    let largest = LARGEST_FRAMES.get(usize::from(control >> 4 & 7)).copied();
    put!(cx, " (", largest.unwrap_or_default(), ") ");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn a_route_is_told_with_the_rings_on_the_way() {
        let frame = |kind: &str| ["10", kind, "010203040506 911213141516 c670 0012 0023 aaaa03 000000 1234"].concat();
        let payload = "11:12:13:14:15:16 > 01:02:03:04:05:06 SNAP, ethertype Unknown (0x1234), length 0: ";
        assert_eq!(
            text(0, LinkType::TOKEN_RING, &frame("40")),
            format!(
                "rt = c670:12:23 (??) {payload}\n\t0x0000:  aaaa 0300 0000 1234                      ......\u{12}4"
            )
            .replace('\u{12}', ".")
        );
        assert!(text(1, LinkType::TOKEN_RING, &frame("40")).starts_with("Single-route Forward [1:2] [2:3] (??) "));
        assert!(
            text(0, LinkType::TOKEN_RING, &frame("00"))
                .starts_with("rt = c670:12:23 (??) 10 00 11:12:13:14:15:16 > 01:02:03:04:05:06, length 28: ")
        );
    }
}
