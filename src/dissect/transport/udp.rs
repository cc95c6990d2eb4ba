//! User Datagram Protocol (RFC 768).

use super::{ports, put_endpoints};
use crate::dissect::app::nfs;
use crate::dissect::checksum::{self, Verdict};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::net::{IpHeader, protocol, put_hosts};
use crate::dissect::packet_type::PacketType;
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: u32 = 8;

/// The most that the length field can say; a longer datagram is a jumbogram (RFC 2675).
const LENGTH_MAX: u32 = 65535;

/// Prints a datagram and what it carries.
pub fn print(cx: &mut Context, datagram: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "udp";
    if !datagram.has(4) {
        if ip.protocol == protocol::UDP {
            put_hosts(cx, ip, ": ");
        }
        return Err(Truncated);
    }
    let ports = (datagram.be16_at(0)?, datagram.be16_at(2)?);
    if cx.style.packet_type != Some(PacketType::Rpc) {
        put_endpoints(cx, ip, protocol::UDP, ports, Context::udp_port);
    }
    let length = datagram.length();
    if length < HEADER_LENGTH {
        return cx.invalid_because("undersized-udp", length, "<", HEADER_LENGTH);
    }
    let mut claimed = u32::from(datagram.be16_at(4)?);
    let checksum = datagram.be16_at(6)?;
    if claimed == 0 && length > LENGTH_MAX {
        claimed = length;
    }
    if claimed < HEADER_LENGTH {
        return cx.invalid_because("undersized-udplength", claimed, "<", HEADER_LENGTH);
    }
    claimed -= HEADER_LENGTH;
    let data = datagram.skip(HEADER_LENGTH as usize);
    let data = data.with_length(claimed.min(data.length()));
    if let Some(packet_type) = cx.style.packet_type {
        return ports::udp_as(cx, data, packet_type, ip);
    }
    if cx.style.quiet == 0 && nfs::print_datagram(cx, data, ports, ip)? {
        return Ok(());
    }
    // IPv6 makes the checksum mandatory, so it is looked at one -v earlier.
    let wanted = if ip.version() == 4 { 2 } else { 1 };
    if cx.style.verbose >= wanted && !cx.style.leave_checksums && !ip.fragmented {
        put_checksum(cx, &datagram, data.length(), ip, checksum)?;
    }
    if cx.style.quiet == 0 && ports::udp(cx, data, ports.0, ports.1, ip)? {
        return Ok(());
    }
    if claimed > data.length() && !ip.fragmented {
        put!(cx, "UDP, bad length ", claimed, " > ", data.length());
    } else {
        put!(cx, "UDP, length ", claimed);
    }
    Ok(())
}

/// What the checksum is worth, if all that it covers was captured.
fn put_checksum(cx: &mut Context, datagram: &Cursor, data_length: u32, ip: &IpHeader, found: u16) -> Outcome {
    let covered = data_length + HEADER_LENGTH;
    if found == 0 && ip.version() == 4 {
        put!(cx, "[no cksum] ");
    } else if let Ok(octets) = datagram.bytes_at(0, covered as usize) {
        match checksum::verify(ip.pseudo_header(protocol::UDP, covered)?, octets, found) {
            Verdict::Correct => put!(cx, "[udp sum ok] "),
            Verdict::ShouldBe(right) => {
                put!(cx, "[bad udp cksum 0x", Hex0(found, 4), " -> 0x", Hex0(right, 4), "!] ");
            }
        }
    }
    Ok(())
}
