//! Writes values as JSON (RFC 8259), nested as their places say.

use super::layout::{DEPTH_MAX, Place};
use crate::dissect::address::{Ipv4, Ipv6, Mac};
use crate::dissect::put::{HexBytes, Pad0, Put, hex_octet};
use crate::fields::Value;
use crate::source::Timestamp;

const NANOS_PER_SECOND: u64 = 1_000_000_000;
/// What stands for octets that are no UTF-8.
const REPLACEMENT: &str = "\u{fffd}";

/// Writes one object after the other.
#[derive(Debug, Default)]
pub struct Writer {
    /// What is written.
    pub out: Vec<u8>,
    /// The objects that are open.
    open: [u16; DEPTH_MAX],
    depth: usize,
    /// Something stands in front in the same object.
    needs_comma: bool,
}

impl Writer {
    /// Begins an object.
    pub fn begin(&mut self) {
        self.out.push(b'{');
        self.depth = 0;
        self.needs_comma = false;
    }

    /// Ends it, and the line.
    pub fn end(&mut self) {
        self.close(0);
        self.out.extend_from_slice(b"}\n");
    }

    /// Writes a field's value.
    #[inline]
    pub fn value(&mut self, place: &Place, value: Value) {
        self.enter(place);
        if !place.key.is_empty() {
            self.key(place);
            put_value(value, &mut self.out);
            self.needs_comma = true;
        }
    }

    /// Writes one of a field's values, of which `before` are written.
    pub fn element(&mut self, place: &Place, value: Value, before: u32) {
        if before == 0 {
            self.enter(place);
            self.key(place);
            self.out.push(b'[');
        } else {
            self.out.push(b',');
        }
        put_value(value, &mut self.out);
    }

    /// Ends a field's values.
    pub fn end_elements(&mut self) {
        self.out.push(b']');
        self.needs_comma = true;
    }

    fn key(&mut self, place: &Place) {
        if self.needs_comma {
            self.out.push(b',');
        }
        self.out.extend_from_slice(place.key.as_bytes());
    }

    /// Leaves and opens objects until those of the place are open.
    #[inline]
    fn enter(&mut self, place: &Place) {
        let open = self.open.get(..self.depth).unwrap_or_default();
        if *open == *place.objects {
            return;
        }
        let common = open.iter().zip(&place.objects).take_while(|(open, wanted)| open == wanted).count();
        self.close(common);
        for (object, opens) in place.objects.iter().zip(&place.opens).skip(common) {
            if self.needs_comma {
                self.out.push(b',');
            }
            self.out.extend_from_slice(opens.as_bytes());
            self.needs_comma = false;
            if let Some(slot) = self.open.get_mut(self.depth) {
                *slot = *object;
                self.depth += 1;
            }
        }
    }

    fn close(&mut self, depth: usize) {
        while self.depth > depth {
            self.out.push(b'}');
            self.depth -= 1;
            self.needs_comma = true;
        }
    }
}

#[inline]
fn put_value(value: Value, out: &mut Vec<u8>) {
    match value {
        Value::Bool(true) => "true".put(out),
        Value::Bool(false) => "false".put(out),
        Value::Unsigned(number) => number.put(out),
        Value::Signed(number) => number.put(out),
        Value::Time(time) => put_time(time, out),
        Value::Duration(nanos) => put_seconds(nanos < 0, nanos.unsigned_abs(), out),
        Value::Ipv4(address) => put_quoted(&Ipv4(address), out),
        Value::Ipv6(address) => put_quoted(&Ipv6(address), out),
        Value::Mac(address) => put_quoted(&Mac(address), out),
        Value::Text(text) => put_text(text, out),
        Value::Bytes(octets) => put_quoted(&HexBytes(octets), out),
    }
}

fn put_quoted(value: &impl Put, out: &mut Vec<u8>) {
    out.push(b'"');
    value.put(out);
    out.push(b'"');
}

/// Seconds with all nine digits behind the point.
pub fn put_seconds(is_negative: bool, nanos: u64, out: &mut Vec<u8>) {
    if is_negative {
        out.push(b'-');
    }
    (nanos / NANOS_PER_SECOND).put(out);
    out.push(b'.');
    Pad0(nanos % NANOS_PER_SECOND, 9).put(out);
}

/// A moment. A damaged capture may have any number of nanoseconds.
fn put_time(time: Timestamp, out: &mut Vec<u8>) {
    let unit = NANOS_PER_SECOND as i64;
    let mut seconds = time.seconds.saturating_add(time.nanos.div_euclid(unit));
    let mut nanos = time.nanos.rem_euclid(unit);
    if seconds < 0 && nanos > 0 {
        // -0.25 is 0.75 behind -1.
        (seconds, nanos) = (seconds + 1, unit - nanos);
        out.push(b'-');
    } else if seconds < 0 {
        out.push(b'-');
    }
    seconds.unsigned_abs().put(out);
    out.push(b'.');
    Pad0(nanos, 9).put(out);
}

/// Text between quotes, always valid.
fn put_text(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for chunk in text.utf8_chunks() {
        put_escaped(chunk.valid(), out);
        if !chunk.invalid().is_empty() {
            REPLACEMENT.put(out);
        }
    }
    out.push(b'"');
}

fn put_escaped(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    let is_special = |octet: &u8| *octet < 0x20 || matches!(octet, b'"' | b'\\');
    while let Some(at) = rest.iter().position(is_special) {
        let (plain, special) = rest.split_at(at);
        out.extend_from_slice(plain);
        let Some((&octet, behind)) = special.split_first() else { break };
        match octet {
            b'\n' => "\\n".put(out),
            b'\t' => "\\t".put(out),
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', octet]),
            control => {
                "\\u00".put(out);
                out.extend_from_slice(&hex_octet(control));
            }
        }
        rest = behind;
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: Value) -> String {
        let mut out = Vec::new();
        put_value(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_valid_json_whatever_the_octets() {
        let octets: Vec<u8> = (0..=255).chain("é\u{1f980}".bytes()).collect();
        let parsed: String = serde_json::from_str(&text(Value::Text(&octets))).unwrap();
        assert!(parsed.starts_with("\0\u{1}\u{2}"));
        assert!(parsed.contains(" !\"#"));
        assert!(parsed.ends_with("\u{fffd}é\u{1f980}"));
    }

    #[test]
    fn times_have_nine_digits_and_a_sign() {
        assert_eq!(text(Value::Duration(-5_000_000)), "-0.005000000");
        assert_eq!(text(Value::Duration(12_000_000_001)), "12.000000001");
        let time = |seconds, nanos| text(Value::Time(Timestamp { seconds, nanos }));
        assert_eq!(time(7, 1), "7.000000001");
        assert_eq!(time(7, 2_500_000_000), "9.500000000");
        assert_eq!(time(-1, 750_000_000), "-0.250000000");
        assert_eq!(time(i64::MAX, i64::MAX), "9223372036854775807.854775807");
        assert!(time(i64::MIN, i64::MIN).starts_with('-'));
    }
}
