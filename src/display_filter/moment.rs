//! Dates and times, in ISO 8601 form or as Wireshark shows them.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::source::Timestamp;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The longest offset of a zone, in minutes.
const OFFSET_MAX: i32 = 24 * 60;

/// The moment that a text names; without a zone, in local time.
pub fn parse(text: &str) -> Option<Timestamp> {
    let (when, zone) = split_zone(text.trim());
    let (date, time) = match when.split_once(['T', ' ']) {
        Some((date, time)) if date.contains('-') => (iso_date(date)?, time_of_day(time.trim())?),
        None => (iso_date(when)?, NaiveTime::MIN),
        _ => {
            let (date, time) = when.rsplit_once(' ')?;
            (written_date(date)?, time_of_day(time)?)
        }
    };
    let naive = NaiveDateTime::new(date, time);
    match zone {
        Some(minutes) => Some(stamp(FixedOffset::east_opt(minutes * 60)?.from_local_datetime(&naive).earliest()?)),
        // An hour that the clock goes through twice is taken for its first time.
        None => Some(stamp(Local.from_local_datetime(&naive).earliest()?)),
    }
}

fn stamp<Z: TimeZone>(moment: DateTime<Z>) -> Timestamp {
    let moment = moment.with_timezone(&Utc);
    Timestamp { seconds: moment.timestamp(), nanos: moment.timestamp_subsec_nanos().into() }
}

/// The zone's offset from UTC in minutes, if the text ends in one.
fn split_zone(text: &str) -> (&str, Option<i32>) {
    for utc in [" UTC", "Z"] {
        if let Some(when) = text.strip_suffix(utc) {
            return (when, Some(0));
        }
    }
    // A sign behind the time of day; those in front are part of the date.
    let sign = text.find(':').and_then(|colon| Some(colon + text.get(colon..)?.find(['+', '-'])?));
    let Some((when, offset)) = sign.and_then(|sign| text.split_at_checked(sign)) else { return (text, None) };
    match offset_minutes(offset) {
        Some(minutes) => (when, Some(minutes)),
        None => (text, None),
    }
}

/// `+02:00`, `-0530` or `+02`.
fn offset_minutes(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.get(1..)?.split(':').collect();
    let (hours, minutes) = if digits.len() == 4 { digits.split_at(2) } else { (digits.as_str(), "0") };
    let minutes = hours.parse::<u8>().ok().map(i32::from)? * 60 + minutes.parse::<u8>().ok().map(i32::from)?;
    (minutes < OFFSET_MAX).then_some(sign * minutes)
}

/// `2024-01-31`.
fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let date =
        NaiveDate::from_ymd_opt(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    date.filter(|_| parts.next().is_none())
}

/// `Jan 31, 2024`.
fn written_date(text: &str) -> Option<NaiveDate> {
    let mut words = text.split_whitespace();
    let name = words.next()?;
    let month = (1..).zip(MONTHS).find(|(_, month)| *month == name)?.0;
    let day = words.next()?.strip_suffix(',')?.parse().ok()?;
    let year = words.next()?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| words.next().is_none())
}

/// `23:59`, `23:59:58` or `23:59:58.123456789`.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (second, nanos) = match parts.next() {
        None => (0, 0),
        Some(seconds) => {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
            (whole.parse().ok()?, nanoseconds(fraction)?)
        }
    };
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanos).filter(|_| parts.next().is_none())
}

/// Digits behind a decimal point; those behind the ninth are too small to count.
pub fn nanoseconds(digits: &str) -> Option<u32> {
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    digits
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .try_fold(0, |nanos: u32, digit| Some(nanos * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_wireshark_reads_them() {
        let seconds = |text| parse(text).map(|time| (time.seconds, time.nanos));
        let expected = Some((1_704_067_211, 400_000_000));
        for text in [
            "2024-01-01 00:00:11.4Z",
            "2024-01-01T00:00:11.400000000 UTC",
            "2024-01-01 01:00:11.4+01:00",
            "2023-12-31 18:30:11.4-0530",
            "Jan  1, 2024 00:00:11.4 UTC",
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
        assert_eq!(seconds("2024-01-01 00:00Z"), Some((1_704_067_200, 0)));
        assert!(seconds("2024-01-01").is_some());
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "Z",
            "2024",
            "2024-13-01",
            "2024-01-01 25:00",
            "2024-01-01 00:00:00.x",
            "Foo 1, 2024 00:00",
            "2024-01-01 00:00:00+99:99",
            "2024-01-01-01",
            "1704067211.4",
            "é:+",
            "+",
            "2024-01-01 00:00:00:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
