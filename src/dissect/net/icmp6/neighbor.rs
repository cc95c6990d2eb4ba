//! Neighbor discovery (RFC 4861) and mobile prefix discovery (RFC 6275 section 6.8), which uses its options.

use super::{Printed, neighbor_options, put_address};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

const ROUTER_FLAGS: &[Name] = &[(0x80, "managed"), (0x40, "other stateful"), (0x20, "home agent"), (0x02, "ipv6 only")];
const NEIGHBOR_FLAGS: &[Name] = &[(0x8000_0000, "router"), (0x4000_0000, "solicited"), (0x2000_0000, "override")];
/// How much a router is preferred (RFC 4191 section 2.1), by the two bits that say so.
const PREFERENCES: [&str; 4] = ["medium", "high", "rsv", "low"];

/// A host looks for routers.
pub fn put_router_solicitation(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    put_options(cx, message, 8)
}

/// A router presents itself, and the prefixes of the link.
pub fn put_router_advertisement(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    if cx.style.verbose > 0 {
        message.need(16)?;
        let flags = message.u8_at(5)?;
        put!(cx, "\n\thop limit ", message.u8_at(4)?, ", Flags [");
        put_bits(&mut cx.out, ROUTER_FLAGS, flags.into(), ", ", "none");
        put!(cx, "], pref ", preference(flags), ", router lifetime ", message.be16_at(6)?);
        put!(cx, "s, reachable time ", message.be32_at(8)?, "ms, retrans timer ", message.be32_at(12)?, "ms");
    }
    put_options(cx, message, 16)
}

/// The name of the preference among a router's or a route's flags.
pub fn preference(flags: u8) -> &'static str {
    PREFERENCES.get(usize::from(flags >> 3 & 3)).copied().unwrap_or_default()
}

/// A node asks for a neighbor's link-layer address.
pub fn put_neighbor_solicitation(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    put_address(cx, ", who has ", message, 8)?;
    put_options(cx, message, 24)
}

/// A neighbor tells its link-layer address.
pub fn put_neighbor_advertisement(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    put_address(cx, ", tgt is ", message, 8)?;
    if cx.style.verbose > 0 {
        put!(cx, ", Flags [");
        put_bits(&mut cx.out, NEIGHBOR_FLAGS, message.be32_at(4)?, ", ", "none");
        put!(cx, "]");
    }
    put_options(cx, message, 24)
}

/// A router knows a better first hop.
pub fn put_redirect(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    put_address(cx, ", ", message, 24)?;
    put_address(cx, " to ", message, 8)?;
    put_options(cx, message, 40)
}

/// A home agent tells the home link's prefixes.
pub fn put_mobile_prefix(cx: &mut Context, message: &Cursor) -> Outcome<Printed> {
    put!(cx, ", id 0x", Hex0(message.be16_at(4)?, 4));
    put!(
        cx,
        match message.be16_at(6)? >> 14 {
            0 => "",
            1 => " O",
            2 => " M",
            _ => " MO",
        }
    );
    put_options(cx, message, 8)
}

/// At `-v`, the options from `offset` on.
fn put_options(cx: &mut Context, message: &Cursor, offset: usize) -> Outcome<Printed> {
    if cx.style.verbose > 0 { neighbor_options::print(cx, message.skip(offset)) } else { Ok(Printed::Whole) }
}
