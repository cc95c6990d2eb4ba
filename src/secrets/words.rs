//! What the words of `-E` are made of: C's numbers, hexadecimal, names with endings.

/// Octets of a secret in hexadecimal.
const SECRET_MAX: usize = 256;
/// Octets of the user's words in a message: files may hold anything.
const TEXT_MAX: usize = 1024;

/// What stands between words.
pub(super) fn is_blank(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// Words for a message.
pub(super) fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets.get(..TEXT_MAX).unwrap_or(octets)).into_owned()
}

/// What stands in front of the first such octet, and behind it.
pub(super) fn split_once(octets: &[u8], is_separator: impl Fn(u8) -> bool) -> Option<(&[u8], &[u8])> {
    let at = octets.iter().position(|&octet| is_separator(octet))?;
    Some((octets.get(..at)?, octets.get(at + 1..)?))
}

/// A name without its ending. An ending alone is a name.
pub(super) fn strip_suffix<'a>(name: &'a [u8], suffix: &[u8]) -> &'a [u8] {
    name.strip_suffix(suffix).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// The number in front, in C's notation (`0x` hexadecimal, `0` octal), and what follows it.
pub(super) fn leading_number(text: &[u8]) -> (Option<u32>, &[u8]) {
    let (sign, unsigned) = match text {
        [sign @ (b'-' | b'+'), rest @ ..] => (*sign, rest),
        _ => (b'+', text),
    };
    let (radix, digits) = match unsigned {
        [b'0', b'x' | b'X', rest @ ..] if rest.first().is_some_and(u8::is_ascii_hexdigit) => (16, rest),
        [b'0', ..] => (8, unsigned),
        _ => (10, unsigned),
    };
    let value_of = |octet: &u8| char::from(*octet).to_digit(radix);
    let count = digits.iter().take_while(|octet| value_of(octet).is_some()).count();
    let (digits, rest) = digits.split_at(count);
    if digits.is_empty() {
        return (None, text);
    }
    let add = |sum: u64, value: u32| sum.saturating_mul(radix.into()).saturating_add(value.into());
    let number = digits.iter().filter_map(value_of).fold(0u64, add) as u32;
    (Some(if sign == b'-' { number.wrapping_neg() } else { number }), rest)
}

/// Octets of a secret in hexadecimal, or what is wrong with it. A digit without a second one is left out.
pub(super) fn hexadecimal(digits: &[u8]) -> Result<Vec<u8>, String> {
    let length = digits.len() / 2;
    if length > SECRET_MAX {
        return Err(format!("secret is too big: {length}"));
    }
    let mut octets = Vec::with_capacity(length);
    for pair in digits.chunks_exact(2) {
        let mut octet = 0;
        for &digit in pair {
            match char::from(digit).to_digit(16) {
                Some(value) => octet = octet << 4 | value as u8,
                None => return Err(format!("invalid hex digit {} in espsecret", text(&[digit]))),
            }
        }
        octets.push(octet);
    }
    if octets.is_empty() { Err("a secret in hexadecimal is empty".into()) } else { Ok(octets) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_c() {
        for (text, number, rest) in [
            ("0x12345678", Some(0x1234_5678), ""),
            ("0X1fg", Some(0x1f), "g"),
            ("0x", Some(0), "x"),
            ("089", Some(0), "89"),
            ("017", Some(15), ""),
            ("4294967297", Some(1), ""),
            ("99999999999999999999999", Some(u32::MAX), ""),
            ("-1", Some(u32::MAX), ""),
            ("+7", Some(7), ""),
            ("-", None, "-"),
            ("x1", None, "x1"),
        ] {
            assert_eq!(leading_number(text.as_bytes()), (number, rest.as_bytes()), "{text}");
        }
    }
}
