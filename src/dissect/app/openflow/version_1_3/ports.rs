//! Ports in OpenFlow 1.3 (section 7.2.1).

use super::super::parts::{PORT_NAME_LENGTH, name_or_plain, put_bitmap, put_string};
use super::names::{PORT_CONFIG, PORT_FEATURES, PORT_REASONS, PORT_STATES, PORTS};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::put;

/// Octets behind a port's name.
const DETAILS_LENGTH: usize = 32;

/// Prints what happened to a port (section 7.4.3).
pub(super) fn put_status(cx: &mut Context, body: Cursor) -> Outcome {
    // tcpdump does not show the number, but what should have formatted it.
    put!(cx, "\n\t reason ", name_or(PORT_REASONS, body.u8_at(0)?, "invalid (0x02x)"));
    put_port(cx, body.skip(8))
}

/// A port's number and address; returns what follows the padding.
fn put_identity<'p>(cx: &mut Context, label: &str, data: Cursor<'p>) -> Outcome<Cursor<'p>> {
    put!(cx, label, "port_no ", name_or_plain(PORTS, data.be32_at(0)?));
    let address = Mac(data.array_at(8)?);
    put!(cx, ", hw_addr ");
    cx.mac(address);
    Ok(data.skip(16))
}

fn put_port(cx: &mut Context, data: Cursor) -> Outcome {
    let mut data = put_identity(cx, "\n\t  ", data)?;
    put_string(cx, ", name ", &mut data, PORT_NAME_LENGTH)?;
    if cx.style.verbose < 2 {
        return data.need(DETAILS_LENGTH);
    }
    put_bitmap(cx, "\n\t   config ", data.be32()?, PORT_CONFIG);
    put_bitmap(cx, "\n\t   state ", data.be32()?, PORT_STATES);
    for label in ["\n\t   curr ", "\n\t   advertised ", "\n\t   supported ", "\n\t   peer "] {
        put_bitmap(cx, label, data.be32()?, PORT_FEATURES);
    }
    put!(cx, "\n\t   curr_speed ", data.be32()?, "kbps");
    put!(cx, "\n\t   max_speed ", data.be32()?, "kbps");
    Ok(())
}

/// Prints how a port is to be (section 7.3.4.3).
pub(super) fn put_modification(cx: &mut Context, body: Cursor) -> Outcome {
    let mut data = put_identity(cx, "\n\t ", body)?;
    put_bitmap(cx, "\n\t  config ", data.be32()?, PORT_CONFIG);
    put_bitmap(cx, "\n\t  mask ", data.be32()?, PORT_CONFIG);
    put_bitmap(cx, "\n\t  advertise ", data.be32()?, PORT_FEATURES);
    data.need(4)
}
