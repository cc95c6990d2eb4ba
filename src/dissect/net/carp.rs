//! Common Address Redundancy Protocol (OpenBSD), which shares VRRP's number.

use etherparse::checksum::Sum16BitWords;

use super::IpHeader;
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

const VERSION: u8 = 2;
const ADVERTISEMENT: u8 = 1;

/// Prints an advertisement.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "carp";
    cx.protocol_caps();
    let first = message.u8_at(0)?;
    let (version, kind) = (first >> 4, first & 0xf);
    let kind_name = if kind == ADVERTISEMENT { "advertise" } else { "unknown" };
    put!(cx, "v", version, "-", kind_name, " ", message.length(), ": ");
    if ip.hop_limit != 255 {
        put!(cx, "[ttl=", ip.hop_limit, "!] ");
    }
    if version != VERSION || kind != ADVERTISEMENT {
        return Ok(());
    }
    put!(cx, "vhid=", message.u8_at(1)?, " advbase=", message.u8_at(5)?);
    put!(cx, " advskew=", message.u8_at(2)?, " authlen=", message.u8_at(3)?, " ");
    if cx.style.verbose > 0 {
        put_checksum(cx, &message)?;
    }
    put!(cx, "counter=", message.be64_at(8)?);
    Ok(())
}

/// Says when the checksum is wrong.
fn put_checksum(cx: &mut Context, message: &Cursor) -> Outcome {
    let Ok(octets) = message.bytes_at(0, message.length() as usize) else { return Ok(()) };
    if checksum::verify(Sum16BitWords::new(), octets, 0) != Verdict::Correct {
        put!(cx, " (bad carp cksum ", Hex(message.be16_at(6)?), "!)");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::context::Context;
    use crate::dissect::cursor::Cursor;
    use crate::dissect::net::ipv4;
    use crate::dissect::net::testing::octets;
    use crate::dissect::packet_type::PacketType;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn the_user_must_say_that_it_is_not_vrrp() {
        let packet = octets("45000024 00000000 ff700000 01010101 e0000012 21010007 0001cee2 0102030405060708");
        let text = |packet_type| {
            let style = Style { verbose: 1, packet_type, leave_checksums: true, ..Style::default() };
            let mut cx = Context::new(style, Names::numeric());
            if ipv4::print(&mut cx, Cursor::new(&packet, 36)).is_err() {
                cx.truncated();
            }
            String::from_utf8_lossy(&cx.out).into_owned()
        };
        assert!(
            text(Some(PacketType::Carp))
                .ends_with("CARPv2-advertise 16: vhid=1 advbase=1 advskew=0 authlen=7 counter=72623859790382856")
        );
        assert!(text(None).contains("VRRPv2"));
    }
}
