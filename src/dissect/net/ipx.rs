//! Novell's Internetwork Packet Exchange, with its routing (RIP) and service advertising (SAP) protocols.

use super::ipx_services;
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const HEADER_LENGTH: u32 = 30;
/// Where the addresses are: network, node and, behind them, socket.
const DESTINATION: usize = 6;
const SOURCE: usize = 18;
const SOCKET: usize = 10;

/// Well-known sockets.
const CORE_PROTOCOL: u16 = 0x0451;
const SERVICE_ADVERTISING: u16 = 0x0452;
const ROUTING_INFORMATION: u16 = 0x0453;
const NETBIOS: u16 = 0x0455;
const DIAGNOSTICS: u16 = 0x0456;
const NWLINK_DATAGRAM: u16 = 0x0553;

/// Entries that are shown of a SAP and of a RIP response.
const SERVICES_MAX: usize = 8;
const ROUTES_MAX: usize = 50;
const COMMAND_LENGTH: u32 = 2;
const SERVICE_TYPE_LENGTH: u32 = 2;
const SERVICE_NAME_LENGTH: u32 = 48;
const ADDRESS_LENGTH: u32 = 10;
/// A service's socket and its distance.
const SERVICE_TAIL_LENGTH: u32 = 4;
/// A network, its distance in hops and in ticks.
const ROUTE_LENGTH: u32 = 8;

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "ipx";
    if !cx.style.link_header {
        put!(cx, "IPX ");
    }
    put_endpoint(cx, &packet.skip(SOURCE))?;
    put!(cx, " > ");
    let socket = put_endpoint(cx, &packet.skip(DESTINATION))?;
    put!(cx, ": ");
    let length = u32::from(packet.be16_at(2)?);
    if length < HEADER_LENGTH {
        put!(cx, "[length ", length, " < ", HEADER_LENGTH, "]");
        return cx.invalid();
    }
    let length = length - HEADER_LENGTH;
    let data = packet.skip(HEADER_LENGTH as usize).with_length(length);
    match socket {
        CORE_PROTOCOL => put!(cx, "ipx-ncp ", length),
        SERVICE_ADVERTISING => return service_advertising(cx, data),
        ROUTING_INFORMATION => return routing_information(cx, data),
        NETBIOS => put!(cx, "ipx-netbios ", length),
        DIAGNOSTICS => put!(cx, "ipx-diags ", length),
        NWLINK_DATAGRAM => put!(cx, "ipx-nwlink-dgm ", length),
        _ => put!(cx, "ipx-#", Hex(socket), " ", length),
    }
    Ok(())
}

/// Network, node and socket; returns the socket.
fn put_endpoint(cx: &mut Context, endpoint: &Cursor) -> Outcome<u16> {
    let socket = endpoint.be16_at(SOCKET)?;
    put_address(cx, endpoint)?;
    put!(cx, ".", Hex0(socket, 4));
    Ok(socket)
}

/// Network and node.
fn put_address(cx: &mut Context, address: &Cursor) -> Outcome {
    put!(cx, Hex0(address.be32_at(0)?, 8), ".", Mac(address.array_at(4)?));
    Ok(())
}

fn service_advertising(cx: &mut Context, mut data: Cursor) -> Outcome {
    let command = data.be16_at(0)?;
    if falls_short(cx, &data, COMMAND_LENGTH)? {
        return Ok(());
    }
    data = data.skip(COMMAND_LENGTH as usize);
    match command {
        1 => put!(cx, "ipx-sap-req"),
        2 => put!(cx, "ipx-sap-resp"),
        3 => put!(cx, "ipx-sap-nearest-req"),
        4 => put!(cx, "ipx-sap-nearest-resp"),
        _ => {
            put!(cx, "ipx-sap-?", Hex(command));
            return Ok(());
        }
    }
    if command % 2 == 1 {
        return put_service_type(cx, &data);
    }
    for _ in 0..SERVICES_MAX {
        if data.length() == 0 || !put_service(cx, &mut data)? {
            break;
        }
    }
    Ok(())
}

/// Prints a service and steps over it; `false` where it is invalid, which is printed.
fn put_service(cx: &mut Context, data: &mut Cursor) -> Outcome<bool> {
    if falls_short(cx, data, SERVICE_TYPE_LENGTH)? {
        return Ok(false);
    }
    put_service_type(cx, data)?;
    *data = data.skip(SERVICE_TYPE_LENGTH as usize);
    put!(cx, " '");
    if data.length() < SERVICE_NAME_LENGTH {
        put!(cx, "'");
        return cx.invalid().map(|()| false);
    }
    cx.escaped_padded_field(data, SERVICE_NAME_LENGTH as usize)?;
    put!(cx, "'");
    *data = data.skip(SERVICE_NAME_LENGTH as usize);
    if falls_short(cx, data, ADDRESS_LENGTH)? {
        return Ok(false);
    }
    data.need(ADDRESS_LENGTH as usize)?;
    put!(cx, " addr ");
    put_address(cx, data)?;
    *data = data.skip(ADDRESS_LENGTH as usize);
    if falls_short(cx, data, SERVICE_TAIL_LENGTH)? {
        return Ok(false);
    }
    data.need(SERVICE_TAIL_LENGTH as usize)?;
    *data = data.skip(SERVICE_TAIL_LENGTH as usize);
    Ok(true)
}

/// Whether the packet ends within the next `needed` octets; says so.
fn falls_short(cx: &mut Context, data: &Cursor, needed: u32) -> Outcome<bool> {
    let short = data.length() < needed;
    if short {
        cx.invalid_because("length", data.length(), "<", needed)?;
    }
    Ok(short)
}

/// The kind of a service.
fn put_service_type(cx: &mut Context, data: &Cursor) -> Outcome {
    let number = data.be16_at(0)?;
    match lookup(ipx_services::NAMES, number) {
        Some(name) if !cx.names.is_numeric() => put!(cx, " ", name),
        _ => put!(cx, " ", Hex0(number, 4)),
    }
    Ok(())
}

fn routing_information(cx: &mut Context, mut data: Cursor) -> Outcome {
    let command = data.be16_at(0)?;
    if falls_short(cx, &data, COMMAND_LENGTH)? {
        return Ok(());
    }
    data = data.skip(COMMAND_LENGTH as usize);
    let routes = match command {
        1 => {
            put!(cx, "ipx-rip-req");
            1
        }
        2 => {
            put!(cx, "ipx-rip-resp");
            ROUTES_MAX
        }
        _ => {
            put!(cx, "ipx-rip-?", Hex(command));
            0
        }
    };
    for _ in 0..routes {
        if data.length() == 0 || falls_short(cx, &data, ROUTE_LENGTH)? {
            break;
        }
        put!(cx, " ", Hex0(data.be32_at(0)?, 8), "/", data.be16_at(4)?, ".", data.be16_at(6)?);
        data = data.skip(ROUTE_LENGTH as usize);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    fn packet(length: &str, socket: &str, data: &str) -> String {
        let addresses = ["00000001 ffffffffffff", socket, "00000001 001122334455 4003"].concat();
        let text = ethernet(0, &["8137 ffff", length, "0000", &addresses, data].concat());
        let front = "(NOV-ETHII) IPX 00000001.00:11:22:33:44:55.4003 > 00000001.ff:ff:ff:ff:ff:ff.";
        text.strip_prefix(front).unwrap_or_default().to_owned()
    }

    #[test]
    fn a_services_name_ends_at_its_padding() {
        let service = ["0002 0004 410a43", &"00".repeat(45), "0000000a 000000000001 0451 0001"].concat();
        assert_eq!(packet("0060", "0452", &service), "0452: ipx-sap-resp 0004 'A^JC' addr 0000000a.00:00:00:00:00:01");
    }

    #[test]
    fn the_header_says_how_many_routes_there_are() {
        let routes = "0002 00000005 0001 0002 00";
        assert_eq!(packet("0029", "0453", routes), "0453: ipx-rip-resp 00000005/1.2 [length 1 < 8] (invalid)");
        assert_eq!(packet("0028", "0453", routes), "0453: ipx-rip-resp 00000005/1.2");
        assert_eq!(packet("001d", "0453", routes), "0453: [length 29 < 30] (invalid)");
    }
}
