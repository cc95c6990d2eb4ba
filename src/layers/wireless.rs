//! IEEE 802.11 data frames, and what drivers put in front of them.

use super::protocol::Protocol;
use super::{Next, Walk};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::source::LinkType;

const TYPE_DATA: u8 = 2;
/// Subtype bits of a data frame: it carries none; it has a quality-of-service field.
const NO_DATA: u8 = 0x4;
const QUALITY_OF_SERVICE: u8 = 0x8;
/// The second octet of frame control.
const TO_SYSTEM: u8 = 0x01;
const FROM_SYSTEM: u8 = 0x02;
const PROTECTED: u8 = 0x40;
const ORDER: u8 = 0x80;
/// In the quality-of-service field: the frame holds several.
const AGGREGATED: u8 = 0x80;

const PRISM_LENGTH: usize = 144;
const AVS_MAGIC: u32 = 0x8021_1000;
/// Radiotap: the flags field is the second after the time stamp; the header is padded to four octets.
const RADIOTAP_PRESENT_TIMESTAMP: u32 = 1;
const RADIOTAP_PRESENT_FLAGS: u32 = 2;
const RADIOTAP_PADDED: u8 = 0x20;
const RADIOTAP_CHECK_SEQUENCE: u8 = 0x10;
const RADIOTAP_EXTENDED: u32 = 1 << 31;

/// The header of a wireless link type.
pub(super) fn start(link_type: LinkType, data: Cursor) -> Outcome<Next> {
    match link_type {
        LinkType::IEEE802_11 => Ok(Next::Wifi(data)),
        LinkType::IEEE802_11_RADIO => radiotap(data),
        LinkType::PRISM_HEADER | LinkType::IEEE802_11_RADIO_AVS => {
            let is_avs = data.be32_at(0)? & 0xffff_f000 == AVS_MAGIC;
            let header = if is_avs { data.be32_at(4)? as usize } else { PRISM_LENGTH };
            Ok(Next::Wifi(data.skip(header)))
        }
        LinkType::PPI => {
            let (header, inner) = (data.le16_at(2)?, LinkType(data.le32_at(4)? as i32));
            let data = data.skip(header.into());
            Ok(match inner {
                LinkType::IEEE802_11 => Next::Wifi(data),
                LinkType::ETHERNET => Next::Ethernet(data),
                LinkType::RAW => Next::Ip(data),
                _ => Next::Nothing,
            })
        }
        _ => Ok(Next::Nothing),
    }
}

/// Radiotap says whether the frame's check sequence is at its end.
fn radiotap(data: Cursor) -> Outcome<Next> {
    let (length, present) = (data.le16_at(2)?, data.le32_at(4)?);
    let mut fields = 8;
    let mut words = present;
    while words & RADIOTAP_EXTENDED != 0 {
        words = data.le32_at(fields)?;
        fields += 4;
    }
    if present & RADIOTAP_PRESENT_TIMESTAMP != 0 {
        fields = fields.next_multiple_of(8) + 8;
    }
    let flags = if present & RADIOTAP_PRESENT_FLAGS != 0 { data.u8_at(fields)? } else { 0 };
    let mut frame = data.skip(length.into());
    if flags & RADIOTAP_CHECK_SEQUENCE != 0 {
        frame = frame.limit(frame.length().saturating_sub(4));
    }
    if flags & RADIOTAP_PADDED != 0 {
        // The padding stands behind the header of 802.11, whose length is a multiple of four but for this.
        return Ok(Next::Nothing);
    }
    Ok(Next::Wifi(frame))
}

/// A data frame that is not encrypted holds LLC.
pub(super) fn ieee802_11<'f>(walk: &mut Walk<'f, '_>, data: Cursor<'f>) -> Outcome<Next<'f>> {
    let (control, flags) = (data.u8_at(0)?, data.u8_at(1)?);
    let (kind, subtype) = (control >> 2 & 3, control >> 4);
    let mut header = 24;
    if flags & (TO_SYSTEM | FROM_SYSTEM) == TO_SYSTEM | FROM_SYSTEM {
        header += 6;
    }
    let mut aggregated = false;
    if subtype & QUALITY_OF_SERVICE != 0 {
        aggregated = data.u8_at(header)? & AGGREGATED != 0;
        header += 2;
        if flags & ORDER != 0 {
            header += 4;
        }
    }
    walk.push(Protocol::Wifi, data, header as u32)?;
    let readable = kind == TYPE_DATA && subtype & NO_DATA == 0 && flags & PROTECTED == 0 && !aggregated;
    Ok(if readable { Next::Llc(data.skip(header)) } else { Next::Nothing })
}
