//! The packet's bytes after its text: hexadecimal, hexadecimal and ASCII, or ASCII.

use super::put::{Hex0, Put, hex_octet};

/// Octets a line.
const LINE: usize = 16;

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
    Hex0(offset as u64, 4).put(out);
    out.extend_from_slice(b": ");
}

/// One line's octets, in pairs.
fn put_pairs(out: &mut Vec<u8>, line: &[u8]) {
    for pair in line.chunks(2) {
        out.push(b' ');
        for &octet in pair {
            out.extend_from_slice(&hex_octet(octet));
        }
    }
}

/// `-x`: sixteen octets a line in hexadecimal.
pub fn hex(out: &mut Vec<u8>, octets: &[u8]) {
    hex_at(out, INDENT, octets, 0);
}

/// The same, each line behind `indent`, offsets counted from `start`.
pub fn hex_at(out: &mut Vec<u8>, indent: &str, octets: &[u8], start: usize) {
    for (number, line) in octets.chunks(LINE).enumerate() {
        start_line(out, indent, start + number * LINE);
        put_pairs(out, line);
    }
}

/// `-X`: sixteen octets a line in hexadecimal and in ASCII.
pub fn hex_ascii(out: &mut Vec<u8>, octets: &[u8]) {
    hex_ascii_indented(out, INDENT, octets);
}

/// The same, each line behind `indent`.
pub fn hex_ascii_indented(out: &mut Vec<u8>, indent: &str, octets: &[u8]) {
    const HEX_COLUMN: usize = LINE / 2 * 5;
    for (number, line) in octets.chunks(LINE).enumerate() {
        start_line(out, indent, number * LINE);
        let column = out.len();
        put_pairs(out, line);
        out.resize(column + HEX_COLUMN, b' ');
        out.extend_from_slice(b"  ");
        out.extend(line.iter().map(|&octet| graphic(octet)));
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
