//! Measures functions: the median of several times, with the spread.

use std::time::{Duration, Instant};

use clap::Parser;

/// Nanoseconds that the parts of a packet's way take
#[derive(Parser)]
#[command(name = "cargo bench --bench micro --", disable_version_flag = true)]
pub struct Options {
    /// Words: only what has one of them in its name is measured
    words: Vec<String>,
    /// Short measurements, and few
    #[arg(long)]
    quick: bool,
    /// Only tells the names
    #[arg(long)]
    list: bool,
    /// What cargo calls benchmarks with
    #[arg(long, hide = true)]
    bench: bool,
}

/// Measures what the user wants.
pub struct Harness {
    options: Options,
    /// How long one measurement is at least, and how many there are of each.
    shortest: Duration,
    measurements: usize,
}

impl Harness {
    pub fn new(options: Options) -> Harness {
        let (shortest, measurements) = if options.quick { (10, 3) } else { (100, 7) };
        Harness { options, shortest: Duration::from_millis(shortest), measurements }
    }

    /// Measures work that does something so many times, on what is prepared once.
    pub fn measure<T>(&self, name: &str, times: u32, prepare: impl FnOnce() -> T, mut work: impl FnMut(&mut T)) {
        if self.wants(name) {
            let mut prepared = prepare();
            self.tell(name, times, || {
                let start = Instant::now();
                work(&mut prepared);
                start.elapsed()
            });
        }
    }

    /// The same, on what is prepared anew each time. Neither that nor its end is measured.
    pub fn measure_anew<T>(&self, name: &str, times: u32, prepare: impl Fn() -> T, mut work: impl FnMut(&mut T)) {
        if self.wants(name) {
            self.tell(name, times, || {
                let mut prepared = prepare();
                let start = Instant::now();
                work(&mut prepared);
                start.elapsed()
            });
        }
    }

    fn wants(&self, name: &str) -> bool {
        let words = &self.options.words;
        let wanted = words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
        if wanted && self.options.list {
            println!("{name}");
        }
        wanted && !self.options.list
    }

    /// Prints nanoseconds for each of the times; the first round is not counted.
    fn tell(&self, name: &str, times: u32, mut round: impl FnMut() -> Duration) {
        round();
        let mut results: Vec<f64> = (0..self.measurements)
            .map(|_| {
                let (mut duration, mut rounds) = (Duration::ZERO, 0);
                while duration < self.shortest {
                    duration += round();
                    rounds += 1;
                }
                duration.as_secs_f64() * 1e9 / (f64::from(times) * f64::from(rounds))
            })
            .collect();
        results.sort_by(f64::total_cmp);
        let [least, median, most] = [0, self.measurements / 2, self.measurements - 1].map(|index| results[index]);
        println!("{name:52} {median:9.1} ns  ({least:.1}–{most:.1})");
    }
}
