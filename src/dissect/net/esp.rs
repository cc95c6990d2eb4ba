//! IP Encapsulating Security Payload (RFC 4303 section 2): the header, which is not encrypted, and behind it
//! what a key of the user's opens.

use super::{IpHeader, payload};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Hex0};
use crate::put;
use crate::report;
use crate::secrets::keys::Sealed;

/// Octets of the header.
const HEADER_LENGTH: usize = 8;

/// Prints the header and the length, and what is inside if it can be opened.
pub fn print(cx: &mut Context, data: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "esp";
    cx.protocol_caps();
    put!(cx, "(spi=0x", Hex0(data.be32_at(0)?, 8));
    put!(cx, ",seq=0x", Hex(data.be32_at(4)?), "), length ", data.length());
    cx.read_keys();
    if cx.keys.is_empty() { Ok(()) } else { cx.nested(|cx| open(cx, &data, ip)) }
}

fn open(cx: &mut Context, data: &Cursor, ip: &IpHeader) -> Outcome {
    // The trailer is in the last fragment, and at the end of what a jumbo payload option says.
    let has_end = if ip.version() == 4 { !ip.fragmented } else { ip.packet.be16_at(4)? != 0 };
    if !has_end {
        return Ok(());
    }
    let spi = data.be32_at(0)?;
    let sealed = data.skip(HEADER_LENGTH).captured();
    cx.with_scratch(|cx, plain| {
        match cx.keys.open_esp(spi, ip.destination, sealed, plain) {
            Ok(()) => return print_plain(cx, plain, ip),
            Err(Sealed::NoKey) => {}
            Err(Sealed::TooShort) => cx.truncated(),
            Err(Sealed::NotBlocks { length, block }) => report::not_blocks("esp_print", length, block),
        }
        Ok(())
    })
}

/// What came out: a payload, padding, its length, and what the payload is.
fn print_plain(cx: &mut Context, plain: &[u8], ip: &IpHeader) -> Outcome {
    if let [content @ .., padding, next] = plain
        && let Some(length) = content.len().checked_sub(usize::from(*padding))
    {
        put!(cx, ": ");
        let content = content.get(..length).unwrap_or_default();
        return payload(cx, *next, Cursor::new(content, length as u32), ip);
    }
    cx.truncated();
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, text_in};
    use crate::dissect::style::Style;

    const KEY: &str = "aes128-cbc-hmac96:0x404142434445464748494a4b4c4d4e4f";

    fn text_with(keys: &str, packet: &[u8]) -> String {
        let style = Style { esp_keys: Some(keys.as_bytes().to_vec()), ..Style::default() };
        text_in(style, 50, packet)
    }

    /// What is behind the header's text.
    fn inside(keys: &str, packet: &str) -> String {
        let text = text_with(keys, &octets(packet));
        text.split_once(", length ").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    const TUNNEL: &str = "00000001 00000109 3c978b215eea9a79a094109b03e8d678 7ed3813ca8a80921e744b383c4a6ce73 \
                          10e43bcc76a5807ce067d3cebf88d53b 8d3b31feb7788ad68c7965a3";
    /// Zeros that pad nothing, and two that pad more than there is.
    const ALL_PADDING: &str = "00000001 00000009 00000000000000000000000000000000 \
                               fb05dcf14fe3e2d54bb0ee95bfa7bf97 000000000000000000000000";
    const TOO_MUCH_PADDING: &str = "00000001 00000009 00000000000000000000000000000000 \
                                    bbe4a04afa90aa269ea4da5e254cc283 000000000000000000000000";

    #[test]
    fn what_a_key_opens_is_printed_behind_the_header() {
        let expected = "68: IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 3, seq 1, length 8";
        let expected = expected.replace("IP ", "");
        assert_eq!(inside(&format!("1@2.2.2.2 {KEY}"), TUNNEL), expected);
        assert_eq!(inside(KEY, TUNNEL), expected);
        let transport = "00000001 000003d4 dc263ba226deed8563bd03abc61028c2 63fd77d6e93be4cc108890e0aebcf7e0 \
                         dc820583ad79428be242be3726d7c1b1 970a4dc707d2dd447998b8eb";
        assert_eq!(inside(KEY, transport), "68: 1000 > 2000: Flags [S], seq 1, win 1024, length 0");
        let twice = "00000001 0000024b 09227e3742f7ac6fc7a0da4d6b81d562 54529876e6090a4652bcbb63174fd2be \
                     5ccf9a9ba17cc5b21ea14aa41bb68139 1e4316c3bee685d91573883217 8bc89d59889568953be756aeeaed07";
        assert_eq!(inside(KEY, twice), "84: ESP(spi=0x00000002,seq=0x63), length 40");
    }

    #[test]
    fn a_key_for_another_host_or_index_opens_nothing() {
        for keys in [format!("2@2.2.2.2 {KEY}"), format!("1@2.2.2.3 {KEY}"), "nonsense".into(), String::new()] {
            assert_eq!(inside(&keys, TUNNEL), "68", "{keys}");
        }
        let default_and_own = format!("{KEY},1@2.2.2.2 3des-cbc-hmac96:0x00");
        assert!(!inside(&default_and_own, TUNNEL).contains("10.0.0.1"), "the packet's own key comes first");
    }

    #[test]
    fn padding_that_does_not_fit_and_missing_octets_are_told() {
        assert_eq!(inside(KEY, ALL_PADDING), "52:  [length 0 < 20] (invalid)");
        assert_eq!(inside(KEY, TOO_MUCH_PADDING), "52 [|esp]");
        assert_eq!(inside(KEY, &TOO_MUCH_PADDING[..73]), "35 [|esp]");
        assert_eq!(inside(KEY, &TOO_MUCH_PADDING[..75]), "36 [|esp]");
        assert_eq!(inside(KEY, &TOO_MUCH_PADDING[..105]), "51");
    }

    #[test]
    fn no_octets_inside_can_do_harm() {
        let mut random = 1u32;
        let mut next = || {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 24) as u8
        };
        // Without encryption every octet gets where it is wanted, the kind of payload too.
        for length in 0..4096 {
            let mut packet: Vec<u8> = (0..length % 97 + 8).map(|_| next()).collect();
            packet.extend([0, (length % 256) as u8]);
            assert!(text_with("none:", &packet).starts_with("ESP(spi="));
        }
        // ESP in ESP in ESP, as deep as a packet can have it.
        let deep: Vec<u8> = [&[0u8; 8][..]; 2000].concat().into_iter().chain([0, 50].repeat(2000)).collect();
        assert!(text_with("none:", &deep).contains("[nested more than 64 deep]"));
    }
}
