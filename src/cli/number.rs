//! Whole numbers on the command line, read and refused as tcpdump does.

use std::ffi::OsStr;

use clap::builder::TypedValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// A whole number with tcpdump's name for it and the range it may have.
#[derive(Clone)]
pub struct Number(pub &'static str, pub i64, pub i64);

/// The same, in hexadecimal after `0x` and in octal after `0` too.
#[derive(Clone)]
pub struct AnyBase(pub Number);

/// The same as [`AnyBase`], for numbers that tcpdump calls unsigned: a minus sign is no part of one.
#[derive(Clone)]
pub struct Unsigned(pub Number);

/// Why a text is no number in its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NotANumber,
    OutOfRange,
}

impl TypedValueParser for Number {
    type Value = i64;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<i64, clap::Error> {
        self.checked(value, "number", decimal).map_err(|message| refusal(command, message))
    }
}

impl TypedValueParser for AnyBase {
    type Value = i64;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<i64, clap::Error> {
        self.0.checked(value, "number", any_base).map_err(|message| refusal(command, message))
    }
}

impl TypedValueParser for Unsigned {
    type Value = i64;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<i64, clap::Error> {
        self.0.checked(value, "unsigned number", unsigned).map_err(|message| refusal(command, message))
    }
}

impl Number {
    fn checked(&self, value: &OsStr, what: &str, read: fn(&str) -> Result<i64, Fault>) -> Result<i64, String> {
        let Number(name, min, max) = *self;
        let text = value.to_string_lossy();
        match read(&text) {
            Ok(number) if (min..=max).contains(&number) => Ok(number),
            Err(Fault::NotANumber) => Err(format!("invalid {name} \"{text}\" (not a valid {what})")),
            _ => Err(format!("invalid {name} {text} (must be >= {min} and <= {max})")),
        }
    }
}

/// clap's error with a message of ours.
fn refusal(command: &clap::Command, message: String) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::ValueValidation).with_cmd(command);
    error.insert(ContextKind::Custom, ContextValue::String(message));
    error
}

/// What strtol(3) reads in base 10: blanks and a sign may stand in front.
fn decimal(text: &str) -> Result<i64, Fault> {
    let (sign, digits) = sign(text);
    in_base(sign, digits, 10)
}

/// What strtol(3) reads in base 0.
fn any_base(text: &str) -> Result<i64, Fault> {
    let (sign, digits) = sign(text);
    match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => in_base(sign, digits, 16),
        None if digits.starts_with('0') => in_base(sign, digits, 8),
        None => in_base(sign, digits, 10),
    }
}

fn unsigned(text: &str) -> Result<i64, Fault> {
    if text.starts_with('-') { Err(Fault::NotANumber) } else { any_base(text) }
}

fn sign(text: &str) -> (i64, &str) {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn in_base(sign: i64, digits: &str, base: u32) -> Result<i64, Fault> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(base)) {
        return Err(Fault::NotANumber);
    }
    i64::from_str_radix(digits, base).map(|number| sign * number).map_err(|_| Fault::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_strtol_reads_them() {
        let rows = [("7", Ok(7)), (" +7", Ok(7)), ("-7", Ok(-7)), ("010", Ok(10)), ("0", Ok(0))];
        for (text, expected) in rows {
            assert_eq!(decimal(text), expected, "{text:?}");
        }
        for text in ["", " ", "x", "7x", "7 ", "+", "--7", "+-7", "0x7"] {
            assert_eq!(decimal(text), Err(Fault::NotANumber), "{text:?}");
        }
        assert_eq!(decimal("9223372036854775808"), Err(Fault::OutOfRange));
        assert_eq!(decimal("-99999999999999999999"), Err(Fault::OutOfRange));
    }

    #[test]
    fn a_prefix_says_the_base() {
        let rows =
            [("0x40", Ok(64)), ("0X4f", Ok(79)), ("0100", Ok(64)), ("0", Ok(0)), ("-0x1", Ok(-1)), ("64", Ok(64))];
        for (text, expected) in rows {
            assert_eq!(any_base(text), expected, "{text:?}");
        }
        assert_eq!((unsigned("-1"), unsigned("0x1")), (Err(Fault::NotANumber), Ok(1)));
        for text in ["08", "0x", "0x1g", ""] {
            assert_eq!(any_base(text), Err(Fault::NotANumber), "{text:?}");
        }
    }
}
