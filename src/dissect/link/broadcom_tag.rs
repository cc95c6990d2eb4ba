//! Ethernet frames with the tag of a Broadcom switch, between the addresses and the type or in front.

use super::ethernet::{self, SwitchTag};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or};
use crate::dissect::names_table::Name;
use crate::put;

const TAG_LENGTH: usize = 4;

const EGRESS: u8 = 0;
const INGRESS: u8 = 1;
const TAG_ENFORCEMENTS: &[Name] = &[(0, "None"), (1, "Untag"), (2, "Header"), (3, "Reserved")];
const REASONS: &[Name] = &[
    (0x01, "mirror"),
    (0x02, "MAC learning"),
    (0x04, "switching"),
    (0x08, "prot term"),
    (0x10, "prot snoop"),
    (0x20, "exception"),
    (0x40, "reserved-6"),
    (0x80, "reserved-7"),
];
const PORTS: &[Name] = &[
    (0x001, "port 0"),
    (0x002, "port 1"),
    (0x004, "port 2"),
    (0x008, "port 3"),
    (0x010, "port 4"),
    (0x020, "port 5"),
    (0x040, "port 6"),
    (0x080, "port 7"),
    (0x100, "port 8"),
];
const PORTS_MASK: u16 = 0x1ff;

/// Prints a frame with the tag in it; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "brcm-tag";
    ethernet::print_tagged(cx, frame, SwitchTag { length: TAG_LENGTH, print: put_tag })
}

/// Prints a frame with the tag in front; returns the length of both headers.
pub fn print_prepended(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    cx.protocol = "brcm-tag-prepend";
    frame.need(TAG_LENGTH)?;
    if cx.style.link_header {
        put_tag(cx, &frame)?;
    }
    Ok(TAG_LENGTH + ethernet::print(cx, frame.skip(TAG_LENGTH))?)
}

fn put_tag(cx: &mut Context, data: &Cursor) -> Outcome {
    let [first, second, third, fourth]: [u8; TAG_LENGTH] = data.array_at(0)?;
    put!(cx, "BRCM tag OP: ");
    match first >> 5 {
        EGRESS => {
            put!(cx, "EG, CID: ", second, ", RC: [", flags(REASONS, third, "none"), "]");
            put!(cx, ", TC: ", fourth >> 5, ", port: ", fourth & 0x1f);
        }
        INGRESS => {
            put!(cx, "IG, TC: ", first >> 2 & 7, ", TE: ", name_or(TAG_ENFORCEMENTS, first & 3, "unknown"));
            let ports = u16::from_be_bytes([third, fourth]) & PORTS_MASK;
            put!(cx, ", TS: ", second >> 7, ", DST map: [", flags(PORTS, ports, "none"), "]");
        }
        operation => put!(cx, "#", operation),
    }
    put!(cx, ", ");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{STATIONS, text};
    use crate::source::LinkType;

    #[test]
    fn the_tag_depends_on_the_way_the_frame_goes() {
        let tagged = |tag: &str| text(0, LinkType::DSA_TAG_BRCM, &[STATIONS, tag, "88f8"].concat());
        let rest = "00:11:22:33:44:55 > 01:80:c2:00:00:00, ethertype Unknown (0x88f8), length 18: ";
        assert_eq!(
            tagged("00050683"),
            format!("BRCM tag OP: EG, CID: 5, RC: [MAC learning, switching], TC: 4, port: 3, {rest}")
        );
        assert_eq!(
            tagged("25800003"),
            format!("BRCM tag OP: IG, TC: 1, TE: Untag, TS: 1, DST map: [port 0, port 1], {rest}")
        );
        assert_eq!(tagged("40000000"), format!("BRCM tag OP: #2, {rest}"));
    }
}
