//! Literals: what a word or a text is, beside values of a class.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::moment;
use super::operand::{Constant, is_nonzero};
use super::tree::{Operand, OperandKind};
use super::values::Class;
use crate::fields::Value;
use crate::source::Timestamp;

const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// A constant of the class, or why it is none.
pub fn constant(operand: &Operand, class: Class) -> Result<Constant, String> {
    match &operand.kind {
        OperandKind::Word(word) => of_word(word, class),
        OperandKind::Text(octets) => of_text(octets, class),
        OperandKind::Octet(octet) if class == Class::Number => Ok(Value::Unsigned((*octet).into()).into()),
        OperandKind::Octet(octet) if class == Class::Octets => Ok(Constant::octets(vec![*octet])),
        OperandKind::Negative(inner) => negative(inner, class),
        _ => Err(format!("{} is needed here", class.name())),
    }
}

/// Whether an operand is a literal, once it is known not to be a field.
pub fn is_literal(operand: &Operand) -> bool {
    match &operand.kind {
        OperandKind::Word(_) | OperandKind::Text(_) | OperandKind::Octet(_) => true,
        OperandKind::Negative(inner) => is_literal(inner),
        _ => false,
    }
}

fn negative(inner: &Operand, class: Class) -> Result<Constant, String> {
    let is_number = matches!(class, Class::Number | Class::Duration);
    match constant(inner, class)?.detached() {
        Some(Value::Unsigned(number)) if is_number => match 0_i64.checked_sub_unsigned(number) {
            Some(number) => Ok(Value::Signed(number).into()),
            None => Err("the number is too small".into()),
        },
        Some(Value::Duration(nanos)) if is_number => Ok(Value::Duration(nanos.saturating_neg()).into()),
        _ => Err(format!("{} has no sign", class.name())),
    }
}

fn of_word(word: &str, class: Class) -> Result<Constant, String> {
    let no = || format!("\"{word}\" is not {}", class.name());
    match class {
        // Every number but zero is true.
        Class::Bool => number(word).map(|number| Value::Bool(is_nonzero(&number)).into()).ok_or_else(no),
        Class::Number => number(word).map(Constant::from).ok_or_else(no),
        Class::Duration => seconds(word).map(|nanos| Value::Duration(nanos).into()).ok_or_else(no),
        Class::Time => time(word)
            .map(|time| Value::Time(time).into())
            .ok_or_else(|| format!("{}, such as \"2024-01-31 23:59:58\" or seconds since 1970", no())),
        Class::Ipv4 => {
            address(word, 32, |text| text.parse().ok().map(|address: Ipv4Addr| Value::Ipv4(address.octets())))
        }
        Class::Ipv6 => {
            address(word, 128, |text| text.parse().ok().map(|address: Ipv6Addr| Value::Ipv6(address.octets())))
        }
        Class::Mac => mac(word).map(Constant::from).ok_or_else(|| format!("{}, such as 00:00:5e:00:01:02", no())),
        Class::Octets => hex_octets(word)
            .map(Constant::octets)
            .ok_or_else(|| format!("{}, such as 47:45:54, 0x47 or a \"text\" in double quotes", no())),
        Class::Text => Ok(Constant::octets(word.as_bytes().to_vec())),
    }
}

fn of_text(octets: &[u8], class: Class) -> Result<Constant, String> {
    match class {
        Class::Octets | Class::Text => Ok(Constant::octets(octets.to_vec())),
        Class::Time => {
            let text = String::from_utf8_lossy(octets);
            time(&text).map(|time| Value::Time(time).into()).ok_or_else(|| {
                format!(
                    "\"{text}\" is not a date and time, such as \"2024-01-31 23:59:58\" or \"2024-01-31T23:59:58Z\""
                )
            })
        }
        Class::Bool | Class::Number => {
            let text = String::from_utf8_lossy(octets);
            Err(format!(
                "{} is needed here; \"{text}\" may be its name in Wireshark, and names are not known here",
                class.name()
            ))
        }
        _ => Err(format!("{} stands without quotes", class.name())),
    }
}

/// A whole number: decimal, hexadecimal, octal or binary; or a truth.
fn number(word: &str) -> Option<Value<'static>> {
    let radix = |prefix: &str| word.strip_prefix(prefix).or_else(|| word.strip_prefix(&prefix.to_uppercase()));
    let number = match word {
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {
            if let Some(digits) = radix("0x") {
                digits_of(digits, 16)
            } else if let Some(digits) = radix("0b") {
                digits_of(digits, 2)
            } else if word.len() > 1 && word.starts_with('0') {
                digits_of(word, 8)
            } else {
                digits_of(word, 10)
            }
        }
    };
    number.map(Value::Unsigned)
}

fn digits_of(text: &str, radix: u32) -> Option<u64> {
    u64::from_str_radix(text, radix).ok().filter(|_| !text.starts_with(['+', '-']))
}

/// Seconds, in nanoseconds.
fn seconds(word: &str) -> Option<i64> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, "0"));
    let whole = if whole.is_empty() { 0 } else { digits_of(whole, 10)? };
    let nanos = i128::from(whole) * NANOS_PER_SECOND + i128::from(moment::nanoseconds(fraction)?);
    i64::try_from(nanos).ok().filter(|_| !fraction.is_empty())
}

/// A date, or seconds since 1970.
fn time(text: &str) -> Option<Timestamp> {
    const UNIT: i64 = 1_000_000_000;
    let of_epoch = seconds(text).map(|nanos| Timestamp { seconds: nanos / UNIT, nanos: nanos % UNIT });
    of_epoch.or_else(|| moment::parse(text))
}

/// An address, perhaps with the length of a prefix.
fn address(word: &str, bits: u8, parse: fn(&str) -> Option<Value<'static>>) -> Result<Constant, String> {
    let version = if bits == 32 { "IPv4" } else { "IPv6" };
    let (address, prefix) = match word.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (word, None),
    };
    let value = parse(address).ok_or_else(|| {
        format!("\"{address}\" is not an {version} address; names of hosts are not looked up in a filter")
    })?;
    let Some(prefix) = prefix else { return Ok(value.into()) };
    match prefix.parse() {
        Ok(length) if length <= bits => Ok(Constant::network(value, length)),
        _ => Err(format!("a prefix of an {version} address has 0 to {bits} bits")),
    }
}

fn mac(word: &str) -> Option<Value<'static>> {
    hex_octets(word)?.try_into().ok().map(Value::Mac)
}

/// Octets in hexadecimal digits: together, or parted by colons, dots or hyphens into pieces of whole octets.
fn hex_octets(word: &str) -> Option<Vec<u8>> {
    if let Some(digits) = word.strip_prefix("0x") {
        return u8::from_str_radix(digits, 16).ok().map(|octet| vec![octet]);
    }
    let mut octets = Vec::new();
    for piece in word.split([':', '.', '-']) {
        let digits: Vec<u8> = piece.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
        match digits.as_slice() {
            [] => return None,
            [digit] => octets.push(*digit),
            digits => {
                let pairs = digits.chunks_exact(2);
                if !pairs.remainder().is_empty() {
                    return None;
                }
                octets.extend(pairs.map(|pair| pair.iter().fold(0, |octet, digit| octet << 4 | digit)));
            }
        }
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bases() {
        for word in ["443", "0x1bb", "0X1BB", "0673", "0b110111011"] {
            assert_eq!(number(word), Some(Value::Unsigned(443)), "{word}");
        }
        for word in ["", "0x", "08", "4x", "+4", "0x+4", "18446744073709551616"] {
            assert_eq!(number(word), None, "{word}");
        }
    }

    #[test]
    fn seconds_have_up_to_nine_digits_behind_the_point() {
        assert_eq!(seconds("11.4"), Some(11_400_000_000));
        assert_eq!(seconds(".000000001999"), Some(1));
        for word in ["1.", ".", "1e-2", "1.-2", "99999999999"] {
            assert_eq!(seconds(word).filter(|_| word != "."), None, "{word}");
        }
    }

    #[test]
    fn octets_are_parted_or_not() {
        for word in ["00:00:5e", "00-00-5e", "0000.5e", "00005e", "0.0.5e"] {
            assert_eq!(hex_octets(word).as_deref(), Some(&[0, 0, 0x5e][..]), "{word}");
        }
        for word in ["", "115", "0x115", "GET", "1::2", "é"] {
            assert_eq!(hex_octets(word), None, "{word}");
        }
    }
}
