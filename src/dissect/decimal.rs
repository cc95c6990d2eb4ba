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
}
