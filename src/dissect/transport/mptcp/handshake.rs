//! The handshakes of multipath TCP: of the first subflow (RFC 8684 section 3.1) and of those that
//! join it (section 3.2). The segment's flags and the option's length tell which part this is.

use super::BACKUP;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::put::{Hex, HexBytes};
use crate::dissect::transport::tcp_flags::{ACK, SYN};
use crate::put;

const CHECKSUM_REQUIRED: u8 = 0x80;
const CAPABLE_FLAGS: &[Name] = &[
    (CHECKSUM_REQUIRED as u32, "A"),
    (0x40, "B"),
    (0x20, "C"),
    (0x10, "D"),
    (0x08, "E"),
    (0x04, "F"),
    (0x02, "G"),
    (0x01, "H"),
];

/// Offers, accepts or confirms multipath operation.
pub fn put_capable(cx: &mut Context, option: &Cursor, flags: u16) -> Outcome<bool> {
    let length = option.length();
    let suits = match length {
        4 | 12 => flags & SYN != 0,
        20 | 22 | 24 => flags & (SYN | ACK) == ACK,
        _ => false,
    };
    if !suits {
        return Ok(false);
    }
    match option.u8_at(2)? & 0xf {
        version @ 0..=1 => put!(cx, " v", version),
        version => {
            put!(cx, " Unknown Version (", version, ")");
            return Ok(true);
        }
    }
    let capabilities = option.u8_at(3)?;
    put!(cx, " flags [");
    put_bits(&mut cx.out, CAPABLE_FLAGS, capabilities.into(), "", "none");
    put!(cx, "]");
    let checksum = capabilities & CHECKSUM_REQUIRED != 0;
    if checksum {
        put!(cx, " csum");
    }
    if length == 4 {
        return Ok(true);
    }
    put!(cx, " {0x", Hex(option.be64_at(4)?));
    if length >= 20 {
        put!(cx, ",0x", Hex(option.be64_at(12)?));
    }
    // Of 22 octets, the last two are the data's length, or for want of data its checksum.
    if length == 24 || length == 22 && !checksum {
        put!(cx, ",data_len=", option.be16_at(20)?);
    }
    put!(cx, "}");
    Ok(true)
}

/// Adds a subflow to a connection.
pub fn put_join(cx: &mut Context, option: &Cursor, flags: u16) -> Outcome<bool> {
    let length = option.length();
    let suits = match length {
        12 => flags & SYN != 0,
        16 => flags & (SYN | ACK) == SYN | ACK,
        24 => flags & ACK != 0,
        _ => false,
    };
    if !suits {
        return Ok(false);
    }
    if length == 24 {
        put!(cx, " hmac 0x", HexBytes(option.bytes_at(4, 20)?));
        return Ok(true);
    }
    put!(cx, if option.u8_at(2)? & BACKUP != 0 { " backup" } else { "" });
    put!(cx, " id ", option.u8_at(3)?);
    match length {
        12 => put!(cx, " token 0x", Hex(option.be32_at(4)?), " nonce 0x", Hex(option.be32_at(8)?)),
        _ => put!(cx, " hmac 0x", Hex(option.be64_at(4)?), " nonce 0x", Hex(option.be32_at(12)?)),
    }
    Ok(true)
}
