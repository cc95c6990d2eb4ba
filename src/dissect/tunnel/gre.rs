//! Generic Routing Encapsulation (RFC 2784 and RFC 2890, with the source routes of RFC 1701).

use super::{erspan, falls_short, gre_routes, gre_version_1, mpls, nsh, print_frame, put_separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::{cdp, ethertype};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::net::{appletalk, ipv4, ipv6, ipx, nhrp, osi};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
pub(super) const KEY: u16 = 0x2000;
pub(super) const SEQUENCE: u16 = 0x1000;
pub(super) const ACKNOWLEDGMENT: u16 = 0x0080;
pub(super) const VERSION_MASK: u16 = 0x0007;
const FLAGS: &[Name] = &[
    (CHECKSUM as u32, "checksum present"),
    (ROUTING as u32, "routing present"),
    (KEY as u32, "key present"),
    (SEQUENCE as u32, "sequence# present"),
    (0x0800, "source routing present"),
    (ACKNOWLEDGMENT as u32, "ack present"),
];

/// Protocol types: EtherTypes, and numbers that only GRE knows.
mod protocol_type {
    pub const OSI: u16 = 0x00fe;
    pub const KEEPALIVE: u16 = 0x0000;
    pub const IPV4: u16 = 0x0800;
    pub const CDP: u16 = 0x2000;
    pub const NHRP: u16 = 0x2001;
    pub const ERSPAN_III: u16 = 0x22eb;
    pub const ETHERNET: u16 = 0x6558;
    pub const IPV6: u16 = 0x86dd;
    pub const WCCP: u16 = 0x883e;
    pub const MPLS: u16 = 0x8847;
    pub const MPLS_MULTICAST: u16 = 0x8848;
    pub const ERSPAN_I_II: u16 = 0x88be;
    pub const NSH: u16 = 0x894f;
}

/// Octets of the header that may stand between GRE and a packet that a web cache is sent.
const WCCP_REDIRECT_LENGTH: u32 = 4;

/// Prints a packet and what it carries.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "gre";
    cx.protocol_caps();
    let length = packet.length();
    if length < 2 {
        return cx.invalid_because("length", length, "<", 2);
    }
    let version = packet.be16_at(0)? & VERSION_MASK;
    put!(cx, "v", version);
    match version {
        0 => print_version_0(cx, packet),
        1 => gre_version_1::print(cx, packet),
        _ => {
            put!(cx, " ERROR: unknown-version");
            Ok(())
        }
    }
}

fn print_version_0(cx: &mut Context, packet: Cursor) -> Outcome {
    let Some((flags, protocol, mut rest)) = start_header(cx, packet)? else { return Ok(()) };
    if !put_optional_fields(cx, flags, &mut rest)? {
        return Ok(());
    }
    if flags & ROUTING != 0 && !gre_routes::print(cx, &mut rest)? {
        return Ok(());
    }
    end_header(cx, protocol, packet.length());
    put_separator(cx, "\n\t");
    payload(cx, protocol, flags, rest)
}

/// What both versions begin with: the flags, the type of the payload and what follows.
pub(super) fn start_header<'p>(cx: &mut Context, packet: Cursor<'p>) -> Outcome<Option<(u16, u16, Cursor<'p>)>> {
    let mut rest = packet;
    let flags = rest.be16()?;
    if cx.style.verbose > 0 {
        put!(cx, ", Flags [");
        put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
        put!(cx, "]");
    }
    if falls_short(cx, &rest, 2)? {
        return Ok(None);
    }
    let protocol = rest.be16()?;
    Ok(Some((flags, protocol, rest)))
}

/// What both versions end with.
pub(super) fn end_header(cx: &mut Context, protocol: u16, length: u32) {
    if cx.style.link_header {
        let name = lookup(ethertype::NAMES, protocol).unwrap_or("unknown");
        put!(cx, ", proto ", name, " (0x", Hex0(protocol, 4), ")");
    }
    put!(cx, ", length ", length);
}

/// The fields that the flags announce, without the routes; `false` when the packet is too short for them.
fn put_optional_fields(cx: &mut Context, flags: u16, rest: &mut Cursor) -> Outcome<bool> {
    if flags & (CHECKSUM | ROUTING) != 0 {
        if falls_short(cx, rest, 2)? {
            return Ok(false);
        }
        let sum = rest.be16()?;
        if cx.style.verbose > 0 {
            put!(cx, ", sum 0x", Hex(sum));
        }
        if falls_short(cx, rest, 2)? {
            return Ok(false);
        }
        put!(cx, ", off 0x", Hex(rest.be16()?));
    }
    if flags & KEY != 0 {
        if falls_short(cx, rest, 4)? {
            return Ok(false);
        }
        put!(cx, ", key=0x", Hex(rest.be32()?));
    }
    put_number(cx, flags & SEQUENCE != 0, ", seq ", rest)
}

/// A counter, if it is present; `false` when the packet is too short for it.
pub(super) fn put_number(cx: &mut Context, present: bool, label: &str, rest: &mut Cursor) -> Outcome<bool> {
    if !present {
        return Ok(true);
    }
    if falls_short(cx, rest, 4)? {
        return Ok(false);
    }
    put!(cx, label, rest.be32()?);
    Ok(true)
}

fn payload(cx: &mut Context, protocol: u16, flags: u16, data: Cursor) -> Outcome {
    match protocol {
        // Reserved (RFC 2784 section 2.4), but Cisco's routers send it to see whether the tunnel works.
        protocol_type::KEEPALIVE => put!(cx, "keep-alive"),
        protocol_type::WCCP => return print_wccp(cx, data),
        protocol_type::IPV4 => return ipv4::print(cx, data),
        protocol_type::IPV6 => return ipv6::print(cx, data),
        protocol_type::MPLS | protocol_type::MPLS_MULTICAST => return mpls::print(cx, data),
        ethertype::IPX => return ipx::print(cx, data),
        ethertype::APPLETALK => return appletalk::print(cx, data),
        protocol_type::NHRP => return nhrp::print(cx, data),
        protocol_type::OSI => return osi::print(cx, data),
        protocol_type::CDP => return cdp::print(cx, data),
        protocol_type::ETHERNET => return print_frame(cx, data),
        protocol_type::NSH => return nsh::print(cx, data),
        protocol_type::ERSPAN_I_II => return erspan::print_type_1_or_2(cx, data, flags & SEQUENCE != 0),
        protocol_type::ERSPAN_III => return erspan::print_type_3(cx, data),
        _ => put!(cx, "gre-proto-0x", Hex(protocol)),
    }
    Ok(())
}

/// What a router sends to a web cache (draft-mclaggan-wccp-v2rev1 section 3.12.1): an IPv4 packet with
/// or without a redirect header, told apart by the IP version, which that header's flags cannot be.
fn print_wccp(cx: &mut Context, mut data: Cursor) -> Outcome {
    put!(cx, "wccp ");
    if falls_short(cx, &data, 1)? {
        return Ok(());
    }
    if data.u8_at(0)? >> 4 != 4 {
        if falls_short(cx, &data, WCCP_REDIRECT_LENGTH)? {
            return Ok(());
        }
        let flags = data.u8_at(0)?;
        let (service, alternative, primary) = (data.u8_at(1)?, data.u8_at(2)?, data.u8_at(3)?);
        put!(cx, "T:", flags >> 7, " A:", flags >> 6 & 1, " U:", flags >> 5 & 1);
        put!(cx, " SId:", service, " Alt:", alternative, " Pri:", primary, ": ");
        data = data.skip(WCCP_REDIRECT_LENGTH as usize);
    }
    ipv4::print(cx, data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_header_that_ends_in_its_optional_fields_is_invalid() {
        assert_eq!(text(0, &[0x30, 0, 8, 0, 0, 0, 0, 7, 1]), "GREv0, key=0x7 [len 1 < 4] (invalid)");
        assert_eq!(text(0, &[0]), "GRE [length 1 < 2] (invalid)");
        assert_eq!(text(0, &[0, 5, 0, 0]), "GREv5 ERROR: unknown-version");
    }

    #[test]
    fn source_routes_end_with_an_empty_entry() {
        let bytes = [0x40, 0, 0, 0, 0, 0, 0, 9, 8, 0, 4, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0];
        let expected = "GREv0, off 0x9, (rtaf=ip 1.2.3.4 *5.6.7.8), length 24: keep-alive";
        assert_eq!(text(0, &bytes), expected);
    }

    #[test]
    fn pptp_without_a_sequence_number_has_no_payload() {
        let bytes = [0x20, 0x81, 0x88, 0x0b, 0, 0, 0, 5, 0, 0, 0, 9];
        assert_eq!(text(1, &bytes), "GREv1, Flags [key present, ack present], call 5, ack 9, no-payload, length 12");
    }
}
