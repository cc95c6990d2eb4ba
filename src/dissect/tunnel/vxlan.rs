//! Virtual eXtensible Local Area Network (RFC 7348 section 5).

use super::print_frame;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 8;

/// The network identifier is valid, as it has to be.
const INSTANCE: u8 = 0x08;

/// Prints a packet and the Ethernet frame in it.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "vxlan";
    cx.protocol_caps();
    let length = packet.length();
    if length < HEADER_LENGTH {
        return cx.invalid_because("length", length, "<", HEADER_LENGTH);
    }
    let flags = packet.u8_at(0)?;
    let has_instance = flags & INSTANCE != 0;
    put!(cx, ", flags [", if has_instance { "I" } else { "invalid" }, "] (0x", Hex0(flags, 2), "), ");
    if has_instance {
        put!(cx, "vni ", packet.be24_at(4)?, "\n");
    } else {
        put!(cx, "ERROR: I flag not set\n");
    }
    packet.need(HEADER_LENGTH as usize)?;
    print_frame(cx, packet.skip(HEADER_LENGTH as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_missing_instance_flag_is_said_and_the_frame_still_printed() {
        let mut cx = Context::new(Style::default(), Names::numeric());
        let outcome = print(&mut cx, Cursor::new(&[0x80, 0, 0, 0, 0, 0, 1, 0], 8));
        let expected = "VXLAN, flags [invalid] (0x80), ERROR: I flag not set\n [|ether]";
        assert_eq!((outcome, &cx.out[..]), (Ok(()), expected.as_bytes()));
    }
}
