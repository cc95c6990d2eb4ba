//! Tunnels: protocols whose payload is a whole packet or frame of another network.
//!
//! Each prints its own header, then hands the rest to the dissector of what it carries. They are found
//! by EtherType, by IP protocol number or by UDP port, and most carry each other.

pub mod bcm_li;
pub mod erspan;
pub mod geneve;
mod geneve_options;
pub mod gre;
mod gre_routes;
mod gre_version_1;
pub mod l2tp;
mod l2tp_attributes;
pub mod lisp;
mod lisp_records;
pub mod mpls;
pub mod nsh;
pub mod vxlan;
pub mod vxlan_gpe;

use super::context::Context;
use super::cursor::{Cursor, Outcome};
use super::link::{ethernet, ppp};
use crate::put;

/// Prints an inner Ethernet frame. Its header's length matters to nobody: `-x` goes by the outer one.
fn print_frame(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.nested(|cx| ethernet::print(cx, frame).map(drop))
}

/// Prints an inner PPP frame.
fn print_ppp(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.nested(|cx| ppp::print(cx, frame).map(drop))
}

/// Ends a header in front of what it carries: on one line, or on a line of its own at `-v`.
fn put_separator(cx: &mut Context, line_break: &str) {
    put!(cx, if cx.style.verbose > 0 { line_break } else { ": " });
}

/// Whether the header claims less than `count` further octets; says so if it does.
fn falls_short(cx: &mut Context, rest: &Cursor, count: u32) -> Outcome<bool> {
    let short = rest.length() < count;
    if short {
        cx.invalid_because("len", rest.length(), "<", count)?;
    }
    Ok(short)
}
