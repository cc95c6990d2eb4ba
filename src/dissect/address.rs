//! Addresses as tcpdump writes them.

use super::cursor::{Cursor, Outcome};
use super::line::{Append, Line};
use super::put::{Put, hex_octet};
use super::short::{Short, ThreeDigits};

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

/// `0.` to `255.`: an address is then four look-ups instead of four divisions.
static OCTETS: [Short; 256] = octets();

#[expect(clippy::indexing_slicing, reason = "a bound that does not hold would be found when compiling")]
const fn octets() -> [Short; 256] {
    let mut table = [Short::EMPTY; 256];
    let mut value = 0;
    while value < 256 {
        table[value] = ThreeDigits::new(value as u32).significant().and(b'.');
        value += 1;
    }
    table
}

#[inline]
fn dotted(octet: u8) -> Short {
    OCTETS.get(usize::from(octet)).copied().unwrap_or(Short::EMPTY)
}

impl Ipv4 {
    /// Appends the address.
    #[inline]
    pub fn append(self, to: &mut impl Append) {
        let [a, b, c, d] = self.0;
        to.short(dotted(a).then(dotted(b)));
        to.short(dotted(c).then(Short::decimal(d.into())));
    }
}

impl Put for Ipv4 {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        self.append(out);
    }
}

/// The first of the longest runs of zero words, as (start, length), when it is worth a `::`.
fn longest_zero_run(words: &[u16; 8]) -> Option<(usize, usize)> {
    // Bit n: the words from n on are all zeros, as many of them as the loop counts.
    let mut runs = 0u8;
    for (index, &word) in words.iter().enumerate() {
        runs |= u8::from(word == 0) << index;
    }
    let (mut start, mut length) = (0, 0);
    while runs != 0 {
        start = runs.trailing_zeros() as usize;
        length += 1;
        runs &= runs >> 1;
    }
    (length >= 2).then_some((start, length))
}

impl Ipv6 {
    /// Appends the address.
    pub fn append(self, to: &mut impl Append) {
        let number = u128::from_be_bytes(self.0);
        let words: [u16; 8] = std::array::from_fn(|index| (number >> (112 - 16 * index)) as u16);
        let Some((start, length)) = longest_zero_run(&words) else { return append_words(&words, to) };
        let (front, rest) = words.split_at(start);
        let back = rest.get(length..).unwrap_or_default();
        append_words(front, to);
        to.text(b"::");
        let [.., a, b, c, d] = self.0;
        match (start, length, back) {
            (0, 6, _) => Ipv4([a, b, c, d]).append(to),
            (0, 5, [0xffff, ..]) => {
                to.text(b"ffff:");
                Ipv4([a, b, c, d]).append(to);
            }
            _ => append_words(back, to),
        }
    }
}

impl Put for Ipv6 {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        self.append(out);
    }
}

/// Words in hexadecimal without leading zeros, `:` between them.
#[inline]
fn append_words(words: &[u16], to: &mut impl Append) {
    if let Some((&last, others)) = words.split_last() {
        for &word in others {
            to.short(Short::hex(word, 1).and(b':'));
        }
        to.short(Short::hex(last, 1));
    }
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

/// A host and a port as numbers: `address.port`.
#[derive(Clone, Copy, Debug)]
pub struct End<'a>(pub &'a IpAddress, pub u16);

impl End<'_> {
    /// Appends address and port.
    #[inline(always)]
    pub fn append(&self, line: &mut Line) {
        match self.0 {
            IpAddress::V4(address) => address.append(line),
            IpAddress::V6(address) => address.append(line),
        }
        line.short(Short::EMPTY.and(b'.').then(Short::decimal(self.1.into())));
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
