//! Rates of IEEE 802.11n (802.11-2020 section 19.5), computed from what a modulation and coding scheme
//! makes of a subcarrier.

/// Bits of data that one subcarrier carries in a symbol, doubled, by MCS: for one spatial stream ...
const ONE_STREAM: [u32; 8] = [1, 2, 3, 4, 6, 8, 9, 10];
/// ... of which MCS 0 to 31 have up to four alike, and for the streams of MCS 33 to 76, which differ.
const UNEQUAL_FIRST: u8 = 33;
const UNEQUAL: [u32; 44] = [
    6, 8, 10, 9, 12, 15, 8, 10, 10, 12, 14, 14, 16, 12, 15, 15, 18, 21, 21, 24, 10, 12, 14, 12, 14, 16, 18, 16, 18, 20,
    20, 22, 15, 18, 21, 18, 21, 24, 27, 24, 27, 30, 30, 33,
];
/// The scheme that sends everything twice, on 40 MHz only, with the half of a bit on 48 subcarriers.
const DUPLICATE: u8 = 32;

const SUBCARRIERS_20_MHZ: u32 = 52;
const SUBCARRIERS_40_MHZ: u32 = 108;
const SUBCARRIERS_DUPLICATE: u32 = 48;

/// The rate in units of 100 kbit/s; `None` for a scheme that does not exist. A symbol takes 4 µs, or
/// 3.6 µs with a short guard interval.
pub fn rate(mcs: u8, wide: bool, short_guard: bool) -> Option<u32> {
    let (doubled_bits, subcarriers) = match (mcs, wide) {
        (DUPLICATE, true) => (1, SUBCARRIERS_DUPLICATE),
        (DUPLICATE, false) => return None,
        (_, true) => (doubled_bits(mcs)?, SUBCARRIERS_40_MHZ),
        (_, false) => (doubled_bits(mcs)?, SUBCARRIERS_20_MHZ),
    };
    let doubled_bits = doubled_bits * subcarriers;
    // Half the doubled bits, in ten parts of a bit, by 4 µs or 3.6 µs, rounded.
    Some(if short_guard { (doubled_bits * 50 + 18) / 36 } else { doubled_bits * 5 / 4 })
}

fn doubled_bits(mcs: u8) -> Option<u32> {
    if let Some(unequal) = mcs.checked_sub(UNEQUAL_FIRST) {
        return UNEQUAL.get(usize::from(unequal)).copied();
    }
    ONE_STREAM.get(usize::from(mcs % 8)).map(|bits| bits * u32::from(mcs / 8 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_those_of_the_standard() {
        let all = |mcs| [(false, false), (false, true), (true, false), (true, true)].map(|(w, s)| rate(mcs, w, s));
        assert_eq!(all(0), [Some(65), Some(72), Some(135), Some(150)]);
        assert_eq!(all(15), [Some(1300), Some(1444), Some(2700), Some(3000)]);
        assert_eq!(all(32), [None, None, Some(60), Some(67)]);
        assert_eq!(all(33), [Some(390), Some(433), Some(810), Some(900)]);
        assert_eq!(all(76), [Some(2145), Some(2383), Some(4455), Some(4950)]);
        assert_eq!(all(77), [None; 4]);
    }
}
