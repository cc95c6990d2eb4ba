//! Spans of time in words.

use super::put::Put;

const UNITS: [(u32, char); 6] = [(31_536_000, 'y'), (604_800, 'w'), (86_400, 'd'), (3600, 'h'), (60, 'm'), (1, 's')];

/// A number of seconds as `1h30m`, whatever is zero left out.
#[derive(Clone, Copy, Debug)]
pub struct Seconds(pub u32);

impl Put for Seconds {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0 == 0 {
            return "0s".put(out);
        }
        let mut rest = self.0;
        for (unit, letter) in UNITS {
            if rest >= unit {
                (rest / unit).put(out);
                letter.put(out);
                rest %= unit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_are_zero_are_left_out() {
        let text = |seconds| {
            let mut out = Vec::new();
            Seconds(seconds).put(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!((text(0), text(3601), text(32_230_861)), ("0s".into(), "1h1s".into(), "1y1w1d1h1m1s".into()));
    }
}
