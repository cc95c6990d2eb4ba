//! Cisco's Auto-RP: who is the rendezvous point of which multicast groups.

use super::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::put::Hex0;
use crate::put;

const ANNOUNCEMENT: u8 = 0x11;
const MAPPING: u8 = 0x12;

/// Octets of the header.
const HEADER_LENGTH: u32 = 8;
/// Versions of PIM that a rendezvous point supports, by two bits.
const VERSIONS: [&str; 4] = [" PIMv?", " PIMv1", " PIMv2", " PIMv1+2"];

/// Flags of a group: not for this one, and bidirectional trees.
const NEGATIVE: u8 = 0x01;
const BIDIRECTIONAL: u8 = 0x02;
const RESERVED: u8 = 0xfc;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "cisco_autorp";
    match put_message(cx, message) {
        Ok(()) => Ok(()),
        Err(stop) => stop.settle(cx),
    }
}

fn put_message(cx: &mut Context, mut data: Cursor) -> Result<(), Stop> {
    need(&data, HEADER_LENGTH)?;
    put!(cx, " auto-rp ");
    match data.u8_at(0)? {
        ANNOUNCEMENT => put!(cx, "candidate-advert"),
        MAPPING => put!(cx, "mapping"),
        kind => put!(cx, "type-0x", Hex0(kind, 2)),
    }
    let points = data.u8_at(1)?;
    put!(cx, " Hold ");
    match data.be16_at(2)? {
        0 => put!(cx, "FOREVER"),
        seconds => put!(cx, Seconds(seconds.into())),
    }
    data = data.skip(HEADER_LENGTH as usize);
    for _ in 0..points {
        put_point(cx, &mut data)?;
    }
    Ok(())
}

/// A rendezvous point and its groups.
fn put_point(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    need(data, 4)?;
    data.need(4)?;
    put!(cx, " RP ");
    cx.ipv4_at(data, 0)?;
    *data = data.skip(4);
    need(data, 1)?;
    let versions = data.u8()?;
    put!(cx, VERSIONS.get(usize::from(versions & 3)).copied().unwrap_or_default());
    if versions & RESERVED != 0 {
        put!(cx, " [rsvd=0x", Hex0(versions & RESERVED, 2), "]");
    }
    need(data, 1)?;
    let groups = data.u8()?;
    let mut separator = " ";
    for _ in 0..groups {
        need(data, 6)?;
        data.need(6)?;
        let (flags, mask) = (data.u8()?, data.u8()?);
        put!(cx, separator, if flags & NEGATIVE != 0 { "!" } else { "" });
        cx.ipv4_at(data, 0)?;
        *data = data.skip(4);
        put!(cx, "/", mask, if flags & BIDIRECTIONAL != 0 { " bidir" } else { "" });
        if flags & RESERVED != 0 {
            put!(cx, "[rsvd=0x", Hex0(flags & RESERVED, 2), "]");
        }
        separator = ",";
    }
    Ok(())
}

/// Stops unless the message goes on for `count` octets, by its length.
fn need(data: &Cursor, count: u32) -> Result<(), Stop> {
    if data.length() < count { Err(Stop::Incomplete) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn groups_are_listed_with_what_is_said_of_them() {
        let message = "03e8 01f0 0022 0000 1201 00b4 00000000 0a000001 03 02 00 04 e0000000 03 08 ef000000";
        assert_eq!(
            payload_text(0, 17, &octets(message)),
            " auto-rp mapping Hold 3m RP 10.0.0.1 PIMv1+2 224.0.0.0/4,!239.0.0.0/8 bidir"
        );
    }
}
