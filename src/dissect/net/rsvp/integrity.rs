//! Who sent a message, proven by a secret (RFC 2747 section 2).

use md5::{Digest, Md5};

use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::named::flags;
use crate::dissect::names_table::Name;
use crate::dissect::put::HexBytes;
use crate::put;

const FLAGS: &[Name] = &[(0x80, "Handshake")];

/// Where the digest is in the object, and how long it is.
const DIGEST_AT: usize = 16;
const DIGEST_LENGTH: usize = 16;
/// Where a message's checksum is, which is taken for zero.
const CHECKSUM: std::ops::Range<usize> = 2..4;
/// Octets that the hash works on at a time.
const BLOCK_LENGTH: usize = 64;

/// Prints the object, and whether the digest is right.
pub(super) fn put(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, object.indent, "  Key-ID 0x", HexBytes(value.bytes_at(2, 6)?));
    put!(cx, ", Sequence 0x", HexBytes(value.bytes_at(8, 8)?));
    put!(cx, ", Flags [", flags(FLAGS, value.u8_at(0)?, "none"), "]");
    let found: [u8; DIGEST_LENGTH] = value.array_at(DIGEST_AT)?;
    put!(cx, object.indent, "  MD5-sum 0x", HexBytes(&found), " ");
    let message = object.message.captured().get(..object.message.length() as usize);
    let digest = match (&cx.style.md5_secret, message) {
        (Some(secret), Some(message)) => Some(digest(secret, message, object.at + DIGEST_AT)),
        _ => None,
    };
    match digest {
        None => put!(cx, " (unchecked)"),
        Some(digest) if digest == found => put!(cx, " (valid)"),
        Some(digest) => put!(cx, HexBytes(&digest), " (invalid)"),
    }
    Ok(Shown::Whole)
}

/// The message's digest with this secret (RFC 2104), its checksum and the digest in it taken for zero.
fn digest(secret: &[u8], message: &[u8], digest_at: usize) -> [u8; DIGEST_LENGTH] {
    let mut key = [0; BLOCK_LENGTH];
    let short: [u8; DIGEST_LENGTH];
    let secret = if secret.len() > BLOCK_LENGTH {
        short = Md5::digest(secret).into();
        &short
    } else {
        secret
    };
    for (slot, &octet) in key.iter_mut().zip(secret) {
        *slot = octet;
    }
    let zeros = digest_at..digest_at + DIGEST_LENGTH;
    let mut inner = Md5::new();
    inner.update(key.map(|octet| octet ^ 0x36));
    for (at, &octet) in message.iter().enumerate() {
        inner.update([if CHECKSUM.contains(&at) || zeros.contains(&at) { 0 } else { octet }]);
    }
    let mut outer = Md5::new();
    outer.update(key.map(|octet| octet ^ 0x5c));
    outer.update(inner.finalize());
    outer.finalize().into()
}
