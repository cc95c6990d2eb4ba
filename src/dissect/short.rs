//! Short texts in registers, and how they get into a line.
//!
//! Most of a line is numbers and addresses of a few characters. To copy a text of any length is a call that looks at
//! the length first; to copy a block of a fixed size and cut off what is too much takes a few instructions.

use super::hexadecimal::hex_word;
use super::put::Put;

/// Appends the first `length` octets of a block.
#[inline]
pub fn put_block<const N: usize>(block: [u8; N], length: usize, out: &mut Vec<u8>) {
    // The copy below makes room too, but in the midst of things: its caller would have to save them on every call.
    if out.capacity() - out.len() < N {
        return put_cut(block, length, out);
    }
    let end = out.len() + length;
    out.extend_from_slice(&block);
    out.truncate(end);
}

#[cold]
#[inline(never)]
fn put_cut<const N: usize>(block: [u8; N], length: usize, out: &mut Vec<u8>) {
    out.extend(block.iter().take(length));
}

/// Up to eight characters, the first in the lowest octet. Above the last there are zeros, so that texts are joined
/// by shifts.
#[derive(Clone, Copy)]
pub struct Short {
    octets: u64,
    bits: u32,
}

impl Short {
    /// No text.
    pub const EMPTY: Short = Short { octets: 0, bits: 0 };

    /// A number below 10^6 in decimal.
    #[inline]
    pub fn decimal(value: u32) -> Self {
        if value < 1000 {
            ThreeDigits::of(value).significant()
        } else {
            ThreeDigits::of(value / 1000).significant().then(ThreeDigits::of(value % 1000).all())
        }
    }

    /// A number below 10^6 in decimal, zeros in front.
    #[inline]
    pub fn six_digits(value: u32) -> Self {
        ThreeDigits::of(value / 1000).all().then(ThreeDigits::of(value % 1000).all())
    }

    /// A word in hexadecimal, with at least so many digits, one to four.
    #[inline]
    pub fn hex(word: u16, digits: u32) -> Self {
        let characters = u32::from_le_bytes(hex_word(word));
        let values = characters ^ u32::from_le_bytes(*b"0000");
        let zeros = (values | 1 << (32 - 8 * digits)).trailing_zeros() & !7;
        Short { octets: (characters >> zeros).into(), bits: 32 - zeros }
    }

    /// The text in the first octets of a block.
    #[inline]
    pub const fn octets(self) -> [u8; 8] {
        self.octets.to_le_bytes()
    }

    /// How many octets it has.
    #[inline]
    pub const fn length(self) -> usize {
        self.bits as usize / 8
    }

    /// This text and one more character, eight at most.
    #[inline]
    pub const fn and(self, character: u8) -> Self {
        self.then(Short { octets: character as u64, bits: 8 })
    }

    /// This text of less than eight characters and another, eight at most.
    #[inline]
    pub const fn then(self, other: Short) -> Self {
        Short { octets: self.octets | other.octets << self.bits, bits: self.bits + other.bits }
    }
}

impl Put for Short {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        put_block(self.octets(), self.length(), out);
    }
}

/// Three decimal digits as characters, the first in the lowest octet, and above them how many bits of zeros there are
/// in front of the first that is significant.
#[derive(Clone, Copy)]
pub struct ThreeDigits(u32);

/// `000` to `999`: a number is then a division and a look-up for three digits instead of for each.
static THREE_DIGITS: [ThreeDigits; 1000] = three_digits();

#[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
const fn three_digits() -> [ThreeDigits; 1000] {
    let mut table = [ThreeDigits(0); 1000];
    let mut value = 0;
    while value < 1000 {
        table[value] = ThreeDigits::new(value as u32);
        value += 1;
    }
    table
}

impl ThreeDigits {
    /// Those of a number below 1000, worked out.
    pub const fn new(value: u32) -> Self {
        let zeros = if value < 10 {
            16
        } else if value < 100 {
            8
        } else {
            0
        };
        let digits = (value / 100) | (value / 10 % 10) << 8 | (value % 10) << 16;
        ThreeDigits(digits | 0x30_3030 | zeros << 24)
    }

    /// Those of a number below 1000, looked up.
    #[inline]
    fn of(value: u32) -> Self {
        THREE_DIGITS.get(value as usize).copied().unwrap_or(ThreeDigits(0))
    }

    /// All three.
    #[inline]
    const fn all(self) -> Short {
        Short { octets: (self.0 & 0xff_ffff) as u64, bits: 24 }
    }

    /// Without zeros in front.
    #[inline]
    pub const fn significant(self) -> Short {
        let zeros = self.0 >> 24;
        Short { octets: ((self.0 & 0xff_ffff) >> zeros) as u64, bits: 24 - zeros }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_cut_whatever_room_there_is() {
        for room in 0..20 {
            let mut out = Vec::with_capacity(room);
            put_block(*b"abcdefgh", 3, &mut out);
            put_block(*b"ijklmnop", 8, &mut out);
            put_block(*b"qrstuvwx", 0, &mut out);
            assert_eq!(out, b"abcijklmnop", "{room}");
        }
    }

    #[test]
    fn texts_are_joined() {
        let mut out = Vec::new();
        Short::decimal(0).and(b'.').then(Short::six_digits(42)).put(&mut out);
        Short::decimal(123).and(b':').then(Short::hex(0xab, 4)).put(&mut out);
        assert_eq!(out, b"0.000042123:00ab");
    }
}
