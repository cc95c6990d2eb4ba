//! Ports in OpenFlow 1.0 (section 5.2.1).

use super::super::parts::{PORT_NAME_LENGTH, name_or_plain, put_bitmap, put_string};
use super::names::{PORT_CONFIG, PORT_FEATURES, PORT_REASONS, PORTS, SPANNING_TREE_STATES};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{name_or, name_or_hex};
use crate::dissect::put::Hex0;
use crate::put;

/// Octets of a port.
pub(super) const LENGTH: u32 = 48;
/// Octets behind a port's name.
const DETAILS_LENGTH: usize = 24;

/// Bits of a port's state.
const LINK_DOWN: u32 = 1;
const SPANNING_TREE: u32 = 0x300;

/// A port's number and address; returns what follows.
fn put_identity<'p>(cx: &mut Context, label: &str, data: Cursor<'p>) -> Outcome<Cursor<'p>> {
    put!(cx, label, "port_no ", name_or_plain(PORTS, data.be16_at(0)?));
    let address = Mac(data.array_at(2)?);
    put!(cx, ", hw_addr ");
    cx.mac(address);
    Ok(data.skip(8))
}

/// Prints a port.
pub(super) fn put_port(cx: &mut Context, port: &Cursor) -> Outcome {
    let mut data = put_identity(cx, "\n\t  ", *port)?;
    put_string(cx, ", name ", &mut data, PORT_NAME_LENGTH)?;
    if cx.style.verbose < 2 {
        return data.need(DETAILS_LENGTH);
    }
    put_bitmap(cx, "\n\t   config ", data.be32()?, PORT_CONFIG);
    let state = data.be32()?;
    put!(cx, "\n\t   state 0x", Hex0(state, 8), " (", name_or(SPANNING_TREE_STATES, state & SPANNING_TREE, ""));
    put!(cx, if state & LINK_DOWN != 0 { ", LINK_DOWN" } else { "" }, ")");
    put!(cx, if state & !(LINK_DOWN | SPANNING_TREE) != 0 { " (bogus)" } else { "" });
    for label in ["\n\t   curr ", "\n\t   advertised ", "\n\t   supported ", "\n\t   peer "] {
        put_bitmap(cx, label, data.be32()?, PORT_FEATURES);
    }
    Ok(())
}

/// Prints what happened to a port (section 5.4.3).
pub(super) fn put_status(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, "\n\t reason ", name_or_hex(PORT_REASONS, body.u8_at(0)?, "invalid (0x", 2, ")"));
    put_port(cx, &body.skip(8))
}

/// Prints how a port is to be (section 5.3.3).
pub(super) fn put_modification(cx: &mut Context, body: Cursor) -> Outcome {
    let mut data = put_identity(cx, "\n\t ", body)?;
    put_bitmap(cx, "\n\t  config ", data.be32()?, PORT_CONFIG);
    put_bitmap(cx, "\n\t  mask ", data.be32()?, PORT_CONFIG);
    put_bitmap(cx, "\n\t  advertise ", data.be32()?, PORT_FEATURES);
    data.need(4)
}
