//! The checksum of OSI protocols (ISO 8473-1 annex C; RFC 1008): two sums modulo 255, Fletcher's.

use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::put::Hex0;
use crate::put;

const MODULUS: i64 = 255;

/// What the checksum `found` at `offset` of the first `length` octets is worth. A zero says that the sender
/// made none.
pub fn put_verdict(cx: &mut Context, data: &Cursor, found: u16, offset: usize, length: u32) {
    let summed = data.captured().get(..length as usize);
    match summed {
        Some(octets) if found != 0 && data.has(offset.saturating_add(2)) && offset <= octets.len() => {
            let right = should_be(octets, offset);
            if found == right {
                put!(cx, " (correct)");
            } else {
                put!(cx, " (incorrect should be 0x", Hex0(right, 4), ")");
            }
        }
        _ => put!(cx, " (unverified)"),
    }
}

/// The value that makes both sums zero, in place of the two octets at `offset`.
pub fn should_be(octets: &[u8], offset: usize) -> u16 {
    let (mut sum, mut weighted) = (0u64, 0u64);
    for (at, &octet) in octets.iter().enumerate() {
        if at != offset && at != offset + 1 {
            sum += u64::from(octet);
        }
        weighted += sum;
    }
    let (sum, weighted) = ((sum % 255) as i64, (weighted % 255) as i64);
    let product = (octets.len() as i64 - offset as i64) * sum;
    let residue = |value: i64| match value % MODULUS {
        residue if residue <= 0 => residue + MODULUS,
        residue => residue,
    };
    ((residue(product - sum - weighted) << 8) | residue(weighted - product)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_come_out_as_zero_wherever_the_field_is() {
        for offset in 0..8 {
            let mut octets = [0x14, 2, 0xff, 4, 5, 6, 7, 0x80, 9, 10];
            let right = should_be(&octets, offset).to_be_bytes();
            octets[offset..offset + 2].copy_from_slice(&right);
            assert_eq!(should_be(&octets, offset).to_be_bytes(), right);
            let (mut sum, mut weighted) = (0u32, 0);
            for octet in octets {
                sum += u32::from(octet);
                weighted += sum;
            }
            assert_eq!((sum % 255, weighted % 255), (0, 0));
        }
    }
}
