//! Floating-point numbers, which some protocols carry (IEEE 754), in decimal.

use super::put::{Pad0, Put};

/// Bits of the fraction of a number of single precision.
const FRACTION_BITS: u32 = 23;
/// The exponent of a number whose fraction counts as a whole number.
const EXPONENT_BIAS: u32 = 127 + FRACTION_BITS;

/// A number with three decimals, exactly rounded, halves to the even digit, as C's `%.3f`.
#[derive(Clone, Copy, Debug)]
pub struct Decimals3(pub f32);

impl Put for Decimals3 {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0.is_sign_negative() {
            out.push(b'-');
        }
        if !self.0.is_finite() {
            return (if self.0.is_nan() { "nan" } else { "inf" }).put(out);
        }
        let bits = self.0.to_bits();
        let (exponent, fraction) = (bits >> FRACTION_BITS & 0xff, bits & ((1 << FRACTION_BITS) - 1));
        let (exponent, mantissa) =
            if exponent == 0 { (1, fraction) } else { (exponent, fraction | 1 << FRACTION_BITS) };
        if exponent >= EXPONENT_BIAS {
            let whole = u128::from(mantissa) << (exponent - EXPONENT_BIAS);
            out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
            return ".000".put(out);
        }
        let thousandths = divide_by_power_of_2(u64::from(mantissa) * 1000, EXPONENT_BIAS - exponent);
        (thousandths / 1000).put(out);
        out.push(b'.');
        Pad0(thousandths % 1000, 3).put(out);
    }
}

/// `value / 2^power`, rounded to the nearest whole number or the even one. `value` is below 2^63, `power` above 0.
fn divide_by_power_of_2(value: u64, power: u32) -> u64 {
    if power > 63 {
        return 0;
    }
    let (quotient, remainder, half) = (value >> power, value & ((1 << power) - 1), 1 << (power - 1));
    let up = remainder > half || remainder == half && quotient % 2 == 1;
    quotient + u64::from(up)
}

/// A number with ten significant digits, exactly rounded, as C's `%.10g`.
#[derive(Clone, Copy, Debug)]
pub struct Significant10(pub f32);

const SIGNIFICANT: usize = 10;

impl Put for Significant10 {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0.is_sign_negative() {
            out.push(b'-');
        }
        if !self.0.is_finite() {
            return (if self.0.is_nan() { "nan" } else { "inf" }).put(out);
        }
        let (digits, exponent) = significant_digits(self.0.abs());
        let used = digits.iter().rposition(|&digit| digit != 0).map_or(1, |last| last + 1);
        let digits = digits.map(|digit| b'0' + digit);
        let (digits, _) = digits.split_at(used);
        if !(-4..SIGNIFICANT as i32).contains(&exponent) {
            put_with_point(digits, 1, out);
            out.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
            return Pad0(exponent.unsigned_abs(), 2).put(out);
        }
        match usize::try_from(exponent) {
            Ok(exponent) => put_with_point(digits, exponent + 1, out),
            Err(_) => {
                out.extend_from_slice(b"0.");
                out.resize(out.len() + exponent.unsigned_abs() as usize - 1, b'0');
                out.extend_from_slice(digits);
            }
        }
    }
}

/// Digits with a point behind the first `whole`; zeros fill up where there are fewer.
fn put_with_point(digits: &[u8], whole: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(digits.get(..whole).unwrap_or(digits));
    match digits.get(whole..) {
        Some([]) => {}
        Some(fraction) => {
            out.push(b'.');
            out.extend_from_slice(fraction);
        }
        None => out.resize(out.len() + whole - digits.len(), b'0'),
    }
}

/// The first digits of a number, rounded, and the power of ten of the first.
fn significant_digits(number: f32) -> ([u8; SIGNIFICANT], i32) {
    let mut stream = DigitStream::of(number);
    let mut digits = [0; SIGNIFICANT];
    if number == 0.0 {
        return (digits, 0);
    }
    let mut exponent = stream.exponent;
    let mut next = stream.next_digit();
    while next == 0 {
        next = stream.next_digit();
        exponent -= 1;
    }
    for digit in &mut digits {
        *digit = next;
        next = stream.next_digit();
    }
    let odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    if next > 5 || next == 5 && (odd || stream.has_more()) {
        let nines = digits.iter().rev().take_while(|&&digit| digit == 9).count();
        digits.iter_mut().rev().take(nines).for_each(|digit| *digit = 0);
        match digits.iter_mut().rev().nth(nines) {
            Some(digit) => *digit += 1,
            None => {
                exponent += 1;
                digits = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            }
        }
    }
    (digits, exponent)
}

/// The exact decimal digits of a number, one after the other.
struct DigitStream {
    /// What is left of the whole part, whose digits come first, and the power of ten of its first digit.
    whole: u128,
    power: u128,
    exponent: i32,
    /// The fraction in units of 2^-160; the least one of single precision is 2^-149.
    fraction: [u32; 5],
}

impl DigitStream {
    fn of(number: f32) -> Self {
        let bits = number.to_bits();
        let (exponent, fraction) = (bits >> FRACTION_BITS & 0xff, bits & ((1 << FRACTION_BITS) - 1));
        let (exponent, mantissa) =
            if exponent == 0 { (1, fraction) } else { (exponent, fraction | 1 << FRACTION_BITS) };
        let mut stream = DigitStream { whole: 0, power: 1, exponent: 0, fraction: [0; 5] };
        if exponent >= EXPONENT_BIAS {
            stream.whole = u128::from(mantissa) << (exponent - EXPONENT_BIAS);
        } else {
            let shift = EXPONENT_BIAS - exponent;
            stream.whole = u128::from(mantissa.checked_shr(shift).unwrap_or(0));
            // The lowest bit of the mantissa stands for 2^-shift, which is bit 160 - shift of the fraction.
            let at = 160 - shift;
            let wide = u64::from(mantissa) << (at % 32);
            for (word, part) in
                stream.fraction.iter_mut().skip(at as usize / 32).zip([wide as u32, (wide >> 32) as u32])
            {
                *word = part;
            }
        }
        while stream.whole / stream.power >= 10 {
            stream.power *= 10;
            stream.exponent += 1;
        }
        stream
    }

    fn next_digit(&mut self) -> u8 {
        if let Some(digit) = self.whole.checked_div(self.power) {
            self.whole %= self.power;
            self.power /= 10;
            return digit as u8;
        }
        let mut carry = 0;
        for word in &mut self.fraction {
            let product = u64::from(*word) * 10 + carry;
            *word = product as u32;
            carry = product >> 32;
        }
        carry as u8
    }

    fn has_more(&self) -> bool {
        self.whole != 0 || self.fraction.iter().any(|&word| word != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_number_looks_as_printf_prints_it() {
        let numbers = [
            0.0,
            -0.0,
            1.0,
            0.0625,
            0.1875,
            -2.0005,
            1e-40,
            16777215.0,
            1.25e10,
            f32::MAX,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NAN,
            0.9996,
            123456.79,
        ];
        for number in numbers {
            let mut out = Vec::new();
            Decimals3(number).put(&mut out);
            let expected = format!("{:.3}", f64::from(number)).replace("NaN", "nan");
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
        let mut out = Vec::new();
        Decimals3(0.0625).put(&mut out);
        assert_eq!(out, b"0.062");
    }

    #[test]
    fn ten_digits_are_rounded_and_trailing_zeros_left_out() {
        let text = |number| {
            let mut out = Vec::new();
            Significant10(number).put(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        // As printf prints them.
        let numbers = [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (0.1, "0.1000000015"),
            (1e-4, "9.999999747e-05"),
            (0.00012345, "0.0001234499941"),
            (1e-45, "1.401298464e-45"),
            (123456.79, "123456.7891"),
            (2_147_483_648.0, "2147483648"),
            (1.25e10, "1.249999974e+10"),
            (f32::MAX, "3.402823466e+38"),
            (f32::MIN_POSITIVE, "1.175494351e-38"),
            (16_777_215.0, "16777215"),
            (0.000_976_562_5, "0.0009765625"),
            (f32::NEG_INFINITY, "-inf"),
        ];
        for (number, expected) in numbers {
            assert_eq!(text(number), expected);
        }
    }
}
