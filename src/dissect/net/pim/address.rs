//! Addresses in messages of PIM (RFC 7761 section 4.9.1).

use super::Step;
use crate::dissect::address::IpAddress;
use crate::dissect::address_family;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::put::Hex0;
use crate::put;

/// Flags of a source: sparse mode, any source, by the rendezvous point's tree.
const SPARSE: u8 = 0x04;
const WILDCARD: u8 = 0x02;
const RENDEZVOUS_POINT: u8 = 0x01;
const RESERVED: u8 = 0xf8;

/// How a message says which family an address is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// In front of each address.
    WithFamily,
    /// By the length of addresses in the header, as RFC 2117 had it.
    Length(u8),
}

impl Encoding {
    /// The encoding by the second octet of a message.
    pub(super) fn of_header(octet: u8) -> Self {
        match octet & 0xf {
            0 => Encoding::WithFamily,
            length => Encoding::Length(length),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    V4,
    V6,
}

impl Family {
    fn length(self) -> usize {
        match self {
            Family::V4 => 4,
            Family::V6 => 16,
        }
    }
}

/// What of a message is still to be read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'p> {
    pub(super) data: Cursor<'p>,
    pub(super) encoding: Encoding,
}

impl Reader<'_> {
    /// Stops unless the message goes on for `count` octets, by its length.
    pub(super) fn need_claimed(&self, count: u32) -> Step {
        if self.data.length() < count { Err(Stop::Incomplete) } else { Ok(()) }
    }

    /// Stops unless `count` further octets are all there.
    pub(super) fn need(&self, count: u32) -> Step {
        self.need_claimed(count)?;
        if self.data.has(count as usize) { Ok(()) } else { Err(Stop::Incomplete) }
    }

    /// A host's address behind `label`.
    pub(super) fn put_host(&mut self, cx: &mut Context, label: &str) -> Step {
        put!(cx, label);
        let family = self.family()?;
        let address = self.address(family, 0)?;
        self.data = self.data.skip(family.length());
        cx.host(address);
        Ok(())
    }

    /// A group's address and mask behind `label`.
    pub(super) fn put_group(&mut self, cx: &mut Context, label: &str) -> Step {
        let flags = self.put_masked(cx, label)?;
        if flags != 0 {
            put!(cx, "(0x", Hex0(flags, 2), ")");
        }
        Ok(())
    }

    /// A source's address and mask behind `label`.
    pub(super) fn put_source(&mut self, cx: &mut Context, label: &str) -> Step {
        let flags = self.put_masked(cx, label)?;
        if flags == 0 {
            return Ok(());
        }
        put!(cx, "(");
        for (flag, letter) in [(SPARSE, "S"), (WILDCARD, "W"), (RENDEZVOUS_POINT, "R")] {
            put!(cx, if flags & flag != 0 { letter } else { "" });
        }
        if flags & RESERVED != 0 {
            put!(cx, "+0x", Hex0(flags & RESERVED, 2));
        }
        put!(cx, ")");
        Ok(())
    }

    /// An address with a mask, unless the mask is a single host's; returns the flags.
    fn put_masked(&mut self, cx: &mut Context, label: &str) -> Step<u8> {
        put!(cx, label);
        let family = self.family()?;
        let address = self.address(family, 2)?;
        let (flags, mask) = (self.data.u8()?, self.data.u8()?);
        self.data = self.data.skip(family.length());
        cx.host(address);
        if usize::from(mask) != family.length() * 8 {
            put!(cx, "/", mask);
        }
        Ok(flags)
    }

    fn family(&mut self) -> Step<Family> {
        match self.encoding {
            Encoding::Length(4) => Ok(Family::V4),
            Encoding::Length(16) => Ok(Family::V6),
            Encoding::Length(_) => Err(Stop::Incomplete),
            Encoding::WithFamily => {
                self.need_claimed(2)?;
                let family = match u16::from(self.data.u8_at(0)?) {
                    address_family::IPV4 => Family::V4,
                    address_family::IPV6 => Family::V6,
                    _ => return Err(Stop::Incomplete),
                };
                // No encoding but the family's own was ever defined.
                if self.data.u8_at(1)? != 0 {
                    return Err(Stop::Incomplete);
                }
                self.data = self.data.skip(2);
                Ok(family)
            }
        }
    }

    /// The address at `offset`, if all is there up to its end.
    fn address(&self, family: Family, offset: usize) -> Step<IpAddress> {
        self.need((offset + family.length()) as u32)?;
        Ok(match family {
            Family::V4 => IpAddress::v4_at(&self.data, offset)?,
            Family::V6 => IpAddress::v6_at(&self.data, offset)?,
        })
    }
}
