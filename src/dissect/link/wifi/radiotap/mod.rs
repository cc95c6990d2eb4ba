//! Radiotap headers (<https://www.radiotap.org>): words of bits say which fields follow, and whether the
//! bits of the word after it mean radiotap's own fields or a vendor's.

mod channel;
mod fields;
mod packed;
mod rates;

use super::{Framing, print_frame};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use packed::Packed;

/// Version, padding, length and the first word of bits.
const HEADER_LENGTH_MIN: usize = 8;
const WORDS: usize = 4;
const WORD_LENGTH: usize = 4;

/// Bits that mean the same in all words.
const RADIOTAP_NAMESPACE: u32 = 1 << 29;
const VENDOR_NAMESPACE: u32 = 1 << 30;
const EXTENDED: u32 = 1 << 31;
const FIELD_BITS: u32 = 29;

/// Bits of the flags field.
const FRAME_CHECK_SEQUENCE: u8 = 0x10;
const HEADER_PADDED: u8 = 0x20;
const CHECK_SEQUENCE_LENGTH: u32 = 4;

/// What the bits of a word mean.
enum Namespace {
    /// Radiotap's fields, counted on from the word before.
    Radiotap { first_bit: u32 },
    /// A vendor's; so many octets of them are left to skip.
    Vendor { length: u16 },
}

/// Prints the fields and the frame behind them; returns the length of both headers.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "802.11_radio";
    let Ok((header, words)) = read_header(&packet) else {
        cx.truncated();
        return Ok(packet.captured().len());
    };
    let length = header.captured().len();
    let flags = put_fields(cx, &header, words)?;
    let framing = Framing {
        padded: flags & HEADER_PADDED != 0,
        check_sequence: if flags & FRAME_CHECK_SEQUENCE != 0 { CHECK_SEQUENCE_LENGTH } else { 0 },
    };
    Ok(length + print_frame(cx, packet.skip(length), framing)?)
}

/// The header, and how many words of bits it has.
fn read_header<'p>(packet: &Cursor<'p>) -> Outcome<(Cursor<'p>, usize)> {
    packet.need(HEADER_LENGTH_MIN)?;
    let length = packet.le16_at(2)?;
    packet.need(length.into())?;
    let header = packet.limit(length.into());
    let mut words = 1;
    while header.le32_at(WORD_LENGTH * words)? & EXTENDED != 0 {
        words += 1;
    }
    Ok((header, words))
}

/// Prints the fields; returns the value of the flags field.
fn put_fields(cx: &mut Context, header: &Cursor, words: usize) -> Outcome<u8> {
    let mut fields = Packed::new(*header, WORDS + WORD_LENGTH * words);
    let mut namespace = Namespace::Radiotap { first_bit: 0 };
    let mut flags = 0;
    for word in 0..words {
        let present = header.le32_at(WORDS + WORD_LENGTH * word)?;
        let readable = match namespace {
            Namespace::Radiotap { first_bit } => put_word(cx, &mut fields, present, first_bit, &mut flags),
            Namespace::Vendor { length } => fields.advance(length.into()).is_ok(),
        };
        if !readable {
            break;
        }
        namespace = match (present & (RADIOTAP_NAMESPACE | VENDOR_NAMESPACE), namespace) {
            (RADIOTAP_NAMESPACE, _) => Namespace::Radiotap { first_bit: 0 },
            (VENDOR_NAMESPACE, _) => Namespace::Vendor {
                length: vendor_length(&mut fields).unwrap_or_else(|_| {
                    cx.truncated();
                    0
                }),
            },
            (_, Namespace::Vendor { .. }) => Namespace::Vendor { length: 0 },
            (0, Namespace::Radiotap { first_bit }) => Namespace::Radiotap { first_bit: first_bit + u32::BITS },
            (_, radiotap) => radiotap,
        };
    }
    Ok(flags)
}

/// Prints the fields of one word; `false` where the rest of the header cannot be read.
fn put_word(cx: &mut Context, fields: &mut Packed, present: u32, first_bit: u32, flags: &mut u8) -> bool {
    for bit in (0..FIELD_BITS).filter(|bit| present >> bit & 1 != 0) {
        match fields::print(cx, fields, first_bit + bit, present, flags) {
            Ok(true) => {}
            Ok(false) => return false,
            Err(_) => {
                cx.truncated();
                return false;
            }
        }
    }
    true
}

/// The octets of fields that a vendor's namespace brings.
fn vendor_length(fields: &mut Packed) -> Outcome<u16> {
    fields.need_aligned(2)?;
    let (_organization, _subspace) = ([fields.u8()?, fields.u8()?, fields.u8()?], fields.u8()?);
    fields.u16()
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    const ACKNOWLEDGEMENT: &str = "d400 0000 001122334455";

    #[test]
    fn fields_are_aligned_and_the_frame_check_sequence_is_left_out() {
        let header = "0000 1500 2e400800 10 0c 6c09 c000 c4 00 0000 07 05 07";
        assert_eq!(
            text(0, LinkType::IEEE802_11_RADIO, &[header, ACKNOWLEDGEMENT, "ffffffff"].concat()),
            "6.0 Mb/s 2412 MHz 11n -60dBm signal 150.0 Mb/s MCS 7 40 MHz short GI Acknowledgment RA:00:11:22:33:44:55 "
        );
        assert_eq!(
            text(0, LinkType::IEEE802_11_RADIO, &[header, "d4000000"].concat()).rsplit(' ').next(),
            Some("[|802.11]")
        );
    }

    #[test]
    fn bits_count_on_in_the_next_word_and_an_unknown_one_ends_the_header() {
        let header = "0000 0c00 00000080 00040000";
        assert_eq!(
            text(0, LinkType::IEEE802_11_RADIO, &[header, ACKNOWLEDGEMENT].concat()),
            "[bit 42] Acknowledgment RA:00:11:22:33:44:55 "
        );
    }

    #[test]
    fn words_that_do_not_end_in_the_header_are_truncated() {
        assert_eq!(text(0, LinkType::IEEE802_11_RADIO, "0000 0800 00000080 d400"), " [|802.11_radio]");
    }
}
