//! Round-trip times of one direction, in bounded memory.

/// Samples that are kept for the median.
const SAMPLES_MAX: usize = 64;

/// The round-trip times of a direction. One needs no memory of its own.
#[derive(Debug, Default)]
pub enum RoundTrips {
    /// There was none.
    #[default]
    None,
    /// The only one, in nanoseconds.
    One(i64),
    /// Several.
    Many(Box<Times>),
}

impl RoundTrips {
    /// Takes a measurement in.
    pub fn add(&mut self, time: i64) {
        match self {
            RoundTrips::None => *self = RoundTrips::One(time),
            RoundTrips::One(first) => {
                let mut times = Times::default();
                times.add(*first);
                times.add(time);
                *self = RoundTrips::Many(Box::new(times));
            }
            RoundTrips::Many(times) => times.add(time),
        }
    }

    /// What they come to.
    pub fn times(&self) -> Option<Times> {
        match self {
            RoundTrips::None => None,
            RoundTrips::One(time) => {
                let mut times = Times::default();
                times.add(*time);
                Some(times)
            }
            RoundTrips::Many(times) => Some(Times::clone(times)),
        }
    }
}

/// Times from a segment to its acknowledgement, in nanoseconds, as seen where we capture: near the
/// sender, that is the whole way; near the receiver, only the receiver's part.
#[derive(Clone, Debug, Default)]
pub struct Times {
    /// How many there were.
    pub count: u64,
    /// The latest.
    pub latest: i64,
    /// The shortest.
    pub shortest: i64,
    /// The longest.
    pub longest: i64,
    /// Smoothed by RFC 6298.
    pub smoothed: i64,
    /// Variation by RFC 6298.
    pub variation: i64,
    /// Every `stride`th.
    samples: Vec<i64>,
    stride: u64,
}

impl Times {
    /// Takes a measurement in.
    pub fn add(&mut self, time: i64) {
        if self.count == 0 {
            (self.shortest, self.longest, self.smoothed, self.variation) = (time, time, time, time / 2);
            self.stride = 1;
        } else {
            self.shortest = self.shortest.min(time);
            self.longest = self.longest.max(time);
            // RFC 6298 section 2: weights of 1/4 and 1/8.
            self.variation += (self.smoothed.abs_diff(time) as i64 - self.variation) / 4;
            self.smoothed += (time - self.smoothed) / 8;
        }
        self.latest = time;
        if self.count.is_multiple_of(self.stride) {
            self.keep(time);
        }
        self.count += 1;
    }

    /// Keeps a sample. Where there is no room, every second one goes, and from now on half as many come.
    fn keep(&mut self, time: i64) {
        if self.samples.len() == SAMPLES_MAX {
            let mut index = 0;
            self.samples.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.stride *= 2;
            if !self.count.is_multiple_of(self.stride) {
                return;
            }
        }
        self.samples.push(time);
    }

    /// The median, of all while they are few, else of samples at even distances.
    pub fn median(&self) -> Option<i64> {
        let mut samples = self.samples.clone();
        let middle = samples.len().checked_sub(1)? / 2;
        Some(*samples.select_nth_unstable(middle).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_few_is_exact_and_of_many_near() {
        let mut times = Times::default();
        assert_eq!(times.median(), None);
        [5, 1, 9].into_iter().for_each(|time| times.add(time));
        assert_eq!((times.median(), times.shortest, times.longest, times.latest), (Some(5), 1, 9, 9));
        let mut many = Times::default();
        (0..100_000).for_each(|time| many.add(time));
        assert!(many.samples.len() <= SAMPLES_MAX);
        assert!((45_000..55_000).contains(&many.median().unwrap()), "{:?}", many.median());
    }

    #[test]
    fn smoothing_is_that_of_rfc_6298() {
        let mut times = Times::default();
        times.add(800);
        assert_eq!((times.smoothed, times.variation), (800, 400));
        times.add(1600);
        assert_eq!((times.smoothed, times.variation), (900, 500));
    }

    #[test]
    fn few_are_the_same_as_many() {
        let (mut round_trips, mut times) = (RoundTrips::default(), Times::default());
        assert!(round_trips.times().is_none());
        for time in [800, 1600, 50] {
            round_trips.add(time);
            times.add(time);
            let found = round_trips.times().unwrap();
            assert_eq!((found.count, found.smoothed, found.median()), (times.count, times.smoothed, times.median()));
        }
    }
}
