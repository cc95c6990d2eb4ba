//! Broadcom's lawful interception shim, in front of a packet that is copied.

use super::print_frame;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::net::{ipv4, ipv6};
use crate::put;

/// Octets of the shim.
const SHIM_LENGTH: u32 = 4;

const DIRECTIONS: &[Name] = &[(1, "unused"), (2, "egress"), (3, "ingress")];
const UNDECIDED: u32 = 4;
const IPV4: u32 = 5;
const IPV6: u32 = 6;
const ETHERNET: u32 = 7;
const PACKETS: &[Name] = &[(UNDECIDED, "undecided"), (IPV4, "ipv4"), (IPV6, "ipv6"), (ETHERNET, "ethernet")];
const TAGS: &[Name] = &[(1, "single VLAN tag"), (2, "double VLAN tag"), (3, "untagged")];

/// Prints the shim, and at `-v` the packet.
pub fn print(cx: &mut Context, mut data: Cursor) -> Outcome {
    cx.protocol = "bcm_li";
    if data.length() < SHIM_LENGTH {
        put!(cx, " (length ", data.length(), " < ", SHIM_LENGTH, ")");
        return cx.invalid();
    }
    let shim = data.be32()?;
    let (direction, packet, tags) = (shim >> 29, shim >> 25 & 0xf, shim >> 22 & 7);
    let line_break = if cx.style.verbose > 0 { "\n    " } else { "" };
    put!(cx, line_break, "BCM-LI-SHIM: direction ", name_or(DIRECTIONS, direction, "unknown"));
    put!(cx, ", pkt-type ", name_or(PACKETS, packet, "unknown"));
    put!(cx, ", pkt-subtype ", name_or(TAGS, tags, "unknown"), ", li-id ", shim & 0x3f_ffff, line_break);
    if cx.style.verbose == 0 {
        return data.need(data.length() as usize);
    }
    match packet {
        ETHERNET => print_frame(cx, data),
        IPV4 => ipv4::print(cx, data),
        IPV6 => ipv6::print(cx, data),
        UNDECIDED => match data.u8_at(0)? >> 4 {
            4 => ipv4::print(cx, data),
            6 => ipv6::print(cx, data),
            _ => {
                put!(cx, "unknown payload");
                Ok(())
            }
        },
        _ => cx.invalid(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_packet_whose_kind_is_undecided_is_known_by_its_version() {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        assert_eq!(print(&mut cx, Cursor::new(&[0x48, 0x40, 0, 7, 0x10], 5)), Ok(()));
        assert_eq!(
            String::from_utf8_lossy(&cx.out),
            "\n    BCM-LI-SHIM: direction egress, pkt-type undecided, pkt-subtype single VLAN tag, li-id 7\
             \n    unknown payload"
        );
    }
}
