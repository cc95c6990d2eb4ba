//! Rx, the remote procedure calls of AFS (rx/rx_packet.h of the Andrew File System).

mod acknowledgement;
mod acl;
mod arguments;
mod bos;
mod callback;
mod calls;
mod fileserver;
mod kauth;
mod protection;
mod ubik;
mod vldb;
mod volume;

pub use calls::Calls;

use std::ops::RangeInclusive;

use super::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::IpHeader;
use crate::dissect::put::Hex0;
use crate::put;
use arguments::{Argument, put_arguments};
use calls::Call;

/// The ports of AFS's services.
pub const PORTS: RangeInclusive<u16> = 7000..=7009;

const HEADER_LENGTH: usize = 28;

const DATA: u8 = 1;
const ACKNOWLEDGEMENT: u8 = 2;
const ABORT: u8 = 4;
const TYPES: &[Name] = &[
    (DATA as u32, "data"),
    (ACKNOWLEDGEMENT as u32, "ack"),
    (3, "busy"),
    (ABORT as u32, "abort"),
    (5, "ackall"),
    (6, "challenge"),
    (7, "response"),
    (8, "debug"),
    (9, "params"),
    (13, "version"),
];

const CLIENT_INITIATED: u8 = 1;
/// Flags; one that has a type besides has another meaning in others.
const FLAGS: [(u8, Option<u8>, &str); 7] = [
    (CLIENT_INITIATED, None, "client-init"),
    (2, None, "req-ack"),
    (4, None, "last-pckt"),
    (8, None, "more-pckts"),
    (16, None, "free-pckt"),
    (32, Some(ACKNOWLEDGEMENT), "slow-start"),
    (32, Some(DATA), "jumbogram"),
];

/// A service of AFS: how its calls are called and what they hold.
struct Service {
    name: &'static str,
    operations: &'static [Name],
    /// The service's database is replicated: it takes Ubik's calls too.
    replicated: bool,
    /// The octets without which a reply is not looked at.
    reply_length_min: u32,
    call: fn(u32) -> &'static [Argument],
    reply: fn(u32) -> &'static [Argument],
    errors: Errors,
}

/// How the code of a call that was aborted is printed.
enum Errors {
    Number,
    Names(&'static [Name]),
}

/// The service behind a port.
fn service(port: u16) -> Option<&'static Service> {
    match port {
        7000 => Some(&fileserver::SERVICE),
        7001 => Some(&callback::SERVICE),
        7002 => Some(&protection::SERVICE),
        7003 => Some(&vldb::SERVICE),
        7004 => Some(&kauth::SERVICE),
        7005 => Some(&volume::SERVICE),
        7007 => Some(&bos::SERVICE),
        _ => None,
    }
}

/// Prints a packet, and the call or reply that it starts.
pub fn print(cx: &mut Context, packet: Cursor, (source, destination): (u16, u16), ip: &IpHeader) -> Outcome {
    cx.protocol = "rx";
    let length = packet.length();
    if !packet.has(HEADER_LENGTH) {
        put!(cx, " [|rx] (", length, ")");
        return Ok(());
    }
    let (kind, flags) = (packet.u8_at(20)?, packet.u8_at(21)?);
    put_header(cx, &packet, kind, flags)?;
    let from_client = flags & CLIENT_INITIATED != 0;
    // The rest of a call or reply, in the packets behind the first, cannot be told apart from data.
    let is_first = kind == DATA && packet.be32_at(12)? == 1;
    if is_first && from_client {
        if let Some(call) = Call::read(&packet, destination, ip)? {
            cx.rx_calls.enter(call);
        }
        if let Some(service) = service(destination) {
            print_call(cx, packet, service)?;
        }
    } else if (is_first || kind == ABORT) && !from_client {
        let answered = cx.rx_calls.find(&packet, source, ip)?;
        if let (Some(operation), Some(service)) = (answered, service(source)) {
            print_reply(cx, packet, service, kind, operation)?;
        }
    } else if kind == ACKNOWLEDGEMENT {
        let outcome = acknowledgement::print(cx, packet);
        settle(cx, outcome, "ack")?;
    }
    put!(cx, " (", length, ")");
    Ok(())
}

fn put_header(cx: &mut Context, packet: &Cursor, kind: u8, flags: u8) -> Outcome {
    put!(cx, " rx ");
    match lookup(TYPES, kind) {
        Some(name) => put!(cx, name),
        None => put!(cx, "type ", kind),
    }
    if cx.style.verbose == 0 {
        return Ok(());
    }
    if cx.style.verbose > 1 {
        put!(cx, " cid ", Hex0(packet.be32_at(4)?, 8), " call# ", packet.be32_at(8)?);
    }
    put!(cx, " seq ", packet.be32_at(12)?, " ser ", packet.be32_at(16)?);
    if cx.style.verbose > 2 {
        put!(cx, " secindex ", packet.u8_at(23)?, " serviceid ", packet.be16_at(26)?);
    }
    if cx.style.verbose > 1 {
        let mut separator = " <";
        for (flag, only, name) in FLAGS {
            if flags & flag != 0 && only.is_none_or(|only| only == kind) {
                put!(cx, separator, name, ">");
                separator = ",<";
            }
        }
    }
    Ok(())
}

/// Marks a part that ends too early; the packet's length is printed all the same.
fn settle(cx: &mut Context, outcome: Result<(), Stop>, part: &str) -> Outcome {
    match outcome {
        Err(Stop::Incomplete) => put!(cx, " [|", part, "]"),
        Err(stop) => return stop.settle(cx),
        Ok(()) => {}
    }
    Ok(())
}

fn put_operation(cx: &mut Context, operations: &[Name], operation: u32) {
    match lookup(operations, operation) {
        Some(name) => put!(cx, name),
        None => put!(cx, "op#", operation),
    }
}

fn print_call(cx: &mut Context, packet: Cursor, service: &Service) -> Outcome {
    if packet.length() as usize <= HEADER_LENGTH {
        return Ok(());
    }
    let mut body = packet.skip(HEADER_LENGTH);
    let operation = body.be32()?;
    put!(cx, " ", service.name);
    if service.replicated && ubik::is_operation(operation) {
        return ubik::print_call(cx, body, operation);
    }
    put!(cx, " call ");
    put_operation(cx, service.operations, operation);
    let outcome = put_arguments(cx, &mut body, (service.call)(operation));
    settle(cx, outcome, service.name)
}

fn print_reply(cx: &mut Context, packet: Cursor, service: &Service, kind: u8, operation: u32) -> Outcome {
    if packet.length() < service.reply_length_min {
        return Ok(());
    }
    let mut body = packet.skip(HEADER_LENGTH);
    put!(cx, " ", service.name);
    if service.replicated && ubik::is_operation(operation) {
        return ubik::print_reply(cx, body, kind, operation);
    }
    put!(cx, " reply ");
    put_operation(cx, service.operations, operation);
    if kind == DATA {
        let outcome = put_arguments(cx, &mut body, (service.reply)(operation));
        return settle(cx, outcome, service.name);
    }
    match service.errors {
        Errors::Number => put_error_code(cx, body),
        Errors::Names(names) => {
            let code = body.be32()?;
            match lookup(names, code) {
                Some(name) => put!(cx, " error ", name),
                None => put!(cx, " error #", code as i32),
            }
            Ok(())
        }
    }
}

/// The code of a call that was aborted.
fn put_error_code(cx: &mut Context, body: Cursor) -> Outcome {
    put!(cx, " errcode");
    put!(cx, " ", body.be32_at(0)? as i32);
    Ok(())
}

#[cfg(test)]
mod tests;
