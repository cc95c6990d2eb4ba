//! Address prefixes as routing protocols encode them: a length in bits, then the octets that it takes.

use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Of which version of IP a prefix is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Version 4.
    V4,
    /// Version 6.
    V6,
}

impl Version {
    /// Bits of an address.
    pub fn bits(self) -> usize {
        match self {
            Version::V4 => 32,
            Version::V6 => 128,
        }
    }

    /// The address at `offset` of a cursor.
    pub fn address_at(self, data: &Cursor, offset: usize) -> Outcome<IpAddress> {
        match self {
            Version::V4 => IpAddress::v4_at(data, offset),
            Version::V6 => IpAddress::v6_at(data, offset),
        }
    }

    /// The network of `bits` bits whose octets start at `offset` of a cursor.
    pub fn network_at(self, data: &Cursor, offset: usize, bits: usize) -> Outcome<Network> {
        let address = match self {
            Version::V4 => IpAddress::V4(Ipv4(masked_at(data, offset, bits)?)),
            Version::V6 => IpAddress::V6(Ipv6(masked_at(data, offset, bits)?)),
        };
        Ok(Network { address, bits })
    }
}

/// An address whose bits behind the prefix are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddress,
    bits: usize,
}

impl Network {
    /// Appends `10.0.0.0/8`.
    pub fn put(&self, cx: &mut Context) {
        cx.host(self.address);
        put!(cx, "/", self.bits);
    }
}

/// What stands where a prefix is expected.
pub enum Prefix {
    /// A network and how many octets it took with its length.
    Network(Network, usize),
    /// More bits than an address has.
    TooLong,
    /// There are fewer octets than the length asks for.
    Incomplete,
}

/// The prefix at the front of a cursor, within the cursor's length.
pub fn read(data: &Cursor, version: Version) -> Outcome<Prefix> {
    let available = data.length() as usize;
    if available == 0 {
        return Ok(Prefix::Incomplete);
    }
    let bits = usize::from(data.u8_at(0)?);
    if bits > version.bits() {
        return Ok(Prefix::TooLong);
    }
    let length = 1 + bits.div_ceil(8);
    if available < length {
        return Ok(Prefix::Incomplete);
    }
    Ok(Prefix::Network(version.network_at(data, 1, bits)?, length))
}

/// The first `bits` bits at `offset`, zeros behind them.
pub fn masked_at<const N: usize>(data: &Cursor, offset: usize, bits: usize) -> Outcome<[u8; N]> {
    let mut address = [0; N];
    for (slot, octet) in address.iter_mut().zip(data.bytes_at(offset, bits.div_ceil(8))?) {
        *slot = *octet;
    }
    if let Some(last) = address.get_mut(bits / 8) {
        *last &= !(0xff >> (bits % 8));
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_behind_the_prefix_are_cleared() {
        let data = Cursor::new(&[0xff; 4], 4);
        assert_eq!(masked_at(&data, 0, 20), Ok([0xff, 0xff, 0xf0, 0]));
        assert_eq!(masked_at(&data, 0, 16), Ok([0xff, 0xff, 0, 0]));
        assert_eq!(masked_at(&data, 0, 32), Ok([0xff; 4]));
        assert_eq!(masked_at(&data, 4, 0), Ok([0; 4]));
    }

    #[test]
    fn lengths_are_checked_against_the_address_and_the_field() {
        let data = Cursor::new(&[33, 1, 2, 3, 4, 5], 6);
        assert!(matches!(read(&data, Version::V4), Ok(Prefix::TooLong)));
        assert!(matches!(read(&data, Version::V6), Ok(Prefix::Network(_, 6))));
        assert!(matches!(read(&data.with_length(5), Version::V6), Ok(Prefix::Incomplete)));
        assert!(read(&data.limit(5).with_length(9), Version::V6).is_err());
    }
}
