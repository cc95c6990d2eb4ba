//! Moments in universal time, as numbers of seconds.

use chrono::{DateTime, Datelike, Timelike};

use super::put::{Pad0, Put};

/// Seconds since 1970, as `2011-04-07 19:45:32`.
#[derive(Clone, Copy, Debug)]
pub struct UtcSeconds(pub i64);

impl Put for UtcSeconds {
    fn put(&self, out: &mut Vec<u8>) {
        let Some(time) = DateTime::from_timestamp(self.0, 0) else { return };
        time.year().put(out);
        let fields =
            [('-', time.month()), ('-', time.day()), (' ', time.hour()), (':', time.minute()), (':', time.second())];
        for (separator, field) in fields {
            separator.put(out);
            Pad0(field, 2).put(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_width() {
        let text = |seconds| {
            let mut out = Vec::new();
            UtcSeconds(seconds).put(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!((text(0), text(4_294_967_295)), ("1970-01-01 00:00:00".into(), "2106-02-07 06:28:15".into()));
    }
}
