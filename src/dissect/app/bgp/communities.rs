//! Communities (RFC 1997) and large communities (RFC 8092).

use super::need_within;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const NO_EXPORT: u32 = 0xffff_ff01;
const NO_ADVERTISE: u32 = 0xffff_ff02;
const NO_EXPORT_SUBCONFED: u32 = 0xffff_ff03;

/// Octets of a large community.
const LARGE_LENGTH: u32 = 12;

/// Prints communities. Those that are well known are not set apart by commas.
pub fn print(cx: &mut Context, value: &Cursor) -> Result<(), Stop> {
    let mut rest = *value;
    while rest.length() > 0 {
        need_within(&rest, 4)?;
        let community = rest.be32()?;
        match community {
            NO_EXPORT => put!(cx, " NO_EXPORT"),
            NO_ADVERTISE => put!(cx, " NO_ADVERTISE"),
            NO_EXPORT_SUBCONFED => put!(cx, " NO_EXPORT_SUBCONFED"),
            _ => put!(cx, community >> 16, ":", community & 0xffff, separator(&rest)),
        }
    }
    Ok(())
}

/// Prints large communities, if there are any.
pub fn print_large(cx: &mut Context, value: &Cursor) -> Outcome<bool> {
    if value.length() == 0 || !value.length().is_multiple_of(LARGE_LENGTH) {
        put!(cx, "invalid len");
        return Ok(false);
    }
    put!(cx, "\n\t    ");
    let mut rest = *value;
    while rest.length() > 0 {
        let (administrator, first, second) = (rest.be32()?, rest.be32()?, rest.be32()?);
        put!(cx, administrator, ":", first, ":", second, separator(&rest));
    }
    Ok(true)
}

fn separator(rest: &Cursor) -> &'static str {
    if rest.length() > 0 { ", " } else { "" }
}
