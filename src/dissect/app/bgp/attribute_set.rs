//! A set of attributes that is carried through another network (RFC 6368 section 3).

use super::attributes::{self, Header};
use super::need_within;
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// How deep sets may be in each other.
const MAX_DEPTH: u8 = 10;

/// Prints the attributes of a set. The result is how many octets were left that are no attribute.
pub fn print(cx: &mut Context, value: &Cursor, depth: u8) -> Result<u32, Stop> {
    need_within(value, 4)?;
    put!(cx, "\n\t    Origin AS: ", AsNumber::new(cx, value.be32_at(0)?));
    let mut rest = value.skip(4);
    while rest.length() > 0 {
        // No message bounds the set: what it claims to hold may lie beyond.
        let Some(header) = Header::read(&rest.with_length(u32::MAX), rest.length())? else {
            put!(cx, " [path attr too short]");
            return Ok(rest.length() % 2);
        };
        header.put(cx, "\n\t      ");
        put!(cx, ": ");
        let after = rest.skip(header.length as usize);
        if after.length() < header.value_length {
            put!(cx, " [path attr too short]");
            return Ok(after.length());
        }
        if depth == MAX_DEPTH {
            put!(cx, "(too many nested levels, not recursing)");
        } else {
            attributes::print(cx, header.kind, &after.with_length(header.value_length), depth + 1)?;
        }
        rest = after.skip(header.value_length as usize);
    }
    Ok(0)
}
