//! The packet's bytes after its text: hexadecimal, hexadecimal and ASCII, or ASCII.

use super::put::{Hex0, Put, hex_octet};

/// Octets a line.
const LINE: usize = 16;
/// Two octets in hexadecimal, and the blank before.
const PAIR: usize = 5;
/// A full line's octets.
const HEX_COLUMN: usize = LINE / 2 * PAIR;

/// What stands for an octet in the ASCII column.
fn graphic(octet: u8) -> u8 {
    if octet.is_ascii_graphic() { octet } else { b'.' }
}

/// What stands in front of a line, unless a protocol asks for something else.
const INDENT: &str = "\n\t";

/// Starts a line: its offset in the packet.
fn start_line(out: &mut Vec<u8>, indent: &str, offset: usize) {
    indent.put(out);
    out.extend_from_slice(b"0x");
    match u16::try_from(offset) {
        Ok(offset) => offset.to_be_bytes().iter().for_each(|&octet| out.extend_from_slice(&hex_octet(octet))),
        Err(_) => Hex0(offset as u64, 4).put(out),
    }
    out.extend_from_slice(b": ");
}

/// One line's octets in pairs, blanks up to the full width, and how wide they are. A line is made in
/// one piece: this is most of the work of `-x` and `-X`.
fn pairs(line: &[u8]) -> ([u8; HEX_COLUMN], usize) {
    let mut text = [b' '; HEX_COLUMN];
    for (slot, pair) in text.chunks_exact_mut(PAIR).zip(line.chunks(2)) {
        match (slot, pair) {
            ([_, a, b, c, d], &[first, second]) => {
                [*a, *b] = hex_octet(first);
                [*c, *d] = hex_octet(second);
            }
            ([_, a, b, ..], &[only]) => [*a, *b] = hex_octet(only),
            _ => {}
        }
    }
    (text, line.len() / 2 * PAIR + line.len() % 2 * 3)
}

/// `-x`: sixteen octets a line in hexadecimal.
pub fn hex(out: &mut Vec<u8>, octets: &[u8]) {
    hex_at(out, INDENT, octets, 0);
}

/// The same, each line behind `indent`, offsets counted from `start`.
pub fn hex_at(out: &mut Vec<u8>, indent: &str, octets: &[u8], start: usize) {
    for (number, line) in octets.chunks(LINE).enumerate() {
        start_line(out, indent, start + number * LINE);
        let (text, width) = pairs(line);
        out.extend_from_slice(text.get(..width).unwrap_or(&text));
    }
}

/// `-X`: sixteen octets a line in hexadecimal and in ASCII.
pub fn hex_ascii(out: &mut Vec<u8>, octets: &[u8]) {
    hex_ascii_indented(out, INDENT, octets);
}

/// The same, each line behind `indent`.
pub fn hex_ascii_indented(out: &mut Vec<u8>, indent: &str, octets: &[u8]) {
    for (number, line) in octets.chunks(LINE).enumerate() {
        start_line(out, indent, number * LINE);
        out.extend_from_slice(&pairs(line).0);
        let mut ascii = [b' '; 2 + LINE];
        for (character, &octet) in ascii.iter_mut().skip(2).zip(line) {
            *character = graphic(octet);
        }
        out.extend_from_slice(ascii.get(..2 + line.len()).unwrap_or(&ascii));
    }
}

/// `-A`: the text in the packet. A carriage return at the end of a line is dropped.
pub fn ascii(out: &mut Vec<u8>, octets: &[u8]) {
    out.push(b'\n');
    for (index, &octet) in octets.iter().enumerate() {
        match octet {
            b'\r' => {
                // tcpdump does not look beyond the last octet but one.
                let rest = octets.get(index + 1..).unwrap_or_default();
                if rest.len() > 1 && rest.first() != Some(&b'\n') {
                    out.push(b'.');
                }
            }
            b'\t' | b' ' | b'\n' => out.push(octet),
            _ => out.push(graphic(octet)),
        }
    }
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

    #[test]
    fn ascii_drops_carriage_returns_at_line_ends_only() {
        assert_eq!(text(ascii, b"a\r\nb\rc\0d\r"), "\na\nb.c.d");
    }
}
