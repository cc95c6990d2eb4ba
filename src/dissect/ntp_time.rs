//! Time stamps of NTP (RFC 5905 section 6), which other protocols use too.

use chrono::{DateTime, Datelike, Timelike};

use super::cursor::{Cursor, Outcome};
use super::put::{Pad0, Put};

/// Where 32-bit seconds with the top bit set count from: 1900, in seconds before 1970.
const ERA_0: i64 = -2_208_988_800;
/// Where the others count from: 7 February 2036 (RFC 4330 section 3).
const ERA_1: i64 = 2_085_978_496;

/// A time as seconds and a fraction, and in words unless the seconds are zero: `1.500000000 (2036-...Z)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NtpTime {
    /// Seconds since the era began.
    pub seconds: u32,
    /// Parts of 2^32 of a second.
    pub fraction: u32,
}

impl NtpTime {
    /// The time stamp at `offset` of a cursor.
    pub fn read(data: &Cursor, offset: usize) -> Outcome<Self> {
        Ok(NtpTime { seconds: data.be32_at(offset)?, fraction: data.be32_at(offset + 4)? })
    }

    /// Seconds since 1970.
    pub fn unix_seconds(self) -> i64 {
        i64::from(self.seconds) + if self.seconds >> 31 == 1 { ERA_0 } else { ERA_1 }
    }

    /// Seconds and nanoseconds, without the date.
    pub fn put_number(self, out: &mut Vec<u8>) {
        self.seconds.put(out);
        out.push(b'.');
        // Rounded as tcpdump's floating point rounds.
        Pad0((f64::from(self.fraction) / 4_294_967_296.0 * 1e9) as u32, 9).put(out);
    }
}

impl Put for NtpTime {
    fn put(&self, out: &mut Vec<u8>) {
        self.put_number(out);
        if self.seconds == 0 {
            return;
        }
        let Some(time) = DateTime::from_timestamp(self.unix_seconds(), 0) else { return };
        out.extend_from_slice(b" (");
        time.year().put(out);
        for (separator, field) in
            [('-', time.month()), ('-', time.day()), ('T', time.hour()), (':', time.minute()), (':', time.second())]
        {
            separator.put(out);
            Pad0(field, 2).put(out);
        }
        out.extend_from_slice(b"Z)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_bit_tells_the_eras_apart() {
        let text = |seconds, fraction| {
            let mut out = Vec::new();
            NtpTime { seconds, fraction }.put(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!(text(0, 1 << 31), "0.500000000");
        assert_eq!(text(1, 0), "1.000000000 (2036-02-07T06:28:17Z)");
        assert_eq!(text(3_314_714_339, u32::MAX), "3314714339.999999999 (2005-01-14T17:58:59Z)");
    }
}
