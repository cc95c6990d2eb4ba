//! Time stamps in front of a line. The zone's rules are looked up once a second of capture time.

use chrono::{DateTime, Datelike, Local, TimeZone, Timelike, Utc};

use super::line::{Append, Line};
use super::put::{Pad0, Put};
use super::short::{Short, put_block};
use super::style::TimeFormat;
use crate::source::Timestamp;

const NANOS_PER_SECOND: i64 = 1_000_000_000;
/// Octets of the longest time stamp that is kept: a date with a year of six digits, and a time of day.
const SECOND_LENGTH_MAX: usize = 24;
const OVERFLOW: &str = "[timestamp overflow] ";
const EPOCH: Timestamp = Timestamp { seconds: 0, nanos: 0 };

/// Writes time stamps in one format and remembers what the next one may refer to.
#[derive(Debug)]
pub struct Clock {
    format: TimeFormat,
    nanoseconds: bool,
    /// The second whose text `text` holds.
    second: Option<i64>,
    /// `HH:MM:SS`, with the date in front for [`TimeFormat::DateAndTime`], and its length.
    text: ([u8; SECOND_LENGTH_MAX], usize),
    /// The packet that relative time stamps count from.
    reference: Option<Timestamp>,
}

impl Clock {
    /// A clock for one format, with nine digits of a second or six.
    pub fn new(format: TimeFormat, nanoseconds: bool) -> Self {
        Clock { format, nanoseconds, second: None, text: ([0; SECOND_LENGTH_MAX], 0), reference: None }
    }

    /// Appends the time stamp and the blank behind it.
    #[inline]
    pub fn put(&mut self, now: Timestamp, out: &mut Vec<u8>) {
        match self.format {
            TimeFormat::TimeOfDay | TimeFormat::DateAndTime => self.put_local(now, out),
            _ => self.put_other(now, out),
        }
    }

    /// Appends the same to a line that is empty, or puts it out at once, where it takes longer to make.
    #[inline(always)]
    pub fn append(&mut self, now: Timestamp, line: &mut Line, out: &mut Vec<u8>) {
        let is_local = matches!(self.format, TimeFormat::TimeOfDay | TimeFormat::DateAndTime);
        if is_local && self.second == Some(now.seconds) && self.has_six_digits(now.nanos) {
            line.block(&self.text.0, self.text.1);
            line.short(fraction(now.nanos));
        } else {
            self.put(now, out);
        }
    }

    #[inline(never)]
    fn put_other(&mut self, now: Timestamp, out: &mut Vec<u8>) {
        match self.format {
            TimeFormat::None => {}
            TimeFormat::TimeOfDay | TimeFormat::DateAndTime => self.put_local(now, out),
            TimeFormat::Epoch => self.put_epoch(now, out),
            TimeFormat::SincePrevious => {
                self.put_since(now, out);
                self.reference = Some(now);
            }
            TimeFormat::SinceFirst => self.put_since(now, out),
        }
    }

    #[inline(always)]
    fn put_local(&mut self, now: Timestamp, out: &mut Vec<u8>) {
        if self.second == Some(now.seconds) {
            put_block(self.text.0, self.text.1, out);
        } else if now.seconds < 0 {
            return OVERFLOW.put(out);
        } else {
            self.put_second(now.seconds, out);
        }
        self.put_fraction(now.nanos, out);
    }

    /// Works out the local date and time of a second, and keeps it for the packets to come.
    #[cold]
    fn put_second(&mut self, seconds: i64, out: &mut Vec<u8>) {
        let start = out.len();
        let Some(local) = Local.timestamp_opt(seconds, 0).single() else {
            return "[localtime() or gmtime() couldn't convert the date and time]".put(out);
        };
        if self.format == TimeFormat::DateAndTime {
            local.year().put(out);
            for (separator, field) in [('-', local.month()), ('-', local.day())] {
                separator.put(out);
                Pad0(field, 2).put(out);
            }
            out.push(b' ');
        }
        put_time_of_day(&local, out);
        let text = out.get(start..).unwrap_or_default();
        if let Some(kept) = self.text.0.get_mut(..text.len()) {
            kept.copy_from_slice(text);
            self.text.1 = text.len();
            self.second = Some(seconds);
        }
    }

    fn put_epoch(&self, now: Timestamp, out: &mut Vec<u8>) {
        if now.seconds < 0 {
            return OVERFLOW.put(out);
        }
        now.seconds.put(out);
        self.put_fraction(now.nanos, out);
    }

    /// The distance to the reference, signed, hours to fractions.
    fn put_since(&mut self, now: Timestamp, out: &mut Vec<u8>) {
        // A capture that starts at the epoch has no reference yet, in tcpdump's eyes.
        let reference = *self.reference.insert(self.reference.filter(|time| *time != EPOCH).unwrap_or(now));
        let (sign, later, earlier) = if now < reference { (b'-', reference, now) } else { (b' ', now, reference) };
        out.push(sign);
        let mut seconds = later.seconds - earlier.seconds;
        let mut nanos = self.whole_units(later.nanos) - self.whole_units(earlier.nanos);
        if nanos < 0 {
            seconds -= 1;
            nanos += NANOS_PER_SECOND;
        }
        match Utc.timestamp_opt(seconds, 0).single() {
            Some(distance) => put_time_of_day(&distance, out),
            None => "[timestamp overflow]".put(out),
        }
        self.put_fraction(nanos, out);
    }

    /// Nanoseconds rounded down to what is printed, so that differences agree with the printed stamps.
    fn whole_units(&self, nanos: i64) -> i64 {
        if self.nanoseconds { nanos } else { nanos / 1000 * 1000 }
    }

    /// The fraction of the second and the blank behind it.
    #[inline]
    fn put_fraction(&self, nanos: i64, out: &mut Vec<u8>) {
        if self.has_six_digits(nanos) {
            fraction(nanos).put(out);
        } else {
            self.put_other_fraction(nanos, out);
        }
    }

    /// Whether a fraction is printed in six digits.
    #[inline]
    fn has_six_digits(&self, nanos: i64) -> bool {
        !self.nanoseconds && (0..NANOS_PER_SECOND).contains(&nanos)
    }

    /// One of nine digits, or of a damaged time stamp.
    #[inline(never)]
    fn put_other_fraction(&self, nanos: i64, out: &mut Vec<u8>) {
        out.push(b'.');
        let (fraction, digits, limit, unit) =
            if self.nanoseconds { (nanos, 9, NANOS_PER_SECOND, "ns") } else { (nanos / 1000, 6, 1_000_000, "us") };
        // The savefile's field has 32 bits; a damaged one can hold more than a second.
        let fraction = fraction as u32;
        Pad0(fraction, digits).put(out);
        if i64::from(fraction) >= limit {
            " (invalid ".put(out);
            unit.put(out);
            ")".put(out);
        }
        out.push(b' ');
    }
}

/// Six digits of a fraction, and what stands around them.
#[inline]
fn fraction(nanos: i64) -> Short {
    Short::EMPTY.and(b'.').then(Short::six_digits(nanos as u32 / 1000)).and(b' ')
}

fn put_time_of_day<Zone: TimeZone>(time: &DateTime<Zone>, out: &mut Vec<u8>) {
    Pad0(time.hour(), 2).put(out);
    for field in [time.minute(), time.second()] {
        out.push(b':');
        Pad0(field, 2).put(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamps(format: TimeFormat, nanoseconds: bool, times: &[(i64, i64)]) -> Vec<String> {
        let mut clock = Clock::new(format, nanoseconds);
        let text = |&(seconds, nanos): &(i64, i64)| {
            let mut out = Vec::new();
            clock.put(Timestamp { seconds, nanos }, &mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        times.iter().map(text).collect()
    }

    #[test]
    fn epoch_has_six_or_nine_digits() {
        assert_eq!(stamps(TimeFormat::Epoch, false, &[(7, 1_999)]), ["7.000001 "]);
        assert_eq!(stamps(TimeFormat::Epoch, true, &[(7, 1_999)]), ["7.000001999 "]);
        assert_eq!(stamps(TimeFormat::Epoch, false, &[(-1, 0)]), ["[timestamp overflow] "]);
    }

    #[test]
    fn relative_stamps_count_from_the_previous_or_the_first_packet() {
        let times = [(100, 900_000_000), (102, 100_000_000), (101, 0)];
        assert_eq!(
            stamps(TimeFormat::SincePrevious, false, &times),
            [" 00:00:00.000000 ", " 00:00:01.200000 ", "-00:00:01.100000 "]
        );
        assert_eq!(
            stamps(TimeFormat::SinceFirst, false, &times),
            [" 00:00:00.000000 ", " 00:00:01.200000 ", " 00:00:00.100000 "]
        );
    }

    #[test]
    fn the_epoch_itself_is_no_reference() {
        assert_eq!(
            stamps(TimeFormat::SinceFirst, false, &[(0, 0), (5, 0), (6, 0)]),
            [" 00:00:00.000000 ", " 00:00:00.000000 ", " 00:00:01.000000 "]
        );
    }

    #[test]
    fn a_fraction_of_more_than_a_second_is_said_to_be_invalid() {
        assert_eq!(stamps(TimeFormat::Epoch, true, &[(1, 1_000_000_000)]), ["1.1000000000 (invalid ns) "]);
        assert_eq!(stamps(TimeFormat::Epoch, false, &[(1, 2_147_483_648)]), ["1.2147483 (invalid us) "]);
    }
}
