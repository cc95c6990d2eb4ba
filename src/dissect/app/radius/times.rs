//! The forms of time in RADIUS's attributes.

use chrono::{DateTime, Datelike, Local, TimeZone, Timelike, Utc};

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Pad, Pad0};
use crate::put;

/// Seconds from NTP's epochs to 1970: its numbers with the high bit clear count from 2036.
const NTP_EPOCH_1900: i64 = -2_208_988_800;
const NTP_EPOCH_2036: i64 = 2_085_978_496;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Hours, minutes and seconds, as few as will do.
pub(super) fn put_duration(cx: &mut Context, seconds: u32) {
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let seconds = Pad0(seconds % 60, 2);
    match (hours, minutes) {
        (0, 0) => put!(cx, seconds, " secs"),
        (0, minutes) => put!(cx, Pad0(minutes, 2), ":", seconds, " min"),
        (hours, minutes) => put!(cx, Pad0(hours, 2), ":", Pad0(minutes % 60, 2), ":", seconds, " hours"),
    }
}

/// Local time as C's `ctime` writes it.
pub(super) fn put_calendar_time(cx: &mut Context, seconds: u32) {
    let Some(time) = Local.timestamp_opt(seconds.into(), 0).single() else { return };
    put!(cx, WEEKDAYS.get(time.weekday().num_days_from_monday() as usize).copied().unwrap_or_default());
    put!(cx, " ", MONTHS.get(time.month0() as usize).copied().unwrap_or_default(), Pad(time.day(), 3), " ");
    put_time_of_day(cx, &time);
    put!(cx, " ", time.year());
}

/// An NTP time stamp (RFC 5905 section 6): its number and, unless that is zero, the date in UTC.
pub(super) fn put_ntp_time(cx: &mut Context, data: &mut Cursor) -> Outcome {
    let (seconds, fraction) = (data.be32()?, data.be32()?);
    let nanoseconds = (f64::from(fraction) / 4_294_967_296.0 * 1e9) as u32;
    put!(cx, seconds, ".", Pad0(nanoseconds, 9));
    if seconds == 0 {
        return Ok(());
    }
    let epoch = if seconds >> 31 == 1 { NTP_EPOCH_1900 } else { NTP_EPOCH_2036 };
    if let Some(time) = Utc.timestamp_opt(i64::from(seconds) + epoch, 0).single() {
        put!(cx, " (", time.year(), "-", Pad0(time.month(), 2), "-", Pad0(time.day(), 2), "T");
        put_time_of_day(cx, &time);
        put!(cx, "Z)");
    }
    Ok(())
}

fn put_time_of_day<Zone: TimeZone>(cx: &mut Context, time: &DateTime<Zone>) {
    put!(cx, Pad0(time.hour(), 2), ":", Pad0(time.minute(), 2), ":", Pad0(time.second(), 2));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn ntp_numbers_with_the_high_bit_clear_are_after_2036() {
        for (bytes, expected) in [
            ([0xd8, 0x5b, 0x2c, 0x80, 0x80, 0, 0, 0], "3629853824.500000000 (2015-01-10T04:43:44Z)"),
            ([0, 0, 0, 1, 0, 0, 0, 0], "1.000000000 (2036-02-07T06:28:17Z)"),
            ([0; 8], "0.000000000"),
        ] {
            let mut cx = Context::new(Style::default(), Names::numeric());
            assert_eq!(put_ntp_time(&mut cx, &mut Cursor::new(&bytes, 8)), Ok(()));
            assert_eq!(String::from_utf8_lossy(&cx.out), expected);
        }
    }
}
