//! The UPDATE message (RFC 4271 section 4.3): routes that are withdrawn, path attributes, routes that have them.

use super::attributes::{self, Header};
use super::{HEADER_LENGTH, need_within, path_id};
use crate::dissect::app::prefix::{self, Prefix, Version};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// Prints an UPDATE message.
pub fn print(cx: &mut Context, message: &Cursor) -> Result<(), Stop> {
    let mut rest = message.skip(HEADER_LENGTH.into());
    let all_withdrawn = print_withdrawn(cx, &mut rest)?;
    need_within(&rest, 2)?;
    let length = u32::from(rest.be16()?);
    if all_withdrawn && length == 0 && rest.length() == 0 {
        put!(cx, "\n\t  End-of-Rib Marker (empty NLRI)");
        return Ok(());
    }
    if rest.length() < length {
        return Err(Stop::Incomplete);
    }
    print_attributes(cx, &mut rest, length)?;
    if rest.length() > 0 {
        print_updated(cx, rest)?;
    }
    Ok(())
}

/// Prints the withdrawn routes and steps over what was read of them; says whether that is all.
fn print_withdrawn(cx: &mut Context, rest: &mut Cursor) -> Result<bool, Stop> {
    need_within(rest, 2)?;
    let length = u32::from(rest.be16()?);
    need_within(rest, length)?;
    if length <= 1 {
        *rest = rest.skip(length as usize);
        return Ok(length == 0);
    }
    put!(cx, "\n\t  Withdrawn routes:");
    let mut routes = rest.with_length(length);
    let with_path_ids = path_id::detect(&routes, Version::V4);
    while routes.length() > 0 {
        if with_path_ids && routes.length() < path_id::LENGTH {
            *rest = rest.skip(length as usize);
            return Ok(false);
        }
        if !print_route(cx, &mut routes, with_path_ids)? {
            break;
        }
    }
    *rest = rest.skip((length - routes.length()) as usize);
    Ok(routes.length() == 0)
}

/// Prints the `length` octets of path attributes and steps over them.
fn print_attributes(cx: &mut Context, rest: &mut Cursor, length: u32) -> Result<(), Stop> {
    let mut left = length;
    while left > 0 {
        let Some(header) = Header::read(rest, left)? else {
            put!(cx, "\n\t  [path attrs too short]");
            break;
        };
        header.put(cx, "\n\t  ");
        if header.flags != 0 {
            put!(cx, ": ");
        }
        let available = left - header.length;
        if available < header.value_length {
            put!(cx, " [path attrs too short]");
            break;
        }
        let value = rest.skip(header.length as usize).with_length(header.value_length);
        attributes::print(cx, header.kind, &value, 0)?;
        *rest = rest.skip((header.length + header.value_length) as usize);
        left = available - header.value_length;
    }
    *rest = rest.skip(left as usize);
    Ok(())
}

fn print_updated(cx: &mut Context, mut routes: Cursor) -> Result<(), Stop> {
    let with_path_ids = path_id::detect(&routes, Version::V4);
    put!(cx, "\n\t  Updated routes:");
    while routes.length() > 0 {
        if with_path_ids {
            need_within(&routes, path_id::LENGTH)?;
        }
        if !print_route(cx, &mut routes, with_path_ids)? {
            break;
        }
    }
    Ok(())
}

/// Prints a route and steps over it, if its prefix has a length that is possible.
fn print_route(cx: &mut Context, routes: &mut Cursor, with_path_id: bool) -> Result<bool, Stop> {
    let path_id = if with_path_id { Some(routes.be32()?) } else { None };
    match prefix::read(routes, Version::V4)? {
        Prefix::TooLong => {
            put!(cx, "\n\t    (illegal prefix length)");
            Ok(false)
        }
        Prefix::Incomplete => Err(Stop::Incomplete),
        Prefix::Network(network, length) => {
            put!(cx, "\n\t    ");
            network.put(cx);
            path_id::put(cx, path_id);
            *routes = routes.skip(length);
            Ok(true)
        }
    }
}
