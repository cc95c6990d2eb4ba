//! The frame check sequence (IEEE 802.15.4-2015 section 7.2.10), of four octets or two, if it was captured.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

/// ANSI X3.66 and ITU-T V.41, the lowest bit first.
const POLYNOMIAL_32: u32 = 0xedb8_8320;
const POLYNOMIAL_16: u32 = 0x8408;

/// What was found where a check would be.
pub(super) struct Check {
    found: u32,
    right: u32,
}

impl Check {
    /// Looks for a check at the end, of four octets only if `long`, and takes it off if it is one.
    pub(super) fn take(frame: &mut Cursor, long: bool, short: bool) -> Outcome<Check> {
        let length = frame.length() as usize;
        let mut check = Check { found: 0, right: 0 };
        for (octets, tried) in [(4, long), (2, short)] {
            if !tried {
                continue;
            }
            let covered = length.saturating_sub(octets);
            let summed = frame.bytes_at(0, covered)?;
            check = if octets == 4 {
                Check { found: frame.le32_at(covered)?, right: remainder(summed, POLYNOMIAL_32) }
            } else {
                Check { found: frame.le16_at(covered)?.into(), right: remainder(summed, POLYNOMIAL_16) }
            };
            if check.found == check.right {
                *frame = frame.with_length(covered as u32);
                break;
            }
        }
        Ok(check)
    }

    /// Says whether it was one.
    pub(super) fn put(&self, cx: &mut Context) {
        if self.found == self.right {
            put!(cx, "FCS ", Hex(self.found), " ");
        } else {
            put!(cx, "wrong FCS ", Hex(self.found), " vs ", Hex(self.right), " (assume no FCS stored) ");
        }
    }
}

/// What is left when octets are divided by a polynomial; the register starts with zeros here.
fn remainder(octets: &[u8], polynomial: u32) -> u32 {
    octets.iter().fold(0, |register, &octet| {
        (0..8).fold(register ^ u32::from(octet), |register, _| {
            register >> 1 ^ if register & 1 != 0 { polynomial } else { 0 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lengths_are_tried_and_the_longer_one_first() {
        // What is given everywhere as the check of these digits, by this polynomial.
        assert_eq!(remainder(b"123456789", POLYNOMIAL_16), 0x2189);
        let mut frame = Cursor::new(b"123456789\x89\x21", 11);
        let check = Check::take(&mut frame, true, true).unwrap();
        assert_eq!((check.found, check.right, frame.length()), (0x2189, 0x2189, 9));
        let octets = [0; 4];
        let mut frame = Cursor::new(&octets, 4);
        Check::take(&mut frame, true, true).unwrap();
        assert_eq!(frame.length(), 0);
    }
}
