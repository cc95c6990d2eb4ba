//! Octets as two hexadecimal digits: from a table for a few, by arithmetic for many.

/// The two digits of each octet.
static PAIRS: [[u8; 2]; 256] = pairs();

#[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
const fn pairs() -> [[u8; 2]; 256] {
    let mut table = [[0; 2]; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = summed_digits(octet as u8);
        octet += 1;
    }
    table
}

/// The two hexadecimal digits of an octet.
#[inline]
pub fn hex_octet(octet: u8) -> [u8; 2] {
    // There is a row for each value of an octet.
    PAIRS.get(usize::from(octet)).copied().unwrap_or_default()
}

/// The four hexadecimal digits of a word.
#[inline]
pub fn hex_word(word: u16) -> [u8; 4] {
    let [[a, b], [c, d]] = word.to_be_bytes().map(hex_octet);
    [a, b, c, d]
}

/// An octet's digits without table or branch, both digits in one word: in a loop over octets, the compiler makes
/// vector instructions of this.
#[inline(always)]
pub const fn summed_digits(octet: u8) -> [u8; 2] {
    let octet = octet as u16;
    // 0xab becomes 0x0b0a: the digit that is written first is the low half, and what overflows is not wanted.
    let nibbles = octet.wrapping_mul(0x1001) >> 4;
    let is_letter = (nibbles + 0x0606) >> 4 & 0x0101;
    let digits = nibbles + u16::from_le_bytes(*b"00") + is_letter * (b'a' - b'9' - 1) as u16;
    digits.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_octet_has_its_two_digits() {
        for octet in 0..=255 {
            assert_eq!(hex_octet(octet), *format!("{octet:02x}").as_bytes());
            assert_eq!(summed_digits(octet), hex_octet(octet));
            assert_eq!(hex_word(u16::from(octet) << 4 | 0xa), *format!("0{octet:02x}a").as_bytes());
        }
    }
}
