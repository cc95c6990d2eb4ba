//! Little-endian numbers that are aligned to their size, counted from the start of their structure.

use crate::dissect::cursor::{Cursor, Outcome};

/// Reads the numbers one after another.
pub struct Packed<'p> {
    structure: Cursor<'p>,
    offset: usize,
}

impl<'p> Packed<'p> {
    /// A reader of `structure`, from `offset` on.
    pub fn new(structure: Cursor<'p>, offset: usize) -> Self {
        Packed { structure, offset }
    }

    /// Skips octets, all of them or none.
    pub fn advance(&mut self, octets: usize) -> Outcome {
        self.structure.need(self.offset + octets)?;
        self.offset += octets;
        Ok(())
    }

    /// Looks whether a number of `width` octets is there.
    pub fn need_aligned(&self, width: usize) -> Outcome {
        self.structure.need(self.offset.next_multiple_of(width) + width)
    }

    /// The offset of the next number of `width` octets, which is stepped over.
    fn take(&mut self, width: usize) -> Outcome<usize> {
        self.need_aligned(width)?;
        let at = self.offset.next_multiple_of(width);
        self.offset = at + width;
        Ok(at)
    }

    /// Takes an octet.
    pub fn u8(&mut self) -> Outcome<u8> {
        let at = self.take(1)?;
        self.structure.u8_at(at)
    }

    /// Takes a signed octet.
    pub fn i8(&mut self) -> Outcome<i8> {
        self.u8().map(u8::cast_signed)
    }

    /// Takes a 2-octet number.
    pub fn u16(&mut self) -> Outcome<u16> {
        let at = self.take(2)?;
        self.structure.le16_at(at)
    }

    /// Takes a 4-octet number.
    pub fn u32(&mut self) -> Outcome<u32> {
        let at = self.take(4)?;
        self.structure.le32_at(at)
    }

    /// Takes an 8-octet number.
    pub fn u64(&mut self) -> Outcome<u64> {
        let at = self.take(8)?;
        self.structure.le64_at(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::cursor::Truncated;

    #[test]
    fn alignment_counts_from_the_start_and_a_failed_read_moves_nothing() {
        let octets: Vec<u8> = (0..11).collect();
        let mut packed = Packed::new(Cursor::new(&octets, 11), 1);
        assert_eq!((packed.u8(), packed.u16()), (Ok(1), Ok(0x0302)));
        assert_eq!((packed.u8(), packed.u32()), (Ok(4), Err(Truncated)));
        assert_eq!((packed.advance(7), packed.u16(), packed.i8()), (Err(Truncated), Ok(0x0706), Ok(8)));
        assert_eq!((packed.advance(2), packed.u8()), (Ok(()), Err(Truncated)));
    }
}
