//! Messages between DECnet's nodes about routes and each other.

use super::Node;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::payload::put_dump;
use crate::dissect::put::Octal;
use crate::put;

const KIND_MASK: u8 = 0x0f;
const INITIALIZATION: u8 = 0x01;
const VERIFICATION: u8 = 0x03;
const TEST: u8 = 0x05;
const ROUTES_1: u8 = 0x07;
const ROUTES_2: u8 = 0x09;
const ROUTER_HELLO: u8 = 0x0b;
const END_NODE_HELLO: u8 = 0x0d;

const NODE_KINDS: [&str; 4] = ["reserved-ntype? ", "l2rout ", "l1rout ", "endnode "];
const INITIALIZATION_FLAGS: &[(u8, &str)] = &[(0x04, "verif "), (0x08, "blo ")];
const HELLO_FLAGS: &[(u8, &str)] = &[(0x04, "verif "), (0x20, "nomcast "), (0x40, "blo ")];

/// A range of destinations, and how far they are.
const ROUTE_LENGTH: u32 = 6;
/// More than this in a range are not believed.
const ROUTE_COUNT_MAX: u16 = 1024;

/// Prints a message; `dumped` octets of it where its kind is unknown.
pub(super) fn print(cx: &mut Context, message: Cursor, dumped: u32) -> Outcome {
    let (name, length) = match message.u8_at(0)? & KIND_MASK {
        INITIALIZATION => ("init ", 12),
        VERIFICATION => ("verification ", 4),
        TEST => ("test ", 4),
        ROUTES_1 => ("lev-1-routing ", 4),
        ROUTES_2 => ("lev-2-routing ", 4),
        ROUTER_HELLO => ("router-hello ", 18),
        END_NODE_HELLO => ("endnode-hello ", 32),
        _ => {
            put!(cx, "unknown control message");
            return put_dump(cx, &message.with_length(dumped));
        }
    };
    put!(cx, name);
    if message.length() < length {
        return cx.invalid();
    }
    message.need(length as usize)?;
    match message.u8_at(0)? & KIND_MASK {
        INITIALIZATION => {
            put_node_kind(cx, message.u8_at(3)?, INITIALIZATION_FLAGS);
            put!(cx, "src ", Node(message.le16_at(1)?), "blksize ", message.le16_at(4)?);
            put!(cx, " vers ", message.u8_at(6)?, " eco ", message.u8_at(7)?, " ueco ", message.u8_at(8)?);
            put!(cx, " hello ", message.le16_at(9)?);
        }
        VERIFICATION => put!(cx, "src ", Node(message.le16_at(1)?), " fcnval ", Octal(message.u8_at(3)?)),
        TEST => put!(cx, "src ", Node(message.le16_at(1)?), " data ", Octal(message.u8_at(3)?)),
        ROUTES_1 => return put_routes(cx, "{ids ", &message),
        ROUTES_2 => return put_routes(cx, "{areas ", &message),
        ROUTER_HELLO => {
            put_hello(cx, &message)?;
            put!(cx, " pri ", message.u8_at(13)?, " hello ", message.le16_at(15)?);
        }
        _ => {
            put_hello(cx, &message)?;
            put!(cx, " rtr ", Node(message.le16_at(26)?), " hello ", message.le16_at(28)?);
            put!(cx, " data ", Octal(message.u8_at(31)?));
        }
    }
    Ok(())
}

fn put_node_kind(cx: &mut Context, field: u8, flags: &[(u8, &str)]) {
    put!(cx, NODE_KINDS.get(usize::from(field & 3)).copied().unwrap_or_default());
    for (flag, name) in flags {
        put!(cx, if field & flag != 0 { name } else { "" });
    }
}

/// What the hellos of routers and end nodes begin with.
fn put_hello(cx: &mut Context, message: &Cursor) -> Outcome {
    put_node_kind(cx, message.u8_at(10)?, HELLO_FLAGS);
    put!(cx, "vers ", message.u8_at(1)?, " eco ", message.u8_at(2)?, " ueco ", message.u8_at(3)?);
    put!(cx, " src ", Node(message.le16_at(8)?), " blksize ", message.le16_at(11)?);
    Ok(())
}

/// Destinations with cost and hops. The last two octets are a checksum.
fn put_routes(cx: &mut Context, name: &str, message: &Cursor) -> Outcome {
    put!(cx, "src ", Node(message.le16_at(1)?), " ");
    let mut rest = message.skip(4);
    while rest.length() > ROUTE_LENGTH {
        rest.need(ROUTE_LENGTH as usize)?;
        let (count, first, distance) = (rest.le16()?, rest.le16()?, rest.le16()?);
        if count > ROUTE_COUNT_MAX {
            break;
        }
        put!(cx, name, first, "-", u32::from(first) + u32::from(count));
        put!(cx, " cost ", distance & 0x01ff, " hops ", distance >> 10 & 0x1f, "} ");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn routes_end_at_a_count_that_cannot_be() {
        assert_eq!(
            ethernet(0, "6003 1800 07 0504 00 0300 0100 0508 0104 0000 0000 0300 0100 0508 0000"),
            "lev-1-routing src 1.5 {ids 1-4 cost 5 hops 2} "
        );
        assert_eq!(ethernet(0, "6003 0700 01 0504 00 000000 00"), "init  (invalid)");
    }
}
