//! Numbers that were measured again and again.

/// Measurements of one thing, at least one.
pub struct Series(Vec<f64>);

impl Series {
    /// In any order.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Series {
        let mut values: Vec<f64> = values.into_iter().collect();
        assert!(!values.is_empty());
        values.sort_by(f64::total_cmp);
        Series(values)
    }

    /// The same in another unit.
    pub fn map(&self, value: impl Fn(f64) -> f64) -> Series {
        Series::new(self.0.iter().copied().map(value))
    }

    /// The one in the middle.
    pub fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        if self.0.len().is_multiple_of(2) { f64::midpoint(self.0[middle - 1], self.0[middle]) } else { self.0[middle] }
    }

    /// The median with the smallest and the largest, times `scale`.
    pub fn text(&self, scale: f64, digits: usize) -> String {
        let [least, most] = [self.0[0], self.0[self.0.len() - 1]].map(|value| value * scale);
        format!("{:.digits$} ({least:.digits$}–{most:.digits$})", self.median() * scale)
    }
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}
