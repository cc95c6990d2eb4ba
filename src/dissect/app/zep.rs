//! ZigBee Encapsulation Protocol: frames of IEEE 802.15.4 that a sniffer sends over UDP.

use crate::dissect::context::{Context, put_visible};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ieee802_15_4;
use crate::dissect::ntp_time::NtpTime;
use crate::dissect::payload::put_unknown;
use crate::dissect::put::Hex0;
use crate::dissect::utc::UtcSeconds;
use crate::put;

const PREAMBLE: [u8; 2] = *b"EX";
const HEADER_LENGTH_1: u32 = 16;
const HEADER_LENGTH_2: u32 = 32;
const ACKNOWLEDGEMENT: u8 = 2;
const ACKNOWLEDGEMENT_LENGTH: u32 = 8;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "zep";
    cx.protocol_caps();
    let preamble: [u8; 2] = message.array_at(0)?;
    if preamble != PREAMBLE {
        put!(cx, " [Preamble Code: ");
        preamble.iter().for_each(|&octet| put_visible(octet, &mut cx.out));
        put!(cx, "]");
        return cx.invalid();
    }
    let version = message.u8_at(2)?;
    put!(cx, "v", version, " ");
    let is_acknowledgement = version != 1 && message.u8_at(3)? == ACKNOWLEDGEMENT;
    let header_length = match version {
        1 => HEADER_LENGTH_1,
        _ if is_acknowledgement => ACKNOWLEDGEMENT_LENGTH,
        _ => HEADER_LENGTH_2,
    };
    if message.length() < header_length {
        return cx.invalid_because("len", message.length(), "<", header_length);
    }
    let frame_length = match version {
        1 => {
            put!(cx, "Channel ID ", message.u8_at(3)?, ", Device ID 0x", Hex0(message.be16_at(4)?, 4), ", ");
            put_quality(cx, &message, 6)?;
            message.u8_at(15)?
        }
        _ if is_acknowledgement => {
            put!(cx, "ACK, seq# = ", message.be32_at(4)?);
            0
        }
        _ => {
            let (kind, channel, device) = (message.u8_at(3)?, message.u8_at(4)?, message.be16_at(5)?);
            put!(cx, "Type ", kind, ", Channel ID ", channel, ", Device ID 0x", Hex0(device, 4), ", ");
            put_quality(cx, &message, 7)?;
            put_time(cx, NtpTime::read(&message, 9)?);
            let length = message.u8_at(31)?;
            put!(cx, ", seq# = ", message.be32_at(17)?, ", ");
            length
        }
    };
    if !is_acknowledgement {
        put!(cx, "inner len = ", frame_length);
    }
    let frame = message.skip(header_length as usize);
    if frame_length != 0 {
        put!(cx, "\n\t");
        if ieee802_15_4::print_captured(cx, frame.with_length(frame_length.into()))? != 0 {
            return frame.need(frame.length() as usize);
        }
    }
    put_unknown(cx, &frame)
}

/// Whether the check sequence was right, or how well the frame was heard.
fn put_quality(cx: &mut Context, message: &Cursor, at: usize) -> Outcome {
    if message.u8_at(at)? != 0 {
        put!(cx, "CRC, ");
    } else {
        put!(cx, "LQI ", message.u8_at(at + 1)?, ", ");
    }
    Ok(())
}

/// When the frame was heard.
fn put_time(cx: &mut Context, time: NtpTime) {
    time.put_number(&mut cx.out);
    if time.seconds != 0 {
        put!(cx, " (", UtcSeconds(time.unix_seconds()), ")");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(hex: &str) -> String {
        let message = octets(hex);
        let mut cx = Context::new(Style { quiet: 1, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(&message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn each_version_has_its_header() {
        assert_eq!(
            text("4558 01 0b 0001 00 7f 00000000000000 05 0200 05 9999"),
            "ZEPv1 Channel ID 11, Device ID 0x0001, LQI 127, inner len = 5\n\tIEEE 802.15.4 ACK packet v0 -:none < -:none "
        );
        assert_eq!(text("4558 02 02 00000007"), "ZEPv2 ACK, seq# = 7");
        assert_eq!(
            text("4558 02 01 0b 0001 01 00 00000001 80000000 00000009 00000000000000000000 00"),
            "ZEPv2 Type 1, Channel ID 11, Device ID 0x0001, CRC, 1.500000000 (2036-02-07 06:28:17), seq# = 9, inner len = 0"
        );
        assert_eq!(text("4558 01 0b"), "ZEPv1  [len 4 < 16] (invalid)");
        assert_eq!(text("0a58 01"), "ZEP [Preamble Code: ^JX] (invalid)");
    }
}
