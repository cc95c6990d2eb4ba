//! Dates in the user's time zone.

use chrono::{Datelike, Local, TimeZone, Timelike};

use super::put::{Pad0, Put};

/// Seconds since 1970 as `2005-01-14 17:58:59`.
#[derive(Clone, Copy, Debug)]
pub struct LocalTime(pub i64);

impl Put for LocalTime {
    fn put(&self, out: &mut Vec<u8>) {
        let Some(time) = Local.timestamp_opt(self.0, 0).single() else {
            return "[localtime() or gmtime() couldn't convert the date and time]".put(out);
        };
        time.year().put(out);
        for (separator, field) in
            [('-', time.month()), ('-', time.day()), (' ', time.hour()), (':', time.minute()), (':', time.second())]
        {
            separator.put(out);
            Pad0(field, 2).put(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_two_digits() {
        let mut out = Vec::new();
        LocalTime(946_782_245).put(&mut out);
        let digits: Vec<u8> = out.iter().map(|octet| if octet.is_ascii_digit() { b'0' } else { *octet }).collect();
        assert_eq!(digits, b"0000-00-00 00:00:00");
    }
}
