//! The only way a dissector reads a packet: a window on its bytes whose every read is checked.
//!
//! A cursor knows two lengths, and they differ on purpose. [`Cursor::captured`] is what is there to
//! read; [`Cursor::length`] is what the enclosing header says was on the wire. A snapshot length cuts
//! the first and leaves the second; padding makes the first the longer.

/// A read ran past the captured bytes. `?` carries it to the one place that prints ` [|protocol]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncated;

/// Made here, and only here, by reads: this tells the compiler that reads hardly ever fail, however many of them follow
/// each other, so that what stands behind them is made for speed.
#[cold]
#[inline(never)]
fn truncated() -> Truncated {
    Truncated
}

/// What a dissector returns: its text is already in the output when it stops early.
pub type Outcome<T = ()> = Result<T, Truncated>;

/// A window on a packet's bytes, in network order unless a method's name says `le`.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'p> {
    captured: &'p [u8],
    /// Less than 2^32, and as wide as the other fields: a cursor is copied in words, and a processor that reads a word of which
    /// but a part was just written waits until all that was written before has reached its cache.
    length: usize,
}

/// Reads of one width: `name_at` at an offset, `name` at the front, stepping over what it read.
macro_rules! reads {
    ($($at:ident, $step:ident, $type:ty, $width:literal, $from:ident;)*) => { $(
        #[doc = concat!("The ", $width, "-octet number at `offset` octets from the front.")]
        #[inline]
        pub fn $at(&self, offset: usize) -> Outcome<$type> {
            match self.captured.get(offset..).and_then(|tail| tail.first_chunk::<$width>()) {
                Some(octets) => Ok(<$type>::$from(*octets)),
                None => Err(truncated()),
            }
        }

        #[doc = concat!("Takes a ", $width, "-octet number from the front.")]
        #[inline]
        pub fn $step(&mut self) -> Outcome<$type> {
            let value = self.$at(0)?;
            *self = self.skip($width);
            Ok(value)
        }
    )* };
}

impl Cursor<'_> {
    /// A window on nothing.
    pub const EMPTY: Cursor<'static> = Cursor { captured: &[], length: 0 };
}

impl<'p> Cursor<'p> {
    /// A window on `captured`, of which the wire carried `length` octets.
    #[inline]
    pub fn new(captured: &'p [u8], length: u32) -> Self {
        Cursor { captured, length: length as usize }
    }

    /// The captured bytes from here on.
    #[inline]
    pub fn captured(&self) -> &'p [u8] {
        self.captured
    }

    /// How many octets the wire carried from here on, as the enclosing header claims.
    #[inline]
    pub fn length(&self) -> u32 {
        self.length as u32
    }

    /// Whether `count` octets from here on were captured.
    #[inline]
    pub fn has(&self, count: usize) -> bool {
        self.captured.len() >= count
    }

    /// Stops with [`Truncated`] unless `count` octets from here on were captured.
    #[inline]
    pub fn need(&self, count: usize) -> Outcome {
        if self.has(count) { Ok(()) } else { Err(truncated()) }
    }

    /// The window without its first `count` octets; empty when there are fewer.
    #[inline]
    #[must_use]
    pub fn skip(&self, count: usize) -> Self {
        Cursor { captured: self.captured.get(count..).unwrap_or_default(), length: self.length.saturating_sub(count) }
    }

    /// The window's first `length` octets: both the captured bytes and the claim are cut.
    #[inline]
    #[must_use]
    pub fn limit(&self, length: u32) -> Self {
        let captured = self.captured.get(..length as usize).unwrap_or(self.captured);
        Cursor { captured, length: self.length.min(length as usize) }
    }

    /// The same captured bytes under another claim of the wire length.
    #[inline]
    #[must_use]
    pub fn with_length(&self, length: u32) -> Self {
        Cursor { captured: self.captured, length: length as usize }
    }

    /// The `count` octets at `offset`.
    #[inline]
    pub fn bytes_at(&self, offset: usize, count: usize) -> Outcome<&'p [u8]> {
        self.captured.get(offset..).and_then(|tail| tail.get(..count)).ok_or_else(truncated)
    }

    /// Takes `count` octets from the front.
    #[inline]
    pub fn bytes(&mut self, count: usize) -> Outcome<&'p [u8]> {
        let octets = self.bytes_at(0, count)?;
        *self = self.skip(count);
        Ok(octets)
    }

    /// The `N` octets at `offset`, for addresses and other fields of fixed width.
    #[inline]
    pub fn array_at<const N: usize>(&self, offset: usize) -> Outcome<[u8; N]> {
        self.captured.get(offset..).and_then(|tail| tail.first_chunk::<N>()).copied().ok_or_else(truncated)
    }

    /// Takes `N` octets from the front.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Outcome<[u8; N]> {
        let octets = self.array_at(0)?;
        *self = self.skip(N);
        Ok(octets)
    }

    /// The 3-octet number at `offset`.
    #[inline]
    pub fn be24_at(&self, offset: usize) -> Outcome<u32> {
        let [a, b, c] = self.array_at(offset)?;
        Ok(u32::from_be_bytes([0, a, b, c]))
    }

    /// Takes a 3-octet number from the front.
    #[inline]
    pub fn be24(&mut self) -> Outcome<u32> {
        let value = self.be24_at(0)?;
        *self = self.skip(3);
        Ok(value)
    }

    reads! {
        u8_at, u8, u8, 1, from_be_bytes;
        be16_at, be16, u16, 2, from_be_bytes;
        be32_at, be32, u32, 4, from_be_bytes;
        be64_at, be64, u64, 8, from_be_bytes;
        le16_at, le16, u16, 2, from_le_bytes;
        le32_at, le32, u32, 4, from_le_bytes;
        le64_at, le64, u64, 8, from_le_bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_past_the_capture_is_truncated_and_leaves_the_cursor() {
        let mut cursor = Cursor::new(&[1, 2, 3], 40);
        assert_eq!(cursor.be16(), Ok(0x0102));
        assert_eq!(cursor.be16(), Err(Truncated));
        assert_eq!(cursor.u8(), Ok(3));
        assert_eq!((cursor.captured().len(), cursor.length()), (0, 37));
    }

    #[test]
    fn offsets_that_overflow_are_truncated_not_wrapped() {
        let cursor = Cursor::new(&[1, 2, 3], 3);
        assert_eq!(cursor.be32_at(usize::MAX), Err(Truncated));
        assert_eq!(cursor.bytes_at(2, usize::MAX), Err(Truncated));
        assert!(cursor.skip(usize::MAX).captured().is_empty());
    }

    #[test]
    fn a_limit_cuts_both_lengths_and_never_lengthens() {
        let cursor = Cursor::new(&[1, 2, 3, 4], 10);
        assert_eq!((cursor.limit(2).captured(), cursor.limit(2).length()), (&[1, 2][..], 2));
        assert_eq!((cursor.limit(20).captured().len(), cursor.limit(20).length()), (4, 10));
    }
}
