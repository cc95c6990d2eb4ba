//! The part of a line that nearly every packet has, made in a place of its own before it goes out as one.
//!
//! To append to the output is to look for room and to note its new length in memory, twenty times in a line. Here the
//! room is always there: what is put has a bound, and so has all of it together.

use super::short::{Short, put_block};

/// Octets that a line has room for: a power of two. The longest that is made here has 360.
const SIZE: usize = 512;
/// The longest text that is put at once.
const PUT_MAX: usize = 32;

/// Where short texts go: into a line, or right into the output.
pub trait Append {
    /// Appends a text.
    fn short(&mut self, text: Short);

    /// Appends the first `length` octets of a block.
    fn block<const N: usize>(&mut self, block: &[u8; N], length: usize);

    /// Appends a constant.
    #[inline(always)]
    fn text<const N: usize>(&mut self, text: &[u8; N]) {
        self.block(text, N);
    }

    /// Appends a number in decimal.
    fn number(&mut self, value: u32);
}

impl Append for Vec<u8> {
    #[inline]
    fn short(&mut self, text: Short) {
        put_block(text.octets(), text.length(), self);
    }

    #[inline]
    fn block<const N: usize>(&mut self, block: &[u8; N], length: usize) {
        put_block(*block, length, self);
    }

    #[inline]
    fn number(&mut self, value: u32) {
        put_number(self, value);
    }
}

/// Room for a line, used again for each.
#[derive(Debug)]
pub struct Room(Box<Octets>);

type Octets = [u8; SIZE + PUT_MAX];

impl Default for Room {
    fn default() -> Self {
        Room(Box::new([0; SIZE + PUT_MAX]))
    }
}

impl Room {
    /// Begins a line.
    #[inline]
    pub fn begin(&mut self) -> Line<'_> {
        Line { octets: &mut self.0, length: 0 }
    }
}

/// A line that is being made. Its length is to stay in a register.
#[derive(Debug)]
pub struct Line<'r> {
    octets: &'r mut Octets,
    length: usize,
}

impl Line<'_> {
    /// How long it is by now.
    #[inline]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Appends the line to the output, and begins another one.
    #[inline]
    pub fn flush(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.octets.get(..self.length).unwrap_or_default());
        self.length = 0;
    }
}

impl Append for Line<'_> {
    #[inline(always)]
    fn short(&mut self, text: Short) {
        self.block(&text.octets(), text.length());
    }

    #[inline(always)]
    fn block<const N: usize>(&mut self, block: &[u8; N], length: usize) {
        const { assert!(N <= PUT_MAX) };
        // That it is below SIZE goes without saying; said like this, nothing is left to be checked.
        let at = self.length % SIZE;
        if let Some(place) = self.octets.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
            *place = *block;
        }
        self.length = at + length;
    }

    #[inline(always)]
    fn number(&mut self, value: u32) {
        self.length = append_number(self.octets, self.length, value);
    }
}

/// Appends a number at a place; the place behind it.
#[inline(never)]
fn append_number(octets: &mut Octets, length: usize, value: u32) -> usize {
    let mut line = Line { octets, length };
    put_number(&mut line, value);
    line.length
}

#[inline(always)]
fn put_number(to: &mut impl Append, value: u32) {
    const MILLION: u32 = 1_000_000;
    if value < MILLION {
        to.short(Short::decimal(value));
    } else {
        to.short(Short::decimal(value / MILLION));
        to.short(Short::six_digits(value % MILLION));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_the_output_get_the_same() {
        fn fill(to: &mut impl Append) {
            to.text(b", seq ");
            for value in [0, 7, 42, 999, 1000, 999_999, 1_000_000, 20_000_001, u32::MAX] {
                to.number(value);
                to.short(Short::EMPTY.and(b':'));
            }
            to.block(b"abcdef", 2);
        }
        let (mut room, mut through, mut direct) = (Room::default(), Vec::new(), Vec::new());
        let mut line = room.begin();
        fill(&mut line);
        line.flush(&mut through);
        fill(&mut direct);
        assert_eq!(through, direct);
        assert_eq!(direct, b", seq 0:7:42:999:1000:999999:1000000:20000001:4294967295:ab");
        line.text(b"next");
        line.flush(&mut through);
        assert!(through.ends_with(b":abnext"));
    }
}
