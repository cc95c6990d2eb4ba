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
    if data.length() < 2 {
        return cx.invalid_because("length", data.length(), "<", 2);
    }
    data = data.skip(2);
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
        if data.length() == 0 {
            break;
        }
        if data.length() < 2 {
            return cx.invalid_because("length", data.length(), "<", 2);
        }
        put_service_type(cx, &data)?;
        data = data.skip(2);
        put!(cx, " '");
        if data.length() < SERVICE_NAME_LENGTH {
            put!(cx, "'");
            return cx.invalid();
        }
        cx.escaped_padded_field(&data, SERVICE_NAME_LENGTH as usize)?;
        put!(cx, "'");
        data = data.skip(SERVICE_NAME_LENGTH as usize);
        if data.length() < ADDRESS_LENGTH {
            return cx.invalid_because("length", data.length(), "<", ADDRESS_LENGTH);
        }
        data.need(ADDRESS_LENGTH as usize)?;
        put!(cx, " addr ");
        put_address(cx, &data)?;
        data = data.skip(ADDRESS_LENGTH as usize);
        if data.length() < SERVICE_TAIL_LENGTH {
            return cx.invalid_because("length", data.length(), "<", SERVICE_TAIL_LENGTH);
        }
        data.need(SERVICE_TAIL_LENGTH as usize)?;
        data = data.skip(SERVICE_TAIL_LENGTH as usize);
    }
    Ok(())
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
    if data.length() < 2 {
        return cx.invalid_because("length", data.length(), "<", 2);
    }
    data = data.skip(2);
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
        if data.length() == 0 {
            break;
        }
        if data.length() < ROUTE_LENGTH {
            return cx.invalid_because("length", data.length(), "<", ROUTE_LENGTH);
        }
        put!(cx, " ", Hex0(data.be32_at(0)?, 8), "/", data.be16_at(4)?, ".", data.be16_at(6)?);
        data = data.skip(ROUTE_LENGTH as usize);
    }
    Ok(())
}
