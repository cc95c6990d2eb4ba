//! The table: a line for each program, mode, rate and ring, as Markdown.

use crate::capture::Outcome;
use crate::common::series::{Series, grouped};
use crate::flood::Sent;

/// A flood and what became of it.
pub struct Run {
    pub sent: Sent,
    /// Packets that came in at the other end.
    pub arrived: u64,
    pub outcome: Outcome,
}

impl Run {
    /// Of 100 packets that came in, how many the program has not seen.
    fn lost(&self) -> f64 {
        100.0 * self.arrived.saturating_sub(self.outcome.captured) as f64 / self.arrived.max(1) as f64
    }

    /// Nanoseconds of processor time for each packet that was captured.
    fn cost(&self, seconds: f64) -> f64 {
        seconds * 1e9 / self.outcome.captured.max(1) as f64
    }
}

/// Prints the head.
pub fn head() {
    println!(
        "| what | ring | program | packets/s | arrived | captured | dropped by kernel | % lost (least–most) | \
         ns of CPU a packet (least–most) | user + system | MiB |"
    );
    println!("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
}

/// Prints a line: medians of the runs.
pub fn line(what: &str, ring: &str, program: &str, runs: &[Run]) {
    let series = |value: &dyn Fn(&Run) -> f64| Series::new(runs.iter().map(value));
    let count = |value: &dyn Fn(&Run) -> f64| grouped(series(value).median() as u64);
    let usage = |run: &Run| run.outcome.usage;
    println!(
        "| {what} | {ring} | {program} | {} | {} | {} | {} | {} | {} | {:.0} + {:.0} | {:.1} |",
        count(&|run| run.sent.packets as f64 / run.sent.seconds),
        count(&|run| run.arrived as f64),
        count(&|run| run.outcome.captured as f64),
        count(&|run| run.outcome.dropped as f64),
        series(&Run::lost).text(1.0, 1),
        series(&|run| run.cost(usage(run).user + usage(run).system)).text(1.0, 0),
        series(&|run| run.cost(usage(run).user)).median(),
        series(&|run| run.cost(usage(run).system)).median(),
        series(&|run| usage(run).peak as f64 / 1024.0).median(),
    );
}
