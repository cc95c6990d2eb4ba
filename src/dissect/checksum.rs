//! The Internet checksum (RFC 1071) over captured bytes.

use etherparse::checksum::Sum16BitWords;

/// What a header's checksum turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The sum is right.
    Correct,
    /// The sum is wrong; the field should hold this.
    ShouldBe(u16),
}

/// Checks `octets`, which contain `found` in their checksum field, on top of `pseudo_header`.
pub fn verify(pseudo_header: Sum16BitWords, octets: &[u8], found: u16) -> Verdict {
    match add(pseudo_header, octets).ones_complement().to_be() {
        0 => Verdict::Correct,
        sum => Verdict::ShouldBe(should_be(found, sum)),
    }
}

/// Adds octets to a sum, most of them in large words: neither their order nor their width matters, as long as
/// carries come back in at the low end (RFC 1071 section 2), here once for all.
fn add(mut sum: Sum16BitWords, octets: &[u8]) -> Sum16BitWords {
    let (blocks, rest) = octets.as_chunks::<64>();
    let mut total = 0u128;
    for block in blocks {
        for &word in block.as_chunks().0 {
            total += u128::from(u64::from_ne_bytes(word));
        }
    }
    sum.add_16bytes(total.to_ne_bytes()).add_slice(rest)
}

/// The value that makes a sum come out right, from the wrong field and the complemented sum with it.
fn should_be(found: u16, sum: u16) -> u16 {
    // The sum with the field taken out: both are in one's complement, so the carries wrap around.
    let mut shall = u32::from(found) + u32::from(sum);
    shall = (shall & 0xffff) + (shall >> 16);
    shall = (shall & 0xffff) + (shall >> 16);
    shall as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An IPv4 header whose checksum, 0xb861, is right.
    const HEADER: [u8; 20] =
        [0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0xb8, 0x61, 0xc0, 0xa8, 0, 1, 0xc0, 0xa8, 0, 0xc7];

    #[test]
    fn tells_what_a_wrong_checksum_should_be() {
        assert_eq!(verify(Sum16BitWords::new(), &HEADER, 0xb861), Verdict::Correct);
        let mut wrong = HEADER;
        wrong[10..12].copy_from_slice(&[0x12, 0x34]);
        assert_eq!(verify(Sum16BitWords::new(), &wrong, 0x1234), Verdict::ShouldBe(0xb861));
    }

    #[test]
    fn an_odd_last_octet_is_padded_with_zero() {
        assert_eq!(verify(Sum16BitWords::new(), &[0xff, 0xfe, 0, 1, 0], 1), Verdict::Correct);
    }

    #[test]
    fn large_words_sum_up_as_small_ones_do() {
        let mut state = 1u32;
        let mut next = |octet: &mut u8| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Many of all ones, which carry.
            *octet = if state >> 28 < 9 { 0xff } else { (state >> 16) as u8 };
        };
        let mut octets = [0u8; 1000];
        octets.iter_mut().for_each(&mut next);
        for length in 0..=octets.len() {
            let octets = &octets[octets.len() - length..];
            let sum = Sum16BitWords::new().add_2bytes([0xff, 0xfe]);
            assert_eq!(add(sum.clone(), octets).ones_complement(), sum.add_slice(octets).ones_complement(), "{length}");
        }
        assert_eq!(add(Sum16BitWords::new(), &[0xff; 1024]).ones_complement(), 0);
    }
}
