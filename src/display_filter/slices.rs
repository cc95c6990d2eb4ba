//! Parts of octets, `[i:j]`, `[i-j]`, `[i]`, `[:j]`, `[i:]` and several of them; and the same for layers.

use std::ops::Range;

/// Where a part ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// So many octets behind its start.
    Length(i64),
    /// With this octet.
    Last(i64),
    /// With the last octet that there is.
    All,
}

/// One part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its first octet; a negative one is counted from the end.
    start: i64,
    end: End,
}

impl Slice {
    /// Where the part is in so many octets; none if it is not all there.
    #[inline]
    pub fn range(self, length: usize) -> Option<Range<usize>> {
        let length = i64::try_from(length).ok()?;
        let from_front = |at: i64| if at < 0 { length + at } else { at };
        let start = from_front(self.start);
        let end = match self.end {
            End::Length(count) => start.checked_add(count)?,
            End::Last(last) => from_front(last).checked_add(1)?,
            End::All => length,
        };
        let is_there = 0 <= start && start < end && end <= length;
        Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?).filter(|_| is_there)
    }

    /// Whether it has the element of this number, from 1.
    pub fn has(self, number: i64) -> bool {
        match self.end {
            End::Length(count) => self.start <= number && number - self.start < count,
            End::Last(last) => self.start <= number && number <= last,
            End::All => self.start <= number,
        }
    }

    /// Whether it counts only from the front.
    pub fn is_from_front(self) -> bool {
        self.start >= 0 && !matches!(self.end, End::Last(last) if last < 0)
    }
}

/// The parts that a text names.
pub fn parse(text: &str) -> Result<Vec<Slice>, String> {
    text.split(',').map(|part| one(part.trim())).collect()
}

fn one(text: &str) -> Result<Slice, String> {
    let fault = || format!("\"{text}\" is no part; write [start:length], [first-last], [at], [:length] or [start:]");
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| fault());
    if let Some((start, length)) = text.split_once(':') {
        let start = if start.trim().is_empty() { 0 } else { number(start)? };
        if length.trim().is_empty() {
            return Ok(Slice { start, end: End::All });
        }
        let length = number(length)?;
        return if length > 0 {
            Ok(Slice { start, end: End::Length(length) })
        } else {
            Err("a part's length is at least 1".into())
        };
    }
    // A hyphen in front is a sign.
    let hyphen = text.char_indices().skip(1).find(|&(_, c)| c == '-').map(|(at, _)| at);
    match hyphen.and_then(|at| text.split_at_checked(at)) {
        Some((start, last)) => {
            Ok(Slice { start: number(start)?, end: End::Last(number(last.get(1..).unwrap_or_default())?) })
        }
        None => Ok(Slice { start: number(text)?, end: End::Length(1) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_from_front_and_end() {
        let ranges = |text: &str| -> Vec<Option<Range<usize>>> {
            parse(text).unwrap().into_iter().map(|slice| slice.range(10)).collect()
        };
        assert_eq!(ranges("1,3-5,9:"), [Some(1..2), Some(3..6), Some(9..10)]);
        assert_eq!(ranges(":3, -2:, -4:2, -1"), [Some(0..3), Some(8..10), Some(6..8), Some(9..10)]);
        assert_eq!(ranges("2--1"), [Some(2..10)]);
        // What is not all there is not there.
        assert_eq!(ranges("10,8:3,5-4,-11,10:,9223372036854775807:2"), [None, None, None, None, None, None]);
    }

    #[test]
    fn what_is_no_part_is_told() {
        for text in ["", "a", "1:0", "1:-2", "1-", "1,,2", "1:2:3", "99999999999999999999"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
