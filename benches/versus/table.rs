//! The table: a line for each comparison, as Markdown.

/// Numbers that were measured again and again.
pub struct Series(Vec<f64>);

impl Series {
    pub fn new(mut values: Vec<f64>) -> Series {
        values.sort_by(f64::total_cmp);
        Series(values)
    }

    pub fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        if self.0.len().is_multiple_of(2) { f64::midpoint(self.0[middle - 1], self.0[middle]) } else { self.0[middle] }
    }

    /// The median with the smallest and the largest, times `scale`.
    fn text(&self, scale: f64, digits: usize) -> String {
        let [least, most] = [self.0[0], self.0[self.0.len() - 1]].map(|value| value * scale);
        format!("{:.digits$} ({least:.digits$}–{most:.digits$})", self.median() * scale)
    }
}

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

/// Prints the head.
pub fn head() {
    println!("| what | TZ | beside | its (least–most) | rtcpdump (least–most) | unit | ratio |");
    println!("| --- | --- | --- | ---: | ---: | --- | ---: |");
}

/// Prints a line; `theirs` with the name of the program, where there is one to compare with.
pub fn line(what: &str, zone: &str, ours: &Series, theirs: Option<(&str, &Series)>, unit: Unit, note: &str) {
    let text = |series: &Series| series.text(unit.scale, unit.digits);
    let (name, its, ratio) = match theirs {
        Some((name, series)) => (name, text(series), format!("{:.1}", series.median() / ours.median())),
        None => ("", String::new(), String::new()),
    };
    println!("| {what}{note} | {zone} | {name} | {its} | {} | {} | {ratio} |", text(ours), unit.name);
}
