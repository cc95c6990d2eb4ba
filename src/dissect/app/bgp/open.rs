//! The OPEN message (RFC 4271 section 4.2), with optional parameters of extended length (RFC 9072).

use super::{capabilities, need_within};
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const VERSION: usize = 19;
const MY_AS: usize = 20;
const HOLD_TIME: usize = 22;
const IDENTIFIER: usize = 24;
const PARAMETERS_LENGTH: usize = 28;
const PARAMETERS: u32 = 29;
/// Where the parameters' extended length is, behind a parameter of this type.
const EXTENDED_LENGTH: usize = 30;
const EXTENDED_LENGTH_TYPE: u8 = 255;
const EXTENDED_PARAMETERS: u32 = 32;

const CAPABILITIES: u8 = 2;
const PARAMETER_NAMES: &[Name] =
    &[(1, "Authentication Information"), (CAPABILITIES as u32, "Capabilities Advertisement")];

/// Prints an OPEN message.
pub fn print(cx: &mut Context, message: &Cursor) -> Result<(), Stop> {
    need_within(message, PARAMETERS)?;
    put!(cx, "\n\t  Version ", message.u8_at(VERSION)?, ", ");
    put!(cx, "my AS ", AsNumber::new(cx, message.be16_at(MY_AS)?.into()), ", ");
    put!(cx, "Holdtime ", message.be16_at(HOLD_TIME)?, "s, ");
    put!(cx, "ID ");
    cx.ipv4_at(message, IDENTIFIER)?;
    let short_length = u32::from(message.u8_at(PARAMETERS_LENGTH)?);
    let extended = message.u8_at(PARAMETERS as usize)? == EXTENDED_LENGTH_TYPE;
    let length = if extended { message.be16_at(EXTENDED_LENGTH)?.into() } else { short_length };
    put!(cx, "\n\t  Optional parameters", if extended { " (Extended)" } else { "" }, ", length: ", length);
    let start = if extended { EXTENDED_PARAMETERS } else { PARAMETERS };
    // A message without room for the extended length is not noticed, as its length is taken for a huge one.
    let in_message = message.length().wrapping_sub(start);
    print_parameters(cx, message.skip(start as usize).with_length(in_message), length, extended)
}

/// Prints the `length` octets of parameters at the front of what is left of the message.
fn print_parameters(cx: &mut Context, mut rest: Cursor, length: u32, extended: bool) -> Result<(), Stop> {
    let header = if extended { 3 } else { 2 };
    let mut left = length;
    while left > 0 {
        need_within(&rest, header)?;
        let kind = rest.u8_at(0)?;
        let value_length = if extended { rest.be16_at(1)?.into() } else { u32::from(rest.u8_at(1)?) };
        if header + value_length > left {
            put!(cx, "\n\t     Option ", kind, ", length: ", value_length, ", goes past the end of the options");
            return Ok(());
        }
        let name = lookup(PARAMETER_NAMES, kind).unwrap_or("Unknown");
        put!(cx, "\n\t    Option ", name, " (", kind, "), length: ", value_length);
        let value = rest.skip(header as usize).with_length(value_length);
        match kind {
            CAPABILITIES => capabilities::print(cx, value)?,
            _ => put!(cx, "\n\t      no decoder for option ", kind),
        }
        rest = rest.skip((header + value_length) as usize);
        left -= header + value_length;
    }
    Ok(())
}
