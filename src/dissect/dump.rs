//! The packet's bytes after its text: hexadecimal, hexadecimal and ASCII, or ASCII.
//!
//! Four characters and more come out for each octet, so lines are made in one piece: a blank line of fixed
//! size is appended, then filled in at fixed places. What is the same for all octets is done for many at once.

use memchr::memchr;

use super::hexadecimal::{hex_word, summed_digits};
use super::put::{Put, hex_digit};

/// Octets a line.
const LINE: usize = 16;
/// How many lines' digits are made in one go.
const BLOCK: usize = 8;
/// `0x0010: `
const OFFSET: usize = 8;
/// Two octets in hexadecimal, and the blank before.
const PAIR: usize = 5;
/// A full line's octets in hexadecimal.
const PAIRS: usize = LINE / 2 * PAIR;
/// A full line in hexadecimal.
const HEX: usize = OFFSET + PAIRS;
/// A full line in hexadecimal and ASCII.
const HEX_ASCII: usize = HEX + 2 + LINE;

/// What stands in front of a line, unless a protocol asks for something else.
const INDENT: &str = "\n\t";
/// A line behind [`INDENT`] without its digits.
const BLANK_HEX: [u8; INDENT.len() + HEX] = blank_line(INDENT);
const BLANK_HEX_ASCII: [u8; INDENT.len() + HEX_ASCII] = blank_line(INDENT);

#[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
const fn blank_line<const WIDTH: usize>(indent: &str) -> [u8; WIDTH] {
    let mut line = [b' '; WIDTH];
    let (indent, offset) = (indent.as_bytes(), b"0x0000:");
    let mut at = 0;
    while at < indent.len() + offset.len() {
        line[at] = if at < indent.len() { indent[at] } else { offset[at - indent.len()] };
        at += 1;
    }
    line
}

/// `-x`: sixteen octets a line in hexadecimal.
pub fn hex(out: &mut Vec<u8>, octets: &[u8]) {
    dump::<HEX>(out, octets, 0, |out| out.extend_from_slice(&BLANK_HEX));
}

/// The same, each line behind `indent`, offsets counted from `start`.
pub fn hex_at(out: &mut Vec<u8>, indent: &str, octets: &[u8], start: usize) {
    dump::<HEX>(out, octets, start, |out| {
        indent.put(out);
        out.extend_from_slice(&const { blank_line::<HEX>("") });
    });
}

/// `-X`: sixteen octets a line in hexadecimal and in ASCII.
pub fn hex_ascii(out: &mut Vec<u8>, octets: &[u8]) {
    dump::<HEX_ASCII>(out, octets, 0, |out| out.extend_from_slice(&BLANK_HEX_ASCII));
}

/// The same, each line behind `indent`.
pub fn hex_ascii_indented(out: &mut Vec<u8>, indent: &str, octets: &[u8]) {
    dump::<HEX_ASCII>(out, octets, 0, |out| {
        indent.put(out);
        out.extend_from_slice(&const { blank_line::<HEX_ASCII>("") });
    });
}

/// Appends the lines of a dump; `begin_line` appends a blank one, whose last `WIDTH` octets are filled in.
fn dump<const WIDTH: usize>(out: &mut Vec<u8>, octets: &[u8], start: usize, begin_line: impl Fn(&mut Vec<u8>)) {
    out.reserve(octets.len().div_ceil(LINE) * (INDENT.len() + WIDTH));
    let (lines, rest) = octets.as_chunks();
    append_lines::<WIDTH>(out, lines, start, &begin_line);
    if !rest.is_empty() {
        let mut line = [0; LINE];
        line.iter_mut().zip(rest).for_each(|(slot, &octet)| *slot = octet);
        append_lines::<WIDTH>(out, &[line], start + lines.len() * LINE, &begin_line);
        shorten_line::<WIDTH>(out, rest.len());
    }
}

fn append_lines<const WIDTH: usize>(
    out: &mut Vec<u8>,
    lines: &[[u8; LINE]],
    start: usize,
    begin_line: &impl Fn(&mut Vec<u8>),
) {
    let mut offset = start;
    let mut digits = [[[0; 2]; LINE]; BLOCK];
    for lines in lines.chunks(BLOCK) {
        for (digits, &octet) in digits.as_flattened_mut().iter_mut().zip(lines.as_flattened()) {
            *digits = summed_digits(octet);
        }
        for (line, digits) in lines.iter().zip(&digits) {
            begin_line(out);
            if let Some(text) = out.last_chunk_mut::<WIDTH>() {
                fill_line(text, offset as u16, digits, line);
            }
            if offset > 0xffff {
                widen_offset::<WIDTH>(out, offset);
            }
            offset += LINE;
        }
    }
}

/// Puts octets into a blank line, with the column of characters if it has one.
#[inline(always)]
fn fill_line<const WIDTH: usize>(text: &mut [u8; WIDTH], offset: u16, digits: &[[u8; 2]; LINE], octets: &[u8; LINE]) {
    let Some(([_, _, a, b, c, d, ..], columns)) = text.split_first_chunk_mut::<OFFSET>() else { return };
    [*a, *b, *c, *d] = hex_word(offset);
    let (slots, _) = columns.as_chunks_mut::<PAIR>();
    for ([_, slot @ ..], pair) in slots.iter_mut().zip(digits.as_flattened().as_chunks().0) {
        *slot = *pair;
    }
    if WIDTH == HEX_ASCII
        && let Some(characters) = columns.last_chunk_mut()
    {
        *characters = octets.map(graphic);
    }
}

/// What stands for an octet in the ASCII column.
#[inline(always)]
fn graphic(octet: u8) -> u8 {
    if octet.is_ascii_graphic() { octet } else { b'.' }
}

/// Puts the digits above the fourth of an offset into the line at the end.
#[cold]
fn widen_offset<const WIDTH: usize>(out: &mut Vec<u8>, offset: usize) {
    let at = out.len().saturating_sub(WIDTH - "0x".len());
    let mut above = offset >> 16;
    while above > 0 {
        out.insert(at, hex_digit(above as u8));
        above >>= 4;
    }
}

/// Leaves `octets` of a full line's octets in the line at the end.
fn shorten_line<const WIDTH: usize>(out: &mut Vec<u8>, octets: usize) {
    let width = octets / 2 * PAIR + octets % 2 * 3;
    if WIDTH == HEX {
        out.truncate(out.len().saturating_sub(PAIRS - width));
        return;
    }
    if let Some((pairs, _)) =
        out.last_chunk_mut::<{ HEX_ASCII - OFFSET }>().and_then(|text| text.split_first_chunk_mut::<PAIRS>())
    {
        pairs.iter_mut().skip(width).for_each(|digit| *digit = b' ');
    }
    out.truncate(out.len().saturating_sub(LINE - octets));
}

/// `-A`: the text in the packet. A carriage return at the end of a line is dropped.
pub fn ascii(out: &mut Vec<u8>, octets: &[u8]) {
    out.push(b'\n');
    out.reserve(octets.len());
    let mut rest = octets;
    while let Some((text, [_, behind @ ..])) = memchr(b'\r', rest).and_then(|at| rest.split_at_checked(at)) {
        out.extend(text.iter().copied().map(legible));
        // tcpdump does not look beyond the last octet but one.
        if behind.len() > 1 && behind.first() != Some(&b'\n') {
            out.push(b'.');
        }
        rest = behind;
    }
    out.extend(rest.iter().copied().map(legible));
}

/// What stands for an octet in text of several lines.
#[inline(always)]
fn legible(octet: u8) -> u8 {
    if octet.is_ascii_graphic() | matches!(octet, b'\t' | b'\n' | b' ') { octet } else { b'.' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(dump: fn(&mut Vec<u8>, &[u8]), octets: &[u8]) -> String {
        let mut out = Vec::new();
        dump(&mut out, octets);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn an_odd_last_octet_stands_alone() {
        let octets: Vec<u8> = (0x40..0x53).collect();
        assert_eq!(text(hex, &octets), "\n\t0x0000:  4041 4243 4445 4647 4849 4a4b 4c4d 4e4f\n\t0x0010:  5051 52");
        assert_eq!(
            text(hex_ascii, &octets[..17]),
            "\n\t0x0000:  4041 4243 4445 4647 4849 4a4b 4c4d 4e4f  @ABCDEFGHIJKLMNO\
             \n\t0x0010:  50                                       P"
        );
    }

    /// One character after the other, by the format's definition.
    fn plain(indent: &str, octets: &[u8], start: usize, with_ascii: bool) -> String {
        let mut text = String::new();
        for (number, line) in octets.chunks(16).enumerate() {
            text += &format!("{indent}0x{:04x}: ", start + 16 * number);
            let pairs =
                line.chunks(2).map(|pair| pair.iter().fold(" ".into(), |text, octet| format!("{text}{octet:02x}")));
            let pairs: String = pairs.collect();
            text += &pairs;
            if with_ascii {
                text += &" ".repeat(40 - pairs.len() + 2);
                text.extend(line.iter().map(|octet| if (33..127).contains(octet) { char::from(*octet) } else { '.' }));
            }
        }
        text
    }

    fn is_plain(indent: &str, octets: &[u8], start: usize) {
        let text = |dump: &dyn Fn(&mut Vec<u8>)| {
            let mut out = b"before".to_vec();
            dump(&mut out);
            String::from_utf8_lossy(out.strip_prefix(b"before").unwrap()).into_owned()
        };
        assert_eq!(text(&|out| hex_at(out, indent, octets, start)), plain(indent, octets, start, false));
        assert_eq!(text(&|out| hex_ascii_indented(out, indent, octets)), plain(indent, octets, 0, true));
        assert_eq!(text(&|out| hex(out, octets)), plain("\n\t", octets, 0, false));
        assert_eq!(text(&|out| hex_ascii(out, octets)), plain("\n\t", octets, 0, true));
    }

    #[test]
    fn any_length_of_any_octets_is_as_defined() {
        let octets: Vec<u8> = (0..=255).rev().chain(0..=255).collect();
        for length in 0..=octets.len() {
            is_plain("\n\t    ", &octets[..length], 0);
            is_plain("", &octets[octets.len() - length..], length);
        }
    }

    #[test]
    fn offsets_grow_beyond_four_digits() {
        let octets: Vec<u8> = (0..0x1_0123u32).map(|number| ((number * 7) >> 3) as u8).collect();
        is_plain("\n", &octets, 0);
        for start in [0xffd0, 0xfff0, 0xfffb, 0xffff, 0x1_0000, 0xf_fff0, 0xffff_fff1, 0x1234_5678_9abc] {
            is_plain("\n\t", &octets[..55], start);
        }
    }

    #[test]
    fn ascii_drops_carriage_returns_at_line_ends_only() {
        assert_eq!(text(ascii, b"a\r\nb\rc\0d\r"), "\na\nb.c.d");
        assert_eq!(text(ascii, b"\r\r\r\n\ra"), "\n..\na");
        assert_eq!([text(ascii, b"\r"), text(ascii, b"a\r\r"), text(ascii, b"a\rb")], ["\n", "\na", "\nab"]);
    }

    #[test]
    fn ascii_shows_what_is_legible() {
        let octets: Vec<u8> = (0..=255).filter(|&octet| octet != b'\r').collect();
        let shown = |&octet: &u8| if octet == 9 || octet == 10 || (32..127).contains(&octet) { octet } else { b'.' };
        let expected: Vec<u8> = octets.iter().map(shown).collect();
        assert_eq!(text(ascii, &octets).as_bytes(), [b"\n", &expected[..]].concat());
    }
}
