//! The flags of the TCP header as text.

use crate::dissect::line::Append;
use crate::dissect::names_table::Name;

/// Nothing more is sent.
pub const FIN: u16 = 0x01;
/// Starts a connection.
pub const SYN: u16 = 0x02;
/// Ends a connection at once.
pub const RST: u16 = 0x04;
/// The acknowledgement number counts.
pub const ACK: u16 = 0x10;
/// The urgent pointer counts.
pub const URG: u16 = 0x20;

/// Flags as they are shown, by one character each.
pub const NAMES: &[Name] = &[
    (FIN as u32, "F"),
    (SYN as u32, "S"),
    (RST as u32, "R"),
    (0x08, "P"),
    (ACK as u32, "."),
    (URG as u32, "U"),
    (0x40, "E"),
    (0x80, "W"),
    (0x100, "e"),
];

/// The flags' field: the header's low 9 bits of octets 12 and 13 (RFC 9768 takes the ninth).
pub const MASK: u16 = 0x01ff;

/// The field as it is shown: `Flags [S.]`.
pub struct Flags(pub u16);

const BEFORE: &[u8] = b"Flags [";
const LENGTH_MAX: usize = BEFORE.len() + NAMES.len() + 1;

#[derive(Clone, Copy)]
struct Text {
    octets: [u8; LENGTH_MAX],
    length: u8,
}

/// One for each value of the field.
static TEXTS: [Text; MASK as usize + 1] = texts();

#[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
const fn texts() -> [Text; MASK as usize + 1] {
    let mut texts = [Text { octets: [0; LENGTH_MAX], length: 0 }; MASK as usize + 1];
    let mut field = 0;
    while field < texts.len() {
        let mut text = texts[field].and(BEFORE);
        let mut rest = NAMES;
        while let [(flag, name), others @ ..] = rest {
            if field as u32 & *flag != 0 {
                text = text.and(name.as_bytes());
            }
            rest = others;
        }
        if field == 0 {
            text = text.and(b"none");
        }
        texts[field] = text.and(b"]");
        field += 1;
    }
    texts
}

impl Text {
    #[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
    const fn and(mut self, more: &[u8]) -> Self {
        let mut index = 0;
        while index < more.len() {
            self.octets[self.length as usize] = more[index];
            self.length += 1;
            index += 1;
        }
        self
    }
}

impl Flags {
    /// Appends them.
    #[inline]
    pub fn append(self, to: &mut impl Append) {
        if let Some(text) = TEXTS.get(usize::from(self.0 & MASK)) {
            to.block(&text.octets, text.length.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_shown_from_the_lowest_bit_on() {
        let text = |field| {
            let mut out = Vec::new();
            Flags(field).append(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!([0, SYN, SYN | ACK].map(text), ["Flags [none]", "Flags [S]", "Flags [S.]"]);
        assert_eq!(text(0x1ff), "Flags [FSRP.UEWe]");
    }
}
