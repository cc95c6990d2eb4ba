//! Addresses of frame relay (ITU-T Q.922 annex A.3): two, three or four octets.

use crate::dissect::cursor::Cursor;
use crate::dissect::names_table::Name;
use crate::dissect::put::Put;

/// The lowest bit of an octet: the address ends here.
const END: u8 = 0x01;

/// Flags by the octets they come from: the first, the second, the last.
pub(super) const FLAGS: &[Name] =
    &[(0x0200_0000, "C!"), (0x0002_0000, "DE"), (0x0004_0000, "BECN"), (0x0008_0000, "FECN"), (0x0000_0002, "sdlcore")];

/// Which circuit a frame belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The data link connection identifier.
    pub circuit: u32,
    /// Octets.
    pub length: usize,
    /// As in the table of flags.
    pub flags: u32,
}

/// What stands where an address should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// An address.
    Address(Address),
    /// It ends in the first octet, or not in the fourth.
    Invalid,
    /// It is not all there.
    Truncated,
}

impl Address {
    /// Reads the address at the front.
    pub fn parse(data: &Cursor) -> Parsed {
        let octets = data.limit(data.length()).captured();
        let (first, second, rest) = match octets {
            [first, ..] if first & END != 0 => return Parsed::Invalid,
            [first, second, rest @ ..] => (u32::from(*first), u32::from(*second), rest),
            _ => return Parsed::Truncated,
        };
        let circuit = (first & 0xfc) << 2 | second >> 4;
        let flags = (first & 0x02) << 24 | (second & 0x0e) << 16;
        if second & u32::from(END) != 0 {
            return Parsed::Address(Address { circuit, length: 2, flags });
        }
        let (circuit, last, length) = match rest {
            [third, ..] if third & END != 0 => (circuit, *third, 3),
            [third, last, ..] => (circuit << 7 | u32::from(third >> 1), *last, 4),
            _ => return Parsed::Truncated,
        };
        if last & END == 0 {
            return Parsed::Invalid;
        }
        let circuit = circuit << 6 | u32::from(last >> 2);
        Parsed::Address(Address { circuit, length, flags: flags | u32::from(last & 0x02) })
    }
}

impl Put for Parsed {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Parsed::Address(address) => {
                "DLCI ".put(out);
                address.circuit.put(out);
            }
            Parsed::Invalid => "<Invalid DLCI>".put(out),
            Parsed::Truncated => "<Truncated>".put(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(octets: &[u8]) -> Parsed {
        Address::parse(&Cursor::new(octets, octets.len() as u32))
    }

    #[test]
    fn an_address_grows_by_seven_bits_and_six() {
        let address = |circuit, length, flags| Parsed::Address(Address { circuit, length, flags });
        assert_eq!(parse(&[0xfe, 0xff]), address(1023, 2, 0x020e_0000));
        assert_eq!(parse(&[0x00, 0x10, 0x07]), address(65, 3, 2));
        assert_eq!(parse(&[0x00, 0x10, 0x02, 0x05]), address((1 << 7 | 1) << 6 | 1, 4, 0));
        assert_eq!(parse(&[0x00, 0x10, 0x02, 0x04]), Parsed::Invalid);
        assert_eq!(parse(&[0x00, 0x10, 0x02]), Parsed::Truncated);
    }
}
