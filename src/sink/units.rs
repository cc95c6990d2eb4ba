//! Numbers for people: three significant digits at most where there is a unit, all of them where things are counted.

use crate::dissect::put::{Pad0, Put};

const NANOS_PER_MICRO: u64 = 1_000;
const NANOS_PER_MILLI: u64 = 1_000_000;
const NANOS_PER_SECOND: u64 = 1_000_000_000;
/// From here on, times are in minutes and more.
const LONG: u64 = 100 * NANOS_PER_SECOND;

/// A time in nanoseconds: `850 us`, `1.2 ms`, `204 ms`, `1.8 s`, `63 s`, `1m40s`, `2h05m`, `3d07h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed(pub i64);

/// Octets: `999 B`, `1.23 kB`, `45.6 MB`; the prefixes are powers of a thousand, as in rates of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Octets(pub u64);

/// A count: `4,812`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

/// A part of a whole in percent: `0.3%`; nothing where there is no whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub u64, pub u64);

/// A count with what is counted: `1 connection`, `2 connections`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<'n>(pub u64, pub &'n str);

impl Put for Elapsed {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0 < 0 {
            out.push(b'-');
        }
        let nanos = self.0.unsigned_abs();
        let seconds = nanos / NANOS_PER_SECOND;
        match (nanos >= LONG - NANOS_PER_SECOND / 2, seconds) {
            (false, _) => put_short(nanos, out),
            (true, ..3600) => put_pair(((nanos + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND, "m", 60, "s"), out),
            (true, ..86_400) => put_pair((seconds / 60, "h", 60, "m"), out),
            (true, _) => put_pair((seconds / 3600, "d", 24, "h"), out),
        }
    }
}

/// Below ten of a unit with one decimal, above without.
fn put_short(nanos: u64, out: &mut Vec<u8>) {
    let units = [(NANOS_PER_MICRO, " us"), (NANOS_PER_MILLI, " ms"), (NANOS_PER_SECOND, " s")];
    // What would be rounded to a thousand of a unit is one of the next.
    let fits = |&(unit, _): &(u64, &str)| unit == NANOS_PER_SECOND || nanos + unit / 2 < unit * 1000;
    let Some((unit, name)) = units.into_iter().find(fits) else { return };
    let tenths = (nanos + unit / 20) / (unit / 10);
    if tenths < 100 && nanos > 0 {
        (tenths / 10).put(out);
        out.push(b'.');
        (tenths % 10).put(out);
    } else {
        ((nanos + unit / 2) / unit).put(out);
    }
    name.put(out);
}

/// `1m40s`: a number of the smaller unit, the larger unit's name, how many make one, the smaller one's name.
fn put_pair((count, large, many, small): (u64, &str, u64, &str), out: &mut Vec<u8>) {
    (count / many).put(out);
    large.put(out);
    Pad0(count % many, 2).put(out);
    small.put(out);
}

impl Put for Octets {
    fn put(&self, out: &mut Vec<u8>) {
        let mut unit = 1u64;
        for name in [" B", " kB", " MB", " GB", " TB", " PB", " EB"] {
            // 999.5 of a unit would be rounded to a thousand.
            if self.0 < unit.saturating_mul(1000) - unit / 2 || name == " EB" {
                put_significant(self.0, unit, out);
                return name.put(out);
            }
            unit = unit.saturating_mul(1000);
        }
    }
}

/// `value / unit` with three significant digits.
fn put_significant(value: u64, unit: u64, out: &mut Vec<u8>) {
    let rounded = |decimals: u64| {
        ((u128::from(value) * u128::from(decimals) * 2 + u128::from(unit)) / (u128::from(unit) * 2)) as u64
    };
    let (hundredths, tenths) = (rounded(100), rounded(10));
    if unit == 1 {
        value.put(out);
    } else if hundredths < 1000 {
        (hundredths / 100).put(out);
        out.push(b'.');
        Pad0(hundredths % 100, 2).put(out);
    } else if tenths < 1000 {
        (tenths / 10).put(out);
        out.push(b'.');
        (tenths % 10).put(out);
    } else {
        rounded(1).put(out);
    }
}

impl Put for Count {
    fn put(&self, out: &mut Vec<u8>) {
        let mut buffer = itoa::Buffer::new();
        let digits = buffer.format(self.0).as_bytes();
        for (index, &digit) in digits.iter().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(b',');
            }
            out.push(digit);
        }
    }
}

impl Put for Percent {
    fn put(&self, out: &mut Vec<u8>) {
        if self.1 == 0 {
            return;
        }
        let tenths = (u128::from(self.0) * 2000 + u128::from(self.1)) / (u128::from(self.1) * 2);
        out.extend_from_slice(itoa::Buffer::new().format(tenths / 10).as_bytes());
        out.push(b'.');
        out.push(b'0' + (tenths % 10) as u8);
        out.push(b'%');
    }
}

impl Put for Counted<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        Count(self.0).put(out);
        out.push(b' ');
        self.1.put(out);
        if self.0 != 1 {
            // An address, addresses; a connection, connections.
            (if self.1.ends_with('s') { "es" } else { "s" }).put(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: impl Put) -> String {
        let mut out = Vec::new();
        value.put(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn times_have_the_unit_that_reads_best() {
        const MILLI: i64 = 1_000_000;
        let rows = [
            (0, "0 us"),
            (850_400, "850 us"),
            (1_000, "1.0 us"),
            (999_499, "999 us"),
            (999_500, "1.0 ms"),
            (1_234_567, "1.2 ms"),
            (9_949_999, "9.9 ms"),
            (9_950_000, "10 ms"),
            (204 * MILLI, "204 ms"),
            (999_600_000, "1.0 s"),
            (1800 * MILLI, "1.8 s"),
            (63_400 * MILLI, "63 s"),
            (99_499 * MILLI, "99 s"),
            (99_500 * MILLI, "1m40s"),
            (3_599_400 * MILLI, "59m59s"),
            (3_600_000 * MILLI, "1h00m"),
            (86_400_000 * MILLI, "1d00h"),
            (-1_200_000, "-1.2 ms"),
            (i64::MIN, "-106751d23h"),
        ];
        for (nanos, expected) in rows {
            assert_eq!(text(Elapsed(nanos)), expected, "{nanos}");
        }
    }

    #[test]
    fn octets_have_three_digits() {
        let rows = [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.00 kB"),
            (1_234_567, "1.23 MB"),
            (9_994_999, "9.99 MB"),
            (9_995_000, "10.0 MB"),
            (99_950_000, "100 MB"),
            (999_499_999, "999 MB"),
            (999_500_000, "1.00 GB"),
            (u64::MAX, "18.4 EB"),
        ];
        for (octets, expected) in rows {
            assert_eq!(text(Octets(octets)), expected, "{octets}");
        }
    }

    #[test]
    fn counts_and_parts() {
        assert_eq!([0, 999, 1000, 1_234_567].map(|count| text(Count(count))), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            (text(Counted(1, "address")), text(Counted(4812, "address"))),
            ("1 address".into(), "4,812 addresses".into())
        );
        assert_eq!(
            [(1, 3), (0, 7), (7, 7), (5, 0)].map(|(part, all)| text(Percent(part, all))),
            ["33.3%", "0.0%", "100.0%", ""]
        );
        assert_eq!(text(Percent(u64::MAX, u64::MAX)), "100.0%");
    }
}
