//! Tables of numbers and their names.

/// A number and its name.
pub type Name = (u32, &'static str);

/// The name of `value` in a table.
pub fn lookup(table: &[Name], value: impl Into<u32>) -> Option<&'static str> {
    let value = value.into();
    table.iter().find(|(number, _)| *number == value).map(|(_, name)| *name)
}

/// Appends the names of the bits that are set, `separator` between them, or `none` where there are none.
pub fn put_bits(out: &mut Vec<u8>, table: &[Name], bits: u32, separator: &str, none: &str) {
    let mut first = true;
    for &(mask, name) in table {
        if mask != 0 && bits & mask == mask {
            if !first {
                out.extend_from_slice(separator.as_bytes());
            }
            out.extend_from_slice(name.as_bytes());
            first = false;
        }
    }
    if first {
        out.extend_from_slice(none.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_joined_and_their_absence_named() {
        const FLAGS: &[Name] = &[(1, "F"), (2, "S"), (16, ".")];
        let text = |bits| {
            let mut out = Vec::new();
            put_bits(&mut out, FLAGS, bits, "|", "none");
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!((text(17), text(2), text(4)), ("F|.".into(), "S".into(), "none".into()));
        assert_eq!(lookup(FLAGS, 2u8), Some("S"));
        assert_eq!(lookup(FLAGS, 3u8), None);
    }
}
