//! Addresses as tcpdump writes them.

use super::cursor::{Cursor, Outcome};
use super::put::{Put, hex_digit, hex_octet};

/// An IPv4 address, dotted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ipv4(pub [u8; 4]);

/// An IPv6 address: the longest run of zeros becomes `::`, an embedded IPv4 address is dotted
/// (RFC 5952 section 5 names these forms; the choice of run is tcpdump's: the first of the longest).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ipv6(pub [u8; 16]);

/// An IEEE 802 MAC-48 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mac(pub [u8; 6]);

/// A network address of either version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IpAddress {
    /// Version 4.
    V4(Ipv4),
    /// Version 6.
    V6(Ipv6),
}

impl IpAddress {
    /// The IPv4 address at `offset` of a cursor.
    #[inline]
    pub fn v4_at(data: &Cursor, offset: usize) -> Outcome<Self> {
        Ok(IpAddress::V4(Ipv4(data.array_at(offset)?)))
    }

    /// The IPv6 address at `offset` of a cursor.
    #[inline]
    pub fn v6_at(data: &Cursor, offset: usize) -> Outcome<Self> {
        Ok(IpAddress::V6(Ipv6(data.array_at(offset)?)))
    }
}

/// `0` to `255` as text, left-aligned in four octets whose last is the length: an address is then
/// four copies instead of four divisions.
static OCTETS: [[u8; 4]; 256] = octets();

#[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
const fn octets() -> [[u8; 4]; 256] {
    let mut table = [[0; 4]; 256];
    let mut value = 0;
    while value < 256 {
        let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
        let digits = [b'0' + hundreds as u8, b'0' + tens as u8, b'0' + ones as u8];
        let skipped = if hundreds > 0 {
            0
        } else if tens > 0 {
            1
        } else {
            2
        };
        let mut at = skipped;
        while at < 3 {
            table[value][at - skipped] = digits[at];
            at += 1;
        }
        table[value][3] = 3 - skipped as u8;
        value += 1;
    }
    table
}

impl Put for Ipv4 {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        let mut text = [b'.'; 16];
        let mut end = 0;
        for octet in self.0 {
            // In bounds whatever the octet: a row of OCTETS for each value, and 4 times at most 4 characters.
            let [a, b, c, digits] = OCTETS.get(octet as usize).copied().unwrap_or_default();
            if let Some(slot) = text.get_mut(end..end + 4) {
                slot.copy_from_slice(&[a, b, c, b'.']);
                end += digits as usize;
                if let Some(dot) = text.get_mut(end) {
                    *dot = b'.';
                }
                end += 1;
            }
        }
        out.extend_from_slice(text.get(..end - 1).unwrap_or_default());
    }
}

/// The first of the longest runs of zero words, as (start, length), when it is worth a `::`.
fn longest_zero_run(words: &[u16; 8]) -> Option<(usize, usize)> {
    let mut best = (0, 0);
    let mut run = 0;
    for (index, &word) in words.iter().enumerate() {
        run = if word == 0 { run + 1 } else { 0 };
        if run > best.1 {
            best = (index + 1 - run, run);
        }
    }
    (best.1 >= 2).then_some(best)
}

impl Put for Ipv6 {
    fn put(&self, out: &mut Vec<u8>) {
        let mut words = [0u16; 8];
        for (word, octets) in words.iter_mut().zip(self.0.chunks_exact(2)) {
            *word = octets.iter().fold(0, |value, &octet| value << 8 | u16::from(octet));
        }
        let zeros = longest_zero_run(&words);
        for (index, &word) in words.iter().enumerate() {
            if let Some((start, length)) = zeros {
                if (start..start + length).contains(&index) {
                    if index == start {
                        out.push(b':');
                    }
                    continue;
                }
                let embeds_ipv4 = length == 6 || (length == 5 && words[5] == 0xffff);
                if index == 6 && start == 0 && embeds_ipv4 {
                    out.push(b':');
                    let [.., a, b, c, d] = self.0;
                    return Ipv4([a, b, c, d]).put(out);
                }
            }
            if index != 0 {
                out.push(b':');
            }
            put_word(word, out);
        }
        if matches!(zeros, Some((start, length)) if start + length == 8) {
            out.push(b':');
        }
    }
}

/// A 16-bit word in hexadecimal without leading zeros.
fn put_word(word: u16, out: &mut Vec<u8>) {
    let [high, low] = word.to_be_bytes();
    if high >= 0x10 {
        out.push(hex_digit(high >> 4));
    }
    if high > 0 {
        out.push(hex_digit(high));
    }
    if high > 0 || low >= 0x10 {
        out.push(hex_digit(low >> 4));
    }
    out.push(hex_digit(low));
}

impl Put for Mac {
    fn put(&self, out: &mut Vec<u8>) {
        let mut text = [b':'; 17];
        for (slot, &octet) in text.chunks_mut(3).zip(&self.0) {
            for (character, digit) in slot.iter_mut().zip(hex_octet(octet)) {
                *character = digit;
            }
        }
        out.extend_from_slice(&text);
    }
}

impl Put for IpAddress {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            IpAddress::V4(address) => address.put(out),
            IpAddress::V6(address) => address.put(out),
        }
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
    fn ipv4_has_no_leading_zeros() {
        assert_eq!(text(Ipv4([0, 9, 10, 99])), "0.9.10.99");
        assert_eq!(text(Ipv4([100, 255, 200, 1])), "100.255.200.1");
        assert_eq!(text(Ipv4([255; 4])), "255.255.255.255");
    }

    #[test]
    fn ipv6_shortens_one_run_of_zeros() {
        let v6 = |address: &str| text(Ipv6(address.parse::<std::net::Ipv6Addr>().unwrap().octets()));
        for same in ["::", "::1", "fe80::1", "2001:db8::1:0:0:1", "1:0:2:3:4:5:6:7", "ff02::", "1::2:0:0:3:4"] {
            assert_eq!(v6(same), same);
        }
        assert_eq!(v6("1:0:0:2:0:0:3:4"), "1::2:0:0:3:4");
        assert_eq!(v6("::ffff:1.2.3.4"), "::ffff:1.2.3.4");
        assert_eq!(v6("::1.2.3.4"), "::1.2.3.4");
    }

    #[test]
    fn mac_is_colon_separated() {
        assert_eq!(text(Mac([0, 0x1b, 2, 0xff, 0xa0, 9])), "00:1b:02:ff:a0:09");
    }
}
