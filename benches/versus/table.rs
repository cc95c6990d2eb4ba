//! The table: a line for each comparison, as Markdown.

use crate::common::series::Series;

/// A unit of what was measured.
#[derive(Clone, Copy)]
pub struct Unit {
    pub name: &'static str,
    /// How many of it are in one of what was measured.
    pub scale: f64,
    pub digits: usize,
}

pub const SECONDS: Unit = Unit { name: "s", scale: 1.0, digits: 3 };
pub const MILLISECONDS: Unit = Unit { name: "ms", scale: 1e3, digits: 2 };
pub const NANOSECONDS: Unit = Unit { name: "ns a packet", scale: 1e9, digits: 0 };
pub const MEBIBYTES: Unit = Unit { name: "MiB", scale: 1.0 / 1024.0, digits: 1 };

/// What was measured of both programs.
pub struct Pair {
    pub ours: Series,
    /// None if there is no other one.
    pub theirs: Option<Series>,
}

impl Pair {
    /// Of a program that is compared with no other one.
    pub fn alone(ours: Series) -> Pair {
        Pair { ours, theirs: None }
    }

    fn ratio(&self) -> Option<String> {
        Some(format!("{:.1}", self.theirs.as_ref()?.median() / self.ours.median()))
    }
}

/// Prints the head.
pub fn head() {
    println!("| what | beside | its (least–most) | rtcpdump (least–most) | unit | ratio | with `TZ=UTC` |");
    println!("| --- | --- | ---: | ---: | --- | ---: | ---: |");
}

/// Prints a line: what was measured beside which program, and again with `TZ` set.
pub fn line(what: &str, beside: &str, pair: &Pair, utc: Option<&Pair>, unit: Unit) {
    let text = |series: &Series| series.text(unit.scale, unit.digits);
    let beside = if pair.theirs.is_some() { beside } else { "" };
    println!(
        "| {what} | {beside} | {} | {} | {} | {} | {} |",
        pair.theirs.as_ref().map(text).unwrap_or_default(),
        text(&pair.ours),
        unit.name,
        pair.ratio().unwrap_or_default(),
        utc.and_then(Pair::ratio).unwrap_or_default(),
    );
}
