//! Who sent a message, proven by a secret (RFC 2747 section 2).

use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::named::flags;
use crate::dissect::names_table::Name;
use crate::dissect::put::HexBytes;
use crate::dissect::signature::{self, DIGEST_LENGTH};
use crate::put;

const FLAGS: &[Name] = &[(0x80, "Handshake")];

/// Where the digest is in the object.
const DIGEST_AT: usize = 16;
/// Where a message's checksum is.
const CHECKSUM: std::ops::Range<usize> = 2..4;

/// Prints the object, and whether the digest is right.
pub(super) fn put(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, object.indent, "  Key-ID 0x", HexBytes(value.bytes_at(2, 6)?));
    put!(cx, ", Sequence 0x", HexBytes(value.bytes_at(8, 8)?));
    put!(cx, ", Flags [", flags(FLAGS, value.u8_at(0)?, "none"), "]");
    put!(cx, object.indent, "  MD5-sum 0x", HexBytes(value.bytes_at(DIGEST_AT, DIGEST_LENGTH)?), " ");
    signature::print(cx, &object.message, object.at + DIGEST_AT, &[CHECKSUM])?;
    Ok(Shown::Whole)
}
