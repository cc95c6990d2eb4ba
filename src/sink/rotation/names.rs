//! The names of savefiles that follow each other.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use super::Rules;
use crate::error::Error;
use crate::os::local_time;

/// Names the next file.
#[derive(Debug)]
pub struct Names {
    /// The name as the user gave it: with `-G`, a format of strftime(3).
    pattern: OsString,
    has_time: bool,
    numbering: Option<Numbering>,
    /// The name without its number.
    stem: OsString,
}

/// The number behind a name.
#[derive(Debug)]
struct Numbering {
    next: u64,
    /// Numbers are filled up to this length with zeros. Without, the first file has no number.
    digits: usize,
    /// The number that is the first one again.
    around: u64,
}

impl Names {
    /// The names that the rules ask for, from a moment on (seconds since 1970).
    pub fn new(path: &Path, rules: &Rules, now: i64) -> Result<Names, Error> {
        let has_time = rules.period.is_some();
        let numbering = rules.size.map(|_| {
            let files = rules.files.unwrap_or(u64::MAX);
            // With -G too, -W sets only how long numbers are.
            let around = if has_time { u64::MAX } else { files };
            Numbering { next: 0, digits: rules.files.map_or(0, digits), around }
        });
        let mut names = Names { pattern: path.into(), has_time, numbering, stem: OsString::new() };
        names.stem = names.stem_at(now)?;
        Ok(names)
    }

    /// The name of the next file.
    pub fn next(&mut self) -> PathBuf {
        let mut name = self.stem.clone();
        if let Some(numbering) = &mut self.numbering {
            let (number, digits) = (numbering.next, numbering.digits);
            if number > 0 || digits > 0 {
                name.push(format!("{number:0digits$}"));
            }
            numbering.next = if number + 1 >= numbering.around { 0 } else { number + 1 };
        }
        name.into()
    }

    /// From now on, names have this time. Numbers start again, unless that would name a file twice.
    pub fn set_time(&mut self, now: i64) -> Result<(), Error> {
        let stem = self.stem_at(now)?;
        if let Some(numbering) = self.numbering.as_mut().filter(|_| stem != self.stem) {
            numbering.next = 0;
        }
        self.stem = stem;
        Ok(())
    }

    fn stem_at(&self, seconds: i64) -> Result<OsString, Error> {
        if !self.has_time {
            return Ok(self.pattern.clone());
        }
        local_time::format(&self.pattern, seconds).ok_or_else(|| unnameable(&self.pattern))
    }
}

fn unnameable(pattern: &OsStr) -> Error {
    let reason = io::Error::other("no file name of this time format, or too long a one");
    Error::Savefile { file: pattern.display().to_string(), reason, frames_lost: 0 }
}

/// How long the highest number is when so many files are numbered from 0: none for a single file.
fn digits(files: u64) -> usize {
    files.saturating_sub(1).checked_ilog10().map_or(0, |log| log as usize + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2024-11-08 14:00:00 UTC, which is no full hour in a few time zones.
    const NOW: i64 = 1_731_074_400;

    fn names(path: &str, size: bool, period: bool, files: Option<u64>) -> Names {
        let rules = Rules { size: size.then_some(1), period: period.then_some(10), files, command: None };
        Names::new(Path::new(path), &rules, NOW).unwrap()
    }

    fn take(names: &mut Names, count: usize) -> Vec<String> {
        (0..count).map(|_| names.next().display().to_string()).collect()
    }

    #[test]
    fn by_size_the_first_file_has_no_number() {
        assert_eq!(take(&mut names("f%S", true, false, None), 4), ["f%S", "f%S1", "f%S2", "f%S3"]);
    }

    #[test]
    fn a_ring_has_leading_zeros_and_begins_again() {
        assert_eq!(take(&mut names("f", true, false, Some(3)), 5), ["f0", "f1", "f2", "f0", "f1"]);
        let twelve = take(&mut names("f", true, false, Some(12)), 14);
        assert_eq!(twelve[9..], ["f09", "f10", "f11", "f00", "f01"]);
        assert_eq!(take(&mut names("f", true, false, Some(1)), 3), ["f", "f", "f"]);
    }

    #[test]
    fn numbers_are_as_long_as_the_highest_one() {
        let rows = [(1, 0), (2, 1), (10, 1), (11, 2), (100, 2), (101, 3), (1 << 32, 10)];
        for (files, expected) in rows {
            assert_eq!(digits(files), expected, "{files}");
        }
    }

    #[test]
    fn by_time_the_name_has_the_time_and_no_number() {
        let mut names = names("f-%s", false, true, Some(2));
        assert_eq!(take(&mut names, 1), ["f-1731074400"]);
        names.set_time(NOW + 10).unwrap();
        assert_eq!(take(&mut names, 1), ["f-1731074410"]);
    }

    #[test]
    fn by_both_numbers_start_again_with_each_time_and_do_not_turn_around() {
        let mut names = names("f-%s-", true, true, Some(3));
        assert_eq!(take(&mut names, 4), ["f-1731074400-0", "f-1731074400-1", "f-1731074400-2", "f-1731074400-3"]);
        names.set_time(NOW + 10).unwrap();
        assert_eq!(take(&mut names, 2), ["f-1731074410-0", "f-1731074410-1"]);
    }

    #[test]
    fn by_both_a_name_without_time_keeps_counting_and_overwrites_nothing() {
        let mut names = names("f", true, true, None);
        assert_eq!(take(&mut names, 2), ["f", "f1"]);
        names.set_time(NOW + 10).unwrap();
        assert_eq!(take(&mut names, 2), ["f2", "f3"]);
    }

    #[test]
    fn a_time_format_that_yields_nothing_is_an_error() {
        let rules = Rules { period: Some(10), ..Rules::default() };
        let long = "%c".repeat(2000);
        assert!(Names::new(Path::new(&long), &rules, NOW).is_err());
    }
}
