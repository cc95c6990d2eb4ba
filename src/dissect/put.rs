//! How text is made on the packet path: values push their own characters, nothing goes through
//! `std::fmt`, and [`put!`](crate::put!) strings them together.

use super::line::Append;
use super::short::Short;

pub(crate) use super::hexadecimal::hex_octet;

/// Something that can write itself as tcpdump would.
pub trait Put {
    /// Appends this value's text to `out`.
    fn put(&self, out: &mut Vec<u8>);
}

/// Appends each argument's text to a context's output: `put!(cx, ", win ", segment.window)`.
///
/// Every argument is evaluated before the first is appended: a read that fails on the way, as in
/// `put!(cx, ", id ", data.be16_at(4)?)`, leaves no words without their value.
#[macro_export]
macro_rules! put {
    (@bind $cx:expr; [$($bound:ident)+];) => {{
        let out: &mut Vec<u8> = &mut $cx.out;
        $( $crate::dissect::put::Put::put($bound, out); )+
    }};
    (@bind $cx:expr; [$($bound:ident)*]; $value:expr, $($rest:tt)*) => {
        match &$value {
            value => $crate::put!(@bind $cx; [$($bound)* value]; $($rest)*),
        }
    };
    ($cx:expr, $($value:expr),+ $(,)?) => {
        $crate::put!(@bind $cx; []; $($value,)+)
    };
}

// Always inline: words are nearly always constants, whose copy takes fewer instructions than a call.
impl<T: Put + ?Sized> Put for &T {
    #[inline(always)]
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }
}

impl Put for str {
    #[inline(always)]
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

/// One ASCII character, such as a separator that is chosen at run time.
impl Put for char {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

impl Put for u32 {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        out.number(*self);
    }
}

impl Put for u64 {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        match u32::try_from(*self) {
            Ok(value) => value.put(out),
            Err(_) => out.extend_from_slice(itoa::Buffer::new().format(*self).as_bytes()),
        }
    }
}

macro_rules! short_decimal {
    ($($type:ty)*) => { $(
        impl Put for $type {
            #[inline]
            fn put(&self, out: &mut Vec<u8>) {
                Short::decimal(u32::from(*self)).put(out);
            }
        }
    )* };
}
short_decimal!(u8 u16);

macro_rules! decimal {
    ($wide:ty: $($type:ty)*) => { $(
        impl Put for $type {
            #[inline]
            fn put(&self, out: &mut Vec<u8>) {
                (*self as $wide).put(out);
            }
        }
    )* };
}
decimal!(u64: usize);
decimal!(i64: i8 i16 i32);

impl Put for i64 {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        if *self < 0 {
            out.push(b'-');
        }
        self.unsigned_abs().put(out);
    }
}

/// Hexadecimal without leading zeros, as C's `%x`.
pub struct Hex<T>(pub T);

/// Hexadecimal with at least `.1` digits, as C's `%0*x`: `Hex0(value, 4)`.
pub struct Hex0<T>(pub T, pub usize);

/// Octal without leading zeros, as C's `%o`.
pub struct Octal<T>(pub T);

/// Octets as two hexadecimal digits each, without separators.
pub struct HexBytes<'a>(pub &'a [u8]);

/// Decimal with at least `.1` digits, zeros in front: `Pad0(value, 6)` is C's `%06u`.
pub struct Pad0<T>(pub T, pub usize);

/// Decimal at least `.1` characters wide, blanks in front: `Pad(value, 5)` is C's `%5u`.
pub struct Pad<T>(pub T, pub usize);

/// A text in upper case, such as the protocol name in front of a line.
pub struct Caps<'a>(pub &'a str);

/// The low 4 bits of `value` as a hexadecimal digit.
#[inline]
pub(crate) fn hex_digit(value: u8) -> u8 {
    match value & 0xf {
        digit @ 0..=9 => b'0' + digit,
        letter => b'a' + letter - 10,
    }
}

#[inline]
fn put_hex(value: u64, digits: usize, out: &mut Vec<u8>) {
    match (u16::try_from(value), digits) {
        (Ok(word), 1..=4) => Short::hex(word, digits as u32).put(out),
        _ => put_long_hex(value, digits, out),
    }
}

fn put_long_hex(value: u64, digits: usize, out: &mut Vec<u8>) {
    let significant = (64 - value.leading_zeros() as usize).div_ceil(4).max(1);
    for digit in (0..significant.max(digits).min(32)).rev() {
        out.push(if digit < 16 { hex_digit((value >> (4 * digit)) as u8) } else { b'0' });
    }
}

impl<T: Into<u64> + Copy> Put for Hex<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_hex(self.0.into(), 1, out);
    }
}

impl<T: Into<u64> + Copy> Put for Hex0<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_hex(self.0.into(), self.1, out);
    }
}

impl<T: Into<u32> + Copy> Put for Octal<T> {
    fn put(&self, out: &mut Vec<u8>) {
        let value = self.0.into();
        let digits = (32 - value.leading_zeros()).div_ceil(3).max(1);
        out.extend((0..digits).rev().map(|digit| b'0' + (value >> (3 * digit) & 7) as u8));
    }
}

impl Put for HexBytes<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        for &octet in self.0 {
            out.extend_from_slice(&hex_octet(octet));
        }
    }
}

fn put_padded<T: itoa::Integer>(value: T, width: usize, fill: u8, out: &mut Vec<u8>) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(value).as_bytes();
    for _ in digits.len()..width {
        out.push(fill);
    }
    out.extend_from_slice(digits);
}

impl<T: itoa::Integer + Copy> Put for Pad0<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_padded(self.0, self.1, b'0', out);
    }
}

impl<T: itoa::Integer + Copy> Put for Pad<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_padded(self.0, self.1, b' ', out);
    }
}

impl Put for Caps<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.0.bytes().map(|letter| letter.to_ascii_uppercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: impl Put) -> String {
        let mut out = Vec::new();
        value.put(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn a_read_that_fails_leaves_no_words_behind() {
        use crate::dissect::cursor::{Cursor, Outcome};
        struct Text {
            out: Vec<u8>,
        }
        fn print(cx: &mut Text, data: Cursor) -> Outcome {
            put!(cx, " mss ", data.u8_at(0)?);
            put!(cx, " id ", data.be16_at(1)?);
            Ok(())
        }
        let mut cx = Text { out: Vec::new() };
        assert!(print(&mut cx, Cursor::new(&[7, 8], 2)).is_err());
        assert_eq!(cx.out, b" mss 7");
    }

    #[test]
    fn numbers_of_every_length_have_their_digits() {
        for exponent in 0..20 {
            let power = 10u64.pow(exponent);
            for value in [power - 1, power, power + 1, power / 9 * 10, power.wrapping_mul(7)] {
                assert_eq!(text(value), value.to_string());
                assert_eq!(text(value as u32), (value as u32).to_string());
                assert_eq!(text(value as u16), (value as u16).to_string());
                assert_eq!(text((value as i64).wrapping_neg()), (value as i64).wrapping_neg().to_string());
                assert_eq!(text(Hex(value)), format!("{value:x}"));
                assert_eq!([1, 3, 8, 12].map(|width| text(Hex0(value, width))), {
                    [format!("{value:01x}"), format!("{value:03x}"), format!("{value:08x}"), format!("{value:012x}")]
                });
            }
        }
        let (low, high) = (u64::MIN, u64::MAX);
        assert_eq!([text(low), text(high), text(i64::MIN)], [low.to_string(), high.to_string(), i64::MIN.to_string()]);
    }

    #[test]
    fn numbers_look_as_printf_prints_them() {
        assert_eq!(text(Hex(0u8)), "0");
        assert_eq!(text(Hex(0xbeefu16)), "beef");
        assert_eq!(text(Hex0(0x1fu8, 4)), "001f");
        assert_eq!(text(Hex0(0x12345u32, 4)), "12345");
        assert_eq!(text(Hex(u64::MAX)), "ffffffffffffffff");
        assert_eq!([text(Octal(0u8)), text(Octal(0xffu8)), text(Octal(0o1750u32))], ["0", "377", "1750"]);
        assert_eq!(text(Pad0(42u32, 6)), "000042");
        assert_eq!(text(Pad0(1_234_567u32, 6)), "1234567");
        assert_eq!(text(Pad(7u32, 5)), "    7");
        assert_eq!(text(HexBytes(&[0, 0xff])), "00ff");
        assert_eq!(text(Caps("ip6")), "IP6");
        assert_eq!(text('é'), "é");
    }
}
