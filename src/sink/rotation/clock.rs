//! When `-G` wants a new file: at its own times, whatever the traffic does.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Divides time into periods of whole seconds, counted from the start of the capture.
#[derive(Debug)]
pub struct Clock {
    period: i64,
    /// When the present period began, in seconds since 1970.
    began: i64,
}

impl Clock {
    /// A clock whose first period begins now.
    pub fn new(period_seconds: i64, now: i64) -> Clock {
        Clock { period: period_seconds.max(1), began: now }
    }

    /// When the present period began, if a new one has begun since the last call. A clock that was set
    /// forward ends one period, not many; one that was set back begins the period again.
    pub fn advance(&mut self, now: i64) -> Option<i64> {
        if now < self.began {
            self.began = now;
        }
        let elapsed = now - self.began;
        if elapsed < self.period {
            return None;
        }
        self.began += elapsed - elapsed % self.period;
        Some(self.began)
    }

    /// When the present period ends.
    pub fn next(&self, now: SystemTime) -> Option<Instant> {
        let since_1970 = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let end = u64::try_from(self.began.saturating_add(self.period)).unwrap_or_default();
        let rest = Duration::from_secs(end).saturating_sub(since_1970);
        // More than a period is left only when the system's clock was set back.
        Instant::now().checked_add(rest.min(Duration::from_secs(self.period.unsigned_abs())))
    }
}

/// The seconds since 1970.
pub fn seconds(time: SystemTime) -> i64 {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_start_and_not_the_traffic() {
        let mut clock = Clock::new(10, 1003);
        assert_eq!(clock.advance(1012), None);
        // The packet came late: the period began at its time, and the next one is not later for it.
        assert_eq!(clock.advance(1017), Some(1013));
        assert_eq!(clock.advance(1022), None);
        assert_eq!(clock.advance(1023), Some(1023));
    }

    #[test]
    fn a_clock_that_is_set_ends_one_period_at_most_and_goes_on() {
        let mut clock = Clock::new(10, 1000);
        assert_eq!(clock.advance(5001), Some(5000));
        assert_eq!(clock.advance(2000), None);
        assert_eq!(clock.advance(2009), None);
        assert_eq!(clock.advance(2010), Some(2010));
    }

    #[test]
    fn the_next_moment_is_never_further_than_a_period() {
        let clock = Clock::new(10, 1000);
        let wait = |at| {
            let now = Instant::now();
            clock.next(UNIX_EPOCH + Duration::from_millis(at)).unwrap().saturating_duration_since(now).as_secs_f64()
        };
        assert!((wait(1_004_500) - 5.5).abs() < 0.1);
        assert!(wait(1_010_500) < 0.1);
        assert!((wait(500_000) - 10.0).abs() < 0.1);
    }
}
