//! The signature of a TCP segment (RFC 2385 section 2): an MD5 digest of it and a secret that both ends know.

use md5::{Digest, Md5};

use crate::dissect::address::IpAddress;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::{IpHeader, protocol};
use crate::dissect::put::HexBytes;
use crate::put;

/// Octets of a digest.
pub const DIGEST_LENGTH: u32 = 16;

/// Where a segment's checksum is, which is taken for zero, and the end of the header without options.
const CHECKSUM_AT: usize = 16;
const URGENT_AT: usize = 18;
const OPTIONS_AT: usize = 20;

/// Prints whether the digest is right, or why that is not known.
pub fn print(cx: &mut Context, option: &Cursor, segment: &Cursor, ip: &IpHeader) -> Outcome {
    let signature = option.bytes_at(0, DIGEST_LENGTH as usize)?;
    put!(cx, " ");
    if !segment.has(segment.length() as usize) {
        put!(cx, "snaplen too short, can't check - ", HexBytes(signature));
        return Ok(());
    }
    let Some(secret) = &cx.style.md5_secret else {
        put!(cx, "shared secret not supplied with -M, can't check - ", HexBytes(signature));
        return Ok(());
    };
    if signature == digest(segment, ip, secret)?.as_slice() {
        put!(cx, "valid");
        return Ok(());
    }
    cx.invalid()
}

/// The digest of the pseudo-header, the header without options, the data and the secret.
fn digest(segment: &Cursor, ip: &IpHeader, secret: &[u8]) -> Outcome<[u8; DIGEST_LENGTH as usize]> {
    let mut md5 = Md5::new();
    match (ip.source, ip.destination) {
        (IpAddress::V4(source), IpAddress::V4(destination)) => {
            let header_length = u16::from(ip.packet.u8_at(0)? & 0xf) * 4;
            let length = ip.packet.be16_at(2)?.wrapping_sub(header_length);
            md5.update(source.0);
            md5.update(destination.0);
            md5.update([0, ip.protocol]);
            md5.update(length.to_be_bytes());
        }
        (IpAddress::V6(source), IpAddress::V6(destination)) => {
            md5.update(source.0);
            md5.update(destination.0);
            md5.update(u32::from(ip.packet.be16_at(4)?).to_be_bytes());
            md5.update([0, 0, 0, protocol::TCP]);
        }
        _ => {}
    }
    let header_length = usize::from(segment.u8_at(12)? >> 4) * 4;
    let data_length = (segment.length() as usize).saturating_sub(header_length);
    md5.update(segment.bytes_at(0, CHECKSUM_AT)?);
    md5.update([0; URGENT_AT - CHECKSUM_AT]);
    md5.update(segment.bytes_at(URGENT_AT, OPTIONS_AT - URGENT_AT)?);
    md5.update(segment.bytes_at(header_length, data_length)?);
    md5.update(secret);
    Ok(md5.finalize().into())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, text_in};
    use crate::dissect::style::Style;

    /// From port 179 to 50000, with a digest for the word `secret`, and `hello` behind it.
    const SEGMENT: &str = "00b3c350 000003e8 000007d0 a018ffff 12340000 \
                           01011312 084dcd04c705674df2d1c265fcc958c2 68656c6c6f";

    fn options(secret: Option<&str>, segment: &str) -> String {
        let style = Style { md5_secret: secret.map(|secret| secret.as_bytes().to_vec()), ..Style::default() };
        let text = text_in(style, 6, &octets(segment));
        text.split_once("md5").map(|(_, text)| text.to_owned()).unwrap_or(text)
    }

    #[test]
    fn only_the_right_secret_and_segment_make_a_signature_valid() {
        assert_eq!(options(Some("secret"), SEGMENT), " valid], length 5: BGP");
        assert_eq!(options(Some("Secret"), SEGMENT), "  (invalid)], length 5: BGP");
        assert_eq!(options(Some("secret"), &SEGMENT.replace("6f", "6e")), "  (invalid)], length 5: BGP");
        assert_eq!(options(Some("secret"), &SEGMENT.replace("03e8", "03e9")), "  (invalid)], length 5: BGP");
        let other_checksum = SEGMENT.replace("1234", "4321");
        assert_eq!(options(Some("secret"), &other_checksum), " valid], length 5: BGP");
        assert_eq!(
            options(None, SEGMENT),
            " shared secret not supplied with -M, can't check - 084dcd04c705674df2d1c265fcc958c2], length 5: BGP"
        );
    }
}
