//! Fiber Distributed Data Interface (ISO 9314-2).

use super::{Stations, ethernet, llc};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const HEADER_LENGTH: usize = 13;

/// Frame control: class, length of addresses and format; what is left depends on them.
const KIND_MASK: u8 = 0xf0;
const LLC: u8 = 0x50;
const STATION_MANAGEMENT: u8 = 0x40;
const CONTROLS: &[Name] = &[
    (0x40, "void "),
    (0x80, "nrt "),
    (0xc0, "rt "),
    (0x41, "info "),
    (0x4f, "nsa "),
    (0xc2, "beacon "),
    (0xc3, "claim "),
];
const KINDS: &[Name] = &[
    (0xc0, "mac"),
    (STATION_MANAGEMENT as u32, "smt"),
    (LLC as u32, "async"),
    (0xd0, "sync"),
    (0x60, "imp_async"),
    (0xe0, "imp_sync"),
];

/// Prints a frame; returns the length of its headers.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "fddi";
    if !frame.has(HEADER_LENGTH) {
        cx.truncated();
        return Ok(frame.captured().len());
    }
    let control = frame.u8_at(0)?;
    let stations = Stations::macs(&frame, 7, 1)?;
    if cx.style.link_header {
        put_header(cx, control, &stations, frame.length());
    }
    let data = frame.skip(HEADER_LENGTH);
    match control & KIND_MASK {
        LLC => return Ok(HEADER_LENGTH + llc::payload(cx, data, Some(&stations))?),
        STATION_MANAGEMENT => put!(cx, "<SMT printer not yet implemented>"),
        _ => {
            if !cx.style.link_header {
                put_header(cx, control, &stations, frame.length());
            }
            cx.unknown_payload(data);
        }
    }
    Ok(HEADER_LENGTH)
}

fn put_header(cx: &mut Context, control: u8, stations: &Stations, length: u32) {
    if cx.style.quiet == 0 {
        match (lookup(CONTROLS, control), lookup(KINDS, control & KIND_MASK)) {
            (Some(_), _) => put!(cx, name_or(CONTROLS, control, "")),
            (None, Some(kind)) => put!(cx, kind, Hex(control & !KIND_MASK), " "),
            (None, None) => put!(cx, Hex0(control, 2), " "),
        }
    }
    ethernet::put_stations(cx, stations);
    put!(cx, "length ", length, ": ");
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn a_frame_is_named_by_its_control_or_the_kind_of_it() {
        let stations = "010203040506 111213141516";
        let header = |control: &str| {
            let style = Style { link_header: true, ..Style::default() };
            let text = styled(style, LinkType::FDDI, &[control, stations].concat());
            text.split_once(' ').map(|(name, _)| name.to_owned()).unwrap_or(text)
        };
        assert_eq!(
            ["41", "45", "57", "c2", "c7", "93"].map(header),
            ["info", "smt5", "async7", "beacon", "mac7", "93"]
        );
        assert_eq!(
            text(0, LinkType::FDDI, &["93", stations].concat()),
            "93 11:12:13:14:15:16 > 01:02:03:04:05:06, length 13: "
        );
    }
}
