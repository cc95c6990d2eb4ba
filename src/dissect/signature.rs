//! Signatures of routing protocols: HMAC with MD5 (RFC 2104 section 2) and the secret of `-M`.

use std::ops::Range;

use md5::{Digest, Md5};

use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::put::HexBytes;
use crate::put;

/// Octets of a digest.
pub const DIGEST_LENGTH: usize = 16;

/// Octets that MD5 takes at once; a longer secret is replaced by its digest.
const BLOCK_LENGTH: usize = 64;

/// Prints what the digest `at` octets from a packet's front is worth: ` (valid)`, the right one and
/// ` (invalid)`, or ` (unchecked)` where something is missing. The fields that change on the way, like the
/// digest itself, count as zeros.
pub fn print(cx: &mut Context, packet: &Cursor, at: usize, fields: &[Range<usize>]) -> Outcome {
    let digest = at..at.saturating_add(DIGEST_LENGTH);
    let whole = packet.bytes_at(0, packet.length() as usize).unwrap_or_default();
    let (Some(found), true) = (whole.get(digest.clone()), cx.style.md5_secret.is_some()) else {
        put!(cx, " (unchecked)");
        return Ok(());
    };
    cx.with_scratch(|cx, copy| {
        copy.extend_from_slice(whole);
        for field in fields.iter().chain([&digest]) {
            copy.get_mut(field.clone()).unwrap_or_default().fill(0);
        }
        let right = hmac(cx.style.md5_secret.as_deref().unwrap_or_default(), copy);
        if found == right {
            put!(cx, " (valid)");
        } else {
            put!(cx, HexBytes(&right), " (invalid)");
        }
        Ok(())
    })
}

fn hmac(secret: &[u8], octets: &[u8]) -> [u8; DIGEST_LENGTH] {
    let shortened = Md5::digest(secret);
    let secret = if secret.len() > BLOCK_LENGTH { shortened.as_slice() } else { secret };
    let padded = |pad: u8| {
        let mut block = [pad; BLOCK_LENGTH];
        for (octet, key) in block.iter_mut().zip(secret) {
            *octet ^= key;
        }
        block
    };
    let inner = Md5::new().chain_update(padded(0x36)).chain_update(octets).finalize();
    Md5::new().chain_update(padded(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_packet_is_checked_as_its_sender_signed_it_and_the_right_digest_told() {
        // A link state packet of IS-IS, signed with `secret` and then given a lifetime and a checksum.
        let packet = octets(
            "831b010014010000 002e 04b0 1921680010010000 00000001 abcd 03 0a1136 18d48823c7661259607788acad90411f",
        );
        let text = |secret: Option<&str>, length: usize| {
            let md5_secret = secret.map(|secret| secret.as_bytes().to_vec());
            let mut cx = Context::new(Style { md5_secret, ..Style::default() }, Names::numeric());
            print(&mut cx, &Cursor::new(&packet[..length], 46), 30, &[10..12, 24..26]).unwrap();
            String::from_utf8(cx.out).unwrap()
        };
        assert_eq!(text(Some("secret"), 46), " (valid)");
        assert_eq!(text(Some("Secret"), 46), "a430ddded936ac025f504c1e5a5ce11f (invalid)");
        assert_eq!(text(Some("secret"), 45), " (unchecked)");
        assert_eq!(text(None, 46), " (unchecked)");
    }

    #[test]
    fn the_digests_of_rfc_2202_come_out() {
        let long = [0xaa; 80];
        for (secret, text, digest) in [
            (&[0x0b; 16][..], &b"Hi There"[..], "9294727a3638bb1c13f48ef8158bfc9d"),
            (b"Jefe", b"what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"),
            (&long, b"Test Using Larger Than Block-Size Key - Hash Key First", "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"),
        ] {
            assert_eq!(hmac(secret, text).to_vec(), octets(digest));
        }
    }
}
