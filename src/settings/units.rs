//! Sizes and durations as they stand on the command line.

use std::num::IntErrorKind::{Empty, InvalidDigit};
use std::time::Duration;

use crate::error::Error;

/// A size in octets. A plain number counts millions of octets; `k`, `m` and `g` make it KiB, MiB and GiB.
pub fn octets(name: &str, text: &str) -> Result<u64, Error> {
    let unit = |unit: &str| match unit {
        "" => Some(1_000_000),
        "k" | "K" => Some(1 << 10),
        "m" | "M" => Some(1 << 20),
        "g" | "G" => Some(1 << 30),
        _ => None,
    };
    measure(name, text, unit)
}

/// A duration: `30`, `30s`, `5m` or `2h`.
pub fn duration(name: &str, text: &str) -> Result<Duration, Error> {
    let unit = |unit: &str| match unit {
        "" | "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3600),
        _ => None,
    };
    measure(name, text, unit).map(Duration::from_secs)
}

/// A number with a unit behind it. The messages are those of tcpdump's `-C`.
fn measure(name: &str, text: &str, unit: impl Fn(&str) -> Option<i64>) -> Result<u64, Error> {
    let digits_end = text.char_indices().find(|&(at, c)| !c.is_ascii_digit() && (at > 0 || !"+-".contains(c)));
    let (number, suffix) = text.split_at(digits_end.map_or(text.len(), |(at, _)| at));
    let fault = match (number.parse::<i64>(), unit(suffix)) {
        (Err(error), _) if matches!(error.kind(), Empty | InvalidDigit) => {
            format!("invalid {name} \"{text}\" (not a valid number)")
        }
        (Err(_) | Ok(..=0), _) => format!("invalid {name} {text} (must be >= 1 and <= {})", i64::MAX),
        (Ok(_), None) => format!("invalid {name} {text} (invalid units)"),
        (Ok(count), Some(unit)) => match count.checked_mul(unit) {
            Some(product) => return Ok(product.unsigned_abs()),
            None => format!("{name} {text} is too large"),
        },
    };
    Err(Error::Usage(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_tcpdumps_units() {
        let rows = [("1", 1_000_000), ("+5k", 5120), ("3K", 3072), ("2m", 2 << 20), ("1M", 1 << 20), ("4G", 4 << 30)];
        for (text, expected) in rows {
            assert_eq!(octets("file size", text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn wrong_sizes_are_answered_in_tcpdumps_words() {
        let rows = [
            ("0", "invalid file size 0 (must be >= 1 and <= 9223372036854775807)"),
            ("-1", "invalid file size -1 (must be >= 1 and <= 9223372036854775807)"),
            (
                "99999999999999999999",
                "invalid file size 99999999999999999999 (must be >= 1 and <= 9223372036854775807)",
            ),
            ("x", "invalid file size \"x\" (not a valid number)"),
            ("k", "invalid file size \"k\" (not a valid number)"),
            ("", "invalid file size \"\" (not a valid number)"),
            ("5x", "invalid file size 5x (invalid units)"),
            ("5kk", "invalid file size 5kk (invalid units)"),
            ("5é", "invalid file size 5é (invalid units)"),
            ("9223372036854775807k", "file size 9223372036854775807k is too large"),
        ];
        for (text, message) in rows {
            assert_eq!(octets("file size", text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn durations_are_seconds_minutes_or_hours() {
        for (text, seconds) in [("30", 30), ("30s", 30), ("5m", 300), ("2h", 7200)] {
            assert_eq!(duration("duration", text).unwrap().as_secs(), seconds, "{text}");
        }
        assert_eq!(duration("duration", "1d").unwrap_err().to_string(), "invalid duration 1d (invalid units)");
    }
}
